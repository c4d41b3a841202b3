#include "memory.h"
#include <stdint.h>
#include <stdlib.h>

/* In front of every block, so that a release can be checked: what was asked for, and where malloc's block begins. */
struct tag {
    void *block;
    size_t size, align;
};

static void *allocate(void *ctx, size_t size, size_t align)
{
    struct memory *m = ctx;
    struct tag *tag;
    uintptr_t at;
    char *block;
    m->calls++;
    if (m->calls == m->fail_at) return NULL;
    block = malloc(sizeof *tag + align + size);
    if (block == NULL) return NULL;
    at = ((uintptr_t)block + sizeof *tag + align - 1) & ~(uintptr_t)(align - 1);
    tag = (struct tag *)(void *)(block + (at - (uintptr_t)block)) - 1;
    tag->block = block;
    tag->size = size;
    tag->align = align;
    m->out += size;
    if (m->out > m->peak) m->peak = m->out;
    return tag + 1;
}

static void release(void *ctx, void *ptr, size_t size, size_t align)
{
    struct memory *m = ctx;
    struct tag *tag = (struct tag *)ptr - 1;
    if (tag->size != size || tag->align != align) m->mistakes++;
    m->out -= tag->size;
    free(tag->block);
}

ww_allocator memory_allocator(struct memory *m)
{
    ww_allocator a;
    a.allocate = allocate;
    a.release = release;
    a.ctx = m;
    return a;
}
