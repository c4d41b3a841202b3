#include "flow.h"
#include <string.h>

static size_t smaller(uint64_t a, size_t b)
{
    return a < b ? (size_t)a : b;
}

static struct stretch *stretch_at(struct flow *flow, size_t i)
{
    return &flow->stretches[(flow->first_stretch + i) % FLOW_STRETCHES];
}

int flow_has_room(const struct flow *flow)
{
    return FLOW_SIZE - flow->len >= RECEIVE_SIZE && flow->stretch_count < FLOW_STRETCHES;
}

void flow_put(struct flow *flow, ww_span octets, uint64_t due)
{
    const size_t at = (flow->first + flow->len) % FLOW_SIZE, before_end = smaller(octets.len, FLOW_SIZE - at);
    struct stretch *last = flow->stretch_count > 0 ? stretch_at(flow, flow->stretch_count - 1) : NULL;
    memcpy(flow->octets + at, octets.data, before_end);
    memcpy(flow->octets, octets.data + before_end, octets.len - before_end);
    flow->len += octets.len;
    if (last == NULL || last->due < due) {
        last = stretch_at(flow, flow->stretch_count++);
        *last = (struct stretch){ .due = due };
    }
    last->len += octets.len;
}

uint64_t flow_due(const struct flow *flow)
{
    return flow->stretch_count > 0 ? flow->stretches[flow->first_stretch].due : UINT64_MAX;
}

size_t flow_pieces(struct flow *flow, uint64_t now, uint64_t most, ww_iovec pieces[2])
{
    size_t len = 0;
    for (size_t i = 0; i < flow->stretch_count && stretch_at(flow, i)->due <= now; i++)
        len += stretch_at(flow, i)->len;
    len = smaller(most, len);
    const size_t before_end = smaller(len, FLOW_SIZE - flow->first);
    pieces[0] = (ww_iovec){ .iov_base = flow->octets + flow->first, .iov_len = before_end };
    pieces[1] = (ww_iovec){ .iov_base = flow->octets, .iov_len = len - before_end };
    return (size_t)(len > 0) + (len > before_end);
}

void flow_take(struct flow *flow, size_t n)
{
    flow->first = (flow->first + n) % FLOW_SIZE;
    flow->len -= n;
    while (n > 0) {
        struct stretch *const stretch = stretch_at(flow, 0);
        const size_t part = smaller(n, stretch->len);
        stretch->len -= part;
        n -= part;
        if (stretch->len == 0) {
            flow->first_stretch = (flow->first_stretch + 1) % FLOW_STRETCHES;
            flow->stretch_count--;
        }
    }
}
