/* Heads out: who says where the content ends. And what is written is parsed to the same. */
#include "codec.h"
#include <stdlib.h>
#include <string.h>

#define OK "HTTP/1.1 200 OK\r\n"

static ww_response with(uint32_t flags, uint64_t length, const char *content)
{
    ww_response r = respond(200);
    r.flags = flags;
    r.content_length = length;
    r.content = span(content);
    return r;
}

static void responses_say_it(void)
{
    ww_response r = with(WW_MESSAGE_STREAM, 7, "");
    writes_response(&r, OK "Transfer-Encoding: chunked\r\n\r\n");
    r = with(WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH, 1234567890123, "");
    writes_response(&r, OK "Content-Length: 1234567890123\r\n\r\n");
    r = with(WW_MESSAGE_CLOSE, 7, "hello");
    writes_response(&r, OK "Content-Length: 5\r\nConnection: close\r\n\r\n");
    r = with(0, 7, "");
    writes_response(&r, OK "Content-Length: 0\r\n\r\n");
    r = with(WW_MESSAGE_UNFRAMED | WW_MESSAGE_STREAM | WW_MESSAGE_CLOSE, 0, "");
    writes_response(&r, OK "Connection: close\r\n\r\n");
    r = with(WW_MESSAGE_UNFRAMED, 0, "");
    writes_response(&r, OK "\r\n");
}

