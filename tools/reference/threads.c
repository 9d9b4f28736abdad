// Thread ids become loops.
//
// A block's program runs once; what a thread id indexes is done by every
// thread, one statement after the other. Takes the prepared input; leaves loops
// over the threads around runs of loads and stores (and of what they hold) that
// depend on a thread id, dimension by dimension. Index arithmetic and scalar
// operations are copied into the loops that need them.

#include "ir.h"

#include "mlir-c/Diagnostics.h"

#include <stdlib.h>

enum { DIMENSIONS = 3 };

typedef struct {
  OpList dependent; // ops of whose operands some depend on a thread id
  bool ok;
} Threads;

static bool holds(const OpList *list, MlirOperation op) {
  for (size_t i = 0; i < list->count; i++)
    if (mlirOperationEqual(list->items[i], op))
      return true;
  return false;
}

static void markUsers(Threads *threads, MlirOperation op) {
  for (intptr_t r = 0; r < mlirOperationGetNumResults(op); r++)
    for (MlirOpOperand use =
             mlirValueGetFirstUse(mlirOperationGetResult(op, r));
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
      MlirOperation user = mlirOpOperandGetOwner(use);
      if (holds(&threads->dependent, user))
        continue;
      appendToList(&threads->dependent, user);
      markUsers(threads, user);
    }
}

// Computes without touching memory.
static bool isPure(MlirOperation op) {
  return opStartsWith(op, "arith.") || opStartsWith(op, "math.") ||
         opStartsWith(op, "affine.apply") || opStartsWith(op, "affine.m") ||
         opStartsWith(op, "affine.de") || opStartsWith(op, "affine.lin") ||
         opIs(op, "memref.subview") || opIs(op, "gpu.thread_id");
}

static bool containsDependent(const Threads *threads, MlirOperation op) {
  OpList inner = collectOps(op);
  bool found = false;
  for (size_t i = 0; i < inner.count && !found; i++)
    found = !mlirOperationEqual(inner.items[i], op) &&
            holds(&threads->dependent, inner.items[i]);
  free(inner.items);
  return found;
}

//===- one loop nest ------------------------------------------------------===//

// x, y and z are 0, 1 and 2.
static int dimensionOf(MlirOperation thread) {
  static const char *const names[DIMENSIONS] = {"#gpu<dim x>", "#gpu<dim y>",
                                                "#gpu<dim z>"};
  MlirAttribute dimension =
      mlirOperationGetAttributeByName(thread, str("dimension"));
  MlirContext context = mlirOperationGetContext(thread);
  int d = 0;
  while (d < DIMENSIONS - 1 &&
         !mlirAttributeEqual(dimension,
                             mlirAttributeParseGet(context, str(names[d]))))
    d++;
  return d;
}

typedef struct {
  Threads *threads;
  Cursor inside; // before the innermost loop's terminator
  MlirValue counters[DIMENSIONS];
  OpList ops;    // what was moved or copied into the loops
  OpList copied; // originals of copies; the copy of item i is copies.items[i]
  OpList copies;
} Nest;

static MlirOperation producer(MlirValue value) {
  return mlirValueIsAOpResult(value) ? mlirOpResultGetOwner(value)
                                     : (MlirOperation){NULL};
}

static bool isInside(const Nest *nest, MlirOperation op) {
  for (; !mlirOperationIsNull(op); op = mlirOperationGetParentOperation(op))
    if (holds(&nest->ops, op))
      return true;
  return false;
}

static void useInside(Nest *nest, MlirOperation user, MlirOperation before);

// What stands for `value` in the loops: a counter, a copy, or the value itself.
static MlirValue valueInside(Nest *nest, MlirValue value,
                             MlirOperation before) {
  MlirOperation op = producer(value);
  if (mlirOperationIsNull(op) || isInside(nest, op))
    return value;
  if (opIs(op, "gpu.thread_id"))
    return nest->counters[dimensionOf(op)];
  if (!holds(&nest->threads->dependent, op))
    return value;
  intptr_t number = mlirOpResultGetResultNumber(value);
  for (size_t i = 0; i < nest->copied.count; i++)
    if (mlirOperationEqual(nest->copied.items[i], op))
      return mlirOperationGetResult(nest->copies.items[i], number);
  if (!isPure(op)) {
    mlirEmitError(mlirOperationGetLocation(op),
                  "gives a value to a later step of the block; the reference "
                  "keeps values of threads within a run of loads and stores");
    nest->threads->ok = false;
    return value;
  }
  MlirOperation copy = mlirOperationClone(op);
  mlirBlockInsertOwnedOperationBefore(nest->inside.block, before, copy);
  useInside(nest, copy, copy);
  appendToList(&nest->ops, copy);
  appendToList(&nest->copied, op);
  appendToList(&nest->copies, copy);
  return mlirOperationGetResult(copy, number);
}

