/* mutate.c - small changes to text and bytes.
 *
 * Text is cut into words (identifiers, numbers, punctuation); a change deletes,
 * repeats, exchanges or replaces words or lines, so that most results still
 * parse far enough to reach a verifier or a pass.
 */
#include "mutate.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Random randomFrom(uint64_t seed, uint64_t number) {
  Random random = {seed * 0x9e3779b97f4a7c15u + number * 0xd1342543de82ef95u};
  randomNext(&random);
  return random;
}

uint64_t randomNext(Random *random) {
  uint64_t z = random->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

size_t randomBelow(Random *random, size_t limit) {
  return (size_t)(randomNext(random) % limit);
}

Buffer bufferCopy(const char *data, size_t size) {
  Buffer copy = {malloc(size + 1), size};
  memcpy(copy.data, data, size);
  copy.data[size] = 0;
  return copy;
}

/* A part of a buffer. */
typedef struct {
  size_t start, end;
} Span;

/* Puts `size` characters in place of a part of the buffer. */
static void replace(Buffer *buffer, Span part, const char *data, size_t size) {
  size_t tail = buffer->size - part.end;
  Buffer made = {malloc(part.start + size + tail + 1),
                 part.start + size + tail};
  memcpy(made.data, buffer->data, part.start);
  memcpy(made.data + part.start, data, size);
  memcpy(made.data + part.start + size, buffer->data + part.end, tail);
  made.data[made.size] = 0;
  free(buffer->data);
  *buffer = made;
}

static bool isWordCharacter(char c) {
  return isalnum((unsigned char)c) || strchr("_.$%#!@^", c);
}

/* The word at or after a random place; empty at the end of the text. */
static Span someWord(Random *random, const Buffer *text) {
  size_t start = randomBelow(random, text->size + 1), end;
  while (start > 0 && isWordCharacter(text->data[start - 1]))
    start--;
  while (start < text->size && isspace((unsigned char)text->data[start]))
    start++;
  end = start;
  while (end < text->size && text->data[end] &&
         isWordCharacter(text->data[end]))
    end++;
  if (end == start && end < text->size)
    end++;
  return (Span){start, end};
}

/* One or a few lines. */
static Span someLines(Random *random, const Buffer *text) {
  size_t start = randomBelow(random, text->size + 1), end;
  size_t lines = 1 + (randomBelow(random, 4) == 0 ? randomBelow(random, 6) : 0);
  while (start > 0 && text->data[start - 1] != '\n')
    start--;
  end = start;
  while (lines-- > 0 && end < text->size) {
    while (end < text->size && text->data[end] != '\n')
      end++;
    end += end < text->size;
  }
  return (Span){start, end};
}

/* A word of the same kind as the one at `like`, if a few tries find one. */
static Span similarWord(Random *random, const Buffer *from, const Buffer *text,
                        Span like) {
  Span found = {0, 0};
  char first = text->data[like.start];
  for (int tries = 0; tries < 20; tries++) {
    found = someWord(random, from);
    char c = found.start < from->size ? from->data[found.start] : 0;
    if (c == first ||
        (isalpha((unsigned char)c) && isalpha((unsigned char)first)) ||
        (isdigit((unsigned char)c) && isdigit((unsigned char)first)))
      break;
  }
  return found;
}

/* Whether the part stands for itself and not within a longer word. */
static bool isWhole(const Buffer *text, Span part) {
  char before = part.start ? text->data[part.start - 1] : ' ';
  char last = text->data[part.end - 1], after = text->data[part.end];
  bool number = isdigit((unsigned char)last);
  if (number)
    return !isdigit((unsigned char)before) && !isdigit((unsigned char)after);
  return !isWordCharacter(after) &&
         (!isWordCharacter(before) || isdigit((unsigned char)before) ||
          before == 'x');
}

/* Replaces a part, or half of the time everything that reads like it: the
 * result is then often as consistent as before. */
static void exchange(Random *random, Buffer *text, Span part, const char *data,
                     size_t size) {
  if (part.end == part.start || randomBelow(random, 2)) {
    replace(text, part, data, size);
    return;
  }
  Buffer old = bufferCopy(text->data + part.start, part.end - part.start);
  for (size_t at = 0; at + old.size <= text->size;) {
    Span here = {at, at + old.size};
    if (!memcmp(text->data + at, old.data, old.size) && isWhole(text, here)) {
      replace(text, here, data, size);
      at += size;
    }
    at++;
  }
  free(old.data);
}

/* Whether a number begins here that is no part of a name: `32x` but not `v5`.
 */
static bool startsNumber(const Buffer *text, size_t place) {
  char before = place ? text->data[place - 1] : ' ';
  return isdigit((unsigned char)text->data[place]) &&
         (!isWordCharacter(before) || before == 'x');
}

static void changeNumber(Random *random, Buffer *text) {
  static const char *const numbers[] = {"0",
                                        "1",
                                        "-1",
                                        "2",
                                        "3",
                                        "7",
                                        "16",
                                        "31",
                                        "32",
                                        "33",
                                        "64",
                                        "96",
                                        "1000",
                                        "1024",
                                        "65536",
                                        "2147483647",
                                        "4294967296",
                                        "-2147483648",
                                        "9223372036854775807",
                                        "18446744073709551615",
                                        "-9223372036854775808",
                                        "99999999999999999999",
                                        "0.0",
                                        "1.0e30",
                                        "-0.5",
                                        "0x7FC0",
                                        "0xFF800000",
                                        "?"};
  size_t place = randomBelow(random, text->size + 1);
  while (place < text->size && !startsNumber(text, place))
    place++;
  size_t end = place;
  while (end < text->size && isdigit((unsigned char)text->data[end]))
    end++;
  const char *number =
      numbers[randomBelow(random, sizeof numbers / sizeof *numbers)];
  exchange(random, text, (Span){place, end}, number, strlen(number));
}

static void changeType(Random *random, Buffer *text) {
  static const char *const types[] = {"f32",    "bf16",  "f16", "i32",
                                      "i1",     "index", "f64", "ui16",
                                      "bfp8_b", "i8",    "i64"};
  for (int tries = 0; tries < 40; tries++) {
    Span word = someWord(random, text);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
      size_t size = strlen(types[i]);
      if (word.end - word.start >= size &&
          !memcmp(text->data + word.end - size, types[i], size)) {
        const char *type =
            types[randomBelow(random, sizeof types / sizeof *types)];
        replace(text, (Span){word.end - size, word.end}, type, strlen(type));
        return;
      }
    }
  }
}

