#define _POSIX_C_SOURCE 200809L
#include "pair.h"
#include "flow.h"
#include <stdlib.h>
#include <sys/socket.h>

/* How a direction ends when its last octets have gone. */
enum end { OPEN, ENDS, FAILS };

/* The octets from one side to the other. */
struct way {
    struct flow flow;
    struct rules rules;
    uint64_t passed;     /* octets */
    uint64_t not_before; /* the time of the next send */
    enum end end;
    int is_receiving, is_sending;
    int is_done;   /* its end was passed on, or dropped by its rules */
    int is_broken; /* the receiver takes nothing any more: what comes is dropped */
};

struct pair {
    ww_loop *loop;
    uint64_t token;
    uint64_t random; /* 0: nothing is drawn */
    ww_socket sockets[2];
    int open; /* sockets of which completions may still come */
    int is_over;
    struct way ways[2]; /* by the side that the octets come from */
};

/* With a seed a number from 1 to that of a rule, else that number. */
static uint64_t drawn(struct pair *pair, uint64_t most)
{
    if (pair->random == 0 || most == 0 || most == UINT64_MAX)
        return most;
    pair->random ^= pair->random << 13; /* xorshift64 */
    pair->random ^= pair->random >> 7;
    pair->random ^= pair->random << 17;
    return 1 + pair->random % most;
}

