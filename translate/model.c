// Reads a finished tt.host into plain structs, and refuses one that is not.

#include "model.h"

#include "block_type.h"
#include "buffer_memory.h"
#include "core_ranges.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "model_args.h"
#include "plan/ceil_div.h"
#include "tt-c/Diagnostics.h"

#include <stdlib.h>
#include <string.h>

static const char *const apiNames[] = {
    [ApiCurrent] = "current", [ApiV066] = "v0.66"};

bool apiFromString(MlirStringRef text, Api *api) {
  for (int i = ApiCurrent; i <= ApiV066; ++i)
    if (mlirStringRefEqual(text, mlirStringRefCreateFromCString(apiNames[i]))) {
      *api = (Api)i;
      return true;
    }
  return false;
}

const char *apiToString(Api api) { return apiNames[api]; }

intptr_t modelFindBuffer(const ModelHost *host, MlirStringRef symbol) {
  for (intptr_t i = 0; i < host->numBuffers; ++i)
    if (mlirStringRefEqual(host->buffers[i].symbol, symbol))
      return i;
  return -1;
}

const ModelCB *modelFindCB(const ModelProgram *program, MlirStringRef symbol) {
  for (intptr_t i = 0; i < program->numCBs; ++i)
    if (mlirStringRefEqual(program->cbs[i].symbol, symbol))
      return &program->cbs[i];
  return NULL;
}

// Room for as many items as the block has ops.
static void *roomFor(MlirBlock block, size_t size) {
  size_t count = 1;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    ++count;
  void *room = calloc(count, size);
  if (!room)
    abort();
  return room;
}

static MlirLogicalResult unfinished(MlirOperation op, const char *what,
                                    const char *pass) {
  TtDiagnostic *d = ttDiagnosticOpError(op, "%s", what);
  ttDiagnosticHint(d,
                   "artifacts are printed from the result of "
                   "--tt-v5-pipeline; '%s' has not run",
                   pass);
  return ttDiagnosticReport(d);
}

// The shards of a buffer, one core or bank each.
static MlirLogicalResult readShards(ModelBuffer *buffer) {
  const TtBufferAttr *info = &buffer->info;
  if (info->layout != TtBufferLayoutSharded)
    return mlirLogicalResultSuccess();
  if (info->memory == TtMemoryL1 && info->shardColumns < 1)
    return unfinished(buffer->op, "does not say where its shards are",
                      "tt-infer-layout");
  ModelShards *shards = &buffer->shards;
  intptr_t rank = mlirShapedTypeGetRank(buffer->type);
  shards->tensor = calloc((size_t)rank * 2 + 1, sizeof(*shards->tensor));
  if (!shards->tensor)
    abort();
  shards->rank = rank;
  shards->shard = shards->tensor + rank;
  shards->columns = info->shardColumns;
  shards->count = 1;
  for (intptr_t i = 0; i < rank; ++i) {
    int64_t tile = ttTileAlong(info, rank, i);
    shards->tensor[i] =
        ttCeilDiv(mlirShapedTypeGetDimSize(buffer->type, i), tile);
    shards->shard[i] = ttCeilDiv(ttShardExtent(buffer->type, info, i), tile);
    shards->count *= ttCeilDiv(shards->tensor[i], shards->shard[i]);
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult readBuffer(MlirOperation op, ModelHost *host,
                                    NameScope *names) {
  if (!ttBufferHasInfo(op))
    return unfinished(op, "has no 'info'", "tt-infer-layout");
  if (!ttBufferHasAccessor(op))
    return unfinished(op, "has no 'accessor'", "tt-attach-tensor-accessor");
  ModelBuffer *buffer = &host->buffers[host->numBuffers++];
  *buffer = (ModelBuffer){
      .op = op,
      .symbol = ttBufferGetSymName(op),
      .direction = ttBufferGetDirection(op),
      .argument = ttBufferHasArgument(op) ? ttBufferGetArgument(op) : -1,
      .result = ttBufferHasResult(op) ? ttBufferGetResult(op) : -1,
      .type = ttBufferGetType(op),
      .info = ttBufferGetInfo(op),
      .accessor = ttBufferGetAccessor(op),
      .isFilled = ttBufferHasFill(op),
      .fill = ttBufferHasFill(op) ? ttBufferGetFill(op) : 0};
  buffer->name = nameMake(&host->pool, names, "", buffer->symbol, NULL);
  return readShards(buffer);
}

static void readCB(MlirOperation op, ModelProgram *program, NameScope *names,
                   TextPool *pool) {
  TtCBType type = ttCBTypeGet(ttCircularBufferGetType(op));
  TtTileType tile = ttTileTypeGet(type.tile);
  program->cbs[program->numCBs++] = (ModelCB){
      .op = op,
      .symbol = ttCircularBufferGetSymName(op),
      .name = nameMake(pool, names, "", ttCircularBufferGetSymName(op), NULL),
      .id = ttCircularBufferGetId(op),
      .pages = type.pages,
      .production = ttCircularBufferGetProduction(op),
      .pageBytes =
          ttTileBytes(tile.format) * tile.height * tile.width / (32 * 32),
      .numOrder = ttCircularBufferGetNumOrder(op),
      .order = ttCircularBufferGetOrder(op),
      .unpack = ttCircularBufferGetUnpack(op),
      .format = tile.format};
}

static MlirLogicalResult readKernel(MlirOperation op, ModelProgram *program,
                                    ModelHost *host) {
  ModelKernel *kernel = &program->kernels[program->numKernels++];
  kernel->op = op;
  kernel->role = ttFuncGetRole(op);
  kernel->file =
      textFormat(&host->pool, "%s.cpp", ttRoleToString(kernel->role));
  return modelReadArgs(host, program, kernel);
}

static MlirLogicalResult readProgramOp(MlirOperation op, ModelProgram *program,
                                       ModelHost *host, NameScope *cbNames) {
  switch (ttOpKind(op)) {
  case TtOpKindCircularBuffer:
    readCB(op, program, cbNames, &host->pool);
    return mlirLogicalResultSuccess();
  case TtOpKindDeclareSemaphore:
    program->semaphores[program->numSemaphores++] = (ModelSemaphore){
        op, ttDeclareSemaphoreGetSymName(op), ttDeclareSemaphoreGetId(op),
        ttDeclareSemaphoreGetInitial(op)};
    return mlirLogicalResultSuccess();
  case TtOpKindFunc:
    return readKernel(op, program, host);
  default:
    return ttEmitOpError(op, "has no place in a program");
  }
}

static MlirLogicalResult readProgramBody(ModelProgram *program,
                                         ModelHost *host) {
  MlirBlock body = mlirRegionGetFirstBlock(ttProgramGetBody(program->op));
  program->cbs = roomFor(body, sizeof(*program->cbs));
  program->semaphores = roomFor(body, sizeof(*program->semaphores));
  program->kernels = roomFor(body, sizeof(*program->kernels));
  NameScope cbNames = {0};
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op) && mlirLogicalResultIsSuccess(result);
       op = mlirOperationGetNextInBlock(op))
    result = readProgramOp(op, program, host, &cbNames);
  nameScopeFree(&cbNames);
  return result;
}

