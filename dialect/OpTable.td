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
  // Its spellings by several of them: formulas over x, and p and q for the first two parameters (passes/plan/formula.h).
  list<string> formulas = [];
  // Spellings of a function close to it, which kernels with `approx` take for it.
  list<string> fastFormulas = [];
  // Values of the parameters, where the formulas have none.
  list<string> defaults = [];
  // A formula is meant only with p not above q.
  bit ordered = 0;
  // Calls of the kernel API, and the template arguments of each where the defaults will not do: `init<initTemplate>()`,
  // `call<callTemplate>(dst, params...)`.
  string init = name # "_tile_init";
  string call = name # "_tile";
  string initTemplate = "";
  string callTemplate = initTemplate;
  // Header below `api/compute/`, and below `compute_kernel_api/` in older trees.
  string header = "eltwise_unary/" # name # ".h";
  string legacyHeader = header;
  // Number of scalar parameters, passed as fp32 bit patterns.
  int params = 0;
  // Works on 32-bit integers, and on nothing else.
  bit integer = 0;
  // SFPU cycles per tile.
  int cycles = 64;
  // What the function does, for the generated docs.
  string summary = "";
}

// A function of two tile registers.
class TT_BinaryFn<string sym, int number, string name> : I32EnumCase<sym, number, name> {
  list<string> sources = [];
  // As for functions of one tile; the call is `call<callTemplate>(dst0, dst1, dst)`.
  string init = name # "_binary_tile_init";
  string call = name # "_binary_tile";
  string initTemplate = "";
  string callTemplate = "";
  string header = "eltwise_binary_sfpu.h";
  string legacyHeader = header;
  // The FPU has this function too (add_tiles and friends).
  bit fpu = 0;
  // Works on 32-bit integers, and on nothing else.
  bit integer = 0;
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
  let formulas = ["max(x, 0)", "x > 0 ? x : 0", "x >= 0 ? x : 0"];
  let cycles = 64; let summary = "max(x, 0)";
}
def TT_Sigmoid : TT_ComputeApiFn<"Sigmoid", 4, "sigmoid"> {
  let formulas = ["1 / (1 + exp(-x))", "exp(x) / (1 + exp(x))"];
  let cycles = 448; let summary = "1 / (1 + e^-x)";
}
def TT_Recip : TT_UnaryFn<"Recip", 5, "recip"> {
  let cycles = 256; let summary = "1 / x";
}
def TT_Rsqrt : TT_UnaryFn<"Rsqrt", 6, "rsqrt"> {
  let sources = ["math.rsqrt"]; let formulas = ["1 / sqrt(x)"]; let cycles = 320; let summary = "1 / sqrt(x)";
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

// Exponentials and logarithms.
def TT_Exp2 : TT_ComputeApiFn<"Exp2", 14, "exp2"> {
  let sources = ["math.exp2"]; let cycles = 352; let summary = "2 to the x";
}
def TT_Expm1 : TT_ComputeApiFn<"Expm1", 15, "expm1"> {
  let sources = ["math.expm1"]; let cycles = 352; let summary = "e^x - 1";
}
def TT_Log : TT_ComputeApiFn<"Log", 16, "log"> {
  let sources = ["math.log"]; let cycles = 384; let summary = "natural logarithm";
}
def TT_Log1p : TT_UnaryFn<"Log1p", 17, "log1p"> {
  let sources = ["math.log1p"]; let cycles = 416; let summary = "log(1 + x)";
}

// Trigonometric and hyperbolic functions share one header.
class TT_TrigonometryFn<string sym, int number, string name> : TT_UnaryFn<sym, number, name> {
  let sources = ["math." # name]; let header = "eltwise_unary/trigonometry.h"; let cycles = 512;
}
def TT_Sin : TT_TrigonometryFn<"Sin", 18, "sin"> { let summary = "sine"; }
def TT_Cos : TT_TrigonometryFn<"Cos", 19, "cos"> { let summary = "cosine"; }
def TT_Tan : TT_TrigonometryFn<"Tan", 20, "tan"> { let summary = "tangent"; }
def TT_Asin : TT_TrigonometryFn<"Asin", 21, "asin"> { let summary = "arc sine"; }
def TT_Acos : TT_TrigonometryFn<"Acos", 22, "acos"> { let summary = "arc cosine"; }
def TT_Atan : TT_TrigonometryFn<"Atan", 23, "atan"> { let summary = "arc tangent"; }
def TT_Sinh : TT_TrigonometryFn<"Sinh", 24, "sinh"> { let summary = "hyperbolic sine"; }
def TT_Cosh : TT_TrigonometryFn<"Cosh", 25, "cosh"> { let summary = "hyperbolic cosine"; }
def TT_Asinh : TT_TrigonometryFn<"Asinh", 26, "asinh"> { let summary = "inverse hyperbolic sine"; }
def TT_Acosh : TT_TrigonometryFn<"Acosh", 27, "acosh"> { let summary = "inverse hyperbolic cosine"; }
def TT_Atanh : TT_TrigonometryFn<"Atanh", 28, "atanh"> { let summary = "inverse hyperbolic tangent"; }

// Error functions and activations; their fast forms are the defaults of the API.
def TT_Erf : TT_UnaryFn<"Erf", 29, "erf"> {
  let sources = ["math.erf"]; let header = "eltwise_unary/erf_erfc.h"; let initTemplate = "false"; let cycles = 512;
  let summary = "error function";
}
def TT_Erfc : TT_UnaryFn<"Erfc", 30, "erfc"> {
  let sources = ["math.erfc"]; let header = "eltwise_unary/erf_erfc.h"; let initTemplate = "false"; let cycles = 512;
  let summary = "1 - erf(x)";
}
def TT_Gelu : TT_UnaryFn<"Gelu", 31, "gelu"> {
  let initTemplate = "false"; let cycles = 640; let summary = "x (1 + erf(x / sqrt 2)) / 2";
  let formulas = ["x * (1 + erf(0.70710678118654752 * x)) / 2", "x * erfc(-0.70710678118654752 * x) / 2"];
  let fastFormulas = ["x * (1 + tanh(0.79788456080286536 * (x + 0.044715 * x * x * x))) / 2",
                      "x * (1 + tanh(0.79788456080286536 * x * (1 + 0.044715 * x * x))) / 2"];
}
def TT_Silu : TT_ComputeApiFn<"Silu", 32, "silu"> {
  let formulas = ["x / (1 + exp(-x))", "x * exp(x) / (1 + exp(x))"]; let cycles = 480; let summary = "x / (1 + e^-x)";
}
def TT_LeakyRelu : TT_UnaryFn<"LeakyRelu", 49, "leaky_relu"> {
  let formulas = ["x > 0 ? x : p * x", "x >= 0 ? x : p * x"];
  let header = "eltwise_unary/relu.h"; let params = 1; let cycles = 96; let summary = "x if x >= 0, else p x";
}
def TT_ReluMax : TT_UnaryFn<"ReluMax", 47, "relu_max"> {
  let header = "eltwise_unary/relu.h"; let params = 1; let cycles = 96; let summary = "min(max(x, 0), p)";
}
def TT_ReluMin : TT_UnaryFn<"ReluMin", 48, "relu_min"> {
  let header = "eltwise_unary/relu.h"; let params = 1; let cycles = 96; let summary = "max(x, p), for p not below 0";
}
def TT_Elu : TT_UnaryFn<"Elu", 50, "elu"> {
  let formulas = ["x > 0 ? x : p * expm1(x)", "x >= 0 ? x : p * expm1(x)", "x > 0 ? x : p * (exp(x) - 1)",
                  "x >= 0 ? x : p * (exp(x) - 1)"];
  let params = 1; let cycles = 416; let summary = "x if x >= 0, else p (e^x - 1)";
}
def TT_Selu : TT_UnaryFn<"Selu", 51, "selu"> {
  let formulas = ["p * (x > 0 ? x : q * expm1(x))", "p * (x >= 0 ? x : q * expm1(x))", "p * (x > 0 ? x : q * (exp(x) - 1))",
                  "p * (x >= 0 ? x : q * (exp(x) - 1))"];
  let params = 2; let cycles = 448; let summary = "p x if x >= 0, else p q (e^x - 1)";
}
def TT_Hardsigmoid : TT_UnaryFn<"Hardsigmoid", 53, "hardsigmoid"> {
  let header = "eltwise_unary/activations.h"; let cycles = 128; let summary = "min(max(x / 6 + 1/2, 0), 1)";
  let formulas = ["min(max(x / 6 + 0.5, 0), 1)", "max(min(x / 6 + 0.5, 1), 0)", "min(max((x + 3) / 6, 0), 1)",
                  "max(min((x + 3) / 6, 1), 0)", "min(max(x + 3, 0), 6) / 6", "max(min(x + 3, 6), 0) / 6"];
}
def TT_Hardswish : TT_UnaryFn<"Hardswish", 70, "hardswish"> {
  let formulas = ["x * min(max(x + 3, 0), 6) / 6", "x * max(min(x + 3, 6), 0) / 6", "x * min(max(x / 6 + 0.5, 0), 1)",
                  "x * min(max((x + 3) / 6, 0), 1)"]; let cycles = 160; let summary = "x min(max(x / 6 + 1/2, 0), 1)";
}
def TT_Softsign : TT_UnaryFn<"Softsign", 54, "softsign"> {
  let header = "eltwise_unary/activations.h"; let cycles = 288; let summary = "x / (1 + |x|)";
  let formulas = ["x / (1 + absf(x))"];
}
def TT_Celu : TT_UnaryFn<"Celu", 63, "celu"> {
  let header = "eltwise_unary/activations.h"; let params = 2; let cycles = 448; let summary = "x if x >= 0, else p (e^(q x) - 1)";
  let formulas = ["x > 0 ? x : p * expm1(q * x)", "x >= 0 ? x : p * expm1(q * x)", "x > 0 ? x : p * (exp(q * x) - 1)",
                  "x >= 0 ? x : p * (exp(q * x) - 1)"];
}
def TT_Hardshrink : TT_UnaryFn<"Hardshrink", 64, "hardshrink"> {
  let header = "eltwise_unary/activations.h"; let params = 1; let cycles = 96; let summary = "x if |x| > p, else 0";
  let formulas = ["absf(x) > p ? x : 0"];
}
def TT_Threshold : TT_UnaryFn<"Threshold", 65, "threshold"> {
  let formulas = ["x > p ? x : q"]; let params = 2; let cycles = 96; let summary = "x if x > p, else q";
}
def TT_Softplus : TT_UnaryFn<"Softplus", 66, "softplus"> {
  let formulas = ["log1p(exp(x))", "log(1 + exp(x))"]; let params = 3; let defaults = ["1", "1", "20"]; let cycles = 640;
  let summary = "q log(1 + e^(p x)), or x where p x is above a third parameter";
}
def TT_Mish : TT_UnaryFn<"Mish", 71, "mish"> {
  let formulas = ["x * tanh(log1p(exp(x)))", "x * tanh(log(1 + exp(x)))"]; let cycles = 768; let summary = "x tanh(log(1 + e^x))";
}
def TT_Tanhshrink : TT_UnaryFn<"Tanhshrink", 67, "tanhshrink"> {
  let formulas = ["x - tanh(x)"]; let cycles = 384; let summary = "x - tanh(x)";
}

// Signs, powers, limits.
def TT_Sign : TT_ComputeApiFn<"Sign", 33, "sign"> {
  let formulas = ["x > 0 ? 1 : x >= 0 ? 0 : -1"]; let cycles = 64; let summary = "-1, 0 or 1";
}
def TT_Signbit : TT_ComputeApiFn<"Signbit", 34, "signbit"> { let cycles = 64; let summary = "1 where the sign bit is set, else 0"; }
def TT_Square : TT_ComputeApiFn<"Square", 35, "square"> { let cycles = 64; let summary = "x * x"; }
def TT_Clamp : TT_UnaryFn<"Clamp", 52, "clamp"> {
  let formulas = ["min(max(x, p), q)", "max(min(x, q), p)"]; let ordered = 1; let params = 2; let cycles = 96;
  let summary = "min(max(x, p), q)";
}
def TT_UnaryMax : TT_ComputeApiFn<"UnaryMax", 68, "unary_max"> {
  let formulas = ["max(x, p)"]; let params = 1; let summary = "max(x, p)";
}
def TT_UnaryMin : TT_ComputeApiFn<"UnaryMin", 69, "unary_min"> {
  let formulas = ["min(x, p)"]; let params = 1; let summary = "min(x, p)";
}
def TT_AbsInt : TT_ComputeApiFn<"AbsInt", 58, "abs_int"> {
  let sources = ["math.absi"]; let init = "abs_tile_init"; let call = "abs_tile_int32"; let integer = 1; let cycles = 64;
  let summary = "absolute value of integers";
}

// Comparisons of integers with zero: 1 where they hold, else 0.
class TT_IntZeroCompareFn<string sym, int number, string name> : TT_UnaryFn<sym, number, name # "_int"> {
  let init = name # "_tile_init"; let call = name # "_tile_int32"; let header = "eltwise_unary/comp.h"; let integer = 1;
}
def TT_EqzInt : TT_IntZeroCompareFn<"EqzInt", 60, "eqz"> { let summary = "x == 0"; }
def TT_NezInt : TT_IntZeroCompareFn<"NezInt", 61, "nez"> { let summary = "x != 0"; }
def TT_NegInt : TT_UnaryFn<"NegInt", 62, "negative_int"> {
  let init = "negative_tile_init"; let call = "negative_tile_int32"; let header = "eltwise_unary/negative.h"; let integer = 1;
  let summary = "-x";
}

def TT_Cbrt : TT_UnaryFn<"Cbrt", 59, "cbrt"> { let sources = ["math.cbrt"]; let cycles = 384; let summary = "cube root"; }

// Rounding: one init for all.
class TT_RoundingFn<string sym, int number, string name> : TT_UnaryFn<sym, number, name> {
  let init = "rounding_op_tile_init"; let header = "eltwise_unary/rounding.h"; let cycles = 128;
}
def TT_Floor : TT_RoundingFn<"Floor", 36, "floor"> { let sources = ["math.floor"]; let summary = "largest integer not above x"; }
def TT_Ceil : TT_RoundingFn<"Ceil", 37, "ceil"> { let sources = ["math.ceil"]; let summary = "smallest integer not below x"; }
def TT_Trunc : TT_RoundingFn<"Trunc", 38, "trunc"> { let sources = ["math.trunc"]; let summary = "x without its fraction"; }
def TT_Round : TT_RoundingFn<"Round", 39, "round"> {
  let sources = ["math.roundeven"]; let params = 1; let summary = "nearest integer, ties to even; p is 0, the decimals";
}
def TT_Frac : TT_RoundingFn<"Frac", 40, "frac"> { let formulas = ["x - trunc(x)"]; let summary = "x - trunc(x)"; }

// Comparisons with zero, and classes of numbers: 1 where they hold, else 0.
class TT_ZeroCompareFn<string sym, int number, string name> : TT_UnaryFn<sym, number, name> {
  let header = "eltwise_unary/comp.h"; let cycles = 64;
}
def TT_Eqz : TT_ZeroCompareFn<"Eqz", 41, "eqz"> { let summary = "x == 0"; }
def TT_Nez : TT_ZeroCompareFn<"Nez", 42, "nez"> { let summary = "x != 0"; }
def TT_Gtz : TT_ZeroCompareFn<"Gtz", 43, "gtz"> { let summary = "x > 0"; }
def TT_Gez : TT_ZeroCompareFn<"Gez", 44, "gez"> { let summary = "x >= 0"; }
def TT_Ltz : TT_ZeroCompareFn<"Ltz", 45, "ltz"> { let summary = "x < 0"; }
def TT_Lez : TT_ZeroCompareFn<"Lez", 46, "lez"> { let summary = "x <= 0"; }

class TT_ClassFn<string sym, int number, string name> : TT_UnaryFn<sym, number, name> {
  let sources = ["math." # name]; let header = "eltwise_unary/isinf_isnan.h"; let cycles = 96;
}
def TT_Isinf : TT_ClassFn<"Isinf", 55, "isinf"> { let summary = "x is an infinity"; }
def TT_Isnan : TT_ClassFn<"Isnan", 56, "isnan"> { let summary = "x is no number"; }
def TT_Isfinite : TT_ClassFn<"Isfinite", 57, "isfinite"> { let summary = "x is neither an infinity nor no number"; }

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
def TT_Div : TT_BinaryFn<"Div", 3, "div"> { let sources = ["arith.divf"]; let cycles = 320; let summary = "a / b"; }
def TT_Rsub : TT_BinaryFn<"Rsub", 4, "rsub"> { let summary = "b - a"; }
def TT_Power : TT_BinaryFn<"Power", 5, "power"> { let sources = ["math.powf"]; let cycles = 768; let summary = "a to the b"; }

class TT_MaxMinFn<string sym, int number, string name> : TT_BinaryFn<sym, number, name> {
  let init = "binary_" # name # "_tile_init"; let call = "binary_" # name # "_tile"; let header = "binary_max_min.h"; let commutative = 1;
}
def TT_Max : TT_MaxMinFn<"Max", 6, "max"> { let sources = ["arith.maximumf", "arith.maxnumf"]; let summary = "the larger"; }
def TT_Min : TT_MaxMinFn<"Min", 7, "min"> { let sources = ["arith.minimumf", "arith.minnumf"]; let summary = "the smaller"; }

// Comparisons: 1 where they hold, else 0.
def TT_Eq : TT_BinaryFn<"Eq", 8, "eq"> { let commutative = 1; let summary = "a == b"; }
def TT_Ne : TT_BinaryFn<"Ne", 9, "ne"> { let commutative = 1; let summary = "a != b"; }
def TT_Lt : TT_BinaryFn<"Lt", 10, "lt"> { let summary = "a < b"; }
def TT_Gt : TT_BinaryFn<"Gt", 11, "gt"> { let summary = "a > b"; }
def TT_Le : TT_BinaryFn<"Le", 12, "le"> { let summary = "a <= b"; }
def TT_Ge : TT_BinaryFn<"Ge", 13, "ge"> { let summary = "a >= b"; }

def TT_Atan2 : TT_BinaryFn<"Atan2", 14, "atan2"> {
  let sources = ["math.atan2"]; let header = "atan2.h"; let cycles = 768; let summary = "angle of the point (b, a)";
}

// 32-bit integers: each family has its header and its way to make names.
class TT_IntBinaryFn<string sym, int number, string name> : TT_BinaryFn<sym, number, name> {
  let init = name # "_tile_init"; let call = name # "_tile"; let callTemplate = "DataFormat::Int32"; let header = name # "_sfpu.h";
  let integer = 1;
}
class TT_IntMaxMinFn<string sym, int number, string name, string call_> : TT_IntBinaryFn<sym, number, name> {
  let init = call_ # "_tile_init"; let call = call_ # "_tile"; let callTemplate = ""; let header = "binary_max_min.h"; let commutative = 1;
}
class TT_BitwiseFn<string sym, int number, string name> : TT_IntBinaryFn<sym, number, name # "_int"> {
  let init = "binary_bitwise_tile_init"; let call = "bitwise_" # name # "_binary_tile"; let header = "binary_bitwise_sfpu.h";
  let sources = ["arith." # name # "i"]; let commutative = 1;
}
class TT_ShiftFn<string sym, int number, string name, string call_> : TT_IntBinaryFn<sym, number, name> {
  let init = "binary_shift_tile_init"; let call = "binary_" # call_ # "_shift_tile"; let header = "binary_shift.h";
}
class TT_IntCompareFn<string sym, int number, string name> : TT_IntBinaryFn<sym, number, name # "_int"> {
  let init = name # "_int32_tile_init"; let call = name # "_int32_tile"; let callTemplate = ""; let header = "binary_comp.h";
}
def TT_AddInt : TT_IntBinaryFn<"AddInt", 15, "add_int"> { let sources = ["arith.addi"]; let commutative = 1; let summary = "a + b"; }
def TT_SubInt : TT_IntBinaryFn<"SubInt", 16, "sub_int"> { let sources = ["arith.subi"]; let summary = "a - b"; }
def TT_MulInt : TT_IntBinaryFn<"MulInt", 17, "mul_int"> {
  let sources = ["arith.muli"]; let commutative = 1; let cycles = 256; let summary = "a * b, low 32 bits";
}
def TT_MaxInt : TT_IntMaxMinFn<"MaxInt", 18, "max_int", "binary_max_int32"> {
  let sources = ["arith.maxsi"]; let summary = "the larger";
}
def TT_MinInt : TT_IntMaxMinFn<"MinInt", 19, "min_int", "binary_min_int32"> {
  let sources = ["arith.minsi"]; let summary = "the smaller";
}
def TT_AndInt : TT_BitwiseFn<"AndInt", 20, "and"> { let summary = "a and b, bit by bit"; }
def TT_OrInt : TT_BitwiseFn<"OrInt", 21, "or"> { let summary = "a or b, bit by bit"; }
def TT_XorInt : TT_BitwiseFn<"XorInt", 22, "xor"> { let summary = "bits in which a and b differ"; }
def TT_ShiftLeftInt : TT_ShiftFn<"ShiftLeftInt", 23, "shift_left_int", "left"> {
  let sources = ["arith.shli"]; let summary = "a shifted left by b bits";
}
def TT_ShiftRightInt : TT_ShiftFn<"ShiftRightInt", 24, "shift_right_int", "right"> {
  let sources = ["arith.shrsi"]; let summary = "a shifted right by b bits, the sign moving in";
}
def TT_ShiftRightLogicalInt : TT_ShiftFn<"ShiftRightLogicalInt", 25, "shift_right_logical_int", "logical_right"> {
  let sources = ["arith.shrui"]; let summary = "a shifted right by b bits, zeros moving in";
}
def TT_LtInt : TT_IntCompareFn<"LtInt", 26, "lt"> { let summary = "a < b"; }
def TT_GtInt : TT_IntCompareFn<"GtInt", 27, "gt"> { let summary = "a > b"; }
def TT_LeInt : TT_IntCompareFn<"LeInt", 28, "le"> { let summary = "a <= b"; }
def TT_GeInt : TT_IntCompareFn<"GeInt", 29, "ge"> { let summary = "a >= b"; }

def TT_BinaryFunction : TT_Enum<"BinaryFunction", "element-wise function of two tiles", !instances<TT_BinaryFn>()>;

#endif // TT_OP_TABLE
