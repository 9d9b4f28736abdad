// A finished host function as plain structs: what all five artifacts are
// printed from. Made once, so that the artifacts cannot disagree.

#ifndef TT_TRANSLATE_MODEL_H
#define TT_TRANSLATE_MODEL_H

#include "text.h"
#include "tt-c/gen/TtAttrs.h"
#include "tt-c/gen/TtOps.h"

// Spelling of the Metalium API.
typedef enum { ApiCurrent, ApiV066 } Api;

bool apiFromString(MlirStringRef text, Api *api);
const char *apiToString(Api api);

// How a buffer is cut: along each dim of its tensor, the pages of the tensor
// and those of a shard. Shard i is on core (i % columns, i / columns), or in
// DRAM bank i.
typedef struct {
  intptr_t rank; // 0 if the buffer is interleaved
  int64_t *tensor, *shard;
  int64_t count, columns;
} ModelShards;

typedef struct {
  MlirOperation op;
  MlirStringRef symbol;
  const char *name; // identifier, distinct within the host function
  TtDirection direction;
  int64_t argument, result; // positions, -1 for neither
  MlirType type;            // the logical tensor
  TtBufferAttr info;
  TtAccessorInfoAttr accessor;
  ModelShards shards;
  bool isFilled; // by the host, with `fill`
  double fill;
} ModelBuffer;

typedef struct {
  MlirOperation op;
  MlirStringRef symbol;
  const char *name; // identifier, distinct within the program
  int64_t id, pages, production;
  int64_t pageBytes;
  intptr_t numOrder;
  const int64_t *order; // rows, columns of the sub-block, in tiles
  TtUnpackMode unpack;
  TtDataFormat format;
} ModelCB;

typedef struct {
  MlirOperation op;
  MlirStringRef symbol;
  int64_t id, initial;
} ModelSemaphore;

// One argument of a kernel. `buffer` is an index into the host's buffers, or
// -1; `value` is known for all but addresses, start ids and counts.
typedef struct {
  TtArgKind kind;
  intptr_t buffer;
  int64_t value;
} ModelArg;

typedef struct {
  intptr_t count;
  ModelArg *items;
} ModelArgs;

typedef struct {
  MlirOperation op;
  TtRole role;
  const char *file; // beside main.cpp, or below it in the program's folder
  ModelArgs compileArgs, commonArgs, coreArgs;
  intptr_t numAccessors;
  intptr_t *accessors; // buffers, in the order of the chain
} ModelKernel;

// A rectangle of cores, both corners included, logical coordinates.
typedef struct {
  int64_t x0, y0, x1, y1;
} ModelCoreRange;

typedef struct {
  MlirOperation op;
  const char *name; // identifier, distinct within the host function
  TtComputeAttr compute;
  TtPartitionAttr partition;
  TtWorkAttr work;
  intptr_t numContractions;
  TtContractionAttr *contractions;
  intptr_t numCBs;
  ModelCB *cbs;
  intptr_t numSemaphores;
  ModelSemaphore *semaphores;
  intptr_t numKernels;
  ModelKernel *kernels;
  intptr_t numRanges;
  ModelCoreRange *ranges; // disjoint, by row and then by column
} ModelProgram;

typedef struct {
  MlirOperation op;
  const char *name; // identifier, distinct within the module
  TtDeviceAttr device;
  Api api;
  intptr_t numBuffers;
  ModelBuffer *buffers;
  intptr_t numPrograms;
  ModelProgram *programs;
  TextPool pool;
} ModelHost;

// Fills `model` from a `tt.host`; failure after a diagnostic if something in
// it is not finished. `apiOverride` (or NULL) goes before the host's own `api`.
// To be freed with modelFree in both cases.
MlirLogicalResult modelRead(MlirOperation host, const char *name,
                            const Api *apiOverride, ModelHost *model);
void modelFree(ModelHost *model);

const ModelCB *modelFindCB(const ModelProgram *program, MlirStringRef symbol);
// Index of a buffer, or -1.
intptr_t modelFindBuffer(const ModelHost *host, MlirStringRef symbol);

#endif
