//===- hardware_state.c - the programmed state and its changes ------------===//

#include "hardware_state.h"
#include <stddef.h>

const TtFpuOperation *ttFpuOperationOf(const TtInitKernel *kernel, int key) {
  static const TtFpuOperation none = {0, 0, 0, false, false};
  return key ? &kernel->operations[key - 1] : &none;
}

static void act(TtHardwareMove *move, TtStateSlot slot, int key, bool uninit) {
  TtInitAction action = {0, false, uninit, slot, key};
  move->actions[move->count++] = action;
}

// Ends a broadcast copy, or takes the packer's mask away, and the operation
// that belongs to it.
static void end(const TtInitKernel *kernel, TtHardwareMove *move,
                TtStateSlot slot) {
  int *keys = move->state.keys;
  act(move, slot, keys[slot], true);
  if (slot == TtSlotMask)
    keys[TtSlotMask] = TtMaskOff;
  if (slot == TtSlotFpu || ttFpuOperationOf(kernel, keys[TtSlotFpu])->mask)
    keys[TtSlotFpu] = TtKeyNone;
}

static bool changes(const TtHardwareState *state, const TtHardwareState *to,
                    TtStateSlot slot) {
  return to->keys[slot] && to->keys[slot] != state->keys[slot];
}

// Whether what is programmed on the way to `to` spoils the operation.
static bool spoils(const TtInitKernel *kernel, const TtHardwareState *state,
                   const TtHardwareState *to) {
  return changes(state, to, TtSlotSrcA) || changes(state, to, TtSlotSrcB) ||
         (changes(state, to, TtSlotSfpu) &&
          ttFpuOperationOf(kernel, state->keys[TtSlotFpu])->fragile);
}

// The mask that `to` asks for, itself or by the init it needs.
static int maskFor(const TtInitKernel *kernel, const TtHardwareState *state,
                   const TtHardwareState *to, bool init) {
  int own = ttFpuOperationOf(kernel, to->keys[TtSlotFpu])->mask;
  if (own && (init || state->keys[TtSlotMask] != own))
    return own;
  return to->keys[TtSlotMask] ? to->keys[TtSlotMask] : state->keys[TtSlotMask];
}

// Whether a mask must be taken away before `mask` can be set.
static bool mustUnmask(int has, int mask) {
  return has != mask && has != TtMaskOff && has < TtMaskPerhaps &&
         has + TtMaskPerhaps != mask;
}

// Whether a mask is as asked for.
static bool masks(int has, int mask) {
  return has == mask || (mask >= TtMaskPerhaps &&
                         (has == TtMaskOff || has + TtMaskPerhaps == mask));
}

static void program(const TtInitKernel *kernel, TtHardwareMove *move,
                    const TtHardwareState *to) {
  static const TtStateSlot slots[] = {TtSlotSrcA, TtSlotSrcB, TtSlotPack,
                                      TtSlotSfpu, TtSlotFpu};
  int *keys = move->state.keys;
  int mask = ttFpuOperationOf(kernel, to->keys[TtSlotFpu])->mask;
  if (spoils(kernel, &move->state, to))
    keys[TtSlotFpu] = TtKeyNone;
  for (size_t i = 0; i < sizeof slots / sizeof *slots; ++i)
    if (changes(&move->state, to, slots[i])) {
      act(move, slots[i], to->keys[slots[i]], false);
      keys[slots[i]] = to->keys[slots[i]];
      if (slots[i] == TtSlotFpu)
        move->state.armed = mask != TtKeyNone;
    }
  if (mask)
    keys[TtSlotMask] = mask;
}

// Whether the way to `to` wastes the init of a reduction that has not run.
static bool wastes(const TtHardwareState *from, const TtHardwareState *to,
                   bool exact, bool spoilt, bool other) {
  return from->armed &&
         (spoilt || (other && (exact || to->keys[TtSlotFpu])) ||
          to->keys[TtSlotMask] != (exact ? from->keys[TtSlotMask] : 0));
}

int ttMoveTo(const TtInitKernel *kernel, const TtHardwareState *from,
             const TtHardwareState *to, bool exact, TtHardwareMove *move) {
  move->count = 0;
  move->state = *from;
  int *keys = move->state.keys;
  bool spoilt = spoils(kernel, from, to);
  bool other = to->keys[TtSlotFpu] != keys[TtSlotFpu];
  bool init = to->keys[TtSlotFpu] && (other || spoilt);
  int mask = maskFor(kernel, from, to, init);
  if (wastes(from, to, exact, spoilt, other))
    return TtMoveInfeasible;
  if (ttFpuOperationOf(kernel, keys[TtSlotFpu])->ends &&
      (spoilt || (other && (exact || to->keys[TtSlotFpu]))))
    end(kernel, move, TtSlotFpu);
  if (mustUnmask(keys[TtSlotMask], mask))
    end(kernel, move, TtSlotMask);
  if (keys[TtSlotMask] >= TtMaskPerhaps &&
      mask + TtMaskPerhaps != keys[TtSlotMask] && mask != keys[TtSlotMask])
    return TtMoveInfeasible;
  program(kernel, move, to);
  if (exact && move->state.armed && !to->armed)
    return TtMoveInfeasible;
  return masks(keys[TtSlotMask], mask) ? move->count : TtMoveInfeasible;
}
