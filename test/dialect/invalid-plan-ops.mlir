// Each diagnostic of the verifiers of sections, sums and sub-blocks.
// RUN: tt-opt -split-input-file -verify-diagnostics %s

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op needs a grid of two positive numbers, the sub-blocks along rows and columns}}
  %0 = tt.section grid [1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op needs a grid of two positive numbers, the sub-blocks along rows and columns}}
  %0 = tt.section grid [0, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op needs a body with two index arguments, the first tile row and column of the sub-block}}
  %0 = tt.section grid [1, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op yields 0 blocks, has 1 results and 1 circular buffers}}
  %0 = tt.section grid [1, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    tt.yield
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op has result 0 with 2 rows of tiles, but 2 sub-blocks of 2}}
  %0 = tt.section grid [2, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op packs result 0 into a circular buffer with tiles of another type}}
  %0 = tt.section grid [1, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>> {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op yields 1 blocks to 2 circular buffers}}
  tt.section grid [1, 1] to [@a, @b] {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op has both 'to' and results or 'via'; after the split a section names its circular buffers}}
  %0 = tt.section grid [1, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> to [@a] -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %i: index) {
  // expected-error @below {{'tt.sub_block' op changes the type of the tiles}}
  %0 = tt.sub_block %x[%i, %i] : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<1x1x!tt.tile<32x32, f32>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %i: index) {
  // expected-error @below {{'tt.sub_block' op takes 3 columns of tiles from 0 on, of a block that has 2}}
  %0 = tt.sub_block %x[%i, %i] : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<1x3x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %i: index) {
  %k = arith.constant 2 : index
  // expected-error @below {{'tt.sub_block' op takes 1 rows of tiles from 2 on, of a block that has 2}}
  %0 = tt.sub_block %x[%k, %i] : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<1x1x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.accumulate' op has 0 results and 1 circular buffers}}
  tt.accumulate via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> {
  }
  return
}

// -----

func.func @f(%cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.accumulate' op sums up result 0 in a circular buffer with tiles of another type}}
  %0 = tt.accumulate via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, f32>> {
  }
  return
}

// -----

func.func @f(%cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.accumulate' op has both 'to' and results or 'via'; after the split it names its circular buffers}}
  %0 = tt.accumulate via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> to [@a] -> tensor<2x2x!tt.tile<32x32, bf16>> {
  }
  return
}

// -----

func.func @f() {
  // expected-error @below {{'tt.accumulate' op names 1 circular buffers, but the pages of 0}}
  tt.accumulate to [@a] {
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  // expected-error @below {{'tt.section' op has result 0 with 2 rows of tiles, but 4611686018427387905 sub-blocks of 2}}
  %0 = tt.section grid [4611686018427387905, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    tt.yield %x : tensor<2x2x!tt.tile<32x32, bf16>>
  }
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>) {
  %end = arith.constant 9223372036854775807 : index
  %c0 = arith.constant 0 : index
  // expected-error @below {{'tt.sub_block' op takes 1 rows of tiles from 9223372036854775807 on, of a block that has 2}}
  %0 = tt.sub_block %x[%end, %c0] : tensor<2x2x!tt.tile<32x32, bf16>> to tensor<1x1x!tt.tile<32x32, bf16>>
  return
}

// -----

func.func @f(%x: tensor<2x2x!tt.tile<32x32, bf16>>, %cb: !tt.cb<4 x !tt.tile<32x32, bf16>>) {
  %0 = tt.section grid [1, 1] via %cb : !tt.cb<4 x !tt.tile<32x32, bf16>> -> tensor<2x2x!tt.tile<32x32, bf16>> {
  ^bb0(%r: index, %c: index):
    // expected-error @below {{'tt.yield' op operand #0 must be variadic of}}
    "tt.yield"(%r) : (index) -> ()
  }
  return
}
