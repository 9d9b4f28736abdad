// Kernels for the test of init placement: how they are made, executed and
// searched.

#ifndef TT_TEST_INIT_KERNELS_H
#define TT_TEST_INIT_KERNELS_H

#include "plan/init_placement.h"
#include <stdbool.h>

enum { MaxNodes = 400, MaxOperations = 16 };

typedef struct {
  TtInitKernel plan;
  TtInitNode nodes[MaxNodes];
  TtFpuOperation operations[MaxOperations];
  int numLoops;
  TtInitAction *actions; // from malloc
  int numActions;
} Kernel;

TtInitNode *addNode(Kernel *k);
void planKernel(Kernel *k);

/// The FPU operation of a key; none has no needs.
const TtFpuOperation *operation(const Kernel *k, int key);

/// Below `bound`, the same sequence in every run.
int randomBelow(int bound);
/// Of at most that many calls and loops at the top, and planned.
void randomKernel(Kernel *k, int length);

/// Whether every choice of trip counts finds what it needs, without the action
/// `skip` (-1: with all); loops that are known to run do so once or twice.
bool alwaysRight(const Kernel *k, int skip);

/// Executions of the planned actions, loops at the trips they are planned for.
int costOf(const Kernel *k);
/// The same for the best of all placements.
int searchKernel(const Kernel *k);

#endif
