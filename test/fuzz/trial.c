/* trial.c - one input through the parser, passes and printers. */
#include "trial.h"

#include "artifacts.h"
#include "dfg_dot.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/Diagnostics.h"
#include "mlir-c/Pass.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const trialNames[TrialOutcomes] = {"unparsed", "refused", "done",
                                               "silent", "invalid"};

static const char *const passes[] = {"tt-import",
                                     "canonicalize",
                                     "cse",
                                     "tt-infer-layout",
                                     "tt-propagate-layout",
                                     "tt-attach-tensor-accessor",
                                     "tt-layout-aware-work-partition",
                                     "tt-grid-to-core-grid",
                                     "tt-lower-to-sfpu",
                                     "tt-lower-shared-to-cb",
                                     "tt-lower-tile-intrinsics",
                                     "tt-build-tile-dfg",
                                     "tt-split-device-kernel",
                                     "tt-configure-tensor-accessor",
                                     "tt-lower-cb-intrinsics",
                                     "tt-insert-dst-management",
                                     "tt-insert-compute-init",
                                     "tt-finalize-persistent-signature",
                                     "tt-verify"};

int pipelineLength(void) { return (int)(sizeof passes / sizeof *passes); }

const char *pipelineStep(int step) { return passes[step]; }

static bool isHostPass(int step) { return step > 2; }

void planText(const TrialPlan *plan, char *text, size_t size) {
  size_t used = 0;
  text[0] = 0;
  for (int i = 0; i < plan->count && used < size; i++) {
    bool host = isHostPass(plan->steps[i]);
    used += (size_t)snprintf(text + used, size - used, "%s%s%s%s", i ? "," : "",
                             host ? "tt.host(" : "", passes[plan->steps[i]],
                             host ? ")" : "");
  }
}

MlirContext trialContext(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  ttRegisterAllDialects(registry);
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  mlirDialectRegistryDestroy(registry);
  return context;
}

/*===- diagnostics --------------------------------------------------------===*/

static MlirLogicalResult countErrors(MlirDiagnostic diagnostic, void *errors) {
  if (mlirDiagnosticGetSeverity(diagnostic) == MlirDiagnosticError)
    ++*(int *)errors;
  return mlirLogicalResultSuccess();
}

/*===- passes -------------------------------------------------------------===*/

static void ignoreText(MlirStringRef text, void *data) {
  *(size_t *)data += text.length;
}

/* The plan's passes, not verified in between. */
static MlirLogicalResult runPasses(MlirContext context, MlirModule module,
                                   const TrialPlan *plan) {
  char text[2048];
  size_t ignored = 0;
  planText(plan, text, sizeof text);
  MlirPassManager manager = mlirPassManagerCreate(context);
  mlirPassManagerEnableVerifier(manager, false);
  MlirLogicalResult made = mlirOpPassManagerAddPipeline(
      mlirPassManagerGetAsOpPassManager(manager),
      mlirStringRefCreateFromCString(text), ignoreText, &ignored);
  if (mlirLogicalResultIsFailure(made))
    abort();
  MlirLogicalResult result =
      mlirPassManagerRunOnOp(manager, mlirModuleGetOperation(module));
  mlirPassManagerDestroy(manager);
  return result;
}

/*===- what the C interface says about every op ---------------------------===*/

static void ignoreEffect(const TtEffect *effect, void *count) {
  *(size_t *)count += effect->resource.length;
}

static MlirWalkResult inspectOp(MlirOperation op, void *data) {
  size_t *sum = data;
  *sum += (size_t)ttOpKind(op) + ttOperationIsPure(op) +
          ttOperationIsMemoryEffectFree(op);
  ttOperationGetEffects(op, ignoreEffect, sum);
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); i++) {
    int64_t number;
    MlirValue result = mlirOperationGetResult(op, i);
    *sum += ttValueGetConstantInt(result, &number);
    char *text = ttTypeToText(mlirValueGetType(result));
    *sum += strlen(text);
    free(text);
  }
  for (intptr_t i = 0; i < mlirOperationGetNumAttributes(op); i++) {
    MlirAttribute attribute = mlirOperationGetAttribute(op, i).attribute;
    char *text = ttAttributeToText(attribute);
    *sum += strlen(text);
    free(text);
    if (mlirAttributeIsASymbolRef(attribute))
      *sum += !mlirOperationIsNull(ttLookupNearestSymbol(op, attribute));
    if (mlirAttributeIsAAffineMap(attribute)) {
      MlirAffineMap map =
          ttAffineMapSimplify(mlirAffineMapAttrGetValue(attribute));
      for (intptr_t r = 0; r < mlirAffineMapGetNumResults(map); r++)
        *sum +=
            (size_t)ttAffineExprLargestDivisor(mlirAffineMapGetResult(map, r));
    }
  }
  return MlirWalkResultAdvance;
}

