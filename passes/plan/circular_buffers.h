//===- circular_buffers.h - numbers and capacities of circular buffers
//-----===//

#ifndef TT_PLAN_CIRCULAR_BUFFERS_H
#define TT_PLAN_CIRCULAR_BUFFERS_H

#include <stdint.h>

typedef enum {
  TtCBInput,       // filled by the reader
  TtCBOutput,      // emptied by the writer
  TtCBIntermediate // filled and emptied by compute
} TtCBClass;

typedef struct {
  TtCBClass kind;
  int64_t pageBytes;
  int64_t blockPages; // pages of one block
  int64_t minDepth;   // blocks that must fit
  int64_t depth;      // in: blocks wanted; out: blocks given
  int64_t id;         // out
} TtCBRequest;

typedef enum {
  TtCBPlanOk,
  TtCBPlanTooMany, // more buffers than the device has
  TtCBPlanTooLarge // over the budget with every depth at its least
} TtCBPlanResult;

/// Numbers the buffers (inputs from 0, outputs from 16, intermediates from 24,
/// then whatever is free) and lowers depths, that of the buffer with the most
/// bytes first, until all fit `budget` bytes.
TtCBPlanResult ttPlanCircularBuffers(int64_t count, TtCBRequest *requests,
                                     int64_t maxIds, int64_t budget);

/// Bytes of one buffer; at most 2^57 - 1, which no core has.
int64_t ttCBRequestBytes(const TtCBRequest *request);

#endif // TT_PLAN_CIRCULAR_BUFFERS_H
