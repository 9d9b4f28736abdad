/* program.c - programs as the host builds them. What a launch does with one is
 * in launch.c.
 */
#include "machine.h"

#include <stb/stb_ds.h>
#include <stdlib.h>
#include <string.h>

static char *copy_text(const char *text) { return text ? strdup(text) : NULL; }

static EmuRange *copy_ranges(const EmuRange *ranges, uint32_t count) {
  EmuRange *copy = NULL;
  for (uint32_t i = 0; i < count; i++)
    arrput(copy, ranges[i]);
  return copy;
}

static uint32_t *copy_words(const uint32_t *words, uint32_t count) {
  uint32_t *copy = NULL;
  for (uint32_t i = 0; i < count; i++)
    arrput(copy, words[i]);
  return copy;
}

bool ranges_hold(const EmuRange *ranges, uint32_t x, uint32_t y) {
  for (ptrdiff_t i = 0; i < arrlen(ranges); i++)
    if (x >= ranges[i].x0 && x <= ranges[i].x1 && y >= ranges[i].y0 &&
        y <= ranges[i].y1)
      return true;
  return false;
}

EmuProgram *emu_program_create(void) { return calloc(1, sizeof(EmuProgram)); }

static void free_kernel(EmuKernel *kernel) {
  free(kernel->path);
  free(kernel->source);
  arrfree(kernel->compile_args);
  for (ptrdiff_t i = 0; i < arrlen(kernel->names); i++)
    free(kernel->names[i]);
  arrfree(kernel->names);
  arrfree(kernel->named_values);
  for (ptrdiff_t i = 0; i < arrlen(kernel->define_names); i++) {
    free(kernel->define_names[i]);
    free(kernel->define_values[i]);
  }
  arrfree(kernel->define_names);
  arrfree(kernel->define_values);
  arrfree(kernel->ranges);
  arrfree(kernel->common_args);
  for (ptrdiff_t i = 0; i < arrlen(kernel->args); i++)
    arrfree(kernel->args[i].words);
  arrfree(kernel->args);
  free(kernel->args_at);
  free(kernel);
}

void emu_program_free(EmuProgram *program) {
  if (!program)
    return;
  for (ptrdiff_t i = 0; i < arrlen(program->kernels); i++)
    free_kernel(program->kernels[i]);
  for (ptrdiff_t i = 0; i < arrlen(program->cbs); i++)
    arrfree(program->cbs[i].ranges);
  for (ptrdiff_t i = 0; i < arrlen(program->semaphores); i++)
    arrfree(program->semaphores[i].ranges);
  arrfree(program->kernels);
  arrfree(program->cbs);
  arrfree(program->semaphores);
  free(program);
}

static void copy_compute(EmuKernel *kernel, const EmuKernelSpec *spec) {
  kernel->config.fidelity = (EmuFidelity)spec->fidelity;
  kernel->config.fp32_dest_acc_en = spec->fp32_dest_acc_en;
  kernel->config.dst_full_sync_en = spec->dst_full_sync_en;
  kernel->config.bfp8_pack_precise = spec->bfp8_pack_precise;
  kernel->config.math_approx_mode = spec->math_approx_mode;
  for (uint32_t i = 0; i < spec->unpack_count && i < EMU_MAX_CBS; i++)
    kernel->config.unpack_to_dest_fp32[i] = spec->unpack_to_dest_fp32[i] != 0;
}

static bool any_shared(const EmuRange *left, const EmuRange *right) {
  for (ptrdiff_t i = 0; i < arrlen(left); i++)
    for (ptrdiff_t j = 0; j < arrlen(right); j++)
      if (left[i].x0 <= right[j].x1 && right[j].x0 <= left[i].x1 &&
          left[i].y0 <= right[j].y1 && right[j].y0 <= left[i].y1)
        return true;
  return false;
}

