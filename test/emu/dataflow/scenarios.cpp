// scenarios.cpp - host programs of the data movement tests, written the way the
// public examples are. `scenarios KERNELS NAME [key=value ...]` builds the
// program NAME from the kernels in a folder, runs it and checks the result;
// the keys change one number, to plant a mistake of the host.

#include <tt-metalium/bfloat16.hpp>
#include <tt-metalium/constants.hpp>
#include <tt-metalium/device.hpp>
#include <tt-metalium/distributed.hpp>
#include <tt-metalium/host_api.hpp>
#include <tt-metalium/tensor_accessor_args.hpp>
#include <tt-metalium/work_split.hpp>

#include <fstream>
#include <sstream>

using namespace tt;
using namespace tt::tt_metal;

namespace {

constexpr uint32_t page = 2048;
std::string kernels;
std::map<std::string, uint32_t> keys;

uint32_t key(const std::string &name, uint32_t usual) {
  const auto found = keys.find(name);
  return found == keys.end() ? usual : found->second;
}

struct Bench {
  std::shared_ptr<distributed::MeshDevice> mesh =
      distributed::MeshDevice::create_unit_mesh(0);
  distributed::MeshCommandQueue &queue = mesh->mesh_command_queue();

  std::shared_ptr<distributed::MeshBuffer> buffer(uint32_t pages,
                                                  uint32_t page_bytes = page) {
    distributed::DeviceLocalBufferConfig local{.page_size = page_bytes,
                                               .buffer_type = BufferType::DRAM};
    distributed::ReplicatedBufferConfig all{.size = pages * page_bytes};
    return distributed::MeshBuffer::create(all, local, mesh.get());
  }
  void run(Program &&program) {
    distributed::MeshWorkload workload;
    workload.add_program(distributed::MeshCoordinateRange(mesh->shape()),
                         std::move(program));
    distributed::EnqueueMeshWorkload(queue, workload, false);
    distributed::Finish(queue);
  }
};

std::vector<uint32_t> numbers(uint32_t pages, uint32_t first = 1) {
  std::vector<uint32_t> data(pages * page / 4);
  for (uint32_t i = 0; i < data.size(); ++i)
    data[i] = first + i * 2654435761u;
  return data;
}

void ring(Program &program, const CoreRangeSet &cores, uint8_t index,
          uint32_t pages, uint32_t page_bytes = page) {
  CreateCircularBuffer(
      program, cores,
      CircularBufferConfig(pages * page_bytes, {{index, DataFormat::Float16_b}})
          .set_page_size(index, page_bytes));
}

std::string kernel(const std::string &name) {
  return kernels + "/" + name + ".cpp";
}

// DRAM to DRAM through a ring, in blocks of two pages, on a few cores; a second
// ring is scratch memory.
bool copy_with(const std::string &reader_name,
               const std::string &writer_name = "writer") {
  Bench bench;
  const uint32_t blocks = 10, block = 2, pages = blocks * block;
  auto source = bench.buffer(pages), target = bench.buffer(pages);
  const auto data = numbers(pages);
  distributed::EnqueueWriteMeshBuffer(bench.queue, source, data, false);
  Program program = CreateProgram();
  auto [count, cores, first, second, more, less] =
      split_work_to_cores(CoreCoord(key("columns", 2), 2), blocks);
  ring(program, cores, CBIndex::c_0, key("pages", 2 * block));
  ring(program, cores, CBIndex::c_1, 2);
  CreateSemaphore(program, cores, 0);
  std::vector<uint32_t> reader_args = {block}, writer_args = {block};
  TensorAccessorArgs(*source).append_to(reader_args);
  TensorAccessorArgs(*target).append_to(writer_args);
  auto reader = CreateKernel(program, kernel(reader_name), cores,
                             ReaderDataMovementConfig(reader_args));
  auto writer = CreateKernel(program, kernel(writer_name), cores,
                             WriterDataMovementConfig(writer_args));
  uint32_t start = 0;
  for (const auto &[group, units] : {std::pair(first, more), {second, less}})
    for (const CoreRange &range : group.ranges())
      for (const CoreCoord &core : range) {
        SetRuntimeArgs(program, reader, core,
                       {source->address(), start, units});
        SetRuntimeArgs(program, writer, core,
                       {target->address(), start, units});
        start += units;
      }
  SetCommonRuntimeArgs(program, reader, {7u});
  for (uint32_t i = 0; i < key("semaphores", 0); ++i)
    CreateSemaphore(program, cores, 0);
  bench.run(std::move(program));
  std::vector<uint32_t> result;
  distributed::EnqueueReadMeshBuffer(bench.queue, result, target, true);
  bench.mesh->close();
  return result == data;
}

bool copy() { return copy_with("reader"); }
bool copy_object() { return copy_with("reader_object"); }
bool copy_posted() { return copy_with("reader", "writer_posted"); }

// An L1 buffer and rings on the same core.
bool fit() {
  Bench bench;
  distributed::DeviceLocalBufferConfig local{.page_size = page,
                                             .buffer_type = BufferType::L1};
  const uint32_t cores = 64;
  distributed::ReplicatedBufferConfig all{.size = key("l1", 4) * page * cores};
  auto buffer = distributed::MeshBuffer::create(all, local, bench.mesh.get());
  Program program = CreateProgram();
  ring(program, CoreRangeSet(CoreCoord(0, 0)), CBIndex::c_0, key("pages", 4));
  CreateKernel(program, kernel("empty"), CoreCoord(0, 0),
               DataMovementConfig{.processor = DataMovementProcessor::RISCV_0,
                                  .noc = NOC::RISCV_0_default});
  bench.run(std::move(program));
  bench.mesh->close();
  return true;
}

// One core sends pages to the others of its row, which write them out; with
// `sender_writes` the sender hands them to its own writer as well.
bool multicast_with(const std::string &sender_name, bool sender_writes) {
  Bench bench;
  const uint32_t receivers = 3, rounds = 4;
  const uint32_t writers = receivers + sender_writes;
  auto source = bench.buffer(rounds), target = bench.buffer(rounds * 4);
  const auto data = numbers(rounds);
  distributed::EnqueueWriteMeshBuffer(bench.queue, source, data, false);
  Program program = CreateProgram();
  const CoreCoord sender(0, 1);
  const CoreRange others({1, 1}, {receivers, 1}), all({0, 1}, {receivers, 1});
  ring(program, CoreRangeSet(all), CBIndex::c_0, 2);
  const uint32_t ready = CreateSemaphore(program, all, 0);
  const uint32_t valid = CreateSemaphore(program, all, 0);
  std::vector<uint32_t> sender_args = {rounds}, writer_args = {rounds};
  TensorAccessorArgs(*source).append_to(sender_args);
  TensorAccessorArgs(*target).append_to(writer_args);
  auto send = CreateKernel(program, kernel(sender_name), sender,
                           ReaderDataMovementConfig(sender_args));
  auto receive = CreateKernel(program, kernel("mcast_receiver"), others,
                              ReaderDataMovementConfig({rounds}));
  auto write = CreateKernel(program, kernel("mcast_writer"),
                            sender_writes ? all : others,
                            WriterDataMovementConfig(writer_args));
  const CoreCoord from =
      bench.mesh->worker_core_from_logical_core(others.start_coord);
  const CoreCoord to =
      bench.mesh->worker_core_from_logical_core(others.end_coord);
  const CoreCoord origin = bench.mesh->worker_core_from_logical_core(sender);
  SetRuntimeArgs(program, send, sender,
                 {source->address(), static_cast<uint32_t>(from.x),
                  static_cast<uint32_t>(from.y), static_cast<uint32_t>(to.x),
                  static_cast<uint32_t>(to.y), receivers, ready, valid});
  uint32_t number = 0;
  for (const CoreCoord &core : others) {
    SetRuntimeArgs(program, receive, core,
                   {static_cast<uint32_t>(origin.x),
                    static_cast<uint32_t>(origin.y), ready, valid});
    SetRuntimeArgs(program, write, core,
                   {target->address(), number++ * rounds});
  }
  if (sender_writes)
    SetRuntimeArgs(program, write, sender,
                   {target->address(), number * rounds});
  bench.run(std::move(program));
  std::vector<uint32_t> result, wanted;
  for (uint32_t i = 0; i < writers; ++i)
    wanted.insert(wanted.end(), data.begin(), data.end());
  distributed::EnqueueReadMeshBuffer(bench.queue, result, target, true);
  result.resize(wanted.size());
  bench.mesh->close();
  return result == wanted;
}

bool multicast() { return multicast_with("mcast_sender", false); }
bool multicast_shared() { return multicast_with("mcast_sender_shared", true); }

// Two programs in one process, launched in turn, whose arguments change between
// launches: every page is copied one further each time.
bool again() {
  Bench bench;
  const uint32_t pages = 2, rounds = 3;
  auto first = bench.buffer(pages), second = bench.buffer(pages);
  auto data = numbers(pages);
  distributed::EnqueueWriteMeshBuffer(bench.queue, first, data, false);
  const CoreCoord core(1, 1);
  std::vector<distributed::MeshWorkload> loads(2);
  KernelHandle readers[2] = {}, writers[2] = {};
  const distributed::MeshCoordinateRange all(bench.mesh->shape());
  for (uint32_t i = 0; i < 2; ++i) {
    Program program = CreateProgram();
    ring(program, CoreRangeSet(core), CBIndex::c_0, 4);
    ring(program, CoreRangeSet(core), CBIndex::c_1, 2);
    CreateSemaphore(program, core, 0);
    std::vector<uint32_t> reader_args = {2}, writer_args = {2};
    TensorAccessorArgs(*first).append_to(reader_args);
    TensorAccessorArgs(*second).append_to(writer_args);
    readers[i] = CreateKernel(program, kernel("reader"), core,
                              ReaderDataMovementConfig(reader_args));
    writers[i] = CreateKernel(program, kernel("writer"), core,
                              WriterDataMovementConfig(writer_args));
    SetRuntimeArgs(program, readers[i], core, {first->address(), 0, 1});
    SetRuntimeArgs(program, writers[i], core, {second->address(), 0, 1});
    SetCommonRuntimeArgs(program, readers[i], {7u});
    loads[i].add_program(all, std::move(program));
  }
  bool right = true;
  for (uint32_t i = 0; i < 2 * rounds; ++i) {
    // There and back: the second program copies what the first has made.
    Program &program = loads[i % 2].get_programs().begin()->second;
    const auto &from = i % 2 ? second : first, &to = i % 2 ? first : second;
    GetRuntimeArgs(program, readers[i % 2], core)[0] = from->address();
    GetRuntimeArgs(program, writers[i % 2], core)[0] = to->address();
    distributed::EnqueueMeshWorkload(bench.queue, loads[i % 2], false);
    std::vector<uint32_t> result;
    distributed::EnqueueReadMeshBuffer(bench.queue, result, to, true);
    right &= result == data;
    if (i % 2) {
      data = numbers(pages, i);
      distributed::EnqueueWriteMeshBuffer(bench.queue, first, data, false);
    }
  }
  bench.mesh->close();
  return right;
}

// A tile from DRAM to one core, from it to another, and back to DRAM; the
// older interface of a single device.
bool transfer() {
  IDevice *device = CreateDevice(0);
  CommandQueue &queue = device->command_queue();
  Program program = CreateProgram();
  constexpr CoreCoord first = {0, 0}, second = {0, 1};
  const CoreRange both(first, second);
  const auto first_noc = device->worker_core_from_logical_core(first);
  const auto second_noc = device->worker_core_from_logical_core(second);
  InterleavedBufferConfig config{.device = device,
                                 .size = page,
                                 .page_size = page,
                                 .buffer_type = BufferType::DRAM};
  bool same = false;
  {
    auto source = CreateBuffer(config), target = CreateBuffer(config);
    const uint32_t semaphore = CreateSemaphore(program, both, 0);
    const auto data = numbers(1, 5);
    EnqueueWriteBuffer(queue, source, data, false);
    ring(program, CoreRangeSet(both), CBIndex::c_0, 1);
    ring(program, CoreRangeSet(both), CBIndex::c_1, 1);
    auto reader = CreateKernel(program, kernel("transfer_reader0"), first,
                               ReaderDataMovementConfig{{0}});
    auto sender = CreateKernel(program, kernel("transfer_writer0"), first,
                               WriterDataMovementConfig{{0, 1}});
    auto receiver = CreateKernel(program, kernel("transfer_reader1"), second,
                                 ReaderDataMovementConfig{{0, 1}});
    auto writer = CreateKernel(program, kernel("transfer_writer1"), second,
                               WriterDataMovementConfig{{1}});
    SetRuntimeArgs(program, reader, first, {source->address()});
    SetRuntimeArgs(program, sender, first,
                   {second_noc.x, second_noc.y, semaphore});
    SetRuntimeArgs(program, receiver, second,
                   {first_noc.x, first_noc.y, semaphore});
    SetRuntimeArgs(program, writer, second, {target->address()});
    EnqueueProgram(queue, program, false);
    Finish(queue);
    // Once more with other arguments: back into the source.
    GetRuntimeArgs(program, writer, second)[0] = source->address();
    EnqueueWriteBuffer(queue, source, numbers(1, 9), false);
    EnqueueProgram(queue, program, false);
    std::vector<uint32_t> one, two;
    EnqueueReadBuffer(queue, target, one, true);
    EnqueueReadBuffer(queue, source, two, true);
    same = one == data && two == numbers(1, 9);
  }
  CloseDevice(device);
  return same;
}

// A height-sharded L1 buffer: one kernel reads its own shard in place through a
// ring bound to it, the other reads all shards by page.
bool sharded() {
  Bench bench;
  const uint32_t cores = 4, each = 3, pages = cores * each;
  const CoreRange range({0, 0}, {1, 1});
  distributed::DeviceLocalBufferConfig local{
      .page_size = page,
      .buffer_type = BufferType::L1,
      .sharding_args = BufferShardingArgs(
          ShardSpecBuffer(CoreRangeSet(range), {each * 32, 32},
                          ShardOrientation::ROW_MAJOR, {32, 32}, {pages, 1}),
          TensorMemoryLayout::HEIGHT_SHARDED)};
  auto source = distributed::MeshBuffer::create(
      distributed::ReplicatedBufferConfig{.size = pages * page}, local,
      bench.mesh.get());
  auto target = bench.buffer(pages), other = bench.buffer(pages);
  const auto data = numbers(pages);
  distributed::EnqueueWriteMeshBuffer(bench.queue, source, data, false);
  Program program = CreateProgram();
  CreateCircularBuffer(
      program, range,
      CircularBufferConfig(each * page, {{CBIndex::c_0, DataFormat::Float16_b}})
          .set_page_size(CBIndex::c_0, page)
          .set_globally_allocated_address(*source->get_backing_buffer()));
  ring(program, CoreRangeSet(range), CBIndex::c_1, 2);
  std::vector<uint32_t> own = {each}, all = {pages};
  TensorAccessorArgs(*target).append_to(own);
  TensorAccessorArgs(*source).append_to(all);
  TensorAccessorArgs(*other).append_to(all);
  auto local_kernel = CreateKernel(program, kernel("shard_local"), range,
                                   WriterDataMovementConfig(own));
  auto remote_kernel = CreateKernel(program, kernel("shard_remote"), range,
                                    ReaderDataMovementConfig(all));
  uint32_t number = 0;
  for (const CoreCoord &core : range) {
    SetRuntimeArgs(program, local_kernel, core, {target->address(), number});
    SetRuntimeArgs(program, remote_kernel, core,
                   {source->address(), other->address(), number, cores});
    ++number;
  }
  bench.run(std::move(program));
  std::vector<uint32_t> one, two;
  distributed::EnqueueReadMeshBuffer(bench.queue, one, target, true);
  distributed::EnqueueReadMeshBuffer(bench.queue, two, other, true);
  bench.mesh->close();
  return one == data && two == data;
}

// Shards that a kernel adds in place: rings over buffers of the host, without
// readers and writers.
bool resident() {
  Bench bench;
  const uint32_t each = 4;
  const CoreRange range({0, 0}, {0, 1});
  const uint32_t pages = each * static_cast<uint32_t>(range.size());
  const auto shards = [&] {
    distributed::DeviceLocalBufferConfig local{
        .page_size = page,
        .buffer_type = BufferType::L1,
        .sharding_args = BufferShardingArgs(
            ShardSpecBuffer(range, {each * 32, 32}, ShardOrientation::ROW_MAJOR,
                            {32, 32}, {pages, 1}),
            TensorMemoryLayout::HEIGHT_SHARDED)};
    return distributed::MeshBuffer::create(
        distributed::ReplicatedBufferConfig{.size = pages * page}, local,
        bench.mesh.get());
  };
  auto left = shards(), right = shards(), sum = shards();
  std::vector<bfloat16> one(pages * 1024), two(one.size()), wanted(one.size());
  for (uint32_t i = 0; i < one.size(); ++i) {
    one[i] = bfloat16(i % 37);
    two[i] = bfloat16(i % 5) + bfloat16(uint16_t(1));
    wanted[i] = bfloat16(i % 37 + i % 5 + 1);
  }
  distributed::EnqueueWriteMeshBuffer(bench.queue, left, one, false);
  distributed::EnqueueWriteMeshBuffer(bench.queue, right, two, false);
  Program program = CreateProgram();
  uint8_t index = CBIndex::c_0;
  for (const auto &buffer : {left, right, sum}) {
    CreateCircularBuffer(
        program, range,
        CircularBufferConfig(each * page, {{index, DataFormat::Float16_b}})
            .set_page_size(index, page)
            .set_globally_allocated_address(*buffer->get_backing_buffer()));
    ++index;
  }
  CreateKernel(program, kernel("resident_add"), range,
               ComputeConfig{.compile_args = {each}});
  CreateKernel(program, kernel("resident_print"), range,
               DataMovementConfig{.processor = DataMovementProcessor::RISCV_0,
                                  .noc = NOC::RISCV_0_default});
  bench.run(std::move(program));
  std::vector<bfloat16> result;
  distributed::EnqueueReadMeshBuffer(bench.queue, result, sum, true);
  bench.mesh->close();
  return result == wanted;
}

// What a kernel is told: defines, named and common arguments, its place; global
// variables of its own; given as text. Every core leaves one word behind.
bool told() {
  Bench bench;
  const CoreRange range({1, 2}, {3, 3});
  const uint32_t cores = static_cast<uint32_t>(range.size());
  auto target = bench.buffer(cores, 32);
  Program program = CreateProgram();
  ring(program, CoreRangeSet(range), CBIndex::c_0, 1, 32);
  std::vector<uint32_t> args;
  TensorAccessorArgs(*target).append_to(args);
  std::ifstream file(kernel("told"));
  std::stringstream text;
  text << file.rdbuf();
  auto writer = CreateKernelFromString(
      program, text.str(), range,
      DataMovementConfig{.processor = DataMovementProcessor::RISCV_1,
                         .noc = NOC::NOC_0,
                         .compile_args = args,
                         .defines = {{"FACTOR", "(2 + 3)"}, {"LOUD", ""}},
                         .named_compile_args = {{"base", 7}, {"step", 1000}}});
  SetCommonRuntimeArgs(program, writer, {target->address(), 10u});
  std::vector<uint32_t> wanted;
  for (uint32_t y = 0; y < 2; ++y)
    for (uint32_t x = 0; x < 3; ++x) {
      SetRuntimeArgs(program, writer, CoreCoord(1 + x, 2 + y), {y * 3 + x});
      wanted.insert(wanted.end(), 8,
                    7 + 5 * 1000 + 100 * (1 + x) + 10 * (2 + y) + x + y + 10);
    }
  bench.run(std::move(program));
  std::vector<uint32_t> result;
  distributed::EnqueueReadMeshBuffer(bench.queue, result, target, true);
  bench.mesh->close();
  return result == wanted;
}

// Shards of two dimensions with a ragged edge, two of them on some cores.
bool sharded_nd() {
  Bench bench;
  const uint32_t rows = 5, columns = 7, pages = rows * columns;
  const CoreRange range({2, 1}, {3, 2});
  const BufferDistributionSpec spec(Shape{rows, columns}, Shape{2, 3},
                                    CoreRangeSet(range));
  distributed::DeviceLocalBufferConfig local{.page_size = page,
                                             .buffer_type = BufferType::L1,
                                             .sharding_args =
                                                 BufferShardingArgs(spec)};
  auto source = distributed::MeshBuffer::create(
      distributed::ReplicatedBufferConfig{.size = pages * page}, local,
      bench.mesh.get());
  auto target = bench.buffer(pages);
  const auto data = numbers(pages);
  distributed::EnqueueWriteMeshBuffer(bench.queue, source, data, false);
  Program program = CreateProgram();
  const CoreCoord core(0, 0);
  ring(program, CoreRangeSet(core), CBIndex::c_1, 2);
  std::vector<uint32_t> args = {pages};
  TensorAccessorArgs(*source).append_to(args);
  TensorAccessorArgs(*target).append_to(args);
  auto reader = CreateKernel(program, kernel("shard_remote"), core,
                             ReaderDataMovementConfig(args));
  SetRuntimeArgs(program, reader, core,
                 {source->address(), target->address(), 0, 1});
  bench.run(std::move(program));
  std::vector<uint32_t> result;
  distributed::EnqueueReadMeshBuffer(bench.queue, result, target, true);
  bench.mesh->close();
  return result == data;
}

} // namespace

int main(int argc, char **argv) {
  const std::map<std::string, bool (*)()> all = {
      {"again", again},
      {"copy", copy},
      {"copy_object", copy_object},
      {"copy_posted", copy_posted},
      {"fit", fit},
      {"multicast", multicast},
      {"multicast_shared", multicast_shared},
      {"resident", resident},
      {"sharded", sharded},
      {"sharded_nd", sharded_nd},
      {"told", told},
      {"transfer", transfer}};
  if (argc < 3 || !all.count(argv[2])) {
    fmt::print(stderr, "usage: scenarios KERNELS NAME [key=value ...]\n");
    return 2;
  }
  kernels = argv[1];
  for (int i = 3; i < argc; ++i) {
    const std::string one = argv[i];
    const size_t at = one.find('=');
    keys[one.substr(0, at)] =
        static_cast<uint32_t>(std::stoul(one.substr(at + 1)));
  }
  try {
    const bool same = all.at(argv[2])();
    fmt::print("{}: {}\n", argv[2], same ? "right" : "wrong");
    return same ? 0 : 1;
  } catch (const std::exception &error) {
    fmt::print(stderr, "{}\n", error.what());
    return 4;
  }
}
