//===- verify_windows.c - windows of circular buffers ---------------------===//
//
// The producer's window is what it reserved and has not pushed, the consumer's
// what it waited for and has not popped. Pages are written and read only in a
// window, a window never straddles the end of the ring, and every page pushed
// was filled (METALIUM sheet §2.2, §9.1).
//
//===----------------------------------------------------------------------===//

#include "tt-c/gen/TtOps.h"
#include "verify_state.h"
#include <inttypes.h>
#include <string.h>

void verifyShiftBits(uint64_t *words, int64_t count) {
  int64_t skip = count / 64;
  int shift = (int)(count % 64);
  for (int64_t i = 0; i < VerifyPageWords; ++i) {
    int64_t from = i + skip;
    uint64_t low = from < VerifyPageWords ? words[from] : 0;
    uint64_t high = from + 1 < VerifyPageWords ? words[from + 1] : 0;
    words[i] = shift ? low >> shift | high << (64 - shift) : low;
  }
}

// First bit below `count` that is not set, or -1.
static int64_t firstUnset(const uint64_t *words, int64_t count) {
  for (int64_t bit = 0; bit < count; ++bit)
    if (!verifyBit(words, bit))
      return bit;
  return -1;
}

static const char *const roleOwn[] = {"reader", "compute kernel", "writer"};

//===- the producer's side ------------------------------------------------===//

static bool reserve(VerifyWalk *walk, MlirOperation op, const VerifyRing *ring,
                    VerifyWindow *window, int64_t pages) {
  if (pages > ring->pages)
    return verifyReject(walk, op,
                        "waits for ever: reserves %" PRId64
                        " pages of a circular buffer of %" PRId64,
                        pages, ring->pages);
  if (window->back + pages > ring->pages)
    return verifyReject(walk, op,
                        "reserves a window over the end of the ring: %" PRId64
                        " pages from page %" PRId64 " of %" PRId64
                        "; pushes of one lap must add up to the capacity",
                        pages, window->back, ring->pages);
  if (window->reserved < pages)
    window->reserved = pages;
  window->appended = 0;
  return true;
}

static bool push(VerifyWalk *walk, MlirOperation op, const VerifyRing *ring,
                 VerifyWindow *window, int64_t pages) {
  if (pages > window->reserved)
    return verifyReject(walk, op,
                        "pushes %" PRId64 " pages, but the %s has reserved "
                        "%" PRId64,
                        pages, roleOwn[walk->role], window->reserved);
  if (window->readsInFlight > 0)
    return verifyReject(walk, op,
                        "pushes pages while %" PRId64
                        " reads into them may be in flight; a "
                        "noc_async_read_barrier comes first",
                        window->readsInFlight);
  int64_t empty = firstUnset(window->filled, pages);
  if (empty >= 0)
    return verifyReject(walk, op,
                        "pushes %" PRId64 " pages, but nothing was %s page "
                        "%" PRId64 " of them",
                        pages,
                        walk->role == TtRoleReader ? "read or stored into"
                                                   : "packed into",
                        empty);
  window->back = (window->back + pages) % ring->pages;
  window->reserved -= pages;
  window->appended = 0;
  window->stored -= pages * ring->pageBytes;
  if (window->stored < 0)
    window->stored = 0;
  verifyShiftBits(window->filled, pages);
  return true;
}

bool verifyPackIntoWindow(VerifyWalk *walk, MlirOperation op, int ring,
                          MlirValue tile) {
  VerifyWindow *window = &verifyState(walk)->windows[ring];
  int64_t page = window->appended;
  if (!mlirValueIsNull(tile)) {
    VerifyValue value = verifyEvaluate(walk, tile);
    if (value.kind != VerifyNumber)
      return verifyReject(walk, op,
                          "cannot be decided by tt-verify: the page it packs "
                          "into is not known");
    page = value.number;
  }
  if (page < 0 || page >= window->reserved)
    return verifyReject(walk, op,
                        "packs into page %" PRId64
                        " of its window, but %" PRId64 " pages are reserved",
                        page, window->reserved);
  if (verifyState(walk)->l1Accumulates && !verifyBit(window->filled, page))
    return verifyReject(walk, op,
                        "adds to page %" PRId64
                        " of its window, into which nothing was packed",
                        page);
  verifySetBit(window->filled, page);
  if (mlirValueIsNull(tile))
    window->appended++;
  return true;
}

//===- the consumer's side ------------------------------------------------===//

