// RUN: %unit/ops
//
// The generated C of ops: builders, accessors, segments, defaults, inference.

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "tt-c/IR.h"
#include "tt-c/Registration.h"
#include "tt-c/gen/ArithOps.h"
#include "tt-c/gen/BuiltinOps.h"
#include "tt-c/gen/FuncOps.h"
#include "tt-c/gen/GpuOps.h"
#include "tt-c/gen/LinalgOps.h"
#include "tt-c/gen/MemrefOps.h"
#include "tt-c/gen/ScfOps.h"
#include "tt-c/gen/TtOps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka wants the headers above first.
#include <cmocka.h>
#include <string.h>

typedef struct {
  MlirContext context;
  MlirLocation loc;
  MlirModule module;
  TtBuilder b;
} Fixture;

static int setUp(void **state) {
  static Fixture f;
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  ttRegisterAllDialects(registry);
  f.context = mlirContextCreateWithRegistry(registry, false);
  mlirDialectRegistryDestroy(registry);
  mlirContextLoadAllAvailableDialects(f.context);
  f.loc = mlirLocationUnknownGet(f.context);
  f.module = mlirModuleCreateEmpty(f.loc);
  f.b = ttBuilderAtEnd(f.context, mlirModuleGetBody(f.module));
  *state = &f;
  return 0;
}

static int tearDown(void **state) {
  Fixture *f = *state;
  mlirModuleDestroy(f->module);
  mlirContextDestroy(f->context);
  return 0;
}

static MlirStringRef str(const char *text) {
  return mlirStringRefCreateFromCString(text);
}

static MlirValue indexConstant(const Fixture *f, int64_t number) {
  MlirAttribute value =
      mlirIntegerAttrGet(mlirIndexTypeGet(f->context), number);
  return ttArithConstantGetResult(ttArithConstantCreate(&f->b, f->loc, value));
}

static void protocolOpRoundTrips(void **state) {
  Fixture *f = *state;
  MlirOperation op = ttCbPushBackCreate(&f->b, f->loc, str("a"), 4);
  assert_true(ttCbPushBackIsa(op));
  assert_false(ttCbPopFrontIsa(op));
  assert_int_equal(ttOpKind(op), TtOpKindCbPushBack);
  assert_int_equal(ttCbPushBackGetPages(op), 4);
  assert_true(mlirStringRefEqual(ttCbPushBackGetCb(op), str("a")));
  ttCbPushBackSetPages(op, 8);
  ttCbPushBackSetCb(op, str("b"));
  assert_int_equal(ttCbPushBackGetPages(op), 8);
  assert_true(mlirStringRefEqual(ttCbPushBackGetCb(op), str("b")));
  // Inherent attributes live in properties, none became discardable.
  assert_int_equal(mlirOperationGetNumDiscardableAttributes(op), 0);
}

static void typesAreInferredWhereTheyCanBe(void **state) {
  Fixture *f = *state;
  MlirValue one = indexConstant(f, 1);
  MlirOperation add = ttArithAddICreate(&f->b, f->loc, one, one);
  assert_false(mlirOperationIsNull(add));
  assert_true(mlirTypeIsAIndex(mlirValueGetType(ttArithAddIGetResult(add))));
  int64_t number = 0;
  assert_true(ttValueGetConstantInt(one, &number));
  assert_int_equal(number, 1);
  assert_int_equal(ttOpKind(add), TtOpKindNone);
}

