/* distributed.hpp - the mesh of one device: buffers, workloads, queue. What is
 * enqueued runs at once, so Finish has nothing left to wait for.
 */
#pragma once

#include <tt-logger/tt-logger.hpp>
#include <tt-metalium/bfloat16.hpp>
#include <tt-metalium/device.hpp>
#include <tt-metalium/program.hpp>

#include <cstring>
#include <map>
#include <unordered_map>

namespace tt::tt_metal::distributed {

class MeshCoordinate {
public:
  MeshCoordinate(std::uint32_t a = 0, std::uint32_t b = 0) : at_{a, b} {}
  std::uint32_t operator[](std::size_t i) const { return at_[i]; }
  bool operator==(const MeshCoordinate &o) const { return at_ == o.at_; }
  bool operator<(const MeshCoordinate &o) const { return at_ < o.at_; }

private:
  std::array<std::uint32_t, 2> at_;
};

class MeshShape {
public:
  MeshShape(std::uint32_t rows = 1, std::uint32_t columns = 1)
      : extents_{rows, columns} {}
  std::uint32_t operator[](std::size_t i) const { return extents_[i]; }
  std::size_t mesh_size() const { return extents_[0] * extents_[1]; }
  std::uint32_t num_rows() const { return extents_[0]; }
  std::uint32_t num_cols() const { return extents_[1]; }

private:
  std::array<std::uint32_t, 2> extents_;
};

// What is asked for; there is one device, so more of them are refused.
class MeshDeviceConfig {
public:
  MeshDeviceConfig(const MeshShape &shape = {},
                   std::optional<MeshCoordinate> = std::nullopt,
                   const std::vector<int> & = {})
      : shape_(shape) {}
  const MeshShape &mesh_shape() const { return shape_; }

private:
  MeshShape shape_;
};

// Rows and columns in elements.
class Shape2D {
public:
  Shape2D(std::size_t height = 0, std::size_t width = 0)
      : height_(height), width_(width) {}
  std::size_t height() const { return height_; }
  std::size_t width() const { return width_; }
  bool operator==(const Shape2D &) const = default;

private:
  std::size_t height_, width_;
};

class MeshCoordinateRange {
public:
  explicit MeshCoordinateRange(const MeshShape &) {}
  MeshCoordinateRange(const MeshCoordinate &a, const MeshCoordinate &b)
      : start_(a), end_(b) {}
  explicit MeshCoordinateRange(const MeshCoordinate &a) : start_(a), end_(a) {}
  const MeshCoordinate &start_coord() const { return start_; }
  const MeshCoordinate &end_coord() const { return end_; }
  bool operator==(const MeshCoordinateRange &o) const {
    return start_ == o.start_ && end_ == o.end_;
  }
  bool operator<(const MeshCoordinateRange &o) const {
    return start_ < o.start_;
  }

private:
  MeshCoordinate start_, end_;
};

struct DeviceLocalBufferConfig {
  DeviceAddr page_size = 0;
  BufferType buffer_type = BufferType::DRAM;
  BufferShardingArgs sharding_args{};
  std::optional<bool> bottom_up{};
  std::optional<std::uint8_t> sub_device_id{};
};
struct ReplicatedBufferConfig {
  DeviceAddr size = 0;
};
struct ShardedBufferConfig {
  DeviceAddr global_size = 0;
  Shape2D global_buffer_shape{};
  Shape2D shard_shape{};
  ShardOrientation shard_orientation = ShardOrientation::ROW_MAJOR;
};

class MeshBuffer;
class MeshDevice;
class MeshWorkload;

// Of something that has happened, since whatever is enqueued runs at once.
struct MeshEvent {};

class MeshCommandQueue {
public:
  explicit MeshCommandQueue(MeshDevice *device) : device_(device) {}
  MeshDevice *device() const { return device_; }
  template <class... Rest> void finish(const Rest &...) {}
  template <class... Rest> MeshEvent enqueue_record_event(const Rest &...) {
    return {};
  }
  template <class... Rest>
  MeshEvent enqueue_record_event_to_host(const Rest &...) {
    return {};
  }
  void enqueue_wait_for_event(const MeshEvent &) {}
  void enqueue_mesh_workload(MeshWorkload &workload, bool blocking);
  void enqueue_write_mesh_buffer(const std::shared_ptr<MeshBuffer> &buffer,
                                 const void *data, bool blocking);
  void enqueue_read_mesh_buffer(void *data,
                                const std::shared_ptr<MeshBuffer> &buffer,
                                bool blocking);

private:
  MeshDevice *device_;
};

class MeshDevice : public IDevice {
public:
  MeshDevice() : mesh_queue_(this) {}

