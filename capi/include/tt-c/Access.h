// What generated accessors and builders are made of. Code written by hand uses
// the generated functions and not these.

#ifndef TT_C_ACCESS_H
#define TT_C_ACCESS_H

#include "mlir-c/AffineMap.h"
#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/IR.h"
#include "tt-c/Builder.h"
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char *text;
  int64_t value;
} TtEnumCase;

typedef struct {
  intptr_t start, count;
} TtSegment;

typedef struct {
  MlirStringRef name;
  MlirAttribute value;
} TtNamed;

bool ttOpHasName(MlirOperation op, const char *name, size_t length);

// Index of the op's name in a sorted table, or -1.
intptr_t ttFindName(MlirOperation op, intptr_t count,
                    const MlirStringRef *names);

// An inherent attribute, or null.
MlirAttribute ttOpAttr(MlirOperation op, MlirStringRef name);

// The number in an integer attribute of any signedness.
int64_t ttAttrInt(MlirAttribute attribute);

// A unit attribute for true, null for false.
MlirAttribute ttFlagAttr(MlirContext context, bool set);

// The index-th group of operands or results by the named segment sizes.
TtSegment ttOpSegment(MlirOperation op, MlirStringRef sizes, intptr_t index);

// The elements of a dense array attribute; they live as long as the context.
const int64_t *ttDenseI64Data(MlirAttribute attribute);
const int32_t *ttDenseI32Data(MlirAttribute attribute);
const float *ttDenseF32Data(MlirAttribute attribute);
const double *ttDenseF64Data(MlirAttribute attribute);

const char *ttEnumToString(intptr_t count, const TtEnumCase *cases,
                           int64_t value);
bool ttEnumFromString(intptr_t count, const TtEnumCase *cases,
                      MlirStringRef text, int64_t *value);

// A null type is an absent optional result and adds nothing.
void ttStateAddResult(MlirOperationState *state, MlirType type);
// A null operand is an absent optional one and adds nothing.
void ttStateAddOperand(MlirOperationState *state, MlirValue operand);
void ttStateAddRegions(MlirOperationState *state, intptr_t count);
void ttStateAddAttributes(MlirOperationState *state, intptr_t count,
                          const TtNamed *named);

#ifdef __cplusplus
}
#endif

#endif
