// Functions that a body spells by several ops, by the formulas of the op table.
// RUN: tt-opt --tt-lower-tile-intrinsics --canonicalize --cse %s | FileCheck %s

#wh = #tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103712, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>
#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: tt.kernel @f_0
// CHECK: %[[X:.*]] = tt.read_block @X
// A choice written from the other side; parameters are what the numbers say.
// CHECK: %[[A:.*]] = tt.unary celu %[[X]] params [5.000000e-01, 3.000000e+00]
// A parameter that is 1 takes the function that has fewer.
// CHECK: %[[B:.*]] = tt.unary elu %[[A]] params [1.000000e+00]
// x is a product itself, and constants are gathered.
// CHECK: %[[P:.*]] = tt.binary mul %[[B]], %[[X]]
// CHECK: %[[C:.*]] = tt.unary silu %[[P]]
// CHECK: %[[D:.*]] = tt.unary mul_scalar %[[C]] params [4.000000e+00]
// Bounds the wrong way round are no clamp.
// CHECK: %[[E:.*]] = tt.unary unary_max %[[D]] params [2.000000e+00]
// CHECK: %[[F:.*]] = tt.unary unary_min %[[E]] params [1.000000e+00]
// Parameters that no formula has.
// CHECK: %[[G:.*]] = tt.unary softplus %[[F]] params [1.000000e+00, 1.000000e+00, 2.000000e+01]
// Nearly a formula, but not in f32.
// CHECK: %[[H:.*]] = tt.unary erf
// CHECK: tt.write_block
tt.host @f device(#wh) {
  tt.buffer @X : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<32x32xf32> out {argument = 1 : i64}
  tt.kernel @f_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xf32>
    %e = tensor.empty() : tensor<32x32xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) {
    ^bb0(%a: f32, %o: f32):
      %zero = arith.constant 0.0 : f32
      %half = arith.constant 0.5 : f32
      %one = arith.constant 1.0 : f32
      %two = arith.constant 2.0 : f32
      %three = arith.constant 3.0 : f32
      %four = arith.constant 4.0 : f32
      %near = arith.constant 0.7075 : f32
      %0 = arith.mulf %three, %a : f32
      %1 = math.expm1 %0 : f32
      %2 = arith.mulf %1, %half : f32
      %3 = arith.cmpf olt, %a, %zero : f32
      %4 = arith.select %3, %2, %a : f32
      %5 = math.expm1 %4 : f32
      %6 = arith.cmpf ogt, %4, %zero : f32
      %7 = arith.select %6, %4, %5 : f32
      %8 = arith.mulf %7, %a : f32
      %9 = arith.negf %8 : f32
      %10 = math.exp %9 : f32
      %11 = arith.addf %one, %10 : f32
      %12 = arith.divf %8, %11 : f32
      %13 = arith.mulf %12, %four : f32
      %14 = arith.maximumf %13, %two : f32
      %15 = arith.minimumf %14, %one : f32
      %16 = math.exp %15 : f32
      %17 = arith.addf %16, %one : f32
      %18 = math.log %17 : f32
      %19 = arith.mulf %18, %near : f32
      %20 = math.erf %19 : f32
      %21 = arith.addf %20, %one : f32
      %22 = arith.mulf %18, %half : f32
      %23 = arith.mulf %22, %21 : f32
      linalg.yield %23 : f32
    } -> tensor<32x32xf32>
    tt.write_block %r, @Y[%c0, %c0] : tensor<32x32xf32>
  }
}

// A constant that the format has is meant as it stands; 1/6 in f32 is the number that lies nearest.
// CHECK-LABEL: tt.kernel @near_0
// CHECK: tt.unary hardsigmoid
// CHECK: tt.unary exp
// CHECK: tt.unary sub_scalar {{.*}} params [0.999999225]
// CHECK: tt.select
tt.host @near device(#wh) {
  tt.buffer @X : tensor<32x32xf32> in {argument = 0 : i64}
  tt.buffer @Y : tensor<32x32xf32> out {argument = 1 : i64}
  tt.kernel @near_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xf32>
    %e = tensor.empty() : tensor<32x32xf32>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32x32xf32>) outs(%e : tensor<32x32xf32>) {
    ^bb0(%a: f32, %o: f32):
      %zero = arith.constant 0.0 : f32
      %sixth = arith.constant 0.166666672 : f32
      %half = arith.constant 0.5 : f32
      %one = arith.constant 1.0 : f32
      %near = arith.constant 0.999999225 : f32
      %0 = arith.mulf %a, %sixth : f32
      %1 = arith.addf %0, %half : f32
      %2 = arith.maximumf %1, %zero : f32
      %3 = arith.minimumf %2, %one : f32
      %4 = math.exp %3 : f32
      %5 = arith.subf %4, %near : f32
      %6 = arith.cmpf ogt, %3, %zero : f32
      %7 = arith.select %6, %3, %5 : f32
      linalg.yield %7 : f32
    } -> tensor<32x32xf32>
    tt.write_block %r, @Y[%c0, %c0] : tensor<32x32xf32>
  }
}

// In bf16 that number is another one, which shows where the arithmetic is exact; a division by 6 is what it says.
// CHECK-LABEL: tt.kernel @sixth_0
// CHECK: tt.unary hardsigmoid
// CHECK-NOT: tt.unary hardsigmoid
// CHECK: tt.unary mul_scalar {{.*}} params [0.166992188]
tt.host @sixth device(#wh) {
  tt.buffer @X : tensor<32x32xbf16> in {argument = 0 : i64}
  tt.buffer @Y : tensor<32x32xbf16> out {argument = 1 : i64}
  tt.kernel @sixth_0 grid [1] schedule #tt.schedule compute #tt.compute<fp32_acc = true> {
  ^bb0(%i: index):
    %c0 = arith.constant 0 : index
    %x = tt.read_block @X[%c0, %c0] : tensor<32x32xbf16>
    %e = tensor.empty() : tensor<32x32xbf16>
    %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<32x32xbf16>) outs(%e : tensor<32x32xbf16>) {
    ^bb0(%a: bf16, %o: bf16):
      %zero = arith.constant 0.0 : bf16
      %one = arith.constant 1.0 : bf16
      %three = arith.constant 3.0 : bf16
      %six = arith.constant 6.0 : bf16
      %sixth = arith.constant 0.1669921875 : bf16
      %0 = arith.addf %a, %three : bf16
      %1 = arith.divf %0, %six : bf16
      %2 = arith.maximumf %1, %zero : bf16
      %3 = arith.minimumf %2, %one : bf16
      %4 = arith.addf %3, %three : bf16
      %5 = arith.maximumf %4, %zero : bf16
      %6 = arith.minimumf %5, %six : bf16
      %7 = arith.mulf %6, %sixth : bf16
      linalg.yield %7 : bf16
    } -> tensor<32x32xbf16>
    tt.write_block %r, @Y[%c0, %c0] : tensor<32x32xbf16>
  }
}
