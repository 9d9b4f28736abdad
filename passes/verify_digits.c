//===- verify_digits.c - items told apart by their pages ------------------===//
//
// A page number that is a sum of indices times constants is a number in a mixed
// radix if each constant exceeds all that the smaller terms can add up to. Then
// every index can be read off it, and with the indices the item.
//
//===----------------------------------------------------------------------===//

#include "mlir-c/AffineExpr.h"
#include "mlir-c/AffineMap.h"
#include "stb_ds.h"
#include "tt-c/IR.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include "verify_ranges.h"
#include <stdlib.h>

enum { MaxDigits = 16 };

typedef struct {
  MlirValue index;
  int64_t weight;
} Digit;

typedef struct {
  int count;
  Digit digits[MaxDigits];
} Sum;

static bool addValue(Sum *sum, MlirValue value, int64_t weight);

//===- sums of indices ----------------------------------------------------===//

static bool addIndex(Sum *sum, MlirValue index, int64_t weight) {
  for (int i = 0; i < sum->count; ++i)
    if (mlirValueEqual(sum->digits[i].index, index))
      return !__builtin_add_overflow(sum->digits[i].weight, weight,
                                     &sum->digits[i].weight);
  if (sum->count == MaxDigits)
    return false;
  sum->digits[sum->count++] = (Digit){index, weight};
  return true;
}

static bool addExpr(Sum *sum, MlirAffineExpr expr, MlirOperation apply,
                    intptr_t numDims, int64_t weight) {
  if (mlirAffineExprIsAConstant(expr))
    return true;
  if (mlirAffineExprIsADim(expr))
    return addValue(
        sum, mlirOperationGetOperand(apply, mlirAffineDimExprGetPosition(expr)),
        weight);
  if (mlirAffineExprIsASymbol(expr))
    return addValue(sum,
                    mlirOperationGetOperand(
                        apply, numDims + mlirAffineSymbolExprGetPosition(expr)),
                    weight);
  MlirAffineExpr a = mlirAffineBinaryOpExprGetLHS(expr);
  MlirAffineExpr b = mlirAffineBinaryOpExprGetRHS(expr);
  if (mlirAffineExprIsAAdd(expr))
    return addExpr(sum, a, apply, numDims, weight) &&
           addExpr(sum, b, apply, numDims, weight);
  return mlirAffineExprIsAMul(expr) && mlirAffineExprIsAConstant(b) &&
         !__builtin_mul_overflow(weight, mlirAffineConstantExprGetValue(b),
                                 &weight) &&
         addExpr(sum, a, apply, numDims, weight);
}

static bool addValue(Sum *sum, MlirValue value, int64_t weight) {
  int64_t constant;
  if (ttValueGetConstantInt(value, &constant))
    return true;
  if (mlirValueIsAOpResult(value)) {
    MlirOperation op = mlirOpResultGetOwner(value);
    if (ttAffineApplyIsa(op)) {
      MlirAffineMap map = ttAffineApplyGetMap(op);
      return addExpr(sum, mlirAffineMapGetResult(map, 0), op,
                     mlirAffineMapGetNumDims(map), weight);
    }
    if (ttArithAddIIsa(op))
      return addValue(sum, mlirOperationGetOperand(op, 0), weight) &&
             addValue(sum, mlirOperationGetOperand(op, 1), weight);
  }
  return addIndex(sum, value, weight);
}

//===- mixed radix --------------------------------------------------------===//

static int byWeight(const void *a, const void *b) {
  const Digit *x = a, *y = b;
  return (x->weight > y->weight) - (x->weight < y->weight);
}

static bool isMixedRadix(const VerifyRanges *ranges, Sum *sum) {
  qsort(sum->digits, (size_t)sum->count, sizeof(Digit), byWeight);
  int64_t below = 0; // what the smaller terms can add up to
  for (int i = 0; i < sum->count; ++i) {
    VerifyInterval range = verifyRangeOf(ranges, sum->digits[i].index);
    int64_t span, most;
    if (!range.known || __builtin_sub_overflow(range.high, range.low, &span))
      return false;
    if (span == 0)
      continue;
    if (sum->digits[i].weight <= below ||
        __builtin_mul_overflow(sum->digits[i].weight, span, &most) ||
        __builtin_add_overflow(below, most, &below))
      return false;
  }
  return true;
}

static bool hasDigit(const Sum *sum, MlirValue index) {
  for (int i = 0; i < sum->count; ++i)
    if (mlirValueEqual(sum->digits[i].index, index))
      return sum->digits[i].weight > 0;
  return false;
}

// Whether the digits are those of the item: the item itself, or all parts of
// it that one delinearisation makes and that are more than one value.
static bool hasItem(const VerifyRanges *ranges, const Sum *sum,
                    const VerifyLoopRange *items) {
  for (int i = 0; i < sum->count; ++i) {
    MlirValue index = sum->digits[i].index;
    if (index.ptr == items->index)
      return true;
    if (!mlirValueIsAOpResult(index))
      continue;
    MlirOperation op = mlirOpResultGetOwner(index);
    if (!ttAffineDelinearizeIndexIsa(op) ||
        ttAffineDelinearizeIndexGetLinearIndex(op).ptr != items->index)
      continue;
    bool all = true;
    for (intptr_t d = 0; d < ttAffineDelinearizeIndexGetNumMultiIndex(op);
         ++d) {
      MlirValue digit = ttAffineDelinearizeIndexGetMultiIndex(op, d);
      VerifyInterval range = verifyRangeOf(ranges, digit);
      all = all && range.known &&
            (range.low == range.high || hasDigit(sum, digit));
    }
    if (all)
      return true;
  }
  return false;
}

bool verifyTellsItemsApart(const VerifyRanges *ranges, MlirValue page) {
  const VerifyLoopRange *items = NULL;
  for (ptrdiff_t i = 0; i < arrlen(ranges->loops); ++i)
    if (ranges->loops[i].items)
      items = &ranges->loops[i];
  Sum sum = {0};
  return items && addValue(&sum, page, 1) && isMixedRadix(ranges, &sum) &&
         (items->range.low == items->range.high ||
          hasItem(ranges, &sum, items));
}
