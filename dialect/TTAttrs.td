// Attributes of the dialect: what a user may write on a frontend's ops, and what the passes complete.

#ifndef TT_ATTRS
#define TT_ATTRS

include "OpTable.td"

class TT_Attr<string name, string mnemonic_> : AttrDef<TT_Dialect, name> { let mnemonic = mnemonic_; }

def TT_MemorySpaceAttr : TT_Attr<"MemorySpace", "memory_space"> {
  let summary = "memory space of a memref: `#tt.memory_space<l1>`";
  let parameters = (ins EnumParameter<TT_Memory>:$memory);
  let assemblyFormat = "`<` $memory `>`";
}

def TT_DeviceAttr : TT_Attr<"Device", "device"> {
  let summary = "the device that a program is planned for";
  let description = [{
    Grid in cores (columns x rows), L1 bytes per core and the first byte that a program may use, number of circular buffers, tile registers
    (16-bit tiles in full sync; fp32 halves it, half sync halves it), alignments in bytes, DRAM banks, clock in MHz. The presets
    `wormhole_b0` and `blackhole` come from the METALIUM sheet §7.
  }];
  let parameters = (ins EnumParameter<TT_Arch>:$arch, "int64_t":$grid_x, "int64_t":$grid_y, "int64_t":$l1_bytes, "int64_t":$l1_base,
      "int64_t":$cbs, "int64_t":$dst_tiles, "int64_t":$l1_align, "int64_t":$dram_read_align, "int64_t":$dram_write_align,
      "int64_t":$dram_banks, "int64_t":$clock_mhz);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def TT_NdShardAttr : TT_Attr<"NdShard", "nd_shard"> {
  let summary = "how a tensor is cut into shards";
  let description = "`axes` are cut; `grid` is the number of shards and `shape` the shard's elements along each of them.";
  let parameters = (ins ArrayRefParameter<"int64_t">:$axes, ArrayRefParameter<"int64_t">:$grid, ArrayRefParameter<"int64_t">:$shape,
      DefaultValuedParameter<"::mlir::tt::Order", "::mlir::tt::Order::RowMajor">:$order, DefaultValuedParameter<"int64_t", "0">:$align);
  let assemblyFormat = [{
    `<` struct(custom<I64List>($axes), custom<I64List>($grid), custom<I64List>($shape), $order, $align) `>`
  }];
  let genVerifyDecl = 1;
}

def TT_LayoutAttr : TT_Attr<"Layout", "layout"> {
  let summary = "`tt.layout` on an argument: what the user asks of a buffer; keys left out are inferred";
  let parameters = (ins DefaultValuedParameter<"::mlir::tt::Memory", "::mlir::tt::Memory::DRAM">:$memory,
      DefaultValuedParameter<"::mlir::tt::BufferLayout", "::mlir::tt::BufferLayout::Interleaved">:$layout,
      OptionalParameter<"::mlir::tt::NdShardAttr">:$shard, DefaultValuedParameter<"int64_t", "32">:$tile_height,
      DefaultValuedParameter<"int64_t", "32">:$tile_width, DefaultValuedParameter<"::mlir::tt::DataFormat", "::mlir::tt::DataFormat::Inferred">:$format);
  let assemblyFormat = "(`<` struct(params)^ `>`)?";
}

def TT_ScheduleAttr : TT_Attr<"Schedule", "schedule"> {
  let summary = "`tt.schedule` on a function: order of the blocks and core grid";
  let description = "`block` is the k of `block_linear`; `grid_x` and `grid_y` are columns and rows of cores, 0 for the device's.";
  let parameters = (ins DefaultValuedParameter<"::mlir::tt::Order", "::mlir::tt::Order::RowMajor">:$order,
      DefaultValuedParameter<"int64_t", "1">:$block, DefaultValuedParameter<"int64_t", "0">:$grid_x,
      DefaultValuedParameter<"int64_t", "0">:$grid_y);
  let assemblyFormat = "(`<` struct(params)^ `>`)?";
}

def TT_ComputeAttr : TT_Attr<"Compute", "compute"> {
  let summary = "`tt.compute` on a function: precision of the compute engines";
  let description = [{
    Left out, `fp32_acc` follows from the types: a kernel with an f32 value has fp32 tile registers. `true` asks for them anyway; `false` asks for
    16-bit registers, which is an error where the types need more. On a kernel only `true` is written.
  }];
  let parameters = (ins DefaultValuedParameter<"::mlir::tt::Fidelity", "::mlir::tt::Fidelity::HiFi4">:$fidelity,
      DefaultValuedParameter<"::mlir::tt::Fp32Acc", "::mlir::tt::Fp32Acc::Unset">:$fp32_acc, DefaultValuedParameter<"bool", "false">:$approx,
      DefaultValuedParameter<"bool", "false">:$full_sync);
  let assemblyFormat = "(`<` struct(params)^ `>`)?";
}

def TT_BufferAttr : TT_Attr<"Buffer", "buffer"> {
  let summary = "a completed layout";
  let description = [{
    Padded shape in tiles: `batch` tile grids of `rows` x `cols` tiles (batch dims folded in front). `page_bytes` is one tile. A
    `packed` buffer is one-dimensional and fills its tiles with 1,024 consecutive elements each. Shards in L1 lie on the cores row by
    row, `shard_columns` in a row; those in DRAM in the banks in turn.
  }];
  let parameters = (ins EnumParameter<TT_Memory>:$memory, EnumParameter<TT_BufferLayout>:$layout, EnumParameter<TT_DataFormat>:$format,
      "int64_t":$tile_height, "int64_t":$tile_width, "int64_t":$batch, "int64_t":$rows, "int64_t":$cols, "int64_t":$page_bytes,
      DefaultValuedParameter<"bool", "false">:$packed, OptionalParameter<"::mlir::tt::NdShardAttr">:$shard,
      DefaultValuedParameter<"int64_t", "0">:$shard_columns);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def TT_AccessorAttr : TT_Attr<"AccessorInfo", "accessor_info"> {
  let summary = "how page ids of a buffer follow from tile coordinates: unbound TensorAccessor";
  let description = "Page id of tile (b, r, c) is b * batch_stride + r * row_stride + c.";
  let parameters = (ins "int64_t":$batch_stride, "int64_t":$row_stride, "int64_t":$pages, "bool":$sharded);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def TT_TransferAttr : TT_Attr<"Transfer", "transfer"> {
  let summary = "geometry of a DRAM<->core transfer: page bytes, pages per production, productions in flight, format";
  let parameters = (ins "int64_t":$page_bytes, "int64_t":$pages, "int64_t":$depth, EnumParameter<TT_DataFormat>:$format);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def TT_PartitionAttr : TT_Attr<"Partition", "partition"> {
  let summary = "how the blocks of a grid are numbered and given to cores";
  let parameters = (ins EnumParameter<TT_PartitionMode>:$mode, EnumParameter<TT_Order>:$order, "int64_t":$block, "int64_t":$items,
      "int64_t":$cores);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def TT_WorkAttr : TT_Attr<"Work", "work"> {
  let summary = "work of each core: items [start, start + count), logical core coordinates (x = column, y = row)";
  let parameters = (ins ArrayRefParameter<"int64_t">:$x, ArrayRefParameter<"int64_t">:$y, ArrayRefParameter<"int64_t">:$start,
      ArrayRefParameter<"int64_t">:$count);
  let assemblyFormat = [{
    `<` struct(custom<I64List>($x), custom<I64List>($y), custom<I64List>($start), custom<I64List>($count)) `>`
  }];
  let genVerifyDecl = 1;
}

def TT_ContractionAttr : TT_Attr<"Contraction", "contraction"> {
  let summary = "tile extents of a contraction: rows, depth and columns of the whole problem (Mt, Kt, Nt)";
  let parameters = (ins "int64_t":$mt, "int64_t":$kt, "int64_t":$nt);
  let assemblyFormat = "`<` struct(params) `>`";
}

def TT_ArgAttr : TT_Attr<"Arg", "arg"> {
  let summary = "one argument of a kernel";
  let description = [{
    Position in its table is position in the generated call. `buffer` names the buffer of an `address`; `value` is the value of a
    compile-time argument.
  }];
  let parameters = (ins EnumParameter<TT_ArgKind>:$kind, OptionalParameter<"::mlir::FlatSymbolRefAttr">:$buffer,
      OptionalParameter<"int64_t">:$value);
  let assemblyFormat = "`<` $kind (`,` struct($buffer, $value)^)? `>`";
}

// Enumerations as attributes of ops. Those that ops print in their dictionary say their name; the rest stand bare in the op's assembly.
def TT_DirectionEnumAttr : EnumAttr<TT_Dialect, TT_Direction, "direction">;
def TT_DataFormatEnumAttr : EnumAttr<TT_Dialect, TT_DataFormat, "data_format">;
def TT_UnpackModeEnumAttr : EnumAttr<TT_Dialect, TT_UnpackMode, "unpack_mode"> { let assemblyFormat = "`<` $value `>`"; }
def TT_UnaryFunctionEnumAttr : EnumAttr<TT_Dialect, TT_UnaryFunction, "unary_function">;
def TT_BinaryFunctionEnumAttr : EnumAttr<TT_Dialect, TT_BinaryFunction, "binary_function">;
def TT_BcastDimEnumAttr : EnumAttr<TT_Dialect, TT_BcastDim, "bcast_dim">;
def TT_ReduceKindEnumAttr : EnumAttr<TT_Dialect, TT_ReduceKind, "reduce_kind">;
def TT_ReduceDimEnumAttr : EnumAttr<TT_Dialect, TT_ReduceDim, "reduce_dim">;
def TT_RoleEnumAttr : EnumAttr<TT_Dialect, TT_Role, "role">;
def TT_ArgKindEnumAttr : EnumAttr<TT_Dialect, TT_ArgKind, "arg_kind">;
def TT_ArgScopeEnumAttr : EnumAttr<TT_Dialect, TT_ArgScope, "arg_scope"> { let assemblyFormat = "`<` $value `>`"; }
def TT_FpuBinaryEnumAttr : EnumAttr<TT_Dialect, TT_FpuBinary, "fpu_binary">;
def TT_UnitEnumAttr : EnumAttr<TT_Dialect, TT_Unit, "unit"> { let assemblyFormat = "`<` $value `>`"; }

#endif // TT_ATTRS
