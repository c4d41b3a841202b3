/* The unwinder of a library for musl, beside the libgcc_eh.a that musl-gcc links. Debian's is made for glibc: it asks glibc (2.35 and
 * newer) for the table of the code at `pc`, and it takes for granted that a program with threads has all their functions: its
 * references to them are weak, so they would be null where nothing else needs them. Without these no panic could be caught. */
#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/* As glibc has it on systems without eh_dbase. */
struct dl_find_object {
    unsigned long long dlfo_flags;
    void *dlfo_map_start, *dlfo_map_end;
    struct link_map *dlfo_link_map;
    void *dlfo_eh_frame;
    unsigned long long reserved[7];
};

void (*const ww_musl_unwinder_needs[])(void) = {
    (void (*)(void))pthread_once,        (void (*)(void))pthread_mutex_lock,  (void (*)(void))pthread_mutex_unlock,
    (void (*)(void))pthread_getspecific, (void (*)(void))pthread_setspecific, (void (*)(void))pthread_key_create,
};

struct search {
    uintptr_t pc;
    struct dl_find_object *found;
};

static int look(struct dl_phdr_info *info, size_t size, void *data)
{
    struct search *search = data;
    int has_pc = 0;
    void *table = NULL;
    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        const uintptr_t at = info->dlpi_addr + part->p_vaddr;
        has_pc |= part->p_type == PT_LOAD && search->pc - at < part->p_memsz;
        if (part->p_type == PT_GNU_EH_FRAME)
            table = (void *)at;
    }
    if (!has_pc || table == NULL)
        return 0;
    *search->found = (struct dl_find_object){ .dlfo_eh_frame = table };
    return 1;
}

int _dl_find_object(void *pc, struct dl_find_object *found);
int _dl_find_object(void *pc, struct dl_find_object *found)
{
    struct search search = { (uintptr_t)pc, found };
    return dl_iterate_phdr(look, &search) == 1 ? 0 : -1;
}
