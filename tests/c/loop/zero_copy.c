/* Pieces that are lent to the system: what they are sent as, when they are free again, and a close before that. */
#include "loop.h"

enum { SIZE = 3 << 20, PIECE = 200 << 10, LISTENER = 1, CLIENT = 2 };

/* A client that sends, and what the server has of it. */
struct ends {
    ww_loop *loop;
    ww_socket client, server;
    size_t sent, received, lent, released;
    int waits, is_closed;
};

static unsigned char octets[SIZE];

static unsigned char octet(size_t at) { return (unsigned char)(at * 7 + at / 251); }

static void compare(struct ends *ends, ww_span data)
{
    size_t i;
    for (i = 0; i < data.len && data.data[i] == octet(ends->received + i); i++)
        ;
    CHECK(i == data.len);
    ends->received += i;
}

static void take(struct ends *ends, const ww_completion *done)
{
    CHECK(done->code == WW_OK);
    switch ((ww_completion_kind)done->kind) {
    case WW_COMPLETION_ACCEPTED: ends->server = done->accepted; break;
    case WW_COMPLETION_CONNECTED: ends->waits = 0; break;
    case WW_COMPLETION_SENT:
        ends->sent += done->n;
        ends->waits = 0;
        break;
    case WW_COMPLETION_RECEIVED: compare(ends, done->data); break;
    case WW_COMPLETION_RELEASED:
        CHECK(done->socket == ends->client && done->token == CLIENT);
        CHECK(done->n > 0 && (done->flags & ~WW_RELEASE_COPIED) == 0);
        ends->released += done->n;
        CHECK(ends->released <= ends->lent);
        break;
    case WW_COMPLETION_CLOSED:
        CHECK(done->socket == ends->client);
        ends->is_closed = 1;
        break;
    default: CHECK(0);
    }
}

static struct ends connected(void)
{
    struct ends ends = {NULL, 0, 0, 0, 0, 0, 0, 1, 0};
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_address at;
    ends.loop = loop_new();
    loop_listen(ends.loop, LISTENER, &at);
    CHECK(ww_loop_connect(ends.loop, &at, NULL, CLIENT, &ends.client, &error) == WW_OK);
    while (ends.waits || ends.server == 0) {
        const ww_completion done = loop_next(ends.loop);
        take(&ends, &done);
    }
    return ends;
}

/* Sends until there is no room, or no more octets. */
static void fill(struct ends *ends)
{
    while (!ends->waits && ends->sent < SIZE) {
        uint32_t lent = 9;
        size_t taken = 0;
        ww_iovec piece;
        piece.iov_base = octets + ends->sent;
        piece.iov_len = SIZE - ends->sent < PIECE ? SIZE - ends->sent : PIECE;
        ends->waits = ww_loop_send_zero_copy(ends->loop, ends->client, &piece, 1, &taken, &lent) == WW_PAUSED;
        CHECK(lent <= 1 && (ends->waits || taken == piece.iov_len));
        ends->lent += lent;
        ends->sent += taken;
    }
}

static void comes_as_it_was_sent(void)
{
    struct ends ends = connected();
    ww_loop_info info = WW_LOOP_INFO_INIT;
    size_t i;
    for (i = 0; i < SIZE; i++)
        octets[i] = octet(i);
    CHECK(ww_loop_get_info(ends.loop, &info) == WW_OK);
    CHECK(ww_loop_receive(ends.loop, ends.server) == WW_OK);
    while (ends.received < SIZE || ends.released < ends.lent || ends.waits) {
        ww_completion done;
        fill(&ends);
        done = loop_next(ends.loop);
        take(&ends, &done);
    }
    CHECK((ends.lent > 0) == ((info.flags & WW_LOOP_INFO_LENDS) != 0));
    CHECK(loop_is_quiet(ends.loop) && ww_loop_close(ends.loop, ends.client) == WW_OK);
    ww_loop_free(ends.loop);
}

/* The close waits for the server, which gets everything and then the end. */
static void is_closed_when_it_came(void)
{
    struct ends ends = connected();
    ww_status status;
    fill(&ends);
    status = ww_loop_close(ends.loop, ends.client);
    CHECK(status == (ends.lent > 0 ? WW_PAUSED : WW_OK));
    ends.is_closed = status == WW_OK;
    CHECK(ww_loop_close(ends.loop, ends.client) == WW_E_GONE);
    CHECK(ww_loop_receive(ends.loop, ends.server) == WW_OK);
    for (;;) {
        const ww_completion done = loop_next(ends.loop);
        take(&ends, &done);
        if (done.kind == WW_COMPLETION_RECEIVED && done.data.len == 0)
            break;
    }
    CHECK(ends.received >= ends.sent);
    while (!ends.is_closed) {
        const ww_completion done = loop_next(ends.loop);
        take(&ends, &done);
    }
    CHECK(loop_is_quiet(ends.loop));
    ww_loop_free(ends.loop);
}

void test_zero_copy(void)
{
    struct ends ends = connected();
    uint32_t lent = 9;
    size_t taken = 9;
    ww_iovec piece;
    piece.iov_base = NULL;
    piece.iov_len = 1;
    CHECK(ww_loop_send_zero_copy(ends.loop, ends.client, &piece, 1, &taken, &lent) == WW_E_ARGUMENT && taken == 0 && lent == 0);
    piece.iov_base = octets;
    CHECK(ww_loop_send_zero_copy(ends.loop, ends.client, &piece, 1, &taken, NULL) == WW_E_ARGUMENT);
    CHECK(ww_loop_send_zero_copy(ends.loop, ends.client, NULL, 0, NULL, &lent) == WW_OK && lent == 0);
    CHECK(ww_loop_send_zero_copy(ends.loop, UINT64_MAX, &piece, 1, &taken, &lent) == WW_E_GONE);
    ww_loop_free(ends.loop);
    comes_as_it_was_sent();
    is_closed_when_it_came();
}
