//===- next_keys.c - what the calls ahead need programmed -----------------===//

#include "next_keys.h"
#include <string.h>

typedef struct {
  const TtInitKernel *kernel;
  const bool *planned;
  TtNextKeys *after;
} Walk;

static TtNextKeys either(TtNextKeys a, TtNextKeys b) {
  for (int slot = 0; slot < TtNumSlots; ++slot)
    a.keys[slot] |= b.keys[slot];
  return a;
}

// What is needed next in front of a call behind which it is `next`.
static TtNextKeys nextAtCall(const Walk *w, int call, TtNextKeys next) {
  TtHardwareState needs = ttInitNodeNeeds(w->kernel, w->planned, call);
  int mask = ttFpuOperationOf(w->kernel, needs.keys[TtSlotFpu])->mask;
  if (mask)
    needs.keys[TtSlotMask] = mask;
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (needs.keys[slot])
      next.keys[slot] =
          needs.keys[slot] < 64 ? UINT64_C(1) << needs.keys[slot] : 0;
  return next;
}

// What is needed next at `first` of the nodes up to `last`, behind which it is
// `rest`.
static TtNextKeys nextFrom(const Walk *w, int first, int last,
                           TtNextKeys rest) {
  if (first == last)
    return rest;
  TtNextKeys next = nextFrom(w, ttInitNodeBehind(w->kernel, first), last, rest);
  const TtInitNode *node = &w->kernel->nodes[first];
  if (!node->loopEnd) {
    w->after[first] = either(w->after[first], next);
    return nextAtCall(w, first, next);
  }
  // Behind the last call of the body comes the first, or what is behind.
  TtNextKeys top = nextFrom(w, first + 1, node->loopEnd, next);
  top = nextFrom(w, first + 1, node->loopEnd, either(top, next));
  w->after[first] = node->trips ? top : either(top, next);
  return w->after[first];
}

int ttInitNodeBehind(const TtInitKernel *kernel, int node) {
  int loopEnd = kernel->nodes[node].loopEnd;
  return loopEnd ? loopEnd : node + 1;
}

TtHardwareState ttInitNodeNeeds(const TtInitKernel *kernel,
                                const bool planned[TtNumSlots], int node) {
  TtHardwareState needs = {{0}, false};
  for (int slot = 0; slot < TtNumSlots; ++slot)
    if (planned[slot])
      needs.keys[slot] = kernel->nodes[node].needs[slot];
  const TtFpuOperation *op = ttFpuOperationOf(kernel, needs.keys[TtSlotFpu]);
  if (op->srcA)
    needs.keys[TtSlotSrcA] = op->srcA;
  if (op->srcB)
    needs.keys[TtSlotSrcB] = op->srcB;
  return needs;
}

void ttFindNextKeys(const TtInitKernel *kernel, const bool planned[TtNumSlots],
                    TtNextKeys *after) {
  Walk walk = {kernel, planned, after};
  TtNextKeys none = {{0}};
  memset(after, 0, (size_t)kernel->numNodes * sizeof *after);
  nextFrom(&walk, 0, kernel->numNodes, none);
}

int ttKeyBehind(const TtNextKeys *next, TtStateSlot slot, int key) {
  for (++key; key < 64; ++key)
    if (next->keys[slot] >> key & 1)
      return key;
  return TtKeyNone;
}
