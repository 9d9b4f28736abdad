//===- contraction_extents.c - Mt, Kt, Nt of the contractions -------------===//
//
// A block of a contraction is a part of a larger one. Rows and columns of the
// whole are those of the buffer that the result is written to; if it is not
// written, those of the buffers that the operands are read from. The depth is
// the block's, times the trips of the loops that move along it: those whose
// induction variable is in the offset of an operand's read along k.
//
//===----------------------------------------------------------------------===//

#include "contraction_extents.h"
#include "host_tree.h"
#include "index_arith.h"
#include "loop_body.h"
#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/Linalg.h"
#include "plan/ceil_div.h"
#include "tt-c/IR.h"
#include "tt-c/gen/BufferizationOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

enum { MaxSteps = 256, DefaultTile = 32, MaxContractions = 64 };

/// The read that fills a block value or an on-chip buffer, or null.
static MlirOperation readBehind(MlirValue value) {
  if (mlirValueIsAOpResult(value)) {
    MlirOperation owner = mlirOpResultGetOwner(value);
    if (ttReadBlockIsa(owner))
      return owner;
    if (ttBufferizationToTensorIsa(owner))
      return readBehind(ttBufferizationToTensorGetBuffer(owner));
  }
  if (!mlirTypeIsAMemRef(mlirValueGetType(value)))
    return (MlirOperation){NULL};
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    if (ttBufferizationMaterializeInDestinationIsa(user) &&
        mlirOpOperandGetOperandNumber(use) == 1)
      return readBehind(ttBufferizationMaterializeInDestinationGetSource(user));
  }
  return (MlirOperation){NULL};
}

//===- From a result to the write of it -----------------------------------===//

typedef struct {
  MlirValue values[MaxSteps];
  int count;
} Trace;

static void follow(Trace *trace, MlirValue value) {
  for (int i = 0; i < trace->count; ++i) {
    if (mlirValueEqual(trace->values[i], value))
      return;
  }
  if (trace->count < MaxSteps)
    trace->values[trace->count++] = value;
}

/// What holds the block after `use`, as far as it keeps its shape.
static void followUse(Trace *trace, MlirOpOperand use) {
  MlirOperation user = mlirOpOperandGetOwner(use);
  unsigned number = mlirOpOperandGetOperandNumber(use);
  if (ttScfYieldIsa(user)) {
    MlirOperation parent = mlirOperationGetParentOperation(user);
    if ((intptr_t)number < mlirOperationGetNumResults(parent))
      follow(trace, mlirOperationGetResult(parent, (intptr_t)number));
    return;
  }
  if (ttScfForIsa(user) || (mlirLinalgIsAContractionOp(user) && number < 2))
    return;
  for (intptr_t i = 0; i < mlirOperationGetNumResults(user); ++i)
    follow(trace, mlirOperationGetResult(user, i));
  intptr_t last = mlirOperationGetNumOperands(user) - 1;
  MlirValue destination = mlirOperationGetOperand(user, last);
  if (last > (intptr_t)number &&
      mlirTypeIsAMemRef(mlirValueGetType(destination)))
    follow(trace, destination);
}

static MlirOperation writeBehind(MlirValue value) {
  Trace trace = {{value}, 1};
  for (int i = 0; i < trace.count; ++i) {
    for (MlirOpOperand use = mlirValueGetFirstUse(trace.values[i]);
         !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
      MlirOperation user = mlirOpOperandGetOwner(use);
      if (ttWriteBlockIsa(user))
        return user;
      followUse(&trace, use);
    }
  }
  return (MlirOperation){NULL};
}

//===- Extents ------------------------------------------------------------===//

/// A dimension of a contraction as one of its operands has it.
typedef struct {
  int64_t size;      // of the block, in elements
  intptr_t fromLast; // 0 for the operand's last dimension; -1 if it has none
} Extent;

static Extent extentIn(MlirOperation op, intptr_t operand, MlirAttribute dims) {
  Extent none = {1, -1};
  if (mlirAttributeIsNull(dims) || mlirDenseArrayGetNumElements(dims) < 1)
    return none;
  int32_t dim = mlirDenseI32ArrayGetElement(dims, 0);
  MlirAttribute maps = mlirLinalgGetIndexingMapsAttribute(op);
  MlirAffineMap map =
      mlirAffineMapAttrGetValue(mlirArrayAttrGetElement(maps, operand));
  MlirType type = mlirValueGetType(mlirOperationGetOperand(op, operand));
  intptr_t rank = mlirAffineMapGetNumResults(map);
  for (intptr_t i = 0; i < rank; ++i) {
    MlirAffineExpr expr = mlirAffineMapGetResult(map, i);
    if (mlirAffineExprIsADim(expr) && mlirAffineDimExprGetPosition(expr) == dim)
      return (Extent){mlirShapedTypeGetDimSize(type, i), rank - 1 - i};
  }
  return none;
}

static int64_t tileOf(MlirOperation transfer, intptr_t fromLast) {
  if (mlirOperationIsNull(transfer) || fromLast > 1)
    return DefaultTile;
  MlirOperation buffer = ttTransferBuffer(transfer);
  if (mlirOperationIsNull(buffer) || !ttBufferHasInfo(buffer))
    return DefaultTile;
  TtBufferAttr info = ttBufferGetInfo(buffer);
  return fromLast == 0 ? info.tileWidth : info.tileHeight;
}

