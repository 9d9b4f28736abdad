//===- verify_program.c - declarations of a program -----------------------===//
//
// Reads what a program declares and holds it against the device: ids of
// circular buffers, bytes of L1, one kernel per role. Sizes of tiles are the
// METALIUM sheet's (§7.5), written down here once more on purpose.
//
//===----------------------------------------------------------------------===//

#include "verify_program.h"
#include "buffer_memory.h"
#include "stb_ds.h"
#include "tt-c/Device.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>

// Bytes of a 32x32 tile; 0 for a format that has none.
static int64_t tileBytes(TtDataFormat format) {
  switch (format) {
  case TtDataFormatF32:
  case TtDataFormatI32:
  case TtDataFormatU32:
    return 4096;
  case TtDataFormatBF16:
  case TtDataFormatF16:
  case TtDataFormatU16:
    return 2048;
  case TtDataFormatU8:
    return 1024;
  case TtDataFormatBFP8B:
    return 1088;
  case TtDataFormatBFP4B:
    return 576;
  case TtDataFormatInferred:
    break;
  }
  return 0;
}

static MlirLogicalResult readRing(VerifyProgram *program, MlirOperation op) {
  TtCBType type = ttCBTypeGet(ttCircularBufferGetType(op));
  TtTileType tile = ttTileTypeGet(type.tile);
  VerifyRing ring = {op,
                     ttCircularBufferGetSymName(op),
                     ttCircularBufferGetId(op),
                     type.pages,
                     tileBytes(tile.format),
                     tile.format,
                     ttCircularBufferGetUnpack(op)};
  if (tile.height != 32 || tile.width != 32 || ring.pageBytes == 0)
    return ttEmitOpError(op, "has pages whose size tt-verify does not know; "
                             "tiles of 32x32 in a storage format have one");
  if (ring.pages > VerifyMaxPages)
    return ttEmitOpError(op,
                         "has %" PRId64
                         " pages; tt-verify follows up to %d, more than L1 "
                         "holds",
                         ring.pages, VerifyMaxPages);
  arrput(program->rings, ring);
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult readKernel(VerifyProgram *program, MlirOperation op) {
  MlirOperation *place = &program->kernels[ttFuncGetRole(op)];
  if (!mlirOperationIsNull(*place)) {
    TtDiagnostic *d = ttDiagnosticOpError(op, "is a second %s of its program",
                                          ttRoleToString(ttFuncGetRole(op)));
    ttDiagnosticNote(d, mlirOperationGetLocation(*place), "the first is here");
    return ttDiagnosticReport(d);
  }
  *place = op;
  return mlirLogicalResultSuccess();
}

MlirLogicalResult verifyProgramRead(MlirOperation op, VerifyProgram *program) {
  *program = (VerifyProgram){.op = op,
                             .host = mlirOperationGetParentOperation(op),
                             .compute = ttProgramGetCompute(op),
                             .partition = ttProgramGetPartition(op),
                             .work = ttProgramGetWork(op)};
  program->device = ttHostGetDevice(program->host);
  MlirLogicalResult result = mlirLogicalResultSuccess();
  MlirBlock body = mlirRegionGetFirstBlock(ttProgramGetBody(op));
  for (MlirOperation decl = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(decl) && mlirLogicalResultIsSuccess(result);
       decl = mlirOperationGetNextInBlock(decl)) {
    if (ttCircularBufferIsa(decl))
      result = readRing(program, decl);
    else if (ttFuncIsa(decl))
      result = readKernel(program, decl);
    else
      result = ttEmitOpError(decl, "is no part of a finished program");
  }
  return result;
}

void verifyProgramFree(VerifyProgram *program) { arrfree(program->rings); }

int verifyRingNamed(const VerifyProgram *program, MlirStringRef name) {
  for (ptrdiff_t i = 0; i < arrlen(program->rings); ++i)
    if (mlirStringRefEqual(program->rings[i].name, name))
      return (int)i;
  return -1;
}

MlirOperation verifyBufferNamed(const VerifyProgram *program,
                                MlirStringRef name) {
  MlirBlock body = mlirRegionGetFirstBlock(ttHostGetBody(program->host));
  for (MlirOperation op = mlirBlockGetFirstOperation(body);
       !mlirOperationIsNull(op); op = mlirOperationGetNextInBlock(op))
    if (ttBufferIsa(op) && mlirStringRefEqual(ttBufferGetSymName(op), name))
      return op;
  return (MlirOperation){NULL};
}

int64_t verifyRegisters(const VerifyProgram *program) {
  return program->device.dstTiles / (program->compute.fp32Acc ? 2 : 1) /
         (program->compute.fullSync ? 1 : 2);
}

//===- against the device -------------------------------------------------===//

static MlirLogicalResult verifyIds(const VerifyProgram *program) {
  for (ptrdiff_t i = 0; i < arrlen(program->rings); ++i) {
    const VerifyRing *ring = &program->rings[i];
    if (ring->id < 0 || ring->id >= program->device.cbs)
      return ttEmitOpError(
          ring->op,
          "has id %" PRId64
          ", but the device has circular buffers 0 to %" PRId64,
          ring->id, program->device.cbs - 1);
    for (ptrdiff_t j = 0; j < i; ++j) {
      if (program->rings[j].id != ring->id)
        continue;
      TtDiagnostic *d = ttDiagnosticOpError(
          ring->op, "has id %" PRId64 ", which another circular buffer has",
          ring->id);
      ttDiagnosticNote(d, mlirOperationGetLocation(program->rings[j].op),
                       "the other one");
      return ttDiagnosticReport(d);
    }
  }
  return mlirLogicalResultSuccess();
}

static MlirLogicalResult verifyBytes(const VerifyProgram *program) {
  int64_t bytes = 0, room = ttHostFreeL1(program->host);
  for (ptrdiff_t i = 0; i < arrlen(program->rings); ++i)
    bytes += program->rings[i].pages * program->rings[i].pageBytes;
  if (bytes <= room)
    return mlirLogicalResultSuccess();
  TtDiagnostic *d = ttDiagnosticOpError(
      program->op, "needs %" PRId64 " B of L1 but a core has %" PRId64 " B%s",
      bytes, room,
      room < ttDeviceUsableL1(&program->device) ? " beside the buffers in L1"
                                                : "");
  for (ptrdiff_t i = 0; i < arrlen(program->rings); ++i)
    ttDiagnosticNote(d, mlirOperationGetLocation(program->rings[i].op),
                     "%" PRId64 " pages of %" PRId64 " B",
                     program->rings[i].pages, program->rings[i].pageBytes);
  return ttDiagnosticReport(d);
}

MlirLogicalResult verifyDeclarations(const VerifyProgram *program) {
  if (mlirLogicalResultIsFailure(verifyIds(program)))
    return mlirLogicalResultFailure();
  return verifyBytes(program);
}