/* Copies a part of `from` to a place of the text. */
static void insertPart(Buffer *text, size_t place, const Buffer *from,
                       Span part) {
  Buffer copy = bufferCopy(from->data + part.start, part.end - part.start);
  replace(text, (Span){place, place}, copy.data, copy.size);
  free(copy.data);
}

static void changeWord(Random *random, Buffer *text, const Buffer *other) {
  const Buffer *from = randomBelow(random, 4) ? text : other;
  Span old = someWord(random, text),
       word = similarWord(random, from, text, old);
  Buffer copy = bufferCopy(from->data + word.start, word.end - word.start);
  exchange(random, text, old, copy.data, copy.size);
  free(copy.data);
}

static void changeLines(Random *random, Buffer *text, const Buffer *other) {
  const Buffer *from = randomBelow(random, 5) ? text : other;
  Span place = someLines(random, text);
  if (randomBelow(random, 2))
    replace(text, place, "", 0);
  else
    insertPart(text, place.start, from, someLines(random, from));
}

static void changeCharacter(Random *random, Buffer *text) {
  static const char characters[] = "(){}[]<>,:=->%#!@^\"0x*+?\n\\/ \xff\x01";
  size_t place = randomBelow(random, text->size + 1);
  char c = characters[randomBelow(random, sizeof characters - 1)];
  size_t end = place + (place < text->size && randomBelow(random, 2));
  replace(text, (Span){place, end}, &c, 1);
}

Buffer mutateText(Random *random, const Buffer *text, const Buffer *other) {
  Buffer made = bufferCopy(text->data, text->size);
  size_t changes = 1 + (randomBelow(random, 4) ? 0 : randomBelow(random, 6));
  for (size_t i = 0; i < changes; i++)
    switch (randomBelow(random, 10)) {
    case 0:
    case 1:
    case 2:
      changeNumber(random, &made);
      break;
    case 3:
    case 4:
      changeWord(random, &made, other);
      break;
    case 5:
      changeType(random, &made);
      break;
    case 6:
      replace(&made, someWord(random, &made), "", 0);
      break;
    case 7:
    case 8:
      changeLines(random, &made, other);
      break;
    default:
      changeCharacter(random, &made);
    }
  return made;
}

Buffer truncated(Random *random, const Buffer *whole) {
  return bufferCopy(whole->data, randomBelow(random, whole->size + 1));
}

Buffer mutateBytes(Random *random, const Buffer *bytes) {
  Buffer made = bufferCopy(bytes->data, bytes->size);
  for (size_t changes = 1 + randomBelow(random, 4); changes > 0; changes--) {
    size_t place = randomBelow(random, made.size + 1);
    size_t end = place + randomBelow(random, 8);
    char byte = (char)randomNext(random);
    end = end < made.size ? end : made.size;
    switch (randomBelow(random, 4)) {
    case 0:
      replace(&made, (Span){place, end}, "", 0);
      break;
    case 1:
      replace(&made, (Span){place, place}, &byte, 1);
      break;
    default:
      if (place < made.size)
        made.data[place] = randomBelow(random, 2)
                               ? byte
                               : (char)(made.data[place] ^ (1 << (byte & 7)));
    }
  }
  return made;
}
