// Host level: a host function, its buffers and, in order, what it launches.

#ifndef TT_HOST_OPS
#define TT_HOST_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"

def TT_HostOp : TT_Op<"host", [IsolatedFromAbove, Symbol, SymbolTable, SingleBlock, NoTerminator, NoRegionArguments]> {
  let summary = "a host function: its buffers and its launches in order";
  let description = [{
    ```mlir
    tt.host @gemm device(#tt.device<…>) {
      tt.buffer @A : tensor<128x256xbf16> in {argument = 0}
      tt.buffer @C : tensor<128x64xbf16> out {argument = 1}
      tt.kernel @gemm_0 … { … }
    }
    ```
    `api` is the spelling of the Metalium API to print (`current` or `v0.66`). The order of the `tt.kernel`s (later `tt.program`s) is the order of their launches.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TT_DeviceAttr:$device, OptionalAttr<StrAttr>:$api);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `device` `(` $device `)` attr-dict-with-keyword $body";
  let hasVerifier = 1;
}

def TT_BufferOp : TT_Op<"buffer", [Symbol, HasParent<"::mlir::tt::HostOp">]> {
  let summary = "a buffer of a host function";
  let description = [{
    `type` is the logical tensor. `argument` and `result` are its positions in the function's arguments and results; a buffer with neither is
    scratch between launches. `name` is the user's name for it (the `tt.name` attribute, or `arg0`, `result0`, `tmp0`), which the artifacts use.
    `layout` is the user's request, `info` the completed layout (tt-infer-layout), `accessor` the page numbering (tt-attach-tensor-accessor).
    A buffer with a `fill` holds that number in every element of its logical tensor before the first launch, and zero in the rest of its tiles.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<AnyRankedTensor>:$type, TT_DirectionEnumAttr:$direction,
      OptionalAttr<I64Attr>:$argument, OptionalAttr<I64Attr>:$result, OptionalAttr<TT_LayoutAttr>:$layout,
      OptionalAttr<TT_BufferAttr>:$info, OptionalAttr<TT_AccessorAttr>:$accessor, OptionalAttr<F32Attr>:$fill);
  let assemblyFormat = "$sym_name `:` $type `` $direction attr-dict";
  let hasVerifier = 1;
}

def TT_KernelOp : TT_Op<"kernel", [IsolatedFromAbove, Symbol, SingleBlock, NoTerminator, HasParent<"::mlir::tt::HostOp">]> {
  let summary = "the unified body of one grid, until the split";
  let description = [{
    Before tt-grid-to-core-grid the block arguments are the block indices of the grid, one per entry of `grid` (outermost first). Afterwards
    they are `start` and `count`, and the body is the loop over the items of one core.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, DenseI64ArrayAttr:$grid, TT_ScheduleAttr:$schedule, TT_ComputeAttr:$compute,
      OptionalAttr<TT_PartitionAttr>:$partition, OptionalAttr<TT_WorkAttr>:$work,
      OptionalAttr<TypedArrayAttrBase<TT_ContractionAttr, "contractions">>:$contractions);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `grid` $grid `schedule` $schedule `compute` $compute attr-dict-with-keyword $body";
  let hasVerifier = 1;
}

#endif // TT_HOST_OPS
