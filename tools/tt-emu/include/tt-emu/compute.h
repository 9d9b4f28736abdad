/* compute.h - library side of the compute kernel API.
 *
 * One function per kind of operation; the headers under api/compute spell the
 * calls of the SDK in terms of them. Every function is called by all three
 * compute processors and does the part of the one that runs. `call` is the name
 * used in reports.
 */
#ifndef TT_EMU_COMPUTE_H
#define TT_EMU_COMPUTE_H

#include "tt-emu/site.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { EMU_ADD, EMU_SUB, EMU_MUL };
enum { EMU_BCAST_NONE, EMU_BCAST_COL, EMU_BCAST_ROW, EMU_BCAST_SCALAR };
enum { EMU_REUSE_NONE, EMU_REUSE_TO_A, EMU_REUSE_TO_B };
enum { EMU_POOL_SUM, EMU_POOL_AVG, EMU_POOL_MAX, EMU_POOL_MIN };
enum { EMU_REDUCE_ROW, EMU_REDUCE_COL, EMU_REDUCE_SCALAR };

/* Unit configuration. CB ids; `srca` and `srcb` in register order. */
void emu_hw_startup(const char *call, uint32_t srca, uint32_t srcb,
                    uint32_t ocb, EmuSite site);
enum { EMU_OPERAND_A = 1, EMU_OPERAND_B = 2 };
void emu_reconfig(const char *call, uint32_t operands, uint32_t srca,
                  uint32_t srcb, EmuSite site);
/* Formats of two CBs differ: what the (old, new) spellings ask. */
uint32_t emu_formats_differ(uint32_t old_cb, uint32_t new_cb);

/* DST sections. */
void emu_tile_regs_acquire(EmuSite site);
void emu_tile_regs_commit(EmuSite site);
void emu_tile_regs_wait(EmuSite site);
void emu_tile_regs_release(EmuSite site);

/* Matrix engine. */
void emu_matmul_init(const char *call, uint32_t in0, uint32_t in1,
                     uint32_t transpose, uint32_t ct, uint32_t rt, uint32_t kt,
                     EmuSite site);
/* `transpose`: EMU_AS_INIT for calls on single tiles, which do not say it. */
enum { EMU_AS_INIT = 2 };
void emu_matmul(const char *call, uint32_t in0, uint32_t in1, uint32_t index0,
                uint32_t index1, uint32_t dst, uint32_t transpose, uint32_t ct,
                uint32_t rt, uint32_t kt, EmuSite site);
void emu_binary_init(const char *call, uint32_t op, uint32_t broadcast,
                     uint32_t a, uint32_t b, uint32_t accumulate, EmuSite site);
void emu_binary(const char *call, uint32_t op, uint32_t broadcast, uint32_t a,
                uint32_t b, uint32_t index_a, uint32_t index_b, uint32_t dst,
                uint32_t row, EmuSite site);
/* The unpack half of emu_binary_init: what startup calls of old did. */
void emu_binary_unpack_init(const char *call, uint32_t a, uint32_t b,
                            EmuSite site);
void emu_reuse_init(const char *call, uint32_t op, uint32_t reuse, uint32_t cb,
                    EmuSite site);
void emu_reuse(const char *call, uint32_t op, uint32_t reuse, uint32_t cb,
               uint32_t index, uint32_t dst, EmuSite site);
void emu_copy_init(const char *call, uint32_t cb, uint32_t transpose,
                   uint32_t transpose_in_face, EmuSite site);
void emu_copy(const char *call, uint32_t cb, uint32_t index, uint32_t dst,
              uint32_t count, EmuSite site);
void emu_transpose(const char *call, uint32_t cb, uint32_t index, uint32_t dst,
                   EmuSite site);
void emu_transpose_dest_init(const char *call, EmuSite site);
void emu_transpose_dest(const char *call, uint32_t dst, EmuSite site);
void emu_unary_bcast_init(const char *call, uint32_t broadcast, uint32_t cb,
                          EmuSite site);
void emu_unary_bcast(const char *call, uint32_t broadcast, uint32_t cb,
                     uint32_t index, uint32_t dst, EmuSite site);
void emu_unary_bcast_uninit(const char *call, uint32_t cb, EmuSite site);
void emu_reduce_init(const char *call, uint32_t pool, uint32_t dim, uint32_t cb,
                     uint32_t scaler, EmuSite site);
void emu_reduce(const char *call, uint32_t pool, uint32_t dim, uint32_t cb,
                uint32_t scaler, uint32_t index, uint32_t scaler_index,
                uint32_t dst, EmuSite site);
void emu_reduce_uninit(const char *call, EmuSite site);