/* H1-BODY-07, -08: statuses that have no content. */
static void statuses_without_content(void)
{
    ww_response r = respond(204);
    writes_response(&r, "HTTP/1.1 204 No Content\r\n\r\n");
    r.status = 103;
    writes_response(&r, "HTTP/1.1 103 Early Hints\r\n\r\n");
    r.status = 304;
    writes_response(&r, "HTTP/1.1 304 Not Modified\r\n\r\n");
    r.content = span("hello");
    writes_response(&r, "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
    r = respond(304);
    r.flags = WW_MESSAGE_STREAM;
    writes_response(&r, "HTTP/1.1 304 Not Modified\r\n\r\n");
    r = with(0, 0, "hello");
    r.status = 204;
    refuses_response(&r, WW_E_ARGUMENT);
    r.status = 103;
    refuses_response(&r, WW_E_ARGUMENT);
    r.status = 205;
    refuses_response(&r, WW_E_ARGUMENT);
    r = respond(204);
    r.flags = WW_MESSAGE_STREAM;
    refuses_response(&r, WW_E_ARGUMENT);
    r.status = 205;
    refuses_response(&r, WW_E_ARGUMENT);
    r = respond(205);
    writes_response(&r, "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n");
}

static void requests_say_it(void)
{
    static const char *const METHODS[] = { "POST", "PUT", "PATCH" };
    const ww_field expect = WW_FIELD("expect", "100-continue");
    ww_request q = get("/");
    size_t i;
    writes_request(&q, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    q.method = span("POST");
    q.content = span("hello");
    writes_request(&q, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    q.flags = WW_MESSAGE_EXPECT | WW_MESSAGE_CLOSE;
    writes_request(&q, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n");
    q.method = span("TRACE");
    q.flags = 0;
    refuses_request(&q, WW_E_ARGUMENT);
    q.method = span("CONNECT");
    q.target = span("a:443");
    refuses_request(&q, WW_E_ARGUMENT);
    q.content = span("");
    writes_request(&q, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n");
    q = get("/");
    q.fields = &expect;
    q.field_count = 1;
    refuses_request(&q, WW_E_ARGUMENT);
    q = get("/");
    q.flags = WW_MESSAGE_EXPECT;
    refuses_request(&q, WW_E_ARGUMENT);
    q.flags = WW_MESSAGE_STREAM;
    writes_request(&q, "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (i = 0; i < 3; i++) {
        uint8_t out[80];
        size_t written = 0;
        q = get("/");
        q.method = span(METHODS[i]);
        CHECK(ww_write_request(&q, out, sizeof out, &written) == WW_OK);
        CHECK(memcmp(out + written - 23, "\r\nContent-Length: 0\r\n\r\n", 23) == 0);
    }
}

static void h1_gen_03(void)
{
    ww_field fields[] = { WW_FIELD("content-length", "5"), WW_FIELD("transfer-ENCODING", "chunked") };
    static const char *const LENGTHS[] = { "", "+5", "5,5", "0x5", " 5", "9223372036854775808" };
    static const char *const CODINGS[] = { "", "gzip", "gzip, chunked", "chunked, chunked", "identity" };
    ww_response r = with(0, 0, "");
    size_t i;
    r.fields = fields;
    r.field_count = 2;
    refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
    r.field_count = 1;
    writes_response(&r, OK "content-length: 5\r\n\r\n");
    r.flags = WW_MESSAGE_STREAM;
    writes_response(&r, OK "content-length: 5\r\n\r\n");
    r.flags = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH;
    refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
    r.flags = WW_MESSAGE_UNFRAMED;
    refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
    r.flags = 0;
    r.content = span("hello");
    refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
    r.content = span("");
    for (i = 0; i < sizeof LENGTHS / sizeof LENGTHS[0]; i++) {
        fields[0].value = span(LENGTHS[i]);
        refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
    }
    r.fields = &fields[1];
    writes_response(&r, OK "transfer-ENCODING: chunked\r\n\r\n");
    for (i = 0; i < sizeof CODINGS / sizeof CODINGS[0]; i++) {
        fields[1].value = span(CODINGS[i]);
        refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
    }
    fields[0] = fields[1];
    fields[0].value = fields[1].value = span("chunked");
    r.fields = fields;
    r.field_count = 2;
    refuses_response(&r, WW_E_AMBIGUOUS_FRAMING);
}

/* H1-TGT-15: exactly one Host. */
static void h1_tgt_15(void)
{
    ww_field fields[] = { WW_FIELD("host", "b"), WW_FIELD("Host", "b") };
    ww_request q = get("/");
    q.fields = fields;
    q.field_count = 1;
    refuses_request(&q, WW_E_HOST);
    q.authority = span("");
    writes_request(&q, "GET / HTTP/1.1\r\nhost: b\r\n\r\n");
    q.field_count = 2;
    refuses_request(&q, WW_E_HOST);
    q.field_count = 0;
    refuses_request(&q, WW_E_HOST);
}

static void check_fields(const ww_head *head, const ww_field *fields, size_t first, size_t count)
{
    size_t i;
    CHECK(head->field_count == first + count);
    for (i = 0; i < count && first + i < head->field_count; i++) {
        const ww_field *f = &head->fields[first + i];
        CHECK(f->name.len == fields[i].name.len && memcmp(f->name.data, fields[i].name.data, f->name.len) == 0);
        CHECK(f->value.len == fields[i].value.len && memcmp(f->value.data, fields[i].value.data, f->value.len) == 0);
    }
}

/* What is written is parsed to the same. */
static void round_trip(void)
{
    static const ww_field fields[] = { WW_FIELD("X-One", "1, 2"), WW_FIELD("x", ""), WW_FIELD("Vary", "a\tb \xff"), };
    static uint8_t out[256];
    ww_scan scan = WW_SCAN_INIT;
    ww_field table[8];
    ww_request q = get("/path?query");
    ww_response r = with(WW_MESSAGE_STREAM, 0, "");
    ww_head head;
    size_t written;
    q.fields = r.fields = fields;
    q.field_count = r.field_count = 3;
    q.content = span("hello");
    CHECK(ww_write_request(&q, out, sizeof out, &written) == WW_OK);
    CHECK(ww_parse_request(out, written, NULL, &scan, table, 8, &head) == WW_OK && head.head_len == written);
    CHECK(head.method_id == WW_METHOD_GET && ww_span_equal(head.target, "/path?query"));
    CHECK(head.content_length == 5 && ww_span_equal(head.host, "a"));
    check_fields(&head, fields, 2, 3);
    CHECK(ww_write_response(&r, out, sizeof out, &written) == WW_OK);
    CHECK(ww_parse_response(out, written, NULL, &scan, table, 8, &head) == WW_OK && head.head_len == written);
    CHECK(head.status == 200 && ww_span_equal(head.reason, "OK") && (head.flags & WW_HEAD_TE_CHUNKED));
    check_fields(&head, fields, 1, 3);
    CHECK(ww_write_trailers(fields, 3, out, sizeof out, &written) == WW_OK);
    CHECK(ww_parse_trailers(out, written, NULL, &scan, table, 8, &head) == WW_OK && head.head_len == written);
    check_fields(&head, fields, 0, 3);
}

const struct test FRAMING_TESTS[] = {
    { "h1_gen_03", h1_gen_03 },
    { "h1_gen_06", requests_say_it },
    { "h1_body_08", statuses_without_content },
    { "h1_tgt_15", h1_tgt_15 },
    { "write_framing", responses_say_it },
    { "write_round_trip", round_trip },
    { NULL, NULL },
};
