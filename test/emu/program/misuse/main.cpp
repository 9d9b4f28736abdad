// Host programs that ask for what cannot be, one after the other: each has to
// be refused by an exception with a message, and leave the next one unharmed.
// The last one divides by zero in a kernel, found beside this file.

#include <tt-metalium/device.hpp>
#include <tt-metalium/distributed.hpp>
#include <tt-metalium/host_api.hpp>
#include <tt-metalium/tensor_accessor_args.hpp>

#include <cstdio>
#include <string>

using namespace tt;
using namespace tt::tt_metal;
using namespace tt::tt_metal::distributed;

namespace {

constexpr uint32_t page = 2048;
const CoreCoord core(0, 0), other(1, 0);
std::shared_ptr<MeshDevice> mesh;

template <class Body> void attempt(const char *name, Body body) {
  try {
    body();
    std::printf("%s: accepted\n", name);
  } catch (const std::exception &error) {
    std::printf("%s: %s\n", name, error.what());
  }
  std::fflush(stdout);
}

void run(Program &&program) {
  MeshWorkload load;
  load.add_program(MeshCoordinateRange(mesh->shape()), std::move(program));
  EnqueueMeshWorkload(mesh->mesh_command_queue(), load, false);
}

std::shared_ptr<MeshBuffer> buffer(uint32_t pages) {
  return MeshBuffer::create(ReplicatedBufferConfig{.size = pages * page},
                            DeviceLocalBufferConfig{.page_size = page},
                            mesh.get());
}

CBHandle ring(Program &program, const CoreCoord &where, uint8_t index,
              uint32_t pages = 2) {
  return CreateCircularBuffer(
      program, where,
      CircularBufferConfig(pages * page, {{index, DataFormat::Float16_b}})
          .set_page_size(index, page));
}

KernelHandle kernel(Program &program, const std::string &body,
                    const CoreCoord &where = core) {
  return CreateKernelFromString(program,
                                "#include \"api/dataflow/dataflow_api.h\"\n"
                                "void kernel_main() {" +
                                    body + "}\n",
                                where, WriterDataMovementConfig{});
}

void reopened() {
  IDevice *first = CreateDevice(0);
  const InterleavedBufferConfig before{first, 2 * page, page, BufferType::DRAM};
  auto old = CreateBuffer(before);
  CloseDevice(first);
  IDevice *second = CreateDevice(0);
  const InterleavedBufferConfig after{second, 2 * page, page, BufferType::DRAM};
  auto one = CreateBuffer(after);
  old = nullptr;
  auto two = CreateBuffer(after);
  std::printf("reopened: buffers %s\n",
              one->address() == two->address() ? "overlap" : "are apart");
  CloseDevice(second);
}

void numbers_of_things() {
  attempt("same index twice", [] {
    Program program = CreateProgram();
    ring(program, core, 3);
    ring(program, other, 3);
    ring(program, core, 3);
  });
  attempt("common arguments after unique ones", [] {
    Program program = CreateProgram();
    const auto k = kernel(program, "");
    SetRuntimeArgs(program, k, core, std::vector<uint32_t>(300, 0));
    SetCommonRuntimeArgs(program, k, std::vector<uint32_t>(41, 0));
    SetCommonRuntimeArgs(program, k, std::vector<uint32_t>(42, 0));
  });
  attempt("handle of no ring", [] {
    Program program = CreateProgram();
    UpdateCircularBufferTotalSize(program, ring(program, core, 0), page);
    UpdateCircularBufferTotalSize(program, 77, page);
  });
  attempt("address for no ring", [] {
    Program program = CreateProgram();
    UpdateDynamicCircularBufferAddress(program, 5,
                                       *buffer(1)->get_backing_buffer());
  });
  attempt("vector too long", [] {
    std::vector<uint32_t> data(page / 4 + 1, 1);
    EnqueueWriteMeshBuffer(mesh->mesh_command_queue(), buffer(1), data, false);
  });
  attempt("vector too short", [] {
    std::vector<uint32_t> data(page / 4 - 1, 1);
    EnqueueWriteMeshBuffer(mesh->mesh_command_queue(), buffer(1), data, false);
  });
}

// A semaphore that only another core looks at, and a program before that left
// other values and rings on that core.
void idle_core() {
  attempt("a program on the other core", [] {
    Program program = CreateProgram();
    ring(program, other, 0);
    CreateSemaphore(program, other, 9);
    kernel(program, "cb_reserve_back(0, 1);", other);
    run(std::move(program));
  });
  attempt("semaphore of an idle core", [] {
    Program program = CreateProgram();
    ring(program, core, 0);
    const uint32_t semaphore =
        CreateSemaphore(program, CoreRange(core, other), 5);
    const auto at = mesh->worker_core_from_logical_core(other);
    const auto k =
        kernel(program, "const uint32_t there = get_write_ptr(0);"
                        "const uint32_t x = get_arg_val<uint32_t>(0);"
                        "const uint32_t y = get_arg_val<uint32_t>(1);"
                        "cb_reserve_back(0, 1);"
                        "noc_async_read(get_noc_addr(x, y, get_semaphore("
                        "get_arg_val<uint32_t>(2))), there, 16);"
                        "noc_async_read_barrier();"
                        "ASSERT(*(volatile uint32_t *)there == 5);"
                        "noc_async_write(there, get_noc_addr(x, y, there), 16);"
                        "noc_async_write_barrier();");
    SetRuntimeArgs(
        program, k, core,
        {static_cast<uint32_t>(at.x), static_cast<uint32_t>(at.y), semaphore});
    run(std::move(program));
  });
}

// A kernel that only forms the address of a semaphore that another core has.
void semaphore_elsewhere() {
  attempt("semaphore of the receiver alone", [] {
    Program program = CreateProgram();
    const uint32_t semaphore = CreateSemaphore(program, other, 0);
    const auto at = mesh->worker_core_from_logical_core(other);
    const auto send =
        kernel(program, "const uint32_t x = get_arg_val<uint32_t>(0);"
                        "const uint32_t y = get_arg_val<uint32_t>(1);"
                        "const uint32_t there = get_semaphore("
                        "get_arg_val<uint32_t>(2));"
                        "noc_semaphore_inc(get_noc_addr(x, y, there), 1);"
                        "noc_async_atomic_barrier();");
    SetRuntimeArgs(
        program, send, core,
        {static_cast<uint32_t>(at.x), static_cast<uint32_t>(at.y), semaphore});
    const auto wait = kernel(program,
                             "noc_semaphore_wait_min(reinterpret_cast<volatile "
                             "tt_l1_ptr uint32_t *>("
                             "get_semaphore(get_arg_val<uint32_t>(0))), 1);",
                             other);
    SetRuntimeArgs(program, wait, other, {semaphore});
    run(std::move(program));
  });
}

void closed() {
  const auto left = buffer(1);
  const std::vector<uint32_t> data(page / 4, 1);
  mesh->close();
  attempt("write after close", [&] {
    EnqueueWriteMeshBuffer(mesh->mesh_command_queue(), left, data, false);
  });
  attempt("read after close", [&] {
    std::vector<uint32_t> back;
    EnqueueReadMeshBuffer(mesh->mesh_command_queue(), back, left, true);
  });
  attempt("buffer after close", [] { buffer(1); });
  attempt("launch after close", [] {
    Program program = CreateProgram();
    kernel(program, "");
    run(std::move(program));
  });
  std::printf("L1 after close: %s\n",
              detail::WriteToDeviceL1(mesh.get(), core, 0x20000, data)
                  ? "written"
                  : "refused");
}

} // namespace

int main() {
  reopened();
  mesh = MeshDevice::create_unit_mesh(0);
  numbers_of_things();
  idle_core();
  semaphore_elsewhere();
  closed();
  mesh = nullptr;
  mesh = MeshDevice::create_unit_mesh(0);
  attempt("division by zero", [] {
    Program program = CreateProgram();
    const auto k = CreateKernel(program, "kernels/divide.cpp", core,
                                WriterDataMovementConfig{});
    SetRuntimeArgs(program, k, core, {0u});
    run(std::move(program));
  });
}