static void variadicsAndRegionsOfLoops(void **state) {
  Fixture *f = *state;
  MlirValue zero = indexConstant(f, 0), four = indexConstant(f, 4);
  MlirValue initial[] = {zero, four};
  MlirType types[] = {mlirIndexTypeGet(f->context),
                      mlirIndexTypeGet(f->context)};
  MlirOperation loop =
      ttScfForCreate(&f->b, f->loc, 2, types, zero, four, four, 2, initial);
  assert_true(ttScfForIsa(loop));
  assert_int_equal(ttScfForGetNumInitArgs(loop), 2);
  assert_int_equal(ttScfForGetNumResults(loop), 2);
  assert_true(mlirValueEqual(ttScfForGetInitArgs(loop, 1), four));
  assert_true(mlirValueEqual(ttScfForGetUpperBound(loop), four));
  MlirType arguments[] = {types[0], types[0], types[0]};
  MlirLocation locs[] = {f->loc, f->loc, f->loc};
  MlirBlock body = mlirBlockCreate(3, arguments, locs);
  mlirRegionAppendOwnedBlock(ttScfForGetRegion(loop), body);
  TtBuilder inner = ttBuilderAtEnd(f->context, body);
  MlirValue carried[] = {mlirBlockGetArgument(body, 1),
                         mlirBlockGetArgument(body, 2)};
  MlirOperation yield = ttScfYieldCreate(&inner, f->loc, 2, carried);
  assert_int_equal(ttScfYieldGetNumResults(yield), 2);
  assert_true(mlirOperationVerify(loop));
}

static void segmentsAreFilledInAndRead(void **state) {
  Fixture *f = *state;
  MlirType f32 = mlirF32TypeGet(f->context);
  int64_t shape[] = {mlirShapedTypeGetDynamicSize(), 4};
  MlirType memref =
      mlirMemRefTypeContiguousGet(f32, 2, shape, mlirAttributeGetNull());
  MlirValue size = indexConstant(f, 8);
  MlirOperation alloc =
      ttMemrefAllocCreate(&f->b, f->loc, memref, 1, &size, 0, NULL);
  assert_int_equal(ttMemrefAllocGetNumDynamicSizes(alloc), 1);
  assert_int_equal(ttMemrefAllocGetNumSymbolOperands(alloc), 0);
  assert_true(mlirValueEqual(ttMemrefAllocGetDynamicSizes(alloc, 0), size));
  assert_false(ttMemrefAllocHasAlignment(alloc));
  ttMemrefAllocSetAlignment(alloc, 64);
  assert_true(ttMemrefAllocHasAlignment(alloc));
  assert_int_equal(ttMemrefAllocGetAlignment(alloc), 64);
  ttMemrefAllocRemoveAlignment(alloc);
  assert_false(ttMemrefAllocHasAlignment(alloc));
  assert_true(mlirOperationVerify(alloc));
}

static void enumsOfOtherDialects(void **state) {
  Fixture *f = *state;
  MlirValue one = indexConstant(f, 1);
  MlirOperation compare =
      ttArithCmpICreate(&f->b, f->loc, TtArithCmpIPredicateSlt, one, one);
  assert_int_equal(ttArithCmpIGetPredicate(compare), TtArithCmpIPredicateSlt);
  assert_string_equal(ttArithCmpIPredicateToString(TtArithCmpIPredicateSlt),
                      "slt");
  MlirOperation id = ttGpuThreadIdCreate(&f->b, f->loc, TtGpuDimensionY);
  assert_int_equal(ttGpuThreadIdGetDimension(id), TtGpuDimensionY);
}

static void structsGoInAndOutByValue(void **state) {
  Fixture *f = *state;
  const int64_t x[] = {0, 1}, y[] = {0, 0}, start[] = {0, 3}, count[] = {3, 2};
  TtWorkAttr work = {2, x, 2, y, 2, start, 2, count};
  MlirAttribute attribute = ttWorkAttrCreate(f->context, work);
  assert_true(ttAttributeIsAWork(attribute));
  assert_false(ttAttributeIsADevice(attribute));
  TtWorkAttr read = ttWorkAttrGet(attribute);
  assert_int_equal(read.numStart, 2);
  assert_int_equal(read.start[1], 3);
  assert_int_equal(read.count[0], 3);
  MlirType tile =
      ttTileTypeCreate(f->context, (TtTileType){32, 16, TtDataFormatBF16});
  assert_true(ttTypeIsATile(tile));
  assert_int_equal(ttTileTypeGet(tile).width, 16);
  TtDataFormat format;
  assert_true(ttDataFormatFromString(str("bfp8_b"), &format));
  assert_int_equal(format, TtDataFormatBFP8B);
  assert_false(ttDataFormatFromString(str("bf"), &format));
}

