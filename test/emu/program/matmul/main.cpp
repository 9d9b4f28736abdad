// main.cpp - C = A x B on a grid of cores, one block of C a core, for the tests
// of `tt-emu run`.
//
//   main [--size N] [--grid N] [--input A=FILE] [--input B=FILE]
//        [--output C=FILE]
//
// The matrices are N x N (256), in bf16, row-major in the files. Without files
// A and B are drawn from a fixed seed. A sample of C is compared with the host.

#include <tt-metalium/bfloat16.hpp>
#include <tt-metalium/constants.hpp>
#include <tt-metalium/distributed.hpp>
#include <tt-metalium/host_api.hpp>
#include <tt-metalium/tensor_accessor_args.hpp>
#include <tt-metalium/tilize_utils.hpp>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

using namespace tt;
using namespace tt::constants;
using namespace tt::tt_metal;

namespace {

struct Options {
  uint32_t size = 256, grid = 8;
  std::map<std::string, std::string> files;
};

Options parse(int argc, char **argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--size")
      options.size = static_cast<uint32_t>(std::stoul(value));
    else if (name == "--grid")
      options.grid = static_cast<uint32_t>(std::stoul(value));
    else
      options.files[value.substr(0, value.find('='))] =
          value.substr(value.find('=') + 1);
  }
  return options;
}

std::vector<bfloat16> matrix(const Options &options, const std::string &name,
                             int seed) {
  const size_t bytes = size_t(options.size) * options.size * sizeof(bfloat16);
  const auto file = options.files.find(name);
  if (file == options.files.end())
    return create_random_vector_of_bfloat16_native(bytes, 2.0f, seed, -1.0f);
  std::vector<bfloat16> data(bytes / sizeof(bfloat16));
  std::ifstream in(file->second, std::ios::binary);
  in.read(reinterpret_cast<char *>(data.data()), std::streamsize(bytes));
  TT_FATAL(in.gcount() == std::streamsize(bytes), "{} has {} bytes, {} wanted",
           file->second, in.gcount(), bytes);
  return data;
}

// Largest error of a sample of C, in units of the sum of absolute products.
double worst_error(const std::vector<bfloat16> &a,
                   const std::vector<bfloat16> &b,
                   const std::vector<bfloat16> &c, uint32_t n) {
  double worst = 0;
  for (uint32_t sample = 0; sample < 400; ++sample) {
    const size_t row = sample * 7919u % n, column = sample * 104729u % n;
    double sum = 0, size = 0;
    for (size_t k = 0; k < n; ++k) {
      const double product = double(a[row * n + k]) * double(b[k * n + column]);
      sum += product;
      size += std::fabs(product);
    }
    worst =
        std::max(worst, std::fabs(sum - double(c[row * n + column])) / size);
  }
  return worst;
}

} // namespace

int main(int argc, char **argv) {
  const Options options = parse(argc, argv);
  const uint32_t n = options.size, tiles = n / TILE_WIDTH;
  const uint32_t grid = options.grid, block = tiles / grid;
  TT_FATAL(n % (TILE_WIDTH * grid) == 0, "size {} is no multiple of {} tiles",
           n, grid);
  const uint32_t page = tile_size(DataFormat::Float16_b);
  const std::string kernels =
      std::filesystem::path(__FILE__).parent_path().string() + "/kernels/";

  auto mesh = distributed::MeshDevice::create_unit_mesh(0);
  auto &queue = mesh->mesh_command_queue();
  const distributed::DeviceLocalBufferConfig local{
      .page_size = page, .buffer_type = BufferType::DRAM};
  const distributed::ReplicatedBufferConfig whole{.size = tiles * tiles * page};
  auto a = distributed::MeshBuffer::create(whole, local, mesh.get());
  auto b = distributed::MeshBuffer::create(whole, local, mesh.get());
  auto c = distributed::MeshBuffer::create(whole, local, mesh.get());

  const auto host_a = matrix(options, "A", 1), host_b = matrix(options, "B", 2);
  distributed::EnqueueWriteMeshBuffer(queue, a, tilize_nfaces(host_a, n, n));
  distributed::EnqueueWriteMeshBuffer(queue, b, tilize_nfaces(host_b, n, n));

  Program program = CreateProgram();
  const CoreRange cores({0, 0}, {grid - 1, grid - 1});
  const auto ring = [&](CBIndex index, uint32_t pages) {
    CreateCircularBuffer(
        program, cores,
        CircularBufferConfig(pages * page, {{index, DataFormat::Float16_b}})
            .set_page_size(index, page));
  };
  ring(CBIndex::c_0, 2 * block);
  ring(CBIndex::c_1, 2 * block);
  ring(CBIndex::c_16, block * block);
  std::vector<uint32_t> reader_args = {block, tiles},
                        writer_args = {block, tiles};
  TensorAccessorArgs(*a).append_to(reader_args);
  TensorAccessorArgs(*b).append_to(reader_args);
  TensorAccessorArgs(*c).append_to(writer_args);
  auto reader = CreateKernel(program, kernels + "reader.cpp", cores,
                             ReaderDataMovementConfig(reader_args));
  auto writer = CreateKernel(program, kernels + "writer.cpp", cores,
                             WriterDataMovementConfig(writer_args));
  CreateKernel(program, kernels + "compute.cpp", cores,
               ComputeConfig{.math_fidelity = MathFidelity::HiFi4,
                             .dst_full_sync_en = block * block > 8,
                             .compile_args = {block, tiles}});
  for (const CoreCoord &core : cores) {
    const uint32_t x = uint32_t(core.x), y = uint32_t(core.y);
    SetRuntimeArgs(program, reader, core, {a->address(), b->address(), y, x});
    SetRuntimeArgs(program, writer, core, {c->address(), y, x});
  }
  distributed::MeshWorkload workload;
  workload.add_program(distributed::MeshCoordinateRange(mesh->shape()),
                       std::move(program));
  distributed::EnqueueMeshWorkload(queue, workload, false);
  std::vector<bfloat16> result;
  distributed::EnqueueReadMeshBuffer(queue, result, c, true);
  result = untilize_nfaces(result, n, n);
  mesh->close();

  const double worst = worst_error(host_a, host_b, result, n);
  const auto file = options.files.find("C");
  if (file != options.files.end())
    std::ofstream(file->second, std::ios::binary)
        .write(reinterpret_cast<const char *>(result.data()),
               std::streamsize(result.size() * sizeof(bfloat16)));
  // Sixteen bits in the registers: half an ulp of the partial sum a step.
  const bool good = worst < double(tiles) / 256;
  fmt::print("{}x{} on {} cores: {}\n", n, n, cores.size(),
             good ? "right" : "wrong");
  return good ? 0 : 1;
}
