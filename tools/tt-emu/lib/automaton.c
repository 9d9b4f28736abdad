/* automaton.c - what the units were programmed with, against what is asked.
 *
 * A unit (UNPACK, MATH, PACK) is started up once, then programmed by an init
 * and used by operations; a reconfig of formats has to be followed by an init.
 * Inits never change formats. Whether an init fits is decided by contents, not
 * by CB numbers: two CBs of one format and tile shape program the same state,
 * and what an operation is called with has to be what its init was called with
 * (the vendor's sanitizer says so, METALIUM sheet §4.2), but for blocks of
 * matmul that are smaller.
 */
#include "compute.h"

#include <stdio.h>
#include <string.h>

#define STARTUP "compute_kernel_hw_startup"

bool emu_key_equal(const EmuKey *a, const EmuKey *b) {
  return a->op == b->op && a->broadcast == b->broadcast &&
         a->reuse == b->reuse && a->swap_faces == b->swap_faces &&
         a->swap_in_face == b->swap_in_face && a->accumulate == b->accumulate &&
         a->pool == b->pool && a->dim == b->dim && a->by_rows == b->by_rows &&
         a->lost == b->lost && a->block == b->block && a->ct == b->ct &&
         a->rt == b->rt && a->kt == b->kt &&
         memcmp(a->formats, b->formats, sizeof a->formats) == 0;
}

/* Whether another processor of this core reported `rule` at this call. */
static bool said_before(EmuRule rule) {
  EmuFiber *fiber = emu_current();
  EmuCompute *compute = emu_compute_of(fiber);
  for (uint32_t i = 0; i < EMU_SAID; ++i) {
    const EmuSaid *said = &compute->said[i];
    if (said->site.file == NULL || said->rule != rule ||
        said->site.line != fiber->site.line ||
        strcmp(said->site.file, fiber->site.file) != 0)
      continue;
    return said->risc != fiber->risc;
  }
  compute->said[compute->said_next++ % EMU_SAID] =
      (EmuSaid){rule, fiber->risc, fiber->site};
  return false;
}

/* How what is programmed differs from what a call needs. */
static const char *difference(const EmuKey *has, const EmuKey *wants) {
  if (has->lost)
    return "its replay slots were overwritten since";
  if (has->op != wants->op)
    return "that is another operation";
  if (has->by_rows != wants->by_rows)
    return "a block with ct >= rt and one with ct < rt are programmed "
           "differently";
  if (has->broadcast != wants->broadcast)
    return "the broadcast is another";
  if (has->reuse != wants->reuse)
    return "DST goes to the other source register";
  if (has->swap_faces != wants->swap_faces ||
      has->swap_in_face != wants->swap_in_face)
    return "one of them transposes";
  if (has->pool != wants->pool || has->dim != wants->dim)
    return "the reduction is another";
  if (has->ct != wants->ct || has->rt != wants->rt || has->kt != wants->kt)
    return "the block has another shape";
  if (memcmp(has->formats, wants->formats, sizeof has->formats) != 0)
    return "it was for buffers of another format";
  return "the number of tiles in a row is another";
}

uint8_t emu_format_number(const EmuFiber *fiber, const EmuCb *cb) {
  return cb ? (uint8_t)(1 + 2 * (uint32_t)cb->format +
                        emu_format_whole(fiber->core, cb))
            : 0;
}

void emu_unit_startup(EmuUnit *unit, const char *call, EmuSite site) {
  if (unit->state != EMU_UNIT_INITIAL && !said_before(EMU_INIT_ORDER))
    emu_report(EMU_INIT_ORDER,
               "%s is not the first call of this unit\n"
               "it races with work in flight; %s (line %u) came before it",
               call, unit->call ? unit->call : STARTUP, unit->site.line);
  unit->state = EMU_UNIT_CONFIGURED;
  memset(&unit->key, 0, sizeof unit->key);
  unit->call = call;
  unit->site = site;
  unit->uninit = NULL;
}

