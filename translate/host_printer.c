// main.cpp: fixed support code, the tensors, one function per program, and the
// fixed main. Only what differs between programs is printed here.

#include "host_printer.h"

#include "host_text.h"
#include "mlir-c/BuiltinTypes.h"
#include "spelling.h"
#include "tt-c/Diagnostics.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const fidelities[] = {[TtFidelityLoFi] = "LoFi",
                                         [TtFidelityHiFi2] = "HiFi2",
                                         [TtFidelityHiFi3] = "HiFi3",
                                         [TtFidelityHiFi4] = "HiFi4"};

static const char *const arches[] = {
    [TtArchWormholeB0] = "WORMHOLE_B0", [TtArchBlackhole] = "BLACKHOLE"};

static void printText(FILE *out, const char *const *lines) {
  for (; *lines; ++lines)
    fputs(*lines, out);
}

static const char *flag(bool value) { return value ? "true" : "false"; }

// --- What main.cpp cannot do

static bool isBlockFloat(TtDataFormat format) {
  return format == TtDataFormatBFP8B || format == TtDataFormatBFP4B;
}

// Whether an element in memory is the word that a tile holds, or is packed into
// block floats.
static bool isUploaded(MlirType element, TtDataFormat format) {
  unsigned width =
      mlirTypeIsAInteger(element) ? mlirIntegerTypeGetWidth(element) : 0;
  switch (format) {
  case TtDataFormatF32:
    return mlirTypeIsAF32(element);
  case TtDataFormatBF16:
    return mlirTypeIsABF16(element);
  case TtDataFormatF16:
    return mlirTypeIsAF16(element);
  case TtDataFormatBFP8B:
  case TtDataFormatBFP4B:
    return mlirTypeIsAF32(element) || mlirTypeIsABF16(element);
  case TtDataFormatI32:
  case TtDataFormatU32:
    return width == 32;
  case TtDataFormatU16:
    return width == 16;
  default:
    return false;
  }
}

