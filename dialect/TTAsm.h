// Parts of the assembly where the lexer needs help: `32x32`, `[1, 2]`, floats
// in full, and lists that mix values and numbers.

#ifndef TT_DIALECT_TTASM_H
#define TT_DIALECT_TTASM_H

#include "mlir/IR/OpImplementation.h"

namespace mlir::tt {

// `32x16`.
ParseResult parseTileShape(AsmParser &parser, int64_t &height, int64_t &width);
void printTileShape(AsmPrinter &printer, int64_t height, int64_t width);

// `[1, 2, 3]`.
ParseResult parseI64List(AsmParser &parser, SmallVector<int64_t> &list);
void printI64List(AsmPrinter &printer, ArrayRef<int64_t> list);

// `[1.0, 0x7FC00000]`: every value as itself; what upstream prints for an array
// of floats in an assembly format has six digits.
ParseResult parseFloatList(OpAsmParser &parser, DenseF32ArrayAttr &list);
void printFloatList(OpAsmPrinter &printer, Operation *op, ArrayRef<float> list);

// `[%i, 4, %j]`: values where the static list holds ShapedType::kDynamic.
ParseResult
parseIndexList(OpAsmParser &parser,
               SmallVectorImpl<OpAsmParser::UnresolvedOperand> &dynamic,
               DenseI64ArrayAttr &fixed);
void printIndexList(OpAsmPrinter &printer, Operation *op, OperandRange dynamic,
                    ArrayRef<int64_t> fixed);

} // namespace mlir::tt

#endif
