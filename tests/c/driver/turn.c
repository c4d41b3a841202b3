/* The loop of DESIGN: lend, drain events, take output; and time. */
#include "driver.h"
#include <stdlib.h>
#include <string.h>

enum { TURNS_MAX = 100000 };

/* The drain is over: the buffer is ours again. Late reads of it meet a freed block. */
void forget_lend(struct driver *d)
{
    if (d->lent == NULL) return;
    memset(d->lent, 0xDD, d->lent_len);
    free(d->lent);
    d->lent = NULL;
}

static void drain_events(struct driver *d)
{
    ww_event ev;
    while ((d->last = ww_conn_next(d->conn, &ev)) == WW_OK) {
        print_event(d, &ev);
        app_event(d, &ev);
    }
    forget_lend(d);
    if (d->last < 0) printf("NEXT code=%d\n", d->last);
}

static void turn(struct driver *d)
{
    int turns = 0;
    do {
        drain_events(d);
        take_output(d);
    } while ((ww_conn_state(d->conn) & WW_STATE_EVENTS) && ++turns < TURNS_MAX);
    if (turns == TURNS_MAX) broken("WW_STATE_EVENTS never ends");
    (void)ww_conn_deadline(d->conn, d->now);
}

static int lend(struct driver *d)
{
    struct wire *w = &d->wire;
    size_t n = w->bytes.len - w->at;
    ww_status status;
    if (n > READ_SIZE) n = READ_SIZE;
    d->lent = malloc(n);
    if (d->lent == NULL) abort();
    d->lent_len = n;
    memcpy(d->lent, w->bytes.data + w->at, n);
    status = ww_conn_receive(d->conn, d->lent, n, d->now);
    if (status != WW_OK) {
        printf("RECEIVE code=%d\n", (int)status);
        forget_lend(d);
        return 0;
    }
    w->at += n;
    return 1;
}

/* Reads once from the peer, if the connection wants to. */
static int feed(struct driver *d)
{
    struct wire *w = &d->wire;
    uint32_t state = ww_conn_state(d->conn);
    if (state & WW_STATE_CLOSE) {
        w->at = w->bytes.len;
        w->eof = 0;
    }
    if (!(state & WW_STATE_WANT_READ)) return 0;
    if (w->at < w->bytes.len) return lend(d);
    bytes_clear(&w->bytes);
    w->at = 0;
    if (!w->eof) return 0;
    w->eof = 0;
    if (ww_conn_receive_eof(d->conn, w->clean, d->now) != WW_OK) broken("ww_conn_receive_eof was refused");
    return 1;
}

/* Turns until nothing more happens by itself. */
void pump(struct driver *d)
{
    do turn(d);
    while (feed(d) || (d->delayed && send_odd_piece(d)));
}

void pass_time(struct driver *d, uint64_t ms)
{
    uint64_t until = d->now + ms;
    int ticks = 0;
    for (;;) {
        uint64_t due = ww_conn_deadline(d->conn, d->now);
        if (due > until || ++ticks > TURNS_MAX) break;
        if (due > d->now) d->now = due;
        if (ww_conn_tick(d->conn, d->now) != WW_OK) broken("ww_conn_tick was refused");
        pump(d);
    }
    if (ticks > TURNS_MAX) broken("ww_conn_tick does not move the deadline");
    d->now = until;
}
