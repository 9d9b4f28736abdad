// Each diagnostic of the verifiers of tile ops.
// RUN: tt-opt -split-input-file -verify-diagnostics %s

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.unary' op has 0 params, but 'add_scalar' takes 1}}
  %0 = tt.unary add_scalar %x : tensor<2x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.unary' op has 1 params, but 'exp' takes 0}}
  %0 = tt.unary exp %x params [1.0] : tensor<2x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, i32>>) {
  // expected-error @below {{'tt.unary' op computes 'exp', a function of floats, on tiles of i32}}
  %0 = tt.unary exp %x : tensor<2x2x!tt.tile<32x32, i32>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.binary' op computes 'add_int', a function of 32-bit integers, on tiles of bf16}}
  %0 = tt.binary add_int %x, %x : tensor<2x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.typecast' op has a result of 2x3 tiles, but needs 2x2}}
  %0 = tt.typecast %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x3x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.typecast' op changes the shape of the tiles}}
  %0 = tt.typecast %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<16x32, f32>>
  return
}

// -----

func.func @f(%a: tensor<2x1x!tt.tile<32x32, bf16>>, %b: tensor<2x2x!tt.tile<32x32, bf16>>, %c: tensor<2x2x!tt.tile<32x32, f32>>) {
  // expected-error @below {{'tt.mma' op has a right operand of 2x2 tiles, but needs 1x2}}
  %0 = tt.mma %a, %b, %c : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<2x2x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%a: tensor<2x1x!tt.tile<32x32, bf16>>, %b: tensor<2x3x!tt.tile<32x32, bf16>>, %c: tensor<2x2x!tt.tile<32x32, f32>>) {
  // expected-error @below {{'tt.mma' op has a right operand of 2x3 tiles, but needs 2x1}}
  %0 = tt.mma %a, %b, %c : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<2x3x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>> {transpose_b}
  return
}

// -----

func.func @f(%a: tensor<2x1x!tt.tile<32x32, bf16>>, %b: tensor<1x3x!tt.tile<32x32, bf16>>, %c: tensor<2x2x!tt.tile<32x32, f32>>) {
  // expected-error @below {{'tt.mma' op has an accumulator of 2x2 tiles, but needs 2x3}}
  %0 = tt.mma %a, %b, %c : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<1x3x!tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%a: tensor<2x1x!tt.tile<32x32, bf16>>, %b: tensor<2x3x!tt.tile<32x32, bf16>>, %c: tensor<2x3x!tt.tile<32x32, f32>>) {
  // expected-error @below {{'tt.mma' op has an accumulator of 2x3 tiles, but needs 1x3}}
  %0 = tt.mma %a, %b, %c : tensor<2x1x!tt.tile<32x32, bf16>>, tensor<2x3x!tt.tile<32x32, bf16>> -> tensor<2x3x!tt.tile<32x32, f32>> {transpose_a}
  return
}

// -----

func.func @f(%a: tensor<1x1x!tt.tile<32x32, bf16>>, %b: tensor<1x1x!tt.tile<32x32, f16>>, %c: tensor<1x1x!tt.tile<32x32, f32>>) {
  // expected-error @below {{'tt.mma' op multiplies tiles of bf16 by tiles of f16}}
  // expected-note @below {{they differ in the bits of the exponent; cast one of them, or both to f32}}
  %0 = tt.mma %a, %b, %c : tensor<1x1x!tt.tile<32x32, bf16>>, tensor<1x1x!tt.tile<32x32, f16>> -> tensor<1x1x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%a: tensor<1x1x!tt.tile<32x32, i32>>, %b: tensor<1x1x!tt.tile<32x32, i32>>, %c: tensor<1x1x!tt.tile<32x32, i32>>) {
  // expected-error @below {{'tt.mma' op multiplies tiles of i32 by i32 onto i32; the matrix unit takes floats}}
  %0 = tt.mma %a, %b, %c : tensor<1x1x!tt.tile<32x32, i32>>, tensor<1x1x!tt.tile<32x32, i32>> -> tensor<1x1x!tt.tile<32x32, i32>>
  return
}

// -----

func.func @f(%a: tensor<1x1x!tt.tile<32x32, bf16>>, %b: tensor<1x1x!tt.tile<16x32, bf16>>, %c: tensor<1x1x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.mma' op has operands with tiles of different shapes}}
  %0 = tt.mma %a, %b, %c : tensor<1x1x!tt.tile<32x32, bf16>>, tensor<1x1x!tt.tile<16x32, bf16>> -> tensor<1x1x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.bcast' op has an operand of 2x2 tiles, but needs 1x2}}
  %0 = tt.bcast row %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.bcast' op has an operand of 2x2 tiles, but needs 2x1}}
  %0 = tt.bcast col %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.bcast' op has an operand of 2x2 tiles, but needs 1x1}}
  %0 = tt.bcast scalar %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<1x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.bcast' op makes tiles of f32 from tiles of bf16}}
  %0 = tt.bcast row %x : tensor<1x2x!tt.tile<32x32, bf16>> to tensor<2x2x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.reduce' op has a result of 1x2 tiles, but needs 2x1}}
  %0 = tt.reduce sum row %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<1x2x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.reduce' op has a result of 1x1 tiles, but needs 1x2}}
  %0 = tt.reduce sum col %x : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<1x1x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %c: tensor<2x1x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.reduce' op has the accumulator 'tensor<2x1x!tt.tile<32x32, bf16>>', but needs the type of its result, 'tensor<2x1x!tt.tile<32x32, f32>>'}}
  %0 = tt.reduce max row %x, %c : tensor<2x1x!tt.tile<32x32, bf16>>, : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<2x1x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, i32>>) {
  // expected-error @below {{'tt.reduce' op reduces tiles of i32 to i32; the FPU takes floats}}
  %0 = tt.reduce sum row %x : tensor<2x2x!tt.tile<32x32, i32>> to tensor<2x1x!tt.tile<32x32, i32>>
  return
}

// -----

func.func @f(%x: tensor<2x3x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.transpose' op has a result of 2x3 tiles, but needs 3x2}}
  %0 = tt.transpose %x : tensor<2x3x!tt.tile<32x32, bf16>> to tensor<2x3x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x3x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.transpose' op makes tiles of f32 from tiles of bf16}}
  %0 = tt.transpose %x : tensor<2x3x!tt.tile<32x32, bf16>> to tensor<3x2x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%x: tensor<1x1x!tt.tile<16x32, bf16>>) {
  // expected-error @below {{'tt.transpose' op changes the shape of the tiles}}
  %0 = tt.transpose %x : tensor<1x1x!tt.tile<16x32, bf16>> to tensor<1x1x!tt.tile<16x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.binary' op computes 'div' on unit 'fpu', but only the SFPU does}}
  %0 = tt.binary div %x, %x : tensor<2x2x!tt.tile<32x32, bf16>> {unit = #tt.unit<fpu>}
  return
}