static bool fits_beside(const EmuProgram *program, const EmuKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(program->kernels); i++) {
    const EmuKernel *other = program->kernels[i];
    if (other->kind != kernel->kind ||
        !any_shared(other->ranges, kernel->ranges))
      continue;
    if (kernel->kind == EMU_COMPUTE)
      return host_error("two compute kernels on the same core: '%s' and '%s'",
                        other->path, kernel->path);
    if (other->risc == kernel->risc)
      return host_error("two data movement kernels on %s of the same core: "
                        "'%s' and '%s'",
                        emu_risc_name(kernel->risc), other->path, kernel->path);
    if (other->noc == kernel->noc &&
        !(other->dynamic_noc && kernel->dynamic_noc))
      return host_error("the data movement kernels '%s' and '%s' use NoC %u on "
                        "the same core: in dedicated mode each needs its own",
                        other->path, kernel->path, kernel->noc);
  }
  return true;
}

uint32_t emu_program_kernel(EmuProgram *program, const EmuKernelSpec *spec) {
  EmuKernel *kernel = calloc(1, sizeof *kernel);
  kernel->program = program;
  kernel->id = (uint32_t)arrlen(program->kernels);
  kernel->path = copy_text(spec->path ? spec->path : "(text)");
  kernel->source = copy_text(spec->source);
  kernel->kind = spec->kind;
  kernel->risc = spec->kind == EMU_COMPUTE ? EMU_UNPACK
                 : spec->processor         ? EMU_NCRISC
                                           : EMU_BRISC;
  kernel->noc = spec->noc;
  kernel->dynamic_noc = spec->dynamic_noc;
  kernel->compile_args =
      copy_words(spec->compile_args, spec->compile_arg_count);
  kernel->ranges = copy_ranges(spec->ranges, spec->range_count);
  for (uint32_t i = 0; i < spec->named_count; i++) {
    arrput(kernel->names, copy_text(spec->named[i]));
    arrput(kernel->named_values, spec->named_values[i]);
  }
  for (uint32_t i = 0; i < spec->define_count; i++) {
    arrput(kernel->define_names, copy_text(spec->define_names[i]));
    arrput(kernel->define_values, copy_text(spec->define_values[i]));
  }
  if (spec->kind == EMU_COMPUTE)
    copy_compute(kernel, spec);
  if (!fits_beside(program, kernel)) {
    free_kernel(kernel);
    return UINT32_MAX;
  }
  arrput(program->kernels, kernel);
  return kernel->id;
}

/* A core has one ring of each index. */
static bool index_free(const ProgramCb *other, const ProgramCb *cb) {
  if (!any_shared(other->ranges, cb->ranges))
    return true;
  for (uint32_t i = 0; i < EMU_CB_INDICES; i++)
    if (other->spec.used[i] && cb->spec.used[i])
      return host_error("circular buffer %u is created twice on the same core",
                        i);
  return true;
}

uint32_t emu_program_cb(EmuProgram *program, const EmuRange *ranges,
                        uint32_t range_count, const EmuCbSpec *spec) {
  ProgramCb cb = {copy_ranges(ranges, range_count), *spec, 0};
  for (ptrdiff_t i = 0; i < arrlen(program->cbs); i++)
    if (!index_free(&program->cbs[i], &cb)) {
      arrfree(cb.ranges);
      return UINT32_MAX;
    }
  arrput(program->cbs, cb);
  return (uint32_t)arrlen(program->cbs) - 1;
}

EmuCbSpec *emu_program_cb_spec(EmuProgram *program, uint32_t cb) {
  if (cb < arrlenu(program->cbs))
    return &program->cbs[cb].spec;
  host_error("circular buffer handle %u, the program has %td", cb,
             arrlen(program->cbs));
  return NULL;
}

/* The lowest number that none of its cores uses. */
uint32_t emu_program_semaphore(EmuProgram *program, const EmuRange *ranges,
                               uint32_t range_count, uint32_t initial) {
  EmuRange *copy = copy_ranges(ranges, range_count);
  for (uint32_t id = 0; id < EMU_MAX_SEMAPHORES; id++) {
    bool taken = false;
    for (ptrdiff_t i = 0; i < arrlen(program->semaphores); i++)
      taken |= program->semaphores[i].id == id &&
               any_shared(program->semaphores[i].ranges, copy);
    if (taken)
      continue;
    ProgramSemaphore semaphore = {copy, id, initial};
    arrput(program->semaphores, semaphore);
    return id;
  }
  emu_report(EMU_SEM_RANGE, "a core has %d semaphores, one more was created",
             EMU_MAX_SEMAPHORES);
  arrfree(copy);
  host_error("a core has %d semaphores, all are in use", EMU_MAX_SEMAPHORES);
  return UINT32_MAX;
}

