//===- verify_program.h - a finished program as tt-verify reads it --------===//
//
// The declarations of a `tt.program` (circular buffers, kernels, work) as plain
// structs, read once; every check of tt-verify starts from them. Written from
// the rules of the hardware alone: the checks share nothing with the passes
// that make programs.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_PROGRAM_H
#define TT_PASSES_VERIFY_PROGRAM_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "tt-c/gen/TtAttrs.h"
#include <stdbool.h>
#include <stdint.h>

/// Most pages of a circular buffer that the checks follow one by one: more
/// than L1 has room for in any format.
enum { VerifyMaxPages = 2816 };

typedef struct {
  MlirOperation op;
  MlirStringRef name;
  int64_t id;
  int64_t pages;     // capacity
  int64_t pageBytes; // of one tile
  TtDataFormat format;
  TtUnpackMode unpack;
} VerifyRing;

typedef struct {
  MlirOperation op, host;
  TtDeviceAttr device;
  TtComputeAttr compute;
  TtPartitionAttr partition;
  TtWorkAttr work;
  VerifyRing *rings;        // stb_ds array
  MlirOperation kernels[3]; // by TtRole; null if the program has none
} VerifyProgram;

/// Reads the declarations; failure after a diagnostic.
MlirLogicalResult verifyProgramRead(MlirOperation op, VerifyProgram *program);
void verifyProgramFree(VerifyProgram *program);

/// Index of a circular buffer in `rings`, or -1.
int verifyRingNamed(const VerifyProgram *program, MlirStringRef name);

/// The `tt.buffer` of this name in the host, or null.
MlirOperation verifyBufferNamed(const VerifyProgram *program,
                                MlirStringRef name);

/// Tile registers that one section may use (METALIUM sheet §7.4).
int64_t verifyRegisters(const VerifyProgram *program);

/// Declarations against the device: ids, L1, one kernel per role.
MlirLogicalResult verifyDeclarations(const VerifyProgram *program);

/// Every item on exactly one core, cores distinct and on the grid.
MlirLogicalResult verifyWork(const VerifyProgram *program);

/// Argument lists, positions and the chain of accessors.
MlirLogicalResult verifyArguments(const VerifyProgram *program);

/// Roles of each circular buffer and its pages pushed and popped, as
/// polynomials of the trip counts.
MlirLogicalResult verifyBalance(const VerifyProgram *program);

/// One kernel along all its paths: tile registers, windows of circular
/// buffers, transfers and the programmed state.
MlirLogicalResult verifyKernel(const VerifyProgram *program, TtRole role);

/// The three kernels together on few items: nobody waits forever.
MlirLogicalResult verifyProgress(const VerifyProgram *program);

/// Page numbers within their buffers, and no page of DRAM that two cores, or a
/// reader and a writer out of order, touch.
MlirLogicalResult verifyPages(const VerifyProgram *program);

#endif // TT_PASSES_VERIFY_PROGRAM_H
