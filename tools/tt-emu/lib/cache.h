/* cache.h - the folder of compiled kernels. */
#ifndef TT_EMU_CACHE_H
#define TT_EMU_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Made if it is not there. */
const char *cache_dir(void);
/* FNV-1a of the text, continuing from a hash. */
uint64_t cache_hash(const char *text, uint64_t hash);
/* Absolute path of a kernel's file, from malloc; NULL: see host_error. */
char *cache_find_kernel(const char *path);
/* A name beside `path` that no other process takes, from malloc: what is
 * written there is renamed when it is complete. */
char *cache_temporary(const char *path);
/* Writes a file at once or not at all; false: see host_error. */
bool cache_write(const char *path, const char *text);
/* The object is there and the files it was made from are what they were when
 * it was sealed. */
bool cache_is_fresh(const char *object);
/* Notes what the object was made from. It is not kept for later when one of the
 * files changed after `started`, the time its compilation began. */
void cache_seal(const char *object, struct timespec started);

#endif
