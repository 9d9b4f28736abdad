// Random kernels, and the state machine of the hardware that executes them.

#include "init_kernels.h"
#include <stdint.h>
#include <string.h>

void planKernel(Kernel *k) {
  k->plan.nodes = k->nodes;
  k->plan.operations = k->operations;
  k->actions = ttPlanInits(&k->plan, &k->numActions);
}

//===- random kernels -----------------------------------------------------===//

static uint64_t seed;

int randomBelow(int bound) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (int)((seed >> 33) % (uint64_t)bound);
}

// A matmul, a copy, a broadcast copy and two reductions, on random formats.
enum { Matmul, Copy, Bcast, Rows, Columns, NumOperations };

static void randomOperations(Kernel *k) {
  k->plan.numOperations = NumOperations;
  for (int i = 0; i < NumOperations; ++i) {
    TtFpuOperation *op = &k->operations[i];
    *op = (TtFpuOperation){1 + randomBelow(2), 1 + randomBelow(2), 0,
                           i == Matmul, i == Bcast};
    if (i == Copy)
      op->srcB = TtKeyNone;
    if (i == Bcast)
      op->srcA = TtKeyNone;
    if (i >= Rows)
      op->mask = TtMaskOff + 1 + i - Rows;
  }
}

TtInitNode *addNode(Kernel *k) {
  TtInitNode *node = &k->nodes[k->plan.numNodes++];
  *node = (TtInitNode){0};
  return node;
}

static void addPack(Kernel *k, int mask) {
  TtInitNode *node = addNode(k);
  node->needs[TtSlotPack] = 1 + randomBelow(2);
  node->needs[TtSlotMask] = mask;
}

// A reduction is followed by the pack of what it leaves.
static void addCall(Kernel *k) {
  switch (randomBelow(5)) {
  case 0:
    addNode(k)->needs[TtSlotSfpu] = 1 + randomBelow(2);
    break;
  case 1:
    addPack(k, TtMaskOff);
    break;
  case 2: {
    int operation = Rows + randomBelow(2);
    addNode(k)->needs[TtSlotFpu] = 1 + operation;
    if (randomBelow(2))
      addNode(k)->needs[TtSlotFpu] = 1 + randomBelow(Rows);
    addPack(k, k->operations[operation].mask);
    break;
  }
  default:
    addNode(k)->needs[TtSlotFpu] = 1 + randomBelow(Rows);
  }
}

static void addBody(Kernel *k, int length, int depth) {
  for (int i = 0; i < length; ++i) {
    if (k->numLoops == 3 || depth == 2 || randomBelow(3) != 0) {
      addCall(k);
      continue;
    }
    int index = k->plan.numNodes;
    addNode(k)->trips = randomBelow(4);
    ++k->numLoops;
    addBody(k, 1 + randomBelow(3), depth + 1);
    k->nodes[index].loopEnd = k->plan.numNodes;
  }
}

void randomKernel(Kernel *k, int length) {
  memset(k, 0, sizeof *k);
  randomOperations(k);
  addBody(k, length, 0);
  if (randomBelow(2))
    for (int slot = 0; slot <= TtSlotPack; ++slot)
      k->plan.entry[slot] = 1 + randomBelow(2);
  planKernel(k);
}

//===- the hardware -------------------------------------------------------===//

typedef struct {
  const Kernel *kernel;
  int skip; // an action left out, or -1
  int trips[MaxNodes];
  int slots[TtNumSlots];
  bool wrong;
} Run;

const TtFpuOperation *operation(const Kernel *k, int key) {
  static const TtFpuOperation none;
  return key ? &k->operations[key - 1] : &none;
}

static void require(Run *run, bool condition) {
  run->wrong = run->wrong || !condition;
}

static void initialize(Run *run, int key) {
  const TtFpuOperation *op = operation(run->kernel, key);
  int *mask = &run->slots[TtSlotMask];
  require(run, !operation(run->kernel, run->slots[TtSlotFpu])->ends);
  require(run, !op->srcA || run->slots[TtSlotSrcA] == op->srcA);
  require(run, !op->srcB || run->slots[TtSlotSrcB] == op->srcB);
  require(run, !op->mask || *mask == TtMaskOff || *mask == op->mask);
  run->slots[TtSlotFpu] = key;
  if (op->mask)
    *mask = op->mask;
}

static void execute(Run *run, const TtInitAction *action) {
  const TtFpuOperation *op = operation(run->kernel, run->slots[TtSlotFpu]);
  bool source = action->slot == TtSlotSrcA || action->slot == TtSlotSrcB;
  if (action->uninit) {
    require(run, run->slots[action->slot] == action->key);
    require(run,
            action->slot == TtSlotMask ? action->key != TtMaskOff : op->ends);
    if (action->slot == TtSlotFpu || op->mask)
      run->slots[TtSlotFpu] = TtKeyNone;
    if (action->slot == TtSlotMask)
      run->slots[TtSlotMask] = TtMaskOff;
    return;
  }
  if (action->slot == TtSlotFpu) {
    initialize(run, action->key);
    return;
  }
  require(run, !source || !op->ends);
  if (source || (action->slot == TtSlotSfpu && op->fragile))
    run->slots[TtSlotFpu] = TtKeyNone;
  run->slots[action->slot] = action->key;
}

static void executeAt(Run *run, int place, bool atEnd) {
  for (int i = 0; i < run->kernel->numActions; ++i) {
    const TtInitAction *action = &run->kernel->actions[i];
    if (action->place == place && action->atEnd == atEnd && i != run->skip)
      execute(run, action);
  }
}

static void runCall(Run *run, const TtInitNode *node) {
  const TtFpuOperation *op = operation(run->kernel, node->needs[TtSlotFpu]);
  for (int slot = 0; slot < TtNumSlots; ++slot)
    require(run, !node->needs[slot] || run->slots[slot] == node->needs[slot]);
  require(run, !op->srcA || run->slots[TtSlotSrcA] == op->srcA);
  require(run, !op->srcB || run->slots[TtSlotSrcB] == op->srcB);
}

static void runNodes(Run *run, int first, int end) {
  for (int n = first; n < end; ++n) {
    const TtInitNode *node = &run->kernel->nodes[n];
    executeAt(run, n, false);
    if (!node->loopEnd) {
      runCall(run, node);
      continue;
    }
    for (int trip = 0; trip < run->trips[n]; ++trip) {
      runNodes(run, n + 1, node->loopEnd);
      executeAt(run, n, true);
    }
    n = node->loopEnd - 1;
  }
}

bool alwaysRight(const Kernel *k, int skip) {
  int combinations = 1, numNodes = k->plan.numNodes;
  for (int i = 0; i < k->numLoops; ++i)
    combinations *= 3;
  for (int c = 0; c < combinations; ++c) {
    Run run = {.kernel = k, .skip = skip};
    int rest = c;
    for (int n = 0; n < numNodes; ++n)
      if (k->nodes[n].loopEnd) {
        run.trips[n] = rest % 3;
        if (k->nodes[n].trips && run.trips[n] == 0)
          run.trips[n] = 2;
        rest /= 3;
      }
    memcpy(run.slots, k->plan.entry, sizeof run.slots);
    run.slots[TtSlotMask] = TtMaskOff;
    runNodes(&run, 0, numNodes);
    executeAt(&run, numNodes, true);
    require(&run, run.slots[TtSlotMask] == TtMaskOff);
    require(&run, !operation(k, run.slots[TtSlotFpu])->ends);
    if (run.wrong)
      return false;
  }
  return true;
}
