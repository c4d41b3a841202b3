/* Arguments that are null, out of range or unknown are refused, and nothing has happened then. */
#include "codec.h"
#include <string.h>

static const ww_span NOWHERE = { NULL, 5 };
static const uint8_t HELLO[] = "5\r\nhello\r\n0\r\n";

static void chunks(void)
{
    ww_chunk_decoder d = WW_CHUNK_DECODER_INIT, fresh = WW_CHUNK_DECODER_INIT;
    ww_chunk_limits limits = WW_CHUNK_LIMITS_INIT;
    ww_error_info info = WW_ERROR_INFO_INIT;
    uint8_t head[WW_CHUNK_HEAD_MAX];
    size_t n = 9;
    ww_span data;
    CHECK(ww_chunk_next(NULL, HELLO, 3, NULL, &n, &data) == WW_E_ARGUMENT && n == 0 && data.data == NULL);
    n = 9;
    CHECK(ww_chunk_next(&d, NULL, 3, NULL, &n, &data) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_chunk_next(&d, HELLO, SIZE_MAX, NULL, &n, &data) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_chunk_next(&d, HELLO, 3, NULL, NULL, &data) == WW_E_ARGUMENT);
    CHECK(ww_chunk_next(&d, HELLO, 3, NULL, &n, NULL) == WW_E_ARGUMENT);
    limits.size = 0;
    CHECK(ww_chunk_next(&d, HELLO, 3, &limits, &n, &data) == WW_E_ARGUMENT && n == 0);
    CHECK(memcmp(&d, &fresh, sizeof d) == 0);
    CHECK(ww_chunk_next(&d, NULL, 0, NULL, &n, &data) == WW_NEED_INPUT && n == 0);
    CHECK(ww_chunk_error(NULL, &info) == WW_E_ARGUMENT && ww_chunk_error(&d, NULL) == WW_E_ARGUMENT);
    info.size = 0;
    CHECK(ww_chunk_error(&d, &info) == WW_E_ARGUMENT);
    CHECK(ww_chunk_head(1, NULL, &n) == WW_E_ARGUMENT && ww_chunk_head(1, head, NULL) == WW_E_ARGUMENT);
}

/* Fields of a message that are not there, one at a time. */
static void messages(void)
{
    ww_field nowhere = WW_FIELD("X", "y");
    ww_request q = get("/");
    ww_response r = respond(200);
    ww_span *const of_request[] = { &q.method, &q.target, &q.authority, &q.content };
    ww_span *const of_response[] = { &r.reason, &r.content };
    size_t i;
    nowhere.name = NOWHERE;
    for (i = 0; i < 4; i++) {
        q = get("/");
        *of_request[i] = NOWHERE;
        refuses_request(&q, WW_E_ARGUMENT);
    }
    for (i = 0; i < 2; i++) {
        r = respond(200);
        *of_response[i] = NOWHERE;
        refuses_response(&r, WW_E_ARGUMENT);
    }
    for (i = 0; i < 2; i++) {
        q = get("/");
        r = respond(200);
        q.fields = r.fields = i == 0 ? NULL : &nowhere;
        q.field_count = r.field_count = 1;
        refuses_request(&q, WW_E_ARGUMENT);
        refuses_response(&r, WW_E_ARGUMENT);
    }
    q.size = r.size = 0;
    refuses_request(&q, WW_E_ARGUMENT);
    refuses_response(&r, WW_E_ARGUMENT);
    refuses_request(NULL, WW_E_ARGUMENT);
    refuses_response(NULL, WW_E_ARGUMENT);
}

