// RUN: %unit/affine_form
//
// The linear form of index values: what it finds, what divides, what it builds.

#include "affine_form.h"
#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/AffineOps.h"
#include "tt-c/gen/ArithOps.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct {
  MlirContext context;
  MlirBlock block; // three index arguments
  MlirLocation loc;
  TtBuilder b;
  MlirValue x, y, z;
} Fixture;

static int setUp(void **state) {
  static Fixture f;
  f.context = mlirContextCreate();
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  ttRegisterAllDialects(registry);
  mlirContextAppendDialectRegistry(f.context, registry);
  mlirDialectRegistryDestroy(registry);
  mlirContextLoadAllAvailableDialects(f.context);
  f.loc = mlirLocationUnknownGet(f.context);
  MlirType index = mlirIndexTypeGet(f.context);
  MlirType types[] = {index, index, index};
  MlirLocation locs[] = {f.loc, f.loc, f.loc};
  f.block = mlirBlockCreate(3, types, locs);
  f.b = ttBuilderAtEnd(f.context, f.block);
  f.x = mlirBlockGetArgument(f.block, 0);
  f.y = mlirBlockGetArgument(f.block, 1);
  f.z = mlirBlockGetArgument(f.block, 2);
  *state = &f;
  return 0;
}

static int tearDown(void **state) {
  Fixture *f = *state;
  mlirBlockDestroy(f->block);
  mlirContextDestroy(f->context);
  return 0;
}

static MlirValue number(Fixture *f, int64_t value) {
  MlirAttribute attribute =
      mlirIntegerAttrGet(mlirIndexTypeGet(f->context), value);
  return ttArithConstantGetResult(
      ttArithConstantCreate(&f->b, f->loc, attribute));
}

static MlirAffineExpr dim(Fixture *f, intptr_t i) {
  return mlirAffineDimExprGet(f->context, i);
}

static MlirAffineExpr constant(Fixture *f, int64_t value) {
  return mlirAffineConstantExprGet(f->context, value);
}

static MlirValue apply(Fixture *f, MlirAffineExpr expr, intptr_t count,
                       const MlirValue *operands) {
  MlirAffineMap map = mlirAffineMapGet(f->context, count, 0, 1, &expr);
  return ttAffineApplyGetResult(
      ttAffineApplyCreate(&f->b, f->loc, map, count, operands));
}

static MlirValue times(Fixture *f, MlirValue value, int64_t factor) {
  return apply(f, mlirAffineMulExprGet(dim(f, 0), constant(f, factor)), 1,
               &value);
}

static MlirValue sum(Fixture *f, MlirValue a, MlirValue b) {
  return ttArithAddIGetResult(ttArithAddICreate(&f->b, f->loc, a, b));
}

static int64_t coefficientOf(const TtAffineForm *form, MlirValue value) {
  for (intptr_t i = 0; i < form->numTerms; ++i)
    if (mlirValueEqual(form->terms[i].value, value))
      return form->terms[i].coefficient;
  return 0;
}

// 64 x + 32 (y + 1) - 64 x + 7 z: terms cancel, constants add up.
static void sums(void **state) {
  Fixture *f = *state;
  MlirValue a =
      sum(f, times(f, f->x, 64), times(f, sum(f, f->y, number(f, 1)), 32));
  MlirValue b = ttArithSubIGetResult(
      ttArithSubICreate(&f->b, f->loc, a, times(f, f->x, 64)));
  MlirValue seven = ttArithMulIGetResult(
      ttArithMulICreate(&f->b, f->loc, number(f, 7), f->z));
  TtAffineForm form = ttAffineFormGet(sum(f, b, seven));
  assert_int_equal(form.constant, 32);
  assert_int_equal(form.numTerms, 2);
  assert_int_equal(coefficientOf(&form, f->x), 0);
  assert_int_equal(coefficientOf(&form, f->y), 32);
  assert_int_equal(coefficientOf(&form, f->z), 7);
  ttAffineFormDestroy(&form);
}

static void divisibility(void **state) {
  Fixture *f = *state;
  intptr_t culprit;
  TtAffineForm form =
      ttAffineFormGet(sum(f, times(f, f->x, 64), times(f, f->y, 48)));
  assert_true(ttAffineFormIsMultipleOf(&form, 16, &culprit));
  assert_false(ttAffineFormIsMultipleOf(&form, 32, &culprit));
  assert_true(mlirValueEqual(form.terms[culprit].value, f->y));
  ttAffineFormDivide(&form, 16);
  assert_int_equal(coefficientOf(&form, f->x), 4);
  assert_int_equal(coefficientOf(&form, f->y), 3);
  ttAffineFormDestroy(&form);

  form = ttAffineFormGet(sum(f, times(f, f->x, 64), number(f, 8)));
  assert_false(ttAffineFormIsMultipleOf(&form, 32, &culprit));
  assert_int_equal(culprit, -1);
  ttAffineFormDestroy(&form);
}

