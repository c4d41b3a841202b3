/* The calls of WebSocket. */
#include "driver.h"
#include <stdlib.h>
#include <string.h>

ww_ws_handshake to_handshake(const struct message *m)
{
    ww_ws_handshake h = WW_WS_HANDSHAKE_INIT;
    h.protocol = m->protocol;
    h.fields = m->fields;
    h.field_count = m->field_count;
    h.target = m->target;
    h.authority = m->authority;
    h.flags = m->handshake_flags;
    return h;
}

/* "text", "text,first", "binary,middle", "text,uncompressed": the flags of ww_conn_send_message(). */
static uint32_t send_flags(const char *words)
{
    const int is_text = strstr(words, "text") != NULL;
    const int is_part = strstr(words, "first") || strstr(words, "middle") || strstr(words, "last");
    uint32_t flags = is_text ? WW_SEND_TEXT : WW_SEND_BINARY;
    if (is_part) flags = is_text ? WW_SEND_TEXT_PART : WW_SEND_BINARY_PART;
    if (strstr(words, "first") != NULL) flags |= WW_SEND_FIRST;
    if (strstr(words, "last") != NULL) flags |= WW_SEND_LAST;
    if (strstr(words, "uncompressed") != NULL) flags |= WW_SEND_UNCOMPRESSED;
    return flags;
}

/* Asks for the WebSocket that a URL names. */
static ww_status open_url(struct driver *d, ww_span text)
{
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    ww_url url = WW_URL_INIT;
    const ww_status status = ww_parse_url(text, 0, &url);
    if (status != WW_OK) return status;
    if (!(url.flags & WW_URL_WEBSOCKET)) broken("not a URL of a WebSocket");
    handshake.target = url.target;
    handshake.authority = url.authority;
    return ww_conn_request_websocket(d->conn, &handshake);
}

int call_websocket(struct driver *d, const char *word, char *line, ww_status *status)
{
    struct message m;
    ww_ws_handshake handshake;
    ww_span span;
    if (strcmp(word, "accept") == 0 || strcmp(word, "open") == 0) {
        parse_message(&m, line);
        handshake = to_handshake(&m);
        *status = word[0] == 'a' ? ww_conn_accept_websocket(d->conn, &handshake) : ww_conn_request_websocket(d->conn, &handshake);
    } else if (strcmp(word, "open-url") == 0) {
        *status = open_url(d, hex_span(line));
    } else if (strcmp(word, "message") == 0) {
        const uint32_t flags = send_flags(next_word(&line));
        span = hex_span(line);
        *status = ww_conn_send_message(d->conn, flags, span.data, span.len);
    } else if (strcmp(word, "ping") == 0) {
        span = hex_span(line);
        *status = ww_conn_ping(d->conn, span.data, span.len);
    } else if (strcmp(word, "close") == 0) {
        const uint16_t code = (uint16_t)strtoul(next_word(&line), NULL, 10);
        *status = ww_conn_close_websocket(d->conn, code, hex_span(line));
    } else {
        return 0;
    }
    return 1;
}
