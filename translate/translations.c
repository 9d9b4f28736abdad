// The translations of tt-translate, in one list.

#include "translations.h"

#include "artifacts.h"
#include "dfg_dot.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/Registration.h"

#include <string.h>

static const char artifactOption[] = "tt-artifact";
static const char apiOption[] = "tt-api";

static const char *const kinds[] = {"reader", "compute", "writer", "main",
                                    "plan"};

static bool knownKind(const char *kind) {
  for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i)
    if (strcmp(kind, kinds[i]) == 0)
      return true;
  return false;
}

static void printText(MlirStringCallback print, void *data, const char *text,
                      size_t length) {
  print(mlirStringRefCreate(text, length), data);
}

// One artifact is printed bare if there is one of its kind, else as a
// split-file like all of them.
static void printArtifacts(const Artifacts *artifacts, const char *kind,
                           MlirStringCallback print, void *data) {
  size_t matches = 0;
  for (size_t i = 0; i < artifacts->count; ++i)
    matches += artifactMatches(&artifacts->items[i], kind);
  for (size_t i = 0; i < artifacts->count; ++i) {
    const Artifact *artifact = &artifacts->items[i];
    if (!artifactMatches(artifact, kind))
      continue;
    if (!*kind || matches > 1) {
      printText(print, data, "//--- ", 6);
      printText(print, data, artifact->path, strlen(artifact->path));
      printText(print, data, "\n", 1);
    }
    printText(print, data, artifact->text, artifact->length);
  }
}

static MlirLogicalResult checkOptions(MlirOperation module, const char *kind,
                                      const char *api, Api *parsed) {
  MlirLocation loc = mlirOperationGetLocation(module);
  if (*kind && !knownKind(kind))
    return ttEmitError(loc,
                       "unknown artifact '%s'; known are reader, compute, "
                       "writer, main and plan",
                       kind);
  if (*api && !apiFromString(mlirStringRefCreateFromCString(api), parsed))
    return ttEmitError(loc, "unknown api '%s'; known are current and v0.66",
                       api);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult toMetalium(MlirOperation module, const char *directory,
                                    MlirStringCallback print, void *data) {
  const char *kind = ttTranslationOption(artifactOption);
  const char *apiText = ttTranslationOption(apiOption);
  Api api = ApiCurrent;
  if (mlirLogicalResultIsFailure(checkOptions(module, kind, apiText, &api)))
    return mlirLogicalResultFailure();
  Artifacts artifacts;
  MlirLogicalResult result =
      artifactsPrint(module, *apiText ? &api : NULL, &artifacts);
  if (mlirLogicalResultIsSuccess(result)) {
    if (directory)
      result = artifactsWrite(module, directory, &artifacts, kind);
    else
      printArtifacts(&artifacts, kind, print, data);
  }
  artifactsFree(&artifacts);
  return result;
}

void ttRegisterTranslations(void) {
  ttRegisterDirectoryTranslation(
      "tt-to-metalium",
      "print TT-Metalium kernels, main.cpp and tt.plan.json of finished "
      "programs; -o DIR writes them",
      toMetalium);
  ttRegisterTranslation("tt-dfg-to-dot",
                        "draw the block values, sections and circular buffers "
                        "of each kernel as a Graphviz graph",
                        dfgPrintDot);
  ttRegisterTranslationOption(artifactOption,
                              "with --tt-to-metalium: print one artifact "
                              "(reader, compute, writer, main, plan)");
  ttRegisterTranslationOption(apiOption,
                              "with --tt-to-metalium: spelling of the Metalium "
                              "API (current, v0.66) instead of the host's");
}
