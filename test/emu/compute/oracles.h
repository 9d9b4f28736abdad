/* oracles.h - data of a test case and what its results should be. */
#ifndef TT_TEST_EMU_ORACLES_H
#define TT_TEST_EMU_ORACLES_H

#include "format.h"

enum { MAX_TENSORS = 12, MAX_PAGES = 64 };

typedef struct Tensor {
  char role; /* i(n), o(ut), m(id) */
  uint32_t cb, pages;
  bool halved; /* two pages of the CB to a tile */
  EmuFormat format;
  uint8_t *bytes;
} Tensor;

/* Fills with "real LOW HIGH", "int LOW HIGH" or "const LOW" data. */
void tensor_fill(Tensor *tensor, const char *kind, double low, double high);

/* 0 when the outputs are what the oracle makes of the inputs. */
int check_oracle(const char *name, const Tensor *tensors, uint32_t count,
                 const uint32_t *args, double tolerance);

#endif
