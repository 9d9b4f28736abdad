// Strings of one translation, and identifiers from IR names.

#include "text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Memory for an artifact's text cannot be done without.
static void *orAbort(void *memory) {
  if (!memory) {
    fputs("tt-translate: out of memory\n", stderr);
    abort();
  }
  return memory;
}

static char *own(TextPool *pool, char *text) {
  if (pool->count == pool->capacity) {
    pool->capacity = pool->capacity ? 2 * pool->capacity : 64;
    pool->items =
        orAbort(realloc(pool->items, pool->capacity * sizeof(*pool->items)));
  }
  return pool->items[pool->count++] = text;
}

void textFree(TextPool *pool) {
  for (size_t i = 0; i < pool->count; ++i)
    free(pool->items[i]);
  free(pool->items);
  *pool = (TextPool){0};
}

const char *textFormat(TextPool *pool, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *text = orAbort(length < 0 ? NULL : malloc((size_t)length + 1));
  vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return own(pool, text);
}

const char *textCopy(TextPool *pool, MlirStringRef text) {
  return own(pool, orAbort(strndup(text.length ? text.data : "", text.length)));
}

void nameScopeFree(NameScope *scope) {
  free(scope->items);
  *scope = (NameScope){0};
}

static bool listed(const char *const *names, const char *name) {
  for (; names && *names; ++names)
    if (strcmp(*names, name) == 0)
      return true;
  return false;
}

static bool taken(const NameScope *scope, const char *const *reserved,
                  const char *name) {
  for (size_t i = 0; i < scope->count; ++i)
    if (strcmp(scope->items[i], name) == 0)
      return true;
  return listed(reserved, name);
}

const char *nameMake(TextPool *pool, NameScope *scope, const char *prefix,
                     MlirStringRef name, const char *const *reserved) {
  char *base = own(pool, orAbort(malloc(strlen(prefix) + name.length + 1)));
  char *end = stpcpy(base, prefix);
  for (size_t i = 0; i < name.length; ++i) {
    unsigned char c = (unsigned char)name.data[i];
    *end++ = c < 128 && isalnum(c) ? (char)c : '_';
  }
  *end = 0;
  const char *made = base;
  for (int number = 2; taken(scope, reserved, made); ++number)
    made = textFormat(pool, "%s_%d", base, number);
  if (scope->count == scope->capacity) {
    scope->capacity = scope->capacity ? 2 * scope->capacity : 16;
    scope->items =
        orAbort(realloc(scope->items, scope->capacity * sizeof(*scope->items)));
  }
  return scope->items[scope->count++] = made;
}
