//===- block_type.c - the type of a block value ---------------------------===//

#include "block_type.h"
#include "mlir-c/BuiltinTypes.h"

bool ttTypeIsABlock(MlirType type) {
  return mlirTypeIsARankedTensor(type) && mlirShapedTypeGetRank(type) == 2 &&
         mlirShapedTypeHasStaticShape(type) &&
         ttTypeIsATile(mlirShapedTypeGetElementType(type));
}

TtBlock ttBlockGet(MlirType type) {
  return (TtBlock){mlirShapedTypeGetDimSize(type, 0),
                   mlirShapedTypeGetDimSize(type, 1),
                   mlirShapedTypeGetElementType(type)};
}

MlirType ttBlockTypeGet(TtBlock block) {
  int64_t shape[] = {block.rows, block.cols};
  return mlirRankedTensorTypeGet(2, shape, block.tile, (MlirAttribute){NULL});
}

int64_t ttBlockTiles(TtBlock block) {
  int64_t tiles;
  return __builtin_mul_overflow(block.rows, block.cols, &tiles) ||
                 tiles > INT32_MAX
             ? INT32_MAX
             : tiles;
}

TtDataFormat ttBlockFormat(TtBlock block) {
  return ttTileTypeGet(block.tile).format;
}

intptr_t ttWholeDim(MlirType whole, MlirType part, intptr_t dim) {
  intptr_t w = mlirShapedTypeGetRank(whole) - 1;
  for (intptr_t p = mlirShapedTypeGetRank(part) - 1;; --p, --w) {
    while (w > p && mlirShapedTypeGetDimSize(whole, w) == 1 &&
           mlirShapedTypeGetDimSize(part, p) != 1)
      --w;
    if (p == dim)
      return w;
  }
}

TtDataFormat ttValueFormat(MlirValue block) {
  return ttBlockFormat(ttBlockGet(mlirValueGetType(block)));
}

bool ttFormatIsInteger(TtDataFormat format) {
  switch (format) {
  case TtDataFormatI32:
  case TtDataFormatU32:
  case TtDataFormatU16:
  case TtDataFormatU8:
    return true;
  default:
    return false;
  }
}

bool ttExponentsMeet(TtDataFormat a, TtDataFormat b) {
  return (a == TtDataFormatF16) == (b == TtDataFormatF16);
}

int64_t ttTileBytes(TtDataFormat format) {
  switch (format) {
  case TtDataFormatF32:
  case TtDataFormatI32:
  case TtDataFormatU32:
    return 4096;
  case TtDataFormatBF16:
  case TtDataFormatF16:
  case TtDataFormatU16:
    return 2048;
  case TtDataFormatBFP8B:
    return 1088;
  case TtDataFormatBFP4B:
    return 576;
  case TtDataFormatU8:
    return 1024;
  case TtDataFormatInferred:
    break;
  }
  return 0;
}
