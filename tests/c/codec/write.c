/* Heads out: what may be said. */
#include "codec.h"
#include <string.h>

static const char *const CONTROLS[] = { "x\r\nSet-Cookie: a", "x\n", "x\r", "\x01", "a\x7f" };

static void h1_gen_01(void)
{
    ww_field field = WW_FIELD("X", "y");
    ww_request q;
    ww_response r;
    size_t i, written;
    uint8_t out[64];
    for (i = 0; i < sizeof CONTROLS / sizeof CONTROLS[0]; i++) {
        r = respond(200);
        r.reason = span(CONTROLS[i]);
        refuses_response(&r, WW_E_FIELD_VALUE);
        r = respond(200);
        r.fields = &field;
        r.field_count = 1;
        field.value = span(CONTROLS[i]);
        refuses_response(&r, WW_E_FIELD_VALUE);
        CHECK(ww_write_trailers(&field, 1, out, sizeof out, &written) == WW_E_FIELD_VALUE && written == 0);
        q = get("/");
        q.fields = &field;
        q.field_count = 1;
        refuses_request(&q, WW_E_FIELD_VALUE);
        q = get(CONTROLS[i]);
        refuses_request(&q, WW_E_TARGET);
        q = get("/");
        q.method = span(CONTROLS[i]);
        refuses_request(&q, WW_E_REQUEST_LINE);
        q = get("/");
        q.authority = span(CONTROLS[i]);
        refuses_request(&q, WW_E_HOST);
    }
    field.value.data = (const uint8_t *)"a\0b";
    field.value.len = 3;
    refuses_request(&q, WW_E_HOST);
    q = get("/");
    q.fields = &field;
    q.field_count = 1;
    refuses_request(&q, WW_E_FIELD_VALUE);
}

static void h1_gen_02(void)
{
    static const char *const NAMES[] = { "X:", "", "X Y", "X\t", "\x80" };
    static const char *const TARGETS[] = { "/a HTTP/1.1\r\n", "/a b", "a", "*", "/{x}", "/#f" };
    ww_field field = WW_FIELD("X", "y");
    ww_response r = respond(200);
    ww_request q;
    size_t i;
    r.fields = &field;
    r.field_count = 1;
    for (i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        field.name = span(NAMES[i]);
        refuses_response(&r, WW_E_FIELD_NAME);
        q = get("/");
        q.method = span(NAMES[i]);
        refuses_request(&q, WW_E_REQUEST_LINE);
    }
    for (i = 0; i < sizeof TARGETS / sizeof TARGETS[0]; i++) {
        q = get(TARGETS[i]);
        refuses_request(&q, WW_E_TARGET);
    }
    q = get("?q");
    writes_request(&q, "GET /?q HTTP/1.1\r\nHost: a\r\n\r\n");
    q = get("a:443");
    q.method = span("CONNECT");
    writes_request(&q, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n");
}

static void h1_gen_07(void)
{
    uint8_t out[WW_DATE_LEN + 1];
    size_t written = 0;
    out[WW_DATE_LEN] = '?';
    CHECK(ww_write_date(784111777, out, WW_DATE_LEN, &written) == WW_OK && written == WW_DATE_LEN);
    CHECK(memcmp(out, "Sun, 06 Nov 1994 08:49:37 GMT?", WW_DATE_LEN + 1) == 0);
    CHECK(ww_write_date(0, out, WW_DATE_LEN, &written) == WW_OK);
    CHECK(memcmp(out, "Thu, 01 Jan 1970 00:00:00 GMT?", WW_DATE_LEN + 1) == 0);
    CHECK(ww_write_date(UINT64_MAX, out, WW_DATE_LEN, &written) == WW_OK);
    CHECK(memcmp(out, "Fri, 31 Dec 9999 23:59:59 GMT?", WW_DATE_LEN + 1) == 0);
    CHECK(ww_write_date(784111777, out, WW_DATE_LEN - 1, &written) == WW_E_BUFFER && written == WW_DATE_LEN);
    CHECK(memcmp(out, "Fri", 3) == 0);
}

static void h1_gen_08(void)
{
    ww_response r = respond(599);
    writes_response(&r, "HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n");
    r.reason = span("Why Not");
    writes_response(&r, "HTTP/1.1 599 Why Not\r\nContent-Length: 0\r\n\r\n");
    r = respond(404);
    writes_response(&r, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    r.status = 99;
    refuses_response(&r, WW_E_ARGUMENT);
    r.status = 600;
    refuses_response(&r, WW_E_ARGUMENT);
}

static void h1_gen_11(void)
{
    static const uint16_t STATUSES[] = { 101, 401, 405, 407, 426 };
    ww_field needed[] = { WW_FIELD("upgrade", "x"), WW_FIELD("WWW-Authenticate", "Basic"), WW_FIELD("Allow", "GET"),
                          WW_FIELD("Proxy-Authenticate", "Basic"), WW_FIELD("Upgrade", "x") };
    size_t i, written;
    for (i = 0; i < sizeof STATUSES / sizeof STATUSES[0]; i++) {
        ww_response r = respond(STATUSES[i]);
        refuses_response(&r, WW_E_ARGUMENT);
        r.fields = &needed[i];
        r.field_count = 1;
        CHECK(ww_write_response(&r, NULL, 0, &written) == WW_E_BUFFER);
    }
}

static void h1_gen_12(void)
{
    ww_field fields[] = { WW_FIELD("Upgrade", "x"), WW_FIELD("TE", "trailers") };
    ww_field bad[] = { WW_FIELD("TE", "chunked"), WW_FIELD("Connection", "Cache-Control") };
    ww_request q = get("/");
    ww_response r = respond(426);
    q.fields = fields;
    q.field_count = 2;
    writes_request(&q, "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade, TE\r\nUpgrade: x\r\nTE: trailers\r\n\r\n");
    r.fields = fields;
    r.field_count = 1;
    r.flags = WW_MESSAGE_CLOSE;
    writes_response(&r, "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: close, upgrade\r\nUpgrade: x\r\n\r\n");
    q.field_count = 1;
    q.fields = &bad[0];
    refuses_request(&q, WW_E_FIELD_VALUE);
    q.fields = &bad[1];
    refuses_request(&q, WW_E_FIELD_VALUE);
}

static void h1_trail_04(void)
{
    ww_field fields[] = { WW_FIELD("X-Sum", "1"), WW_FIELD("Content-Length", "1") };
    uint8_t out[32];
    size_t written;
    CHECK(ww_write_trailers(fields, 1, out, 12, &written) == WW_OK && written == 12);
    CHECK(memcmp(out, "X-Sum: 1\r\n\r\n", 12) == 0);
    CHECK(ww_write_trailers(NULL, 0, out, sizeof out, &written) == WW_OK && written == 2 && memcmp(out, "\r\n", 2) == 0);
    memset(out, '?', sizeof out);
    CHECK(ww_write_trailers(fields, 1, out, 11, &written) == WW_E_BUFFER && written == 12 && out[0] == '?');
    CHECK(ww_write_trailers(fields, 2, out, sizeof out, &written) == WW_E_TRAILER && written == 0 && out[0] == '?');
}

const struct test WRITE_TESTS[] = {
    { "h1_gen_01", h1_gen_01 }, { "h1_gen_02", h1_gen_02 }, { "h1_gen_07", h1_gen_07 },     { "h1_gen_08", h1_gen_08 },
    { "h1_gen_11", h1_gen_11 }, { "h1_gen_12", h1_gen_12 }, { "h1_trail_04", h1_trail_04 }, { NULL, NULL },
};
