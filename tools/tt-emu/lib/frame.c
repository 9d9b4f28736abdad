/* frame.c - the file that is compiled for one role of a kernel: what the build
 * of the real kernel would define, then the kernel itself by its absolute path.
 */
#include "machine.h"

#include <stb/stb_ds.h>
#include <stdarg.h>
#include <string.h>

typedef struct Text {
  char *bytes; /* stb_ds, not terminated until text_end */
} Text;

__attribute__((format(printf, 2, 3))) static void add(Text *text,
                                                      const char *format, ...) {
  char line[8192];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length >= (int)sizeof line)
    length = (int)sizeof line - 1;
  for (int i = 0; i < length; i++)
    arrput(text->bytes, line[i]);
}

static void add_defines(Text *text, const EmuKernel *kernel) {
  for (ptrdiff_t i = 0; i < arrlen(kernel->define_names); i++)
    add(text, "#define %s %s\n", kernel->define_names[i],
        kernel->define_values[i]);
  add(text, "#define KERNEL_COMPILE_TIME_ARGS ");
  for (ptrdiff_t i = 0; i < arrlen(kernel->compile_args); i++)
    add(text, "%s%u", i ? ", " : "", kernel->compile_args[i]);
  add(text, "\n#define EMU_NAMED_ARGS ");
  for (ptrdiff_t i = 0; i < arrlen(kernel->names); i++)
    add(text, "%s{\"%s\", %u}", i ? ", " : "", kernel->names[i],
        kernel->named_values[i]);
  add(text, "\n");
}

/* Formats and page sizes are constants of a kernel, from the CBs of its first
 * cores that have them. */
static void add_formats(Text *text, const EmuKernel *kernel) {
  const EmuProgram *program = kernel->program;
  uint32_t format[EMU_MAX_CBS], page[EMU_MAX_CBS], tile[EMU_MAX_CBS];
  for (int i = 0; i < EMU_MAX_CBS; i++) {
    format[i] = EMU_FORMAT_INVALID;
    page[i] = 0;
    tile[i] = 32 << 16 | 32;
  }
  for (ptrdiff_t c = arrlen(program->cbs) - 1; c >= 0; c--) {
    const ProgramCb *cb = &program->cbs[c];
    bool shared = false;
    for (ptrdiff_t r = 0; r < arrlen(kernel->ranges); r++)
      for (ptrdiff_t s = 0; s < arrlen(cb->ranges); s++)
        shared |= kernel->ranges[r].x0 <= cb->ranges[s].x1 &&
                  cb->ranges[s].x0 <= kernel->ranges[r].x1 &&
                  kernel->ranges[r].y0 <= cb->ranges[s].y1 &&
                  cb->ranges[s].y0 <= kernel->ranges[r].y1;
    for (int i = 0; shared && i < EMU_MAX_CBS; i++)
      if (cb->spec.used[i]) {
        format[i] = cb->spec.format[i];
        page[i] = cb->spec.page_size[i];
        tile[i] = cb->spec.tile_rows[i] << 16 | cb->spec.tile_columns[i];
      }
  }
  const char *const names[3] = {"EMU_CB_FORMATS", "EMU_CB_PAGES",
                                "EMU_CB_TILES"};
  const uint32_t *const values[3] = {format, page, tile};
  for (int t = 0; t < 3; t++) {
    add(text, "#define %s ", names[t]);
    for (int i = 0; i < EMU_MAX_CBS; i++)
      add(text, "%s%u", i ? "," : "", values[t][i]);
    add(text, "\n");
  }
}

static void add_role(Text *text, const EmuKernel *kernel, EmuRisc risc) {
  static const char *const roles[EMU_RISCS] = {
      "#define COMPILE_FOR_BRISC 1\n#define PROCESSOR_INDEX 0\n",
      "#define COMPILE_FOR_NCRISC 1\n#define PROCESSOR_INDEX 1\n",
      "#define COMPILE_FOR_TRISC 0\n#define TRISC_UNPACK 1\n"
      "#define UCK_CHLKC_UNPACK 1\n#define NAMESPACE chlkc_unpack\n",
      "#define COMPILE_FOR_TRISC 1\n#define TRISC_MATH 1\n"
      "#define UCK_CHLKC_MATH 1\n#define NAMESPACE chlkc_math\n",
      "#define COMPILE_FOR_TRISC 2\n#define TRISC_PACK 1\n"
      "#define UCK_CHLKC_PACK 1\n#define NAMESPACE chlkc_pack\n"};
  add(text, "#define TT_EMU 1\n#define %s 1\n%s",
      emu_arch() == EMU_BLACKHOLE ? "ARCH_BLACKHOLE" : "ARCH_WORMHOLE",
      roles[risc]);
  if (risc < EMU_UNPACK) {
    add(text, "#define NOC_INDEX %u\n#define NOC_MODE %d\n", kernel->noc,
        kernel->dynamic_noc);
    return;
  }
  const EmuComputeConfig *config = &kernel->config;
  add(text,
      "#define MATH_FIDELITY %d\n#define DST_ACCUM_MODE %s\n"
      "#define EMU_DST_FULL_SYNC %d\n#define APPROX %s\n"
      "#define MAIN emu_main()\n",
      (int)config->fidelity, config->fp32_dest_acc_en ? "true" : "false",
      config->dst_full_sync_en, config->math_approx_mode ? "true" : "false");
  if (config->fp32_dest_acc_en)
    add(text, "#define FP32_DEST_ACC_EN 1\n");
}

char *frame_text(const EmuKernel *kernel, EmuRisc risc, const char *path) {
  Text text = {NULL};
  add_role(&text, kernel, risc);
  add_defines(&text, kernel);
  add_formats(&text, kernel);
  add(&text, "#include \"tt-emu/frame.h\"\n"
             "#include \"tools/profiler/kernel_profiler.hpp\"\n");
  /* The firmware's own file includes them before the kernel. */
  if (risc < EMU_UNPACK)
    add(&text, "#include \"api/dataflow/dataflow_api.h\"\n"
               "#include \"api/debug/dprint.h\"\n");
  add(&text, "#include \"%s\"\nEMU_ENTRY\n", path);
  arrput(text.bytes, 0);
  char *copy = strdup(text.bytes);
  arrfree(text.bytes);
  return copy;
}
