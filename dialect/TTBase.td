// The `tt` dialect, its effect resources and the op base classes.

#ifndef TT_BASE
#define TT_BASE

include "mlir/IR/OpBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def TT_Dialect : Dialect {
  let name = "tt";
  let cppNamespace = "::mlir::tt";
  let summary = "Tile programs for Tenstorrent hardware, from blocks to Metalium calls";
  let description = [{
    One dialect carries a program from the blocks that a frontend wrote to the calls that the generated kernels make. Its levels, from the top:

    * *host*: `tt.host` with its `tt.buffer`s and, in order, the kernels or programs it launches;
    * *kernel body*: `tt.kernel`, one grid; `tt.read_block`, `tt.write_block` and the tile values between them;
    * *plan*: `tt.section` and completed `tt.alloc_cb`s, all that reader, compute and writer must agree on;
    * *program*: `tt.program` with `tt.cb`s and one `tt.func` per role;
    * *device*: one op per TT-Metalium call.

    Up to the split, data flow is SSA values; afterwards it is protocol ops, each of which declares a write to the resource it drives
    (circular buffers, tile registers, NoC, hardware state), so that generic transformations neither drop nor reorder them.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect", "::mlir::arith::ArithDialect", "::mlir::affine::AffineDialect",
                           "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::bufferization::BufferizationDialect"];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
}

// Circular buffers, tile registers, the NoC and on-chip memory, and the programmed state of unpackers, math and packer.
def TT_CBResource : Resource<"::mlir::tt::CBResource">;
def TT_DstResource : Resource<"::mlir::tt::DstResource">;
def TT_NocResource : Resource<"::mlir::tt::NocResource">;
def TT_StateResource : Resource<"::mlir::tt::StateResource">;
def TT_BufferResource : Resource<"::mlir::tt::BufferResource">;

class TT_Op<string mnemonic, list<Trait> traits = []> : Op<TT_Dialect, mnemonic, traits>;

#endif // TT_BASE
