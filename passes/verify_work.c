//===- verify_work.c - every item on one core -----------------------------===//
//
// The work table is a bijection: the cores' ranges cover the items of the
// partition once each, and the cores are distinct and on the device's grid.
//
//===----------------------------------------------------------------------===//

#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include "verify_program.h"
#include <inttypes.h>
#include <stdlib.h>

typedef struct {
  int64_t first, second;
  intptr_t core; // position in the work table
} Entry;

static int byFirst(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return (x->second > y->second) - (x->second < y->second);
}

static MlirLogicalResult checkCores(const VerifyProgram *program) {
  const TtWorkAttr *work = &program->work;
  Entry *cores = NULL;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (intptr_t i = 0; i < work->numX && mlirLogicalResultIsSuccess(result);
       ++i) {
    Entry core = {work->y[i], work->x[i], i};
    arrput(cores, core);
    if (work->x[i] < 0 || work->x[i] >= program->device.gridX ||
        work->y[i] < 0 || work->y[i] >= program->device.gridY)
      result = ttEmitOpError(
          program->op,
          "gives work to core (x = %" PRId64 ", y = %" PRId64
          "), but the device has %" PRId64 " columns and %" PRId64 " rows",
          work->x[i], work->y[i], program->device.gridX, program->device.gridY);
  }
  if (arrlen(cores) > 0)
    qsort(cores, (size_t)arrlen(cores), sizeof *cores, byFirst);
  for (ptrdiff_t i = 1; i < arrlen(cores) && mlirLogicalResultIsSuccess(result);
       ++i)
    if (byFirst(&cores[i - 1], &cores[i]) == 0)
      result = ttEmitOpError(
          program->op, "lists core (x = %" PRId64 ", y = %" PRId64 ") twice",
          cores[i].second, cores[i].first);
  arrfree(cores);
  return result;
}

static MlirLogicalResult checkRanges(const VerifyProgram *program) {
  const TtWorkAttr *work = &program->work;
  Entry *ranges = NULL;
  for (intptr_t i = 0; i < work->numStart; ++i) {
    Entry range = {work->start[i], work->count[i], i};
    if (range.second != 0)
      arrput(ranges, range);
  }
  if (arrlen(ranges) > 0)
    qsort(ranges, (size_t)arrlen(ranges), sizeof *ranges, byFirst);
  int64_t next = 0;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0;
       i < arrlen(ranges) && mlirLogicalResultIsSuccess(result); ++i) {
    intptr_t core = ranges[i].core;
    if (ranges[i].second < 0)
      result = ttEmitOpError(program->op,
                             "gives core (x = %" PRId64 ", y = %" PRId64
                             ") %" PRId64 " items",
                             work->x[core], work->y[core], ranges[i].second);
    else if (ranges[i].first != next)
      result = ttEmitOpError(program->op,
                             "gives item %" PRId64 " to %s: core (x = %" PRId64
                             ", y = %" PRId64 ") starts at item %" PRId64,
                             ranges[i].first < next ? ranges[i].first : next,
                             ranges[i].first < next ? "two cores" : "no core",
                             work->x[core], work->y[core], ranges[i].first);
    else if (ranges[i].second > program->partition.items - next)
      result = ttEmitOpError(program->op,
                             "gives core (x = %" PRId64 ", y = %" PRId64
                             ") %" PRId64 " items from %" PRId64
                             " on, but its grid has %" PRId64 " items",
                             work->x[core], work->y[core], ranges[i].second,
                             next, program->partition.items);
    else
      next += ranges[i].second;
  }
  if (mlirLogicalResultIsSuccess(result) && next != program->partition.items)
    result = ttEmitOpError(program->op,
                           "gives items 0 to %" PRId64
                           " to cores, but its grid has %" PRId64 " items",
                           next - 1, program->partition.items);
  arrfree(ranges);
  return result;
}

MlirLogicalResult verifyWork(const VerifyProgram *program) {
  const TtWorkAttr *work = &program->work;
  int64_t items = 1;
  for (intptr_t i = 0; i < ttProgramGetNumGrid(program->op); ++i)
    if (__builtin_mul_overflow(items, ttProgramGetGrid(program->op)[i], &items))
      return ttEmitOpError(program->op, "has more blocks than can be counted");
  if (items != program->partition.items)
    return ttEmitOpError(program->op,
                         "has a grid of %" PRId64
                         " blocks, but a partition of %" PRId64 " items",
                         items, program->partition.items);
  if (work->numX != work->numY || work->numX != work->numStart ||
      work->numX != work->numCount)
    return ttEmitOpError(program->op, "has a work table whose columns differ "
                                      "in length");
  if (work->numX != program->partition.cores)
    return ttEmitOpError(
        program->op, "lists %" PRIdPTR " cores, but its partition has %" PRId64,
        work->numX, program->partition.cores);
  if (mlirLogicalResultIsFailure(checkCores(program)))
    return mlirLogicalResultFailure();
  return checkRanges(program);
}