// (64 x) floordiv 32 is 2 x, (64 x) mod 32 is nothing, x floordiv 3 a term.
static void divisions(void **state) {
  Fixture *f = *state;
  MlirValue wide = times(f, f->x, 64);
  MlirAffineExpr d0 = dim(f, 0);
  TtAffineForm form = ttAffineFormGet(
      apply(f, mlirAffineFloorDivExprGet(d0, constant(f, 32)), 1, &wide));
  assert_int_equal(coefficientOf(&form, f->x), 2);
  ttAffineFormDestroy(&form);

  form = ttAffineFormGet(
      apply(f, mlirAffineModExprGet(d0, constant(f, 32)), 1, &wide));
  assert_int_equal(form.numTerms, 0);
  assert_int_equal(form.constant, 0);
  ttAffineFormDestroy(&form);

  MlirAffineExpr third = mlirAffineFloorDivExprGet(d0, constant(f, 3));
  MlirValue value =
      apply(f, mlirAffineMulExprGet(third, constant(f, 64)), 1, &f->x);
  form = ttAffineFormGet(value);
  assert_int_equal(form.numTerms, 1);
  assert_int_equal(form.terms[0].coefficient, 64);
  assert_true(mlirValueIsNull(form.terms[0].value));
  ttAffineFormDestroy(&form);
}

// What is built has the form it was built from.
static void building(void **state) {
  Fixture *f = *state;
  MlirAffineExpr d0 = dim(f, 0);
  MlirAffineExpr third = mlirAffineFloorDivExprGet(d0, constant(f, 3));
  MlirValue odd =
      apply(f, mlirAffineMulExprGet(third, constant(f, 64)), 1, &f->x);
  TtAffineForm form =
      ttAffineFormGet(sum(f, odd, sum(f, times(f, f->y, 32), number(f, 96))));
  ttAffineFormDivide(&form, 32);
  MlirValue built = ttAffineFormBuild(&f->b, f->loc, &form);
  TtAffineForm again = ttAffineFormGet(built);
  assert_int_equal(again.constant, 3);
  assert_int_equal(again.numTerms, 2);
  assert_int_equal(coefficientOf(&again, f->y), 1);
  ttAffineFormDestroy(&again);
  ttAffineFormDestroy(&form);

  form = ttAffineFormGet(times(f, f->x, 32));
  ttAffineFormDivide(&form, 32);
  assert_true(mlirValueEqual(ttAffineFormBuild(&f->b, f->loc, &form), f->x));
  ttAffineFormDestroy(&form);
}

// An index that a form cannot hold is one term, whatever it is made of.
static void beyondIndices(void **state) {
  Fixture *f = *state;
  MlirValue huge = number(f, INT64_MIN);
  MlirAffineExpr d0 = dim(f, 0);
  MlirValue indices[] = {
      huge,
      sum(f, f->x, huge),
      times(f, f->x, INT64_MIN),
      times(f, times(f, f->x, TtIndexMost), 2),
      sum(f, times(f, f->x, TtIndexMost), f->x),
      ttArithMulIGetResult(ttArithMulICreate(&f->b, f->loc, f->x, huge)),
      ttArithSubIGetResult(ttArithSubICreate(&f->b, f->loc, f->x, huge)),
      apply(f, mlirAffineFloorDivExprGet(d0, constant(f, 2)), 1, &huge)};
  for (size_t i = 0; i < sizeof indices / sizeof *indices; ++i) {
    TtAffineForm form = ttAffineFormGet(indices[i]);
    assert_int_equal(form.constant, 0);
    assert_int_equal(form.numTerms, 1);
    assert_int_equal(form.terms[0].coefficient, 1);
    ttAffineFormDestroy(&form);
  }
  TtAffineForm form = ttAffineFormGet(times(f, f->x, TtIndexMost));
  assert_true(ttAffineFormAddConstant(&form, TtIndexMost));
  assert_false(ttAffineFormAddConstant(&form, 1));
  assert_false(ttAffineFormAddConstant(&form, INT64_MIN));
  assert_false(ttAffineFormAdd(&form, f->x));
  assert_int_equal(form.constant, TtIndexMost);
  assert_int_equal(coefficientOf(&form, f->x), TtIndexMost);
  ttAffineFormDestroy(&form);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(sums, setUp, tearDown),
      cmocka_unit_test_setup_teardown(divisibility, setUp, tearDown),
      cmocka_unit_test_setup_teardown(divisions, setUp, tearDown),
      cmocka_unit_test_setup_teardown(building, setUp, tearDown),
      cmocka_unit_test_setup_teardown(beyondIndices, setUp, tearDown)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