static void inspect(MlirModule module) {
  size_t sum = 0;
  MlirOperation op = mlirModuleGetOperation(module);
  mlirOperationWalk(op, inspectOp, &sum, MlirWalkPreOrder);
  TtMapping *mapping = ttMappingCreate();
  MlirOperation clone = ttCloneWithMapping(op, mapping);
  if (!ttOperationEquivalent(op, clone))
    abort();
  mlirOperationDestroy(clone);
  ttMappingDestroy(mapping);
}

/*===- trials -------------------------------------------------------------===*/

static MlirLogicalResult printAll(MlirModule module) {
  size_t ignored = 0;
  MlirOperation op = mlirModuleGetOperation(module);
  dfgPrintDot(op, ignoreText, &ignored);
  Artifacts artifacts = {0};
  MlirLogicalResult result = artifactsPrint(op, NULL, &artifacts);
  artifactsFree(&artifacts);
  return result;
}

static MlirModule parse(MlirContext context, const Buffer *input) {
  return mlirModuleCreateParse(context,
                               mlirStringRefCreate(input->data, input->size));
}

static TrialOutcome runOn(MlirContext context, MlirModule module,
                          const TrialPlan *plan, const int *errors) {
  MlirOperation op = mlirModuleGetOperation(module);
  size_t ignored = 0;
  inspect(module);
  bool good = mlirLogicalResultIsSuccess(runPasses(context, module, plan));
  mlirOperationPrint(op, ignoreText, &ignored);
  if (!good)
    return *errors ? TrialRefused : TrialSilent;
  if (!mlirOperationVerify(op))
    return TrialInvalid;
  if (!plan->print)
    return TrialDone;
  int before = *errors;
  good = mlirLogicalResultIsSuccess(printAll(module));
  if (good)
    return TrialDone;
  return *errors > before ? TrialRefused : TrialSilent;
}

TrialOutcome trialRun(MlirContext context, const Buffer *input,
                      const TrialPlan *plan) {
  int errors = 0;
  MlirDiagnosticHandlerID handler =
      mlirContextAttachDiagnosticHandler(context, countErrors, &errors, NULL);
  TrialOutcome outcome = TrialUnparsed;
  MlirModule module = parse(context, input);
  if (!mlirModuleIsNull(module))
    outcome = runOn(context, module, plan, &errors);
  if (!mlirModuleIsNull(module))
    mlirModuleDestroy(module);
  mlirContextDetachDiagnosticHandler(context, handler);
  return outcome;
}

static void appendText(MlirStringRef text, void *data) {
  fwrite(text.data, 1, text.length, data);
}

static Buffer printed(MlirModule module, int bytecode) {
  Buffer made = {NULL, 0};
  FILE *out = open_memstream(&made.data, &made.size);
  MlirOperation op = mlirModuleGetOperation(module);
  if (bytecode)
    mlirOperationWriteBytecode(op, appendText, out);
  else
    mlirOperationPrint(op, appendText, out);
  fclose(out);
  return made;
}

Buffer trialForm(MlirContext context, const Buffer *input, int steps,
                 int bytecode) {
  int errors = 0;
  MlirDiagnosticHandlerID handler =
      mlirContextAttachDiagnosticHandler(context, countErrors, &errors, NULL);
  Buffer form = bufferCopy(input->data, input->size);
  MlirModule module = parse(context, input);
  for (int step = 0; !mlirModuleIsNull(module) && step <= steps; step++) {
    TrialPlan plan = {{step}, 1, 0};
    if (step < steps &&
        (mlirLogicalResultIsFailure(runPasses(context, module, &plan)) ||
         !mlirOperationVerify(mlirModuleGetOperation(module))))
      break;
    free(form.data);
    form = printed(module, bytecode);
  }
  if (!mlirModuleIsNull(module))
    mlirModuleDestroy(module);
  mlirContextDetachDiagnosticHandler(context, handler);
  return form;
}
