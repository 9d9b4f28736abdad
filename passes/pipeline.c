// The pipeline `tt-v5-pipeline`: every pass in order. Canonicalize and CSE run
// between stages. After the import each host function goes through on its own,
// so that the pass manager can work on several at once.

#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"

#include "mlir-c/Transforms.h"

static void cleanUp(MlirOpPassManager manager) {
  mlirOpPassManagerAddOwnedPass(manager, mlirCreateTransformsCanonicalizer());
  mlirOpPassManagerAddOwnedPass(manager, mlirCreateTransformsCSE());
}

static void add(MlirOpPassManager manager, MlirPass pass) {
  mlirOpPassManagerAddOwnedPass(manager, pass);
}

void ttBuildV5Pipeline(MlirOpPassManager module,
                       const TtV5PipelineOptions *options) {
  TtImportOptions import = {.arch = options->arch,
                            .grid = options->grid,
                            .fidelity = options->fidelity,
                            .fp32Acc = options->fp32Acc,
                            .fullSync = options->fullSync,
                            .api = options->api};
  mlirOpPassManagerAddOwnedPass(module, ttCreateImport(&import));
  MlirOpPassManager manager =
      mlirOpPassManagerGetNestedUnder(module, ttHostOpName());
  cleanUp(manager);
  add(manager, mlirCreateTTInferLayout());
  add(manager, mlirCreateTTPropagateLayout());
  add(manager, mlirCreateTTAttachTensorAccessor());
  add(manager, mlirCreateTTLayoutAwareWorkPartition());
  add(manager, mlirCreateTTGridToCoreGrid());
  add(manager, mlirCreateTTLowerToSfpu());
  cleanUp(manager);
  add(manager, mlirCreateTTLowerSharedToCB());
  cleanUp(manager);
  add(manager, mlirCreateTTLowerTileIntrinsics());
  cleanUp(manager);
  add(manager, mlirCreateTTBuildTileDfg());
  add(manager, mlirCreateTTSplitDeviceKernel());
  cleanUp(manager);
  add(manager, mlirCreateTTConfigureTensorAccessor());
  add(manager, mlirCreateTTLowerCBIntrinsics());
  add(manager, mlirCreateTTInsertDstManagement());
  add(manager, mlirCreateTTInsertComputeInit());
  cleanUp(manager);
  add(manager, mlirCreateTTFinalizePersistentSignature());
  add(manager, mlirCreateTTVerify());
}
