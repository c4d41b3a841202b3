/* A message made once and sent on many connections by many threads: the same frame on each, and nothing left behind. */
#include "harness.h"
#include <pthread.h>
#include <string.h>

static const char OPEN[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
static const char FRAME[] = "\x81\x05Hello";

enum { THREADS = 4, TIMES = 1000 };

struct socket {
    struct harness h;
    const ww_ws_prepared *message;
    int sent;
};

static void open_socket(struct harness *h)
{
    h->silent = 1;
    harness_receive_text(h, OPEN);
    CHECK(ww_conn_accept_websocket(h->conn, NULL) == WW_OK);
    harness_turn(h);
    h->output_len = 0;
}

static void *send_often(void *of)
{
    struct socket *s = of;
    int i;
    for (i = 0; i < TIMES; i++) {
        s->sent += ww_conn_send_prepared(s->h.conn, s->message) == WW_OK;
        harness_turn(&s->h);
    }
    return NULL;
}

static int has_all(const struct harness *h)
{
    const size_t len = sizeof FRAME - 1;
    size_t at;
    for (at = 0; at < h->output_len && memcmp(h->output + at, FRAME, len) == 0; at += len) { }
    return at == TIMES * len && at == h->output_len;
}

static void many_threads(void)
{
    static struct socket sockets[THREADS];
    pthread_t threads[THREADS];
    ww_ws_prepared *message = NULL;
    int i;
    CHECK(ww_ws_prepare(WW_SEND_TEXT, "Hello", 5, &message) == WW_OK);
    for (i = 0; i < THREADS; i++) {
        CHECK(harness_open(&sockets[i].h, WW_ROLE_SERVER, 0));
        open_socket(&sockets[i].h);
        sockets[i].message = message;
        CHECK(pthread_create(&threads[i], NULL, send_often, &sockets[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    /* What was sent is a copy. */
    ww_ws_prepared_free(message);
    for (i = 0; i < THREADS; i++) {
        CHECK(sockets[i].sent == TIMES);
        CHECK(has_all(&sockets[i].h));
        CHECK(harness_close(&sockets[i].h));
    }
}

static int not_prepared(uint32_t flags, const char *data, size_t len)
{
    ww_ws_prepared *message = (ww_ws_prepared *)&flags;
    ww_status status = ww_ws_prepare(flags, data, len, &message);
    CHECK(message == NULL);
    return status;
}

static void refused(void)
{
    static struct harness h;
    ww_ws_prepared *message = NULL;
    CHECK(not_prepared(WW_SEND_TEXT, NULL, 1) == WW_E_ARGUMENT);
    CHECK(not_prepared(WW_SEND_TEXT, "\xff", 1) == WW_E_UTF8);
    CHECK(not_prepared(WW_SEND_TEXT_PART | WW_SEND_FIRST, "x", 1) == WW_E_ARGUMENT);
    CHECK(not_prepared(WW_SEND_BINARY_PART | WW_SEND_LAST, "x", 1) == WW_E_ARGUMENT);
    CHECK(not_prepared(1u << 31, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_ws_prepare(WW_SEND_TEXT, "x", 1, NULL) == WW_E_ARGUMENT);
    ww_ws_prepared_free(NULL);
    CHECK(ww_ws_prepare(WW_SEND_BINARY | WW_SEND_UNCOMPRESSED, NULL, 0, &message) == WW_OK);
    CHECK(ww_conn_send_prepared(NULL, message) == WW_E_ARGUMENT);
    CHECK(ww_server_send_prepared(NULL, 1, message) == WW_E_ARGUMENT);
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    CHECK(ww_conn_send_prepared(h.conn, NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_prepared(h.conn, message) == WW_E_STATE);
    open_socket(&h);
    CHECK(ww_conn_send_message(h.conn, WW_SEND_BINARY_PART | WW_SEND_FIRST, "a", 1) == WW_OK);
    CHECK(ww_conn_send_prepared(h.conn, message) == WW_E_STATE);
    CHECK(harness_close(&h));
    ww_ws_prepared_free(message);
}

int main(void)
{
    many_threads();
    refused();
    return check_result();
}
