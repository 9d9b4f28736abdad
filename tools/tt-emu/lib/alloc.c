/* alloc.c - first fit over an address range, from the bottom or from the top.
 * Buffers are few, so a sorted list of the used spans is all it takes.
 */
#include "machine.h"

#include <stb/stb_ds.h>

void allocator_init(Allocator *allocator, uint64_t start, uint64_t end,
                    uint64_t align, bool top_down) {
  *allocator = (Allocator){start, end, align, top_down, NULL};
}

static void insert(Allocator *allocator, size_t at, Span span) {
  arrput(allocator->used, span);
  for (size_t i = arrlenu(allocator->used) - 1; i > at; i--)
    allocator->used[i] = allocator->used[i - 1];
  allocator->used[at] = span;
}

static uint64_t take_top(Allocator *allocator, uint64_t size) {
  uint64_t end = allocator->end;
  for (size_t i = arrlenu(allocator->used) + 1; i-- > 0;) {
    uint64_t floor =
        i ? allocator->used[i - 1].start + allocator->used[i - 1].size
          : allocator->start;
    if (end >= size) {
      uint64_t start = (end - size) / allocator->align * allocator->align;
      if (start >= floor) {
        insert(allocator, i, (Span){start, size});
        return start;
      }
    }
    if (i)
      end = allocator->used[i - 1].start;
  }
  return UINT64_MAX;
}

uint64_t allocator_take(Allocator *allocator, uint64_t size) {
  if (allocator->top_down)
    return take_top(allocator, size);
  uint64_t start = allocator->start;
  for (size_t i = 0; i <= arrlenu(allocator->used); i++) {
    start =
        (start + allocator->align - 1) / allocator->align * allocator->align;
    uint64_t ceiling = i < arrlenu(allocator->used) ? allocator->used[i].start
                                                    : allocator->end;
    if (start + size <= ceiling) {
      insert(allocator, i, (Span){start, size});
      return start;
    }
    if (i < arrlenu(allocator->used))
      start = allocator->used[i].start + allocator->used[i].size;
  }
  return UINT64_MAX;
}

void allocator_give(Allocator *allocator, uint64_t start) {
  for (size_t i = 0; i < arrlenu(allocator->used); i++)
    if (allocator->used[i].start == start) {
      arrdel(allocator->used, i);
      return;
    }
}

uint64_t allocator_lowest(const Allocator *allocator) {
  return arrlen(allocator->used) ? allocator->used[0].start : allocator->end;
}
