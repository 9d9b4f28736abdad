//===- Device.h - facts about devices -------------------------------------===//
//
// Presets of `#tt.device`, and what follows from one. No IR: planners and
// verifiers share this.
//
//===----------------------------------------------------------------------===//

#ifndef TT_C_DEVICE_H
#define TT_C_DEVICE_H

#include "tt-c/gen/TtAttrs.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The preset of an architecture.
TtDeviceAttr ttDevicePreset(TtArch arch);

/// The preset by name (`wormhole_b0`, `blackhole`); false for other names.
bool ttDevicePresetByName(MlirStringRef name, TtDeviceAttr *device);

/// Tile registers of one section, in tiles: half of them with half sync (math
/// and packer each own one half), and half of them if they hold fp32.
int64_t ttDeviceSectionTiles(const TtDeviceAttr *device, bool fp32,
                             bool fullSync);

/// Bytes of a core's L1 that a program may use.
int64_t ttDeviceUsableL1(const TtDeviceAttr *device);

#ifdef __cplusplus
}
#endif

#endif // TT_C_DEVICE_H
