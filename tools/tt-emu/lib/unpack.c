/* unpack.c - L1 tiles to SrcA and SrcB.
 *
 * Each source register has two banks: UNPACK fills the free one and gives it to
 * MATH, which gives it back when it is done. What a call makes UNPACK do is the
 * *programmed* operation: an operation that reads SrcB from a call that names
 * no second tile takes it from the address of the last one.
 */
#include "compute.h"

#include <stdio.h>
#include <string.h>

/*===- banks --------------------------------------------------------------===*/

typedef struct BankWait {
  const EmuSource *source;
  uint32_t which;
} BankWait;

static char letter(uint32_t which) { return which == EMU_SRC_A ? 'A' : 'B'; }

static bool bank_free(void *state) {
  const EmuSource *source = ((BankWait *)state)->source;
  return source->filled - source->drained < EMU_SRC_BANKS;
}

static void describe_free(void *state, char *text, size_t size) {
  const BankWait *wait = state;
  snprintf(text, size,
           "a free bank of Src%c: both hold operands that MATH has not used",
           letter(wait->which));
}

static bool bank_filled(void *state) {
  const EmuSource *source = ((BankWait *)state)->source;
  return source->filled != source->drained;
}

static void describe_filled(void *state, char *text, size_t size) {
  const BankWait *wait = state;
  snprintf(text, size, "an operand in Src%c: UNPACK has filled %u so far",
           letter(wait->which), wait->source->filled);
}

EmuOperand *emu_source_bank(EmuFiber *fiber, uint32_t which) {
  EmuSource *source = &emu_compute_of(fiber)->source[which];
  BankWait state = {source, which};
  EmuWait wait = {bank_free, describe_free, &state, 1u << EMU_MATH};
  emu_wait_until(&wait);
  return &source->bank[source->filled % EMU_SRC_BANKS];
}

void emu_source_fill(EmuFiber *fiber, uint32_t which) {
  ++emu_compute_of(fiber)->source[which].filled;
  emu_notify(fiber->core);
}

EmuOperand *emu_source_wait(EmuFiber *fiber, uint32_t which) {
  EmuSource *source = &emu_compute_of(fiber)->source[which];
  BankWait state = {source, which};
  EmuWait wait = {bank_filled, describe_filled, &state, 1u << EMU_UNPACK};
  emu_wait_until(&wait);
  return &source->bank[source->drained % EMU_SRC_BANKS];
}

void emu_source_clear(EmuFiber *fiber, uint32_t which) {
  ++emu_compute_of(fiber)->source[which].drained;
  emu_notify(fiber->core);
}

/*===- operands -----------------------------------------------------------===*/

void emu_tile_transpose(EmuTile *tile, bool swap_faces, bool swap_in_face) {
  EmuTile in = *tile;
  for (uint32_t face = 0; face < 4; ++face) {
    uint32_t from = swap_faces ? (face & 1) * 2 + (face >> 1) : face;
    for (uint32_t row = 0; row < EMU_FACE_SIDE; ++row)
      for (uint32_t column = 0; column < EMU_FACE_SIDE; ++column)
        tile->u[emu_face_row(face, row) + column] =
            swap_in_face ? in.u[emu_face_row(from, column) + row]
                         : in.u[emu_face_row(from, row) + column];
  }
}

/* Bytes of a tile as the unpacker reads them: with the programmed format, from
 * the address of the tile, whatever the CB holds. */
static void read_tile(EmuCore *core, const EmuCb *cb, uint32_t address,
                      EmuFormat format, EmuTile *tile) {
  uint8_t bytes[EMU_TILE_ELEMENTS * 4];
  uint32_t wanted = emu_format_tile_bytes(format);
  uint32_t own = cb ? emu_format_tile_bytes(cb->format) : 0;
  uint32_t there = own < wanted ? own : wanted;
  if (!cb) { /* the address of an operand that nobody asked for */
    there = 0;
    wanted = address + wanted <= EMU_L1_SLOT ? wanted : 0;
  }
  if (there)
    memcpy(bytes, emu_l1_read(core, address, there, EMU_ACCESS_UNPACK, cb),
           there);
  if (wanted > there && address + wanted <= EMU_L1_SLOT)
    memcpy(bytes + there, core->l1 + address + there, wanted - there);
  else
    memset(bytes + there, 0xff, sizeof bytes - there);
  emu_tile_decode(format, bytes, tile);
}

static void refuse_shape(const EmuCb *cb) {
  if (cb->tile_rows != EMU_TILE_SIDE || cb->tile_columns != EMU_TILE_SIDE)
    emu_refuse("cb %u holds tiles of %ux%u elements; compute kernels are "
               "emulated for tiles of 32x32",
               cb->id, cb->tile_rows, cb->tile_columns);
  if (!emu_format_tile_bytes(cb->format))
    emu_refuse("cb %u holds tiles of format %s, which is not emulated", cb->id,
               emu_format_name(cb->format));
}

/* 32-bit data keeps its width only on the way of a copy to DST, and if both the
 * unpacker's output and the CB are declared for that. */
