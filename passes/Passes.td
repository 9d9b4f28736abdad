// The passes of the v5 pipeline, in order. A pass `tt-split-device-kernel` is passes/split_device_kernel.c; its C function is
// `ttRunSplitDeviceKernel`. Shells, option structs and registration are generated from here.

#ifndef TT_PASSES
#define TT_PASSES

include "mlir/Pass/PassBase.td"

class TT_Pass<string argument> : Pass<argument, "::mlir::ModuleOp"> {
  // Name of the pass in the papers that planned this pipeline.
  string paperName = "";
  let dependentDialects = ["::mlir::tt::TTDialect"];
}

// A pass on one host function, so that functions are compiled side by side.
class TT_HostPass<string argument> : Pass<argument, "::mlir::tt::HostOp"> {
  string paperName = "";
  let dependentDialects = ["::mlir::tt::TTDialect"];
}

//===- Stage A: metadata --------------------------------------------------===//

def TTImport : TT_Pass<"tt-import"> {
  let summary = "both input forms to tt.host and tt.kernel, with explicit block reads and writes";
  let description = [{
    Takes `func.func`s whose top-level `scf.forall`s are the grids, on memrefs or on tensors. Leaves one `tt.host` per function: a `tt.buffer` per
    argument, result and function-level `memref.alloc`, and one `tt.kernel` per grid. In it every access to a buffer is a `tt.read_block` or a
    `tt.write_block`; values between them are linalg on tensors, or local memrefs that meet them in `bufferization.to_tensor` and
    `bufferization.materialize_in_destination`. Loops run from 0 in steps of 1. User attributes move into the ops they belong to, and the device is
    attached to the host.

    ```mlir
    func.func @f(%A: memref<64x64xbf16>, %C: memref<64x64xbf16>) {
      scf.forall (%i, %j) in (2, 2) {
        %r = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
        %c = affine.apply affine_map<(d0) -> (d0 * 32)>(%j)
        %a = memref.subview %A[%r, %c] [32, 32] [1, 1] : …
        %s = memref.alloc() : memref<32x32xbf16, #tt.memory_space<l1>>
        memref.copy %a, %s : …
        …
    // becomes
    tt.host @f device(#tt.device<…>) {
      tt.buffer @arg0 : tensor<64x64xbf16> in {argument = 0 : i64}
      tt.buffer @arg1 : tensor<64x64xbf16> out {argument = 1 : i64}
      tt.kernel @f_0 grid [2, 2] schedule #tt.schedule compute #tt.compute {
      ^bb0(%i: index, %j: index):
        %a = tt.read_block @arg0[%r, %c] : tensor<32x32xbf16>
        …
    ```
  }];
  let options = [
    Option<"arch", "arch", "std::string", "\"wormhole_b0\"", "device preset for modules without tt.device: wormhole_b0 or blackhole">,
    Option<"grid", "grid", "std::string", "\"\"", "core grid as XxY, within the device's (the device's)">,
    Option<"fidelity", "fidelity", "std::string", "\"hifi4\"", "math fidelity for functions without tt.compute: lofi, hifi2, hifi3, hifi4">,
    Option<"fp32Acc", "fp32-acc", "bool", "false", "fp32 tile registers in every program">,
    Option<"api", "api", "std::string", "\"current\"", "Metalium API that the artifacts are spelled in: current or v0.66">,
    Option<"fullSync", "full-sync", "bool", "false", "all tile registers in one section, without math/pack overlap">];
  let statistics = [Statistic<"numKernels", "kernels", "kernels imported">];
}

def TTInferLayout : TT_HostPass<"tt-infer-layout"> {
  let paperName = "infer_tt_layout_v5";
  let summary = "a complete #tt.buffer for every buffer";
  let description = [{
    Takes `tt.buffer` with or without a user `layout`. Leaves `info`: memory, layout, tile, format, padded shape in tiles, page bytes.

    ```mlir
    tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64}
    // becomes
    tt.buffer @A : tensor<128x256xbf16> in {argument = 0 : i64, info = #tt.buffer<memory = dram, layout = interleaved, format = bf16,
        tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 8, page_bytes = 2048>}
    ```
  }];
}

def TTPropagateLayout : TT_HostPass<"tt-propagate-layout"> {
  let paperName = "propagate_tt_layout_v5";
  let summary = "page size, pages per production, depth and format of every transfer";
  let description = [{
    Takes block reads and writes of buffers with `info`. Leaves `transfer` on each: the pages of one production are the tiles of the block; the depth
    comes from `stages`, else 2.

    ```mlir
    %a = tt.read_block @A[%m, %k] : tensor<64x32xbf16> {stages = 3 : i64}
    // becomes
    %a = tt.read_block @A[%m, %k] : tensor<64x32xbf16> {stages = 3 : i64,
        transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 3, format = bf16>}
    ```
  }];
}

