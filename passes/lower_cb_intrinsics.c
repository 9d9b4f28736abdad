//===- lower_cb_intrinsics.c - transfers become protocol
//-------------------===//
//
// Reader: reserve, a page read per tile, one barrier, push. Writer: wait, a
// page write per tile, one barrier, pop. Both walk the tiles of a block in the
// order of its circular buffer. Compute: wait before the first use of a
// production, pop after its last, in the block of the `tt.front_block`.
//
//===----------------------------------------------------------------------===//

#include "block_type.h"
#include "host_tree.h"
#include "index_arith.h"
#include "mlir-c/BuiltinTypes.h"
#include "program_symbols.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/IR.h"
#include "tt-c/gen/Passes.h"
#include "tt-c/gen/TtOps.h"
#include <string.h>

// One block transfer, of either direction.
typedef struct {
  MlirOperation op;
  MlirOperation buffer, cb; // their declarations
  MlirValue accessor;
  MlirValue row, col, batch; // first tile; batch null if the buffer has none
  int64_t rows, cols;        // of the block, in tiles
  bool read;
} Transfer;

//===- what a transfer refers to ------------------------------------------===//

typedef struct {
  MlirStringRef buffer;
  MlirValue accessor;
} AccessorSearch;

static MlirWalkResult findAccessor(MlirOperation op, void *data) {
  AccessorSearch *search = data;
  if (!ttTensorAccessorIsa(op) ||
      !mlirStringRefEqual(ttTensorAccessorGetBuffer(op), search->buffer))
    return MlirWalkResultAdvance;
  search->accessor = ttTensorAccessorGetResult(op);
  return MlirWalkResultInterrupt;
}

static MlirValue offset(const Transfer *t, intptr_t i) {
  return t->read ? ttFetchBlockGetOffsets(t->op, i)
                 : ttStoreBlockGetOffsets(t->op, i);
}

// Leading offsets of a buffer of rank above 2, folded into one batch index.
static MlirValue batchIndex(const TtBuilder *b, const Transfer *t,
                            intptr_t rank) {
  MlirType type = ttBufferGetType(t->buffer);
  MlirValue index = offset(t, 0);
  for (intptr_t i = 1; i < rank - 2; ++i) {
    MlirAffineExpr d0 = mlirAffineDimExprGet(b->context, 0);
    MlirAffineExpr extent = mlirAffineConstantExprGet(
        b->context, mlirShapedTypeGetDimSize(type, i));
    MlirAffineExpr expr = mlirAffineAddExprGet(
        mlirAffineMulExprGet(d0, extent), mlirAffineDimExprGet(b->context, 1));
    MlirValue operands[] = {index, offset(t, i)};
    index = ttIndexApply(b, mlirOperationGetLocation(t->op), expr, 2, operands);
  }
  return index;
}

static MlirLogicalResult describe(const TtBuilder *b, MlirOperation op,
                                  Transfer *t) {
  *t = (Transfer){.op = op, .read = ttFetchBlockIsa(op)};
  intptr_t rank =
      t->read ? ttFetchBlockGetNumOffsets(op) : ttStoreBlockGetNumOffsets(op);
  MlirStringRef buffer =
      t->read ? ttFetchBlockGetBuffer(op) : ttStoreBlockGetBuffer(op);
  t->buffer = ttFindBuffer(op, buffer);
  t->cb = ttFindCircularBuffer(op, t->read ? ttFetchBlockGetCb(op)
                                           : ttStoreBlockGetCb(op));
  AccessorSearch search = {buffer, {NULL}};
  mlirOperationWalk(ttEnclosing(op, ttFuncIsa), findAccessor, &search,
                    MlirWalkPreOrder);
  t->accessor = search.accessor;
  if (mlirOperationIsNull(t->buffer) || mlirOperationIsNull(t->cb) ||
      !ttBufferHasAccessor(t->buffer) || mlirValueIsNull(t->accessor))
    return ttEmitOpError(op, "has no accessor for its buffer; run "
                             "tt-attach-tensor-accessor and "
                             "tt-configure-tensor-accessor first");
  const int64_t *shape =
      t->read ? ttFetchBlockGetShape(op) : ttStoreBlockGetShape(op);
  t->rows = shape[0];
  t->cols = shape[1];
  MlirLocation loc = mlirOperationGetLocation(op);
  t->col = offset(t, rank - 1);
  t->row = rank > 1 ? offset(t, rank - 2) : ttIndexConstant(b, loc, 0);
  if (rank > 2)
    t->batch = batchIndex(b, t, rank);
  return mlirLogicalResultSuccess();
}

//===- pages --------------------------------------------------------------===//

static MlirAffineExpr constant(MlirContext context, int64_t value) {
  return mlirAffineConstantExprGet(context, value);
}

static MlirAffineExpr scaled(MlirAffineExpr expr, int64_t factor) {
  return mlirAffineMulExprGet(expr,
                              constant(mlirAffineExprGetContext(expr), factor));
}

