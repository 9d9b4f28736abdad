//===- tile_vectors.c - how 1-D tensors lie in their tiles ----------------===//
//
// One idea: 1-D tensors that an op or a loop makes one (init and result, the
// operands of an element-wise op, what a loop carries) lie the same way. The
// group is a column if one of them is reduced from rows or repeats along rows,
// packed if its buffers are, and a row otherwise.
//
//===----------------------------------------------------------------------===//

#include "loop_body.h"
#include "mlir-c/BuiltinTypes.h"
#include "stb_ds.h"
#include "tile_lowering.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TensorOps.h"
#include "tt-c/gen/TtOps.h"

typedef struct {
  MlirValue value;
  int parent;                // in `members`; itself for a root
  int rows, columns, packed; // votes
} Member;

typedef struct {
  const void *key;
  int value;
} Index;

typedef struct {
  TtTiling *tiling;
  Member *members; // stb_ds array
  Index *index;    // stb_ds map: value -> member
  bool failed;
} Vectors;

static bool isVector(MlirValue value) {
  MlirType type = mlirValueGetType(value);
  return mlirTypeIsARankedTensor(type) && mlirShapedTypeGetRank(type) == 1;
}

static int rootOf(Vectors *v, MlirValue value) {
  if (hmgeti(v->index, value.ptr) < 0) {
    int fresh = (int)arrlen(v->members);
    Member member = {value, fresh, 0, 0, 0};
    arrput(v->members, member);
    hmput(v->index, value.ptr, fresh);
  }
  int root = hmget(v->index, value.ptr);
  while (v->members[root].parent != root)
    root = v->members[root].parent = v->members[v->members[root].parent].parent;
  return root;
}

/// The root's record; it moves when the next value is met.
static Member *recordOf(Vectors *v, MlirValue value) {
  int root = rootOf(v, value);
  return &v->members[root];
}

static void join(Vectors *v, MlirValue a, MlirValue b) {
  if (!isVector(a) || !isVector(b))
    return;
  int keep = rootOf(v, a), other = rootOf(v, b);
  if (keep == other)
    return;
  v->members[other].parent = keep;
  v->members[keep].rows += v->members[other].rows;
  v->members[keep].columns += v->members[other].columns;
  v->members[keep].packed += v->members[other].packed;
}

static void voteOnTransfer(Vectors *v, MlirOperation op, MlirValue value,
                           MlirAttribute buffer) {
  if (!isVector(value))
    return;
  MlirOperation target = ttLookupNearestSymbol(op, buffer);
  bool packed = !mlirOperationIsNull(target) && ttBufferHasInfo(target) &&
                ttBufferGetInfo(target).packed;
  Member *root = recordOf(v, value);
  *(packed ? &root->packed : &root->rows) += 1;
}

/// The loop that operand's dim at `position` from the end runs over; -1 if
/// none.
static int loopFromEnd(const TtStructured *s, intptr_t operand, int position) {
  MlirAffineMap map = ttStructuredMap(s, operand);
  intptr_t rank = mlirAffineMapGetNumResults(map);
  if (position >= rank)
    return -1;
  MlirAffineExpr expr = mlirAffineMapGetResult(map, rank - 1 - position);
  if (!mlirAffineExprIsADim(expr))
    return -1;
  int loop = (int)mlirAffineDimExprGetPosition(expr);
  return s->extents[loop] == 1 ? -1 : loop;
}

/// A vector that is made from a matrix, or that a matrix is made from, lies
/// along the side they share.
static void voteBeside(Vectors *v, const TtStructured *s, intptr_t vector,
                       intptr_t matrix) {
  MlirValue value = mlirOperationGetOperand(s->op, vector);
  int loop = loopFromEnd(s, vector, 0);
  if (loop < 0)
    return;
  Member *root = recordOf(v, value);
  if (loop == loopFromEnd(s, matrix, 0))
    root->rows += 1;
  else if (loop == loopFromEnd(s, matrix, 1))
    root->columns += 1;
}

static bool isMatrix(const TtStructured *s, intptr_t operand) {
  MlirType type = mlirValueGetType(mlirOperationGetOperand(s->op, operand));
  return mlirTypeIsARankedTensor(type) && mlirShapedTypeGetRank(type) >= 2;
}

