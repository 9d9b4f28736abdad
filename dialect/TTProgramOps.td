// Program level: one launch, as reader, compute, writer and host see it.

#ifndef TT_PROGRAM_OPS
#define TT_PROGRAM_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"

def TT_ProgramOp : TT_Op<"program", [IsolatedFromAbove, Symbol, SymbolTable, SingleBlock, NoTerminator, NoRegionArguments,
                                     HasParent<"::mlir::tt::HostOp">]> {
  let summary = "one launch: circular buffers, semaphores, kernels, arguments, cores";
  let arguments = (ins SymbolNameAttr:$sym_name, DenseI64ArrayAttr:$grid, TT_ScheduleAttr:$schedule, TT_ComputeAttr:$compute,
      TT_PartitionAttr:$partition, TT_WorkAttr:$work,
      OptionalAttr<TypedArrayAttrBase<TT_ContractionAttr, "contractions">>:$contractions);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `grid` $grid `schedule` $schedule `compute` $compute `partition` $partition `work` $work attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def TT_CircularBufferOp : TT_Op<"circular_buffer", [Symbol, HasParent<"::mlir::tt::ProgramOp">]> {
  let summary = "a circular buffer of a program";
  let description = [{
    `id` is its number on the device, `production` the pages of each push, `order` the sub-block in which a block's tiles follow each other,
    `unpack` where the consumer's unpacker puts its tiles.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<TT_CB>:$type, I64Attr:$id, I64Attr:$production, DenseI64ArrayAttr:$order,
      TT_UnpackModeEnumAttr:$unpack);
  let assemblyFormat = "$sym_name `:` $type `id` $id `production` $production `order` $order `unpack` $unpack attr-dict";
  let hasVerifier = 1;
}

def TT_SemaphoreOp : TT_Op<"declare_semaphore", [Symbol, HasParent<"::mlir::tt::ProgramOp">]> {
  let summary = "a semaphore of a program";
  let arguments = (ins SymbolNameAttr:$sym_name, I64Attr:$id, I64Attr:$initial);
  let assemblyFormat = "$sym_name `id` $id `initial` $initial attr-dict";
}

def TT_FuncOp : TT_Op<"func", [IsolatedFromAbove, Symbol, SingleBlock, NoTerminator, NoRegionArguments, HasParent<"::mlir::tt::ProgramOp">]> {
  let summary = "a kernel of a program";
  let description = [{
    The three argument lists are set by tt-finalize-persistent-signature, in the order in which host and kernel index them. `accessors` names the
    buffers whose TensorAccessor arguments are chained, in that order, after `compile_args`.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TT_RoleEnumAttr:$role,
      OptionalAttr<TypedArrayAttrBase<TT_ArgAttr, "arguments">>:$compile_args, OptionalAttr<FlatSymbolRefArrayAttr>:$accessors,
      OptionalAttr<TypedArrayAttrBase<TT_ArgAttr, "arguments">>:$common_args,
      OptionalAttr<TypedArrayAttrBase<TT_ArgAttr, "arguments">>:$core_args);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `` $role attr-dict-with-keyword $body";
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

// What the split makes of block transfers: buffer and circular buffer by name, the block's shape in tiles. Offsets as in `tt.read_block`.
def TT_FetchBlockOp : TT_Op<"fetch_block", [MemoryEffects<[MemRead<TT_BufferResource>, MemWrite<TT_CBResource>]>]> {
  let summary = "the reader fills one production of a circular buffer with a block of a buffer";
  let arguments = (ins FlatSymbolRefAttr:$buffer, Variadic<Index>:$offsets, FlatSymbolRefAttr:$cb,
      DenseI64ArrayAttr:$shape);
  let assemblyFormat = "$buffer `[` $offsets `]` `to` $cb `shape` $shape attr-dict";
  let hasVerifier = 1;
}

def TT_StoreBlockOp : TT_Op<"store_block", [MemoryEffects<[MemRead<TT_CBResource>, MemWrite<TT_BufferResource>]>]> {
  let summary = "the writer empties one production of a circular buffer into a block of a buffer";
  let arguments = (ins FlatSymbolRefAttr:$cb, FlatSymbolRefAttr:$buffer, Variadic<Index>:$offsets,
      DenseI64ArrayAttr:$shape);
  let assemblyFormat = "$cb `to` $buffer `[` $offsets `]` `shape` $shape attr-dict";
  let hasVerifier = 1;
}

def TT_FillBlockOp : TT_Op<"fill_block", [MemoryEffects<[MemWrite<TT_CBResource>]>]> {
  let summary = "the reader fills one page of a circular buffer with one number";
  let arguments = (ins F32Attr:$value, FlatSymbolRefAttr:$cb);
  let assemblyFormat = "$value `to` $cb attr-dict";
}

def TT_FrontBlockOp : TT_Op<"front_block", [MemoryEffects<[MemRead<TT_CBResource>, MemWrite<TT_CBResource>]>]> {
  let summary = "the block at the front of a circular buffer, as its consumer sees it";
  let description = [{
    Made by the split where a kernel uses a value that another role (or an earlier section) produced: one production of `cb`. tt-lower-cb-intrinsics
    puts the wait and the pop around its uses; it is gone after tt-insert-dst-management.
  }];
  let arguments = (ins FlatSymbolRefAttr:$cb);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$cb `:` type($result) attr-dict";
  let hasVerifier = 1;
}

#endif // TT_PROGRAM_OPS
