// Lookup by walking up and along: symbol tables of programs are short.

#include "verify_symbols.h"

#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"

MlirOperation ttVerifyEnclosing(MlirOperation op, bool (*isa)(MlirOperation)) {
  while (!mlirOperationIsNull(op) && !isa(op))
    op = mlirOperationGetParentOperation(op);
  return op;
}

static MlirOperation findIn(MlirRegion region, bool (*isa)(MlirOperation),
                            MlirStringRef (*nameOf)(MlirOperation),
                            MlirStringRef name) {
  MlirBlock block = mlirRegionGetFirstBlock(region);
  if (mlirBlockIsNull(block))
    return (MlirOperation){NULL};
  MlirOperation op = mlirBlockGetFirstOperation(block);
  while (!mlirOperationIsNull(op) &&
         !(isa(op) && mlirStringRefEqual(nameOf(op), name)))
    op = mlirOperationGetNextInBlock(op);
  return op;
}

MlirOperation ttRequireCircularBuffer(MlirOperation op, MlirStringRef name) {
  MlirOperation program = ttVerifyEnclosing(op, ttProgramIsa);
  MlirOperation found = program;
  if (!mlirOperationIsNull(program))
    found = findIn(ttProgramGetBody(program), ttCircularBufferIsa,
                   ttCircularBufferGetSymName, name);
  if (mlirOperationIsNull(found))
    ttEmitOpError(op,
                  "names '@%.*s', which is no circular buffer of its "
                  "program",
                  (int)name.length, name.data);
  return found;
}

MlirOperation ttRequireBuffer(MlirOperation op, MlirStringRef name) {
  MlirOperation host = ttVerifyEnclosing(op, ttHostIsa);
  MlirOperation found = host;
  if (!mlirOperationIsNull(host))
    found = findIn(ttHostGetBody(host), ttBufferIsa, ttBufferGetSymName, name);
  if (mlirOperationIsNull(found))
    ttEmitOpError(op, "names '@%.*s', which is no buffer of its host",
                  (int)name.length, name.data);
  return found;
}
