//===- verify_pages.c - page numbers within their buffers -----------------===//
//
// The page number of each transfer as an interval over all items of the grid
// and all trips of its loops. Where the interval leaves the buffer, the items
// are gone through one by one: either one of them is the counter-example, or
// the interval was wider than the truth.
//
//===----------------------------------------------------------------------===//

#include "tt-c/gen/TtOps.h"
#include "verify_races.h"
#include "verify_ranges.h"
#include "verify_trace.h"
#include <inttypes.h>

// Sets `*data` if the page may be outside of its buffer.
static void checkTransfer(const VerifyRanges *ranges, MlirOperation op,
                          void *data) {
  bool reads = ttNocAsyncReadPageIsa(op);
  MlirOperation buffer = verifyBufferOf(
      ranges->program, reads ? ttNocAsyncReadPageGetAccessor(op)
                             : ttNocAsyncWritePageGetAccessor(op));
  VerifyInterval page =
      verifyRangeOf(ranges, reads ? ttNocAsyncReadPageGetPage(op)
                                  : ttNocAsyncWritePageGetPage(op));
  if (mlirOperationIsNull(buffer) || !ttBufferHasAccessor(buffer) ||
      !verifyIntervalWithin(page, 0, ttBufferGetAccessor(buffer).pages - 1))
    *(bool *)data = true;
}

static bool takePage(const VerifyWalk *walk, VerifyTracer *tracer,
                     const VerifyEvent *event) {
  int64_t *visited = tracer->data;
  if (event->kind == VerifyReadBarrier)
    return true;
  int64_t pages = ttBufferGetAccessor(event->buffer).pages;
  if (event->page < 0 || event->page >= pages)
    return verifyReject(walk, event->op,
                        "moves page %" PRId64 " of a buffer of %" PRId64
                        " pages for item %" PRId64,
                        event->page, pages, event->item);
  if (++*visited <= VerifyMaxMoves)
    return true;
  return verifyReject(walk, event->op,
                      "cannot be decided by tt-verify: its pages follow from "
                      "no interval, and %d moves do not go through all items",
                      VerifyMaxMoves);
}

static bool checkKernel(const VerifyProgram *program, TtRole role) {
  bool unproved = false;
  verifyEachTransfer(program, role, checkTransfer, &unproved);
  if (!unproved)
    return true;
  int64_t visited = 0;
  VerifyTracer tracer = {.transfers = true, .take = takePage, .data = &visited};
  return verifyTrace(program, role, 0, program->partition.items, &tracer);
}

MlirLogicalResult verifyPages(const VerifyProgram *program) {
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (!checkKernel(program, (TtRole)role))
      return mlirLogicalResultFailure();
  return verifyRaces(program);
}
