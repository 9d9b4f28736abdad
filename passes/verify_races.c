//===- verify_races.c - no page of DRAM that two touch out of order -------===//
//
// Most writers need no look: the item can be read off the page
// (verify_digits.c) and nobody reads the buffer. Else: goes through the
// writer's pages item by item and notes whose each is; then through the
// reader's pages of the same buffers. Within an item, the read must have landed
// whenever the write can start: that is looked for in the run in which the
// reader is as late as it can be.
//
//===----------------------------------------------------------------------===//

#include "verify_races.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include "verify_progress.h"
#include "verify_ranges.h"
#include <inttypes.h>

// One buffer that the writer writes.
typedef struct {
  MlirOperation buffer;
  int64_t *owner;        // stb_ds array: item that writes the page, or -1
  MlirOperation written; // an op that writes it
  bool shared;           // the reader reads it as well
} Owned;

typedef struct {
  Owned *owned; // stb_ds array
  int64_t moves;
} Races;

static Owned *ownedOf(const Races *races, MlirOperation buffer) {
  for (ptrdiff_t i = 0; i < arrlen(races->owned); ++i)
    if (mlirOperationEqual(races->owned[i].buffer, buffer))
      return &races->owned[i];
  return NULL;
}

static Owned *addOwned(Races *races, const VerifyEvent *event) {
  Owned owned = {event->buffer, NULL, event->op, false};
  int64_t pages = ttBufferGetAccessor(event->buffer).pages;
  for (int64_t *page = arraddnptr(owned.owner, (size_t)pages),
               *end = page + pages;
       page < end; ++page)
    *page = -1;
  arrput(races->owned, owned);
  return &arrlast(races->owned);
}

static bool withinMoves(const VerifyWalk *walk, Races *races,
                        MlirOperation op) {
  return ++races->moves <= VerifyMaxMoves ||
         verifyReject(walk, op,
                      "cannot be decided by tt-verify: the grid moves more "
                      "than %d pages of buffers that it writes",
                      VerifyMaxMoves);
}

//===- whose a page is ----------------------------------------------------===//

static bool takeWrite(const VerifyWalk *walk, VerifyTracer *tracer,
                      const VerifyEvent *event) {
  Races *races = tracer->data;
  if (event->kind != VerifyWritePage)
    return true;
  if (!withinMoves(walk, races, event->op))
    return false;
  Owned *owned = ownedOf(races, event->buffer);
  if (!owned)
    owned = addOwned(races, event);
  int64_t *owner = &owned->owner[event->page];
  if (*owner >= 0 && *owner != event->item)
    return verifyReject(walk, event->op,
                        "writes page %" PRId64 " for item %" PRId64
                        ", which item %" PRId64
                        " writes too; cores run in no order",
                        event->page, event->item, *owner);
  *owner = event->item;
  return true;
}

static bool takeRead(const VerifyWalk *walk, VerifyTracer *tracer,
                     const VerifyEvent *event) {
  Races *races = tracer->data;
  Owned *owned =
      event->kind == VerifyReadPage ? ownedOf(races, event->buffer) : NULL;
  if (!owned)
    return true;
  if (!withinMoves(walk, races, event->op))
    return false;
  owned->shared = true;
  int64_t owner = owned->owner[event->page];
  if (owner < 0 || owner == event->item)
    return true;
  return verifyReject(walk, event->op,
                      "reads page %" PRId64 " for item %" PRId64
                      ", which item %" PRId64
                      " writes; reader and writer run at once and cores in no "
                      "order",
                      event->page, event->item, owner);
}

//===- read before it is written ------------------------------------------===//

// The read of `write`'s page that has not landed yet, or NULL.
static const VerifyEvent *unlanded(const VerifyRun *run,
                                   const VerifyEvent *write, ptrdiff_t landed) {
  const VerifyEvent *reads = run->events[TtRoleReader];
  for (ptrdiff_t i = landed; i < arrlen(reads); ++i)
    if (reads[i].kind == VerifyReadPage &&
        mlirOperationEqual(reads[i].buffer, write->buffer) &&
        reads[i].page == write->page)
      return &reads[i];
  return NULL;
}

