/* launch.c - one launch of a program: place its CBs, load its kernels, write
 * arguments and semaphores into L1, run the fibers, look at what is left over.
 */
#include "machine.h"

#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>

static bool ranges_fit(const EmuDevice *device, const EmuRange *ranges,
                       const char *what) {
  for (ptrdiff_t i = 0; i < arrlen(ranges); i++)
    if (ranges[i].x1 >= device->info.grid_x ||
        ranges[i].y1 >= device->info.grid_y || ranges[i].x0 > ranges[i].x1 ||
        ranges[i].y0 > ranges[i].y1)
      return host_error("%s on cores (%u,%u)-(%u,%u): the compute grid is "
                        "%ux%u",
                        what, ranges[i].x0, ranges[i].y0, ranges[i].x1,
                        ranges[i].y1, device->info.grid_x, device->info.grid_y);
  return true;
}

/*===- circular buffers ---------------------------------------------------===*/

static bool check_cb(const EmuDevice *device, const ProgramCb *cb) {
  const EmuCbSpec *spec = &cb->spec;
  for (uint32_t i = 0; i < EMU_CB_INDICES; i++) {
    if (!spec->used[i])
      continue;
    if (i >= device->info.cbs)
      return host_error("circular buffer index %u, the device has %u", i,
                        device->info.cbs);
    uint32_t page = spec->page_size[i];
    if (page == 0)
      return host_error("circular buffer %u has no page size", i);
    if (spec->total % page)
      return host_error("Total circular buffer size %u B must be divisible by "
                        "page size %u B",
                        spec->total, page);
  }
  if (spec->global && spec->total > spec->global_limit)
    return host_error("a circular buffer of %u B is bound to a buffer that has "
                      "%u B on a core",
                      spec->total, spec->global_limit);
  return ranges_fit(device, cb->ranges, "circular buffer");
}

static bool overflow(const EmuDevice *device, const EmuRange *range,
                     uint32_t end) {
  if (end > device->info.l1_size) {
    host_error("Statically allocated circular buffers on core range (%u,%u)-"
               "(%u,%u) grow to %u B which is beyond max L1 size of %u B",
               range->x0, range->y0, range->x1, range->y1, end,
               device->info.l1_size);
  } else {
    uint64_t lowest = allocator_lowest(&device->l1_buffers);
    if (end <= lowest)
      return false;
    host_error("Statically allocated circular buffers in program clash with "
               "L1 buffers on core range (%u,%u)-(%u,%u). L1 buffer allocated "
               "at %llu and static circular buffer region ends at %u",
               range->x0, range->y0, range->x1, range->y1,
               (unsigned long long)lowest, end);
  }
  emu_report(EMU_L1_OVERFLOW, "%s", emu_error());
  return true;
}

/* Bottom-up in order of creation; a CB has one address on all its cores. */
static bool place_cbs(EmuDevice *device, EmuProgram *program) {
  uint32_t *next = calloc(device->core_count, sizeof *next);
  bool good = true;
  for (uint32_t i = 0; i < device->core_count; i++)
    next[i] = device->info.l1_base;
  for (ptrdiff_t i = 0; i < arrlen(program->cbs) && good; i++) {
    ProgramCb *cb = &program->cbs[i];
    good = check_cb(device, cb);
    cb->address = cb->spec.global_address;
    if (!good || cb->spec.global)
      continue;
    uint32_t address = 0;
    for (uint32_t c = 0; c < device->core_count; c++)
      if (ranges_hold(cb->ranges, device->cores[c].x, device->cores[c].y) &&
          next[c] > address)
        address = next[c];
    cb->address = (address + 31) / 32 * 32;
    for (uint32_t c = 0; c < device->core_count; c++)
      if (ranges_hold(cb->ranges, device->cores[c].x, device->cores[c].y))
        next[c] = cb->address + cb->spec.total;
    if (arrlen(cb->ranges) &&
        overflow(device, &cb->ranges[0], cb->address + cb->spec.total))
      good = false;
  }
  free(next);
  return good;
}

/*===- fibers -------------------------------------------------------------===*/

static Fiber *make_fiber(EmuCore *core, EmuKernel *kernel, EmuRisc risc) {
  Fiber *fiber = calloc(1, sizeof *fiber);
  fiber->base.core = core;
  fiber->base.risc = risc;
  fiber->base.kernel = kernel;
  fiber->base.noc = kernel->noc;
  fiber->base.site = (EmuSite){kernel->path, 1};
  core->fiber[risc] = &fiber->base;
  for (int common = 0; common < 2; common++) {
    uint32_t address = EMU_L1_ARGS + (uint32_t)risc * EMU_L1_ARGS_STRIDE +
                       (common ? EMU_L1_COMMON_ARGS : 0);
    uint32_t bytes = 4 * kernel_arg_count(&fiber->base, common);
    if (!bytes)
      continue;
    memcpy(core->l1 + address, kernel_args(&fiber->base, common), bytes);
    memset(core->shadow + address, EMU_SHADOW_DEFINED, bytes);
  }
  fiber_start(fiber, kernel->image[risc]->entry);
  return fiber;
}