// Rewires the operands of `user` and of what it holds; copies go before
// `before`, an op of the innermost loop.
static void useInside(Nest *nest, MlirOperation user, MlirOperation before) {
  OpList inner = collectOps(user);
  for (size_t i = 0; i < inner.count; i++)
    for (intptr_t o = 0; o < mlirOperationGetNumOperands(inner.items[i]); o++)
      mlirOperationSetOperand(
          inner.items[i], o,
          valueInside(nest, mlirOperationGetOperand(inner.items[i], o),
                      before));
  free(inner.items);
}

// The number of threads in each dimension that `op` or what its operands come
// from depends on; 0 where it does not.
static void findExtents(Threads *threads, MlirOperation op, int64_t *extents) {
  OpList inner = collectOps(op);
  for (size_t i = 0; i < inner.count; i++)
    for (intptr_t o = 0; o < mlirOperationGetNumOperands(inner.items[i]); o++) {
      MlirOperation source =
          producer(mlirOperationGetOperand(inner.items[i], o));
      if (mlirOperationIsNull(source))
        continue;
      if (isPure(source) && holds(&threads->dependent, source))
        findExtents(threads, source, extents);
      if (!opIs(source, "gpu.thread_id"))
        continue;
      MlirAttribute bound =
          mlirOperationGetAttributeByName(source, str("upper_bound"));
      if (mlirAttributeIsNull(bound)) {
        mlirEmitError(mlirOperationGetLocation(source),
                      "must say how many threads there are (upper_bound) for "
                      "the reference to run them");
        threads->ok = false;
      } else {
        extents[dimensionOf(source)] = mlirIntegerAttrGetValueInt(bound);
      }
    }
  free(inner.items);
}

// Loops over the threads behind the last op of the run, with its ops moved
// into them.
static void wrapRun(Threads *threads, OpList *run) {
  if (run->count == 0)
    return;
  int64_t extents[DIMENSIONS] = {0, 0, 0};
  for (size_t i = 0; i < run->count; i++)
    findExtents(threads, run->items[i], extents);
  if (threads->ok) {
    MlirOperation last = run->items[run->count - 1];
    Nest nest = {.threads = threads, .inside = cursorBefore(last)};
    nest.inside.before = mlirOperationGetNextInBlock(last);
    for (int d = 0; d < DIMENSIONS; d++)
      if (extents[d] > 0)
        nest.counters[d] = openLoop(&nest.inside, extents[d]);
    MlirOperation end = nest.inside.before;
    for (size_t i = 0; i < run->count; i++) {
      mlirOperationMoveBefore(run->items[i], end);
      appendToList(&nest.ops, run->items[i]);
      useInside(&nest, run->items[i], run->items[i]);
    }
    free(nest.ops.items);
    free(nest.copied.items);
    free(nest.copies.items);
  }
  run->count = 0;
}

static void lowerBlock(Threads *threads, MlirBlock block) {
  OpList run = {NULL, 0, 0};
  MlirOperation next;
  for (MlirOperation op = mlirBlockGetFirstOperation(block);
       !mlirOperationIsNull(op); op = next) {
    next = mlirOperationGetNextInBlock(op);
    if (isPure(op) || opIs(op, "scf.yield"))
      continue;
    if (holds(&threads->dependent, op)) {
      appendToList(&run, op);
      continue;
    }
    wrapRun(threads, &run);
    if (!containsDependent(threads, op))
      continue;
    for (intptr_t r = 0; r < mlirOperationGetNumRegions(op); r++)
      for (MlirBlock inner =
               mlirRegionGetFirstBlock(mlirOperationGetRegion(op, r));
           !mlirBlockIsNull(inner); inner = mlirBlockGetNextInRegion(inner))
        lowerBlock(threads, inner);
  }
  wrapRun(threads, &run);
  free(run.items);
}

static bool isUnused(MlirOperation op) {
  for (intptr_t r = 0; r < mlirOperationGetNumResults(op); r++)
    if (!mlirOpOperandIsNull(
            mlirValueGetFirstUse(mlirOperationGetResult(op, r))))
      return false;
  return true;
}

bool lowerThreads(MlirOperation function) {
  Threads threads = {{NULL, 0, 0}, true};
  OpList ops = collectOps(function);
  for (size_t i = 0; i < ops.count; i++)
    if (opIs(ops.items[i], "gpu.thread_id"))
      markUsers(&threads, ops.items[i]);
  if (threads.dependent.count > 0)
    lowerBlock(&threads,
               mlirRegionGetFirstBlock(mlirOperationGetRegion(function, 0)));
  free(ops.items);
  // What was copied into loops is left over outside of them.
  ops = collectOps(function);
  for (size_t i = ops.count; i-- > 0 && threads.ok;)
    if (opIs(ops.items[i], "gpu.thread_id") ||
        (isPure(ops.items[i]) && holds(&threads.dependent, ops.items[i])))
      if (isUnused(ops.items[i]))
        mlirOperationDestroy(ops.items[i]);
  free(ops.items);
  free(threads.dependent.items);
  return threads.ok;
}