def TTAttachTensorAccessor : TT_HostPass<"tt-attach-tensor-accessor"> {
  let paperName = "attach_tensor_accessor_tt";
  let summary = "page numbering of every buffer";
  let description = [{
    Takes `tt.buffer` with `info`; leaves `accessor`: strides in pages, row-major over (batch, row, column) of tiles.

    ```mlir
    tt.buffer @A : tensor<128x256xbf16> in {info = #tt.buffer<…, batch = 1, rows = 4, cols = 8, …>}
    // becomes
    tt.buffer @A : tensor<128x256xbf16> in {info = #tt.buffer<…>,
        accessor = #tt.accessor_info<batch_stride = 32, row_stride = 8, pages = 32, sharded = false>}
    ```
  }];
}

//===- Stage B: partition -------------------------------------------------===//

def TTLayoutAwareWorkPartition : TT_HostPass<"tt-layout-aware-work-partition"> {
  let paperName = "layout_aware_work_partition_tt_v5";
  let summary = "the blocks of each grid to cores";
  let description = [{
    Takes `tt.kernel` with `grid` and `schedule`. Leaves `partition`, `work` (contiguous ranges of items, balanced to within one, cores row by row) and
    `contractions` (Mt, Kt, Nt of each contraction in the body).

    Orders number the blocks: `row_major`, `column_major`, `block_linear` (squares of `block` x `block` blocks, row by row over the squares and in each,
    smaller at the edges), `match_shard` (the blocks of a shard of the output together). Cores are as many as there are blocks, at most the core
    grid. The owner of an L1 shard computes it if the order is `match_shard` (mode `local_shard`).

    ```mlir
    tt.kernel @gemm_0 grid [2, 1] schedule #tt.schedule compute <fp32_acc = true> { … }
    // becomes
    tt.kernel @gemm_0 grid [2, 1] schedule #tt.schedule compute <fp32_acc = true> attributes {
        contractions = [#tt.contraction<mt = 4, kt = 8, nt = 2>],
        partition = #tt.partition<mode = global, order = row_major, block = 1, items = 2, cores = 2>,
        work = #tt.work<x = [0, 1], y = [0, 0], start = [0, 1], count = [1, 1]>} { … }
    ```
  }];
}

def TTGridToCoreGrid : TT_HostPass<"tt-grid-to-core-grid"> {
  let paperName = "grid_to_core_grid_v5";
  let summary = "the grid becomes the loop over a core's items";
  let description = [{
    Takes `tt.kernel` whose block arguments are block indices. Leaves one whose arguments are `start` and `count`, with a loop over the items in which
    the block indices are recovered by constant divisors in the order of the schedule.

    ```mlir
    ^bb0(%by: index, %bx: index):
      …
    // becomes
    ^bb0(%start: index, %count: index):
      %end = arith.addi %start, %count : index
      scf.for %i = %start to %end step %c1 {
        %b:2 = affine.delinearize_index %i into (4, 2) : index, index
        …
    ```
  }];
}

def TTLowerToSfpu : TT_HostPass<"tt-lower-to-sfpu"> {
  let paperName = "lower_to_sfpu";
  let summary = "element loops over a block become linalg.generic on the block";
  let description = [{
    Takes nests of `scf.for`/`scf.parallel`/`scf.forall` (or `gpu.thread_id`) whose body loads, computes and stores one element of local memrefs. Leaves a
    `linalg.generic` on those memrefs. Each dimension is indexed by one loop plus what stays, or by a number that several loops count together
    (`i * 128 + thread`, its quotient and remainder). Loops that do not index what is stored reduce. A nest that is something else is refused.

    ```mlir
    scf.parallel (%i, %j) = (%c0, %c0) to (%c32, %c64) step (%c1, %c1) {
      %x = memref.load %a[%i, %j] : memref<32x64xf32>
      %y = memref.load %b[%j] : memref<64xf32>
      %z = arith.addf %x, %y : f32
      memref.store %z, %c[%i, %j] : memref<32x64xf32>
    }
    // becomes
    linalg.generic {indexing_maps = [(d0, d1) -> (d0, d1), (d0, d1) -> (d1), (d0, d1) -> (d0, d1)], iterator_types = ["parallel", "parallel"]}
        ins(%a, %b : …) outs(%c : …) {
    ^bb0(%x: f32, %y: f32, %old: f32):
      %z = arith.addf %x, %y : f32
      linalg.yield %z : f32
    }
    ```
  }];
}

//===- Stage C: protocol-free tile program --------------------------------===//

def TTLowerSharedToCB : TT_HostPass<"tt-lower-shared-to-cb"> {
  let paperName = "lower_shared_to_cb_v5";
  let summary = "on-chip memory becomes values; each transfer gets its circular buffer";
  let description = [{
    Takes local memrefs, linalg on them, and block reads and writes. Leaves linalg on tensors: reaching definitions through `scf.for` and `scf.if`; a
    buffer is carried by a loop only if an iteration reads what an earlier one left. Each block read or write is `via` a `tt.alloc_cb`.

    ```mlir
    scf.for %k = %c0 to %c8 step %c1 {
      %a = tt.read_block @A[%m, %k] : tensor<64x32xbf16> {transfer = #tt.transfer<…, pages = 2, depth = 2, …>}
      bufferization.materialize_in_destination %a in writable %a_sh : …
      linalg.matmul ins(%a_sh, %b_sh : …) outs(%acc : memref<64x64xf32>)
    }
    // becomes
    %cb = tt.alloc_cb : <4 x !tt.tile<32x32, bf16>> {name = "A", production = 2 : i64}
    …
    %sum = scf.for %k = %c0 to %c8 step %c1 iter_args(%acc = %zero) -> (tensor<64x64xf32>) {
      %a = tt.read_block @A[%m, %k] via %cb !tt.cb<…> : tensor<64x32xbf16> {transfer = …}
      %r = linalg.matmul ins(%a, %b : …) outs(%acc : tensor<64x64xf32>) -> tensor<64x64xf32>
      scf.yield %r : tensor<64x64xf32>
    }
    ```
  }];
}