/* Semaphores are written wherever the host created them, kernels or not. */
static void write_semaphores(EmuCore *core, const EmuProgram *program) {
  for (ptrdiff_t i = 0; i < arrlen(program->semaphores); i++) {
    const ProgramSemaphore *semaphore = &program->semaphores[i];
    if (!ranges_hold(semaphore->ranges, core->x, core->y))
      continue;
    uint32_t address = EMU_L1_SEMAPHORES + 16 * semaphore->id;
    memcpy(core->l1 + address, &semaphore->initial, 4);
    memset(core->shadow + address, EMU_SHADOW_DEFINED, 16);
  }
}

/* Rings are those of the program that runs, also on cores without kernels. */
static void forget_cbs(EmuCore *core) {
  for (int i = 0; i < EMU_MAX_CBS; i++)
    core->cb[i].configured = false;
  core->cb_count = 0;
}

static void prepare_core(EmuCore *core, EmuProgram *program) {
  for (ptrdiff_t i = 0; i < arrlen(program->cbs); i++)
    if (ranges_hold(program->cbs[i].ranges, core->x, core->y))
      cb_launch(core, &program->cbs[i]);
  uint32_t bytes = 16 * EMU_MAX_SEMAPHORES;
  memset(core->l1 + EMU_L1_SEMAPHORES, 0, bytes);
  memset(core->shadow + EMU_L1_SEMAPHORES, EMU_SHADOW_DEFINED, bytes);
  memset(core->shadow + EMU_L1_ZEROS, EMU_SHADOW_DEFINED, 4096);
  memset(core->l1 + EMU_L1_ZEROS, 0, 4096);
}

static bool core_runs(const EmuProgram *program, const EmuCore *core) {
  for (ptrdiff_t k = 0; k < arrlen(program->kernels); k++)
    if (ranges_hold(program->kernels[k]->ranges, core->x, core->y))
      return true;
  return false;
}

static void prepare_cores(EmuDevice *device, EmuProgram *program) {
  for (uint32_t i = 0; i < device->core_count; i++) {
    EmuCore *core = &device->cores[i];
    forget_cbs(core);
    if (core_runs(program, core))
      prepare_core(core, program);
    write_semaphores(core, program);
  }
}

static Fiber **start_core(Fiber **fibers, EmuCore *core, EmuProgram *program) {
  for (ptrdiff_t k = 0; k < arrlen(program->kernels); k++) {
    EmuKernel *kernel = program->kernels[k];
    if (!ranges_hold(kernel->ranges, core->x, core->y))
      continue;
    if (kernel->kind == EMU_DATA_MOVEMENT) {
      arrput(fibers, make_fiber(core, kernel, kernel->risc));
      continue;
    }
    core->config = kernel->config;
    emu_compute_launch(core);
    arrput(fibers, make_fiber(core, kernel, EMU_UNPACK));
    arrput(fibers, make_fiber(core, kernel, EMU_MATH));
    arrput(fibers, make_fiber(core, kernel, EMU_PACK));
  }
  return fibers;
}

static bool check_program(EmuDevice *device, EmuProgram *program) {
  for (ptrdiff_t k = 0; k < arrlen(program->kernels); k++)
    if (!ranges_fit(device, program->kernels[k]->ranges, "kernel"))
      return false;
  return place_cbs(device, program);
}

bool emu_program_launch(EmuDevice *device, EmuProgram *program) {
  if (!device_is_open(device) || !check_program(device, program))
    return false;
  uint64_t start = stats_now_us();
  if (!compile_program(device, program))
    return false;
  stats_phase("compile", start);
  start = stats_now_us();
  Fiber **fibers = NULL;
  prepare_cores(device, program);
  for (uint32_t i = 0; i < device->core_count; i++)
    if (core_runs(program, &device->cores[i]))
      fibers = start_core(fibers, &device->cores[i], program);
  scheduler_run(fibers, arrlenu(fibers));
  cb_settle_early();
  for (uint32_t i = 0; i < device->core_count; i++) {
    EmuCore *core = &device->cores[i];
    if (core_runs(program, core)) {
      cb_exit_check(core);
      stats_cb_peak(core);
    }
    memset(core->fiber, 0, sizeof core->fiber);
  }
  for (ptrdiff_t i = 0; i < arrlen(fibers); i++)
    fiber_free(fibers[i]);
  arrfree(fibers);
  stats_phase("run", start);
  return true;
}
