// tt.plan.json: the model of a host function as JSON, for people and tools
// that want the decisions without reading C++. docs/tt.plan.schema.json says
// what every field is.

#include "plan_printer.h"

#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Diagnostics.h"

#include <jansson.h>
#include <stdlib.h>

enum { SchemaVersion = 1 };
static const char backendVersion[] = "0.1.0";

static void setInt(json_t *object, const char *key, int64_t value) {
  json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void setText(json_t *object, const char *key, const char *value) {
  json_object_set_new(object, key, json_string(value));
}

static void setFlag(json_t *object, const char *key, bool value) {
  json_object_set_new(object, key, json_boolean(value));
}

// A position that may be missing.
static void setPosition(json_t *object, const char *key, int64_t value) {
  json_object_set_new(
      object, key, value < 0 ? json_null() : json_integer((json_int_t)value));
}

static json_t *list(intptr_t count, const int64_t *values) {
  json_t *array = json_array();
  for (intptr_t i = 0; i < count; ++i)
    json_array_append_new(array, json_integer((json_int_t)values[i]));
  return array;
}

static json_t *pair(const char *first, int64_t a, const char *second,
                    int64_t b) {
  json_t *object = json_object();
  setInt(object, first, a);
  setInt(object, second, b);
  return object;
}

static json_t *deviceJson(const TtDeviceAttr *device) {
  json_t *object = json_object();
  setText(object, "arch", ttArchToString(device->arch));
  json_object_set_new(object, "grid",
                      pair("x", device->gridX, "y", device->gridY));
  setInt(object, "l1_bytes", device->l1Bytes);
  setInt(object, "l1_base", device->l1Base);
  setInt(object, "circular_buffers", device->cbs);
  setInt(object, "dst_tiles", device->dstTiles);
  setInt(object, "l1_align", device->l1Align);
  setInt(object, "dram_read_align", device->dramReadAlign);
  setInt(object, "dram_write_align", device->dramWriteAlign);
  setInt(object, "dram_banks", device->dramBanks);
  setInt(object, "clock_mhz", device->clockMhz);
  return object;
}

// --- Buffers

static json_t *shardsJson(const ModelBuffer *buffer) {
  const ModelShards *shards = &buffer->shards;
  json_t *object = json_object();
  json_object_set_new(object, "tensor", list(shards->rank, shards->tensor));
  json_object_set_new(object, "shard", list(shards->rank, shards->shard));
  setInt(object, "count", shards->count);
  if (buffer->info.memory == TtMemoryL1)
    setInt(object, "core_columns", shards->columns);
  return object;
}

static json_t *layoutJson(const ModelBuffer *buffer) {
  const TtBufferAttr *info = &buffer->info;
  json_t *object = json_object();
  setText(object, "memory", ttMemoryToString(info->memory));
  setText(object, "kind", ttBufferLayoutToString(info->layout));
  setText(object, "format", ttDataFormatToString(info->format));
  const int64_t tile[] = {info->tileHeight, info->tileWidth};
  json_object_set_new(object, "tile", list(2, tile));
  const int64_t grid[] = {info->batch, info->rows, info->cols};
  json_object_set_new(object, "tile_grid", list(3, grid));
  setFlag(object, "packed", info->packed);
  setInt(object, "page_bytes", info->pageBytes);
  setInt(object, "pages", buffer->accessor.pages);
  if (buffer->shards.rank > 0)
    json_object_set_new(object, "shards", shardsJson(buffer));
  return object;
}

static json_t *shapeJson(MlirType type) {
  json_t *array = json_array();
  for (intptr_t i = 0; i < mlirShapedTypeGetRank(type); ++i)
    json_array_append_new(
        array, json_integer((json_int_t)mlirShapedTypeGetDimSize(type, i)));
  return array;
}

static json_t *bufferJson(const ModelBuffer *buffer) {
  const TtBufferAttr *info = &buffer->info;
  json_t *object = json_object();
  setText(object, "name", buffer->name);
  setPosition(object, "argument", buffer->argument);
  setPosition(object, "result", buffer->result);
  setText(object, "direction", ttDirectionToString(buffer->direction));
  if (buffer->isFilled)
    json_object_set_new(object, "fill", json_real(buffer->fill));
  json_object_set_new(object, "shape", shapeJson(buffer->type));
  char *dtype = ttTypeToText(mlirShapedTypeGetElementType(buffer->type));
  setText(object, "dtype", dtype);
  free(dtype);
  const int64_t padded[] = {info->batch, info->rows * info->tileHeight,
                            info->cols * info->tileWidth};
  json_object_set_new(object, "padded_shape", list(3, padded));
  json_object_set_new(object, "layout", layoutJson(buffer));
  return object;
}

// --- Programs

static json_t *workJson(const ModelProgram *program) {
  const TtPartitionAttr *partition = &program->partition;
  const TtWorkAttr *work = &program->work;
  json_t *object = json_object();
  setText(object, "mode", ttPartitionModeToString(partition->mode));
  setText(object, "order", ttOrderToString(partition->order));
  setInt(object, "block", partition->block);
  setInt(object, "items", partition->items);
  json_t *cores = json_array();
  for (intptr_t i = 0; i < work->numX; ++i) {
    json_t *core = pair("x", work->x[i], "y", work->y[i]);
    setInt(core, "start", work->start[i]);
    setInt(core, "count", work->count[i]);
    json_array_append_new(cores, core);
  }
  json_object_set_new(object, "cores", cores);
  return object;
}

static void setCores(json_t *object, const ModelProgram *program) {
  int64_t columns = 0, rows = 0;
  json_t *ranges = json_array();
  for (intptr_t i = 0; i < program->numRanges; ++i) {
    const ModelCoreRange *range = &program->ranges[i];
    columns = range->x1 >= columns ? range->x1 + 1 : columns;
    rows = range->y1 >= rows ? range->y1 + 1 : rows;
    json_t *corners = json_object();
    json_object_set_new(corners, "start", pair("x", range->x0, "y", range->y0));
    json_object_set_new(corners, "end", pair("x", range->x1, "y", range->y1));
    json_array_append_new(ranges, corners);
  }
  json_object_set_new(object, "core_grid", pair("x", columns, "y", rows));
  json_object_set_new(object, "core_ranges", ranges);
}

static json_t *contractionsJson(const ModelProgram *program) {
  json_t *array = json_array();
  for (intptr_t i = 0; i < program->numContractions; ++i) {
    json_t *extents = pair("Mt", program->contractions[i].mt, "Kt",
                           program->contractions[i].kt);
    setInt(extents, "Nt", program->contractions[i].nt);
    json_array_append_new(array, extents);
  }
  return array;
}

static json_t *computeJson(const TtComputeAttr *compute) {
  json_t *object = json_object();
  setText(object, "fidelity", ttFidelityToString(compute->fidelity));
  setFlag(object, "fp32_acc", compute->fp32Acc);
  setFlag(object, "approx", compute->approx);
  setFlag(object, "full_sync", compute->fullSync);
  return object;
}

static json_t *argsJson(const ModelHost *host, const ModelArgs *args) {
  json_t *array = json_array();
  for (intptr_t i = 0; i < args->count; ++i) {
    const ModelArg *arg = &args->items[i];
    json_t *object = json_object();
    setInt(object, "index", i);
    setText(object, "kind", ttArgKindToString(arg->kind));
    if (arg->buffer >= 0)
      setText(object, "buffer", host->buffers[arg->buffer].name);
    if (arg->kind != TtArgKindAddress && arg->kind != TtArgKindStartId &&
        arg->kind != TtArgKindCount)
      setInt(object, "value", arg->value);
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *kernelJson(const ModelHost *host, const ModelKernel *kernel) {
  static const char *const processors[] = {[TtRoleReader] = "RISCV_1",
                                           [TtRoleCompute] = "TRISC",
                                           [TtRoleWriter] = "RISCV_0"};
  static const char *const nocs[] = {[TtRoleReader] = "NOC_0",
                                     [TtRoleCompute] = NULL,
                                     [TtRoleWriter] = "NOC_1"};
  json_t *object = json_object();
  setText(object, "file", kernel->file);
  setText(object, "role", ttRoleToString(kernel->role));
  setText(object, "processor", processors[kernel->role]);
  json_object_set_new(object, "noc",
                      nocs[kernel->role] ? json_string(nocs[kernel->role])
                                         : json_null());
  json_t *arguments = json_object();
  json_object_set_new(arguments, "compile_time",
                      argsJson(host, &kernel->compileArgs));
  json_object_set_new(arguments, "common", argsJson(host, &kernel->commonArgs));
  json_object_set_new(arguments, "per_core", argsJson(host, &kernel->coreArgs));
  json_object_set_new(object, "arguments", arguments);
  json_t *accessors = json_array();
  for (intptr_t i = 0; i < kernel->numAccessors; ++i)
    json_array_append_new(
        accessors, json_string(host->buffers[kernel->accessors[i]].name));
  json_object_set_new(object, "accessors", accessors);
  return object;
}

// The buffers that the program's kernels reach, with their page numbering.
static json_t *layoutsJson(const ModelHost *host, const ModelProgram *program) {
  json_t *array = json_array();
  for (intptr_t k = 0; k < program->numKernels; ++k) {
    const ModelKernel *kernel = &program->kernels[k];
    for (intptr_t i = 0; i < kernel->numAccessors; ++i) {
      const ModelBuffer *buffer = &host->buffers[kernel->accessors[i]];
      json_t *object = json_object();
      setText(object, "buffer", buffer->name);
      setText(object, "kernel", ttRoleToString(kernel->role));
      setText(object, "memory", ttMemoryToString(buffer->info.memory));
      setText(object, "kind", ttBufferLayoutToString(buffer->info.layout));
      setInt(object, "batch_stride", buffer->accessor.batchStride);
      setInt(object, "row_stride", buffer->accessor.rowStride);
      setInt(object, "pages", buffer->accessor.pages);
      json_array_append_new(array, object);
    }
  }
  return array;
}

static json_t *cbJson(const ModelCB *cb) {
  json_t *object = json_object();
  setText(object, "name", cb->name);
  setInt(object, "id", cb->id);
  setText(object, "format", ttDataFormatToString(cb->format));
  setInt(object, "page_bytes", cb->pageBytes);
  setInt(object, "pages", cb->pages);
  setInt(object, "production", cb->production);
  json_object_set_new(object, "order", list(cb->numOrder, cb->order));
  setText(object, "unpack", ttUnpackModeToString(cb->unpack));
  return object;
}

static json_t *programJson(const ModelHost *host, const ModelProgram *program,
                           TextPool *pool) {
  json_t *object = json_object();
  setText(object, "name", program->name);
  setCores(object, program);
  json_object_set_new(object, "work_partition", workJson(program));
  json_object_set_new(object, "contractions", contractionsJson(program));
  json_object_set_new(object, "compute", computeJson(&program->compute));
  json_object_set_new(object, "layouts", layoutsJson(host, program));
  json_t *kernels = json_array();
  for (intptr_t i = 0; i < program->numKernels; ++i)
    json_array_append_new(kernels, kernelJson(host, &program->kernels[i]));
  json_object_set_new(object, "kernels", kernels);
  json_t *cbs = json_array();
  for (intptr_t i = 0; i < program->numCBs; ++i)
    json_array_append_new(cbs, cbJson(&program->cbs[i]));
  json_object_set_new(object, "circular_buffers", cbs);
  json_t *semaphores = json_array();
  for (intptr_t i = 0; i < program->numSemaphores; ++i) {
    const ModelSemaphore *semaphore = &program->semaphores[i];
    json_t *row = json_object();
    setText(row, "name", textCopy(pool, semaphore->symbol));
    setInt(row, "id", semaphore->id);
    setInt(row, "initial", semaphore->initial);
    json_array_append_new(semaphores, row);
  }
  json_object_set_new(object, "semaphores", semaphores);
  return object;
}

MlirLogicalResult planPrint(const ModelHost *host, FILE *out) {
  TextPool pool = {0};
  json_t *plan = json_object();
  setInt(plan, "schema_version", SchemaVersion);
  setText(plan, "backend_version", backendVersion);
  setText(plan, "api", apiToString(host->api));
  setText(plan, "function", host->name);
  json_object_set_new(plan, "device", deviceJson(&host->device));
  json_t *buffers = json_array();
  for (intptr_t i = 0; i < host->numBuffers; ++i)
    json_array_append_new(buffers, bufferJson(&host->buffers[i]));
  json_object_set_new(plan, "buffers", buffers);
  json_t *programs = json_array();
  for (intptr_t i = 0; i < host->numPrograms; ++i)
    json_array_append_new(programs,
                          programJson(host, &host->programs[i], &pool));
  json_object_set_new(plan, "programs", programs);
  bool whole = json_dumpf(plan, out, JSON_INDENT(2)) == 0;
  fputc('\n', out);
  json_decref(plan);
  textFree(&pool);
  return whole ? mlirLogicalResultSuccess()
               : ttEmitOpError(host->op, "could not be written as JSON");
}
