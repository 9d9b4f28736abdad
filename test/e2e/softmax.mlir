// RUN: %tt-check %s

// Softmax over rows: maximum, difference, exponential, sum, quotient; with bf16 and with f32 outside.
#id = affine_map<(d0, d1) -> (d0, d1)>
#col = affine_map<(d0, d1) -> (d0)>

func.func @softmax(%X: tensor<128x256xbf16>) -> tensor<128x256xbf16> {
  %zero = arith.constant 0.0 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %out = tensor.empty() : tensor<128x256xbf16>
  %r = scf.forall (%i) in (4) shared_outs(%o = %out) -> (tensor<128x256xbf16>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = tensor.extract_slice %X[%m, 0] [32, 256] [1, 1] : tensor<128x256xbf16> to tensor<32x256xbf16>
    %ev = tensor.empty() : tensor<32xf32>
    %e = tensor.empty() : tensor<32x256xf32>
    %eb = tensor.empty() : tensor<32x256xbf16>
    %f0 = linalg.fill ins(%ninf : f32) outs(%ev : tensor<32xf32>) -> tensor<32xf32>
    %mx = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<32x256xbf16>) outs(%f0 : tensor<32xf32>) {
    ^bb0(%a: bf16, %q: f32):
      %ae = arith.extf %a : bf16 to f32
      %k = arith.maximumf %ae, %q : f32
      linalg.yield %k : f32 } -> tensor<32xf32>
    %ex = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %mx : tensor<32x256xbf16>, tensor<32xf32>) outs(%e : tensor<32x256xf32>) {
    ^bb0(%a: bf16, %q: f32, %o1: f32):
      %ae = arith.extf %a : bf16 to f32
      %k = arith.subf %ae, %q : f32
      %l = math.exp %k : f32
      linalg.yield %l : f32 } -> tensor<32x256xf32>
    %f1 = linalg.fill ins(%zero : f32) outs(%ev : tensor<32xf32>) -> tensor<32xf32>
    %sum = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["parallel", "reduction"]} ins(%ex : tensor<32x256xf32>) outs(%f1 : tensor<32xf32>) {
    ^bb0(%a: f32, %q: f32):
      %k = arith.addf %a, %q : f32
      linalg.yield %k : f32 } -> tensor<32xf32>
    %y = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%ex, %sum : tensor<32x256xf32>, tensor<32xf32>) outs(%eb : tensor<32x256xbf16>) {
    ^bb0(%a: f32, %q: f32, %o1: bf16):
      %k = arith.divf %a, %q : f32
      %l = arith.truncf %k : f32 to bf16
      linalg.yield %l : bf16 } -> tensor<32x256xbf16>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, 0] [32, 256] [1, 1] : tensor<32x256xbf16> into tensor<128x256xbf16> }
  }
  return %r : tensor<128x256xbf16>
}

func.func @softmax_f32(%X: tensor<128x256xf32>) -> tensor<128x256xf32> {
  %zero = arith.constant 0.0 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %out = tensor.empty() : tensor<128x256xf32>
  %r = scf.forall (%i) in (4) shared_outs(%o = %out) -> (tensor<128x256xf32>) {
    %m = affine.apply affine_map<(d0) -> (d0 * 32)>(%i)
    %x = tensor.extract_slice %X[%m, 0] [32, 256] [1, 1] : tensor<128x256xf32> to tensor<32x256xf32>
    %ev = tensor.empty() : tensor<32xf32>
    %e = tensor.empty() : tensor<32x256xf32>
    %eb = tensor.empty() : tensor<32x256xf32>
    %f0 = linalg.fill ins(%ninf : f32) outs(%ev : tensor<32xf32>) -> tensor<32xf32>
    %mx = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<32x256xf32>) outs(%f0 : tensor<32xf32>) {
    ^bb0(%a: f32, %q: f32):
            %k = arith.maximumf %a, %q : f32
      linalg.yield %k : f32 } -> tensor<32xf32>
    %ex = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %mx : tensor<32x256xf32>, tensor<32xf32>) outs(%e : tensor<32x256xf32>) {
    ^bb0(%a: f32, %q: f32, %o1: f32):
            %k = arith.subf %a, %q : f32
      %l = math.exp %k : f32
      linalg.yield %l : f32 } -> tensor<32x256xf32>
    %f1 = linalg.fill ins(%zero : f32) outs(%ev : tensor<32xf32>) -> tensor<32xf32>
    %sum = linalg.generic {indexing_maps = [#id, #col], iterator_types = ["parallel", "reduction"]} ins(%ex : tensor<32x256xf32>) outs(%f1 : tensor<32xf32>) {
    ^bb0(%a: f32, %q: f32):
      %k = arith.addf %a, %q : f32
      linalg.yield %k : f32 } -> tensor<32xf32>
    %y = linalg.generic {indexing_maps = [#id, #col, #id], iterator_types = ["parallel", "parallel"]} ins(%ex, %sum : tensor<32x256xf32>, tensor<32xf32>) outs(%eb : tensor<32x256xf32>) {
    ^bb0(%a: f32, %q: f32, %o1: f32):
      %k = arith.divf %a, %q : f32
      linalg.yield %k : f32 } -> tensor<32x256xf32>
    scf.forall.in_parallel { tensor.parallel_insert_slice %y into %o[%m, 0] [32, 256] [1, 1] : tensor<32x256xf32> into tensor<128x256xf32> }
  }
  return %r : tensor<128x256xf32>
}
