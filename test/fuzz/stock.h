/* stock.h - whether a crash is upstream's. */
#ifndef TT_FUZZ_STOCK_H
#define TT_FUZZ_STOCK_H

#include "mutate.h"

#include <stdbool.h>

/* Whether it begins as bytecode of MLIR does. */
bool isBytecode(const Buffer *input);

/* Makes a folder for what a program shall read, and its path; the caller
 * removes it. */
bool stockFolder(char *path, size_t room);

/* Seconds of processor time after which a program hangs. */
enum { STOCK_SECONDS = 60 };

/* Whether the distribution's mlir-opt `program`, which knows nothing of us,
 * crashes on the input or takes more than so many `seconds`, or, as text of our
 * dialect is nothing to it, on one of the input's lines or the attributes in
 * one. Of bytecode a bad access that valgrind sees counts as well. Files are
 * made below `folder`. */
bool stockCrashes(const char *program, const Buffer *input, const char *folder,
                  unsigned seconds);

/* Whether our driver `program` crashes or hangs while it only reads the
 * bytecode, by its own stack dump in upstream's reader without a function of
 * ours: of bytecode that names our operations the stock program refuses what
 * the reader then stumbles over. */
bool readerCrashes(const char *program, const Buffer *input, const char *folder,
                   unsigned seconds);

#endif