static bool goes_whole(const EmuCore *core, const EmuCb *cb,
                       const EmuFormatSlot *slot, const EmuKey *key) {
  bool copies = key->op == EMU_UNPACK_A || key->op == EMU_UNPACK_B;
  return copies && !key->reuse && slot->whole && cb &&
         emu_format_whole(core, cb);
}

/* The first page of the tile; one that takes several needs a wait for all. */
static uint32_t tile_address(EmuFiber *fiber, EmuCb *cb, uint32_t index) {
  uint32_t bytes = emu_format_tile_bytes(cb->format);
  uint32_t pages = (bytes + cb->page_size - 1) / cb->page_size;
  uint32_t address = emu_cb_read_tile(fiber, cb, index);
  if (pages > 1)
    emu_cb_read_tile(fiber, cb, index + pages - 1);
  return address;
}

/* Integers of 32 bits do not fit a DST of 16. */
static void check_width(const EmuFiber *fiber, const EmuCb *cb) {
  if (emu_format_is_integer(cb->format) && emu_format_is_32bit(cb->format) &&
      !fiber->core->config.fp32_dest_acc_en)
    emu_report(EMU_FORMAT_MISMATCH,
               "cb %u holds %s, and DST is 16 bits wide\n"
               "set fp32_dest_acc_en in the ComputeConfig",
               cb->id, emu_format_name(cb->format));
}

static void check_operand(EmuFiber *fiber, uint32_t which, const EmuCb *cb,
                          const EmuKey *key) {
  static const char *const kReconfig[] = {"reconfig_data_format_srca",
                                          "reconfig_data_format_srcb"};
  EmuCompute *compute = emu_compute_of(fiber);
  char what[] = {'S', 'r', 'c', letter(which), 0};
  refuse_shape(cb);
  check_width(fiber, cb);
  emu_format_check(&compute->unpack_format[which], fiber->core, cb, what,
                   kReconfig[which]);
  bool copies = key->op == EMU_UNPACK_A || key->op == EMU_UNPACK_B;
  if (cb->format == EMU_FLOAT32 && (!copies || key->reuse) &&
      fiber->core->config.unpack_to_dest_fp32[cb->id])
    emu_report(EMU_FORMAT_MISMATCH,
               "cb %u is declared UnpackToDestFp32 and feeds Src%c of a matrix "
               "operation\n"
               "such a cb can only be copied to DST; use another cb for this",
               cb->id, letter(which));
}

void emu_unpack_operand(EmuFiber *fiber, uint32_t which, EmuTileRef ref,
                        const EmuKey *key) {
  EmuCompute *compute = emu_compute_of(fiber);
  EmuOperand *operand = emu_source_bank(fiber, which);
  const EmuFormatSlot *slot = &compute->unpack_format[which];
  EmuCb *cb = ref.given ? ref.cb : NULL;
  if (cb) {
    check_operand(fiber, which, cb, key);
    compute->unpack_address[which] = tile_address(fiber, cb, ref.index);
  }
  EmuFormat format = slot->set ? slot->format : EMU_UINT16;
  read_tile(fiber->core, cb, compute->unpack_address[which], format,
            &operand->tile);
  operand->kind = slot->set && emu_format_is_integer(format) ? EMU_KIND_INTEGER
                                                             : EMU_KIND_FLOAT;
  operand->foreign = !slot->set || !cb || cb->format != format;
  operand->whole = goes_whole(fiber->core, cb, slot, key);
  if (format == EMU_FLOAT32 && !operand->whole)
    for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
      operand->tile.f[i] = emu_truncate_tf32(operand->tile.f[i]);
  if ((key->swap_faces || key->swap_in_face) && which == EMU_SRC_A)
    emu_tile_transpose(&operand->tile, key->swap_faces, key->swap_in_face);
  emu_source_fill(fiber, which);
}

/* Row broadcasts may name another row than the first. */
static void move_row_up(EmuFiber *fiber, uint32_t row) {
  EmuSource *source = &emu_compute_of(fiber)->source[EMU_SRC_B];
  EmuTile *tile = &source->bank[(source->filled - 1) % EMU_SRC_BANKS].tile;
  memcpy(tile->u, tile->u + (row % EMU_TILE_SIDE) * EMU_TILE_SIDE,
         EMU_TILE_SIDE * sizeof *tile->u);
}

void emu_unpack_run(EmuFiber *fiber, EmuTileRef a, EmuTileRef b,
                    uint32_t broadcast_row) {
  EmuKey key = emu_compute_of(fiber)->unpack.key;
  bool needs_a = key.op != EMU_UNPACK_NONE && key.op != EMU_UNPACK_B;
  bool needs_b = key.op == EMU_UNPACK_B || key.op == EMU_UNPACK_AB ||
                 key.op == EMU_UNPACK_MATMUL || key.op == EMU_UNPACK_REDUCE;
  if (needs_a && key.op != EMU_UNPACK_MATMUL)
    emu_unpack_operand(fiber, EMU_SRC_A, a, &key);
  if (needs_b)
    emu_unpack_operand(fiber, EMU_SRC_B, b, &key);
  if (needs_b && broadcast_row && key.broadcast == EMU_BCAST_ROW)
    move_row_up(fiber, broadcast_row);
  if (key.op == EMU_UNPACK_MATMUL)
    emu_unpack_operand(fiber, EMU_SRC_A, a, &key);
}
