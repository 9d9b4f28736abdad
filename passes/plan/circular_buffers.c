//===- circular_buffers.c - numbers and capacities of circular buffers
//-----===//

#include "circular_buffers.h"
#include <stdbool.h>

enum { MaxIds = 64 };

#define MOST_BYTES (INT64_MAX / MaxIds)

static int64_t firstId(TtCBClass kind) {
  switch (kind) {
  case TtCBInput:
    return 0;
  case TtCBOutput:
    return 16;
  case TtCBIntermediate:
    return 24;
  }
  return 0;
}

// The first free number at or after the class's own, else the first of all.
static int64_t takeId(bool *taken, int64_t maxIds, TtCBClass kind) {
  for (int64_t i = 0; i < maxIds; ++i) {
    int64_t id = (firstId(kind) + i) % maxIds;
    if (taken[id])
      continue;
    taken[id] = true;
    return id;
  }
  return -1;
}

// The product, or more than any core has: all buffers together can be counted.
static int64_t bytesOf(int64_t pageBytes, int64_t pages, int64_t depth) {
  int64_t bytes;
  bool counts = !__builtin_mul_overflow(pageBytes, pages, &bytes) &&
                !__builtin_mul_overflow(bytes, depth, &bytes);
  return counts && bytes < MOST_BYTES ? bytes : MOST_BYTES;
}

int64_t ttCBRequestBytes(const TtCBRequest *request) {
  return bytesOf(request->pageBytes, request->blockPages, request->depth);
}

static int64_t totalBytes(int64_t count, const TtCBRequest *requests) {
  int64_t total = 0;
  for (int64_t i = 0; i < count; ++i)
    total += ttCBRequestBytes(&requests[i]);
  return total;
}

// No depth can stay at which a buffer alone is over the budget.
static void limitDepth(TtCBRequest *request, int64_t budget) {
  int64_t most = budget / bytesOf(request->pageBytes, request->blockPages, 1);
  if (most < request->minDepth)
    most = request->minDepth;
  if (request->depth > most)
    request->depth = most;
}

static TtCBRequest *largestReducible(int64_t count, TtCBRequest *requests) {
  TtCBRequest *largest = 0;
  for (int64_t i = 0; i < count; ++i)
    if (requests[i].depth > requests[i].minDepth &&
        (!largest ||
         ttCBRequestBytes(&requests[i]) > ttCBRequestBytes(largest)))
      largest = &requests[i];
  return largest;
}

TtCBPlanResult ttPlanCircularBuffers(int64_t count, TtCBRequest *requests,
                                     int64_t maxIds, int64_t budget) {
  bool taken[MaxIds] = {false};
  if (maxIds > MaxIds)
    maxIds = MaxIds;
  if (count > maxIds)
    return TtCBPlanTooMany;
  for (int64_t i = 0; i < count; ++i) {
    requests[i].id = takeId(taken, maxIds, requests[i].kind);
    limitDepth(&requests[i], budget);
  }
  while (totalBytes(count, requests) > budget) {
    TtCBRequest *largest = largestReducible(count, requests);
    if (!largest)
      return TtCBPlanTooLarge;
    --largest->depth;
  }
  return TtCBPlanOk;
}
