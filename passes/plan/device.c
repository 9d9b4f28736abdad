//===- device.c - facts about devices -------------------------------------===//
//
// The numbers are those of the METALIUM sheet: grids §7.1 (the smallest that a
// card of the architecture offers with fast dispatch, but for 8x8 on Wormhole),
// L1 §7.2 (the highest first free byte of the versions listed), circular
// buffers §7.3, tile registers §7.4, alignments §7.6, DRAM banks §7.9 and
// clocks §7.8.
//
//===----------------------------------------------------------------------===//

#include "tt-c/Device.h"

TtDeviceAttr ttDevicePreset(TtArch arch) {
  if (arch == TtArchBlackhole)
    return (TtDeviceAttr){.arch = TtArchBlackhole,
                          .gridX = 11,
                          .gridY = 10,
                          .l1Bytes = 1572864,
                          .l1Base = 111360,
                          .cbs = 64,
                          .dstTiles = 16,
                          .l1Align = 16,
                          .dramReadAlign = 64,
                          .dramWriteAlign = 16,
                          .dramBanks = 8,
                          .clockMhz = 1350};
  return (TtDeviceAttr){.arch = TtArchWormholeB0,
                        .gridX = 8,
                        .gridY = 8,
                        .l1Bytes = 1499136,
                        .l1Base = 103424,
                        .cbs = 32,
                        .dstTiles = 16,
                        .l1Align = 16,
                        .dramReadAlign = 32,
                        .dramWriteAlign = 16,
                        .dramBanks = 12,
                        .clockMhz = 1000};
}

bool ttDevicePresetByName(MlirStringRef name, TtDeviceAttr *device) {
  TtArch arch;
  if (!ttArchFromString(name, &arch))
    return false;
  *device = ttDevicePreset(arch);
  return true;
}

int64_t ttDeviceSectionTiles(const TtDeviceAttr *device, bool fp32,
                             bool fullSync) {
  return device->dstTiles / (fp32 ? 2 : 1) / (fullSync ? 1 : 2);
}

int64_t ttDeviceUsableL1(const TtDeviceAttr *device) {
  return device->l1Bytes - device->l1Base;
}
