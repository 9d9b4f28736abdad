//===- circular_buffers.c - numbers and capacities of circular buffers
//-----===//

#include "circular_buffers.h"
#include <stdbool.h>

enum { MaxIds = 64 };

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

int64_t ttCBRequestBytes(const TtCBRequest *request) {
  return request->pageBytes * request->blockPages * request->depth;
}

static int64_t totalBytes(int64_t count, const TtCBRequest *requests) {
  int64_t total = 0;
  for (int64_t i = 0; i < count; ++i)
    total += ttCBRequestBytes(&requests[i]);
  return total;
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
  for (int64_t i = 0; i < count; ++i)
    requests[i].id = takeId(taken, maxIds, requests[i].kind);
  while (totalBytes(count, requests) > budget) {
    TtCBRequest *largest = largestReducible(count, requests);
    if (!largest)
      return TtCBPlanTooLarge;
    --largest->depth;
  }
  return TtCBPlanOk;
}
