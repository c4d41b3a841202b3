/* Arguments that are null, out of range or unknown are refused, and nothing has happened then. */
#ifndef TEST_ARGUMENTS_H
#define TEST_ARGUMENTS_H
#include "../harness.h"

/* What a refused call must not change. */
struct picture {
    uint32_t state;
    uint64_t deadline;
    size_t memory, queued;
};

struct picture look(struct harness *h);
int same(struct harness *h, struct picture before);

/* handles.c */
void without_handles(void);
void workspaces(void);
void configs(struct harness *h);
void driving(struct harness *h);

/* reserved.c, results.c */
void reserved_members(struct harness *h);
void results(struct harness *h);

/* messages.c */
void statuses(struct harness *h);
void responses(struct harness *h);
void writing(struct harness *h);
void requests(struct harness *h);

#endif
