/* compute.h - the state of one core's compute units.
 *
 * Three fibers share it the way three processors share the hardware. UNPACK
 * fills SrcA and SrcB (two banks each), MATH turns them into DST tiles, PACK
 * writes DST tiles to L1; banks and DST halves are handed over by counts. Each
 * unit keeps what was *programmed* into it: formats, the operation of its macro
 * slot, packer modes. A call runs the programmed operation, whatever its name.
 */
#ifndef TT_EMU_LIB_COMPUTE_H
#define TT_EMU_LIB_COMPUTE_H

#include "emu.h"
#include "format.h"
#include "tt-emu/compute.h"

enum { EMU_SRC_A, EMU_SRC_B, EMU_SOURCES };
enum { EMU_SRC_BANKS = 2, EMU_DST_TILES = 16 };

/* What the bits of a register tile are. */
typedef enum EmuKind { EMU_KIND_FLOAT, EMU_KIND_INTEGER } EmuKind;

/* Which part of a DST tile means something. Reductions leave the rest as it
 * was; nothing at all after a section was acquired. */
typedef enum EmuExtent {
  EMU_EXTENT_NONE,
  EMU_EXTENT_SCALAR,
  EMU_EXTENT_COLUMN,
  EMU_EXTENT_ROW,
  EMU_EXTENT_FULL
} EmuExtent;

typedef struct EmuSlot {
  EmuTile tile;
  EmuKind kind;
  EmuExtent extent;
} EmuSlot;

typedef struct EmuOperand {
  EmuTile tile;
  EmuKind kind;
  bool whole;   /* 32 bits wide: on its way to DST past the source register */
  bool foreign; /* decoded with another format than its CB's */
} EmuOperand;

typedef struct EmuSource {
  EmuOperand bank[EMU_SRC_BANKS];
  uint32_t filled, drained; /* operands since the launch */
} EmuSource;

/* A format register: what the last startup or reconfig put there. */
typedef struct EmuFormatSlot {
  bool set;
  bool whole; /* the unpacker's output is 32 bits wide: UnpackToDestFp32 */
  EmuFormat format;
  uint32_t rows, columns;
  uint32_t cb;
  EmuSite site;
} EmuFormatSlot;

typedef enum EmuUnpackOp {
  EMU_UNPACK_NONE,
  EMU_UNPACK_A,
  EMU_UNPACK_B,
  EMU_UNPACK_AB,
  EMU_UNPACK_MATMUL,
  EMU_UNPACK_REDUCE,
  EMU_UNPACK_TILIZE,
  EMU_UNPACK_UNTILIZE
} EmuUnpackOp;

typedef enum EmuMathOp {
  EMU_MATH_NONE,
  EMU_MATH_COPY,
  EMU_MATH_COPY_B,
  EMU_MATH_ADD,
  EMU_MATH_SUB,
  EMU_MATH_MUL,
  EMU_MATH_MATMUL,
  EMU_MATH_REDUCE,
  EMU_MATH_TRANSPOSE_DEST
} EmuMathOp;

/* The contents of a unit's macro slot, as far as results depend on it. */
typedef struct EmuKey {
  uint8_t op; /* EmuUnpackOp or EmuMathOp */
  uint8_t broadcast, reuse;
  uint8_t swap_faces, swap_in_face; /* unpacker transposition */
  uint8_t accumulate;
  uint8_t pool, dim;
  uint8_t by_rows;     /* matmul blocks: ct >= rt, SrcB is held */
  uint8_t lost;        /* another unit's program overwrote part of it */
  uint32_t block;      /* tiles per row of row-major data */
  uint32_t ct, rt, kt; /* shape of a matmul block */
  uint8_t formats[EMU_SOURCES]; /* of the operands, emu_format_number */
} EmuKey;

typedef enum EmuUnitState {
  EMU_UNIT_INITIAL,
  EMU_UNIT_CONFIGURED, /* started up, no operation yet */
  EMU_UNIT_READY,
  EMU_UNIT_RECONFIGURED /* formats changed since the last init */
} EmuUnitState;

