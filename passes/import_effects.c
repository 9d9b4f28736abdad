//===- import_effects.c - what a kernel does to its buffers ---------------===//
//
// Read from the block transfers and nothing else. The reader runs ahead of the
// writer, so a buffer that one grid reads and writes must be read only in the
// blocks that the same item later writes. A buffer is an output if no grid and
// no caller can see what was in it before: its first kernel covers it and does
// not read it.
//
//===----------------------------------------------------------------------===//

#include "import.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <string.h>

typedef struct {
  MlirOperation op;
  bool write;
  int buffer;
  int rank;
  TtAffineForm offsets[TtImportMaxRank];
  int64_t sizes[TtImportMaxRank]; // of the buffer's dimensions
} Transfer;

static bool transferGet(TtImportKernel *kernel, MlirOperation op,
                        Transfer *transfer) {
  ptrdiff_t known = hmgeti(kernel->transfers, op.ptr);
  if (known < 0)
    return false;
  const TtImportTransferEntry *entry = &kernel->transfers[known];
  bool write = ttWriteBlockIsa(op);
  *transfer = (Transfer){.op = op,
                         .write = write,
                         .buffer = entry->value.buffer,
                         .rank = (int)(write ? ttWriteBlockGetNumOffsets(op)
                                             : ttReadBlockGetNumOffsets(op))};
  memcpy(transfer->sizes, entry->value.sizes, sizeof transfer->sizes);
  for (int i = 0; i < transfer->rank; ++i)
    transfer->offsets[i] = ttAffineFormGet(
        write ? ttWriteBlockGetOffsets(op, i) : ttReadBlockGetOffsets(op, i));
  return true;
}

//===--- Races ------------------------------------------------------------===//

static bool dependsOn(const Transfer *transfer, MlirValue index) {
  for (int i = 0; i < transfer->rank; ++i)
    for (intptr_t j = 0; j < transfer->offsets[i].numTerms; ++j) {
      const TtAffineTerm *term = &transfer->offsets[i].terms[j];
      if (mlirValueIsNull(term->value) || mlirValueIsAOpResult(term->value) ||
          mlirValueEqual(term->value, index))
        return true;
    }
  return false;
}

static bool sameBlock(const Transfer *a, const Transfer *b) {
  for (int i = 0; i < a->rank; ++i)
    if (a->sizes[i] != b->sizes[i] ||
        !ttAffineFormEqual(&a->offsets[i], &b->offsets[i]))
      return false;
  return true;
}

/// The innermost loop around the transfer that moves the same block each time,
/// or null.
static MlirOperation repeatingLoop(const Transfer *transfer) {
  MlirOperation op = mlirOperationGetParentOperation(transfer->op);
  for (; !ttKernelIsa(op); op = mlirOperationGetParentOperation(op)) {
    if (!ttScfForIsa(op))
      continue;
    MlirBlock body = ttLoopBody(op);
    if (!dependsOn(transfer, mlirBlockGetArgument(body, 0)))
      return op;
  }
  return (MlirOperation){NULL};
}

