/* Two ends of a connection on one loop: accept, connect, send, receive, the end, close. */
#include "loop.h"

#include <string.h>

enum { LISTENER = 1, CLIENT = 2, SERVER = 3 };

struct ends {
    ww_loop *loop;
    ww_socket listener, client, server;
};

static struct ends connected(void)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    struct ends ends = {NULL, 0, 0, 0};
    ww_address at, of_client, of_peer;
    int is_connected = 0;
    ends.loop = loop_new();
    ends.listener = loop_listen(ends.loop, LISTENER, &at);
    CHECK(ww_loop_connect(ends.loop, &at, NULL, CLIENT, &ends.client, &error) == WW_OK);
    while (!is_connected || ends.server == 0) {
        const ww_completion done = loop_next(ends.loop);
        CHECK(done.code == WW_OK);
        if (done.kind == WW_COMPLETION_CONNECTED) {
            CHECK(done.socket == ends.client && done.token == CLIENT);
            is_connected = 1;
        } else {
            CHECK(done.kind == WW_COMPLETION_ACCEPTED && done.socket == ends.listener && done.token == LISTENER);
            ends.server = done.accepted;
        }
    }
    CHECK(ww_loop_set_token(ends.loop, ends.server, SERVER) == WW_OK);
    CHECK(ww_loop_address(ends.loop, ends.client, &of_client) == WW_OK);
    CHECK(ww_loop_peer(ends.loop, ends.server, &of_peer) == WW_OK);
    CHECK(memcmp(&of_client, &of_peer, sizeof of_peer) == 0);
    return ends;
}

static void expect(const struct ends *ends, const char *octets)
{
    const size_t len = strlen(octets);
    size_t at = 0;
    while (at < len) {
        const ww_completion done = loop_next(ends->loop);
        CHECK(done.kind == WW_COMPLETION_RECEIVED && done.code == WW_OK && done.socket == ends->server && done.token == SERVER);
        CHECK(done.data.len > 0 && done.data.len <= len - at && memcmp(done.data.data, octets + at, done.data.len) == 0);
        at += done.data.len;
    }
}

/* While a send is in progress there is no other, and its completion comes. */
static void one_send_at_a_time(void)
{
    static char large[1 << 20];
    const struct ends ends = connected();
    size_t taken = 0, total = 0, received = 0;
    int is_sent = 0;
    ww_iovec piece;
    piece.iov_base = large;
    piece.iov_len = sizeof large;
    while (ww_loop_send(ends.loop, ends.client, &piece, 1, &taken) == WW_OK)
        total += taken;
    total += taken;
    CHECK(ww_loop_send(ends.loop, ends.client, &piece, 1, &taken) == WW_E_STATE && taken == 0);
    CHECK(ww_loop_room(ends.loop, ends.client) == WW_E_STATE);
    CHECK(ww_loop_receive(ends.loop, ends.server) == WW_OK);
    while (!is_sent || received < total) {
        const ww_completion done = loop_next(ends.loop);
        is_sent |= done.kind == WW_COMPLETION_SENT;
        total += done.kind == WW_COMPLETION_SENT ? done.n : 0;
        received += done.data.len;
    }
    CHECK(ww_loop_room(ends.loop, ends.client) == WW_OK && ww_loop_send(ends.loop, ends.client, &piece, 1, NULL) == WW_E_STATE);
    CHECK(ww_loop_cancel(ends.loop, ends.client, WW_CANCEL_ROOM) == WW_OK);
    piece.iov_len = 1;
    CHECK(ww_loop_send(ends.loop, ends.client, &piece, 1, NULL) == WW_OK);
    ww_loop_free(ends.loop);
}

void test_echo(void)
{
    struct ends ends = connected();
    ww_loop *const loop = ends.loop;
    ww_completion done;
    CHECK(ww_loop_receive(loop, ends.server) == WW_OK);
    loop_send(loop, ends.client, "hello", 5);
    expect(&ends, "hello");
    /* What is cancelled comes first when it is asked for again. */
    CHECK(ww_loop_cancel(loop, ends.server, WW_CANCEL_RECEIVE) == WW_OK);
    loop_send(loop, ends.client, "kept", 4);
    CHECK(loop_is_quiet(loop));
    CHECK(ww_loop_receive(loop, ends.server) == WW_OK);
    expect(&ends, "kept");
    CHECK(ww_loop_room(loop, ends.server) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_SENT && done.n == 0 && done.token == SERVER);
    CHECK(ww_loop_shutdown_write(loop, ends.client) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_RECEIVED && done.code == WW_OK && done.data.len == 0);
    /* The end comes once, and our own end of both sides is no news. */
    CHECK(ww_loop_receive(loop, ends.server) == WW_E_STATE);
    CHECK(ww_loop_shutdown_write(loop, ends.server) == WW_OK && loop_is_quiet(loop));
    CHECK(ww_loop_close(loop, ends.client) == WW_OK);
    CHECK(ww_loop_close(loop, ends.client) == WW_E_GONE);
    CHECK(loop_is_quiet(loop));
    ww_loop_free(loop);
    one_send_at_a_time();
}
