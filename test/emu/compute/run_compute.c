/* run_compute.c - runs one compute kernel on one emulated core and checks it.
 *
 *   run_compute KERNEL.cpp
 *
 * The kernel's first comment lines say what surrounds it:
 *
 *   // in ID FORMAT PAGES [LOW HIGH|int LOW HIGH|const V|rowmajor ...]
 *   // out ID FORMAT PAGES
 *   // mid ID FORMAT PAGES         a CB that the kernel fills and drains itself
 *   // with fp32_dest full_sync lofi hifi2 hifi3 to_dest=ID half_pages=ID
 *   // arg N                       next compile-time argument
 *   // check ORACLE [TOLERANCE]    see oracles.c
 *
 * Inputs are pushed page by page by a reader kernel, outputs drained by a
 * writer kernel. What the library reports goes to stderr as always.
 */
#include "oracles.h"

#include "tt-emu/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char kReader[] =
    "#include \"api/dataflow/dataflow_api.h\"\n"
    "void kernel_main() {\n"
    "  uint32_t count = get_arg_val<uint32_t>(0);\n"
    "  uint32_t most = 0;\n"
    "  for (uint32_t i = 0; i < count; ++i) {\n"
    "    uint32_t pages = get_arg_val<uint32_t>(int(3 + 4 * i));\n"
    "    most = pages > most ? pages : most;\n"
    "  }\n"
    "  for (uint32_t page = 0; page < most; ++page)\n"
    "    for (uint32_t i = 0; i < count; ++i) {\n"
    "      uint32_t cb = get_arg_val<uint32_t>(int(1 + 4 * i));\n"
    "      uint32_t address = get_arg_val<uint32_t>(int(2 + 4 * i));\n"
    "      uint32_t bytes = get_arg_val<uint32_t>(int(4 + 4 * i));\n"
    "      if (page >= get_arg_val<uint32_t>(int(3 + 4 * i)))\n"
    "        continue;\n"
    "      cb_reserve_back(int(cb), 1);\n"
    "      noc_async_read(get_noc_addr_from_bank_id<true>(0, address +\n"
    "                     page * bytes), get_write_ptr(cb), bytes);\n"
    "      noc_async_read_barrier();\n"
    "      cb_push_back(int(cb), 1);\n"
    "    }\n"
    "}\n";

static const char kWriter[] =
    "#include \"api/dataflow/dataflow_api.h\"\n"
    "void kernel_main() {\n"
    "  uint32_t count = get_arg_val<uint32_t>(0);\n"
    "  for (uint32_t i = 0; i < count; ++i) {\n"
    "    uint32_t cb = get_arg_val<uint32_t>(int(1 + 4 * i));\n"
    "    uint32_t address = get_arg_val<uint32_t>(int(2 + 4 * i));\n"
    "    uint32_t pages = get_arg_val<uint32_t>(int(3 + 4 * i));\n"
    "    uint32_t bytes = get_arg_val<uint32_t>(int(4 + 4 * i));\n"
    "    for (uint32_t page = 0; page < pages; ++page) {\n"
    "      cb_wait_front(int(cb), 1);\n"
    "      noc_async_write(get_read_ptr(cb), get_noc_addr_from_bank_id<true>(\n"
    "                      0, address + page * bytes), bytes);\n"
    "      noc_async_write_barrier();\n"
    "      cb_pop_front(int(cb), 1);\n"
    "    }\n"
    "  }\n"
    "}\n";

/*===- the case -----------------------------------------------------------===*/

typedef struct Case {
  Tensor tensor[MAX_TENSORS];
  uint32_t tensors;
  uint32_t fidelity;
  bool fp32_dest, full_sync;
  uint8_t to_dest[64];
  uint32_t args[16], arg_count;
  char oracle[32];
  double tolerance;
} Case;

static _Noreturn void fail(const char *what, const char *detail) {
  fprintf(stderr, "run_compute: %s: %s\n", what, detail);
  exit(2);
}

static EmuFormat format_named(const char *name) {
  for (int format = 0; format < 32; ++format)
    if (!strcmp(emu_format_name((EmuFormat)format), name))
      return (EmuFormat)format;
  fail("unknown format", name);
}

static void read_tensor(Case *test, const char *role, const char *rest) {
  char format[16], fill[16] = "";
  double low = -1, high = 1;
  Tensor *tensor = &test->tensor[test->tensors++];
  int fields = sscanf(rest, "%u %15s %u %15s %lf %lf", &tensor->cb, format,
                      &tensor->pages, fill, &low, &high);
  if (fields < 3)
    fail("not a tensor", rest);
  tensor->role = role[0];
  tensor->format = format_named(format);
  if (fields >= 6)
    tensor_fill(tensor, fill, low, high);
  else if (fields >= 5)
    tensor_fill(tensor, fill, low, low);
  else
    tensor_fill(tensor, "real", -1, 1);
}

static void halve_pages(Case *test, uint32_t cb) {
  for (uint32_t i = 0; i < test->tensors; ++i)
    test->tensor[i].halved |= test->tensor[i].cb == cb;
}

static void read_switches(Case *test, char *rest) {
  for (char *word = strtok(rest, " "); word; word = strtok(NULL, " ")) {
    if (!strcmp(word, "fp32_dest"))
      test->fp32_dest = true;
    else if (!strcmp(word, "full_sync"))
      test->full_sync = true;
    else if (!strcmp(word, "lofi"))
      test->fidelity = 0;
    else if (!strncmp(word, "hifi", 4))
      test->fidelity = (uint32_t)atoi(word + 4);
    else if (!strncmp(word, "to_dest=", 8))
      test->to_dest[atoi(word + 8) & 63] = 1;
    else if (!strncmp(word, "half_pages=", 11))
      halve_pages(test, (uint32_t)atoi(word + 11));
    else
      fail("unknown switch", word);
  }
}

