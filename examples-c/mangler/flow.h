/* Octets that have come and not yet gone: a ring, in which each stretch has a time before which it does not go. */
#ifndef MANGLER_FLOW_H
#define MANGLER_FLOW_H

#include <wireway.h>

enum { FLOW_SIZE = 1 << 15, FLOW_STRETCHES = 64, RECEIVE_SIZE = 1 << 13 };

struct flow {
    size_t first, len; /* of `octets` */
    size_t first_stretch, stretch_count;
    struct stretch {
        uint64_t due; /* in milliseconds, like ww_loop_now() */
        size_t len;
    } stretches[FLOW_STRETCHES];
    char octets[FLOW_SIZE];
};

/* Whether flow_put() may be called with as many as RECEIVE_SIZE octets. */
int flow_has_room(const struct flow *flow);

/* Copies octets in. They may go at the time `due`, but not before octets that came earlier. Those stay where they are, since a
 * send may be reading them. */
void flow_put(struct flow *flow, ww_span octets, uint64_t due);

/* When the first octets may go; UINT64_MAX: there are none. */
uint64_t flow_due(const struct flow *flow);

/* The octets that may go at the time `now`, no more than `most`; answers how many pieces they are: one or two, or 0. */
size_t flow_pieces(struct flow *flow, uint64_t now, uint64_t most, ww_iovec pieces[2]);

/* The first `n` octets have gone. */
void flow_take(struct flow *flow, size_t n);

#endif