static void flags(void)
{
    static const uint32_t BAD[] = { WW_MESSAGE_LENGTH, WW_MESSAGE_LENT, WW_MESSAGE_STREAM | WW_MESSAGE_LENT, 1u << 31,
                                    WW_MESSAGE_UNFRAMED | WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH };
    ww_request q = get("/");
    ww_response r = respond(200);
    size_t i;
    for (i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        q.flags = r.flags = BAD[i];
        refuses_request(&q, WW_E_ARGUMENT);
        refuses_response(&r, WW_E_ARGUMENT);
    }
    r.flags = WW_MESSAGE_EXPECT;
    refuses_response(&r, WW_E_ARGUMENT);
    q.flags = r.flags = WW_MESSAGE_STREAM;
    q.content = r.content = span("x");
    refuses_request(&q, WW_E_ARGUMENT);
    refuses_response(&r, WW_E_ARGUMENT);
}

static void rooms(void)
{
    ww_field nowhere = WW_FIELD("X", "y"), field = nowhere;
    ww_request q = get("/");
    ww_response r = respond(200);
    uint8_t out[128];
    size_t n = 9;
    nowhere.value = NOWHERE;
    CHECK(ww_write_request(&q, NULL, 1, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_write_response(&r, NULL, 1, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_write_response(&r, out, SIZE_MAX, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_write_request(&q, out, sizeof out, NULL) == WW_E_ARGUMENT);
    CHECK(ww_write_response(&r, out, sizeof out, NULL) == WW_E_ARGUMENT);
    CHECK(ww_write_trailers(NULL, 1, out, sizeof out, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_write_trailers(&nowhere, 1, out, sizeof out, &n) == WW_E_ARGUMENT);
    CHECK(ww_write_trailers(&field, 1, out, sizeof out, NULL) == WW_E_ARGUMENT);
    CHECK(ww_write_trailers(&field, 1, NULL, 1, &n) == WW_E_ARGUMENT);
    CHECK(ww_write_date(0, NULL, 1, &n) == WW_E_ARGUMENT && ww_write_date(0, out, 29, NULL) == WW_E_ARGUMENT);
    n = 9;
    CHECK(ww_field_unfold(NULL, out, sizeof out, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_field_unfold(&nowhere, out, sizeof out, &n) == WW_E_ARGUMENT);
    CHECK(ww_field_unfold(&field, NULL, 1, &n) == WW_E_ARGUMENT && ww_field_unfold(&field, out, 9, NULL) == WW_E_ARGUMENT);
}

static void refuse_copy(const ww_head *head)
{
    uint64_t memory[64];
    size_t n = 9;
    CHECK(ww_head_copy(head, memory, sizeof memory, &n) == WW_E_ARGUMENT && n == 0);
}

static void copies(void)
{
    uint64_t memory[64];
    ww_field fields[1] = { WW_FIELD("X", "y") };
    ww_head head;
    size_t n;
    memset(&head, 0, sizeof head);
    refuse_copy(NULL);
    CHECK(ww_head_copy(&head, memory, sizeof memory, NULL) == WW_E_ARGUMENT);
    CHECK(ww_head_copy(&head, NULL, 9, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_head_copy(&head, (uint8_t *)memory + 1, sizeof memory - 1, &n) == WW_E_ARGUMENT && n == 0);
    head.field_count = 1;
    refuse_copy(&head);
    head.fields = fields;
    fields[0].value = NOWHERE;
    refuse_copy(&head);
    fields[0].value.len = SIZE_MAX;
    fields[0].value.data = HELLO;
    refuse_copy(&head);
    fields[0].value.len = 0;
    head.host = NOWHERE;
    refuse_copy(&head);
}

static void lookups(void)
{
    ww_list list = WW_LIST_INIT(NOWHERE);
    ww_span element;
    ww_head head;
    memset(&head, 0, sizeof head);
    CHECK(ww_head_find(NULL, WW_FIELD_HOST) == NULL && ww_head_find_name(NULL, span("x")) == NULL);
    CHECK(ww_head_find_name(&head, NOWHERE) == NULL && ww_field_id(NOWHERE) == 0);
    head.field_count = 1;
    CHECK(ww_head_find(&head, WW_FIELD_HOST) == NULL && ww_head_find_name(&head, span("x")) == NULL);
    CHECK(ww_list_next(&list, &element) == WW_E_ARGUMENT && element.data == NULL);
    CHECK(ww_list_next(NULL, &element) == WW_E_ARGUMENT && ww_list_next(&list, NULL) == WW_E_ARGUMENT);
}

static void frame_headers(void)
{
    uint8_t octets[WW_WS_HEADER_MAX] = { 0x81, 0 }, out[WW_WS_HEADER_MAX];
    ww_ws_header header;
    ww_error_info info = WW_ERROR_INFO_INIT;
    size_t n = 9;
    CHECK(ww_ws_decode_header(octets, 2, &header) == WW_OK && header.opcode == WW_WS_OP_TEXT);
    CHECK(ww_ws_decode_header(NULL, 2, &header) == WW_E_ARGUMENT && ww_ws_decode_header(octets, 2, NULL) == WW_E_ARGUMENT);
    CHECK(ww_ws_decode_header(octets, SIZE_MAX, &header) == WW_E_ARGUMENT);
    CHECK(ww_ws_decode_header(NULL, 0, &header) == WW_NEED_INPUT);
    CHECK(ww_ws_header_error(NULL, 2, &info) == WW_E_ARGUMENT && ww_ws_header_error(octets, 2, NULL) == WW_E_ARGUMENT);
    CHECK(ww_ws_header_error(octets, SIZE_MAX, &info) == WW_E_ARGUMENT && ww_ws_header_error(NULL, 0, &info) == WW_OK);
    info.size = 0;
    CHECK(ww_ws_header_error(octets, 2, &info) == WW_E_ARGUMENT);
    CHECK(ww_ws_encode_header(NULL, out, &n) == WW_E_ARGUMENT && n == 0);
    n = 9;
    CHECK(ww_ws_encode_header(&header, NULL, &n) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_ws_encode_header(&header, out, NULL) == WW_E_ARGUMENT);
}

static void frame_contents(void)
{
    static const uint8_t KEY[4] = { 1, 2, 3, 4 };
    uint8_t octets[4] = { 'a', 0, 0, 0 }, accept[WW_WS_ACCEPT_LEN];
    ww_utf8 state = WW_UTF8_INIT;
    size_t n = 9;
    CHECK(ww_ws_mask(NULL, 1, KEY, 0) == WW_E_ARGUMENT && ww_ws_mask(octets, 1, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_ws_mask(octets, SIZE_MAX, KEY, 0) == WW_E_ARGUMENT && octets[0] == 'a');
    CHECK(ww_ws_mask(NULL, 0, KEY, UINT64_MAX) == WW_OK);
    CHECK(ww_ws_accept_key(NOWHERE, accept) == WW_E_ARGUMENT);
    CHECK(ww_ws_accept_key(span("dGhlIHNhbXBsZSBub25jZQ=="), NULL) == WW_E_ARGUMENT);
    CHECK(ww_utf8_feed(NULL, octets, 1, false, &n) == WW_E_ARGUMENT && ww_utf8_feed(&state, "a", 1, true, NULL) == WW_OK);
    CHECK(ww_utf8_feed(&state, "\xff", 1, true, NULL) == WW_E_WS_TEXT);
    state = (ww_utf8)WW_UTF8_INIT;
    CHECK(ww_utf8_feed(&state, NULL, 1, false, &n) == WW_E_ARGUMENT && n == 1);
    CHECK(ww_utf8_feed(&state, octets, SIZE_MAX, false, &n) == WW_E_ARGUMENT && state.opaque == 0);
    CHECK(ww_utf8_feed(&state, NULL, 0, true, &n) == WW_OK && n == 0);
}

const struct test ARGUMENT_TESTS[] = {
    { "arguments_chunks", chunks }, { "arguments_messages", messages }, { "arguments_flags", flags },
    { "arguments_rooms", rooms },   { "arguments_copies", copies },     { "arguments_lookups", lookups },
    { "arguments_frame_headers", frame_headers }, { "arguments_frame_contents", frame_contents }, { NULL, NULL },
};
