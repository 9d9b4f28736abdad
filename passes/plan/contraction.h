//===- contraction.h - where the sums of a contraction live ---------------===//
//
// A block of a contraction has rows x cols accumulators and a loop over k. It
// runs in one of three ways:
//
// * all accumulators in tile registers, if they fit;
// * sub-block by sub-block, each with the whole loop over k; the operands of
//   all steps are then read once, as panels that stay in L1;
// * step by step (or a panel of some steps at a time, of loops with as many
//   steps each), each for all sub-blocks; the packer adds what a sub-block
//   yields to the sum in L1.
//
// Each way costs L1 and time. The reader, the unpackers, the matrix engine and
// the packer work side by side, so the time is that of the slowest, plus what
// is read before the first product (METALIUM sheet §7.11; adding the stages up
// ranks the ways wrongly).
//
//===----------------------------------------------------------------------===//

#ifndef TT_PLAN_CONTRACTION_H
#define TT_PLAN_CONTRACTION_H

#include "sub_block.h"

typedef struct {
  int64_t rows, cols; // tiles of the block
  int64_t registers;  // tiles that a sub-block has at most
  int64_t depth;      // tiles of k per step of the loop
  int64_t steps;      // of the loop; 0 if that is not known
  bool uneven;        // each sum has its own loop, of `steps` on average
  int64_t sums;       // blocks summed up at once, each from its own operands
  int64_t blocks;     // that a core computes one after the other
  bool readsPanels;   // consecutive steps read consecutive blocks
  bool sumsInL1;      // the loop does nothing but add to the sums
  bool sumIsOutput;   // the sum in L1 needs nothing done to it
  int64_t lhsTileBytes, rhsTileBytes, sumTileBytes, outTileBytes;
  int64_t freeBytes;        // of L1, for operands and sums
  double productCycles;     // of one tile product
  double readBytesPerCycle; // of the reader
} TtContraction;

/// Cycles of one block on one core, by the unit that spends them.
typedef struct {
  double reader, unpack, math, pack;
  double finish; // of what is done to the sum in L1 after the loop
} TtContractionCycles;

typedef struct {
  TtSubBlockShape sub; // {0, 0} if nothing fits
  bool sumInL1;
  int64_t panel; // steps whose operands are read before they are used
  bool overlaps; // L1 holds two panels: one is read while one is used
  int64_t bytes; // of L1, operands and sums
  TtContractionCycles cycles;
  double total; // cycles of all blocks of a core
} TtContractionPlan;

/// Whether a sub-block fits the tile registers: of the sums alone, or together
/// with what is done to them after the loop.
typedef bool (*TtContractionFits)(TtSubBlockShape shape, bool sumInL1,
                                  void *data);

/// The cost of running the contraction with sub-blocks of `sub`, `panel` steps
/// at a time; false if L1 is too small.
bool ttContractionCost(const TtContraction *contraction, TtSubBlockShape sub,
                       bool sumInL1, int64_t panel, TtContractionPlan *plan);

/// The best plan. Among those within 2 % of the least time: the least work of
/// the slowest of unpackers, engine and packer; then the least of unpackers and
/// packer together; then the least L1; then the wider sub-block (ct >= rt, the
/// order of operands that `matmul_block` is tuned for).
TtContractionPlan ttPlanContraction(const TtContraction *contraction,
                                    TtContractionFits fits, void *data);

/// The best plan of one way only: sums in registers or in L1.
TtContractionPlan ttPlanContractionWay(const TtContraction *contraction,
                                       bool sumInL1, TtContractionFits fits,
                                       void *data);

#endif // TT_PLAN_CONTRACTION_H
