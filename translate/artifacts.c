// Prints the five artifacts of each host function into memory, so that a
// program that cannot be printed leaves nothing behind.

#include "artifacts.h"

#include "host_printer.h"
#include "kernel_printer.h"
#include "mlir-c/IR.h"
#include "plan_printer.h"
#include "tt-c/Diagnostics.h"

#include <stdlib.h>
#include <string.h>

void artifactsFree(Artifacts *artifacts) {
  for (size_t i = 0; i < artifacts->count; ++i)
    free(artifacts->items[i].text);
  free(artifacts->items);
  textFree(&artifacts->pool);
  *artifacts = (Artifacts){0};
}

static Artifact *add(Artifacts *artifacts, const char *folder, const char *file,
                     const char *kind) {
  if (artifacts->count == artifacts->capacity) {
    artifacts->capacity = artifacts->capacity ? 2 * artifacts->capacity : 16;
    artifacts->items = realloc(artifacts->items,
                               artifacts->capacity * sizeof(*artifacts->items));
    if (!artifacts->items)
      abort();
  }
  Artifact *artifact = &artifacts->items[artifacts->count++];
  *artifact = (Artifact){
      .path = textFormat(&artifacts->pool, "%s%s", folder, file), .kind = kind};
  return artifact;
}

bool artifactMatches(const Artifact *artifact, const char *kind) {
  return !*kind || strcmp(artifact->kind, kind) == 0;
}

static FILE *openText(Artifact *artifact) {
  FILE *out = open_memstream(&artifact->text, &artifact->length);
  if (!out)
    abort();
  return out;
}

static MlirLogicalResult addKernel(Artifacts *artifacts, const char *folder,
                                   const ModelHost *host,
                                   const ModelProgram *program,
                                   const ModelKernel *kernel) {
  Artifact *artifact =
      add(artifacts, folder, kernel->file, ttRoleToString(kernel->role));
  FILE *out = openText(artifact);
  MlirLogicalResult result = kernelPrint(host, program, kernel, out);
  fclose(out);
  return result;
}

static MlirLogicalResult
addWhole(Artifacts *artifacts, const char *folder, const char *file,
         const char *kind, const ModelHost *host,
         MlirLogicalResult (*print)(const ModelHost *, FILE *)) {
  FILE *out = openText(add(artifacts, folder, file, kind));
  MlirLogicalResult result = print(host, out);
  fclose(out);
  return result;
}

static MlirLogicalResult addHost(Artifacts *artifacts, const char *folder,
                                 const ModelHost *host) {
  for (intptr_t p = 0; p < host->numPrograms; ++p)
    for (intptr_t k = 0; k < host->programs[p].numKernels; ++k)
      if (mlirLogicalResultIsFailure(addKernel(artifacts, folder, host,
                                               &host->programs[p],
                                               &host->programs[p].kernels[k])))
        return mlirLogicalResultFailure();
  if (mlirLogicalResultIsFailure(
          addWhole(artifacts, folder, "main.cpp", "main", host, hostPrint)))
    return mlirLogicalResultFailure();
  return addWhole(artifacts, folder, "tt.plan.json", "plan", host, planPrint);
}

static size_t countHosts(MlirBlock body) {
  size_t count = 0;
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    count += ttHostIsa(op);
  return count;
}

static MlirLogicalResult printHost(MlirOperation op, const Api *api,
                                   bool severalHosts, NameScope *names,
                                   Artifacts *artifacts) {
  ModelHost model;
  const char *name =
      nameMake(&artifacts->pool, names, "", ttHostGetSymName(op), NULL);
  const char *folder =
      severalHosts ? textFormat(&artifacts->pool, "%s/", name) : "";
  MlirLogicalResult result = modelRead(op, name, api, &model);
  if (mlirLogicalResultIsSuccess(result))
    result = addHost(artifacts, folder, &model);
  modelFree(&model);
  return result;
}

MlirLogicalResult artifactsPrint(MlirOperation module, const Api *api,
                                 Artifacts *artifacts) {
  *artifacts = (Artifacts){0};
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(module, 0));
  size_t hosts = countHosts(body);
  if (hosts == 0) {
    TtDiagnostic *d = ttDiagnosticError(mlirOperationGetLocation(module),
                                        "module has no host function to print");
    ttDiagnosticHint(d, "artifacts are printed from the result of "
                        "--tt-v5-pipeline");
    return ttDiagnosticReport(d);
  }
  NameScope names = {0};
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op))
    if (ttHostIsa(op))
      result = printHost(op, api, hosts > 1, &names, artifacts);
  nameScopeFree(&names);
  return result;
}