  template <class... Rest>
  static std::shared_ptr<MeshDevice> create_unit_mesh(int id, Rest &&...) {
    TT_FATAL(id == 0, "device {} was asked for, there is only device 0", id);
    return std::make_shared<MeshDevice>();
  }
  template <class... Rest>
  static std::shared_ptr<MeshDevice> create(const MeshDeviceConfig &config,
                                            Rest &&...) {
    TT_FATAL(config.mesh_shape().mesh_size() == 1,
             "{} devices were asked for, there is one",
             config.mesh_shape().mesh_size());
    return std::make_shared<MeshDevice>();
  }
  template <class... Rest>
  static std::map<int, std::shared_ptr<MeshDevice>>
  create_unit_meshes(const std::vector<int> &ids, Rest &&...) {
    TT_FATAL(ids.size() == 1, "{} devices were asked for, there is one",
             ids.size());
    return {{ids[0], create_unit_mesh(ids[0])}};
  }
  MeshCommandQueue &mesh_command_queue(std::size_t = 0) { return mesh_queue_; }
  MeshShape shape() const { return MeshShape(1, 1); }
  std::size_t num_devices() const { return 1; }
  std::size_t num_rows() const { return 1; }
  std::size_t num_cols() const { return 1; }
  std::vector<IDevice *> get_devices() { return {this}; }
  IDevice *get_device(const MeshCoordinate &) { return this; }

private:
  MeshCommandQueue mesh_queue_;
};

class MeshBuffer {
public:
  MeshBuffer(DeviceAddr size, const DeviceLocalBufferConfig &config,
             MeshDevice *mesh)
      : mesh_(mesh),
        buffer_(Buffer::create(mesh, size, config.page_size, config.buffer_type,
                               config.sharding_args)) {}

  static std::shared_ptr<MeshBuffer>
  create(const ReplicatedBufferConfig &config,
         const DeviceLocalBufferConfig &local, MeshDevice *mesh,
         std::optional<DeviceAddr> = std::nullopt) {
    return std::make_shared<MeshBuffer>(config.size, local, mesh);
  }
  static std::shared_ptr<MeshBuffer>
  create(const ShardedBufferConfig &config,
         const DeviceLocalBufferConfig &local, MeshDevice *mesh,
         std::optional<DeviceAddr> = std::nullopt) {
    return std::make_shared<MeshBuffer>(config.global_size, local, mesh);
  }
  std::uint32_t address() const { return buffer_->address(); }
  DeviceAddr size() const { return buffer_->size(); }
  DeviceAddr device_local_size() const { return buffer_->size(); }
  DeviceAddr page_size() const { return buffer_->page_size(); }
  std::uint32_t num_pages() const { return buffer_->num_pages(); }
  MeshDevice *device() const { return mesh_; }
  bool is_allocated() const { return allocated_; }
  void deallocate() {
    buffer_->deallocate();
    allocated_ = false;
  }
  Buffer *get_device_buffer(const MeshCoordinate &) const {
    return buffer_.get();
  }
  Buffer *get_reference_buffer() const { return buffer_.get(); }
  Buffer *get_backing_buffer() const { return buffer_.get(); }

private:
  MeshDevice *mesh_;
  std::shared_ptr<Buffer> buffer_;
  bool allocated_ = true;
};

class MeshWorkload {
public:
  void add_program(const MeshCoordinateRange &range, Program &&program) {
    programs_.emplace_back(range, std::move(program));
  }
  std::vector<std::pair<MeshCoordinateRange, Program>> &emu() {
    return programs_;
  }
  // One device, so one program; found by any range.
  class Programs {
  public:
    explicit Programs(std::vector<std::pair<MeshCoordinateRange, Program>> &all)
        : all_(all) {}
    Program &at(const MeshCoordinateRange &) { return all_.at(0).second; }
    auto begin() { return all_.begin(); }
    auto end() { return all_.end(); }
    std::size_t size() const { return all_.size(); }

