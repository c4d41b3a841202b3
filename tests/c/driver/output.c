/* Output: what was given out keeps its address and octets until it is given back by ww_conn_sent. */
#include "driver.h"
#include <string.h>

static size_t total(const ww_iovec *iov, size_t count)
{
    size_t i, sum = 0;
    for (i = 0; i < count; i++) sum += iov[i].iov_len;
    return sum;
}

/* The peer takes octets; what it opens is the output, where it speaks TLS. */
static void taken(struct driver *d, ww_span span)
{
    if (d->peer.tls != NULL) {
        peer_hear(&d->peer, span.data, span.len, &d->wire.bytes);
        return;
    }
    printf("OUT ");
    for (; span.len > 0; span.data++, span.len--) printf("%02x", *span.data);
    putchar('\n');
}

/* The peer takes the first `n` octets. */
static void sent(struct driver *d, const ww_iovec *iov, size_t n)
{
    ww_span span;
    size_t i, rest = n;
    for (i = 0; rest > 0; i++) {
        span.data = iov[i].iov_base;
        span.len = iov[i].iov_len < rest ? iov[i].iov_len : rest;
        rest -= span.len;
        taken(d, span);
    }
    d->given.count = 0;
    if (ww_conn_sent(d->conn, n, d->now) != WW_OK) broken("ww_conn_sent refused what was given out");
}

/* Are the pieces given out before still there, octet for octet, at the head of `iov`? */
static void compare_given(struct given *g, const ww_iovec *iov, size_t count)
{
    size_t i, at = 0;
    for (i = 0; i < g->count; i++) {
        int there = i < count && g->at[i] == iov[i].iov_base && g->len[i] <= iov[i].iov_len;
        if (!there || memcmp(g->copy.data + at, g->at[i], g->len[i]) != 0) {
            broken("output moved or changed before it was sent");
            return;
        }
        at += g->len[i];
    }
}

/* Asks for output, compares it with what was given out before, and remembers it. */
static size_t look(struct driver *d, ww_iovec *iov)
{
    struct given *g = &d->given;
    size_t i, count = ww_conn_output(d->conn, iov, PIECES_MAX);
    /* At the end what is queued is dropped; that it stays readable is for inflight.c to see. */
    if (!(ww_conn_state(d->conn) & WW_STATE_CLOSE)) compare_given(g, iov, count);
    bytes_clear(&g->copy);
    g->count = count;
    for (i = 0; i < count; i++) {
        g->at[i] = iov[i].iov_base;
        g->len[i] = iov[i].iov_len;
        bytes_add(&g->copy, iov[i].iov_base, iov[i].iov_len);
    }
    return count;
}

void take_output(struct driver *d)
{
    ww_iovec iov[PIECES_MAX];
    size_t count = look(d, iov);
    while (count > 0 && !d->hold && !d->delayed) {
        sent(d, iov, total(iov, count));
        count = look(d, iov);
    }
}

/* Delayed output: gives back 1, 3, 5, … 13 octets. What remains must lie where it was given out. */
int send_odd_piece(struct driver *d)
{
    ww_iovec iov[PIECES_MAX];
    const uint8_t *next = NULL;
    size_t n, i = 0, count = look(d, iov);
    if (count == 0 || d->hold) return 0;
    d->odd = d->odd % 13 + 2;
    n = d->odd < total(iov, count) ? d->odd : total(iov, count);
    for (i = 0; i < count; i++) {
        size_t before = total(iov, i);
        if (n >= before && n < before + iov[i].iov_len) next = (const uint8_t *)iov[i].iov_base + (n - before);
    }
    sent(d, iov, n);
    count = look(d, iov);
    if (next != NULL && (count == 0 || iov[0].iov_base != next)) broken("output moved when a part of it was sent");
    return 1;
}
