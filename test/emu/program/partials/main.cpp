// main.cpp - C = A x B with k in blocks, the partial sums in a ring that shares
// its memory with the output. `main spill` reloads them; `main accumulate` has
// the packer add into pages that were popped unread. Both are legal: neither
// may be reported under any schedule.

#include <tt-metalium/bfloat16.hpp>
#include <tt-metalium/constants.hpp>
#include <tt-metalium/distributed.hpp>
#include <tt-metalium/host_api.hpp>
#include <tt-metalium/tensor_accessor_args.hpp>
#include <tt-metalium/tilize_utils.hpp>

#include <cmath>
#include <filesystem>

using namespace tt;
using namespace tt::constants;
using namespace tt::tt_metal;

int main(int argc, char **argv) {
  const std::string mode = argc > 1 ? argv[1] : "spill";
  constexpr uint32_t side = 4, blocks = 3, n = side * TILE_WIDTH,
                     k = blocks * TILE_WIDTH;
  const uint32_t page = tile_size(DataFormat::Float16_b);
  const std::string kernels =
      std::filesystem::path(__FILE__).parent_path().string() + "/kernels/";
  auto mesh = distributed::MeshDevice::create_unit_mesh(0);
  auto &queue = mesh->mesh_command_queue();
  const auto buffer = [&](uint32_t pages) {
    return distributed::MeshBuffer::create(
        distributed::ReplicatedBufferConfig{.size = pages * page},
        distributed::DeviceLocalBufferConfig{.page_size = page,
                                             .buffer_type = BufferType::DRAM},
        mesh.get());
  };
  auto a = buffer(side * blocks), b = buffer(side * blocks);
  auto c = buffer(side * side);
  std::vector<bfloat16> host_a(n * k), host_b(k * n);
  for (size_t i = 0; i < host_a.size(); ++i) {
    host_a[i] = bfloat16(float(i * 7 % 5) - 2.0f);
    host_b[i] = bfloat16(float(i * 3 % 7) - 3.0f);
  }
  distributed::EnqueueWriteMeshBuffer(queue, a, tilize_nfaces(host_a, n, k));
  distributed::EnqueueWriteMeshBuffer(queue, b, tilize_nfaces(host_b, k, n));

  Program program = CreateProgram();
  const CoreCoord core(3, 5);
  const auto ring = [&](uint8_t index, uint32_t pages) {
    CreateCircularBuffer(
        program, core,
        CircularBufferConfig(pages * page, {{index, DataFormat::Float16_b}})
            .set_page_size(index, page));
  };
  ring(0, 2 * side);
  ring(1, 2 * side);
  const uint8_t out = CBIndex::c_16, partials = CBIndex::c_24;
  CreateCircularBuffer(program, core,
                       CircularBufferConfig(side * side * page,
                                            {{out, DataFormat::Float16_b},
                                             {partials, DataFormat::Float16_b}})
                           .set_page_size(out, page)
                           .set_page_size(partials, page));
  std::vector<uint32_t> reader_args = {side, blocks}, writer_args = {side};
  TensorAccessorArgs(*a).append_to(reader_args);
  TensorAccessorArgs(*b).append_to(reader_args);
  TensorAccessorArgs(*c).append_to(writer_args);
  auto reader = CreateKernel(program, kernels + "reader.cpp", core,
                             ReaderDataMovementConfig(reader_args));
  auto writer = CreateKernel(program, kernels + "writer.cpp", core,
                             WriterDataMovementConfig(writer_args));
  CreateKernel(program, kernels + mode + ".cpp", core,
               ComputeConfig{.compile_args = {side, blocks}});
  SetRuntimeArgs(program, reader, core, {a->address(), b->address()});
  SetRuntimeArgs(program, writer, core, {c->address()});
  distributed::MeshWorkload workload;
  workload.add_program(distributed::MeshCoordinateRange(mesh->shape()),
                       std::move(program));
  distributed::EnqueueMeshWorkload(queue, workload, false);
  std::vector<bfloat16> result;
  distributed::EnqueueReadMeshBuffer(queue, result, c, true);
  result = untilize_nfaces(result, n, n);
  mesh->close();

  // Small integers: every partial sum is exact, or off by its rounding.
  double worst = 0;
  for (uint32_t i = 0; i < n; ++i)
    for (uint32_t j = 0; j < n; ++j) {
      double sum = 0;
      for (uint32_t l = 0; l < k; ++l)
        sum += double(host_a[i * k + l]) * double(host_b[l * n + j]);
      worst = std::max(worst, std::fabs(sum - double(result[i * n + j])) /
                                  std::max(std::fabs(sum), 16.0));
    }
  fmt::print("{}: {}\n", mode, worst < 0.02 ? "right" : "wrong");
  return worst < 0.02 ? 0 : 1;
}
