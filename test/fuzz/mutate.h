/* mutate.h - small changes to text and bytes, the same for the same seed. */
#ifndef TT_FUZZ_MUTATE_H
#define TT_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t state;
} Random;

/* Starts a sequence of its own for every pair of numbers. */
Random randomFrom(uint64_t seed, uint64_t number);
uint64_t randomNext(Random *random);
/* A number below `limit`, which is at least 1. */
size_t randomBelow(Random *random, size_t limit);

/* A text or a binary; `data` is from malloc and has a 0 behind its end. */
typedef struct {
  char *data;
  size_t size;
} Buffer;

Buffer bufferCopy(const char *data, size_t size);

/* One to six changes of words, numbers, lines and characters of IR in text
 * form. Words and lines come from the text itself or from `other`. */
Buffer mutateText(Random *random, const Buffer *text, const Buffer *other);
/* Everything up to a place. */
Buffer truncated(Random *random, const Buffer *whole);
/* One to four changes of bytes. */
Buffer mutateBytes(Random *random, const Buffer *bytes);

#endif