typedef struct EmuUnit {
  EmuUnitState state;
  EmuKey key;
  const char *call; /* the init that programmed the key */
  EmuSite site, reconfigured;
  const char *uninit; /* call that has to come before another init */
} EmuUnit;

typedef enum EmuPackMode {
  EMU_PACK_TILES,
  EMU_PACK_UNTILIZE,
  EMU_PACK_ROWS
} EmuPackMode;

/* A call in the kernel is made by three processors. */
typedef struct EmuSaid {
  EmuRule rule;
  EmuRisc risc;
  EmuSite site;
} EmuSaid;
enum { EMU_SAID = 16 };

/* Words on the way from UNPACK. */
enum { EMU_MAILBOX_WORDS = 4 };
typedef struct EmuMailbox {
  uint32_t words[EMU_MAILBOX_WORDS];
  uint32_t sent, taken;
} EmuMailbox;

struct EmuCompute {
  EmuSource source[EMU_SOURCES];
  EmuSlot dst[EMU_DST_TILES];
  /* MATH -> PACK hand-over of DST halves. */
  uint32_t committed; /* sections committed and not released */
  uint32_t math_half, pack_half;
  bool math_open, pack_open;
  bool sections_broken; /* reported: counts at the exit say nothing more */
  EmuSite math_site, commit_site, pack_site;

  EmuUnit unpack, math, pack;
  EmuFormatSlot unpack_format[EMU_SOURCES], math_format[EMU_SOURCES];
  EmuFormatSlot pack_format;
  uint32_t unpack_address[EMU_SOURCES]; /* last operand addresses */
  EmuFormat unpack_last[EMU_SOURCES];

  /* SFPU: kind of the last init and its options; -1: none. */
  int32_t sfpu_key;
  uint32_t sfpu_options;
  EmuSite sfpu_site;

  EmuPackMode pack_mode;
  EmuExtent pack_mask; /* edge mask: FULL when off */
  EmuSite pack_mode_site, pack_mask_site;
  uint32_t
      pack_columns; /* tiles per block row, untilizing; rows, packing rows */
  bool l1_accumulate;
  EmuSite l1_accumulate_site;
  uint32_t relu; /* mode and threshold as programmed */
  EmuSite relu_site;

  EmuMailbox mailbox[2]; /* of MATH, of PACK */
  uint32_t tile_holders; /* releases that UNPACK has to wait for */

  uint32_t running; /* fibers that have not left the kernel */
  /* Mistakes that each unit would report once more, see automaton.c. */
  EmuSaid said[EMU_SAID];
  uint32_t said_next;
};

/* The compute state of the running fiber's core. */
static inline EmuCompute *emu_compute_of(EmuFiber *fiber) {
  return fiber->core->compute;
}

/*===- automaton.c --------------------------------------------------------===*/

/* Checks an operation against what the unit holds and reports init-missing,
 * init-order or init-stale; the caller goes on with `unit->key`. */
void emu_unit_require(EmuUnit *unit, const EmuKey *wanted, const char *call,
                      const char *init);
void emu_unit_init(EmuUnit *unit, const EmuKey *key, const char *call,
                   EmuSite site);
/* Startup of the running fiber's unit; `init` names the call. */
void emu_unit_startup(EmuUnit *unit, const char *call, EmuSite site);
void emu_unit_reconfigured(EmuUnit *unit, EmuSite site);
/* Back to no operation. */
void emu_unit_uninit(EmuUnit *unit, EmuSite site);
/* Programs a format register from a CB. */
void emu_format_program(EmuFormatSlot *slot, const EmuCore *core,
                        const EmuCb *cb, EmuSite site);
/* Reports format-mismatch unless `slot` holds the format of `cb`. */
void emu_format_check(const EmuFormatSlot *slot, const EmuCore *core,
                      const EmuCb *cb, const char *what, const char *reconfig);
/* Whether the unpacker's output for a CB is 32 bits wide. */
bool emu_format_whole(const EmuCore *core, const EmuCb *cb);
bool emu_key_equal(const EmuKey *a, const EmuKey *b);
/* A number that is the same for CBs of one format and width on the way to a
 * source register; 0 for none. */
