// RUN: %tt-check %s

// Local memory in a space of the dialect, which the reference does not know.
#l1 = #tt.memory_space<l1>
func.func @copy(%x: memref<32x32xbf16>, %y: memref<32x32xbf16>) {
  scf.forall (%i) in (1) {
    %a = memref.alloc() : memref<32x32xbf16, #tt.memory_space<l1>>
    %b = memref.alloc() : memref<32x32xbf16, #l1>
    memref.copy %x, %a : memref<32x32xbf16> to memref<32x32xbf16, #tt.memory_space<l1>>
    linalg.negf ins(%a : memref<32x32xbf16, #tt.memory_space<l1>>) outs(%b : memref<32x32xbf16, #l1>)
    memref.copy %b, %y : memref<32x32xbf16, #l1> to memref<32x32xbf16>
  }
  return
}
