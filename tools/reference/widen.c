// tt-widen: the two steps of a reference that the distribution's tools do not
// have.
//
// * `prepare INPUT OUTPUT`: the input without what only the device knows
//   (prepare.c)
// * `track LOOPS OUTPUT SIGNATURE ENTRY`: floats to tracked f64 (track.c), and
//   ENTRY, the C source through which the library is called
//
// Between and after them, mlir-opt and mlir-translate of the distribution do
// all lowering.

#include "ir.h"

#include "mlir-c/Diagnostics.h"
#include "mlir-c/RegisterEverything.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static void writeText(MlirStringRef text, void *file) {
  fwrite(text.data, 1, text.length, file);
}

// The user's line: marks and inlining wrap it.
static MlirLocation innermost(MlirLocation at) {
  if (mlirLocationIsAName(at))
    return innermost(mlirLocationNameGetChildLoc(at));
  if (mlirLocationIsACallSite(at))
    return innermost(mlirLocationCallSiteGetCallee(at));
  return at;
}

static MlirLogicalResult report(MlirDiagnostic diagnostic, void *unused) {
  static const char *const severities[] = {"error", "warning", "note",
                                           "remark"};
  (void)unused;
  MlirLocation at = innermost(mlirDiagnosticGetLocation(diagnostic));
  if (mlirLocationIsAFileLineColRange(at)) {
    writeText(mlirIdentifierStr(mlirLocationFileLineColRangeGetFilename(at)),
              stderr);
    fprintf(stderr, ":%d:%d: ", mlirLocationFileLineColRangeGetStartLine(at),
            mlirLocationFileLineColRangeGetStartColumn(at));
  }
  fprintf(stderr, "%s: ", severities[mlirDiagnosticGetSeverity(diagnostic)]);
  mlirDiagnosticPrint(diagnostic, writeText, stderr);
  fputc('\n', stderr);
  for (intptr_t i = 0; i < mlirDiagnosticGetNumNotes(diagnostic); i++)
    report(mlirDiagnosticGetNote(diagnostic, i), NULL);
  return mlirLogicalResultSuccess();
}

static bool run(MlirOperation module, char **argv) {
  if (strcmp(argv[1], "prepare") == 0)
    return prepareModule(module) && printToFile(module, argv[3]);
  return trackModule(module, argv[4], argv[5]) && mlirOperationVerify(module) &&
         printToFile(module, argv[3]);
}

int main(int argc, char **argv) {
  bool prepares = argc == 4 && strcmp(argv[1], "prepare") == 0;
  bool tracks = argc == 6 && strcmp(argv[1], "track") == 0;
  if (!prepares && !tracks) {
    fprintf(stderr, "usage: tt-widen prepare INPUT OUTPUT | tt-widen track "
                    "LOOPS OUTPUT SIGNATURE ENTRY\n");
    return 2;
  }
  // A file that may not grow any more is an error of the write.
  signal(SIGXFSZ, SIG_IGN);
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  mlirRegisterAllDialects(registry);
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  mlirContextSetAllowUnregisteredDialects(context, true);
  mlirContextAttachDiagnosticHandler(context, report, NULL, NULL);
  FILE *file = fopen(argv[2], "rb");
  if (!file) {
    fprintf(stderr, "cannot read '%s'\n", argv[2]);
    return 1;
  }
  fclose(file);
  MlirModule module = mlirModuleCreateParseFromFile(context, str(argv[2]));
  bool ok =
      !mlirModuleIsNull(module) && run(mlirModuleGetOperation(module), argv);
  if (!mlirModuleIsNull(module))
    mlirModuleDestroy(module);
  mlirContextDestroy(context);
  mlirDialectRegistryDestroy(registry);
  return ok ? 0 : 1;
}