// Tile (i, j) of the block: its place in the production and its page.
static void movePage(const TtBuilder *b, const Transfer *t, MlirValue pointer,
                     const MlirValue n[4], const int64_t *order) {
  MlirContext context = b->context;
  MlirLocation loc = mlirOperationGetLocation(t->op);
  MlirAffineExpr d[7];
  for (intptr_t i = 0; i < 7; ++i)
    d[i] = mlirAffineDimExprGet(context, i);
  // d0, d1: sub-block; d2, d3: tile in it.
  MlirAffineExpr slot = mlirAffineAddExprGet(scaled(d[2], order[1]), d[3]);
  TtBufferAttr info = ttBufferGetInfo(t->buffer);
  MlirAffineExpr byte =
      mlirAffineAddExprGet(d[4], scaled(slot, info.pageBytes));
  MlirValue l1Operands[] = {n[0], n[1], n[2], n[3], pointer};
  MlirValue l1 = ttIndexApply(b, loc, byte, 5, l1Operands);
  TtAccessorInfoAttr pages = ttBufferGetAccessor(t->buffer);
  MlirAffineExpr row = mlirAffineAddExprGet(
      mlirAffineAddExprGet(scaled(d[0], order[0]), d[2]), d[4]);
  MlirAffineExpr col = mlirAffineAddExprGet(
      mlirAffineAddExprGet(scaled(d[1], order[1]), d[3]), d[5]);
  MlirAffineExpr id = mlirAffineAddExprGet(scaled(row, pages.rowStride), col);
  bool batched = !mlirValueIsNull(t->batch);
  if (batched)
    id = mlirAffineAddExprGet(id, scaled(d[6], pages.batchStride));
  MlirValue pageOperands[] = {n[0], n[1], n[2], n[3], t->row, t->col, t->batch};
  MlirValue page = ttIndexApply(b, loc, id, batched ? 7 : 6, pageOperands);
  if (t->read)
    ttNocAsyncReadPageCreate(b, loc, page, t->accessor, l1);
  else
    ttNocAsyncWritePageCreate(b, loc, page, t->accessor, l1);
}

static void movePages(const TtBuilder *b, const Transfer *t, MlirValue pointer,
                      MlirValue n[4], const int64_t *order) {
  TtBuilder inner = *b;
  MlirLocation loc = mlirOperationGetLocation(t->op);
  n[2] = ttIndexEnterLoop(&inner, loc, order[0]);
  n[3] = ttIndexEnterLoop(&inner, loc, order[1]);
  movePage(&inner, t, pointer, n, order);
}

// One production per sub-block of the order.
static void moveProductions(const TtBuilder *b, const Transfer *t) {
  MlirLocation loc = mlirOperationGetLocation(t->op);
  MlirStringRef cb = ttCircularBufferGetSymName(t->cb);
  const int64_t *order = ttCircularBufferGetOrder(t->cb);
  int64_t pages = order[0] * order[1];
  TtBuilder inner = *b;
  MlirValue n[4];
  n[0] = ttIndexEnterLoop(&inner, loc, t->rows / order[0]);
  n[1] = ttIndexEnterLoop(&inner, loc, t->cols / order[1]);
  if (t->read) {
    ttCbReserveBackCreate(&inner, loc, cb, pages);
    MlirOperation pointer = ttGetWritePtrCreate(&inner, loc, cb);
    movePages(&inner, t, ttGetWritePtrGetResult(pointer), n, order);
    ttNocAsyncReadBarrierCreate(&inner, loc);
    ttCbPushBackCreate(&inner, loc, cb, pages);
  } else {
    ttCbWaitFrontCreate(&inner, loc, cb, pages);
    MlirOperation pointer = ttGetReadPtrCreate(&inner, loc, cb);
    movePages(&inner, t, ttGetReadPtrGetResult(pointer), n, order);
    ttNocAsyncWriteBarrierCreate(&inner, loc);
    ttCbPopFrontCreate(&inner, loc, cb, pages);
  }
}

static MlirLogicalResult lowerTransfer(MlirOperation op) {
  TtBuilder b = ttBuilderBefore(op);
  Transfer t;
  if (mlirLogicalResultIsFailure(describe(&b, op, &t)))
    return mlirLogicalResultFailure();
  moveProductions(&b, &t);
  mlirOperationDestroy(op);
  return mlirLogicalResultSuccess();
}

//===- constant tiles -----------------------------------------------------===//

// The number as the words of a page: two of a 16-bit format, or one f32.
static int64_t wordOf(TtDataFormat format, double value) {
  float number = (float)value;
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  if (format == TtDataFormatF32)
    return bits;
  uint32_t half = bits >> 16; // bf16: constants are exact in it
  if (format == TtDataFormatF16)
    half = (bits >> 16 & 0x8000U) | ((bits >> 23 & 0xffU) - 112U) << 10 |
           (bits >> 13 & 0x3ffU);
  return (int64_t)half << 16 | half;
}

