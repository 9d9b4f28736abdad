/* globals.c - global and static variables of kernels. On the hardware every
 * processor has its own; here all cores share one loaded object. The writable
 * data of an object that has any is swapped when another fiber gets its turn.
 */
#define _GNU_SOURCE
#include "machine.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

typedef struct Search {
  KernelImage *image;
  uintptr_t base;
} Search;

/* The writable segment without what the loader made read-only. */
static int visit(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  Search *search = data;
  if (info->dlpi_addr != search->base)
    return 0;
  uintptr_t start = 0, end = 0, relro = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type == PT_LOAD && part->p_flags & PF_W) {
      start = part->p_vaddr;
      end = part->p_vaddr + part->p_memsz;
    }
    if (part->p_type == PT_GNU_RELRO)
      relro = part->p_vaddr + part->p_memsz;
  }
  if (relro > start)
    start = relro;
  if (end > start) {
    search->image->globals = (uint8_t *)(info->dlpi_addr + start);
    search->image->globals_size = end - start;
  }
  return 1;
}

void globals_find(KernelImage *image) {
  struct link_map *map = NULL;
  if (dlinfo(image->handle, RTLD_DI_LINKMAP, &map) || !map)
    return;
  Search search = {image, map->l_addr};
  dl_iterate_phdr(visit, &search);
  if (!image->globals_size)
    return;
  image->globals_initial = malloc(image->globals_size);
  memcpy(image->globals_initial, image->globals, image->globals_size);
}

void globals_switch(Fiber *fiber) {
  KernelImage *image = fiber->base.kernel->image[fiber->base.risc];
  if (!image->globals_size || image->globals_owner == &fiber->base)
    return;
  Fiber *owner = (Fiber *)image->globals_owner;
  if (owner)
    memcpy(owner->globals, image->globals, image->globals_size);
  if (!fiber->globals) {
    fiber->globals = malloc(image->globals_size);
    memcpy(fiber->globals, image->globals_initial, image->globals_size);
  }
  memcpy(image->globals, fiber->globals, image->globals_size);
  image->globals_owner = &fiber->base;
}

void globals_release(Fiber *fiber) {
  KernelImage *image = fiber->base.kernel->image[fiber->base.risc];
  if (image->globals_owner == &fiber->base)
    image->globals_owner = NULL;
}
