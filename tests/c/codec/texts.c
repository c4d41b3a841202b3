/* Base64 and server-sent events. */
#include "codec.h"
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
    { "h1_sem_12", h1_sem_12 }, { "h1_sem_15", h1_sem_15 }, { "arguments_texts", arguments_texts }, { NULL, NULL },
};
