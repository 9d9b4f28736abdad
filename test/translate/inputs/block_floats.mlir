// Copies into and out of block floats: what main.cpp packs, the unpacker must read, and what the packer wrote, main.cpp must.
func.func @copies(%x: memref<32x64xbf16> {tt.layout = #tt.layout<format = bfp8_b>, tt.name = "X"},
                  %y: memref<32x64xbf16> {tt.name = "Y"},
                  %z: memref<64x32xf32> {tt.layout = #tt.layout<format = bfp4_b>, tt.name = "Z"},
                  %w: memref<64x32xf32> {tt.name = "W"},
                  %u: memref<64x32xf32> {tt.name = "U"},
                  %v: memref<64x32xf32> {tt.layout = #tt.layout<format = bfp8_b>, tt.name = "V"}) {
  scf.forall (%i) in (2) {
    %c = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %xs = memref.subview %x[0, %c] [32, 32] [1, 1] : memref<32x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %ys = memref.subview %y[0, %c] [32, 32] [1, 1] : memref<32x64xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
    %xl = memref.alloc() : memref<32x32xbf16>
    memref.copy %xs, %xl : memref<32x32xbf16, strided<[64, 1], offset: ?>> to memref<32x32xbf16>
    memref.copy %xl, %ys : memref<32x32xbf16> to memref<32x32xbf16, strided<[64, 1], offset: ?>>
  }
  scf.forall (%i) in (2) {
    %r = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %zs = memref.subview %z[%r, 0] [32, 32] [1, 1] : memref<64x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
    %ws = memref.subview %w[%r, 0] [32, 32] [1, 1] : memref<64x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
    %us = memref.subview %u[%r, 0] [32, 32] [1, 1] : memref<64x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
    %vs = memref.subview %v[%r, 0] [32, 32] [1, 1] : memref<64x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
    %zl = memref.alloc() : memref<32x32xf32>
    %ul = memref.alloc() : memref<32x32xf32>
    memref.copy %zs, %zl : memref<32x32xf32, strided<[32, 1], offset: ?>> to memref<32x32xf32>
    memref.copy %us, %ul : memref<32x32xf32, strided<[32, 1], offset: ?>> to memref<32x32xf32>
    memref.copy %zl, %ws : memref<32x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
    memref.copy %ul, %vs : memref<32x32xf32> to memref<32x32xf32, strided<[32, 1], offset: ?>>
  }
  return
}
