// Verifiers of attributes that describe devices and buffers: every number is in
// a range in which the sizes computed from it are exact, and no divisor is 0.

#include "tt-c/gen/Hooks.h"
#include "tt-c/gen/TtAttrs.h"

#include <inttypes.h>

typedef struct {
  const char *name;
  int64_t value, low, high;
} Field;

static MlirLogicalResult verifyFields(TtVerifier *verifier, const char *what,
                                      const Field *fields, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const Field *f = &fields[i];
    if (f->value < f->low || f->value > f->high)
      return ttVerifierError(verifier,
                             "%s has %s = %" PRId64 ", but takes %" PRId64
                             " to %" PRId64,
                             what, f->name, f->value, f->low, f->high);
  }
  return mlirLogicalResultSuccess();
}

#define FIELDS(fields) fields, sizeof(fields) / sizeof *(fields)

enum {
  MaxGrid = 1024,         // cores along one side
  MaxBytes = 1 << 30,     // of one core's memory, or of a page
  MaxTiles = 1 << 20,     // along one dimension of a buffer
  MaxElements = 1 << 10,  // along one dimension of a tile
  MaxPages = INT32_MAX,   // of a buffer: page ids are 32 bits wide
  MaxClock = 1000 * 1000, // MHz
  MaxCBs = 1 << 10,
  MaxRegisters = 1 << 10,
  MaxBanks = 1 << 10,
  MaxRank = 63,
  MaxExtent = INT32_MAX, // of a shard, in elements

};

MlirLogicalResult ttVerifyDeviceAttr(TtDeviceAttr device,
                                     TtVerifier *verifier) {
  const Field fields[] = {
      {"grid_x", device.gridX, 0, MaxGrid},
      {"grid_y", device.gridY, 0, MaxGrid},
      {"l1_bytes", device.l1Bytes, 0, MaxBytes},
      {"l1_base", device.l1Base, 0, MaxBytes},
      {"cbs", device.cbs, 0, MaxCBs},
      {"dst_tiles", device.dstTiles, 1, MaxRegisters},
      {"l1_align", device.l1Align, 1, MaxBytes},
      {"dram_read_align", device.dramReadAlign, 1, MaxBytes},
      {"dram_write_align", device.dramWriteAlign, 1, MaxBytes},
      {"dram_banks", device.dramBanks, 1, MaxBanks},
      {"clock_mhz", device.clockMhz, 1, MaxClock}};
  return verifyFields(verifier, "device", FIELDS(fields));
}

MlirLogicalResult ttVerifyNdShardAttr(TtNdShardAttr shard,
                                      TtVerifier *verifier) {
  if (shard.numAxes != shard.numGrid || shard.numAxes != shard.numShape)
    return ttVerifierError(verifier, "shard has axes, grid and shape that "
                                     "differ in number");
  for (intptr_t i = 0; i < shard.numAxes; ++i) {
    const Field fields[] = {{"axes", shard.axes[i], 0, MaxRank},
                            {"grid", shard.grid[i], 1, MaxPages},
                            {"shape", shard.shape[i], 1, MaxExtent}};
    if (mlirLogicalResultIsFailure(
            verifyFields(verifier, "shard", FIELDS(fields))))
      return mlirLogicalResultFailure();
    for (intptr_t j = 0; j < i; ++j)
      if (shard.axes[j] == shard.axes[i])
        return ttVerifierError(verifier,
                               "shard is cut along axis %" PRId64 " twice",
                               shard.axes[i]);
  }
  return mlirLogicalResultSuccess();
}

MlirLogicalResult ttVerifyBufferAttr(TtBufferAttr buffer,
                                     TtVerifier *verifier) {
  const Field fields[] = {{"tile_height", buffer.tileHeight, 1, MaxElements},
                          {"tile_width", buffer.tileWidth, 1, MaxElements},
                          {"batch", buffer.batch, 0, MaxTiles},
                          {"rows", buffer.rows, 0, MaxTiles},
                          {"cols", buffer.cols, 0, MaxTiles},
                          {"page_bytes", buffer.pageBytes, 1, MaxBytes},
                          {"shard_columns", buffer.shardColumns, 0, MaxGrid}};
  if ((buffer.layout == TtBufferLayoutSharded) ==
      mlirAttributeIsNull(buffer.shard))
    return ttVerifierError(verifier, "buffer has a 'shard' if and only if it "
                                     "is sharded");
  return verifyFields(verifier, "buffer", FIELDS(fields));
}

MlirLogicalResult ttVerifyTransferAttr(TtTransferAttr transfer,
                                       TtVerifier *verifier) {
  const Field fields[] = {{"page_bytes", transfer.pageBytes, 1, MaxBytes},
                          {"pages", transfer.pages, 1, MaxPages},
                          {"depth", transfer.depth, 1, INT64_C(1) << 32}};
  return verifyFields(verifier, "transfer", FIELDS(fields));
}

MlirLogicalResult ttVerifyAccessorInfoAttr(TtAccessorInfoAttr accessor,
                                           TtVerifier *verifier) {
  const Field fields[] = {{"batch_stride", accessor.batchStride, 0, MaxPages},
                          {"row_stride", accessor.rowStride, 0, MaxPages},
                          {"pages", accessor.pages, 0, MaxPages}};
  return verifyFields(verifier, "accessor", FIELDS(fields));
}

MlirLogicalResult ttVerifyPartitionAttr(TtPartitionAttr partition,
                                        TtVerifier *verifier) {
  const Field fields[] = {{"items", partition.items, 0, MaxPages},
                          {"cores", partition.cores, 0, MaxGrid * MaxGrid}};
  return verifyFields(verifier, "partition", FIELDS(fields));
}
