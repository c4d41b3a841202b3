/* One flat copy of a head. */
#include "codec.h"
#include <stdlib.h>
#include <string.h>

static const char REQUEST[] = "POST /a HTTP/1.1\r\nHost: example\r\nX-Empty:\r\nX-Own: value\r\nContent-Length: 3\r\n\r\n";

static int is_within(ww_span s, const uint8_t *memory, size_t size)
{
    return s.len == 0 || (s.data >= memory && s.data + s.len <= memory + size);
}

static void check_fields(const ww_head *head, const uint8_t *memory, size_t size)
{
    size_t i;
    CHECK(head->field_count == 4);
    for (i = 0; i < head->field_count; i++) {
        CHECK(is_within(head->fields[i].name, memory, size));
        CHECK(is_within(head->fields[i].value, memory, size));
    }
    CHECK(ww_head_find(head, WW_FIELD_CONTENT_LENGTH) == &head->fields[3]);
    CHECK(ww_span_equal(ww_head_find_name(head, span("x-own"))->value, "value"));
    CHECK(ww_head_find_name(head, span("x-empty"))->value.len == 0);
}

static void check_copy(const uint8_t *memory, size_t size)
{
    const ww_head *head = (const ww_head *)(const void *)memory;
    CHECK(ww_span_equal(head->method, "POST") && is_within(head->method, memory, size));
    CHECK(ww_span_equal(head->target, "/a") && is_within(head->target, memory, size));
    CHECK(ww_span_equal(head->host, "example") && is_within(head->host, memory, size));
    CHECK(head->reason.data == NULL && head->reason.len == 0);
    CHECK(head->content_length == 3 && head->head_len == sizeof REQUEST - 1);
    CHECK(head->method_id == WW_METHOD_POST && head->version_minor == 1 && (head->flags & WW_HEAD_HOST));
    check_fields(head, memory, size);
}

/* Everything it is of is gone when the copy is looked at; and a copy is copied. */
static void outlives(void)
{
    uint8_t *in = exactly(REQUEST, sizeof REQUEST - 1), *copy, *again;
    ww_field *fields = malloc(4 * sizeof *fields);
    ww_scan scan = WW_SCAN_INIT;
    ww_head head;
    size_t size = 0, needed = 0;
    CHECK(ww_parse_request(in, sizeof REQUEST - 1, NULL, &scan, fields, 4, &head) == WW_OK);
    CHECK(ww_head_copy(&head, NULL, 0, &size) == WW_E_BUFFER && size > sizeof head + 4 * sizeof *fields);
    copy = malloc(size);
    CHECK(ww_head_copy(&head, copy, size, &needed) == WW_OK && needed == size);
    memset(in, '?', sizeof REQUEST - 1);
    memset(fields, 0xff, 4 * sizeof *fields);
    memset(&head, 0xff, sizeof head);
    free(in);
    free(fields);
    check_copy(copy, size);
    again = malloc(size);
    CHECK(ww_head_copy((const ww_head *)(void *)copy, again, size, &needed) == WW_OK && needed == size);
    memset(copy, 0xff, size);
    free(copy);
    check_copy(again, size);
    free(again);
}

static void too_little_room(void)
{
    uint64_t memory[128];
    ww_field fields[8];
    ww_scan scan = WW_SCAN_INIT;
    ww_head head;
    size_t size, needed, cap;
    CHECK(ww_parse_request(REQUEST, sizeof REQUEST - 1, NULL, &scan, fields, 8, &head) == WW_OK);
    CHECK(ww_head_copy(&head, NULL, 0, &size) == WW_E_BUFFER && size < sizeof memory);
    memset(memory, '?', sizeof memory);
    for (cap = 0; cap < size; cap++) {
        needed = 0;
        CHECK(ww_head_copy(&head, memory, cap, &needed) == WW_E_BUFFER && needed == size);
        CHECK(*(uint8_t *)memory == '?' && memcmp(memory, (uint8_t *)memory + 1, sizeof memory - 1) == 0);
    }
    CHECK(ww_head_copy(&head, memory, sizeof memory, &needed) == WW_OK && needed == size);
    check_copy((uint8_t *)memory, size);
    CHECK(((uint8_t *)memory)[size] == '?');
}

const struct test COPY_TESTS[] = { { "copy_outlives", outlives }, { "copy_room", too_little_room }, { NULL, NULL } };
