#include "line.h"
#include <stdlib.h>
#include <string.h>

static const char OPEN[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
static const char KEY[] = "Sec-WebSocket-Key: ";

static void send_all(struct harness *h)
{
    ww_iovec iov;
    while (ww_conn_output(h->conn, &iov, 1) > 0) {
        CHECK(iov.iov_len <= OUTPUT_MAX - h->output_len);
        memcpy(h->output + h->output_len, iov.iov_base, iov.iov_len);
        h->output_len += iov.iov_len;
        CHECK(ww_conn_sent(h->conn, iov.iov_len, h->now) == WW_OK);
    }
}

void line_turn(struct line *l)
{
    ww_event ev;
    do {
        while (ww_conn_next(l->h.conn, &ev) == WW_OK) continue;
        send_all(&l->h);
    } while (ww_conn_state(l->h.conn) & WW_STATE_EVENTS);
}

void line_receive(struct line *l, const uint8_t *octets, size_t len)
{
    /* In memory of exactly its size, which is gone when the lend is over. */
    uint8_t *lent;
    if (!(ww_conn_state(l->h.conn) & WW_STATE_WANT_READ)) return;
    lent = malloc(len);
    if (lent == NULL) abort();
    memcpy(lent, octets, len);
    CHECK(ww_conn_receive(l->h.conn, lent, len, ++l->h.now) == WW_OK);
    line_turn(l);
    free(lent);
}

static void open_client(struct line *l, uint32_t flags)
{
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    static const char head[] = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ";
    char answer[sizeof head + WW_WS_ACCEPT_LEN + 4];
    ww_span key = { NULL, 24 };
    const char *at;
    handshake.authority = (ww_span)WW_LIT("a");
    handshake.flags = flags;
    CHECK(ww_conn_request_websocket(l->h.conn, &handshake) == WW_OK);
    line_turn(l);
    at = strstr(l->h.output, KEY);
    if (at == NULL) abort();
    key.data = (const uint8_t *)at + sizeof KEY - 1;
    memcpy(answer, head, sizeof head - 1);
    CHECK(ww_ws_accept_key(key, answer + sizeof head - 1) == WW_OK);
    memcpy(answer + sizeof head - 1 + WW_WS_ACCEPT_LEN, "\r\n\r\n", 4);
    line_receive(l, (const uint8_t *)answer, sizeof head - 1 + WW_WS_ACCEPT_LEN + 4);
}

void line_open(struct line *l, const char *role)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    const int is_client = strcmp(role, "server") != 0;
    config.role = is_client ? WW_ROLE_CLIENT : WW_ROLE_SERVER;
    CHECK(harness_open_with(&l->h, &config, 0));
    if (is_client) {
        open_client(l, strcmp(role, "client") != 0 ? WW_WS_HANDSHAKE_ANSWERS : 0);
    } else {
        line_receive(l, (const uint8_t *)OPEN, sizeof OPEN - 1);
        CHECK(ww_conn_accept_websocket(l->h.conn, NULL) == WW_OK);
        line_turn(l);
    }
    l->h.output_len = 0;
}

void line_close(struct line *l)
{
    CHECK(harness_close(&l->h));
}

size_t line_unmask(char *frames, size_t len)
{
    size_t from = 0, to = 0;
    while (from + 6 <= len) {
        const size_t payload = (size_t)frames[from + 1] & 0x7f;
        uint8_t key[4];
        CHECK((frames[from + 1] & 0x80) && payload < 126 && from + 6 + payload <= len);
        memcpy(key, frames + from + 2, 4);
        frames[to] = frames[from];
        frames[to + 1] = (char)payload;
        memmove(frames + to + 2, frames + from + 6, payload);
        CHECK(ww_ws_mask(frames + to + 2, payload, key, 0) == WW_OK);
        to += 2 + payload;
        from += 6 + payload;
    }
    CHECK(from == len);
    return to;
}
