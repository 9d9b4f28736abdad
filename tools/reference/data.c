// Buffers of the checked functions (see data.h).

#include "data.h"

#include "rules.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool readBuffer(FILE *file, Buffer *buffer) {
  char kind[16];
  int written;
  if (fscanf(file, "%15s %d %7s %d %d %d", kind, &buffer->position,
             buffer->dtype, &written, &buffer->blockDigits,
             &buffer->rank) != 6 ||
      buffer->rank > 16)
    return false;
  buffer->isResult = strcmp(kind, "result") == 0;
  buffer->isWritten = written != 0;
  buffer->count = 1;
  for (int i = 0; i < buffer->rank; i++) {
    if (fscanf(file, "%" SCNd64, &buffer->shape[i]) != 1)
      return false;
    buffer->count *= (size_t)buffer->shape[i];
  }
  buffer->format = -1;
  for (int f = 0; f < 3; f++)
    if (strcmp(buffer->dtype, tt_formats[f].name) == 0)
      buffer->format = f;
  const char *bits = buffer->dtype + strcspn(buffer->dtype, "0123456789");
  buffer->itemSize = (size_t)atoi(bits) / 8;
  return buffer->itemSize > 0;
}

bool readFunction(const char *signature, const char *name, Function *function) {
  FILE *file = fopen(signature, "r");
  if (!file) {
    fprintf(stderr, "cannot read '%s'\n", signature);
    return false;
  }
  char word[16];
  bool found = false, ok = true;
  int number = -1;
  Buffer ignored;
  while (ok && fscanf(file, "%15s", word) == 1) {
    if (strcmp(word, "function") == 0) {
      if (found)
        break;
      ok = fscanf(file, "%255s", function->name) == 1;
      function->number = ++number;
      function->numBuffers = 0;
      found = strcmp(function->name, name) == 0;
    } else {
      ok = readBuffer(file, found && function->numBuffers < 256
                                ? &function->buffers[function->numBuffers++]
                                : &ignored);
    }
  }
  fclose(file);
  if (!found || !ok)
    fprintf(stderr, "'%s' does not describe function '%s'\n", signature, name);
  return found && ok;
}

void bufferPath(char *path, size_t size, const char *folder,
                const Buffer *buffer, const char *extension) {
  snprintf(path, size, "%s/%s%d.%s", folder,
           buffer->isResult ? "result" : "argument", buffer->position,
           extension);
}

static double decodeHalf(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double value = exponent == 31  ? (fraction ? NAN : INFINITY)
                 : exponent == 0 ? ldexp(fraction, -24)
                                 : ldexp(1024 + fraction, exponent - 25);
  return bits & 0x8000 ? -value : value;
}

static double decodeFloat(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return (double)value;
}

static double decodeInteger(const Buffer *buffer, const void *raw,
                            size_t index) {
  bool isSigned = buffer->dtype[0] == 'i';
  if (buffer->itemSize == 4)
    return isSigned ? (double)((const int32_t *)raw)[index]
                    : (double)((const uint32_t *)raw)[index];
  if (buffer->itemSize == 2)
    return isSigned ? (double)((const int16_t *)raw)[index]
                    : (double)((const uint16_t *)raw)[index];
  return isSigned ? (double)((const int8_t *)raw)[index]
                  : (double)((const uint8_t *)raw)[index];
}

double decode(const Buffer *buffer, const void *raw, size_t index) {
  switch (buffer->format) {
  case 0:
    return decodeFloat((uint32_t)((const uint16_t *)raw)[index] << 16);
  case 1:
    return decodeHalf(((const uint16_t *)raw)[index]);
  case 2:
    return decodeFloat(((const uint32_t *)raw)[index]);
  default:
    return decodeInteger(buffer, raw, index);
  }
}