static void read_case(Case *test, const char *path) {
  FILE *file = fopen(path, "r");
  char line[512], role[16];
  int offset;
  if (!file)
    fail("cannot read", path);
  test->fidelity = 4;
  test->tolerance = 0;
  strcpy(test->oracle, "none");
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    if (sscanf(line, "// %15s %n", role, &offset) != 1)
      continue;
    char *rest = line + offset;
    if (!strcmp(role, "in") || !strcmp(role, "out") || !strcmp(role, "mid"))
      read_tensor(test, role, rest);
    else if (!strcmp(role, "with"))
      read_switches(test, rest);
    else if (!strcmp(role, "arg"))
      test->args[test->arg_count++ & 15] = (uint32_t)strtoul(rest, NULL, 0);
    else if (!strcmp(role, "check"))
      sscanf(rest, "%31s %lf", test->oracle, &test->tolerance);
  }
  fclose(file);
}

/*===- the run ------------------------------------------------------------===*/

static const EmuRange kCore = {0, 0, 0, 0};

static uint32_t page_bytes(const Tensor *tensor) {
  return emu_format_tile_bytes(tensor->format) >> tensor->halved;
}

static uint32_t page_count(const Tensor *tensor) {
  return tensor->pages << tensor->halved;
}

static void add_cb(EmuProgram *program, const Tensor *tensor) {
  static EmuCbSpec spec;
  uint32_t id = tensor->cb;
  memset(&spec, 0, sizeof spec);
  spec.total = page_bytes(tensor) * page_count(tensor);
  spec.used[id] = 1;
  spec.format[id] = (uint32_t)tensor->format;
  spec.page_size[id] = page_bytes(tensor);
  spec.tile_rows[id] = spec.tile_columns[id] = 32;
  if (emu_program_cb(program, &kCore, 1, &spec) == UINT32_MAX)
    fail("circular buffer", emu_error());
}

static void add_mover(EmuProgram *program, const Case *test, char role,
                      EmuBuffer *const *buffers) {
  uint32_t words[1 + 4 * MAX_TENSORS] = {0};
  for (uint32_t i = 0; i < test->tensors; ++i) {
    const Tensor *tensor = &test->tensor[i];
    if (tensor->role != role)
      continue;
    uint32_t *entry = words + 1 + 4 * words[0]++;
    entry[0] = tensor->cb;
    entry[1] = emu_buffer_address(buffers[i]);
    entry[2] = page_count(tensor);
    entry[3] = page_bytes(tensor);
  }
  bool reads = role == 'i';
  EmuKernelSpec spec = {.source = reads ? kReader : kWriter,
                        .kind = EMU_DATA_MOVEMENT,
                        .processor = reads ? 1 : 0,
                        .noc = reads ? 0 : 1,
                        .ranges = &kCore,
                        .range_count = 1};
  uint32_t kernel = emu_program_kernel(program, &spec);
  if (kernel == UINT32_MAX ||
      !emu_program_args(program, kernel, 0, 0, words, 1 + 4 * words[0]))
    fail("data movement kernel", emu_error());
}

static void add_compute(EmuProgram *program, const Case *test,
                        const char *path) {
  EmuKernelSpec spec = {.path = path,
                        .kind = EMU_COMPUTE,
                        .fidelity = test->fidelity,
                        .fp32_dest_acc_en = test->fp32_dest,
                        .dst_full_sync_en = test->full_sync,
                        .unpack_to_dest_fp32 = test->to_dest,
                        .unpack_count = 64,
                        .compile_args = test->args,
                        .compile_arg_count = test->arg_count,
                        .ranges = &kCore,
                        .range_count = 1};
  if (emu_program_kernel(program, &spec) == UINT32_MAX)
    fail("compute kernel", emu_error());
}

static EmuBuffer *add_buffer(EmuDevice *device, const Tensor *tensor) {
  uint64_t size = (uint64_t)page_bytes(tensor) * page_count(tensor);
  EmuBufferSpec spec = {.size = size, .page_size = size};
  EmuBuffer *buffer = emu_buffer_create(device, &spec);
  if (!buffer)
    fail("buffer", emu_error());
  if (tensor->role == 'i' && !emu_buffer_write(buffer, tensor->bytes, size))
    fail("buffer", emu_error());
  return buffer;
}

int main(int argc, char **argv) {
  static Case test;
  static EmuBuffer *buffers[MAX_TENSORS];
  if (argc != 2)
    fail("usage", "run_compute KERNEL.cpp");
  read_case(&test, argv[1]);
  EmuDevice *device = emu_device_open();
  EmuProgram *program = emu_program_create();
  if (!device || !program)
    fail("device", emu_error());
  for (uint32_t i = 0; i < test.tensors; ++i) {
    add_cb(program, &test.tensor[i]);
    if (test.tensor[i].role != 'm')
      buffers[i] = add_buffer(device, &test.tensor[i]);
  }
  add_mover(program, &test, 'i', buffers);
  add_mover(program, &test, 'o', buffers);
  add_compute(program, &test, argv[1]);
  if (!emu_program_launch(device, program))
    fail("launch", emu_error());
  for (uint32_t i = 0; i < test.tensors; ++i)
    if (test.tensor[i].role == 'o' &&
        !emu_buffer_read(buffers[i], test.tensor[i].bytes,
                         (uint64_t)page_bytes(&test.tensor[i]) *
                             page_count(&test.tensor[i])))
      fail("result", emu_error());
  int wrong = check_oracle(test.oracle, test.tensor, test.tensors, test.args,
                           test.tolerance);
  emu_program_free(program);
  emu_device_close(device);
  return wrong;
}
