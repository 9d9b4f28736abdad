// Parsing and printing of shapes and of lists.

#include "TTAsm.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

ParseResult tt::parseTileShape(AsmParser &parser, int64_t &height,
                               int64_t &width) {
  SmallVector<int64_t> shape;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseDimensionList(shape, /*allowDynamic=*/false,
                                /*withTrailingX=*/false))
    return failure();
  if (shape.size() != 2)
    return parser.emitError(loc, "expected a tile shape such as 32x32");
  height = shape[0];
  width = shape[1];
  return success();
}

void tt::printTileShape(AsmPrinter &printer, int64_t height, int64_t width) {
  printer << height << 'x' << width;
}

ParseResult tt::parseI64List(AsmParser &parser, SmallVector<int64_t> &list) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(list.emplace_back());
  });
}

void tt::printI64List(AsmPrinter &printer, ArrayRef<int64_t> list) {
  printer << '[';
  llvm::interleaveComma(list, printer.getStream());
  printer << ']';
}

ParseResult tt::parseFloatList(OpAsmParser &parser, DenseF32ArrayAttr &list) {
  SmallVector<float> values;
  auto element = [&]() -> ParseResult {
    APFloat value(APFloat::IEEEsingle());
    if (parser.parseFloat(APFloat::IEEEsingle(), value))
      return failure();
    values.push_back(value.convertToFloat());
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, element))
    return failure();
  list = parser.getBuilder().getDenseF32ArrayAttr(values);
  return success();
}

void tt::printFloatList(OpAsmPrinter &printer, Operation *,
                        ArrayRef<float> list) {
  printer << '[';
  llvm::interleaveComma(
      list, printer, [&](float value) { printer.printFloat(APFloat(value)); });
  printer << ']';
}

ParseResult
tt::parseIndexList(OpAsmParser &parser,
                   SmallVectorImpl<OpAsmParser::UnresolvedOperand> &dynamic,
                   DenseI64ArrayAttr &fixed) {
  SmallVector<int64_t> numbers;
  auto element = [&]() -> ParseResult {
    OpAsmParser::UnresolvedOperand operand;
    OptionalParseResult parsed = parser.parseOptionalOperand(operand);
    if (!parsed.has_value())
      return parser.parseInteger(numbers.emplace_back());
    dynamic.push_back(operand);
    numbers.push_back(ShapedType::kDynamic);
    return *parsed;
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, element))
    return failure();
  fixed = parser.getBuilder().getDenseI64ArrayAttr(numbers);
  return success();
}

void tt::printIndexList(OpAsmPrinter &printer, Operation *,
                        OperandRange dynamic, ArrayRef<int64_t> fixed) {
  size_t next = 0;
  printer << '[';
  llvm::interleaveComma(fixed, printer, [&](int64_t number) {
    if (ShapedType::isDynamic(number) && next < dynamic.size())
      printer << dynamic[next++];
    else
      printer << number;
  });
  printer << ']';
}
