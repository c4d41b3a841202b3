/* A server on a loop, beside the loop's own sockets, and in each order of their ends. */
#include "loop.h"

#include <string.h>

enum { SERVER = 9, CLIENT = 10, TIMER = 11 };

static const char REQUEST[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

static ww_server *serving(ww_loop *loop, ww_address *at)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_server *server = NULL;
    char text[64];
    size_t needed = 0;
    CHECK(ww_server_new_on(loop, NULL, SERVER, &server, &error) == WW_OK && server != NULL);
    CHECK(ww_server_listen(server, "127.0.0.1:0", &error) == WW_OK);
    CHECK(ww_server_address(server, 0, text, sizeof text, &needed) == WW_OK);
    CHECK(ww_address_parse(ww_span_from(text), at, &error) == WW_OK);
    return server;
}

/* Lets the server work until it has nothing to do; answers how that ended. */
static ww_status work(ww_server *server)
{
    ww_response response = WW_RESPONSE_INIT;
    ww_event event;
    ww_status status;
    response.status = 200;
    response.content = ww_span_from("on a loop");
    while ((status = ww_server_next(server, &event, 0)) == WW_OK)
        if (event.flags & WW_EVENT_FLAG_LAST)
            CHECK(ww_server_respond(server, event.conn, &response) == WW_OK);
    return status;
}

/* Asks, and waits for the whole answer; a timer of the loop runs beside it. */
static void ask(ww_loop *loop, ww_server *server, ww_socket client)
{
    char answer[1024];
    size_t len = 0, taken = 0;
    int has_timer = 0;
    ww_iovec piece;
    piece.iov_base = (void *)REQUEST;
    piece.iov_len = sizeof REQUEST - 1;
    CHECK(ww_loop_set_timer(loop, 0, ww_loop_now(loop) + 1, TIMER) == WW_OK);
    CHECK(ww_loop_send(loop, client, &piece, 1, &taken) == WW_OK);
    while (!has_timer || len < 9 || memcmp(answer + len - 9, "on a loop", 9) != 0) {
        const ww_completion done = loop_next(loop);
        if (done.token == SERVER) {
            CHECK(done.kind == WW_COMPLETION_SERVER && work(server) == WW_TIMEOUT);
            CHECK(ww_loop_close(loop, done.socket) == WW_E_STATE);
        } else if (done.token == TIMER) {
            has_timer = 1;
        } else {
            CHECK(done.kind == WW_COMPLETION_RECEIVED && done.data.len > 0 && done.data.len < sizeof answer - len);
            memcpy(answer + len, done.data.data, done.data.len);
            len += done.data.len;
        }
    }
}

static ww_socket client_of(ww_loop *loop, ww_server *server, const ww_address *at)
{
    ww_socket client = 0;
    int is_connected = 0;
    CHECK(ww_loop_connect(loop, at, NULL, CLIENT, &client, NULL) == WW_OK);
    while (!is_connected) {
        const ww_completion done = loop_next(loop);
        if (done.kind == WW_COMPLETION_SERVER)
            CHECK(work(server) == WW_TIMEOUT);
        else
            is_connected = done.kind == WW_COMPLETION_CONNECTED && done.code == WW_OK;
    }
    CHECK(ww_loop_receive(loop, client) == WW_OK);
    return client;
}

void test_server(void)
{
    ww_loop *const loop = loop_new();
    ww_address first_at, second_at;
    ww_server *const first = serving(loop, &first_at), *const second = serving(loop, &second_at);
    ww_socket client = client_of(loop, first, &first_at);
    ww_status status = WW_TIMEOUT;
    ask(loop, first, client);
    ask(loop, first, client);
    /* A drain has a deadline, of which the descriptor says nothing. */
    CHECK(ww_server_drain(first, 20) == WW_OK);
    while (status != WW_DONE)
        if (loop_next(loop).kind == WW_COMPLETION_SERVER)
            status = work(first);
    ww_server_free(first);
    CHECK(ww_loop_close(loop, client) == WW_OK);
    while (ww_loop_next(loop, &(ww_completion){0}, 0) == WW_OK)
        continue;
    /* The other one is not disturbed, and outlives the loop. */
    client = client_of(loop, second, &second_at);
    ask(loop, second, client);
    ww_loop_free(loop);
    CHECK(work(second) == WW_TIMEOUT);
    ww_server_free(second);
}