static bool waitFront(VerifyWalk *walk, MlirOperation op,
                      const VerifyRing *ring, VerifyWindow *window,
                      int64_t pages) {
  if (pages > ring->pages)
    return verifyReject(walk, op,
                        "waits for ever: for %" PRId64
                        " pages of a circular buffer of %" PRId64,
                        pages, ring->pages);
  if (window->front + pages > ring->pages)
    return verifyReject(walk, op,
                        "waits for a window over the end of the ring: %" PRId64
                        " pages from page %" PRId64 " of %" PRId64
                        "; pops of one lap must add up to the capacity",
                        pages, window->front, ring->pages);
  if (window->waited < pages)
    window->waited = pages;
  return true;
}

static bool pop(VerifyWalk *walk, MlirOperation op, const VerifyRing *ring,
                VerifyWindow *window, int64_t pages) {
  if (pages > window->waited)
    return verifyReject(walk, op,
                        "pops %" PRId64 " pages, but the %s has waited for "
                        "%" PRId64,
                        pages, roleOwn[walk->role], window->waited);
  if (window->writesInFlight > 0)
    return verifyReject(walk, op,
                        "pops pages while %" PRId64
                        " writes from them may be in flight; a "
                        "noc_async_write_barrier comes first",
                        window->writesInFlight);
  int64_t unsent = firstUnset(window->sent, pages);
  if (walk->role == TtRoleWriter && unsent >= 0)
    return verifyReject(walk, op,
                        "pops %" PRId64 " pages, but page %" PRId64
                        " of them was not written to a buffer",
                        pages, unsent);
  window->front = (window->front + pages) % ring->pages;
  window->waited -= pages;
  verifyShiftBits(window->sent, pages);
  return true;
}

bool verifyTilesAtFront(VerifyWalk *walk, MlirOperation op, int ring,
                        MlirValue tile, int64_t span) {
  const VerifyWindow *window = &verifyState(walk)->windows[ring];
  VerifyValue value = verifyEvaluate(walk, tile);
  if (value.kind != VerifyNumber)
    return verifyReject(walk, op,
                        "cannot be decided by tt-verify: the tile it reads is "
                        "not known");
  if (value.number >= 0 && value.number + span <= window->waited)
    return true;
  MlirStringRef name = walk->program->rings[ring].name;
  return verifyReject(walk, op,
                      "reads tiles %" PRId64 " to %" PRId64
                      " from the front of @%.*s, but %" PRId64
                      " are waited for",
                      value.number, value.number + span - 1, (int)name.length,
                      name.data, window->waited);
}

//===- steps --------------------------------------------------------------===//

static VerifyOutcome outcome(bool ok) { return ok ? VerifyDone : VerifyFailed; }

static VerifyOutcome stepPointer(VerifyWalk *walk, MlirOperation op,
                                 MlirStringRef cb, bool write) {
  int ring = verifyRingNamed(walk->program, cb);
  if (ring < 0)
    return outcome(verifyReject(walk, op, "names no circular buffer"));
  const VerifyWindow *window = &verifyState(walk)->windows[ring];
  VerifyValue pointer = {VerifyAddress, 0, ring,
                         write ? window->back : window->front};
  verifyBind(walk, mlirOperationGetResult(op, 0), pointer);
  return VerifyDone;
}

VerifyOutcome verifyStepWindow(VerifyWalk *walk, MlirOperation op) {
  const VerifyNode *node = walk->node;
  bool (*step)(VerifyWalk *, MlirOperation, const VerifyRing *, VerifyWindow *,
               int64_t);
  switch (node->kind) {
  case TtOpKindGetWritePtr:
    return stepPointer(walk, op, ttGetWritePtrGetCb(op), true);
  case TtOpKindGetReadPtr:
    return stepPointer(walk, op, ttGetReadPtrGetCb(op), false);
  case TtOpKindCbReserveBack:
    step = reserve;
    break;
  case TtOpKindCbPushBack:
    step = push;
    break;
  case TtOpKindCbWaitFront:
    step = waitFront;
    break;
  case TtOpKindCbPopFront:
    step = pop;
    break;
  default:
    return VerifyOther;
  }
  if (node->ring < 0)
    return outcome(verifyReject(walk, op, "names no circular buffer"));
  VerifyWindow *window = &verifyState(walk)->windows[node->ring];
  if (window->back == VerifyNowhere || window->front == VerifyNowhere)
    return outcome(verifyReject(
        walk, op,
        "cannot be decided by tt-verify: where its window is in the ring "
        "depends on how often the loop before it ran"));
  if (node->pages <= 0)
    return outcome(verifyReject(walk, op, "moves no pages"));
  return outcome(
      step(walk, op, &walk->program->rings[node->ring], window, node->pages));
}