def TTLowerTileIntrinsics : TT_HostPass<"tt-lower-tile-intrinsics"> {
  let paperName = "lower_tt_tile_intrinsics_v5";
  let summary = "blocks of elements become blocks of tiles, linalg becomes tile ops";
  let description = [{
    Takes linalg on tensors of scalars. Leaves tile ops on tensors of `!tt.tile`, one op per operation of a linalg body; offsets become tile offsets, which
    must provably be multiples of the tile.
  }];
  let statistics = [Statistic<"numTileOps", "tile-ops", "tile ops made">];
}

def TTBuildTileDfg : TT_HostPass<"tt-build-tile-dfg"> {
  let paperName = "build_tile_dfg_tt";
  let summary = "the plan: sections, units, circular buffers";
  let description = [{
    Takes tile ops and conceptual circular buffers. Leaves `tt.section`s with their sub-blocks, a `unit` on each tile op, and completed circular buffers
    (id, order, unpack mode, capacity) that fit L1. Everything that more than one kernel sees is decided here.
  }];
  let statistics = [Statistic<"numSections", "sections", "sections made">, Statistic<"numCBs", "circular-buffers", "circular buffers planned">];
}

//===- Stage D: late split and protocol -----------------------------------===//

def TTSplitDeviceKernel : TT_HostPass<"tt-split-device-kernel"> {
  let paperName = "split_device_kernel";
  let summary = "tt.kernel becomes tt.program with reader, compute and writer";
  let description = [{
    Takes the planned body. Leaves a `tt.program`: circular buffers as symbols and three kernels, each with the slice of its role: the reader its
    `tt.read_block`s, the writer its `tt.write_block`s, compute the sections; a value from another role is a `tt.front_block`.
  }];
}

def TTConfigureTensorAccessor : TT_HostPass<"tt-configure-tensor-accessor"> {
  let paperName = "configure_tensor_accessor_tt";
  let summary = "accessors bound to the kernels that use them";
  let description = [{
    Takes kernels with block transfers. Leaves, at the top of each, a `tt.runtime_arg address @B` and a `tt.tensor_accessor @B` per buffer it uses, in chain order.
  }];
}

def TTLowerCBIntrinsics : TT_HostPass<"tt-lower-cb-intrinsics"> {
  let paperName = "lower_cb_intrinsics";
  let summary = "block transfers and fronts become circular-buffer and NoC protocol";
  let description = [{
    Takes `tt.read_block`, `tt.write_block` and `tt.front_block` in the split kernels. Leaves reserve, page reads, one barrier per production, push; wait, page
    writes, barrier, pop; in compute, waits before the first use of a production and pops after its last.
  }];
}

def TTInsertDstManagement : TT_HostPass<"tt-insert-dst-management"> {
  let paperName = "insert_dst_management_tt";
  let summary = "sections become acquire, math, commit, wait, pack, release";
  let description = [{
    Takes `tt.section`s in compute kernels. Leaves tile registers by number, loops over tiles, and packs into reserved pages.
  }];
}

def TTInsertComputeInit : TT_HostPass<"tt-insert-compute-init"> {
  let paperName = "insert_compute_init_tt";
  let summary = "startup, inits, reconfigs and uninits from the state that each call needs";
  let description = [{
    Takes compute kernels of device ops. Leaves `tt.hw_startup` first, and inits, reconfigs and uninits where the fewest of them run in which every op finds what it
    needs on every path: what a whole loop needs alike is programmed before the loop, and an uninit stands before the first op that cannot do without it.
  }];
}

//===- Stage E: finish ----------------------------------------------------===//

def TTFinalizePersistentSignature : TT_HostPass<"tt-finalize-persistent-signature"> {
  let paperName = "finalize_persistent_signature_tt";
  let summary = "the final argument lists of every kernel";
  let description = "Takes symbolic `tt.runtime_arg`s. Leaves their scope and index, and the lists on each `tt.func`; unused arguments are not in them, nor is the first item of a kernel that only counts its items.";
}

def TTVerify : TT_HostPass<"tt-verify"> {
  let paperName = "verify_tt_ir";
  let summary = "the finished programs keep the rules of the hardware";
  let description = [{
    Checks every path of every kernel: tile-register states and indices, inits, balance and order of circular buffers, barriers, arguments, pages within buffers,
    one core per item. Shares no code with the passes before it. Changes nothing.
  }];
}

#endif // TT_PASSES
