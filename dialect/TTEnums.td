// Enumerations of the dialect. The functions of `tt.unary` and `tt.binary` are the rows of OpTable.td.

#ifndef TT_ENUMS
#define TT_ENUMS

include "TTBase.td"

class TT_Enum<string name, string summary, list<EnumCase> cases> : I32Enum<name, summary, cases> {
  let cppNamespace = "::mlir::tt";
}

def TT_DataFormat : TT_Enum<"DataFormat", "element format of a tile", [
    I32EnumCase<"F32", 0, "f32">, I32EnumCase<"BF16", 1, "bf16">, I32EnumCase<"F16", 2, "f16">,
    I32EnumCase<"BFP8B", 3, "bfp8_b">, I32EnumCase<"BFP4B", 4, "bfp4_b">, I32EnumCase<"I32", 5, "i32">,
    I32EnumCase<"U32", 6, "u32">, I32EnumCase<"U16", 7, "u16">, I32EnumCase<"U8", 8, "u8">,
    // In `#tt.layout`: the format of the element type.
    I32EnumCase<"Inferred", 9, "inferred">]>;

def TT_Memory : TT_Enum<"Memory", "where a buffer lives", [
    I32EnumCase<"DRAM", 0, "dram">, I32EnumCase<"L1", 1, "l1">]>;

def TT_BufferLayout : TT_Enum<"BufferLayout", "how the pages of a buffer are spread over banks", [
    I32EnumCase<"Interleaved", 0, "interleaved">, I32EnumCase<"Sharded", 1, "sharded">]>;

def TT_Order : TT_Enum<"Order", "order in which the blocks of a grid are numbered", [
    I32EnumCase<"RowMajor", 0, "row_major">, I32EnumCase<"ColumnMajor", 1, "column_major">,
    I32EnumCase<"BlockLinear", 2, "block_linear">, I32EnumCase<"MatchShard", 3, "match_shard">]>;

def TT_Role : TT_Enum<"Role", "kernel of a program", [
    I32EnumCase<"Reader", 0, "reader">, I32EnumCase<"Compute", 1, "compute">, I32EnumCase<"Writer", 2, "writer">]>;

def TT_PartitionMode : TT_Enum<"PartitionMode", "how blocks are given to cores", [
    I32EnumCase<"Global", 0, "global">, I32EnumCase<"LocalShard", 1, "local_shard">]>;

def TT_Direction : TT_Enum<"Direction", "who fills a buffer and who reads it back", [
    I32EnumCase<"In", 0, "in">, I32EnumCase<"Out", 1, "out">, I32EnumCase<"InOut", 2, "inout">,
    I32EnumCase<"Scratch", 3, "scratch">]>;

def TT_UnpackMode : TT_Enum<"UnpackMode", "where the unpacker puts the tiles of a circular buffer", [
    I32EnumCase<"Src", 0, "src">, I32EnumCase<"Dest", 1, "dest">]>;

def TT_Fidelity : TT_Enum<"Fidelity", "passes of the multiplier over the mantissas", [
    I32EnumCase<"LoFi", 0, "lofi">, I32EnumCase<"HiFi2", 1, "hifi2">, I32EnumCase<"HiFi3", 2, "hifi3">,
    I32EnumCase<"HiFi4", 3, "hifi4">]>;

// In `#tt.compute` of a function: what the user says of fp32 tile registers, if anything. In that of a kernel it is resolved, to `true` or
// nothing.
def TT_Fp32Acc : TT_Enum<"Fp32Acc", "whether tile registers hold fp32", [
    I32EnumCase<"Unset", 0, "from_types">, I32EnumCase<"On", 1, "true">, I32EnumCase<"Off", 2, "false">]>;

def TT_Arch : TT_Enum<"Arch", "chip architecture", [
    I32EnumCase<"WormholeB0", 0, "wormhole_b0">, I32EnumCase<"Blackhole", 1, "blackhole">]>;

def TT_ReduceKind : TT_Enum<"ReduceKind", "what a reduction computes", [
    I32EnumCase<"Sum", 0, "sum">, I32EnumCase<"Max", 1, "max">]>;

// `row` reduces along each row (what is left is column 0), `col` along each column (row 0), `scalar` both ([0][0]).
def TT_ReduceDim : TT_Enum<"ReduceDim", "dimension that a reduction removes", [
    I32EnumCase<"Row", 0, "row">, I32EnumCase<"Col", 1, "col">, I32EnumCase<"Scalar", 2, "scalar">]>;

// `row` repeats row 0 over all rows, `col` column 0 over all columns, `scalar` element [0][0].
def TT_BcastDim : TT_Enum<"BcastDim", "what a broadcast repeats", [
    I32EnumCase<"Row", 0, "row">, I32EnumCase<"Col", 1, "col">, I32EnumCase<"Scalar", 2, "scalar">]>;

// Execution unit that C3 chose for a tile op. `fpu` takes its operands from circular buffers; `reuse_a`/`reuse_b` are FPU binaries whose
// first/second operand is in a tile register; `sfpu` works on tile registers only; `pack`/`unpack` ride on the conversion of that engine.
def TT_Unit : TT_Enum<"Unit", "execution unit of a tile op", [
    I32EnumCase<"FPU", 0, "fpu">, I32EnumCase<"ReuseA", 1, "reuse_a">, I32EnumCase<"ReuseB", 2, "reuse_b">,
    I32EnumCase<"SFPU", 3, "sfpu">, I32EnumCase<"Pack", 4, "pack">, I32EnumCase<"Unpack", 5, "unpack">]>;

def TT_ArgKind : TT_Enum<"ArgKind", "what a kernel argument carries", [
    I32EnumCase<"Address", 0, "address">, I32EnumCase<"StartId", 1, "start_id">, I32EnumCase<"Count", 2, "count">,
    I32EnumCase<"Mt", 3, "Mt">, I32EnumCase<"Kt", 4, "Kt">, I32EnumCase<"Nt", 5, "Nt">,
    I32EnumCase<"Sm", 6, "Sm">, I32EnumCase<"Sn", 7, "Sn">, I32EnumCase<"Gy", 8, "Gy">, I32EnumCase<"Gx", 9, "Gx">,
    I32EnumCase<"Sy", 10, "sy">, I32EnumCase<"Sx", 11, "sx">]>;

def TT_ArgScope : TT_Enum<"ArgScope", "who sees one value of a kernel argument", [
    I32EnumCase<"CompileTime", 0, "compile_time">, I32EnumCase<"Common", 1, "common">, I32EnumCase<"PerCore", 2, "per_core">]>;

// FPU binaries (METALIUM: eltwise_binary.h).
def TT_FpuBinary : TT_Enum<"FpuBinary", "element-wise function of the FPU", [
    I32EnumCase<"Add", 0, "add">, I32EnumCase<"Sub", 1, "sub">, I32EnumCase<"Mul", 2, "mul">]>;

#endif // TT_ENUMS
