/* device_types.h - small things that every kernel may name: formats, address
 * space markers, constants of the chip.
 */
#ifndef TT_EMU_DEVICE_TYPES_H
#define TT_EMU_DEVICE_TYPES_H

#include <cstddef>
#include <cstdint>

enum class DataFormat : uint8_t {
  Float32 = 0,
  Float16 = 1,
  Bfp8 = 2,
  Bfp4 = 3,
  Tf32 = 4,
  Float16_b = 5,
  Bfp8_b = 6,
  Bfp4_b = 7,
  Int32 = 8,
  UInt16 = 9,
  Lf8 = 10,
  Bfp2 = 11,
  Int16 = 13,
  Int8 = 14,
  Bfp2_b = 15,
  UInt32 = 24,
  Fp8_e4m3 = 26,
  UInt8 = 30,
  RawUInt32 = 31,
  Invalid = 255
};

typedef unsigned int uint;

#define tt_l1_ptr
#define tt_reg_ptr
#ifndef FORCE_INLINE
#define FORCE_INLINE inline __attribute__((always_inline))
#endif
#ifndef ALWI
#define ALWI inline __attribute__((always_inline))
#endif

#ifdef ARCH_BLACKHOLE
#define NUM_CIRCULAR_BUFFERS 64
#define NOC_MAX_BURST_SIZE 16384
#define DRAM_ALIGNMENT 64
#else
#define NUM_CIRCULAR_BUFFERS 32
#define NOC_MAX_BURST_SIZE 8192
#define DRAM_ALIGNMENT 32
#endif
#define L1_ALIGNMENT 16
#define MEM_ZEROS_BASE 0x17000
#define MEM_ZEROS_SIZE 512

#endif
