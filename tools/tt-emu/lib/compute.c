/* compute.c - life of a core's compute state: launch, exit, end of the device.
 *
 * A launch starts from what the firmware leaves: empty source banks, undefined
 * DST, nothing programmed. What survives on the hardware survives here: the
 * packer's addition into L1 and its ReLU.
 */
#include "compute.h"

#include <stdlib.h>
#include <string.h>

enum { COMPUTE_FIBERS = 3 };

void emu_compute_launch(EmuCore *core) {
  bool accumulate = false;
  EmuSite accumulate_site = {NULL, 0};
  EmuSite relu_site = {NULL, 0};
  uint32_t relu = 0;
  if (core->compute) {
    accumulate = core->compute->l1_accumulate;
    accumulate_site = core->compute->l1_accumulate_site;
    relu = core->compute->relu;
    relu_site = core->compute->relu_site;
  } else {
    core->compute = malloc(sizeof *core->compute);
    if (!core->compute)
      emu_refuse("out of memory: %zu bytes for the compute units of a core",
                 sizeof *core->compute);
  }
  memset(core->compute, 0, sizeof *core->compute);
  EmuCompute *compute = core->compute;
  compute->sfpu_key = -1;
  compute->pack_mask = EMU_EXTENT_FULL;
  compute->l1_accumulate = accumulate;
  compute->l1_accumulate_site = accumulate_site;
  compute->relu = relu;
  compute->relu_site = relu_site;
  compute->running = COMPUTE_FIBERS;
}

static void exit_pack(EmuFiber *fiber, EmuCompute *compute) {
  if (compute->l1_accumulate)
    emu_report_at(fiber, compute->l1_accumulate_site, EMU_L1_ACC_LEAK,
                  "L1 accumulation is still on when the kernel ends\n"
                  "the next kernel's packs will add; call "
                  "pack_reconfig_l1_acc(0)");
  if (compute->relu)
    emu_report_at(fiber, compute->relu_site, EMU_L1_ACC_LEAK,
                  "the packer's ReLU is still on when the kernel ends\n"
                  "the next kernel's packs will go through it; call "
                  "pack_relu_config(0)");
  if (compute->pack_mask != EMU_EXTENT_FULL)
    emu_report_at(fiber, compute->pack_mask_site, EMU_UNINIT_MISSING,
                  "the edge mask of a reduction is still set when the kernel "
                  "ends\ncall reduce_uninit");
  if (compute->pack_mode != EMU_PACK_TILES)
    emu_report_at(fiber, compute->pack_mode_site, EMU_UNINIT_MISSING,
                  "the packer is still in a special mode when the kernel ends\n"
                  "call %s",
                  compute->pack_mode == EMU_PACK_ROWS ? "pack_rows_uninit"
                                                      : "pack_untilize_uninit");
  compute->sections_broken |= compute->pack_open;
  if (compute->pack_open)
    emu_report_at(fiber, compute->pack_site, EMU_DST_STATE,
                  "the section waited for here is not released when the kernel "
                  "ends");
}

void emu_compute_exit(EmuFiber *fiber) {
  EmuCompute *compute = emu_compute_of(fiber);
  if (fiber->risc == EMU_PACK)
    exit_pack(fiber, compute);
  if (fiber->risc == EMU_UNPACK && compute->unpack.uninit)
    emu_report_at(fiber, compute->unpack.site, EMU_UNINIT_MISSING,
                  "%s is not undone when the kernel ends\ncall %s",
                  compute->unpack.call, compute->unpack.uninit);
  if (fiber->risc == EMU_MATH && compute->math_open)
    emu_report_at(fiber, compute->math_site, EMU_DST_STATE,
                  "the section acquired here is not committed when the kernel "
                  "ends");
  if (--compute->running == 0 && compute->committed &&
      !compute->sections_broken)
    emu_report_at(fiber, compute->commit_site, EMU_DST_STATE,
                  "%u DST section(s) were committed and never packed",
                  compute->committed);
}

void emu_compute_free(EmuCore *core) {
  free(core->compute);
  core->compute = NULL;
}

void emu_unsupported(const char *call, const char *advice, EmuSite site) {
  emu_enter(site);
  emu_refuse("%s is not emulated; %s", call, advice);
}
