/* Base64 and server-sent events. */
#include "codec.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In no more room than it needs; into less nothing is written. */
static void encodes(const char *octets, size_t len, uint32_t flags, const char *text)
{
    size_t cap, n = 9, size = strlen(text);
    uint8_t *out = exactly(text, size), *back = exactly(octets, len);
    ww_span from, to;
    from.data = exactly(octets, len);
    from.len = len;
    for (cap = 0; cap < size; cap++) {
        memset(out, '?', size);
        CHECK(ww_base64_encode(from, flags, out, cap, &n) == WW_E_BUFFER && n == size && out[0] == '?');
    }
    CHECK(ww_base64_encode(from, flags, out, size, &n) == WW_OK && n == size && memcmp(out, text, size) == 0);
    to.data = out;
    to.len = n;
    for (cap = 0; cap < len; cap++) CHECK(ww_base64_decode(to, flags, back, cap, &n) == WW_E_BUFFER && n == len);
    memset(back, '?', len);
    CHECK(ww_base64_decode(to, flags, back, len, &n) == WW_OK && n == len && memcmp(back, octets, len) == 0);
    free(out);
    free(back);
    free((void *)from.data);
}

static void h1_sem_12(void)
{
    static const char *const NONE[] = { "Z", "Zg", "Zg=", "Zg===", "=", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm9-", "Zm9_" };
    char text[WW_BASE64_LEN(4) + 1] = "Zm9vYg==";
    uint8_t out[32];
    size_t i, n;
    encodes("", 0, 0, "");
    encodes("f", 1, 0, "Zg==");
    encodes("fo", 2, 0, "Zm8=");
    encodes("foo", 3, 0, "Zm9v");
    encodes("foob", 4, 0, text);
    encodes("foob", 4, WW_BASE64_UNPADDED, "Zm9vYg");
    encodes("\xfb\xff\xfe\0", 4, 0, "+//+AA==");
    encodes("\xfb\xff\xfe\0", 4, WW_BASE64_URL, "-__-AA==");
    encodes("\xfb\xff\xfe\0", 4, WW_BASE64_URL | WW_BASE64_UNPADDED, "-__-AA");
    CHECK(WW_BASE64_LEN(0) == 0 && WW_BASE64_LEN(1) == 4 && WW_BASE64_LEN(3) == 4 && strlen(text) == sizeof text - 1);
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
        CHECK(ww_base64_decode(span(NONE[i]), 0, out, sizeof out, &n) == WW_E_ENCODING && n == 0);
    CHECK(ww_base64_decode(span("Zg=="), WW_BASE64_UNPADDED, out, sizeof out, &n) == WW_E_ENCODING);
    CHECK(ww_base64_decode(span("Zm9/"), WW_BASE64_URL, out, sizeof out, &n) == WW_E_ENCODING);
}

static void writes(const ww_sse_event *event, const char *text)
{
    size_t cap, n = 9, size = strlen(text);
    uint8_t *out = exactly(text, size);
    for (cap = 0; cap < size; cap++) {
        memset(out, '?', size);
        CHECK(ww_write_sse_event(event, out, cap, &n) == WW_E_BUFFER && n == size && out[0] == '?');
    }
    CHECK(ww_write_sse_event(event, out, size, &n) == WW_OK && n == size && memcmp(out, text, size) == 0);
    free(out);
}

static void h1_sem_15(void)
{
    static const char *const LINES[] = { "a\nb", "\r", "a\r\n" };
    ww_sse_event event = WW_SSE_EVENT_INIT, bad;
    uint8_t out[64];
    size_t i, n = 9;
    writes(&event, "\n");
    event.data = span("");
    writes(&event, "data: \n\n");
    event.data = span("a\r\nb\rid: 7\n");
    writes(&event, "data: a\ndata: b\ndata: id: 7\ndata: \n\n");
    event.comment = span("c");
    event.event = span("add");
    event.id = span("");
    event.retry_ms = 4294967295u;
    event.data = span(" x");
    writes(&event, ": c\nevent: add\nid: \nretry: 4294967295\ndata:  x\n\n");
    for (i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        bad = event;
        bad.event = span(LINES[i]);
        CHECK(ww_write_sse_event(&bad, out, sizeof out, &n) == WW_E_FIELD_VALUE && n == 0);
        bad = event;
        bad.id = span(LINES[i]);
        CHECK(ww_write_sse_event(&bad, out, sizeof out, &n) == WW_E_FIELD_VALUE && n == 0);
    }
    bad = event;
    bad.id.data = (const uint8_t *)"a\0b";
    bad.id.len = 3;
    CHECK(ww_write_sse_event(&bad, out, sizeof out, &n) == WW_E_FIELD_VALUE && n == 0);
}

static void add(char found[128], ww_span text, const char *behind)
{
    size_t used = strlen(found);
    if (text.data == NULL) text = span("-");
    (void)snprintf(found + used, 128 - used, "%.*s%s", (int)text.len, (const char *)text.data, behind);
}

/* Adds `type|id|data|retry;` of each event of a piece. */
static void read_piece(ww_sse_reader *reader, const uint8_t *room, const char *octets, size_t len, char found[128])
{
    uint8_t *piece = exactly(octets, len);
    ww_sse_event event = WW_SSE_EVENT_INIT;
    size_t done = 0, consumed;
    ww_status status;
    while ((status = ww_sse_next(reader, piece + done, len - done, &consumed, &event)) == WW_OK) {
        char retry[16];
        CHECK(event.data.data == room && event.comment.data == NULL && event.size == sizeof event);
        (void)snprintf(retry, sizeof retry, "|%u;", (unsigned)event.retry_ms);
        add(found, event.event, "|");
        add(found, event.id, "|");
        add(found, event.data, retry);
        done += consumed;
    }
    CHECK(status == WW_NEED_INPUT && done + consumed == len && event.data.data == NULL);
    free(piece);
}

static void reads(const char *stream, size_t size, const char *expected)
{
    uint8_t room[32];
    char found[128] = "";
    ww_sse_reader reader = WW_SSE_READER_INIT;
    size_t at, len = strlen(stream);
    CHECK(ww_sse_start(&reader, room, sizeof room) == WW_OK);
    for (at = 0; at < len; at += size) read_piece(&reader, room, stream + at, size < len - at ? size : len - at, found);
    CHECK(strcmp(found, expected) == 0);
}

static void h1_sem_16(void)
{
    static const char STREAM[] = ": hello\n\nevent: add\r\nid: 17\rretry: 5\ndata: a\rdata:b\r\n\r\ndata\n\nid\ndata: c\n\ndata: d\n";
    size_t size;
    for (size = 1; size <= sizeof STREAM; size++) reads(STREAM, size, "add|17|a\nb|5;-|17||5;-||c|5;");
}

static void arguments_sse(void)
{
    uint8_t room[8];
    const uint8_t *in = (const uint8_t *)"data: 1234";
    ww_sse_reader reader = WW_SSE_READER_INIT;
    ww_sse_event event = WW_SSE_EVENT_INIT;
    size_t n = 9;
    CHECK(ww_sse_next(&reader, in, 1, &n, &event) == WW_E_STATE && n == 0);
    CHECK(ww_sse_start(NULL, room, 8) == WW_E_ARGUMENT && ww_sse_start(&reader, NULL, 8) == WW_E_ARGUMENT);
    CHECK(ww_sse_start(&reader, room, 0) == WW_E_ARGUMENT && ww_sse_next(&reader, in, 1, &n, &event) == WW_E_STATE);
    CHECK(ww_sse_start(&reader, room, 8) == WW_OK && ww_sse_next(NULL, in, 1, &n, &event) == WW_E_ARGUMENT);
    CHECK(ww_sse_next(&reader, NULL, 1, &n, &event) == WW_E_ARGUMENT && ww_sse_next(&reader, in, 1, NULL, &event) == WW_E_ARGUMENT);
    CHECK(ww_sse_next(&reader, in, 1, &n, NULL) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_sse_next(&reader, in, 8, &n, &event) == WW_NEED_INPUT && n == 8);
    CHECK(ww_sse_next(&reader, in + 8, 2, &n, &event) == WW_E_TOO_LARGE && n == 0);
    CHECK(ww_sse_next(&reader, "\n\n", 2, &n, &event) == WW_E_TOO_LARGE && n == 0);
}

static void arguments_texts(void)
{
    static const ww_span NOWHERE = { NULL, 5 };
    ww_sse_event event = WW_SSE_EVENT_INIT;
    uint8_t out[8];
    size_t n = 9;
    CHECK(ww_base64_encode(NOWHERE, 0, out, 8, &n) == WW_E_ARGUMENT && n == 0 && ww_base64_encode(span("a"), 4, out, 8, &n) == WW_E_ARGUMENT);
    CHECK(ww_base64_encode(span("a"), 0, NULL, 8, &n) == WW_E_ARGUMENT && ww_base64_encode(span("a"), 0, out, 8, NULL) == WW_E_ARGUMENT);
    CHECK(ww_base64_decode(NOWHERE, 0, out, 8, &n) == WW_E_ARGUMENT && ww_base64_decode(span("Zg=="), 4, out, 8, &n) == WW_E_ARGUMENT);
    CHECK(ww_base64_decode(span("Zg=="), 0, NULL, 8, &n) == WW_E_ARGUMENT && ww_base64_decode(span("Zg=="), 0, out, 8, NULL) == WW_E_ARGUMENT);
    CHECK(ww_write_sse_event(NULL, out, 8, &n) == WW_E_ARGUMENT && ww_write_sse_event(&event, NULL, 8, &n) == WW_E_ARGUMENT);
    CHECK(ww_write_sse_event(&event, out, 8, NULL) == WW_E_ARGUMENT);
    event.data = NOWHERE;
    CHECK(ww_write_sse_event(&event, out, 8, &n) == WW_E_ARGUMENT && n == 0);
    event.data = span("");
    event.size = 0;
    CHECK(ww_write_sse_event(&event, out, 8, &n) == WW_E_ARGUMENT);
}

const struct test TEXT_TESTS[] = {
    { "h1_sem_12", h1_sem_12 }, { "h1_sem_15", h1_sem_15 }, { "h1_sem_16", h1_sem_16 },
    { "arguments_texts", arguments_texts }, { "arguments_sse", arguments_sse }, { NULL, NULL },
};
