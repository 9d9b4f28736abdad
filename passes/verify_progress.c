//===- verify_progress.c - nobody waits forever ---------------------------===//
//
// Runs the three kernels against each other for one, two and three items. With
// balanced rings (verify_balance.c) and kernels that do the same for every
// item, what goes round that often goes round for ever; and rings are as full
// before the first item as after it, so that a core without items does not
// wait where one with an item does not. The compute kernel runs in program
// order, which is stricter than its three processors.
//
//===----------------------------------------------------------------------===//

#include "verify_progress.h"
#include "stb_ds.h"
#include "tt-c/Diagnostics.h"
#include "tt-c/gen/TtOps.h"
#include <inttypes.h>
#include <stdio.h>

// Events of one kernel that are followed.
enum { MaxEvents = 1 << 22 };

//===- the machine --------------------------------------------------------===//

static bool keep(const VerifyWalk *walk, VerifyTracer *tracer,
                 const VerifyEvent *event) {
  VerifyEvent **events = tracer->data;
  if (arrlen(*events) == MaxEvents)
    return verifyReject(walk, event->op,
                        "cannot be decided by tt-verify: its kernel does more "
                        "than %d things to circular buffers for three items",
                        MaxEvents);
  arrput(*events, *event);
  return true;
}

bool verifyRunTrace(VerifyRun *run, const VerifyProgram *program, int64_t start,
                    int64_t count, bool transfers) {
  *run = (VerifyRun){.program = program};
  for (int role = 0; role < TtRoleNumCases; ++role) {
    VerifyTracer tracer = {.rings = true,
                           .transfers = transfers,
                           .take = keep,
                           .data = &run->events[role]};
    if (!verifyTrace(program, (TtRole)role, start, count, &tracer))
      return false;
  }
  verifyRunReset(run);
  return true;
}

void verifyRunFree(VerifyRun *run) {
  for (int role = 0; role < TtRoleNumCases; ++role)
    arrfree(run->events[role]);
  arrfree(run->filled);
  arrfree(run->capacity);
}

void verifyRunReset(VerifyRun *run) {
  for (int role = 0; role < TtRoleNumCases; ++role)
    run->next[role] = 0;
  arrsetlen(run->filled, 0);
  arrsetlen(run->capacity, 0);
  for (ptrdiff_t i = 0; i < arrlen(run->program->rings); ++i) {
    arrput(run->filled, 0);
    arrput(run->capacity, run->program->rings[i].pages);
  }
}

bool verifyRunEnded(const VerifyRun *run, int role) {
  return run->next[role] == arrlen(run->events[role]);
}

bool verifyRunReady(const VerifyRun *run, int role) {
  if (verifyRunEnded(run, role))
    return false;
  const VerifyEvent *event = &run->events[role][run->next[role]];
  if (event->kind == VerifyReserve)
    return run->capacity[event->ring] - run->filled[event->ring] >=
           event->pages;
  if (event->kind == VerifyWait)
    return run->filled[event->ring] >= event->pages;
  return true;
}

void verifyRunStep(VerifyRun *run, int role) {
  const VerifyEvent *event = &run->events[role][run->next[role]++];
  if (event->kind == VerifyPush)
    run->filled[event->ring] += event->pages;
  else if (event->kind == VerifyPop)
    run->filled[event->ring] -= event->pages;
}

// Runs until all have ended or all wait; whether all have ended.
static bool runToEnd(VerifyRun *run) {
  for (bool moved = true; moved;) {
    moved = false;
    for (int role = 0; role < TtRoleNumCases; ++role)
      for (; verifyRunReady(run, role); moved = true)
        verifyRunStep(run, role);
  }
  for (int role = 0; role < TtRoleNumCases; ++role)
    if (!verifyRunEnded(run, role))
      return false;
  return true;
}

//===- reports ------------------------------------------------------------===//

typedef struct {
  VerifyEvent event;
  int64_t have; // free pages for a reserve, filled pages for a wait
  bool waits;
} Stuck;

static void describeStuck(const VerifyRun *run, const Stuck *stuck, char *text,
                          size_t size) {
  MlirStringRef name = run->program->rings[stuck->event.ring].name;
  snprintf(text, size,
           "%s %" PRId64 " pages of @%.*s in item %" PRId64
           " of the core, but %" PRId64 " are",
           stuck->event.kind == VerifyReserve ? "reserve" : "wait for",
           stuck->event.pages, (int)name.length, name.data,
           stuck->event.item + 1, stuck->have);
}

// The smallest capacity of the ring that one role waits for room in with which
// all would end, or 0. The run is used up.
static int64_t enoughPages(VerifyRun *run, int ring) {
  int64_t pages = run->program->rings[ring].pages;
  for (int64_t more = pages + 1; more <= 4 * pages; ++more) {
    verifyRunReset(run);
    run->capacity[ring] = more;
    if (runToEnd(run))
      return more;
  }
  return 0;
}

static MlirLogicalResult reportDeadlock(VerifyRun *run, int64_t count) {
  Stuck stuck[TtRoleNumCases];
  int first = -1, full = -1;
  for (int role = 0; role < TtRoleNumCases; ++role) {
    stuck[role].waits = !verifyRunEnded(run, role);
    if (!stuck[role].waits)
      continue;
    stuck[role].event = run->events[role][run->next[role]];
    int ring = stuck[role].event.ring;
    bool reserves = stuck[role].event.kind == VerifyReserve;
    stuck[role].have =
        reserves ? run->capacity[ring] - run->filled[ring] : run->filled[ring];
    if (first < 0)
      first = role;
    if (reserves && full < 0)
      full = ring;
  }
  char text[256];
  describeStuck(run, &stuck[first], text, sizeof text);
  TtDiagnostic *d = ttDiagnosticOpError(
      stuck[first].event.op,
      "waits for ever when a core has %" PRId64 " item%s: the %s is to %s %s",
      count, count == 1 ? "" : "s", ttRoleToString((TtRole)first), text,
      stuck[first].event.kind == VerifyReserve ? "free" : "there");
  for (int role = 0; role < TtRoleNumCases; ++role) {
    if (role == first)
      continue;
    if (!stuck[role].waits) {
      ttDiagnosticHint(d, "the %s has ended", ttRoleToString((TtRole)role));
      continue;
    }
    describeStuck(run, &stuck[role], text, sizeof text);
    ttDiagnosticNote(
        d, mlirOperationGetLocation(stuck[role].event.op),
        "the %s waits here: it is to %s %s", ttRoleToString((TtRole)role), text,
        stuck[role].event.kind == VerifyReserve ? "free" : "there");
  }
  int64_t enough = full >= 0 ? enoughPages(run, full) : 0;
  if (enough)
    ttDiagnosticNote(d, mlirOperationGetLocation(run->program->rings[full].op),
                     "with a capacity of %" PRId64 " pages instead of %" PRId64
                     " nobody would wait for ever",
                     enough, run->program->rings[full].pages);
  return ttDiagnosticReport(d);
}

MlirLogicalResult verifyProgress(const VerifyProgram *program) {
  for (int64_t count = 1; count <= 3; ++count) {
    VerifyRun run;
    MlirLogicalResult result = mlirLogicalResultFailure();
    if (verifyRunTrace(&run, program, 0, count, false))
      result = runToEnd(&run) ? mlirLogicalResultSuccess()
                              : reportDeadlock(&run, count);
    verifyRunFree(&run);
    if (mlirLogicalResultIsFailure(result))
      return result;
  }
  return mlirLogicalResultSuccess();
}