void emu_unit_init(EmuUnit *unit, const EmuKey *key, const char *call,
                   EmuSite site) {
  if (unit->state == EMU_UNIT_INITIAL && !said_before(EMU_INIT_MISSING))
    emu_report(EMU_INIT_MISSING,
               "%s without " STARTUP "\n"
               "the unit has no formats yet; call " STARTUP
               " first, once per kernel",
               call);
  if (unit->uninit && !emu_key_equal(&unit->key, key))
    emu_report(EMU_UNINIT_MISSING, "%s follows %s (line %u) without %s", call,
               unit->call, unit->site.line, unit->uninit);
  unit->uninit = NULL;
  unit->state = EMU_UNIT_READY;
  unit->key = *key;
  unit->call = call;
  unit->site = site;
}

void emu_unit_uninit(EmuUnit *unit, EmuSite site) {
  memset(&unit->key, 0, sizeof unit->key);
  if (unit->state != EMU_UNIT_INITIAL)
    unit->state = EMU_UNIT_CONFIGURED;
  unit->uninit = NULL;
  unit->site = site;
}

void emu_unit_reconfigured(EmuUnit *unit, EmuSite site) {
  /* Before startup it is without effect, straight after it nothing is
   * programmed that could be outdated. */
  if (unit->state == EMU_UNIT_READY)
    unit->state = EMU_UNIT_RECONFIGURED;
  unit->reconfigured = site;
}

void emu_unit_require(EmuUnit *unit, const EmuKey *wanted, const char *call,
                      const char *init) {
  bool programmed = unit->key.op != 0;
  if (!programmed) {
    if (said_before(EMU_INIT_MISSING))
      return;
    emu_report(EMU_INIT_MISSING, "%s without %s\n%s", call, init,
               unit->state == EMU_UNIT_INITIAL
                   ? "not even " STARTUP " has run"
                   : "no operation is programmed since " STARTUP);
    return;
  }
  EmuKey has = unit->key;
  if (unit->state == EMU_UNIT_RECONFIGURED) /* the formats are not its own */
    memcpy(has.formats, wanted->formats, sizeof has.formats);
  if (!emu_key_equal(&has, wanted)) {
    if (said_before(EMU_INIT_STALE))
      return;
    emu_report(EMU_INIT_STALE,
               "%s runs what %s (line %u) programmed\n"
               "%s; call %s before it",
               call, unit->call, unit->site.line, difference(&has, wanted),
               init);
    return;
  }
  if (unit->state == EMU_UNIT_RECONFIGURED && !said_before(EMU_INIT_ORDER))
    emu_report(EMU_INIT_ORDER,
               "%s follows a reconfig of formats (line %u) without %s\n"
               "the init of line %u was programmed for the formats before",
               call, unit->reconfigured.line, init, unit->site.line);
}

/*===- formats ------------------------------------------------------------===*/

bool emu_format_whole(const EmuCore *core, const EmuCb *cb) {
  return emu_format_is_32bit(cb->format) &&
         (emu_format_is_integer(cb->format) ||
          core->config.unpack_to_dest_fp32[cb->id]);
}

void emu_format_program(EmuFormatSlot *slot, const EmuCore *core,
                        const EmuCb *cb, EmuSite site) {
  *slot = (EmuFormatSlot){.set = true,
                          .whole = emu_format_whole(core, cb),
                          .format = cb->format,
                          .rows = cb->tile_rows,
                          .columns = cb->tile_columns,
                          .cb = cb->id,
                          .site = site};
}

void emu_format_check(const EmuFormatSlot *slot, const EmuCore *core,
                      const EmuCb *cb, const char *what, const char *reconfig) {
  if (!slot->set) /* a missing startup was reported by then */
    return;
  if (slot->format != cb->format)
    emu_report(EMU_FORMAT_MISMATCH,
               "%s is programmed for %s, cb %u holds %s\n"
               "programmed for cb %u at line %u; call %s(%u), then the init",
               what, emu_format_name(slot->format), cb->id,
               emu_format_name(cb->format), slot->cb, slot->site.line, reconfig,
               cb->id);
  else if (slot->rows != cb->tile_rows || slot->columns != cb->tile_columns)
    emu_report(EMU_FORMAT_MISMATCH,
               "%s is programmed for tiles of %ux%u, cb %u holds %ux%u\n"
               "programmed for cb %u at line %u",
               what, slot->rows, slot->columns, cb->id, cb->tile_rows,
               cb->tile_columns, slot->cb, slot->site.line);
  else if (core && slot->whole != emu_format_whole(core, cb))
    emu_report(EMU_FORMAT_MISMATCH,
               "%s is programmed for %s, cb %u is %s\n"
               "programmed for cb %u at line %u; call %s(%u), then the init",
               what, slot->whole ? "32 bits on the way to DST" : "TF32", cb->id,
               slot->whole ? "not declared UnpackToDestFp32"
                           : "declared UnpackToDestFp32",
               slot->cb, slot->site.line, reconfig, cb->id);
}

