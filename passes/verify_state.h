//===- verify_state.h - what a kernel has done so far ---------------------===//
//
// The abstract state of one kernel: its windows of circular buffers, its tile
// registers, and the programmed state of unpackers, math and packer. Plain
// bytes without padding in use, so that states compare with memcmp.
//
// The steps are split by what they drive; each takes the ops it knows and says
// so.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_STATE_H
#define TT_PASSES_VERIFY_STATE_H

#include "verify_walk.h"

/// A position in a ring that depends on how often a loop ran.
enum { VerifyNowhere = -1 };

enum { VerifyMaxRegisters = 32, VerifyPageWords = VerifyMaxPages / 64 };

/// One circular buffer as the kernel sees it.
typedef struct {
  int64_t back;     // write position in the ring, in pages
  int64_t reserved; // pages reserved from `back`
  int64_t appended; // of those, packed in order since the last push or reserve
  int64_t front;    // read position
  int64_t waited;   // pages waited for from `front`
  int64_t readsInFlight, writesInFlight; // page transfers without a barrier
  int64_t stored; // bytes of the reserved pages, stored word by word
  uint64_t filled[VerifyPageWords]; // of the reserved pages
  uint64_t sent[VerifyPageWords];   // of the waited pages
} VerifyWindow;

/// Between which calls of tile_regs_* the kernel is.
typedef enum {
  VerifyFree,      // after release
  VerifyMath,      // after acquire
  VerifyCommitted, // after commit
  VerifyPacking    // after wait
} VerifyPhase;

typedef enum {
  VerifyUntouched, // since acquire: undefined, 0 for an FPU accumulation
  VerifyZero,      // filled with 0
  VerifyValued,
  VerifyReduced // and on from here, by TtReduceDim: only row or column 0 counts
} VerifyContent;

/// What an init programmed: the call it prepares and what was compiled in.
/// Absent: all zero.
typedef struct {
  int64_t call;      // TtOpKind of the call, 0: none
  int64_t detail[4]; // function, transpose, block sizes
  int64_t formats[2];
} VerifyProgrammed;

typedef struct {
  int64_t phase;                       // VerifyPhase
  int64_t content[VerifyMaxRegisters]; // VerifyContent
  int64_t started;                     // hw_startup has run
  int64_t srcA, srcB, pack;            // formats; 0: unknown
  VerifyProgrammed fpu, sfpu;
  int64_t mask; // 1 + TtReduceDim of the reduction that masks the packer, or 0
  int64_t l1Accumulates;
  VerifyWindow windows[]; // one per circular buffer
} VerifyState;

static inline VerifyState *verifyState(const VerifyWalk *walk) {
  return walk->state;
}

/// What a compute call reads and writes.
typedef struct {
  int numTiles; // operands in circular buffers
  struct {
    int ring;
    MlirValue tile;
    int64_t span; // tiles from `tile` on
  } tiles[2];
  int numReads; // registers that must hold a value
  MlirValue reads[3];
  MlirValue write; // null: none
  int64_t writeSpan;
  VerifyContent content; // of what it writes
  bool fpu; // else SFPU; set by verifyCallNeeds, as all that follows
  // What must be programmed.
  VerifyProgrammed need;
  MlirStringRef sources[2]; // circular buffers fed to SrcA and SrcB, or empty
  int64_t sourceFormats[2];
} VerifyCall;

/// Describes a math call; false if `op` is none.
bool verifyCallOf(const VerifyProgram *program, MlirOperation op,
                  VerifyCall *call);

typedef enum { VerifyOther, VerifyDone, VerifyFailed } VerifyOutcome;

VerifyOutcome verifyStepWindow(VerifyWalk *walk, MlirOperation op);
VerifyOutcome verifyStepTransfer(VerifyWalk *walk, MlirOperation op);
VerifyOutcome verifyStepRegisters(VerifyWalk *walk, MlirOperation op);
VerifyOutcome verifyStepPrograms(VerifyWalk *walk, MlirOperation op);

/// Tiles [first, first + span) of the front of a circular buffer are there.
bool verifyTilesAtFront(VerifyWalk *walk, MlirOperation op, int ring,
                        MlirValue tile, int64_t span);
/// The packer puts a tile into the reserved window; `tile` null: appends.
bool verifyPackIntoWindow(VerifyWalk *walk, MlirOperation op, int ring,
                          MlirValue tile);
/// Completes a call by what it needs programmed.
void verifyCallNeeds(const VerifyProgram *program, MlirOperation op,
                     VerifyCall *call);
/// The formats and inits that a math call or a pack needs are programmed.
bool verifyProgrammedFor(VerifyWalk *walk, MlirOperation op,
                         const VerifyCall *call);
/// `content`: of the register that is packed.
bool verifyProgrammedForPack(VerifyWalk *walk, MlirOperation op, int ring,
                             int64_t content);
/// What an FPU call left programmed that the end of the kernel may not find.
bool verifyProgrammedAtEnd(const VerifyWalk *walk, MlirOperation kernel);

static inline bool verifyBit(const uint64_t *words, int64_t bit) {
  return words[bit / 64] >> (bit % 64) & 1;
}
static inline void verifySetBit(uint64_t *words, int64_t bit) {
  words[bit / 64] |= (uint64_t)1 << (bit % 64);
}
/// Drops the first `count` bits.
void verifyShiftBits(uint64_t *words, int64_t count);

#endif // TT_PASSES_VERIFY_STATE_H
