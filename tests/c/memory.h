/* An allocator for ww_workspace_config that counts, and fails when told to. */
#ifndef TEST_MEMORY_H
#define TEST_MEMORY_H
#include <stddef.h>
#include <wireway.h>

struct memory {
    size_t out;      /* octets not given back */
    size_t peak;     /* the most there were since it was last set to `out` */
    size_t calls;    /* allocations asked for */
    size_t fail_at;  /* the call of this number fails, counted from 1; 0: none does */
    size_t mistakes; /* sizes or alignments that a release got wrong */
};

/* The allocator whose ctx is `m`. */
ww_allocator memory_allocator(struct memory *m);

#endif