  private:
    std::vector<std::pair<MeshCoordinateRange, Program>> &all_;
  };
  Programs get_programs() { return Programs(programs_); }

private:
  std::vector<std::pair<MeshCoordinateRange, Program>> programs_;
};

inline MeshWorkload CreateMeshWorkload() { return MeshWorkload(); }
inline void AddProgramToMeshWorkload(MeshWorkload &workload, Program &&program,
                                     const MeshCoordinateRange &range) {
  workload.add_program(range, std::move(program));
}

inline void MeshCommandQueue::enqueue_mesh_workload(MeshWorkload &workload,
                                                    bool) {
  for (auto &[range, program] : workload.emu())
    emu_detail::check(emu_program_launch(device_->emu(), program.emu()));
}
inline void MeshCommandQueue::enqueue_write_mesh_buffer(
    const std::shared_ptr<MeshBuffer> &buffer, const void *data, bool) {
  emu_detail::check(emu_buffer_write(buffer->get_reference_buffer()->emu(),
                                     data, buffer->size()));
}
inline void MeshCommandQueue::enqueue_read_mesh_buffer(
    void *data, const std::shared_ptr<MeshBuffer> &buffer, bool) {
  emu_detail::check(emu_buffer_read(buffer->get_reference_buffer()->emu(), data,
                                    buffer->size()));
}

inline void EnqueueMeshWorkload(MeshCommandQueue &queue, MeshWorkload &workload,
                                bool blocking) {
  queue.enqueue_mesh_workload(workload, blocking);
}

template <class T>
void EnqueueWriteMeshBuffer(MeshCommandQueue &queue,
                            const std::shared_ptr<MeshBuffer> &buffer,
                            const std::vector<T> &data, bool blocking = false) {
  // As in the SDK: what a longer vector has beyond the buffer is left out, and
  // of a shorter one more would be read than it has.
  const DeviceAddr bytes = data.size() * sizeof(T);
  TT_FATAL(bytes >= buffer->size(),
           "Source vector is too small for mesh buffer: it has {} bytes, the "
           "buffer {}",
           bytes, buffer->size());
  if (bytes > buffer->size())
    log_warning("the vector has {} bytes and the mesh buffer {}: the last {} "
                "bytes of the vector are not written",
                bytes, buffer->size(), bytes - buffer->size());
  queue.enqueue_write_mesh_buffer(buffer, data.data(), blocking);
}
template <class T>
void EnqueueReadMeshBuffer(MeshCommandQueue &, std::vector<T> &data,
                           const std::shared_ptr<MeshBuffer> &buffer,
                           bool = true) {
  // Not by the queue: an element that fits only in part is left out.
  data.resize(static_cast<std::size_t>(buffer->size() / sizeof(T)));
  emu_detail::check(emu_buffer_read(buffer->get_reference_buffer()->emu(),
                                    data.data(), data.size() * sizeof(T)));
}
template <class T>
void WriteShard(MeshCommandQueue &queue,
                const std::shared_ptr<MeshBuffer> &buffer,
                const std::vector<T> &data, const MeshCoordinate &,
                bool blocking = false) {
  EnqueueWriteMeshBuffer(queue, buffer, data, blocking);
}
template <class T>
void ReadShard(MeshCommandQueue &queue, std::vector<T> &data,
               const std::shared_ptr<MeshBuffer> &buffer,
               const MeshCoordinate &, bool blocking = true) {
  EnqueueReadMeshBuffer(queue, data, buffer, blocking);
}
template <class... Rest> void Finish(MeshCommandQueue &, const Rest &...) {}
inline void EventSynchronize(const MeshEvent &) {}
inline void Synchronize(MeshDevice *, std::optional<std::uint8_t> = {}) {}

} // namespace tt::tt_metal::distributed
