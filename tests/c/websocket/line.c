#include "line.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char OPEN[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
static const char KEY[] = "Sec-WebSocket-Key: ";

static void add(struct line *l, const char *text)
{
    const size_t len = strlen(l->log);
    if (len + strlen(text) < sizeof l->log) memcpy(l->log + len, text, strlen(text) + 1);
}

static void add_octets(struct line *l, ww_span octets)
{
    size_t i;
    for (i = 0; i < octets.len; i++) {
        char one[8];
        const uint8_t c = octets.data[i];
        snprintf(one, sizeof one, c > 32 && c < 127 ? "%c" : "<%02x>", c);
        add(l, one);
    }
}

/* Parts of a message are joined where nothing else came between them. */
static void add_message(struct line *l, const ww_event *ev)
{
    const size_t len = strlen(l->log);
    if (!(ev->flags & WW_EVENT_FLAG_FIRST) && len > 3 && memcmp(l->log + len - 3, "...", 3) == 0) {
        l->log[len - 3] = 0;
    } else {
        add(l, "; ");
        if (!(ev->flags & WW_EVENT_FLAG_FIRST)) add(l, "+");
        add(l, ev->flags & WW_EVENT_FLAG_TEXT ? "text " : "data ");
    }
    add_octets(l, ev->data);
    if (!(ev->flags & WW_EVENT_FLAG_LAST)) add(l, "...");
}

static void add_end(struct line *l, const ww_event *ev)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    char text[80];
    if (ev->kind == WW_EVENT_CLOSE_FRAME) {
        snprintf(text, sizeof text, "; close %d ", (int)ev->code);
    } else {
        CHECK(ww_conn_error(l->h.conn, &info) == WW_OK && info.code == ev->code);
        snprintf(text, sizeof text, "; error %d %s", info.http_status, info.rule);
    }
    add(l, text);
    add_octets(l, ev->data);
}

static void take(struct line *l, const ww_event *ev)
{
    switch (ev->kind) {
    case WW_EVENT_MESSAGE: add_message(l, ev); break;
    case WW_EVENT_PING:
    case WW_EVENT_PONG:
        add(l, ev->kind == WW_EVENT_PING ? "; ping " : "; pong ");
        add_octets(l, ev->data);
        break;
    case WW_EVENT_CLOSE_FRAME:
    case WW_EVENT_ERROR: add_end(l, ev); break;
    default: break;
    }
}

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
        while (ww_conn_next(l->h.conn, &ev) == WW_OK) take(l, &ev);
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

static void open_client(struct line *l)
{
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    static const char head[] = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ";
    char answer[sizeof head + WW_WS_ACCEPT_LEN + 4];
    ww_span key = { NULL, 24 };
    const char *at;
    handshake.authority = (ww_span)WW_LIT("a");
    CHECK(ww_conn_request_websocket(l->h.conn, &handshake) == WW_OK);
    line_turn(l);
    at = strstr(l->h.output, KEY);
    if (at == NULL) abort();
    key.data = (const uint8_t *)at + sizeof KEY - 1;
    memcpy(answer, head, sizeof head - 1);
    CHECK(ww_ws_accept_key(key, (uint8_t *)answer + sizeof head - 1) == WW_OK);
    memcpy(answer + sizeof head - 1 + WW_WS_ACCEPT_LEN, "\r\n\r\n", 4);
    line_receive(l, (const uint8_t *)answer, sizeof head - 1 + WW_WS_ACCEPT_LEN + 4);
}

void line_open(struct line *l, const char *how)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    const int is_client = strstr(how, "client") != NULL;
    config.role = is_client ? WW_ROLE_CLIENT : WW_ROLE_SERVER;
    if (strchr(how, ' ') != NULL) config.flags |= WW_CONN_MESSAGE_PARTS;
    if (strstr(how, "huge") != NULL) config.message_max = config.frame_max = UINT64_MAX;
    l->log[0] = 0;
    CHECK(harness_open_with(&l->h, &config, 0));
    if (is_client) {
        open_client(l);
    } else {
        line_receive(l, (const uint8_t *)OPEN, sizeof OPEN - 1);
        CHECK(ww_conn_accept_websocket(l->h.conn, NULL) == WW_OK);
        line_turn(l);
    }
    l->log[0] = 0;
    l->h.output_len = 0;
    l->h.memory.peak = l->h.memory.out;
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
        CHECK(ww_ws_mask((uint8_t *)frames + to + 2, payload, key, 0) == WW_OK);
        to += 2 + payload;
        from += 6 + payload;
    }
    CHECK(from == len);
    return to;
}
