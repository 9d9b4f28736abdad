// RUN: %tt-check %s

// Buffers cut into shards: in L1, one to a core, which computes its own with
// `match_shard`; and in DRAM, one to a bank.
#grid2x4 = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0, 1], grid = [2, 4], shape = [128, 64]>>
#grid4x2 = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0, 1], grid = [4, 2], shape = [64, 128]>>
#rows8 = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0], grid = [8], shape = [32]>>
#columns8 = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [1], grid = [8], shape = [32]>>
#id = affine_map<(d0, d1) -> (d0, d1)>

func.func @add(%a: memref<256x256xbf16> {tt.layout = #grid2x4}, %b: memref<256x256xbf16> {tt.layout = #grid2x4}, %c: memref<256x256xbf16> {tt.layout = #grid2x4})
    attributes {tt.schedule = #tt.schedule<order = match_shard, grid_x = 4, grid_y = 2>} {
  scf.forall (%i, %j) = (0, 0) to (256, 256) step (32, 64) {
    %av = memref.subview %a[%i, %j] [32, 64] [1, 1] : memref<256x256xbf16> to memref<32x64xbf16, strided<[256, 1], offset: ?>>
    %bv = memref.subview %b[%i, %j] [32, 64] [1, 1] : memref<256x256xbf16> to memref<32x64xbf16, strided<[256, 1], offset: ?>>
    %cv = memref.subview %c[%i, %j] [32, 64] [1, 1] : memref<256x256xbf16> to memref<32x64xbf16, strided<[256, 1], offset: ?>>
    linalg.add ins(%av, %bv : memref<32x64xbf16, strided<[256, 1], offset: ?>>, memref<32x64xbf16, strided<[256, 1], offset: ?>>) outs(%cv : memref<32x64xbf16, strided<[256, 1], offset: ?>>)
  }
  return
}

// The inputs lie on other cores than the output, which all cores compute.
func.func @mixed(%a: memref<256x256xf32> {tt.layout = #rows8}, %b: memref<256x256xf32> {tt.layout = #columns8}, %c: memref<256x256xf32> {tt.layout = #grid4x2}) {
  scf.forall (%i, %j) = (0, 0) to (256, 256) step (32, 32) {
    %av = memref.subview %a[%i, %j] [32, 32] [1, 1] : memref<256x256xf32> to memref<32x32xf32, strided<[256, 1], offset: ?>>
    %bv = memref.subview %b[%i, %j] [32, 32] [1, 1] : memref<256x256xf32> to memref<32x32xf32, strided<[256, 1], offset: ?>>
    %cv = memref.subview %c[%i, %j] [32, 32] [1, 1] : memref<256x256xf32> to memref<32x32xf32, strided<[256, 1], offset: ?>>
    linalg.sub ins(%av, %bv : memref<32x32xf32, strided<[256, 1], offset: ?>>, memref<32x32xf32, strided<[256, 1], offset: ?>>) outs(%cv : memref<32x32xf32, strided<[256, 1], offset: ?>>)
  }
  return
}

func.func @matmul2x4(%a: memref<256x128xbf16> {tt.layout = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0], grid = [8], shape = [32]>>},
                     %b: memref<128x256xbf16>, %c: memref<256x256xf32> {tt.layout = #grid2x4})
    attributes {tt.schedule = #tt.schedule<order = match_shard, grid_x = 4, grid_y = 2>} {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  scf.forall (%i, %j) = (0, 0) to (256, 256) step (64, 64) {
    %acc = memref.alloc() : memref<64x64xf32>
    linalg.fill ins(%zero : f32) outs(%acc : memref<64x64xf32>)
    scf.for %k = %c0 to %c128 step %c64 {
      %av = memref.subview %a[%i, %k] [64, 64] [1, 1] : memref<256x128xbf16> to memref<64x64xbf16, strided<[128, 1], offset: ?>>
      %bv = memref.subview %b[%k, %j] [64, 64] [1, 1] : memref<128x256xbf16> to memref<64x64xbf16, strided<[256, 1], offset: ?>>
      linalg.matmul ins(%av, %bv : memref<64x64xbf16, strided<[128, 1], offset: ?>>, memref<64x64xbf16, strided<[256, 1], offset: ?>>) outs(%acc : memref<64x64xf32>)
    }
    %cv = memref.subview %c[%i, %j] [64, 64] [1, 1] : memref<256x256xf32> to memref<64x64xf32, strided<[256, 1], offset: ?>>
    memref.copy %acc, %cv : memref<64x64xf32> to memref<64x64xf32, strided<[256, 1], offset: ?>>
  }
  return
}

// On values, with an output whose shards are taller than wide.
func.func @matmul4x2(%a: tensor<256x64xbf16>, %b: tensor<64x256xbf16> {tt.layout = #tt.layout<memory = l1>}, %c: tensor<256x256xbf16> {tt.layout = #grid4x2})
    -> (tensor<256x256xbf16> {tt.layout = #grid4x2}) attributes {tt.schedule = #tt.schedule<order = match_shard, grid_x = 2, grid_y = 4>} {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<256x256xbf16>
  %r = scf.forall (%i, %j) = (0, 0) to (256, 256) step (64, 64) shared_outs(%o = %e) -> (tensor<256x256xbf16>) {
    %as = tensor.extract_slice %a[%i, 0] [64, 64] [1, 1] : tensor<256x64xbf16> to tensor<64x64xbf16>
    %bs = tensor.extract_slice %b[0, %j] [64, 64] [1, 1] : tensor<64x256xbf16> to tensor<64x64xbf16>
    %cs = tensor.extract_slice %c[%i, %j] [64, 64] [1, 1] : tensor<256x256xbf16> to tensor<64x64xbf16>
    %t = tensor.empty() : tensor<64x64xf32>
    %f = linalg.fill ins(%zero : f32) outs(%t : tensor<64x64xf32>) -> tensor<64x64xf32>
    %m = linalg.matmul ins(%as, %bs : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%f : tensor<64x64xf32>) -> tensor<64x64xf32>
    %d = tensor.empty() : tensor<64x64xbf16>
    %s = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%m, %cs : tensor<64x64xf32>, tensor<64x64xbf16>) outs(%d : tensor<64x64xbf16>) {
    ^bb0(%x: f32, %y: bf16, %out: bf16):
      %w = arith.extf %y : bf16 to f32
      %sum = arith.addf %x, %w : f32
      %n = arith.truncf %sum : f32 to bf16
      linalg.yield %n : bf16
    } -> tensor<64x64xbf16>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i, %j] [64, 64] [1, 1] : tensor<64x64xbf16> into tensor<256x256xbf16>
    }
  }
  return %r : tensor<256x256xbf16>
}

// The last shards are smaller than the others; a batch has a shard for each
// entry; packed vectors in shards of three tiles.
func.func @uneven(%a: memref<3x160x96xbf16> {tt.layout = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0, 1, 2], grid = [3, 2, 2], shape = [1, 96, 64]>>},
                  %b: memref<3x160x96xbf16> {tt.layout = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0, 1], grid = [3, 3], shape = [1, 64]>>})
    attributes {tt.schedule = #tt.schedule<order = match_shard>} {
  scf.forall (%n, %i) = (0, 0) to (3, 160) step (1, 32) {
    %av = memref.subview %a[%n, %i, 0] [1, 32, 96] [1, 1, 1] : memref<3x160x96xbf16> to memref<32x96xbf16, strided<[96, 1], offset: ?>>
    %bv = memref.subview %b[%n, %i, 0] [1, 32, 96] [1, 1, 1] : memref<3x160x96xbf16> to memref<32x96xbf16, strided<[96, 1], offset: ?>>
    linalg.exp ins(%av : memref<32x96xbf16, strided<[96, 1], offset: ?>>) outs(%bv : memref<32x96xbf16, strided<[96, 1], offset: ?>>)
  }
  return
}

func.func @vector(%a: memref<8192xf32> {tt.layout = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0], grid = [3], shape = [3072]>>},
                  %b: memref<8192xf32> {tt.layout = #tt.layout<layout = sharded, shard = #tt.nd_shard<axes = [0], grid = [4], shape = [2048]>>}) {
  scf.forall (%i) = (0) to (8192) step (2048) {
    %av = memref.subview %a[%i] [2048] [1] : memref<8192xf32> to memref<2048xf32, strided<[1], offset: ?>>
    %bv = memref.subview %b[%i] [2048] [1] : memref<8192xf32> to memref<2048xf32, strided<[1], offset: ?>>
    linalg.abs ins(%av : memref<2048xf32, strided<[1], offset: ?>>) outs(%bv : memref<2048xf32, strided<[1], offset: ?>>)
  }
  return
}

// More shards than DRAM has banks; block floats.
func.func @dram(%a: memref<640x64xbf16> {tt.layout = #tt.layout<layout = sharded, shard = #tt.nd_shard<axes = [0, 1], grid = [10, 2], shape = [64, 32]>, format = bfp8_b>},
                %b: memref<640x64xbf16> {tt.layout = #tt.layout<layout = sharded, shard = #tt.nd_shard<axes = [0], grid = [20], shape = [32]>>}) {
  scf.forall (%i) = (0) to (640) step (32) {
    %av = memref.subview %a[%i, 0] [32, 64] [1, 1] : memref<640x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    %bv = memref.subview %b[%i, 0] [32, 64] [1, 1] : memref<640x64xbf16> to memref<32x64xbf16, strided<[64, 1], offset: ?>>
    linalg.negf ins(%av : memref<32x64xbf16, strided<[64, 1], offset: ?>>) outs(%bv : memref<32x64xbf16, strided<[64, 1], offset: ?>>)
  }
  return
}

// Shards between grids, and read and written by one.
func.func @three(%a: memref<256x256xf32> {tt.layout = #tt.layout<memory = l1, layout = sharded, shard = #tt.nd_shard<axes = [0, 1], grid = [3, 4], shape = [96, 64]>>}, %b: memref<256x256xf32> {tt.layout = #columns8}, %c: memref<256x256xf32>) attributes {tt.schedule = #tt.schedule<grid_x = 3, grid_y = 4>} {
  scf.forall (%i, %j) = (0, 0) to (256, 256) step (64, 32) {
    %av = memref.subview %a[%i, %j] [64, 32] [1, 1] : memref<256x256xf32> to memref<64x32xf32, strided<[256, 1], offset: ?>>
    %bv = memref.subview %b[%i, %j] [64, 32] [1, 1] : memref<256x256xf32> to memref<64x32xf32, strided<[256, 1], offset: ?>>
    linalg.exp ins(%av : memref<64x32xf32, strided<[256, 1], offset: ?>>) outs(%bv : memref<64x32xf32, strided<[256, 1], offset: ?>>)
  }
  scf.forall (%i, %j) = (0, 0) to (256, 256) step (32, 64) {
    %av = memref.subview %a[%i, %j] [32, 64] [1, 1] : memref<256x256xf32> to memref<32x64xf32, strided<[256, 1], offset: ?>>
    %bv = memref.subview %b[%i, %j] [32, 64] [1, 1] : memref<256x256xf32> to memref<32x64xf32, strided<[256, 1], offset: ?>>
    linalg.add ins(%av, %bv : memref<32x64xf32, strided<[256, 1], offset: ?>>, memref<32x64xf32, strided<[256, 1], offset: ?>>) outs(%av : memref<32x64xf32, strided<[256, 1], offset: ?>>)
  }
  scf.forall (%i) = (0) to (256) step (32) {
    %av = memref.subview %a[%i, 0] [32, 256] [1, 1] : memref<256x256xf32> to memref<32x256xf32, strided<[256, 1], offset: ?>>
    %bv = memref.subview %b[%i, 0] [32, 256] [1, 1] : memref<256x256xf32> to memref<32x256xf32, strided<[256, 1], offset: ?>>
    %cv = memref.subview %c[%i, 0] [32, 256] [1, 1] : memref<256x256xf32> to memref<32x256xf32, strided<[256, 1], offset: ?>>
    linalg.sub ins(%av, %bv : memref<32x256xf32, strided<[256, 1], offset: ?>>, memref<32x256xf32, strided<[256, 1], offset: ?>>) outs(%cv : memref<32x256xf32, strided<[256, 1], offset: ?>>)
  }
  return
}
