// What MLIR's C API lacks and passes need: effects, dominance, clone with a
// mapping, symbol tables seen from an op.

#ifndef TT_C_IR_H
#define TT_C_IR_H

#include "mlir-c/AffineMap.h"
#include "mlir-c/IR.h"
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Effects

typedef enum {
  TtEffectRead,
  TtEffectWrite,
  TtEffectAllocate,
  TtEffectFree
} TtEffectKind;

typedef struct {
  TtEffectKind kind;
  MlirValue value;        // null if the effect is on a whole resource
  MlirAttribute symbol;   // the symbol reference it is on, or null
  MlirStringRef resource; // the resource's name; lives as long as the program
} TtEffect;

// Calls `visit` for every memory effect of `op`, without those of nested ops.
// Returns false if the op does not say what its effects are.
bool ttOperationGetEffects(MlirOperation op,
                           void (*visit)(const TtEffect *effect, void *data),
                           void *data);

// Whether the op and everything nested in it has no memory effect.
bool ttOperationIsMemoryEffectFree(MlirOperation op);

// Whether the op may be moved freely: no effects and no undefined behaviour.
bool ttOperationIsPure(MlirOperation op);

// --- Dominance

// The dominator trees below an op, computed on demand; owned by the caller.
typedef struct TtDominance TtDominance;

TtDominance *ttDominanceCreate(MlirOperation root);
void ttDominanceDestroy(TtDominance *dominance);
// Whether `value` may be used by `op`.
bool ttDominates(TtDominance *dominance, MlirValue value, MlirOperation op);
bool ttOperationDominates(TtDominance *dominance, MlirOperation a,
                          MlirOperation b);

// --- Clone

// Old value -> new value while cloning; owned by the caller.
typedef struct TtMapping TtMapping;

TtMapping *ttMappingCreate(void);
void ttMappingDestroy(TtMapping *mapping);
void ttMappingMapValue(TtMapping *mapping, MlirValue from, MlirValue to);
void ttMappingMapBlock(TtMapping *mapping, MlirBlock from, MlirBlock to);
// The image of `from`, or null.
MlirValue ttMappingLookup(const TtMapping *mapping, MlirValue from);
// The image of `from`, or `from` itself.
MlirValue ttMappingLookupOrSelf(const TtMapping *mapping, MlirValue from);

// A detached clone; its results are added to the mapping.
MlirOperation ttCloneWithMapping(MlirOperation op, TtMapping *mapping);
// The op with as many empty regions.
MlirOperation ttCloneWithoutRegions(MlirOperation op, TtMapping *mapping);
// Clones the blocks of `from` into the empty region `to`.
void ttCloneRegionInto(MlirRegion from, MlirRegion to, TtMapping *mapping);
// Moves the blocks of `from` to the end of `to`.
void ttRegionTakeBody(MlirRegion to, MlirRegion from);

// --- Values and ops

// Whether two ops are equal but for location and identity of operands.
bool ttOperationEquivalent(MlirOperation a, MlirOperation b);
// Whether `ancestor` is `op` or contains it.
bool ttOperationIsAncestor(MlirOperation ancestor, MlirOperation op);
// Moves all ops of `from`, its terminator too, before
// `before`, or to the end of `to` for a null `before`.
void ttBlockSplice(MlirBlock to, MlirOperation before, MlirBlock from);
// The op named by a symbol reference attribute, seen from `from`, or null.
MlirOperation ttLookupNearestSymbol(MlirOperation from,
                                    MlirAttribute reference);
// The value of an integer or index constant, if `value` is one.
bool ttValueGetConstantInt(MlirValue value, int64_t *number);

// --- Affine

MlirAffineMap ttAffineMapSimplify(MlirAffineMap map);
// Composes `map` with the affine.apply ops that feed `operands`; both are
// replaced in place. `capacity` bounds the number of operands; false if it
// would be exceeded.
bool ttAffineComposeMapAndOperands(MlirAffineMap *map, intptr_t *numOperands,
                                   MlirValue *operands, intptr_t capacity);
// Largest known divisor of an expression.
int64_t ttAffineExprLargestDivisor(MlirAffineExpr expr);

/// `tt.ends`: the loops (numbers, `array<i64>`) of a linalg op that reduce a
/// dim which may end before its block does. tt-import sets it, and
/// tt-lower-tile-intrinsics leaves out what lies behind.
MlirStringRef ttEndsAttrName(void);

#ifdef __cplusplus
}
#endif

#endif