static bool visitStructured(Vectors *v, MlirOperation op) {
  TtStructured s;
  if (!ttStructuredGet(op, &s))
    return false;
  intptr_t count = s.numInputs + s.numInits;
  for (intptr_t i = 0; i < s.numInits; ++i)
    join(v, mlirOperationGetOperand(op, s.numInputs + i),
         mlirOperationGetResult(op, i));
  for (intptr_t a = 0; a < count; ++a) {
    MlirValue value = mlirOperationGetOperand(op, a);
    if (!isVector(value))
      continue;
    for (intptr_t b = 0; b < count; ++b) {
      if (isVector(mlirOperationGetOperand(op, b)) &&
          loopFromEnd(&s, a, 0) == loopFromEnd(&s, b, 0))
        join(v, value, mlirOperationGetOperand(op, b));
      bool made = (a < s.numInputs) != (b < s.numInputs);
      if (made && isMatrix(&s, b))
        voteBeside(v, &s, a, b);
    }
  }
  return true;
}

static void joinYields(Vectors *v, MlirOperation op, MlirRegion region) {
  MlirBlock block = mlirRegionGetFirstBlock(region);
  if (mlirBlockIsNull(block))
    return;
  MlirOperation yield = mlirBlockGetTerminator(block);
  for (intptr_t i = 0; i < mlirOperationGetNumResults(op); ++i)
    join(v, mlirOperationGetOperand(yield, i), mlirOperationGetResult(op, i));
}

static void visitFor(Vectors *v, MlirOperation op) {
  MlirBlock body = ttLoopBody(op);
  for (intptr_t i = 0; i < ttScfForGetNumInitArgs(op); ++i) {
    join(v, ttScfForGetInitArgs(op, i), ttScfForGetResults(op, i));
    join(v, mlirBlockGetArgument(body, i + 1), ttScfForGetResults(op, i));
  }
  joinYields(v, op, ttScfForGetRegion(op));
}

/// 64 and 64x1 lie the same way, 64 and 1x64 too.
static void voteOnReshape(Vectors *v, MlirValue a, MlirValue b) {
  if (!isVector(a) || isVector(b))
    return;
  MlirType type = mlirValueGetType(b);
  int64_t rank = mlirShapedTypeGetRank(type);
  if (rank < 2 || mlirShapedTypeGetDimSize(type, rank - 1) != 1)
    return;
  recordOf(v, a)->columns += 1;
}

static MlirWalkResult visit(MlirOperation op, void *data) {
  Vectors *v = data;
  if (ttReadBlockIsa(op)) {
    voteOnTransfer(v, op, ttReadBlockGetResult(op),
                   ttReadBlockGetBufferAttr(op));
  } else if (ttWriteBlockIsa(op)) {
    voteOnTransfer(v, op, ttWriteBlockGetValue(op),
                   ttWriteBlockGetBufferAttr(op));
  } else if (ttScfForIsa(op)) {
    visitFor(v, op);
  } else if (ttScfIfIsa(op)) {
    joinYields(v, op, ttScfIfGetThenRegion(op));
    joinYields(v, op, ttScfIfGetElseRegion(op));
  } else if (ttTensorExpandShapeIsa(op) || ttTensorCollapseShapeIsa(op)) {
    MlirValue from = mlirOperationGetOperand(op, 0);
    voteOnReshape(v, from, mlirOperationGetResult(op, 0));
    voteOnReshape(v, mlirOperationGetResult(op, 0), from);
  } else if (ttOperationIsStructured(op)) {
    v->failed |= !visitStructured(v, op);
    return v->failed ? MlirWalkResultInterrupt : MlirWalkResultSkip;
  }
  return MlirWalkResultAdvance;
}

static bool decide(Vectors *v, int i) {
  MlirValue value = v->members[i].value;
  const Member *root = recordOf(v, value);
  TtVectorKind kind = root->columns  ? TtVectorColumn
                      : root->packed ? TtVectorPacked
                                     : TtVectorRow;
  if (root->packed && (root->columns || root->rows)) {
    MlirLocation loc = mlirValueGetLocation(value);
    TtDiagnostic *d = ttDiagnosticError(
        loc, "a 1-D block is used both with 1-D blocks that fill whole tiles "
             "and as a row or column");
    ttDiagnosticHint(d, "give its buffer the shape 1xN or Nx1");
    ttDiagnosticReport(d);
    return false;
  }
  hmput(v->tiling->vectors, value.ptr, kind);
  return true;
}

bool ttTilingPlaceVectors(TtTiling *tiling, MlirOperation kernel) {
  Vectors v = {tiling, NULL, NULL, false};
  mlirOperationWalk(kernel, visit, &v, MlirWalkPreOrder);
  for (int i = 0; !v.failed && i < arrlen(v.members); ++i)
    v.failed = !decide(&v, i);
  arrfree(v.members);
  hmfree(v.index);
  return !v.failed;
}
