// Op definitions from tablegen, apart from the dialect class so that both
// compile at the same time.

#include "TTAsm.h"
#include "TTDialect.h"

using namespace mlir;
using namespace mlir::tt;

#define GET_OP_CLASSES
#include "TTOps.cpp.inc"
