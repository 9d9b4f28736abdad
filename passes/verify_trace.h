//===- verify_trace.h - what a kernel does for certain items --------------===//
//
// The events of a kernel in order, for a concrete range of items: what it does
// to circular buffers, and which pages of buffers it moves.
//
//===----------------------------------------------------------------------===//

#ifndef TT_PASSES_VERIFY_TRACE_H
#define TT_PASSES_VERIFY_TRACE_H

#include "verify_walk.h"

typedef enum {
  VerifyReserve,
  VerifyPush,
  VerifyWait,
  VerifyPop,
  VerifyReadPage,
  VerifyWritePage,
  VerifyReadBarrier,
} VerifyEventKind;

typedef struct {
  VerifyEventKind kind;
  MlirOperation op;
  int ring;             // of the first four
  int64_t pages;        // of the first four
  MlirOperation buffer; // of page transfers: its declaration
  int64_t page;         // of page transfers
  int64_t item;         // trips of the outermost loop before this one
} VerifyEvent;

typedef struct VerifyTracer {
  bool rings, transfers; // which events are wanted
  /// Takes one event; false, after a diagnostic, ends the trace.
  bool (*take)(const VerifyWalk *walk, struct VerifyTracer *tracer,
               const VerifyEvent *event);
  void *data;
  // Of the trace that runs.
  int64_t start, count;
  VerifyLoopNote *eventful; // stb_ds array: loops in which an event is
} VerifyTracer;

/// Runs the kernel of `role` for items [start, start + count); false after a
/// diagnostic.
bool verifyTrace(const VerifyProgram *program, TtRole role, int64_t start,
                 int64_t count, VerifyTracer *tracer);

/// The declaration of the buffer behind an accessor, or null.
MlirOperation verifyBufferOf(const VerifyProgram *program, MlirValue accessor);

#endif // TT_PASSES_VERIFY_TRACE_H
