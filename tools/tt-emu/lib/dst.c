/* dst.c - the destination register and its sections.
 *
 * DST holds 16 tiles of 16 bits or 8 of 32 bits, by default in two halves: MATH
 * owns one from acquire to commit, PACK the other from wait to release. Nothing
 * is defined in a half when it is acquired. Indices past the half address the
 * other one, as there is no bounds check in hardware.
 */
#include "compute.h"

#include <stdio.h>
#include <string.h>

static uint32_t dst_tiles(const EmuCore *core) {
  return core->config.fp32_dest_acc_en ? EMU_DST_TILES / 2 : EMU_DST_TILES;
}

uint32_t emu_dst_capacity(const EmuCore *core) {
  return core->config.dst_full_sync_en ? dst_tiles(core) : dst_tiles(core) / 2;
}

static uint32_t sections(const EmuCore *core) {
  return core->config.dst_full_sync_en ? 1 : 2;
}

/*===- tiles --------------------------------------------------------------===*/

EmuSlot *emu_dst_slot(EmuFiber *fiber, uint32_t index) {
  EmuCompute *compute = emu_compute_of(fiber);
  bool packs = fiber->risc == EMU_PACK;
  uint32_t capacity = emu_dst_capacity(fiber->core);
  if (!(packs ? compute->pack_open : compute->math_open)) {
    compute->sections_broken = true;
    emu_report(EMU_DST_STATE, "DST is used outside %s",
               packs ? "tile_regs_wait ... tile_regs_release"
                     : "tile_regs_acquire ... tile_regs_commit");
  }
  if (index >= capacity)
    emu_report(EMU_DST_INDEX,
               "DST tile %u of %u\n%s DST, %s: valid are 0 to %u", index,
               capacity,
               fiber->core->config.fp32_dest_acc_en ? "32-bit" : "16-bit",
               fiber->core->config.dst_full_sync_en ? "full sync" : "half sync",
               capacity - 1);
  uint32_t half = packs ? compute->pack_half : compute->math_half;
  return &compute->dst[(half * capacity + index) % dst_tiles(fiber->core)];
}

EmuSlot *emu_dst_read(EmuFiber *fiber, uint32_t index) {
  const EmuCompute *compute = emu_compute_of(fiber);
  EmuSlot *slot = emu_dst_slot(fiber, index);
  bool packs = fiber->risc == EMU_PACK;
  bool open = packs ? compute->pack_open : compute->math_open;
  if (slot->extent != EMU_EXTENT_NONE)
    return slot;
  /* A wrong section or index was reported as that. */
  if (open && index < emu_dst_capacity(fiber->core))
    emu_report(EMU_DST_UNDEFINED, "DST tile %u was not written in this section",
               index);
  slot->extent = EMU_EXTENT_FULL; /* garbage from now on, said once */
  return slot;
}

void emu_dst_load(const EmuCore *core, EmuSlot *slot, EmuKind kind) {
  if (slot->kind == kind)
    return;
  slot->kind = kind;
  if (core->config.fp32_dest_acc_en)
    return;
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    slot->tile.u[i] = kind == EMU_KIND_INTEGER ? slot->tile.u[i] >> 16
                                               : slot->tile.u[i] << 16;
}

void emu_dst_round(const EmuCore *core, float *values, uint32_t count) {
  if (core->config.fp32_dest_acc_en)
    return;
  const EmuFormatSlot *format = &core->compute->math_format[EMU_SRC_A];
  if (format->set && emu_format_is_half(format->format))
    for (uint32_t i = 0; i < count; ++i)
      values[i] = emu_round_f16(values[i]);
  else
    for (uint32_t i = 0; i < count; ++i)
      values[i] = emu_round_bf16(values[i]);
}

void emu_dst_fill_undefined(EmuSlot *slot, uint32_t bits) {
  if (slot->extent != EMU_EXTENT_NONE)
    return;
  for (uint32_t i = 0; i < EMU_TILE_ELEMENTS; ++i)
    slot->tile.u[i] = bits;
  slot->kind = EMU_KIND_FLOAT;
}

/*===- sections -----------------------------------------------------------===*/

static bool half_free(void *state) {
  const EmuCore *core = state;
  return core->compute->committed < sections(core);
}

static void describe_half_free(void *state, char *text, size_t size) {
  const EmuCore *core = state;
  snprintf(text, size,
           "a free DST section: %u committed and not released by PACK",
           core->compute->committed);
}

static bool half_full(void *state) {
  return ((const EmuCore *)state)->compute->committed > 0;
}

static void describe_half_full(void *state, char *text, size_t size) {
  (void)state;
  snprintf(text, size, "a DST section committed by MATH");
}

void emu_tile_regs_acquire(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_MATH)
    return;
  compute->sections_broken |= compute->math_open;
  if (compute->math_open)
    emu_report(EMU_DST_STATE,
               "tile_regs_acquire in a section acquired at line %u",
               compute->math_site.line);
  EmuWait wait = {half_free, describe_half_free, fiber->core, 1u << EMU_PACK};
  emu_wait_until(&wait);
  compute->math_open = true;
  compute->math_site = site;
}

void emu_tile_regs_commit(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_MATH)
    return;
  compute->sections_broken |= !compute->math_open;
  if (!compute->math_open)
    emu_report(EMU_DST_STATE, "tile_regs_commit without tile_regs_acquire");
  compute->math_open = false;
  compute->math_half = (compute->math_half + 1) % sections(fiber->core);
  compute->commit_site = site;
  ++compute->committed;
  emu_notify(fiber->core);
}

void emu_tile_regs_wait(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_PACK)
    return;
  compute->sections_broken |= compute->pack_open;
  if (compute->pack_open)
    emu_report(EMU_DST_STATE,
               "tile_regs_wait in a section waited for at line %u",
               compute->pack_site.line);
  EmuWait wait = {half_full, describe_half_full, fiber->core, 1u << EMU_MATH};
  emu_wait_until(&wait);
  compute->pack_open = true;
  compute->pack_site = site;
}

void emu_tile_regs_release(EmuSite site) {
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc != EMU_PACK)
    return;
  compute->sections_broken |= !compute->pack_open;
  if (!compute->pack_open)
    emu_report(EMU_DST_STATE, "tile_regs_release without tile_regs_wait");
  compute->pack_open = false;
  uint32_t capacity = emu_dst_capacity(fiber->core);
  EmuSlot *half = compute->dst + compute->pack_half * capacity;
  for (uint32_t i = 0; i < capacity; ++i)
    half[i].extent = EMU_EXTENT_NONE;
  compute->pack_half = (compute->pack_half + 1) % sections(fiber->core);
  if (compute->committed)
    --compute->committed;
  emu_notify(fiber->core);
}