/* Row-major data. */
void emu_tilize_init(const char *call, uint32_t icb, uint32_t tiles,
                     uint32_t ocb, EmuSite site);
void emu_tilize_block(const char *call, uint32_t icb, uint32_t tiles,
                      uint32_t ocb, uint32_t in_index, uint32_t out_index,
                      EmuSite site);
void emu_tilize_uninit(const char *call, uint32_t icb, uint32_t ocb,
                       EmuSite site);
void emu_untilize_init(const char *call, uint32_t icb, EmuSite site);
void emu_untilize_block(const char *call, uint32_t icb, uint32_t tiles,
                        uint32_t ocb, EmuSite site);
void emu_untilize_uninit(const char *call, uint32_t icb, EmuSite site);
void emu_pack_untilize_init(const char *call, uint32_t icb, uint32_t ocb,
                            uint32_t block, uint32_t full, uint32_t copy,
                            EmuSite site);
void emu_pack_untilize_block(const char *call, uint32_t icb, uint32_t rows,
                             uint32_t ocb, uint32_t block, uint32_t full,
                             uint32_t column, EmuSite site);
void emu_pack_untilize_dest(const char *call, uint32_t ocb, uint32_t rows,
                            uint32_t column, uint32_t block, uint32_t full,
                            uint32_t dst, EmuSite site);
void emu_pack_untilize_uninit(const char *call, uint32_t ocb, EmuSite site);

/* Packer. */
void emu_pack_init(const char *call, uint32_t ocb, EmuSite site);
void emu_pack(const char *call, uint32_t dst, uint32_t ocb, uint32_t index,
              uint32_t out_of_order, uint32_t count, EmuSite site);
void emu_pack_reconfig(const char *call, uint32_t ocb, EmuSite site);
void emu_pack_l1_acc(uint32_t enable, EmuSite site);
void emu_pack_relu(uint32_t config, EmuSite site);
void emu_pack_rows_init(uint32_t rows, EmuSite site);
void emu_pack_rows(uint32_t dst, uint32_t ocb, uint32_t index, EmuSite site);
void emu_pack_rows_uninit(EmuSite site);

/* Vector engine: `key` and `operation` are enumerators of sfpu.h. Options are
 * what an init fixes besides its kind (a scale, an approximation). */
void emu_sfpu_init(int32_t key, uint32_t options, uint32_t flags, EmuSite site);
/* Flags of an init: it records all replay slots; it runs in PACK. The latter
 * also goes into the options of an operation. */
#define EMU_SFPU_REPLAYS_ALL 1u
#define EMU_SFPU_ON_PACK 0x80000000u
enum { EMU_ROUND_NEAREST, EMU_ROUND_TRUNCATE };
/* `faces`: bit set of the 16x16 faces worked on. */
void emu_sfpu_unary(int32_t operation, uint32_t options, uint32_t dst,
                    uint32_t faces, uint32_t p0, uint32_t p1, uint32_t p2,
                    EmuSite site);
void emu_sfpu_binary(int32_t operation, uint32_t dst0, uint32_t dst1,
                     uint32_t out, uint32_t rounding, EmuSite site);
void emu_sfpu_ternary(int32_t operation, uint32_t dst0, uint32_t dst1,
                      uint32_t dst2, uint32_t out, uint32_t param,
                      EmuSite site);
/* `from`, `to`: format values. */
void emu_sfpu_typecast(int32_t key, uint32_t from, uint32_t to, uint32_t dst,
                       EmuSite site);
void emu_sfpu_copy(int32_t key, uint32_t from, uint32_t to, EmuSite site);

/* `options`: pool << 8 | format, as the init had them. */
void emu_sfpu_reduce(uint32_t options, uint32_t pool, uint32_t dim,
                     uint32_t format, uint32_t dst, EmuSite site);
void emu_sfpu_add_top_row(uint32_t format, uint32_t dst0, uint32_t dst1,
                          uint32_t out, EmuSite site);

/* The tile's address, or `bytes` at an offset in it, as UNPACK has them; the
 * other two receive what it sends. Between get and release the tile stays. */
uint32_t emu_tile_address(uint32_t cb, uint32_t tile, EmuSite site);
uint32_t emu_tile_word(uint32_t cb, uint32_t tile, uint32_t offset,
                       uint32_t bytes, EmuSite site);
uint32_t emu_tile_get(uint32_t cb, uint32_t tile, EmuSite site);
void emu_tile_release(EmuSite site);

/* A call that exists in the SDK and is not emulated. */
void emu_unsupported(const char *call, const char *advice, EmuSite site);

#ifdef __cplusplus
}
#endif
#endif