static MlirLogicalResult checkBuffer(const ModelBuffer *buffer) {
  MlirType element = mlirShapedTypeGetElementType(buffer->type);
  if (!isUploaded(element, buffer->info.format)) {
    char *type = ttTypeToText(element);
    TtDiagnostic *d = ttDiagnosticOpError(
        buffer->op, "holds %s as %s, which main.cpp cannot convert", type,
        ttDataFormatToString(buffer->info.format));
    ttDiagnosticHint(d, "a buffer in the format of its elements (f32, bf16, "
                        "f16, i32, u32, u16) can be uploaded, and one of bf16 "
                        "or f32 as bfp8_b or bfp4_b");
    free(type);
    return ttDiagnosticReport(d);
  }
  if (buffer->info.tileHeight != 32 || buffer->info.tileWidth != 32)
    return ttEmitOpError(buffer->op,
                         "has tiles of %" PRId64 "x%" PRId64
                         ", but main.cpp uploads tiles of 32x32",
                         buffer->info.tileHeight, buffer->info.tileWidth);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult checkHost(const ModelHost *host) {
  for (intptr_t i = 0; i < host->numBuffers; ++i)
    if (mlirLogicalResultIsFailure(checkBuffer(&host->buffers[i])))
      return mlirLogicalResultFailure();
  return mlirLogicalResultSuccess();
}

// --- Device and tensors

static void printDevice(const ModelHost *host, FILE *out) {
  int64_t columns = 0, rows = 0;
  for (intptr_t p = 0; p < host->numPrograms; ++p)
    for (intptr_t i = 0; i < host->programs[p].numRanges; ++i) {
      const ModelCoreRange *range = &host->programs[p].ranges[i];
      columns = range->x1 >= columns ? range->x1 + 1 : columns;
      rows = range->y1 >= rows ? range->y1 + 1 : rows;
    }
  fprintf(out, "constexpr const char *function_name = \"%s\";\n", host->name);
  fprintf(out, "constexpr ARCH arch = ARCH::%s;\n", arches[host->device.arch]);
  fprintf(out, "constexpr const char *arch_name = \"%s\";\n",
          ttArchToString(host->device.arch));
  fprintf(out, "constexpr size_t grid_columns = %" PRId64 ";\n", columns);
  fprintf(out, "constexpr size_t grid_rows = %" PRId64 ";\n\n", rows);
}

static void printShape(intptr_t rank, const int64_t *extents, FILE *out) {
  fprintf(out, "Shape{");
  for (intptr_t i = 0; i < rank; ++i)
    fprintf(out, "%s%" PRId64, i ? ", " : "", extents[i]);
  fprintf(out, "}");
}

// Shards go round the cores of the list.
static void printShards(const ModelHost *host, const ModelBuffer *buffer,
                        FILE *out) {
  const ModelShards *shards = &buffer->shards;
  bool inL1 = buffer->info.memory == TtMemoryL1;
  int64_t places = shards->count;
  if (!inL1 && places > host->device.dramBanks)
    places = host->device.dramBanks;
  fprintf(out,
          ",\n       .sharding = BufferShardingArgs(BufferDistributionSpec("
          "\n           ");
  printShape(shards->rank, shards->tensor, out);
  fprintf(out, ", ");
  printShape(shards->rank, shards->shard, out);
  fprintf(out, ",\n           std::vector<CoreCoord>{");
  for (int64_t i = 0; i < places; ++i)
    fprintf(out, "%s{%" PRId64 ", %" PRId64 "}",
            i == 0       ? ""
            : i % 8 == 0 ? ",\n                                  "
                         : ", ",
            inL1 ? i % shards->columns : i, inL1 ? i / shards->columns : 0);
  fprintf(out, "}))");
}

static void printTensor(const ModelHost *host, const ModelBuffer *buffer,
                        FILE *out) {
  TtDirection direction = buffer->direction;
  const TtBufferAttr *info = &buffer->info;
  bool blocks = isBlockFloat(info->format);
  bool wide = mlirTypeIsAF32(mlirShapedTypeGetElementType(buffer->type));
  TtDataFormat file = wide ? TtDataFormatF32 : TtDataFormatBF16;
  fprintf(out, "      {.name = \"%s\",\n", buffer->name);
  fprintf(out, "       .type = \"%s\",\n",
          ttDataFormatToString(blocks ? file : info->format));
  fprintf(out, "       .input = %s,\n",
          flag(direction == TtDirectionIn || direction == TtDirectionInOut));
  fprintf(out, "       .output = %s,\n",
          flag(direction == TtDirectionOut || direction == TtDirectionInOut));
  fprintf(out, "       .shape = {");
  for (intptr_t i = 0; i < mlirShapedTypeGetRank(buffer->type); ++i)
    fprintf(out, "%s%" PRId64, i ? ", " : "",
            mlirShapedTypeGetDimSize(buffer->type, i));
  fprintf(out, "},\n       .batch = %" PRId64 ",\n", info->batch);
  fprintf(out, "       .tile_rows = %" PRId64 ",\n", info->rows);
  fprintf(out, "       .tile_columns = %" PRId64 ",\n", info->cols);
  fprintf(out, "       .packed = %s,\n", flag(info->packed));
  fprintf(out, "       .page_bytes = %" PRId64 ",\n", info->pageBytes);
  fprintf(out, "       .memory = BufferType::%s",
          info->memory == TtMemoryL1 ? "L1" : "DRAM");
  if (buffer->shards.rank > 0)
    printShards(host, buffer, out);
  if (blocks)
    fprintf(out, ",\n       .format = \"%s\"",
            ttDataFormatToString(info->format));
  if (buffer->isFilled)
    fprintf(out, ",\n       .fill = %.1ff", buffer->fill);
  fprintf(out, "},\n");
}

static bool keepsBlockFloats(const ModelHost *host) {
  for (intptr_t i = 0; i < host->numBuffers; ++i)
    if (isBlockFloat(host->buffers[i].info.format))
      return true;
  return false;
}

static void printTensors(const ModelHost *host, FILE *out) {
  fprintf(out, "std::vector<Tensor> make_tensors() {\n  return {\n");
  for (intptr_t i = 0; i < host->numBuffers; ++i)
    printTensor(host, &host->buffers[i], out);
  fprintf(out, "  };\n}\n");
}

// --- Programs

static void printCores(const ModelProgram *program, FILE *out) {
  fprintf(out, "  const CoreRangeSet cores(std::vector<CoreRange>{");
  for (intptr_t i = 0; i < program->numRanges; ++i) {
    const ModelCoreRange *range = &program->ranges[i];
    fprintf(out,
            "%s\n      CoreRange(CoreCoord(%" PRId64 ", %" PRId64
            "), CoreCoord(%" PRId64 ", %" PRId64 "))",
            i ? "," : "", range->x0, range->y0, range->x1, range->y1);
  }
  fprintf(out, "});\n");
}

static void printCBs(const ModelProgram *program, FILE *out) {
  for (intptr_t i = 0; i < program->numCBs; ++i) {
    const ModelCB *cb = &program->cbs[i];
    fprintf(out, "\n  // %s: %" PRId64 " pages, %" PRId64 " a production\n",
            cb->name, cb->pages, cb->production);
    fprintf(out,
            "  CreateCircularBuffer(\n      program, cores,\n"
            "      CircularBufferConfig(%" PRId64 " * %" PRId64
            ", {{CBIndex::c_%" PRId64 ", DataFormat::%s}})\n"
            "          .set_page_size(CBIndex::c_%" PRId64 ", %" PRId64 "));\n",
            cb->pages, cb->pageBytes, cb->id, formatName(cb->format), cb->id,
            cb->pageBytes);
  }
  for (intptr_t i = 0; i < program->numSemaphores; ++i)
    fprintf(out,
            "\n  // semaphore %" PRId64
            "\n  CreateSemaphore(program, cores, %" PRId64 ");\n",
            program->semaphores[i].id, program->semaphores[i].initial);
}

static void printArg(const ModelHost *host, const ModelArg *arg, FILE *out) {
  switch (arg->kind) {
  case TtArgKindAddress:
    fprintf(out, "address(tensors[%td])", arg->buffer);
    break;
  case TtArgKindStartId:
    fprintf(out, "work.start");
    break;
  case TtArgKindCount:
    fprintf(out, "work.count");
    break;
  default:
    fprintf(out, "%" PRId64, arg->value);
    break;
  }
  if (arg->kind == TtArgKindAddress)
    fprintf(out, " /* %s */", host->buffers[arg->buffer].name);
}

static void printArgList(const ModelHost *host, const ModelArgs *args,
                         FILE *out) {
  fprintf(out, "{");
  for (intptr_t i = 0; i < args->count; ++i) {
    fprintf(out, "%s", i ? ", " : "");
    printArg(host, &args->items[i], out);
  }
  fprintf(out, "}");
}

static void printComputeConfig(const ModelProgram *program, FILE *out) {
  const TtComputeAttr *compute = &program->compute;
  fprintf(out, "  ComputeConfig config;\n");
  fprintf(out, "  config.math_fidelity = MathFidelity::%s;\n",
          fidelities[compute->fidelity]);
  fprintf(out, "  config.fp32_dest_acc_en = %s;\n", flag(compute->fp32Acc));
  fprintf(out, "  config.dst_full_sync_en = %s;\n", flag(compute->fullSync));
  fprintf(out, "  config.math_approx_mode = %s;\n", flag(compute->approx));
  bool any = false;
  for (intptr_t i = 0; i < program->numCBs; ++i) {
    const ModelCB *cb = &program->cbs[i];
    if (cb->unpack != TtUnpackModeDest || cb->format != TtDataFormatF32)
      continue;
    if (!any)
      fprintf(out, "  config.unpack_to_dest_mode.assign("
                   "NUM_CIRCULAR_BUFFERS, UnpackToDestMode::Default);\n");
    any = true;
    fprintf(out,
            "  config.unpack_to_dest_mode[CBIndex::c_%" PRId64
            "] = UnpackToDestMode::UnpackToDestFp32;\n",
            cb->id);
  }
  fprintf(out, "  config.compile_args = compute_args;\n");
}

static void printKernel(const ModelHost *host, const ModelProgram *program,
                        const ModelKernel *kernel, FILE *out) {
  static const char *const configs[] = {
      [TtRoleReader] = "ReaderDataMovementConfig(reader_args)",
      [TtRoleCompute] = "config",
      [TtRoleWriter] = "WriterDataMovementConfig(writer_args)"};
  const char *role = ttRoleToString(kernel->role);
  bool accessors = kernel->numAccessors > 0;
  fprintf(out, "\n  %sstd::vector<uint32_t> %s_args", accessors ? "" : "const ",
          role);
  if (kernel->compileArgs.count > 0) {
    fprintf(out, " = ");
    printArgList(host, &kernel->compileArgs, out);
  }
  fprintf(out, ";\n");
  for (intptr_t i = 0; i < kernel->numAccessors; ++i)
    fprintf(out,
            "  TensorAccessorArgs(*tensors[%td].buffer).append_to(%s_args); "
            "// %s\n",
            kernel->accessors[i], role,
            host->buffers[kernel->accessors[i]].name);
  if (kernel->role == TtRoleCompute)
    printComputeConfig(program, out);
  bool used = kernel->commonArgs.count > 0 || kernel->coreArgs.count > 0;
  if (used)
    fprintf(out, "  const KernelHandle %s =\n      ", role);
  else
    fprintf(out, "  ");
  fprintf(out, "CreateKernel(program, kernel_path(\"%s\"), cores, %s);\n",
          kernel->file, configs[kernel->role]);
  if (kernel->commonArgs.count > 0) {
    fprintf(out, "  SetCommonRuntimeArgs(program, %s, ", role);
    printArgList(host, &kernel->commonArgs, out);
    fprintf(out, ");\n");
  }
}

static bool hasCoreArgs(const ModelProgram *program) {
  for (intptr_t i = 0; i < program->numKernels; ++i)
    if (program->kernels[i].coreArgs.count > 0)
      return true;
  return false;
}

// The items of each core, and the arguments made of them.
static void printWork(const ModelHost *host, const ModelProgram *program,
                      FILE *out) {
  if (!hasCoreArgs(program))
    return;
  const TtWorkAttr *work = &program->work;
  fprintf(out, "\n  const struct {\n    CoreCoord core;\n"
               "    uint32_t start, count;\n  } core_work[] = {");
  for (intptr_t i = 0; i < work->numX; ++i)
    fprintf(out, "%s{{%" PRId64 ", %" PRId64 "}, %" PRId64 ", %" PRId64 "},",
            i % 4 ? " " : "\n      ", work->x[i], work->y[i], work->start[i],
            work->count[i]);
  fprintf(out, "\n  };\n  for (const auto &work : core_work) {\n");
  for (intptr_t i = 0; i < program->numKernels; ++i) {
    const ModelKernel *kernel = &program->kernels[i];
    if (kernel->coreArgs.count == 0)
      continue;
    fprintf(out, "    SetRuntimeArgs(program, %s, work.core, ",
            ttRoleToString(kernel->role));
    printArgList(host, &kernel->coreArgs, out);
    fprintf(out, ");\n");
  }
  fprintf(out, "  }\n");
}

static bool usesTensors(const ModelProgram *program) {
  for (intptr_t i = 0; i < program->numKernels; ++i) {
    const ModelKernel *kernel = &program->kernels[i];
    if (kernel->numAccessors > 0)
      return true;
    for (intptr_t a = 0; a < kernel->commonArgs.count; ++a)
      if (kernel->commonArgs.items[a].buffer >= 0)
        return true;
    for (intptr_t a = 0; a < kernel->coreArgs.count; ++a)
      if (kernel->coreArgs.items[a].buffer >= 0)
        return true;
  }
  return false;
}

static void printProgram(const ModelHost *host, const ModelProgram *program,
                         FILE *out) {
  fprintf(out, "\n// %" PRId64 " items on %td cores.\n",
          program->partition.items, program->work.numX);
  fprintf(out, "Program make_%s(%sconst std::vector<Tensor> &tensors) {\n",
          program->name, usesTensors(program) ? "" : "[[maybe_unused]] ");
  fprintf(out, "  Program program = CreateProgram();\n");
  printCores(program, out);
  printCBs(program, out);
  for (intptr_t i = 0; i < program->numKernels; ++i)
    printKernel(host, program, &program->kernels[i], out);
  printWork(host, program, out);
  fprintf(out, "  return program;\n}\n");
}

MlirLogicalResult hostPrint(const ModelHost *host, FILE *out) {
  if (mlirLogicalResultIsFailure(checkHost(host)))
    return mlirLogicalResultFailure();
  fprintf(out, "// The host program of %s, made by tt-translate.\n\n",
          host->name);
  printText(out, hostSupport);
  printDevice(host, out);
  printTensors(host, out);
  for (intptr_t i = 0; i < host->numPrograms; ++i)
    printProgram(host, &host->programs[i], out);
  fprintf(out, "\nvoid launch_programs(const Mesh &mesh, "
               "const std::vector<Tensor> &tensors) {\n");
  for (intptr_t i = 0; i < host->numPrograms; ++i)
    fprintf(out, "  launch(mesh, make_%s(tensors));\n", host->programs[i].name);
  fprintf(out, "}\n");
  printText(out, keepsBlockFloats(host) ? hostBlockFloats : hostWords);
  printText(out, hostMain);
  return mlirLogicalResultSuccess();
}