static void theOpTableHasRows(void **state) {
  (void)state;
  const TtUnaryFunctionRow *row = ttUnaryFunctionRow(TtUnaryFunctionExp);
  assert_string_equal(row->call, "exp_tile");
  assert_string_equal(row->sources[0], "math.exp");
  assert_int_equal(row->numSources, 1);
}

static void collect(const TtEffect *effect, void *data) {
  if (effect->kind == TtEffectWrite)
    *(MlirStringRef *)data = effect->resource;
}

static void effectsOfProtocolOps(void **state) {
  Fixture *f = *state;
  MlirOperation op = ttCbPushBackCreate(&f->b, f->loc, str("a"), 4);
  MlirStringRef resource = {NULL, 0};
  assert_true(ttOperationGetEffects(op, collect, &resource));
  assert_true(mlirStringRefEqual(resource, str("tt.CB")));
  assert_false(ttOperationIsMemoryEffectFree(op));
}

// The body of a new function; modules are graph regions without dominance.
static MlirOperation enterFunction(Fixture *f) {
  MlirType type = mlirFunctionTypeGet(f->context, 0, NULL, 0, NULL);
  MlirOperation func = ttFuncFuncCreate(&f->b, f->loc, str("f"), type);
  MlirBlock body = mlirBlockCreate(0, NULL, NULL);
  mlirRegionAppendOwnedBlock(ttFuncFuncGetBody(func), body);
  f->b = ttBuilderAtEnd(f->context, body);
  return func;
}

static void clonesGoThroughTheMapping(void **state) {
  Fixture *f = *state;
  MlirOperation func = enterFunction(f);
  MlirValue one = indexConstant(f, 1), two = indexConstant(f, 2);
  MlirOperation add = ttArithAddICreate(&f->b, f->loc, one, one);
  TtMapping *mapping = ttMappingCreate();
  ttMappingMapValue(mapping, one, two);
  MlirOperation clone =
      ttBuilderInsert(&f->b, ttCloneWithMapping(add, mapping));
  assert_true(mlirValueEqual(ttArithAddIGetLhs(clone), two));
  assert_true(
      mlirValueEqual(ttMappingLookup(mapping, ttArithAddIGetResult(add)),
                     ttArithAddIGetResult(clone)));
  ttMappingDestroy(mapping);
  TtDominance *dominance = ttDominanceCreate(func);
  assert_true(ttDominates(dominance, one, add));
  assert_false(ttDominates(dominance, ttArithAddIGetResult(clone), add));
  ttDominanceDestroy(dominance);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(protocolOpRoundTrips, setUp, tearDown),
      cmocka_unit_test_setup_teardown(typesAreInferredWhereTheyCanBe, setUp,
                                      tearDown),
      cmocka_unit_test_setup_teardown(variadicsAndRegionsOfLoops, setUp,
                                      tearDown),
      cmocka_unit_test_setup_teardown(segmentsAreFilledInAndRead, setUp,
                                      tearDown),
      cmocka_unit_test_setup_teardown(enumsOfOtherDialects, setUp, tearDown),
      cmocka_unit_test_setup_teardown(structsGoInAndOutByValue, setUp,
                                      tearDown),
      cmocka_unit_test(theOpTableHasRows),
      cmocka_unit_test_setup_teardown(effectsOfProtocolOps, setUp, tearDown),
      cmocka_unit_test_setup_teardown(clonesGoThroughTheMapping, setUp,
                                      tearDown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
