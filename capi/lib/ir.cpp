// Effects, dominance, mapped clones and symbol lookup for C.

#include "tt-c/IR.h"
#include "mlir/CAPI/AffineExpr.h"
#include "mlir/CAPI/AffineMap.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/OperationSupport.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "tt-c/Access.h"
#include "tt-c/Verify.h"

using namespace mlir;

// --- Effects

bool ttOperationGetEffects(MlirOperation op,
                           void (*visit)(const TtEffect *, void *),
                           void *data) {
  auto effects = dyn_cast<MemoryEffectOpInterface>(unwrap(op));
  if (!effects)
    return unwrap(op)->hasTrait<OpTrait::HasRecursiveMemoryEffects>();
  SmallVector<MemoryEffects::EffectInstance> list;
  effects.getEffects(list);
  for (const MemoryEffects::EffectInstance &one : list) {
    TtEffectKind kind =
        isa<MemoryEffects::Read>(one.getEffect())       ? TtEffectRead
        : isa<MemoryEffects::Write>(one.getEffect())    ? TtEffectWrite
        : isa<MemoryEffects::Allocate>(one.getEffect()) ? TtEffectAllocate
                                                        : TtEffectFree;
    TtEffect effect = {kind, wrap(one.getValue()),
                       wrap(Attribute(one.getSymbolRef())),
                       wrap(one.getResource()->getName())};
    visit(&effect, data);
  }
  return true;
}

bool ttOperationIsMemoryEffectFree(MlirOperation op) {
  return isMemoryEffectFree(unwrap(op));
}

bool ttOperationIsPure(MlirOperation op) { return isPure(unwrap(op)); }

// --- Dominance

struct TtDominance {
  DominanceInfo info;
};

TtDominance *ttDominanceCreate(MlirOperation root) {
  return new TtDominance{DominanceInfo(unwrap(root))};
}

void ttDominanceDestroy(TtDominance *dominance) { delete dominance; }

bool ttDominates(TtDominance *dominance, MlirValue value, MlirOperation op) {
  return dominance->info.properlyDominates(unwrap(value), unwrap(op));
}

bool ttOperationDominates(TtDominance *dominance, MlirOperation a,
                          MlirOperation b) {
  return dominance->info.dominates(unwrap(a), unwrap(b));
}

// --- Clone

struct TtMapping {
  IRMapping map;
};

TtMapping *ttMappingCreate(void) { return new TtMapping; }

void ttMappingDestroy(TtMapping *mapping) { delete mapping; }

void ttMappingMapValue(TtMapping *mapping, MlirValue from, MlirValue to) {
  mapping->map.map(unwrap(from), unwrap(to));
}

void ttMappingMapBlock(TtMapping *mapping, MlirBlock from, MlirBlock to) {
  mapping->map.map(unwrap(from), unwrap(to));
}

MlirValue ttMappingLookup(const TtMapping *mapping, MlirValue from) {
  return wrap(mapping->map.lookupOrNull(unwrap(from)));
}

MlirValue ttMappingLookupOrSelf(const TtMapping *mapping, MlirValue from) {
  return wrap(mapping->map.lookupOrDefault(unwrap(from)));
}

MlirOperation ttCloneWithMapping(MlirOperation op, TtMapping *mapping) {
  return wrap(unwrap(op)->clone(mapping->map));
}

MlirOperation ttCloneWithoutRegions(MlirOperation op, TtMapping *mapping) {
  return wrap(unwrap(op)->cloneWithoutRegions(mapping->map));
}

void ttCloneRegionInto(MlirRegion from, MlirRegion to, TtMapping *mapping) {
  unwrap(from)->cloneInto(unwrap(to), mapping->map);
}

void ttRegionTakeBody(MlirRegion to, MlirRegion from) {
  unwrap(to)->getBlocks().splice(unwrap(to)->end(), unwrap(from)->getBlocks());
}

// --- Values and ops

bool ttOperationEquivalent(MlirOperation a, MlirOperation b) {
  return OperationEquivalence::isEquivalentTo(
      unwrap(a), unwrap(b), OperationEquivalence::IgnoreLocations);
}

bool ttOperationIsAncestor(MlirOperation ancestor, MlirOperation op) {
  return unwrap(ancestor)->isAncestor(unwrap(op));
}

void ttBlockSplice(MlirBlock to, MlirOperation before, MlirBlock from) {
  Block *target = unwrap(to);
  Block::iterator place = mlirOperationIsNull(before)
                              ? target->end()
                              : Block::iterator(unwrap(before));
  target->getOperations().splice(place, unwrap(from)->getOperations());
}

MlirOperation ttLookupNearestSymbol(MlirOperation from,
                                    MlirAttribute reference) {
  return wrap(SymbolTable::lookupNearestSymbolFrom(
      unwrap(from), cast<SymbolRefAttr>(unwrap(reference))));
}

MlirOperation ttSymbolsLookup(TtSymbols *symbols, MlirOperation from,
                              MlirAttribute reference) {
  return wrap(reinterpret_cast<SymbolTableCollection *>(symbols)
                  ->lookupNearestSymbolFrom(
                      unwrap(from), cast<SymbolRefAttr>(unwrap(reference))));
}

bool ttValueGetConstantInt(MlirValue value, int64_t *number) {
  APInt constant;
  if (!matchPattern(unwrap(value), m_ConstantInt(&constant)))
    return false;
  *number = constant.getSExtValue();
  return true;
}

// --- Affine

MlirAffineMap ttAffineMapSimplify(MlirAffineMap map) {
  return wrap(simplifyAffineMap(unwrap(map)));
}

bool ttAffineComposeMapAndOperands(MlirAffineMap *map, intptr_t *numOperands,
                                   MlirValue *operands, intptr_t capacity) {
  SmallVector<Value> values;
  for (intptr_t i = 0; i < *numOperands; ++i)
    values.push_back(unwrap(operands[i]));
  AffineMap composed = unwrap(*map);
  affine::fullyComposeAffineMapAndOperands(&composed, &values);
  affine::canonicalizeMapAndOperands(&composed, &values);
  if (static_cast<intptr_t>(values.size()) > capacity)
    return false;
  *map = wrap(composed);
  *numOperands = static_cast<intptr_t>(values.size());
  for (size_t i = 0; i < values.size(); ++i)
    operands[i] = wrap(values[i]);
  return true;
}

int64_t ttAffineExprLargestDivisor(MlirAffineExpr expr) {
  return unwrap(expr).getLargestKnownDivisor();
}

// --- Dense arrays

template <typename ArrayAttr, typename T>
static const T *denseData(MlirAttribute attribute) {
  static_assert(sizeof(T) == sizeof(*ArrayAttr().asArrayRef().data()));
  return reinterpret_cast<const T *>(
      cast<ArrayAttr>(unwrap(attribute)).asArrayRef().data());
}

const int64_t *ttDenseI64Data(MlirAttribute attribute) {
  return denseData<DenseI64ArrayAttr, int64_t>(attribute);
}

const int32_t *ttDenseI32Data(MlirAttribute attribute) {
  return denseData<DenseI32ArrayAttr, int32_t>(attribute);
}

const float *ttDenseF32Data(MlirAttribute attribute) {
  return denseData<DenseF32ArrayAttr, float>(attribute);
}

const double *ttDenseF64Data(MlirAttribute attribute) {
  return denseData<DenseF64ArrayAttr, double>(attribute);
}