static MlirLogicalResult readProgram(MlirOperation op, ModelHost *host,
                                     NameScope *names) {
  ModelProgram *program = &host->programs[host->numPrograms++];
  program->op = op;
  program->name =
      nameMake(&host->pool, names, "", ttProgramGetSymName(op), NULL);
  program->compute = ttProgramGetCompute(op);
  program->partition = ttProgramGetPartition(op);
  program->work = ttProgramGetWork(op);
  program->ranges = coreRanges(&program->work, &program->numRanges);
  MlirAttribute list = ttProgramGetContractions(op);
  if (!mlirAttributeIsNull(list)) {
    program->numContractions = mlirArrayAttrGetNumElements(list);
    program->contractions = calloc((size_t)program->numContractions + 1,
                                   sizeof(*program->contractions));
    if (!program->contractions)
      abort();
    for (intptr_t i = 0; i < program->numContractions; ++i)
      program->contractions[i] =
          ttContractionAttrGet(mlirArrayAttrGetElement(list, i));
  }
  return readProgramBody(program, host);
}

// In a host function of several programs, each has its own folder.
static void placeKernels(ModelHost *model) {
  for (intptr_t p = 0; model->numPrograms > 1 && p < model->numPrograms; ++p)
    for (intptr_t k = 0; k < model->programs[p].numKernels; ++k) {
      ModelKernel *kernel = &model->programs[p].kernels[k];
      kernel->file = textFormat(&model->pool, "%s/%s", model->programs[p].name,
                                kernel->file);
    }
}

static MlirLogicalResult readHostApi(MlirOperation host, const Api *override,
                                     Api *api) {
  *api = override ? *override : ApiCurrent;
  if (!override && ttHostHasApi(host) &&
      !apiFromString(ttHostGetApi(host), api)) {
    MlirStringRef text = ttHostGetApi(host);
    return ttEmitOpError(host,
                         "has unknown api '%.*s'; known are 'current' "
                         "and 'v0.66'",
                         (int)text.length, text.data);
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult readHostBody(MlirBlock body, ModelHost *model,
                                      NameScope *buffers, NameScope *programs) {
  // Buffers first: kernels name them by position.
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttBufferIsa(op) &&
        mlirLogicalResultIsFailure(readBuffer(op, model, buffers)))
      return mlirLogicalResultFailure();
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op)) {
    if (ttKernelIsa(op))
      return unfinished(op, "is not split into reader, compute and writer",
                        "tt-split-device-kernel");
    if (ttProgramIsa(op) &&
        mlirLogicalResultIsFailure(readProgram(op, model, programs)))
      return mlirLogicalResultFailure();
  }
  placeKernels(model);
  return mlirLogicalResultSuccess();
}

MlirLogicalResult modelRead(MlirOperation host, const char *name,
                            const Api *apiOverride, ModelHost *model) {
  *model = (ModelHost){.op = host, .name = name};
  model->device = ttHostGetDevice(host);
  if (mlirLogicalResultIsFailure(readHostApi(host, apiOverride, &model->api)))
    return mlirLogicalResultFailure();
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(host));
  model->buffers = roomFor(body, sizeof(*model->buffers));
  model->programs = roomFor(body, sizeof(*model->programs));
  NameScope buffers = {0}, programs = {0};
  MlirLogicalResult result = readHostBody(body, model, &buffers, &programs);
  nameScopeFree(&buffers);
  nameScopeFree(&programs);
  return result;
}

static void freeKernel(ModelKernel *kernel) {
  free(kernel->compileArgs.items);
  free(kernel->commonArgs.items);
  free(kernel->coreArgs.items);
  free(kernel->accessors);
}

void modelFree(ModelHost *model) {
  for (intptr_t p = 0; p < model->numPrograms; ++p) {
    ModelProgram *program = &model->programs[p];
    for (intptr_t k = 0; k < program->numKernels; ++k)
      freeKernel(&program->kernels[k]);
    free(program->contractions);
    free(program->cbs);
    free(program->semaphores);
    free(program->kernels);
    free(program->ranges);
  }
  for (intptr_t i = 0; i < model->numBuffers; ++i)
    free(model->buffers[i].shards.tensor);
  free(model->programs);
  free(model->buffers);
  textFree(&model->pool);
}
