// RUN: tt-opt %s | tt-opt | FileCheck %s
// RUN: tt-opt %s --mlir-print-op-generic | tt-opt | FileCheck %s
// RUN: tt-opt %s --emit-bytecode | tt-opt | FileCheck %s

// Every op prints as it parses, in its own form, the generic one and bytecode.

#device = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16,
    l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
!tile = !tt.tile<32x32, bf16>
!cb = !tt.cb<4 x !tt.tile<32x32, bf16>>

// CHECK-LABEL: tt.host @body
tt.host @body device(#device) {
  // CHECK: tt.buffer @arg0 : tensor<128x128xbf16> in {argument = 0 : i64}
  tt.buffer @arg0 : tensor<128x128xbf16> in {argument = 0 : i64}
  // CHECK: tt.buffer @arg1 : tensor<128x128xbf16> out {argument = 1 : i64, layout = #tt.layout
  tt.buffer @arg1 : tensor<128x128xbf16> out {argument = 1 : i64, layout = #tt.layout<memory = dram, format = bf16>}
  // CHECK: tt.kernel @body_0 grid [2, 2] schedule
  tt.kernel @body_0 grid [2, 2] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index, %j: index):
    // CHECK: tt.alloc_cb : <4 x !tt.tile<32x32, bf16>> {production = 2
    %cb = tt.alloc_cb : !cb {production = 2 : i64}
    // CHECK: tt.read_block @arg0[%{{.*}}, %{{.*}}] via %{{.*}} : tensor<2x2x!tt.tile<32x32, bf16>>
    %a = tt.read_block @arg0[%i, %j] via %cb !cb : tensor<2x2x!tile>
    %b = tt.read_block @arg0[%j, %i] : tensor<2x2x!tile>
    // CHECK: tt.binary add
    %s = tt.binary add %a, %b : tensor<2x2x!tile>
    // CHECK: tt.unary exp
    %e = tt.unary exp %s : tensor<2x2x!tile> {unit = #tt.unit<sfpu>}
    // CHECK: tt.unary add_scalar %{{.*}} params [2.000000e+00]
    %p = tt.unary add_scalar %e params [2.0] : tensor<2x2x!tile>
    // No digit is lost, and no NaN or infinity.
    // CHECK: tt.unary mul_scalar %{{.*}} params [0.010416667]
    // CHECK: tt.unary mul_scalar %{{.*}} params [-3.40282347E+38]
    // CHECK: tt.unary mul_scalar %{{.*}} params [0xFF800000]
    // CHECK: tt.unary mul_scalar %{{.*}} params [0x7FC00001]
    %p0 = tt.unary mul_scalar %e params [0.010416666666666666] : tensor<2x2x!tile>
    %p1 = tt.unary mul_scalar %e params [-3.40282347E+38] : tensor<2x2x!tile>
    %p2 = tt.unary mul_scalar %e params [0xFF800000] : tensor<2x2x!tile>
    %p3 = tt.unary mul_scalar %e params [0x7FC00001] : tensor<2x2x!tile>
    // CHECK: tt.fill
    %f = tt.fill 0.0 : tensor<2x2x!tt.tile<32x32, f32>>
    // CHECK: tt.mma
    %m = tt.mma %a, %b, %f : tensor<2x2x!tile>, tensor<2x2x!tile> -> tensor<2x2x!tt.tile<32x32, f32>>
    // CHECK: tt.typecast
    %t = tt.typecast %m : tensor<2x2x!tt.tile<32x32, f32>> to tensor<2x2x!tile>
    // CHECK: tt.typecast %{{.*}} unsigned :
    %w = tt.typecast %m unsigned : tensor<2x2x!tt.tile<32x32, f32>> to tensor<2x2x!tt.tile<32x32, i32>>
    // CHECK: tt.section grid [1, 2] via
    %o = tt.section grid [1, 2] via %cb : !cb -> tensor<2x2x!tile> {
    ^bb0(%r: index, %c: index):
      // CHECK: tt.sub_block
      %x = tt.sub_block %t[%r, %c] : tensor<2x2x!tile> to tensor<2x1x!tile>
      tt.yield %x : tensor<2x1x!tile>
    }
    // CHECK: tt.accumulate via %{{.*}} : {{.*}} -> tensor<2x2x
    %u = tt.accumulate via %cb : !cb -> tensor<2x2x!tile> {
      // CHECK: tt.section grid [1, 1] via
      %packed = tt.section grid [1, 1] via %cb : !cb -> tensor<2x2x!tile> {
      ^bb0(%r: index, %c: index):
        tt.yield %t : tensor<2x2x!tile>
      // CHECK: {starts_sum}
      } {starts_sum}
    }
    // CHECK: tt.write_block %{{.*}}, @arg1
    tt.write_block %o, @arg1[%i, %j] via %cb !cb : tensor<2x2x!tile>
  }
}

// CHECK-LABEL: tt.host @device
tt.host @device device(#device) {
  tt.buffer @arg0 : tensor<128x128xbf16> in {argument = 0 : i64}
  // CHECK: tt.program @device_0 grid [2, 2]
  // CHECK-SAME: work <x = [0, 1], y = [0, 0], start = [0, 2], count = [2, 2]>
  tt.program @device_0 grid [2, 2] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 4, cores = 2>
      work #tt.work<x = [0, 1], y = [0, 0], start = [0, 2], count = [2, 2]> {
    // CHECK: tt.circular_buffer @a
    tt.circular_buffer @a : !cb id 0 production 2 order [2, 1] unpack <src>
    tt.circular_buffer @c : !cb id 16 production 2 order [2, 1] unpack <dest>
    // CHECK: tt.func @reader reader
    tt.func @reader reader {
      // CHECK: tt.runtime_arg address @arg0
      %address = tt.runtime_arg address @arg0
      // CHECK: tt.tensor_accessor @arg0 at
      %accessor = tt.tensor_accessor @arg0 at %address
      %id = tt.runtime_arg start_id
      // CHECK: tt.cb_reserve_back @a, 2
      tt.cb_reserve_back @a, 2
      %l1 = tt.get_write_ptr @a
      // CHECK: tt.noc_async_read_page
      tt.noc_async_read_page %id, %accessor, %l1
      tt.noc_async_read_barrier
      tt.cb_push_back @a, 2
    }
    // CHECK: tt.func @compute compute
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      // CHECK: tt.hw_startup reverse @a, @a, @c
      tt.hw_startup reverse @a, @a, @c
      // CHECK: tt.matmul_block_init @a, @a ct 1 rt 1 kt 1 transpose
      tt.matmul_block_init @a, @a ct 1 rt 1 kt 1 transpose
      tt.tile_regs_acquire
      tt.cb_wait_front @a, 2
      // CHECK: tt.matmul_block @a[%{{.*}}], @a[%{{.*}}], dst[%{{.*}}] ct 1 rt 1 kt 1
      tt.matmul_block @a[%c0], @a[%c0], dst[%c0] ct 1 rt 1 kt 1
      // CHECK: tt.binary_tiles add @a
      tt.binary_tiles add @a[%c0], @a[%c0], dst[%c0]
      // CHECK: tt.unary_tile exp dst[
      tt.unary_tile exp dst[%c0]
      tt.tile_regs_commit
      tt.tile_regs_wait
      // CHECK: tt.pack_tile dst[%{{.*}}], @c
      tt.pack_tile dst[%c0], @c
      tt.pack_tile dst[%c0], @c[%c0]
      tt.tile_regs_release
      tt.cb_pop_front @a, 2
    }
  }
}
