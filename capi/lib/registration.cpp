// Registration, and the mains of the command-line programs.

#include "tt-c/Registration.h"
#include "TTDialect.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Registration.h"
#include "mlir/CAPI/Support.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "tt-c/gen/Passes.h"

#include "llvm/Support/CommandLine.h"

using namespace mlir;

static llvm::cl::opt<bool>
    explain("tt-explain",
            llvm::cl::desc("remarks on what the planners decided, and why"));

bool ttExplains(void) { return explain; }

MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(TT, tt, tt::TTDialect)

void ttRegisterDialect(MlirDialectRegistry registry) {
  unwrap(registry)->insert<tt::TTDialect>();
}

void ttRegisterAllDialects(MlirDialectRegistry registry) {
  registerAllDialects(*unwrap(registry));
  registerAllExtensions(*unwrap(registry));
  ttRegisterDialect(registry);
}

void ttRegisterAllPasses(void) {
  registerAllPasses();
  ttRegisterPasses();
}

int ttOptMain(int argc, char **argv, const char *name) {
  DialectRegistry registry;
  ttRegisterAllDialects(wrap(&registry));
  ttRegisterAllPasses();
  return failed(MlirOptMain(argc, argv, name, registry));
}

int ttLspServerMain(int argc, char **argv) {
  DialectRegistry registry;
  ttRegisterAllDialects(wrap(&registry));
  return failed(MlirLspServerMain(argc, argv, registry));
}
