//===- sections.h - which tile ops share tile registers -------------------===//

#ifndef TT_PASSES_SECTIONS_H
#define TT_PASSES_SECTIONS_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include "plan/sub_block.h"
#include "tt-c/Builder.h"
#include <stdbool.h>

/// Whether a result of the op is a block.
bool ttYieldsBlocks(MlirOperation op);

/// Whether the op is a loop that hands blocks from one trip to the next through
/// circular buffers. Other loops that carry blocks accumulate onto them in the
/// tile registers of one section.
bool ttLoopCarriesThroughBuffers(MlirOperation op);

/// The loop that carries the used value from here on through a circular buffer,
/// and the number of the carried block; null if the use is no initial or
/// yielded value of such a loop.
MlirOperation ttCarryingLoop(MlirOpOperand use, intptr_t *carried);

/// Where the uses of a block want its tiles; a mask.
enum { TtWantsSrc = 1, TtWantsDest = 2 };
unsigned ttBlockModes(MlirValue block);
unsigned ttUseModes(MlirOpOperand use);

/// Whether a transpose is one of wide elements: they are copied to tile
/// registers and transposed there, for the unpacker would truncate them.
bool ttTransposesInRegisters(MlirOperation transpose);

/// Whether the format of a block loses precision in Src.
bool ttBlockIsWide(MlirValue block);

/// Reads a wide block a second time where it is wanted both ways, and carries
/// it twice around a loop.
void ttDuplicateWideBlocks(MlirOperation kernel);

/// Gives every op that uses a `tt.fill`, or block floats that the unpacker
/// widens, its own.
void ttCopyPerUse(MlirOperation kernel);
/// Whether `op` converts a block that was read as block floats: exact, and done
/// by the unpacker in the section of the op's users.
bool ttWidensBlockFloats(MlirOperation op);

/// Gives every reduction of a kernel the constant tile that it multiplies by.
MlirLogicalResult ttAddScalers(MlirOperation kernel);

/// Wraps the tile ops of a kernel body in sections: per nesting level, one for
/// each connected graph of tile ops and of the loops that accumulate blocks. A
/// section stands behind its last op; what `tt.write_block`s take is yielded
/// into their circular buffers, and what a loop carries through buffers is
/// yielded into one by the sections of its initial and of its next value.
/// Sections span their whole block (`grid [1, 1]`).
MlirLogicalResult ttFormSections(MlirOperation kernel);

/// A circular buffer for a block of the kernel of `op`, declared with the
/// others.
MlirValue ttNewBlockBuffer(MlirOperation op, MlirType type, const char *name);

/// A section with an empty body, of `count` results through as many circular
/// buffers.
MlirOperation ttNewSection(const TtBuilder *b, MlirLocation loc, intptr_t count,
                           const MlirType *types, const MlirValue *cbs);

/// Chooses the unit of each tile op of a section.
MlirLogicalResult ttChooseUnits(MlirOperation section);

/// Whether the FPU computes the function of a `tt.binary` without loss, if it
/// can take its operands.
bool ttBinaryMayUseFpu(MlirOperation op);

/// Orders the tile ops of sections so that they need few tile registers, and
/// replaces a section that needs more than `capacity` for one tile each by
/// several in sequence.
MlirLogicalResult ttFitSections(MlirOperation kernel, int capacity);

/// Chooses the unit of each tile op of a section and cuts the section into
/// sub-blocks that fit `capacity` tile registers.
MlirLogicalResult ttPlanSection(MlirOperation section, int capacity);

MlirLogicalResult ttReportTooManyValues(MlirOperation section, int capacity);

/// Cuts a section into sub-blocks of `sub` and its body down to one of them.
void ttNarrowSection(MlirOperation section, TtSubBlockShape sub);

/// Reads what the loops of a section read block by block as whole panels in
/// front of it, so that the sub-blocks of the section share them.
MlirLogicalResult ttHoistPanels(MlirOperation section);

/// Why it cannot, at the read `culprit`; null if it can.
const char *ttWhyNoPanels(MlirOperation section, MlirOperation *culprit);

/// Completes the circular buffers of a kernel: unpack mode, order, number,
/// capacity within the L1 of the device that `host` is planned for.
MlirLogicalResult ttCompleteCircularBuffers(MlirOperation kernel,
                                            MlirOperation host);

#endif // TT_PASSES_SECTIONS_H