static uint16_t encodeHalf(double value) {
  uint16_t sign = signbit(value) ? 0x8000 : 0;
  double size = fabs(value);
  if (isnan(value))
    return 0x7e00;
  if (size >= 65520)
    return (uint16_t)(sign | 0x7c00);
  int exponent;
  frexp(size, &exponent);
  if (exponent < -13)
    exponent = -13;
  // In units of the last place the value is an integer after rounding; 2048 of
  // them carry into the exponent by themselves.
  unsigned units = (unsigned)nearbyint(ldexp(size, 11 - exponent));
  unsigned biased = (unsigned)(exponent + 13);
  return (uint16_t)(sign | ((biased << 10) + units));
}

static uint16_t encodeBf16(double value) {
  // Rounding twice (f64 to f32 to bf16) may miss nearest even, so scale and
  // round once.
  uint16_t sign = signbit(value) ? 0x8000 : 0;
  double size = fabs(value);
  if (isnan(value))
    return 0x7fc0;
  int exponent;
  frexp(size, &exponent);
  if (exponent < -125)
    exponent = -125;
  double units = nearbyint(ldexp(size, 8 - exponent));
  if (isinf(size) || ldexp(units, exponent - 8) > 0x1.fep127)
    return (uint16_t)(sign | 0x7f80);
  float result = (float)ldexp(units, exponent - 8);
  uint32_t bits;
  memcpy(&bits, &result, sizeof bits);
  return (uint16_t)(sign | bits >> 16);
}

void encode(const Buffer *buffer, void *raw, size_t index, double value) {
  switch (buffer->format) {
  case 0:
    ((uint16_t *)raw)[index] = encodeBf16(value);
    return;
  case 1:
    ((uint16_t *)raw)[index] = encodeHalf(value);
    return;
  case 2:
    ((float *)raw)[index] = (float)value;
    return;
  default:
    break;
  }
  int64_t integer = (int64_t)value;
  if (buffer->itemSize == 4)
    ((uint32_t *)raw)[index] = (uint32_t)integer;
  else if (buffer->itemSize == 2)
    ((uint16_t *)raw)[index] = (uint16_t)integer;
  else
    ((uint8_t *)raw)[index] = (uint8_t)integer;
}

static void roundGroup(const Buffer *buffer, void *raw, size_t first,
                       size_t count) {
  double largest = 0;
  for (size_t i = first; i < first + count; i++)
    largest = fmax(largest, fabs(decode(buffer, raw, i)));
  int exponent;
  frexp(largest, &exponent);
  double unit = ldexp(1, exponent - buffer->blockDigits),
         most = ldexp(1, buffer->blockDigits) - 1;
  for (size_t i = first; i < first + count; i++) {
    double value = decode(buffer, raw, i),
           units = fmin(nearbyint(fabs(value) / unit), most);
    encode(buffer, raw, i, copysign(units * unit, value));
  }
}

void roundBlocks(const Buffer *buffer, void *raw) {
  if (buffer->blockDigits == 0 || buffer->count == 0)
    return;
  size_t columns = (size_t)buffer->shape[buffer->rank - 1];
  for (size_t row = 0; row < buffer->count; row += columns)
    for (size_t column = 0; column < columns; column += TT_BLOCK) {
      size_t rest = columns - column;
      roundGroup(buffer, raw, row + column, rest < TT_BLOCK ? rest : TT_BLOCK);
    }
}

void *readRaw(const char *path, size_t bytes) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    fprintf(stderr, "cannot read '%s'\n", path);
    return NULL;
  }
  char *data = malloc(bytes + 1);
  size_t got = data ? fread(data, 1, bytes + 1, file) : 0;
  fclose(file);
  if (data && got == bytes)
    return data;
  fprintf(stderr, "'%s' does not hold %zu bytes\n", path, bytes);
  free(data);
  return NULL;
}

bool writeRaw(const char *path, const void *data, size_t bytes) {
  errno = 0;
  FILE *file = fopen(path, "wb");
  bool ok = file && fwrite(data, 1, bytes, file) == bytes;
  if (file)
    ok &= fclose(file) == 0;
  if (!ok)
    fprintf(stderr, "cannot write '%s': %s\n", path, strerror(errno));
  return ok;
}