static MlirLogicalResult stepWriter(VerifyRun *run, ptrdiff_t landed) {
  const VerifyEvent *write =
      &run->events[TtRoleWriter][run->next[TtRoleWriter]];
  const VerifyEvent *read =
      write->kind == VerifyWritePage ? unlanded(run, write, landed) : NULL;
  verifyRunStep(run, TtRoleWriter);
  if (!read)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d =
      ttDiagnosticOpError(write->op,
                          "may write page %" PRId64 " of item %" PRId64
                          " before the reader has read it",
                          write->page, write->item);
  ttDiagnosticNote(d, mlirOperationGetLocation(read->op), "the read is here");
  ttDiagnosticHint(d, "what is written does not wait for this read: compute it "
                      "from the block that is read here, read that block "
                      "before the ones that it is computed from, or write "
                      "another buffer");
  return ttDiagnosticReport(d);
}

static MlirLogicalResult checkOrder(const VerifyProgram *program) {
  VerifyRun run;
  MlirLogicalResult result = mlirLogicalResultSuccess();
  if (!verifyRunTrace(&run, program, 0, 1, true))
    result = mlirLogicalResultFailure();
  ptrdiff_t landed = 0; // events before this one are behind a read barrier
  bool moved = true;
  while (moved && mlirLogicalResultIsSuccess(result)) {
    moved = false;
    for (; verifyRunReady(&run, TtRoleCompute); moved = true)
      verifyRunStep(&run, TtRoleCompute);
    for (; mlirLogicalResultIsSuccess(result) &&
           verifyRunReady(&run, TtRoleWriter);
         moved = true)
      result = stepWriter(&run, landed);
    if (moved || !verifyRunReady(&run, TtRoleReader))
      continue;
    ptrdiff_t next = run.next[TtRoleReader];
    if (run.events[TtRoleReader][next].kind == VerifyReadBarrier)
      landed = next;
    verifyRunStep(&run, TtRoleReader);
    moved = true;
  }
  verifyRunFree(&run);
  return result;
}

//===- which buffers need the look ----------------------------------------===//

// A buffer that the writer writes, and whether its pages tell items apart.
typedef struct {
  const void *buffer;
  bool apart;
} Written;

static void visitWrite(const VerifyRanges *ranges, MlirOperation op,
                       void *data) {
  Written **written = data;
  if (!ttNocAsyncWritePageIsa(op))
    return;
  Written here = {
      verifyBufferOf(ranges->program, ttNocAsyncWritePageGetAccessor(op)).ptr,
      verifyTellsItemsApart(ranges, ttNocAsyncWritePageGetPage(op))};
  for (ptrdiff_t i = 0; i < arrlen(*written); ++i)
    if ((*written)[i].buffer == here.buffer) {
      (*written)[i].apart = false; // two ops may meet
      return;
    }
  arrput(*written, here);
}

static void visitRead(const VerifyRanges *ranges, MlirOperation op,
                      void *data) {
  Written *written = *(Written **)data;
  if (!ttNocAsyncReadPageIsa(op))
    return;
  const void *buffer =
      verifyBufferOf(ranges->program, ttNocAsyncReadPageGetAccessor(op)).ptr;
  for (ptrdiff_t i = 0; i < arrlen(written); ++i)
    if (written[i].buffer == buffer)
      written[i].apart = false; // who reads what is to be seen
}

// Whether each buffer has one writing op, whose pages are each one item's, and
// no reader.
static bool provedApart(const VerifyProgram *program) {
  Written *written = NULL;
  verifyEachTransfer(program, TtRoleWriter, visitWrite, &written);
  verifyEachTransfer(program, TtRoleReader, visitRead, &written);
  bool apart = true;
  for (ptrdiff_t i = 0; i < arrlen(written); ++i)
    apart = apart && written[i].apart;
  arrfree(written);
  return apart;
}

MlirLogicalResult verifyRaces(const VerifyProgram *program) {
  if (provedApart(program))
    return mlirLogicalResultSuccess();
  Races races = {NULL, 0};
  int64_t items = program->partition.items;
  VerifyTracer writes = {.transfers = true, .take = takeWrite, .data = &races};
  VerifyTracer reads = {.transfers = true, .take = takeRead, .data = &races};
  bool ok = verifyTrace(program, TtRoleWriter, 0, items, &writes) &&
            verifyTrace(program, TtRoleReader, 0, items, &reads);
  bool readsOwn = false;
  for (ptrdiff_t i = 0; i < arrlen(races.owned); ++i) {
    readsOwn |= races.owned[i].shared;
    arrfree(races.owned[i].owner);
  }
  arrfree(races.owned);
  if (!ok)
    return mlirLogicalResultFailure();
  return readsOwn ? checkOrder(program) : mlirLogicalResultSuccess();
}
