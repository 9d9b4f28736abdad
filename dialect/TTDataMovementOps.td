// Device level, data movement and circular buffers: one op per Metalium call (METALIUM sheet §2).
//
// Pages, tiles and byte counts are as in the call; run-time numbers are of type index and become uint32_t.

#ifndef TT_DATA_MOVEMENT_OPS
#define TT_DATA_MOVEMENT_OPS

include "TTBase.td"
include "TTTypes.td"
include "TTAttrs.td"

class TT_ProtocolOp<string mnemonic, Resource resource> : TT_Op<mnemonic, [MemoryEffects<[MemWrite<resource>]>]>;

class TT_CBCountOp<string mnemonic, string what> : TT_ProtocolOp<mnemonic, TT_CBResource> {
  let summary = what;
  let arguments = (ins FlatSymbolRefAttr:$cb, I64Attr:$pages);
  let assemblyFormat = "$cb `,` $pages attr-dict";
  let hasVerifier = 1;
}
def TT_CBReserveBackOp : TT_CBCountOp<"cb_reserve_back", "wait until `pages` pages are free">;
def TT_CBPushBackOp : TT_CBCountOp<"cb_push_back", "hand `pages` filled pages to the consumer">;
def TT_CBWaitFrontOp : TT_CBCountOp<"cb_wait_front", "wait until `pages` pages are filled">;
def TT_CBPopFrontOp : TT_CBCountOp<"cb_pop_front", "give `pages` pages back to the producer">;

class TT_PointerOp<string mnemonic, string what> : TT_Op<mnemonic, [MemoryEffects<[MemRead<TT_CBResource>]>]> {
  let summary = what;
  let arguments = (ins FlatSymbolRefAttr:$cb);
  let results = (outs Index:$result);
  let assemblyFormat = "$cb attr-dict";
}
def TT_GetWritePtrOp : TT_PointerOp<"get_write_ptr", "byte address of the first reserved page">;
def TT_GetReadPtrOp : TT_PointerOp<"get_read_ptr", "byte address of the page at the front">;

def TT_TensorAccessorOp : TT_Op<"tensor_accessor", [Pure]> {
  let summary = "the TensorAccessor of a buffer, bound to its address";
  let description = [{
    `index` is its position in the chain of the kernel's accessors (tt-configure-tensor-accessor); compile-time offsets are chained from it.
  }];
  let arguments = (ins FlatSymbolRefAttr:$buffer, Index:$address, OptionalAttr<I64Attr>:$index);
  let results = (outs TT_Accessor:$result);
  let assemblyFormat = "$buffer `at` $address attr-dict";
}

def TT_RuntimeArgOp : TT_Op<"runtime_arg", [Pure]> {
  let summary = "a run-time argument of the kernel";
  let description = "`scope` and `index` (its position in that argument list) are set by tt-finalize-persistent-signature.";
  let arguments = (ins TT_ArgKindEnumAttr:$kind, OptionalAttr<FlatSymbolRefAttr>:$buffer,
      OptionalAttr<TT_ArgScopeEnumAttr>:$scope, OptionalAttr<I64Attr>:$index);
  let results = (outs Index:$result);
  let assemblyFormat = "`` $kind ($buffer^)? attr-dict";
  let hasVerifier = 1;
}

def TT_CompileArgOp : TT_Op<"compile_arg", [Pure]> {
  let summary = "a compile-time argument of the kernel";
  let arguments = (ins TT_ArgKindEnumAttr:$kind, OptionalAttr<I64Attr>:$index);
  let results = (outs Index:$result);
  let assemblyFormat = "`` $kind attr-dict";
}

def TT_NocAsyncReadPageOp : TT_ProtocolOp<"noc_async_read_page", TT_NocResource> {
  let summary = "start to read a page of a buffer into L1";
  let arguments = (ins Index:$page, TT_Accessor:$accessor, Index:$l1);
  let assemblyFormat = "$page `,` $accessor `,` $l1 attr-dict";
}
def TT_NocAsyncWritePageOp : TT_ProtocolOp<"noc_async_write_page", TT_NocResource> {
  let summary = "start to write a page of a buffer from L1";
  let arguments = (ins Index:$page, TT_Accessor:$accessor, Index:$l1);
  let assemblyFormat = "$page `,` $accessor `,` $l1 attr-dict";
}
class TT_BarrierOp<string mnemonic, string what> : TT_ProtocolOp<mnemonic, TT_NocResource> {
  let summary = what;
  let assemblyFormat = "attr-dict";
}
def TT_NocAsyncReadBarrierOp : TT_BarrierOp<"noc_async_read_barrier", "wait until all reads have landed">;
def TT_NocAsyncWriteBarrierOp : TT_BarrierOp<"noc_async_write_barrier", "wait until all writes are acknowledged">;

def TT_L1StoreOp : TT_ProtocolOp<"l1_store", TT_CBResource> {
  let summary = "a 32-bit word to a byte address of this core's L1";
  let arguments = (ins Index:$address, I64Attr:$word);
  let assemblyFormat = "$address `,` $word attr-dict";
}

#endif // TT_DATA_MOVEMENT_OPS
