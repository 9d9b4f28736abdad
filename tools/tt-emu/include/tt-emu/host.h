/* host.h - the host side of the emulator as C functions. The headers under
 * tt-metalium/ are thin C++ over it.
 *
 * Functions that can fail return false, NULL or UINT32_MAX; emu_error() then
 * has the message. Addresses and sizes are in bytes.
 */
#ifndef TT_EMU_HOST_H
#define TT_EMU_HOST_H

#include "tt-emu/site.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct EmuDevice EmuDevice;
typedef struct EmuBuffer EmuBuffer;
typedef struct EmuProgram EmuProgram;

const char *emu_error(void);

/* Of the architecture chosen by TT_EMU_ARCH; a device need not be open. */
typedef struct EmuDeviceInfo {
  bool blackhole;
  uint32_t grid_x, grid_y; /* compute cores */
  uint32_t l1_size, l1_base;
  uint32_t dram_banks;
  uint64_t dram_bank_size;
  uint32_t dram_align, l1_align; /* alignment of pages */
  uint32_t cbs;                  /* per core */
} EmuDeviceInfo;
void emu_device_info(EmuDeviceInfo *info);

EmuDevice *emu_device_open(void); /* the one device; opened once at a time */
void emu_device_close(EmuDevice *device);
bool emu_noc_of_core(uint32_t x, uint32_t y, uint32_t *noc_x, uint32_t *noc_y);
void emu_noc_of_dram(uint32_t bank, uint32_t *noc_x, uint32_t *noc_y);

/* Inclusive corners, logical coordinates. */
typedef struct EmuRange {
  uint32_t x0, y0, x1, y1;
} EmuRange;

/*===- buffers ------------------------------------------------------------===*/

typedef struct EmuBufferSpec {
  uint64_t size, page_size;
  bool l1;
  /* Sharded: shard i of `shard_pages` pages lies on cores[i], in order of the
   * pages listed in page_of (page_of[i * shard_pages + j], UINT32_MAX: none).
   */
  uint32_t shard_pages;
  uint32_t shards;
  const uint32_t *core_x, *core_y;
  const uint32_t *page_of;
} EmuBufferSpec;

EmuBuffer *emu_buffer_create(EmuDevice *device, const EmuBufferSpec *spec);
/* Gives its memory back; only its address and its end may be asked for then. */
void emu_buffer_release(EmuBuffer *buffer);
void emu_buffer_free(EmuBuffer *buffer);
uint32_t emu_buffer_address(const EmuBuffer *buffer);
bool emu_buffer_write(EmuBuffer *buffer, const void *data, uint64_t bytes);
bool emu_buffer_read(EmuBuffer *buffer, void *data, uint64_t bytes);

/* Raw access by coordinates, as WriteToDeviceL1 and its siblings have it. */
bool emu_core_write(EmuDevice *device, uint32_t x, uint32_t y, uint32_t address,
                    const void *data, uint32_t bytes);
bool emu_core_read(EmuDevice *device, uint32_t x, uint32_t y, uint32_t address,
                   void *data, uint32_t bytes);
bool emu_dram_write(EmuDevice *device, uint32_t bank, uint32_t address,
                    const void *data, uint32_t bytes);
bool emu_dram_read(EmuDevice *device, uint32_t bank, uint32_t address,
                   void *data, uint32_t bytes);

/*===- programs -----------------------------------------------------------===*/

typedef enum EmuKernelKind { EMU_DATA_MOVEMENT, EMU_COMPUTE } EmuKernelKind;

typedef struct EmuKernelSpec {
  const char *path;   /* or */
  const char *source; /* text */
  EmuKernelKind kind;
  uint32_t processor; /* 0: RISCV_0, 1: RISCV_1 */
  uint32_t noc;
  bool dynamic_noc;
  uint32_t fidelity;
  bool fp32_dest_acc_en, dst_full_sync_en, bfp8_pack_precise, math_approx_mode;
  const uint8_t *unpack_to_dest_fp32; /* by CB */
  uint32_t unpack_count;
  const uint32_t *compile_args;
  uint32_t compile_arg_count;
  const char *const *named; /* named compile-time arguments */
  const uint32_t *named_values;
  uint32_t named_count;
  const char *const *define_names;
  const char *const *define_values;
  uint32_t define_count;
  const EmuRange *ranges;
  uint32_t range_count;
} EmuKernelSpec;

enum { EMU_CB_INDICES = 64 };
typedef struct EmuCbSpec {
  uint32_t total;
  uint8_t used[EMU_CB_INDICES];
  uint32_t format[EMU_CB_INDICES];
  uint32_t page_size[EMU_CB_INDICES];
  uint32_t tile_rows[EMU_CB_INDICES], tile_columns[EMU_CB_INDICES];
  bool global;
  uint32_t global_address;
  uint32_t global_limit; /* bytes of the buffer on each core */
} EmuCbSpec;

EmuProgram *emu_program_create(void);
void emu_program_free(EmuProgram *program);
uint32_t emu_program_kernel(EmuProgram *program, const EmuKernelSpec *spec);
uint32_t emu_program_cb(EmuProgram *program, const EmuRange *ranges,
                        uint32_t range_count, const EmuCbSpec *spec);
/* The stored specification, to be changed in place (sizes, address). */
EmuCbSpec *emu_program_cb_spec(EmuProgram *program, uint32_t cb);
uint32_t emu_program_semaphore(EmuProgram *program, const EmuRange *ranges,
                               uint32_t range_count, uint32_t initial);
bool emu_program_args(EmuProgram *program, uint32_t kernel, uint32_t x,
                      uint32_t y, const uint32_t *words, uint32_t count);
bool emu_program_common_args(EmuProgram *program, uint32_t kernel,
                             const uint32_t *words, uint32_t count);
/* The words set for a core (or, with common, for all), to be changed. */
uint32_t *emu_program_arg_words(EmuProgram *program, uint32_t kernel,
                                uint32_t x, uint32_t y, bool common,
                                uint32_t *count);
/* Compiles what is not compiled, runs to the end. */
bool emu_program_launch(EmuDevice *device, EmuProgram *program);

#ifdef __cplusplus
}
#endif

#endif