/* Closes both sides: as if the program had exited, or by a reset. */
static void end_pair(struct pair *pair, int is_reset)
{
    const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
    intptr_t fd;
    pair->is_over = 1;
    for (int side = 0; side < 2; side++) {
        ww_loop_set_timer(pair->loop, (uint32_t)pair->token + (uint32_t)side, UINT64_MAX, 0);
        if (is_reset && ww_loop_fd(pair->loop, pair->sockets[side], &fd) == WW_OK)
            setsockopt((int)fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        pair->open -= ww_loop_close(pair->loop, pair->sockets[side]) != WW_PAUSED; /* else a send holds octets of the flow */
    }
}

static void advance(struct pair *pair, int from);

/* The receiver of a direction takes nothing any more. What it has sent itself is still passed on; behind that the pair is reset. */
static void break_way(struct pair *pair, int from)
{
    struct way *const way = &pair->ways[from], *const back = &pair->ways[!from];
    way->is_broken = 1;
    way->is_sending = 0;
    flow_take(&way->flow, way->flow.len); /* nothing is put in their place, so that a send may still hold them */
    if (back->end != OPEN) {
        back->end = FAILS;
        advance(pair, !from);
    }
}

static void count(struct pair *pair, struct way *way, size_t n)
{
    flow_take(&way->flow, n);
    way->passed += n;
    way->not_before = way->rules.trickle > 0 ? ww_loop_now(pair->loop) + 1 : 0;
}

/* Answers whether to try it again. */
static int send_some(struct pair *pair, int from)
{
    struct way *const way = &pair->ways[from];
    const struct rules *const rules = &way->rules;
    const uint64_t now = ww_loop_now(pair->loop), limit = rules->cut_after < rules->reset_after ? rules->cut_after : rules->reset_after;
    const uint64_t left = limit - way->passed;
    ww_iovec pieces[2];
    size_t taken;
    if (left == 0)
        return end_pair(pair, rules->reset_after == limit), 0;
    if (way->is_sending || now < way->not_before || now < flow_due(&way->flow))
        return 0;
    const uint64_t trickle = rules->trickle > 0 ? drawn(pair, rules->trickle) : UINT64_MAX;
    const size_t piece_count = flow_pieces(&way->flow, now, trickle < left ? trickle : left, pieces);
    const ww_status status = ww_loop_send(pair->loop, pair->sockets[!from], pieces, piece_count, &taken);
    way->is_sending = status == WW_PAUSED; /* WW_COMPLETION_SENT follows */
    count(pair, way, taken);
    if (status < 0)
        break_way(pair, from);
    return status == WW_OK;
}

/* The end of a direction goes behind its octets. */
static void pass_end(struct pair *pair, int from)
{
    struct way *const way = &pair->ways[from];
    if (way->flow.len > 0 || way->is_sending || way->end == OPEN)
        return;
    if (way->end == FAILS)
        end_pair(pair, 1);
    else if (!way->is_done) {
        way->is_done = 1;
        if (pair->ways[!from].is_done)
            end_pair(pair, 0);
        else if (!way->rules.half_close_drop)
            ww_loop_shutdown_write(pair->loop, pair->sockets[!from]); /* if it has failed, that is told by itself */
    }
}

/* The side that sends waits while there is no room for what it sends. */
static void keep_receiving(struct pair *pair, int from)
{
    struct way *const way = &pair->ways[from];
    const int has_room = way->end == OPEN && flow_has_room(&way->flow);
    ww_status status = WW_OK;
    if (has_room && !way->is_receiving)
        status = ww_loop_receive(pair->loop, pair->sockets[from]);
    else if (!has_room && way->is_receiving)
        status = ww_loop_cancel(pair->loop, pair->sockets[from], WW_CANCEL_RECEIVE);
    way->is_receiving = has_room;
    if (status != WW_OK)
        end_pair(pair, 1);
}

static void set_timer(struct pair *pair, int from)
{
    const struct way *const way = &pair->ways[from];
    const uint64_t due = flow_due(&way->flow), wake = due > way->not_before ? due : way->not_before;
    if (way->flow.len > 0 && !way->is_sending &&
        ww_loop_set_timer(pair->loop, (uint32_t)pair->token + (uint32_t)from, wake, pair->token + (uint64_t)from) != WW_OK)
        end_pair(pair, 1);
}

/* Does all that a direction can do now. */
static void advance(struct pair *pair, int from)
{
    while (!pair->is_over && send_some(pair, from)) {}
    if (!pair->is_over)
        pass_end(pair, from);
    if (!pair->is_over)
        keep_receiving(pair, from);
    if (!pair->is_over)
        set_timer(pair, from);
}

static void on_received(struct pair *pair, int side, const ww_completion *done)
{
    struct way *const way = &pair->ways[side];
    const uint64_t delay = drawn(pair, way->rules.delay_ms);
    if (done->code < 0 || done->data.len == 0)
        way->end = done->code < 0 || pair->ways[!side].is_broken ? FAILS : ENDS;
    else if (!way->is_broken)
        flow_put(&way->flow, done->data, delay > 0 ? ww_loop_now(pair->loop) + delay : 0);
    if (done->code < 0)
        break_way(pair, !side);
    advance(pair, side);
}

static void on_sent(struct pair *pair, int from, const ww_completion *done)
{
    struct way *const way = &pair->ways[from];
    if (way->is_broken)
        return;
    way->is_sending = 0;
    count(pair, way, done->n);
    if (done->code < 0)
        break_way(pair, from);
    advance(pair, from);
}

static void on_connected(struct pair *pair, const ww_completion *done)
{
    if (done->code < 0)
        end_pair(pair, 1);
    advance(pair, 0);
    advance(pair, 1);
}

struct pair *pair_open(ww_loop *loop, ww_socket client, const ww_address *to, const struct options *options, uint64_t token, uint64_t seed)
{
    struct pair *const pair = calloc(1, sizeof *pair);
    if (pair == NULL || ww_loop_connect(loop, to, NULL, token + 1, &pair->sockets[1], NULL) != WW_OK) {
        free(pair);
        ww_loop_close(loop, client);
        return NULL;
    }
    ww_loop_set_token(loop, client, token);
    pair->loop = loop;
    pair->token = token;
    pair->random = seed;
    pair->sockets[0] = client;
    pair->open = 2;
    for (int from = 0; from < 2; from++) {
        struct rules *const rules = &pair->ways[from].rules;
        *rules = options->rules[from];
        rules->cut_after = drawn(pair, rules->cut_after);
        rules->reset_after = drawn(pair, rules->reset_after);
    }
    return pair;
}

int pair_step(struct pair *pair, int side, const ww_completion *done)
{
    pair->open -= done->kind == WW_COMPLETION_CLOSED;
    if (!pair->is_over)
        switch ((ww_completion_kind)done->kind) {
        case WW_COMPLETION_CONNECTED: on_connected(pair, done); break;
        case WW_COMPLETION_RECEIVED: on_received(pair, side, done); break;
        case WW_COMPLETION_SENT: on_sent(pair, !side, done); break;
        case WW_COMPLETION_TIMER: advance(pair, side); break;
        case WW_COMPLETION_HUNG_UP: /* an end alone waits until it is received */
            if (done->flags & WW_READY_FAILED)
                break_way(pair, !side);
            break;
        default: break;
        }
    return !pair->is_over || pair->open > 0;
}