/// Tiles of a transfer's buffer along a dimension counted from the last; -1 if
/// it has no such dimension.
static int64_t bufferTiles(MlirOperation transfer, intptr_t fromLast) {
  if (mlirOperationIsNull(transfer) || fromLast < 0)
    return -1;
  MlirOperation buffer = ttTransferBuffer(transfer);
  if (mlirOperationIsNull(buffer))
    return -1;
  MlirType type = ttBufferGetType(buffer);
  intptr_t dim = mlirShapedTypeGetRank(type) - 1 - fromLast;
  if (dim < 0 || mlirShapedTypeIsDynamicDim(type, dim))
    return -1;
  return ttCeilDiv(mlirShapedTypeGetDimSize(type, dim),
                   tileOf(transfer, fromLast));
}

/// Rows or columns of the whole: of the written buffer, else of the operand's.
static int64_t outerTiles(MlirOperation op, intptr_t operand,
                          MlirAttribute dims) {
  MlirValue out = mlirOperationGetNumResults(op) > 0
                      ? mlirOperationGetResult(op, 0)
                      : mlirOperationGetOperand(op, 2);
  Extent result = extentIn(op, 2, dims), input = extentIn(op, operand, dims);
  int64_t tiles = bufferTiles(writeBehind(out), result.fromLast);
  MlirOperation read = readBehind(mlirOperationGetOperand(op, operand));
  if (tiles < 0)
    tiles = bufferTiles(read, input.fromLast);
  return tiles > 0 ? tiles
                   : ttCeilDiv(input.size, tileOf(read, input.fromLast));
}

static bool dependsOn(MlirValue value, MlirValue source) {
  if (mlirValueEqual(value, source))
    return true;
  if (!mlirValueIsAOpResult(value))
    return false;
  MlirOperation owner = mlirOpResultGetOwner(value);
  for (intptr_t i = 0; i < mlirOperationGetNumOperands(owner); ++i) {
    if (dependsOn(mlirOperationGetOperand(owner, i), source))
      return true;
  }
  return false;
}

/// The product, or TtIndexMost: no buffer has more of anything.
static int64_t limited(int64_t a, int64_t b) {
  int64_t product;
  bool fits = !__builtin_mul_overflow(a, b, &product) && ttIsIndex(product);
  return fits ? product : TtIndexMost;
}

/// Product of the trips of the loops that move a read along one dimension.
static int64_t tripsAlong(MlirOperation read, intptr_t fromLast) {
  intptr_t dim = ttReadBlockGetNumOffsets(read) - 1 - fromLast;
  int64_t trips = 1, upper;
  for (MlirOperation op = mlirOperationGetParentOperation(read);
       !mlirOperationIsNull(op) && !ttKernelIsa(op) && dim >= 0;
       op = mlirOperationGetParentOperation(op)) {
    if (!ttScfForIsa(op))
      continue;
    MlirValue variable = mlirBlockGetArgument(ttLoopBody(op), 0);
    if (dependsOn(ttReadBlockGetOffsets(read, dim), variable) &&
        ttIndexIsConstant(ttScfForGetUpperBound(op), &upper))
      trips = limited(trips, upper);
  }
  return trips;
}

static int64_t depthTiles(MlirOperation op, MlirAttribute dims) {
  for (intptr_t operand = 0; operand < 2; ++operand) {
    MlirOperation read = readBehind(mlirOperationGetOperand(op, operand));
    Extent extent = extentIn(op, operand, dims);
    if (mlirOperationIsNull(read) || extent.fromLast < 0)
      continue;
    int64_t tiles =
        limited(ttCeilDiv(extent.size, tileOf(read, extent.fromLast)),
                tripsAlong(read, extent.fromLast));
    int64_t whole = bufferTiles(read, extent.fromLast);
    // The last block of a ragged depth is only partly inside.
    return whole > 0 && whole < tiles ? whole : tiles;
  }
  return ttCeilDiv(extentIn(op, 0, dims).size, DefaultTile);
}

typedef struct {
  MlirAttribute found[MaxContractions];
  intptr_t count;
} Contractions;

static MlirLogicalResult addContraction(MlirOperation op, void *data) {
  Contractions *list = data;
  MlirLinalgContractionDimensions dims =
      mlirLinalgInferContractionDimensions(op);
  TtContractionAttr extents = {.mt = outerTiles(op, 0, dims.m),
                               .kt = depthTiles(op, dims.k),
                               .nt = outerTiles(op, 1, dims.n)};
  if (list->count < MaxContractions)
    list->found[list->count++] =
        ttContractionAttrCreate(mlirOperationGetContext(op), extents);
  return mlirLogicalResultSuccess();
}

MlirAttribute ttKernelContractions(MlirOperation kernel) {
  Contractions list = {.count = 0};
  ttForEach(kernel, mlirLinalgIsAContractionOp, addContraction, &list);
  if (list.count == 0)
    return mlirAttributeGetNull();
  return mlirArrayAttrGet(mlirOperationGetContext(kernel), list.count,
                          list.found);
}
