// Text that lives as long as one translation: formatted strings owned by a
// pool, and identifiers of C and C++ made from IR names.

#ifndef TT_TRANSLATE_TEXT_H
#define TT_TRANSLATE_TEXT_H

#include "mlir-c/Support.h"
#include <stdbool.h>
#include <stddef.h>

// Owns what textFormat returns, until textFree.
typedef struct {
  char **items;
  size_t count, capacity;
} TextPool;

void textFree(TextPool *pool);

// A formatted string owned by the pool.
const char *textFormat(TextPool *pool, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// A copy with a terminating zero, owned by the pool.
const char *textCopy(TextPool *pool, MlirStringRef text);

// Identifiers already given in one scope.
typedef struct {
  const char **items;
  size_t count, capacity;
} NameScope;

void nameScopeFree(NameScope *scope);

// `prefix` + `name` as an identifier that is neither in the scope nor in
// `reserved` (ended by NULL; may be NULL itself), and then in the scope.
// Characters that identifiers cannot have become `_`; a second identifier of
// the same spelling gets a number.
const char *nameMake(TextPool *pool, NameScope *scope, const char *prefix,
                     MlirStringRef name, const char *const *reserved);

#endif
