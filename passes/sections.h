//===- sections.h - which tile ops share tile registers
//--------------------===//

#ifndef TT_PASSES_SECTIONS_H
#define TT_PASSES_SECTIONS_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include <stdbool.h>

/// Where the uses of a block want its tiles; a mask.
enum { TtWantsSrc = 1, TtWantsDest = 2 };
unsigned ttBlockModes(MlirValue block);
unsigned ttUseModes(MlirOpOperand use);

/// Whether the format of a block loses precision in Src.
bool ttBlockIsWide(MlirValue block);

/// Reads a wide block a second time where it is wanted both ways.
void ttDuplicateReads(MlirOperation kernel);

/// Gives every op that uses a `tt.fill`, or block floats that the unpacker
/// widens, its own.
void ttCopyPerUse(MlirOperation kernel);
/// Whether `op` converts a block that was read as block floats: exact, and done
/// by the unpacker in the section of the op's users.
bool ttWidensBlockFloats(MlirOperation op);

/// Gives every reduction of a kernel the constant tile that it multiplies by.
MlirLogicalResult ttAddScalers(MlirOperation kernel);

/// Wraps the tile ops of a kernel body in sections: per nesting level, one for
/// each connected graph of tile ops and of the loops that carry their
/// accumulators. A section stands behind its last op; what `tt.write_block`s
/// take is yielded into their circular buffers. Sections span their whole block
/// (`grid [1, 1]`).
MlirLogicalResult ttFormSections(MlirOperation kernel);

/// Chooses the unit of each tile op of a section and cuts the section into
/// sub-blocks that fit `capacity` tile registers.
MlirLogicalResult ttPlanSection(MlirOperation section, int capacity);

/// Reads what the loops of a section read block by block as whole panels in
/// front of it, so that the sub-blocks of the section share them.
MlirLogicalResult ttHoistPanels(MlirOperation section);

/// Completes the circular buffers of a kernel: unpack mode, order, number,
/// capacity within the L1 of the device that `host` is planned for.
MlirLogicalResult ttCompleteCircularBuffers(MlirOperation kernel,
                                            MlirOperation host);

/// The section (of a kernel planned so far) that fills circular buffer `cb`,
/// or null.
MlirOperation ttSectionFilling(MlirValue cb);

#endif // TT_PASSES_SECTIONS_H
