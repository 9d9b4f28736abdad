// Buffers of the checked functions: their description, their raw data and their
// formats.

#ifndef TT_REFERENCE_DATA_H
#define TT_REFERENCE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  bool isResult;
  int position;    // among the function's arguments or results
  char dtype[8];   // bf16, f16, f32, i32, …
  bool isWritten;  // an output
  int format;      // index into tt_formats, or -1 for integers
  int blockDigits; // bits of an element's magnitude on the device if it keeps
                   // the buffer in a block format, else 0
  size_t itemSize; // bytes of an element in raw data
  int rank;
  int64_t shape[16];
  size_t count; // elements
} Buffer;

typedef struct {
  char name[256];
  int number; // the C entry is tt_check_entry_<number>
  int numBuffers;
  Buffer buffers[256];
} Function;

// data.c
bool readFunction(const char *signature, const char *name,
                  Function *function); // false after a message
void bufferPath(char *path, size_t size, const char *folder,
                const Buffer *buffer, const char *extension);
double decode(const Buffer *buffer, const void *raw,
              size_t index); // an element of raw data
void encode(const Buffer *buffer, void *raw, size_t index,
            double value); // rounded to nearest even
void roundBlocks(const Buffer *buffer,
                 void *raw); // to the buffer's block format, if it has one
void *readRaw(const char *path,
              size_t bytes); // NULL after a message; the caller frees it
bool writeRaw(const char *path, const void *data, size_t bytes);

// compare.c: prints one line; 0 within the bound, 1 not, 3 within a bound so
// loose that it says little
int compareOutput(const Function *function, const Buffer *buffer,
                  const char *label, const char *folder, const char *output);

#endif
