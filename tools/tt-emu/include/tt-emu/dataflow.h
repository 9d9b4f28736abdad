/* dataflow.h - the device functions of the library that the headers under api/
 * are made of: circular buffers, NoC, semaphores, arguments. Every function
 * ends in the place it was called from.
 */
#ifndef TT_EMU_DATAFLOW_H
#define TT_EMU_DATAFLOW_H

#include "tt-emu/site.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*===- arguments and identity ---------------------------------------------===*/

uint32_t emu_arg(uint32_t index, bool common, EmuSite site);
uint32_t emu_arg_address(uint32_t index, bool common, EmuSite site);
const uint8_t *emu_my_x(void); /* by NoC */
const uint8_t *emu_my_y(void);
uint32_t emu_logical_x(bool relative);
uint32_t emu_logical_y(bool relative);

/*===- circular buffers ---------------------------------------------------===*/

void emu_cb_reserve_back(uint32_t id, uint32_t pages, EmuSite site);
void emu_cb_push_back(uint32_t id, uint32_t pages, EmuSite site);
void emu_cb_wait_front(uint32_t id, uint32_t pages, EmuSite site);
void emu_cb_pop_front(uint32_t id, uint32_t pages, EmuSite site);
bool emu_cb_reservable(uint32_t id, uint32_t pages, EmuSite site);
bool emu_cb_available(uint32_t id, uint32_t pages, EmuSite site);
uint32_t emu_cb_write_ptr(uint32_t id, EmuSite site);
uint32_t emu_cb_read_ptr(uint32_t id, EmuSite site);
/* Addresses and sizes in bytes; the pointers are those of the processor. */
typedef struct EmuRing {
  uint32_t base, page_size, pages, read, write;
} EmuRing;
EmuRing emu_cb_ring(uint32_t id, EmuSite site);

/*===- NoC ----------------------------------------------------------------===*/

/* Bits of a NoC address: byte address, then x, then y; a multicast address has
 * the start corner above them. */
enum { EMU_NOC_X_BIT = 36, EMU_NOC_Y_BIT = 42, EMU_NOC_START_BIT = 12 };

void emu_noc_read(uint64_t source, uint32_t target, uint32_t bytes, uint8_t noc,
                  EmuSite site);
void emu_noc_write(uint32_t source, uint64_t target, uint32_t bytes,
                   uint8_t noc, EmuSite site);
/* Never acknowledged: the barriers and flushes of other writes pass it by. */
void emu_noc_write_posted(uint32_t source, uint64_t target, uint32_t bytes,
                          uint8_t noc, EmuSite site);
/* `flag`: sent by the semaphore functions. */
void emu_noc_multicast(uint32_t source, uint64_t target, uint32_t bytes,
                       uint32_t destinations, bool loopback, bool flag,
                       uint8_t noc, EmuSite site);
void emu_noc_inline_write(uint64_t target, uint32_t value, uint8_t byte_enable,
                          uint8_t noc, EmuSite site);
void emu_noc_increment(uint64_t target, uint32_t amount, uint8_t noc,
                       EmuSite site);
/* A write of one word by the semaphore functions. */
void emu_noc_write_flag(uint32_t source, uint64_t target, uint8_t noc,
                        EmuSite site);
/* Reports a size that does not fit one packet. */
void emu_noc_one_packet(uint32_t bytes, EmuSite site);
/* Address and size words that the *_set_state calls keep per processor. */
uint64_t *emu_noc_saved(void);
void emu_noc_set_trid(uint32_t trid, uint8_t noc, EmuSite site);
/* trid below 0: all of them. */
void emu_noc_read_barrier(uint8_t noc, int32_t trid, EmuSite site);
void emu_noc_write_barrier(uint8_t noc, int32_t trid, EmuSite site);
void emu_noc_flush(uint8_t noc, int32_t trid, EmuSite site);
void emu_noc_flush_posted(uint8_t noc, EmuSite site);
void emu_noc_atomic_barrier(uint8_t noc, EmuSite site);

uint64_t emu_noc_self(uint32_t address, uint8_t noc);
/* Byte `offset` of a page buffer at the same address in every bank. */
uint64_t emu_noc_bank(bool dram, uint32_t bank, uint32_t offset, EmuSite site);
/* The same of a page of the interleaved buffer at `base`, whose pages take
 * `aligned` bytes each; reports noc-bounds when it has no such page. */
uint64_t emu_noc_page(bool dram, uint32_t base, uint32_t aligned, uint32_t page,
                      uint32_t offset, EmuSite site);
uint32_t emu_bank_count(bool dram);
uint32_t emu_page_align(bool dram);
/* A page beyond the buffer: reports noc-bounds, false. */
bool emu_page_range(uint32_t page, uint32_t pages, EmuSite site);

/*===- semaphores ---------------------------------------------------------===*/

uint32_t emu_semaphore(uint32_t id, EmuSite site);
void emu_semaphore_set(uint32_t address, uint32_t value, EmuSite site);
void emu_semaphore_wait(uint32_t address, uint32_t value, bool minimum,
                        EmuSite site);

/*===- debugging ----------------------------------------------------------===*/

void emu_assert(bool holds, const char *text, EmuSite site);
void emu_poll(EmuSite site);

#ifdef __cplusplus
}
#endif

#endif
