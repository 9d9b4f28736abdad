//===- element_generic.c - a nest of element loops as linalg.generic ------===//

#include "element_generic.h"
#include "index_arith.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"

//===- Body ---------------------------------------------------------------===//

static bool isNestOp(const TtElementNest *nest, MlirOperation op) {
  for (ptrdiff_t i = 0; i < arrlen(nest->ops); ++i) {
    if (mlirOperationEqual(nest->ops[i], op))
      return true;
  }
  return false;
}

/// The index of a loop of the nest in the body, from its first value on.
static MlirValue loopIndex(TtElementGeneric *g, int loop, MlirLocation loc) {
  int position = ttElementLoopPosition(g, loop);
  if (position < 0)
    return ttIndexConstant(&g->body, loc, 0);
  return ttLinalgIndexGetResult(ttLinalgIndexCreate(&g->body, loc, position));
}

static MlirValue loopVariable(TtElementGeneric *g, int loop, MlirLocation loc);

/// The variable of a loop that counts together with others: a digit of the
/// number that they make up.
static MlirValue memberVariable(TtElementGeneric *g, int loop,
                                MlirLocation loc) {
  MlirContext context = g->body.context;
  const TtElementGroup *group = g->nest->groups;
  int m = 0;
  while (group->members[m] != loop) {
    if (++m == group->count) {
      ++group;
      m = 0;
    }
  }
  MlirAffineExpr number = mlirAffineAddExprGet(
      mlirAffineMulExprGet(mlirAffineDimExprGet(context, 0),
                           mlirAffineConstantExprGet(context, group->width)),
      mlirAffineDimExprGet(context, 1));
  MlirAffineExpr digit = mlirAffineModExprGet(
      mlirAffineFloorDivExprGet(
          number, mlirAffineConstantExprGet(context, group->coefficients[m])),
      mlirAffineConstantExprGet(context, g->nest->loops[loop].extent));
  MlirValue digits[] = {loopVariable(g, group->high, loc),
                        loopVariable(g, group->low, loc)};
  return ttIndexApply(&g->body, loc, digit, 2, digits);
}

/// The variable of a loop as a value in the body.
static MlirValue loopVariable(TtElementGeneric *g, int loop, MlirLocation loc) {
  const TtElementLoop *l = &g->nest->loops[loop];
  if (l->isMember)
    return memberVariable(g, loop, loc);
  MlirValue index = loopIndex(g, loop, loc);
  return l->lower == 0 ? index
                       : ttIndexScale(&g->body, loc, index, 1, l->lower);
}

/// Makes a value of the nest in the body, with what it is computed from.
static MlirValue emitValue(TtElementGeneric *g, MlirValue value) {
  MlirValue made = ttMappingLookup(g->values, value);
  if (!mlirValueIsNull(made))
    return made;
  int loop = ttElementLoopOf(g->nest, value);
  if (loop != TtNoLoop) {
    MlirOperation owner = g->nest->loops[loop].owner;
    made = loopVariable(g, loop, mlirOperationGetLocation(owner));
    ttMappingMapValue(g->values, value, made);
    return made;
  }
  if (!mlirValueIsAOpResult(value) ||
      !isNestOp(g->nest, mlirOpResultGetOwner(value)))
    return value;
  MlirOperation owner = mlirOpResultGetOwner(value);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(owner); ++i) {
    MlirValue operand = mlirOperationGetOperand(owner, i);
    ttMappingMapValue(g->values, operand, emitValue(g, operand));
  }
  ttBuilderInsert(&g->body, ttCloneWithMapping(owner, g->values));
  return ttMappingLookup(g->values, value);
}