uint8_t emu_format_number(const EmuFiber *fiber, const EmuCb *cb);

/*===- unpack.c -----------------------------------------------------------===*/

typedef struct EmuTileRef {
  bool given;
  EmuCb *cb;
  uint32_t index;
} EmuTileRef;

/* Runs the programmed unpack operation once for the tiles a call names. */
void emu_unpack_run(EmuFiber *fiber, EmuTileRef a, EmuTileRef b,
                    uint32_t broadcast_row);
/* One operand into SrcA or SrcB, waiting for a free bank. */
void emu_unpack_operand(EmuFiber *fiber, uint32_t which, EmuTileRef tile,
                        const EmuKey *key);
/* UNPACK: the free bank of a source, waiting for it; then it is full. */
EmuOperand *emu_source_bank(EmuFiber *fiber, uint32_t which);
void emu_source_fill(EmuFiber *fiber, uint32_t which);
/* MATH: the oldest operand of SrcA or SrcB, waiting for it. */
EmuOperand *emu_source_wait(EmuFiber *fiber, uint32_t which);
void emu_source_clear(EmuFiber *fiber, uint32_t which);
void emu_tile_transpose(EmuTile *tile, bool swap_faces, bool swap_in_face);

/*===- math.c -------------------------------------------------------------===*/

/* Runs the programmed MATH operation once, from DST tile `dst` on; over a block
 * of `rt` x `ct` tiles, which is 1 x 1 for all but matmul. `call` is for
 * messages. */
void emu_math_run(EmuFiber *fiber, uint32_t dst, uint32_t ct, uint32_t rt,
                  const char *call);

/*===- fpu.c --------------------------------------------------------------===*/

/* What an operation needs in UNPACK and in MATH, and the init that programs it;
 * `uninit` is what has to follow (NULL: nothing). */
typedef struct EmuFamily {
  EmuKey unpack, math;
  const char *init, *uninit;
} EmuFamily;

EmuFamily emu_family_copy(bool swap_faces, bool swap_in_face);
/* The CBs for SrcA and SrcB, NULL for none, that an init is for. */
void emu_family_operands(EmuFamily *family, const EmuFiber *fiber,
                         const EmuCb *a, const EmuCb *b);
void emu_family_init(EmuFiber *fiber, const char *call, const EmuFamily *family,
                     EmuSite site);
/* Checks and runs the part of the running fiber. */
void emu_family_run(EmuFiber *fiber, const char *call, const EmuFamily *family,
                    EmuTileRef a, EmuTileRef b, uint32_t row, uint32_t dst);
EmuTileRef emu_tile_ref(EmuFiber *fiber, uint32_t cb, uint32_t index);

/*===- pack.c -------------------------------------------------------------===*/

/* What leaves DST towards a CB, in the number class of the packer's format. */
void emu_pack_read(EmuFiber *fiber, uint32_t dst, const EmuCb *cb,
                   EmuTile *tile);
void emu_pack_write(EmuFiber *fiber, EmuCb *cb, uint32_t address,
                    EmuTile *tile);
EmuFormat emu_pack_format(const EmuCompute *compute, const EmuCb *cb);
/* Checks startup and format of the packer. */
void emu_pack_check(EmuFiber *fiber, const char *call, const EmuCb *cb);

/*===- dst.c --------------------------------------------------------------===*/

uint32_t emu_dst_capacity(const EmuCore *core);
/* Slot `index` of the running fiber's section; reports dst-state and
 * dst-index, and answers with what the hardware would address. */
EmuSlot *emu_dst_slot(EmuFiber *fiber, uint32_t index);
/* The same for reading: reports dst-undefined. */
EmuSlot *emu_dst_read(EmuFiber *fiber, uint32_t index);
/* Contents as floats or integers, reinterpreting bits like the register. */
void emu_dst_load(const EmuCore *core, EmuSlot *slot, EmuKind kind);
/* Rounds a float tile to the width of DST. */
void emu_dst_round(const EmuCore *core, float *values, uint32_t count);
void emu_dst_fill_undefined(EmuSlot *slot, uint32_t bits);

#endif