/*===- arguments ----------------------------------------------------------===*/

static EmuKernel *kernel_of(EmuProgram *program, uint32_t id) {
  if (id < arrlenu(program->kernels))
    return program->kernels[id];
  host_error("kernel handle %u, the program has %td kernels", id,
             arrlen(program->kernels));
  return NULL;
}

static struct CoreArgs *core_args(EmuKernel *kernel, uint32_t x, uint32_t y) {
  enum { SIDE = 64 };
  if (x >= SIDE || y >= SIDE)
    return NULL;
  if (!kernel->args_at) {
    kernel->args_at = malloc(SIDE * SIDE * sizeof(int32_t));
    for (int i = 0; i < SIDE * SIDE; i++)
      kernel->args_at[i] = -1;
  }
  int32_t *at = &kernel->args_at[y * SIDE + x];
  if (*at < 0) {
    *at = (int32_t)arrlen(kernel->args);
    struct CoreArgs none = {x, y, NULL};
    arrput(kernel->args, none);
  }
  return &kernel->args[*at];
}

static bool count_fits(EmuKernel *kernel, uint32_t count) {
  if (count <= EMU_MAX_ARGS)
    return true;
  emu_report(EMU_ARG_RANGE,
             "%u runtime arguments for kernel '%s', %d words are the most",
             count, kernel->path, EMU_MAX_ARGS);
  return host_error("%u runtime arguments, %d are the most", count,
                    EMU_MAX_ARGS);
}

bool emu_program_args(EmuProgram *program, uint32_t id, uint32_t x, uint32_t y,
                      const uint32_t *words, uint32_t count) {
  EmuKernel *kernel = kernel_of(program, id);
  if (!kernel)
    return false;
  if (!ranges_hold(kernel->ranges, x, y))
    return host_error("runtime arguments for core (%u,%u), on which kernel "
                      "'%s' does not run",
                      x, y, kernel->path);
  struct CoreArgs *args = core_args(kernel, x, y);
  if (!args ||
      !count_fits(kernel, count + (uint32_t)arrlen(kernel->common_args)))
    return false;
  arrfree(args->words);
  args->words = copy_words(words, count);
  return true;
}

bool emu_program_common_args(EmuProgram *program, uint32_t id,
                             const uint32_t *words, uint32_t count) {
  EmuKernel *kernel = kernel_of(program, id);
  if (!kernel)
    return false;
  ptrdiff_t most = 0;
  for (ptrdiff_t i = 0; i < arrlen(kernel->args); i++)
    if (arrlen(kernel->args[i].words) > most)
      most = arrlen(kernel->args[i].words);
  if (!count_fits(kernel, count + (uint32_t)most))
    return false;
  arrfree(kernel->common_args);
  kernel->common_args = copy_words(words, count);
  return true;
}

uint32_t *emu_program_arg_words(EmuProgram *program, uint32_t id, uint32_t x,
                                uint32_t y, bool common, uint32_t *count) {
  EmuKernel *kernel = kernel_of(program, id);
  *count = 0;
  if (!kernel)
    return NULL;
  struct CoreArgs *args = common ? NULL : core_args(kernel, x, y);
  uint32_t *words = common ? kernel->common_args : args ? args->words : NULL;
  *count = (uint32_t)arrlen(words);
  return words;
}

static const uint32_t *words_for(const EmuFiber *fiber, bool common) {
  if (common)
    return fiber->kernel->common_args;
  return core_args(fiber->kernel, fiber->core->x, fiber->core->y)->words;
}

uint32_t kernel_arg_count(const EmuFiber *fiber, bool common) {
  return (uint32_t)arrlen(words_for(fiber, common));
}

const uint32_t *kernel_args(const EmuFiber *fiber, bool common) {
  return words_for(fiber, common);
}