/// Goes through loads and stores in order: a load is an operand, or what was
/// stored there before.
static void emitBody(TtElementGeneric *g, MlirLocation loc) {
  const TtElementNest *nest = g->nest;
  for (ptrdiff_t i = 0; i < arrlen(nest->accesses); ++i) {
    const TtElementAccess *access = &nest->accesses[i];
    TtElementOperand *input = ttFindElementOperand(g->inputs, access);
    TtElementOperand *output = ttFindElementOperand(g->outputs, access);
    if (ttIsStore(access)) {
      output->value = emitValue(g, ttMemrefStoreGetValue(access->op));
      continue;
    }
    bool stored = output && !mlirValueIsNull(output->value);
    MlirValue value = stored  ? output->value
                      : input ? input->argument
                              : output->argument;
    ttMappingMapValue(g->values, ttMemrefLoadGetResult(access->op), value);
  }
  MlirValue *yielded = NULL;
  for (ptrdiff_t i = 0; i < arrlen(g->outputs); ++i)
    arrput(yielded, g->outputs[i].value);
  ttLinalgYieldCreate(&g->body, loc, arrlen(yielded), yielded);
  arrfree(yielded);
}

static void addArguments(MlirBlock block, TtElementOperand *operands,
                         MlirLocation loc) {
  for (ptrdiff_t i = 0; i < arrlen(operands); ++i) {
    MlirType type = mlirShapedTypeGetElementType(
        mlirValueGetType(operands[i].access->memref));
    operands[i].argument = mlirBlockAddArgument(block, type, loc);
  }
}

/// Operands and maps of the generic, inputs first.
typedef struct {
  MlirValue *memrefs;   // stb_ds array
  MlirAttribute *maps;  // stb_ds array, parallel
  MlirAttribute *kinds; // stb_ds array: iterator types
} Lists;

static MlirLogicalResult listOperands(TtElementGeneric *g,
                                      const TtElementOperand *operands,
                                      Lists *lists) {
  for (ptrdiff_t i = 0; i < arrlen(operands); ++i) {
    MlirAttribute map;
    MlirValue memref = ttElementOperandMemref(g, operands[i].access, &map);
    if (mlirValueIsNull(memref))
      return mlirLogicalResultFailure();
    arrput(lists->memrefs, memref);
    arrput(lists->maps, map);
  }
  return mlirLogicalResultSuccess();
}

static void emitGeneric(TtElementGeneric *g, Lists *lists) {
  MlirContext context = g->before.context;
  MlirLocation loc = mlirOperationGetLocation(g->nest->first);
  for (int i = 0; i < g->numLoops; ++i)
    arrput(lists->kinds,
           ttLinalgIteratorTypeAttrCreate(
               context, i < g->numParallel ? TtLinalgIteratorTypeParallel
                                           : TtLinalgIteratorTypeReduction));
  MlirOperation generic = ttLinalgGenericCreate(
      &g->before, loc, 0, NULL, arrlen(g->inputs), lists->memrefs,
      arrlen(g->outputs), lists->memrefs + arrlen(g->inputs),
      mlirArrayAttrGet(context, arrlen(lists->maps), lists->maps),
      mlirArrayAttrGet(context, arrlen(lists->kinds), lists->kinds));
  MlirBlock block = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttLinalgGenericGetRegion(generic), block);
  addArguments(block, g->inputs, loc);
  addArguments(block, g->outputs, loc);
  g->body = ttBuilderAtEnd(context, block);
  g->values = ttMappingCreate();
  emitBody(g, loc);
  ttMappingDestroy(g->values);
}

MlirLogicalResult ttElementNestEmit(TtElementNest *nest) {
  TtElementGeneric g = {.nest = nest, .before = ttBuilderBefore(nest->first)};
  Lists lists = {NULL, NULL, NULL};
  MlirLogicalResult result = ttElementGenericPlan(&g);
  if (mlirLogicalResultIsSuccess(result))
    result = listOperands(&g, g.inputs, &lists);
  if (mlirLogicalResultIsSuccess(result))
    result = listOperands(&g, g.outputs, &lists);
  if (mlirLogicalResultIsSuccess(result))
    emitGeneric(&g, &lists);
  arrfree(lists.memrefs);
  arrfree(lists.maps);
  arrfree(lists.kinds);
  arrfree(g.inputs);
  arrfree(g.outputs);
  return result;
}
