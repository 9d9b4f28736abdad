//===- program_symbols.c - declarations that device ops name
//---------------===//

#include "program_symbols.h"
#include "tt-c/gen/TtOps.h"

typedef bool (*Isa)(MlirOperation);
typedef MlirStringRef (*NameOf)(MlirOperation);

static MlirOperation find(MlirOperation op, Isa isTable, Isa isDeclaration,
                          NameOf nameOf, MlirStringRef name) {
  MlirOperation none = {NULL};
  while (!mlirOperationIsNull(op) && !isTable(op))
    op = mlirOperationGetParentOperation(op);
  if (mlirOperationIsNull(op))
    return none;
  MlirBlock body = mlirRegionGetFirstBlock(mlirOperationGetRegion(op, 0));
  for (MlirOperation decl = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(decl); decl = mlirOperationGetNextInBlock(decl))
    if (isDeclaration(decl) && mlirStringRefEqual(nameOf(decl), name))
      return decl;
  return none;
}

MlirOperation ttFindCircularBuffer(MlirOperation op, MlirStringRef name) {
  return find(op, ttProgramIsa, ttCircularBufferIsa, ttCircularBufferGetSymName,
              name);
}

MlirOperation ttFindBuffer(MlirOperation op, MlirStringRef name) {
  return find(op, ttHostIsa, ttBufferIsa, ttBufferGetSymName, name);
}
