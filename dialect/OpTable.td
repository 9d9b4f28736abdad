// The op table: one row per element-wise function of the hardware. The dialect (the functions `tt.unary` and `tt.binary` accept), the
// lowering from `math`/`arith`, the kernel printer, the generated docs and the tests all read these rows; adding a function is adding one.
//
// Signatures and headers: METALIUM sheet §3.3 and §3.4 (tt_metal/hw/inc/api/compute/). Costs are SFPU cycles per 32x32 tile, estimated
// from instruction counts (32 vector steps a tile); they rank alternatives and nothing else.

#ifndef TT_OP_TABLE
#define TT_OP_TABLE

include "TTEnums.td"

// A function of one tile register.
class TT_UnaryFn<string sym, int number, string name> : I32EnumCase<sym, number, name> {
  // Upstream scalar ops that mean exactly this function, as `dialect.op`.
  list<string> sources = [];
  // Calls of the kernel API; `@tile` in a template argument list stands for nothing else than itself.
  string init = name # "_tile_init";
  string call = name # "_tile";
  // Header below `api/compute/`, and below `compute_kernel_api/` in older trees.
  string header = "eltwise_unary/" # name # ".h";
  string legacyHeader = header;
  // Number of scalar parameters, passed as fp32 bit patterns.
  int params = 0;
  // SFPU cycles per tile.
  int cycles = 64;
  // What the function does, for the generated docs.
  string summary = "";
}

// A function of two tile registers.
class TT_BinaryFn<string sym, int number, string name> : I32EnumCase<sym, number, name> {
  list<string> sources = [];
  string init = name # "_binary_tile_init";
  string call = name # "_binary_tile";
  string header = "eltwise_binary_sfpu.h";
  string legacyHeader = header;
  // The FPU has this function too (add_tiles and friends).
  bit fpu = 0;
  // Both orders of the operands give the same result.
  bit commutative = 0;
  int cycles = 64;
  string summary = "";
}

class TT_ComputeApiFn<string sym, int number, string name> : TT_UnaryFn<sym, number, name> {
  let header = "compute_kernel_api.h";
}

def TT_Exp : TT_UnaryFn<"Exp", 0, "exp"> {
  let sources = ["math.exp"]; let cycles = 320; let summary = "e to the x";
}
def TT_Tanh : TT_ComputeApiFn<"Tanh", 1, "tanh"> {
  let sources = ["math.tanh"]; let cycles = 320; let summary = "hyperbolic tangent";
}
def TT_Sqrt : TT_UnaryFn<"Sqrt", 2, "sqrt"> {
  let sources = ["math.sqrt"]; let cycles = 256; let summary = "square root";
}
def TT_Relu : TT_UnaryFn<"Relu", 3, "relu"> {
  let cycles = 64; let summary = "max(x, 0)";
}
def TT_Sigmoid : TT_ComputeApiFn<"Sigmoid", 4, "sigmoid"> {
  let cycles = 448; let summary = "1 / (1 + e^-x)";
}
def TT_Recip : TT_UnaryFn<"Recip", 5, "recip"> {
  let cycles = 256; let summary = "1 / x";
}
def TT_Rsqrt : TT_UnaryFn<"Rsqrt", 6, "rsqrt"> {
  let sources = ["math.rsqrt"]; let cycles = 320; let summary = "1 / sqrt(x)";
}
def TT_Abs : TT_ComputeApiFn<"Abs", 7, "abs"> {
  let sources = ["math.absf"]; let cycles = 64; let summary = "absolute value";
}
def TT_Neg : TT_UnaryFn<"Neg", 8, "negative"> {
  let sources = ["arith.negf"]; let header = "eltwise_unary/negative.h"; let cycles = 64; let summary = "-x";
}
def TT_AddScalar : TT_UnaryFn<"AddScalar", 9, "add_scalar"> {
  let init = "binop_with_scalar_tile_init"; let call = "add_unary_tile"; let header = "eltwise_unary/binop_with_scalar.h";
  let params = 1; let cycles = 64; let summary = "x + p";
}
def TT_SubScalar : TT_UnaryFn<"SubScalar", 10, "sub_scalar"> {
  let init = "binop_with_scalar_tile_init"; let call = "sub_unary_tile"; let header = "eltwise_unary/binop_with_scalar.h";
  let params = 1; let cycles = 64; let summary = "x - p";
}
def TT_MulScalar : TT_UnaryFn<"MulScalar", 11, "mul_scalar"> {
  let init = "binop_with_scalar_tile_init"; let call = "mul_unary_tile"; let header = "eltwise_unary/binop_with_scalar.h";
  let params = 1; let cycles = 64; let summary = "x * p";
}
def TT_DivScalar : TT_UnaryFn<"DivScalar", 12, "div_scalar"> {
  let init = "binop_with_scalar_tile_init"; let call = "div_unary_tile"; let header = "eltwise_unary/binop_with_scalar.h";
  let params = 1; let cycles = 64; let summary = "x / p";
}
def TT_RsubScalar : TT_UnaryFn<"RsubScalar", 13, "rsub_scalar"> {
  let init = "binop_with_scalar_tile_init"; let call = "rsub_unary_tile"; let header = "eltwise_unary/binop_with_scalar.h";
  let params = 1; let cycles = 64; let summary = "p - x";
}

def TT_UnaryFunction : TT_Enum<"UnaryFunction", "element-wise function of one tile", !instances<TT_UnaryFn>()>;

def TT_Add : TT_BinaryFn<"Add", 0, "add"> {
  let sources = ["arith.addf"]; let fpu = 1; let commutative = 1; let summary = "a + b";
}
def TT_Sub : TT_BinaryFn<"Sub", 1, "sub"> {
  let sources = ["arith.subf"]; let fpu = 1; let summary = "a - b";
}
def TT_Mul : TT_BinaryFn<"Mul", 2, "mul"> {
  let sources = ["arith.mulf"]; let fpu = 1; let commutative = 1; let summary = "a * b";
}

def TT_BinaryFunction : TT_Enum<"BinaryFunction", "element-wise function of two tiles", !instances<TT_BinaryFn>()>;

#endif // TT_OP_TABLE