static void startup_unpack(EmuCore *core, const char *call, const EmuCb *a,
                           const EmuCb *b, EmuSite site) {
  EmuCompute *compute = core->compute;
  emu_unit_startup(&compute->unpack, call, site);
  emu_format_program(&compute->unpack_format[EMU_SRC_A], core, a, site);
  emu_format_program(&compute->unpack_format[EMU_SRC_B], core, b, site);
}

static void startup_math(EmuCore *core, const char *call, const EmuCb *a,
                         const EmuCb *b, EmuSite site) {
  EmuCompute *compute = core->compute;
  emu_unit_startup(&compute->math, call, site);
  emu_format_program(&compute->math_format[EMU_SRC_A], core, a, site);
  emu_format_program(&compute->math_format[EMU_SRC_B], core, b, site);
}

static void startup_pack(EmuCore *core, const char *call, const EmuCb *o,
                         EmuSite site) {
  EmuCompute *compute = core->compute;
  emu_unit_startup(&compute->pack, call, site);
  emu_format_program(&compute->pack_format, core, o, site);
  compute->pack_mode = EMU_PACK_TILES;
  compute->pack_mask = EMU_EXTENT_FULL;
}

void emu_hw_startup(const char *call, uint32_t srca, uint32_t srcb,
                    uint32_t ocb, EmuSite site) {
  static EmuCounter count = {.group = "inits", .name = "hw_startup"};
  EmuFiber *fiber = emu_enter(site);
  const EmuCb *a = emu_cb(fiber->core, srca), *b = emu_cb(fiber->core, srcb);
  const EmuCb *o = emu_cb(fiber->core, ocb);
  if (!a || !b || !o)
    return;
  if (fiber->risc == EMU_UNPACK)
    startup_unpack(fiber->core, call, a, b, site);
  else if (fiber->risc == EMU_PACK)
    startup_pack(fiber->core, call, o, site);
  else {
    emu_count(&count, 1);
    startup_math(fiber->core, call, a, b, site);
  }
}

void emu_reconfig(const char *call, uint32_t operands, uint32_t srca,
                  uint32_t srcb, EmuSite site) {
  static EmuCounter count = {.group = "reconfigs", .name = "unpack"};
  EmuFiber *fiber = emu_enter(site);
  EmuCompute *compute = emu_compute_of(fiber);
  (void)call;
  if (fiber->risc == EMU_PACK)
    return;
  bool unpack = fiber->risc == EMU_UNPACK;
  EmuFormatSlot *slots = unpack ? compute->unpack_format : compute->math_format;
  const uint32_t ids[EMU_SOURCES] = {srca, srcb};
  for (uint32_t which = 0; which < EMU_SOURCES; ++which) {
    const EmuCb *cb =
        operands & (1u << which) ? emu_cb(fiber->core, ids[which]) : NULL;
    if (cb)
      emu_format_program(&slots[which], fiber->core, cb, site);
  }
  emu_unit_reconfigured(unpack ? &compute->unpack : &compute->math, site);
  if (!unpack)
    emu_count(&count, 1);
}

uint32_t emu_formats_differ(uint32_t old_cb, uint32_t new_cb) {
  EmuFiber *fiber = emu_current();
  const EmuCb *a = emu_cb(fiber->core, old_cb);
  const EmuCb *b = emu_cb(fiber->core, new_cb);
  return a && b &&
         (a->format != b->format || a->tile_rows != b->tile_rows ||
          a->tile_columns != b->tile_columns ||
          emu_format_whole(fiber->core, a) != emu_format_whole(fiber->core, b));
}
