#include "emu.h"
__attribute__((weak)) void emu_compute_launch(EmuCore *core) { (void)core; }
__attribute__((weak)) void emu_compute_exit(EmuFiber *fiber) { (void)fiber; }
__attribute__((weak)) void emu_compute_free(EmuCore *core) { (void)core; }
