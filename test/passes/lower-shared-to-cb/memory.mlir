// On-chip buffers become values: reaching definitions through loops, branches
// and views.
// RUN: tt-opt --tt-lower-shared-to-cb --canonicalize --cse %s | tt-opt | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#info = #tt.buffer<memory = dram, layout = interleaved, format = bf16, tile_height = 32, tile_width = 32, batch = 1, rows = 4, cols = 4, page_bytes = 2048>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-NOT: memref
tt.host @f device(#wh) {
  tt.buffer @A : tensor<128x128xbf16> in {argument = 0 : i64, info = #info}
  tt.buffer @B : tensor<128x128xbf16> in {argument = 1 : i64, info = #info}
  tt.buffer @C : tensor<128x128xbf16> out {argument = 2 : i64, info = #info}

  // The accumulator is carried, the blocks that each iteration overwrites are
  // not, though all are allocated outside of the loop.
  // CHECK-LABEL: tt.kernel @carried
  // CHECK: %[[ZERO:.*]] = linalg.fill
  // CHECK: %[[SUM:.*]] = scf.for %{{.*}} iter_args(%[[ACC:.*]] = %[[ZERO]]) -> (tensor<32x32xf32>)
  // CHECK:   %[[A:.*]] = tt.read_block @A
  // CHECK:   %[[B:.*]] = tt.read_block @B
  // CHECK:   %[[R:.*]] = linalg.matmul ins(%[[A]], %[[B]] : {{.*}}) outs(%[[ACC]] :
  // CHECK:   scf.yield %[[R]]
  // CHECK: linalg.generic {{.*}} ins(%[[SUM]] :
  tt.kernel @carried grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %a_sh = memref.alloc() : memref<32x32xbf16>
    %b_sh = memref.alloc() : memref<32x32xbf16>
    %acc = memref.alloc() : memref<32x32xf32>
    %out = memref.alloc() : memref<32x32xbf16>
    linalg.fill ins(%zero : f32) outs(%acc : memref<32x32xf32>)
    scf.for %k = %c0 to %c4 step %c1 {
      %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      bufferization.materialize_in_destination %a in writable %a_sh : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
      %b = tt.read_block @B[%k, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      bufferization.materialize_in_destination %b in writable %b_sh : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
      linalg.matmul ins(%a_sh, %b_sh : memref<32x32xbf16>, memref<32x32xbf16>) outs(%acc : memref<32x32xf32>)
    }
    linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%acc : memref<32x32xf32>) outs(%out : memref<32x32xbf16>) {
    ^bb0(%x: f32, %y: bf16):
      %t = arith.truncf %x : f32 to bf16
      linalg.yield %t : bf16
    }
    %t = bufferization.to_tensor %out restrict : memref<32x32xbf16> to tensor<32x32xbf16>
    tt.write_block %t, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
    memref.dealloc %out : memref<32x32xbf16>
  }

  // A value that only the code after the loop reads leaves it as a result.
  // CHECK-LABEL: tt.kernel @last
  // CHECK: %[[INIT:.*]] = tensor.empty() : tensor<32x32xbf16>
  // CHECK: %[[LAST:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %[[INIT]])
  // CHECK:   %[[A:.*]] = tt.read_block
  // CHECK:   scf.yield %[[A]]
  // CHECK: tt.write_block %[[LAST]]
  tt.kernel @last grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %x = memref.alloc() : memref<32x32xbf16>
    scf.for %k = %c0 to %c4 step %c1 {
      %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
    }
    %t = bufferization.to_tensor %x restrict : memref<32x32xbf16> to tensor<32x32xbf16>
    tt.write_block %t, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }

  // Nested loops: the inner accumulator starts anew in each outer iteration,
  // though it is allocated before both.
  // CHECK-LABEL: tt.kernel @nested
  // CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %{{[^ ]*}} {
  // CHECK:   %[[ZERO:.*]] = linalg.fill
  // CHECK:   %[[SUM:.*]] = scf.for {{.*}} iter_args(%[[ACC:.*]] = %[[ZERO]])
  // CHECK:     %[[A:.*]] = tt.read_block
  // CHECK:     linalg.add ins(%[[ACC]], %[[A]] :
  // CHECK:   tt.write_block %[[SUM]]
  tt.kernel @nested grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : bf16
    %x = memref.alloc() : memref<32x32xbf16>
    %acc = memref.alloc() : memref<32x32xbf16>
    scf.for %j = %c0 to %c4 step %c1 {
      linalg.fill ins(%zero : bf16) outs(%acc : memref<32x32xbf16>)
      scf.for %k = %c0 to %c4 step %c1 {
        %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
        bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
        linalg.add ins(%acc, %x : memref<32x32xbf16>, memref<32x32xbf16>) outs(%acc : memref<32x32xbf16>)
      }
      %t = bufferization.to_tensor %acc restrict : memref<32x32xbf16> to tensor<32x32xbf16>
      tt.write_block %t, @C[%i, %j] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
    }
  }

  // A branch hands on what it or the code before it wrote; the values that a
  // loop already carried stay.
  // CHECK-LABEL: tt.kernel @branch
  // CHECK: %[[ZERO:.*]] = linalg.fill
  // CHECK: %[[LOOP:.*]]:2 = scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}, %[[X:.*]] = %[[ZERO]]) -> (f32, tensor<32x32xbf16>)
  // CHECK:   %[[NEW:.*]] = scf.if %{{.*}} -> (tensor<32x32xbf16>) {
  // CHECK:     %[[A:.*]] = tt.read_block
  // CHECK:     scf.yield %[[A]]
  // CHECK:   } else {
  // CHECK:     scf.yield %[[X]]
  // CHECK:   scf.yield %{{.*}}, %[[NEW]] :
  // CHECK: tt.write_block %[[LOOP]]#1
  tt.kernel @branch grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : bf16
    %s0 = arith.constant 0.0 : f32
    %x = memref.alloc() : memref<32x32xbf16>
    linalg.fill ins(%zero : bf16) outs(%x : memref<32x32xbf16>)
    %s = scf.for %k = %c0 to %c4 step %c1 iter_args(%sum = %s0) -> f32 {
      %odd = arith.cmpi eq, %k, %c1 : index
      scf.if %odd {
        %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
        bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
      }
      %next = arith.addf %sum, %sum : f32
      scf.yield %next : f32
    }
    %t = bufferization.to_tensor %x restrict : memref<32x32xbf16> to tensor<32x32xbf16>
    tt.write_block %t, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }

  // Cleared in the first iteration only: what it is cleared to is what the loop
  // starts with.
  // CHECK-LABEL: tt.kernel @cleared
  // CHECK: %[[ZERO:.*]] = linalg.fill
  // CHECK: scf.for {{.*}} iter_args(%[[ACC:.*]] = %[[ZERO]])
  // CHECK-NOT: scf.if
  // CHECK:   linalg.matmul {{.*}} outs(%[[ACC]] :
  tt.kernel @cleared grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %acc = memref.alloc() : memref<32x32xf32>
    scf.for %k = %c0 to %c4 step %c1 {
      %first = arith.cmpi eq, %k, %c0 : index
      scf.if %first {
        linalg.fill ins(%zero : f32) outs(%acc : memref<32x32xf32>)
      }
      %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      %x = memref.alloc() : memref<32x32xbf16>
      bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
      linalg.matmul ins(%x, %x : memref<32x32xbf16>, memref<32x32xbf16>) outs(%acc : memref<32x32xf32>)
    }
    %t = bufferization.to_tensor %acc restrict : memref<32x32xf32> to tensor<32x32xf32>
    %b = arith.truncf %t : tensor<32x32xf32> to tensor<32x32xbf16>
    tt.write_block %b, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }

  // The same asked the other way round.
  // CHECK-LABEL: tt.kernel @inverted
  // CHECK: %[[ZERO:.*]] = linalg.fill
  // CHECK: scf.for {{.*}} iter_args(%[[ACC:.*]] = %[[ZERO]])
  // CHECK-NOT: scf.if
  tt.kernel @inverted grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %acc = memref.alloc() : memref<32x32xf32>
    scf.for %k = %c0 to %c4 step %c1 {
      %k32 = affine.apply affine_map<(d0) -> (d0 * 32)>(%k)
      %later = arith.cmpi ne, %k32, %c0 : index
      scf.if %later {
      } else {
        linalg.fill ins(%zero : f32) outs(%acc : memref<32x32xf32>)
      }
      %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      %x = memref.alloc() : memref<32x32xbf16>
      bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
      linalg.matmul ins(%x, %x : memref<32x32xbf16>, memref<32x32xbf16>) outs(%acc : memref<32x32xf32>)
    }
    %t = bufferization.to_tensor %acc restrict : memref<32x32xf32> to tensor<32x32xf32>
    %b = arith.truncf %t : tensor<32x32xf32> to tensor<32x32xbf16>
    tt.write_block %b, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }

  // Cleared in another iteration: undefined before the loop, carried from then.
  // CHECK-LABEL: tt.kernel @restarted
  // CHECK: %[[INIT:.*]] = tensor.empty
  // CHECK: scf.for {{.*}} iter_args(%[[ACC:.*]] = %[[INIT]])
  // CHECK:   %[[START:.*]] = scf.if
  // CHECK:     linalg.fill
  // CHECK:   } else {
  // CHECK:     scf.yield %[[ACC]]
  // CHECK:   linalg.matmul {{.*}} outs(%[[START]] :
  tt.kernel @restarted grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c4 = arith.constant 4 : index
    %zero = arith.constant 0.0 : f32
    %acc = memref.alloc() : memref<32x32xf32>
    scf.for %k = %c0 to %c4 step %c1 {
      %first = arith.cmpi eq, %k, %c1 : index
      scf.if %first {
        linalg.fill ins(%zero : f32) outs(%acc : memref<32x32xf32>)
      }
      %a = tt.read_block @A[%i, %k] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
      %x = memref.alloc() : memref<32x32xbf16>
      bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
      linalg.matmul ins(%x, %x : memref<32x32xbf16>, memref<32x32xbf16>) outs(%acc : memref<32x32xf32>)
    }
    %t = bufferization.to_tensor %acc restrict : memref<32x32xf32> to tensor<32x32xf32>
    %b = arith.truncf %t : tensor<32x32xf32> to tensor<32x32xbf16>
    tt.write_block %b, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }

  // Views: halves are written and read by slices, whole views are the buffer
  // itself, reshapes reshape.
  // CHECK-LABEL: tt.kernel @views
  // CHECK: %[[A:.*]] = tt.read_block
  // CHECK: %[[E:.*]] = tensor.empty() : tensor<64x32xbf16>
  // CHECK: %[[TOP:.*]] = tensor.insert_slice %[[A]] into %[[E]][0, 0] [32, 32] [1, 1]
  // CHECK: %[[BOTH:.*]] = tensor.insert_slice %[[A]] into %[[TOP]][32, 0] [32, 32] [1, 1]
  // CHECK: %[[ROW:.*]] = tensor.extract_slice %[[BOTH]][%{{.*}}, 0] [1, 32] [1, 1] : tensor<64x32xbf16> to tensor<32xbf16>
  // CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[BOTH]], %[[ROW]] :
  // CHECK: tensor.expand_shape %[[SUM]] {{\[\[}}0, 1], [2]] output_shape [1, 64, 32]
  // CHECK: tt.write_block
  tt.kernel @views grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<64x32xbf16>
    %y = memref.alloc() : memref<64x32xbf16>
    %z = memref.alloc() : memref<1x64x32xbf16>
    %lower = memref.subview %x[0, 0] [32, 32] [1, 1] : memref<64x32xbf16> to memref<32x32xbf16, strided<[32, 1]>>
    %upper = memref.subview %x[32, 0] [32, 32] [1, 1] : memref<64x32xbf16> to memref<32x32xbf16, strided<[32, 1], offset: 1024>>
    %a = tt.read_block @A[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
    bufferization.materialize_in_destination %a in writable %lower : (tensor<32x32xbf16>, memref<32x32xbf16, strided<[32, 1]>>) -> ()
    memref.copy %lower, %upper : memref<32x32xbf16, strided<[32, 1]>> to memref<32x32xbf16, strided<[32, 1], offset: 1024>>
    %whole = memref.subview %x[0, 0] [64, 32] [1, 1] : memref<64x32xbf16> to memref<64x32xbf16, strided<[32, 1]>>
    %row = memref.subview %x[%i, 0] [1, 32] [1, 1] : memref<64x32xbf16> to memref<32xbf16, strided<[1], offset: ?>>
    linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d1)>, #id], iterator_types = ["parallel", "parallel"]}
        ins(%whole, %row : memref<64x32xbf16, strided<[32, 1]>>, memref<32xbf16, strided<[1], offset: ?>>) outs(%y : memref<64x32xbf16>) {
    ^bb0(%p: bf16, %q: bf16, %o: bf16):
      %s = arith.addf %p, %q : bf16
      linalg.yield %s : bf16
    }
    %flat = memref.collapse_shape %y [[0, 1]] : memref<64x32xbf16> into memref<2048xbf16>
    %z3 = memref.collapse_shape %z [[0, 1, 2]] : memref<1x64x32xbf16> into memref<2048xbf16>
    memref.copy %flat, %z3 : memref<2048xbf16> to memref<2048xbf16>
    %t = bufferization.to_tensor %z restrict : memref<1x64x32xbf16> to tensor<1x64x32xbf16>
    %u = tensor.extract_slice %t[0, 0, 0] [1, 64, 32] [1, 1, 1] : tensor<1x64x32xbf16> to tensor<64x32xbf16>
    tt.write_block %u, @C[%i, %i] : tensor<64x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 2, depth = 2, format = bf16>}
  }

  // Reductions read what their destination held; transposes and broadcasts do
  // not.
  // CHECK-LABEL: tt.kernel @named
  // CHECK: %[[A:.*]] = tt.read_block
  // CHECK: %[[Z:.*]] = linalg.fill {{.*}} -> tensor<32xbf16>
  // CHECK: %[[R:.*]] = linalg.reduce {{.*}} ins(%[[A]] : {{.*}}) outs(%[[Z]] :
  // CHECK: %[[B:.*]] = linalg.broadcast ins(%[[R]] :
  // CHECK: %[[X:.*]] = linalg.add ins(%[[B]], %[[A]] :
  // CHECK: %[[T:.*]] = linalg.transpose ins(%[[X]] :
  // CHECK: %[[M:.*]] = linalg.map {{.*}} ins(%[[T]] :
  // CHECK: tt.write_block %[[M]]
  tt.kernel @named grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %zero = arith.constant 0.0 : bf16
    %x = memref.alloc() : memref<32x32xbf16>
    %y = memref.alloc() : memref<32x32xbf16>
    %r = memref.alloc() : memref<32xbf16>
    %a = tt.read_block @A[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
    bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
    linalg.fill ins(%zero : bf16) outs(%r : memref<32xbf16>)
    linalg.reduce { arith.addf } ins(%x : memref<32x32xbf16>) outs(%r : memref<32xbf16>) dimensions = [1]
    linalg.broadcast ins(%r : memref<32xbf16>) outs(%y : memref<32x32xbf16>) dimensions = [1]
    linalg.add ins(%y, %x : memref<32x32xbf16>, memref<32x32xbf16>) outs(%y : memref<32x32xbf16>)
    linalg.transpose ins(%y : memref<32x32xbf16>) outs(%x : memref<32x32xbf16>) permutation = [1, 0]
    linalg.map { math.exp } ins(%x : memref<32x32xbf16>) outs(%y : memref<32x32xbf16>)
    linalg.copy ins(%y : memref<32x32xbf16>) outs(%x : memref<32x32xbf16>)
    %t = bufferization.to_tensor %x restrict : memref<32x32xbf16> to tensor<32x32xbf16>
    tt.write_block %t, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }

  // A block that is read but not needed leaves no ring.
  // CHECK-LABEL: tt.kernel @unneeded
  // CHECK: tt.alloc_cb {{.*}} {name = "B"
  // CHECK-NEXT: tt.alloc_cb {{.*}} {name = "C"
  // CHECK-NEXT: tt.read_block @B
  tt.kernel @unneeded grid [4] schedule #tt.schedule compute #tt.compute {
  ^bb0(%i: index):
    %x = memref.alloc() : memref<32x32xbf16>
    %a = tt.read_block @A[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
    bufferization.materialize_in_destination %a in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
    %b = tt.read_block @B[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
    bufferization.materialize_in_destination %b in writable %x : (tensor<32x32xbf16>, memref<32x32xbf16>) -> ()
    %t = bufferization.to_tensor %x restrict : memref<32x32xbf16> to tensor<32x32xbf16>
    tt.write_block %t, @C[%i, %i] : tensor<32x32xbf16> {transfer = #tt.transfer<page_bytes = 2048, pages = 1, depth = 2, format = bf16>}
  }
}