static MlirLogicalResult lowerConstant(MlirOperation op) {
  MlirStringRef name = ttFillBlockGetCb(op);
  MlirOperation cb = ttFindCircularBuffer(op, name);
  if (mlirOperationIsNull(cb))
    return ttEmitOpError(op, "fills a circular buffer that is not declared");
  TtBuilder b = ttBuilderBefore(op);
  MlirLocation loc = mlirOperationGetLocation(op);
  TtDataFormat format =
      ttTileTypeGet(ttCBTypeGet(ttCircularBufferGetType(cb)).tile).format;
  ttCbReserveBackCreate(&b, loc, name, 1);
  MlirValue pointer =
      ttGetWritePtrGetResult(ttGetWritePtrCreate(&b, loc, name));
  TtBuilder body;
  MlirValue word = ttIndexCountedLoop(&b, loc, ttTileBytes(format) / 4, &body);
  MlirAffineExpr byte =
      mlirAffineAddExprGet(scaled(mlirAffineDimExprGet(b.context, 0), 4),
                           mlirAffineDimExprGet(b.context, 1));
  MlirValue operands[] = {word, pointer};
  ttL1StoreCreate(&body, loc, ttIndexApply(&body, loc, byte, 2, operands),
                  wordOf(format, ttFillBlockGetValue(op)));
  ttCbPushBackCreate(&b, loc, name, 1);
  mlirOperationDestroy(op);
  return mlirLogicalResultSuccess();
}

//===- compute ------------------------------------------------------------===//

typedef struct {
  MlirBlock block;
  MlirOperation first, last; // ops of the block that use the production
} Window;

static MlirOperation inBlock(MlirBlock block, MlirOperation op) {
  while (!mlirBlockEqual(mlirOperationGetBlock(op), block))
    op = mlirOperationGetParentOperation(op);
  return op;
}

static void widen(Window *window, MlirValue value) {
  for (MlirOpOperand use = mlirValueGetFirstUse(value);
       !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use)) {
    MlirOperation user = mlirOpOperandGetOwner(use);
    MlirOperation op = inBlock(window->block, user);
    if (mlirOperationIsNull(window->first) ||
        mlirOperationIsBeforeInBlock(op, window->first))
      window->first = op;
    if (mlirOperationIsNull(window->last) ||
        mlirOperationIsBeforeInBlock(window->last, op))
      window->last = op;
    // A part of the block, or the block unpacked, is still in the buffer.
    if (ttSubBlockIsa(user) || ttTypecastIsa(user))
      widen(window, mlirOperationGetResult(user, 0));
  }
}

static void lowerFront(MlirOperation op) {
  Window window = {mlirOperationGetBlock(op), {NULL}, {NULL}};
  widen(&window, ttFrontBlockGetResult(op));
  if (mlirOperationIsNull(window.first))
    window.first = window.last = op;
  MlirLocation loc = mlirOperationGetLocation(op);
  MlirStringRef cb = ttFrontBlockGetCb(op);
  int64_t pages =
      ttBlockTiles(ttBlockGet(mlirValueGetType(ttFrontBlockGetResult(op))));
  TtBuilder before = ttBuilderBefore(window.first);
  ttCbWaitFrontCreate(&before, loc, cb, pages);
  MlirOperation last = window.last;
  for (MlirOperation next = mlirOperationGetNextInBlock(last);
       !mlirOperationIsNull(next) && ttCbPopFrontIsa(next);
       next = mlirOperationGetNextInBlock(next))
    last = next;
  TtBuilder after = ttBuilderAfter(last);
  ttCbPopFrontCreate(&after, loc, cb, pages);
}

//===- the pass -----------------------------------------------------------===//

static MlirWalkResult collect(MlirOperation op, void *data) {
  MlirOperation **ops = data;
  if (ttFetchBlockIsa(op) || ttStoreBlockIsa(op) || ttFrontBlockIsa(op) ||
      ttFillBlockIsa(op))
    arrput(*ops, op);
  return MlirWalkResultAdvance;
}

MlirLogicalResult
ttRunLowerCBIntrinsics(TtPass *pass, MlirOperation host,
                       const TtLowerCBIntrinsicsOptions *options) {
  (void)pass;
  (void)options;
  MlirOperation *ops = NULL;
  mlirOperationWalk(host, collect, &ops, MlirWalkPreOrder);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  for (ptrdiff_t i = 0; i < arrlen(ops) && mlirLogicalResultIsSuccess(result);
       ++i) {
    if (ttFrontBlockIsa(ops[i]))
      lowerFront(ops[i]);
    else if (ttFillBlockIsa(ops[i]))
      result = lowerConstant(ops[i]);
    else
      result = lowerTransfer(ops[i]);
  }
  arrfree(ops);
  return result;
}
