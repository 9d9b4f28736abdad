// The pipeline `tt-v5-pipeline`: every pass in order. Canonicalize and CSE run
// between stages.

#include "tt-c/gen/Passes.h"

#include "mlir-c/Transforms.h"

static void cleanUp(MlirOpPassManager manager) {
  mlirOpPassManagerAddOwnedPass(manager, mlirCreateTransformsCanonicalizer());
  mlirOpPassManagerAddOwnedPass(manager, mlirCreateTransformsCSE());
}

static void add(MlirOpPassManager manager, MlirPass pass) {
  mlirOpPassManagerAddOwnedPass(manager, pass);
}

void ttBuildV5Pipeline(MlirOpPassManager manager,
                       const TtV5PipelineOptions *options) {
  TtImportOptions import = {.arch = options->arch,
                            .grid = options->grid,
                            .fidelity = options->fidelity,
                            .fp32Acc = options->fp32Acc,
                            .fullSync = options->fullSync};
  add(manager, ttCreateImport(&import));
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
