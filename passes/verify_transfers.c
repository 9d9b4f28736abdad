//===- verify_transfers.c - page transfers and barriers -------------------===//
//
// A page read lands in the reserved window of the circular buffer whose write
// pointer it was given, a page write leaves from the waited window; both are in
// flight until the next barrier (METALIUM sheet §2.3, §9.1).
//
//===----------------------------------------------------------------------===//

#include "stb_ds.h"
#include "tt-c/gen/TtOps.h"
#include "verify_state.h"
#include <inttypes.h>

// The page of the window that byte address `l1` is the start of, or -1 after a
// diagnostic; `position` and `pages` are the window.
static int64_t pageInWindow(VerifyWalk *walk, MlirOperation op, VerifyValue l1,
                            int64_t position, int64_t pages,
                            const char *window) {
  const VerifyRing *ring = &walk->program->rings[l1.ring];
  int64_t byte = (l1.page - position) * ring->pageBytes + l1.number;
  if (byte >= 0 && byte + ring->pageBytes <= pages * ring->pageBytes &&
      byte % ring->pageBytes == 0)
    return byte / ring->pageBytes;
  verifyReject(walk, op,
               "uses byte %" PRId64 " of the %s window of @%.*s, which has "
               "%" PRId64 " pages of %" PRId64 " B",
               byte, window, (int)ring->name.length, ring->name.data, pages,
               ring->pageBytes);
  return -1;
}

static bool checkPageBytes(VerifyWalk *walk, MlirOperation op,
                           MlirValue accessor, int ring) {
  if (walk->node->pagesFit == ring)
    return true;
  MlirOperation source = mlirValueIsAOpResult(accessor)
                             ? mlirOpResultGetOwner(accessor)
                             : (MlirOperation){NULL};
  if (mlirOperationIsNull(source) || !ttTensorAccessorIsa(source))
    return verifyReject(walk, op, "has an accessor of no known buffer");
  MlirOperation buffer =
      verifyBufferNamed(walk->program, ttTensorAccessorGetBuffer(source));
  if (mlirOperationIsNull(buffer) || !ttBufferHasInfo(buffer) ||
      !ttBufferHasAccessor(buffer))
    return verifyReject(walk, op,
                        "has an accessor of a buffer without a "
                        "layout");
  int64_t bytes = ttBufferGetInfo(buffer).pageBytes;
  if (bytes == walk->program->rings[ring].pageBytes) {
    walk->node->pagesFit = ring;
    return true;
  }
  return verifyReject(walk, op,
                      "moves pages of %" PRId64
                      " B, but pages of the circular buffer have %" PRId64 " B",
                      bytes, walk->program->rings[ring].pageBytes);
}

static bool readPage(VerifyWalk *walk, MlirOperation op) {
  VerifyValue l1 = verifyEvaluate(walk, ttNocAsyncReadPageGetL1(op));
  if (l1.kind != VerifyAddress)
    return verifyReject(walk, op,
                        "cannot be decided by tt-verify: its L1 address is "
                        "not that of a circular buffer");
  VerifyWindow *window = &verifyState(walk)->windows[l1.ring];
  int64_t page =
      pageInWindow(walk, op, l1, window->back, window->reserved, "reserved");
  if (page < 0 ||
      !checkPageBytes(walk, op, ttNocAsyncReadPageGetAccessor(op), l1.ring))
    return false;
  if (verifyBit(window->filled, page))
    return verifyReject(
        walk, op,
        "reads into page %" PRId64 " of its window for the second time", page);
  verifySetBit(window->filled, page);
  window->readsInFlight++;
  return true;
}

static bool writePage(VerifyWalk *walk, MlirOperation op) {
  VerifyValue l1 = verifyEvaluate(walk, ttNocAsyncWritePageGetL1(op));
  if (l1.kind != VerifyAddress)
    return verifyReject(walk, op,
                        "cannot be decided by tt-verify: its L1 address is "
                        "not that of a circular buffer");
  VerifyWindow *window = &verifyState(walk)->windows[l1.ring];
  int64_t page =
      pageInWindow(walk, op, l1, window->front, window->waited, "waited");
  if (page < 0 ||
      !checkPageBytes(walk, op, ttNocAsyncWritePageGetAccessor(op), l1.ring))
    return false;
  verifySetBit(window->sent, page);
  window->writesInFlight++;
  return true;
}

// Words fill a page one after the other, from the start of the window.
static bool storeWord(VerifyWalk *walk, MlirOperation op) {
  VerifyValue l1 = verifyEvaluate(walk, ttL1StoreGetAddress(op));
  if (l1.kind != VerifyAddress)
    return verifyReject(walk, op,
                        "cannot be decided by tt-verify: its L1 address is "
                        "not that of a circular buffer");
  const VerifyRing *ring = &walk->program->rings[l1.ring];
  VerifyWindow *window = &verifyState(walk)->windows[l1.ring];
  int64_t byte = (l1.page - window->back) * ring->pageBytes + l1.number;
  int64_t bytes = window->reserved * ring->pageBytes;
  if (byte < 0 || byte + 4 > bytes)
    return verifyReject(walk, op,
                        "stores to byte %" PRId64
                        " of the reserved window of @%.*s, which has %" PRId64
                        " B",
                        byte, (int)ring->name.length, ring->name.data, bytes);
  if (byte != window->stored)
    return verifyReject(walk, op,
                        "cannot be decided by tt-verify: it stores to byte "
                        "%" PRId64 " of its window after %" PRId64
                        " B; words that follow one another can be",
                        byte, window->stored);
  int64_t page = byte / ring->pageBytes;
  if (window->readsInFlight && verifyBit(window->filled, page))
    return verifyReject(walk, op,
                        "stores to page %" PRId64
                        " of its window while reads into the window may be in "
                        "flight; a noc_async_read_barrier comes first",
                        page);
  window->stored += 4;
  if (window->stored % ring->pageBytes == 0)
    verifySetBit(window->filled, page);
  return true;
}

static void landAll(VerifyWalk *walk, bool reads) {
  VerifyState *state = verifyState(walk);
  for (ptrdiff_t i = 0; i < arrlen(walk->program->rings); ++i)
    *(reads ? &state->windows[i].readsInFlight
            : &state->windows[i].writesInFlight) = 0;
}

VerifyOutcome verifyStepTransfer(VerifyWalk *walk, MlirOperation op) {
  bool ok = true;
  switch (walk->node->kind) {
  case TtOpKindNocAsyncReadBarrier:
    landAll(walk, true);
    break;
  case TtOpKindNocAsyncWriteBarrier:
    landAll(walk, false);
    break;
  case TtOpKindNocAsyncReadPage:
    ok = readPage(walk, op);
    break;
  case TtOpKindL1Store:
    ok = storeWord(walk, op);
    break;
  case TtOpKindNocAsyncWritePage:
    ok = writePage(walk, op);
    break;
  default:
    return VerifyOther;
  }
  return ok ? VerifyDone : VerifyFailed;
}