static MlirLogicalResult race(const TtImportFunction *function,
                              const Transfer *read, const Transfer *write,
                              const char *why) {
  TtDiagnostic *d = ttDiagnosticError(
      mlirOperationGetLocation(read->op),
      "block of '%s' is read in a grid that also writes to it, and %s",
      function->buffers[read->buffer].name, why);
  ttDiagnosticNote(d, mlirOperationGetLocation(write->op), "written here");
  ttDiagnosticHint(d, "a block may read of such a buffer only what it later "
                      "writes itself; put the steps into two grids, or use "
                      "another buffer");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkRaces(const TtImportFunction *function,
                                    const Transfer *transfers) {
  for (ptrdiff_t i = 0; i < arrlen(transfers); ++i)
    for (ptrdiff_t j = 0; j < arrlen(transfers); ++j) {
      const Transfer *read = &transfers[i], *write = &transfers[j];
      if (read->write || !write->write || read->buffer != write->buffer)
        continue;
      if (!sameBlock(read, write))
        return race(function, read, write, "it is not the block written");
      if (j < i)
        return race(function, read, write, "it is written before it is read");
      MlirOperation loop = repeatingLoop(write);
      if (!mlirOperationIsNull(loop))
        return race(function, read, write, "a loop writes it more than once");
    }
  return mlirLogicalResultSuccess();
}

/// Blocks of the grid that differ only in this dimension must not write to the
/// same place.
static MlirLogicalResult checkOwners(const TtImportKernel *kernel,
                                     const Transfer *write) {
  for (intptr_t i = 0; i < ttKernelGetNumGrid(kernel->kernel); ++i) {
    int64_t extent = ttKernelGetGrid(kernel->kernel)[i];
    if (extent == 1 || dependsOn(write, mlirBlockGetArgument(kernel->body, i)))
      continue;
    TtDiagnostic *d = ttDiagnosticError(
        mlirOperationGetLocation(write->op),
        "all %" PRId64 " blocks along dimension %" PRIdPTR
        " of the grid write the same block of '%s'",
        extent, i, kernel->function->buffers[write->buffer].name);
    ttDiagnosticHint(d, "each block of a buffer is written by one block of "
                        "the grid; reduce in a loop inside of the grid");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

//===--- Coverage ---------------------------------------------------------===//

/// Number of values that a block index or the counter of a loop takes, or 0.
static int64_t tripsOf(const TtImportKernel *kernel, MlirValue index) {
  if (mlirValueIsNull(index) || !mlirValueIsABlockArgument(index))
    return 0;
  MlirBlock block = mlirBlockArgumentGetOwner(index);
  intptr_t position = mlirBlockArgumentGetArgNumber(index);
  if (mlirBlockEqual(block, kernel->body))
    return ttKernelGetGrid(kernel->kernel)[position];
  MlirOperation loop = mlirBlockGetParentOperation(block);
  int64_t trips;
  if (!ttScfForIsa(loop) || position != 0 ||
      !ttIndexIsConstant(ttScfForGetUpperBound(loop), &trips))
    return 0;
  return trips;
}

/// Whether blocks of `size` at all values of `offset` fill [0, extent). Terms
/// are taken from the smallest step up: each must reach no further than what
/// the smaller ones fill.
static bool fills(const TtImportKernel *kernel, const TtAffineForm *offset,
                  int64_t size, int64_t extent) {
  int64_t reach = size, last = 0;
  if (offset->constant != 0)
    return false;
  for (intptr_t done = 0; done < offset->numTerms; ++done) {
    const TtAffineTerm *next = NULL;
    for (intptr_t i = 0; i < offset->numTerms; ++i) {
      const TtAffineTerm *term = &offset->terms[i];
      if (term->coefficient > last &&
          (!next || term->coefficient < next->coefficient))
        next = term;
    }
    int64_t trips = next ? tripsOf(kernel, next->value) : 0;
    if (trips == 0 || next->coefficient > reach)
      return false;
    int64_t way;
    if (__builtin_mul_overflow(next->coefficient, trips - 1, &way) ||
        __builtin_add_overflow(reach, way, &reach))
      return false;
    last = next->coefficient;
  }
  return reach >= extent;
}

static bool isConditional(const Transfer *transfer) {
  MlirOperation op = mlirOperationGetParentOperation(transfer->op);
  for (; !ttKernelIsa(op); op = mlirOperationGetParentOperation(op))
    if (!ttScfForIsa(op))
      return true;
  return false;
}

/// No two dimensions are indexed by the same value: then a write that fills
/// each dimension fills all.
static bool isSeparable(const Transfer *transfer) {
  for (int i = 0; i < transfer->rank; ++i)
    for (int j = 0; j < i; ++j)
      for (intptr_t k = 0; k < transfer->offsets[i].numTerms; ++k)
        for (intptr_t l = 0; l < transfer->offsets[j].numTerms; ++l)
          if (mlirValueEqual(transfer->offsets[i].terms[k].value,
                             transfer->offsets[j].terms[l].value))
            return false;
  return true;
}

static bool covers(const TtImportKernel *kernel, const Transfer *write) {
  MlirType type = kernel->function->buffers[write->buffer].type;
  if (isConditional(write) || !isSeparable(write))
    return false;
  for (int i = 0; i < write->rank; ++i)
    if (!fills(kernel, &write->offsets[i], write->sizes[i],
               mlirShapedTypeGetDimSize(type, i)))
      return false;
  return true;
}

//===--- Effects ----------------------------------------------------------===//

static MlirLogicalResult addReads(TtImportFunction *function,
                                  const Transfer *transfers) {
  for (ptrdiff_t i = 0; i < arrlen(transfers); ++i) {
    TtImportBuffer *buffer = &function->buffers[transfers[i].buffer];
    if (transfers[i].write)
      continue;
    if (!buffer->written && buffer->argument < 0) {
      TtDiagnostic *d = ttDiagnosticError(
          mlirOperationGetLocation(transfers[i].op),
          "block of '%s' is read, but nothing wrote to it before",
          buffer->name);
      ttDiagnosticNote(d, buffer->loc, "buffer made here");
      return ttDiagnosticReport(d);
    }
    buffer->upload |= !buffer->written;
    buffer->read = true;
  }
  return mlirLogicalResultSuccess();
}

/// What was filled between grids stays so nowhere: no copy of it is made.
static MlirLogicalResult refuseFill(const TtImportBuffer *buffer,
                                    const Transfer *write) {
  TtDiagnostic *d =
      ttDiagnosticOpError(buffer->fill,
                          "fills elements of '%s' that the next grid which "
                          "writes it leaves as they are",
                          buffer->name);
  ttDiagnosticNote(d, mlirOperationGetLocation(write->op), "written here");
  ttDiagnosticHint(d, "fill blocks inside of the grid");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult addWrites(TtImportKernel *kernel,
                                   const Transfer *transfers) {
  for (ptrdiff_t i = 0; i < arrlen(transfers); ++i) {
    const Transfer *write = &transfers[i];
    if (!write->write)
      continue;
    if (mlirLogicalResultIsFailure(checkOwners(kernel, write)))
      return mlirLogicalResultFailure();
    TtImportBuffer *buffer = &kernel->function->buffers[write->buffer];
    bool filled = !mlirOperationIsNull(buffer->fill);
    bool covered = buffer->written && !filled;
    for (ptrdiff_t j = 0; j < arrlen(transfers) && !covered; ++j)
      covered = transfers[j].write && transfers[j].buffer == write->buffer &&
                covers(kernel, &transfers[j]);
    if (filled && !covered)
      return refuseFill(buffer, write);
    buffer->fill = (MlirOperation){NULL};
    buffer->upload |= !covered;
    buffer->written = true;
  }
  return mlirLogicalResultSuccess();
}

/// A result of a grid on tensors whose destination is kept elsewhere must be
/// written everywhere: nothing copies the rest.
static MlirLogicalResult checkKept(TtImportKernel *kernel) {
  MlirOperation forall = kernel->forall;
  MlirBlock body = mlirRegionGetFirstBlock(ttScfForallGetRegion(forall));
  for (intptr_t i = 0; i < ttScfForallGetNumOutputs(forall); ++i) {
    MlirValue argument = mlirBlockGetArgument(
        body, ttScfForallGetNumStaticUpperBound(forall) + i);
    const TtImportValue *value =
        ttImportFunctionLookup(kernel->function, argument);
    bool undefined = value->kind == TtImportPending && value->initial < 0 &&
                     !ttImportIsLinalg(value->op);
    TtImportBuffer *buffer = &kernel->function->buffers[value->buffer];
    if (value->kind == TtImportWhole || undefined || !buffer->upload)
      continue;
    TtDiagnostic *d = ttDiagnosticOpError(
        forall,
        "result %" PRIdPTR " keeps elements of its destination that no block "
        "overwrites, and the destination is used elsewhere too",
        i);
    ttDiagnosticHint(d, "write all of the result, or use the destination in "
                        "this grid only");
    return ttDiagnosticReport(d);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttImportKernelEffects(TtImportKernel *kernel) {
  Transfer *transfers = NULL;
  ttImportKernelCollect(kernel);
  for (ptrdiff_t i = 0; i < arrlen(kernel->ops); ++i) {
    Transfer transfer;
    if (transferGet(kernel, kernel->ops[i], &transfer))
      arrput(transfers, transfer);
  }
  bool good =
      mlirLogicalResultIsSuccess(checkRaces(kernel->function, transfers)) &&
      mlirLogicalResultIsSuccess(addReads(kernel->function, transfers)) &&
      mlirLogicalResultIsSuccess(addWrites(kernel, transfers)) &&
      mlirLogicalResultIsSuccess(checkKept(kernel));
  for (ptrdiff_t i = 0; i < arrlen(transfers); ++i)
    for (int j = 0; j < transfers[i].rank; ++j)
      ttAffineFormDestroy(&transfers[i].offsets[j]);
  arrfree(transfers);
  return good ? mlirLogicalResultSuccess() : mlirLogicalResultFailure();
}

TtDirection ttImportBufferDirection(const TtImportBuffer *buffer) {
  if (buffer->argument < 0)
    return buffer->result >= 0 ? TtDirectionOut : TtDirectionScratch;
  if (!buffer->written)
    return TtDirectionIn;
  return buffer->upload ? TtDirectionInOut : TtDirectionOut;
}
