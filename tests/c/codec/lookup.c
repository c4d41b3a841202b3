/* Fields by id and by name, lists, texts. */
#include "codec.h"
#include <stdlib.h>
#include <string.h>

static const char RESPONSE[] = "HTTP/1.1 200 OK\r\nset-cookie: a\r\nX-Own: 1\r\nSet-Cookie: b\r\nX-Folded: one \r\n\t two\r\n"
                               " three\r\n\r\n";

static void parse(const char *text, ww_field *fields, ww_head *head)
{
    ww_scan scan = WW_SCAN_INIT;
    CHECK(ww_parse_response(text, strlen(text), NULL, &scan, fields, 8, head) == WW_OK);
}

static void find(void)
{
    ww_field fields[8];
    ww_head head;
    parse(RESPONSE, fields, &head);
    CHECK(ww_head_find(&head, WW_FIELD_SET_COOKIE) == &fields[0]);
    CHECK(ww_head_find(&head, WW_FIELD_HOST) == NULL);
    CHECK(ww_head_find(&head, 0) == NULL && ww_head_find(&head, 65535) == NULL);
    CHECK(ww_head_find_name(&head, span("SET-COOKIE")) == &fields[0]);
    CHECK(ww_head_find_name(&head, span("x-own")) == &fields[1]);
    CHECK(ww_head_find_name(&head, span("x-ow")) == NULL && ww_head_find_name(&head, span("")) == NULL);
    head.field_count = 0;
    CHECK(ww_head_find(&head, WW_FIELD_SET_COOKIE) == NULL && ww_head_find_name(&head, span("x-own")) == NULL);
}

static void names(void)
{
    uint16_t id;
    CHECK(ww_field_id(span("hOsT")) == WW_FIELD_HOST && ww_field_id(span("X-Own")) == 0 && ww_field_id(span("")) == 0);
    CHECK(ww_span_equal(ww_field_name(WW_FIELD_ETAG), "ETag"));
    for (id = 1; ww_field_name(id).len != 0; id++) CHECK(ww_field_id(ww_field_name(id)) == id);
    CHECK(id > WW_FIELD_ACCESS_CONTROL_ALLOW_ORIGIN);
    CHECK(ww_field_name(0).data == NULL && ww_field_name(256 + WW_FIELD_HOST).data == NULL);
    CHECK(ww_span_equal(ww_method_name(WW_METHOD_GET), "GET") && ww_span_equal(ww_method_name(WW_METHOD_PATCH), "PATCH"));
    CHECK(ww_method_name(WW_METHOD_OTHER).len == 0 && ww_method_name(10).len == 0 && ww_method_name(255).data == NULL);
}

static ww_list from(ww_span value)
{
    ww_list list = WW_LIST_INIT(value);
    return list;
}

/* Walks a list, checks its elements against those of `expected` (joined by `|`), and how it ends, twice. */
static void walks(const char *value, const char *expected, ww_status end)
{
    uint8_t *octets = exactly(value, strlen(value));
    ww_span whole, element;
    ww_list list;
    char found[128] = "";
    ww_status status;
    whole.data = octets;
    whole.len = strlen(value);
    list = from(whole);
    while ((status = ww_list_next(&list, &element)) == WW_OK) {
        CHECK(element.len != 0);
        if (found[0] != 0) strcat(found, "|");
        strncat(found, (const char *)element.data, element.len);
    }
    CHECK(strcmp(found, expected) == 0);
    CHECK(status == end && element.data == NULL && element.len == 0);
    CHECK(ww_list_next(&list, &element) == end && ww_list_next(&list, &element) == end);
    free(octets);
}

static void h1_field_11(void)
{
    char commas[40];
    memset(commas, ',', 34);
    strcpy(commas + 33, "a");
    walks("a", "a", WW_DONE);
    walks(" a\t, b ,c d,", "a|b|c d", WW_DONE);
    walks("", "", WW_DONE);
    walks(" , ,\t", "", WW_DONE);
    walks("a=\"1,2\", b=\"\\\",\", c", "a=\"1,2\"|b=\"\\\",\"|c", WW_DONE);
    walks("a, \"b, c", "a", WW_E_FIELD_VALUE);
    walks(commas, "", WW_E_FIELD_VALUE);
    walks(commas + 1, "a", WW_DONE);
    /* The bound is the list's, not each run's. */
    walks(",,,,,,,,,,,,,,,,,,,,b,,,,,,,,,,,,,a", "b|a", WW_DONE);
    walks(",,,,,,,,,,,,,,,,,,,,b,,,,,,,,,,,,,,a", "b", WW_E_FIELD_VALUE);
}

static void equal(void)
{
    ww_span none = { NULL, 0 }, nowhere = { NULL, 5 }, zero = { (const uint8_t *)"ab\0c", 4 };
    CHECK(ww_span_equal(span("Close"), "Close") && !ww_span_equal(span("Close"), "close"));
    CHECK(ww_span_equal_nocase(span("Close"), "cLOSE") && !ww_span_equal_nocase(span("Close"), "closed"));
    CHECK(!ww_span_equal_nocase(span("@"), "`") && !ww_span_equal_nocase(span("closed"), "close"));
    CHECK(!ww_span_equal(zero, "ab"));
    CHECK(ww_span_equal(none, "") && ww_span_equal_nocase(none, "") && !ww_span_equal(none, "x"));
    CHECK(!ww_span_equal(none, NULL) && !ww_span_equal_nocase(span("x"), NULL));
    CHECK(!ww_span_equal(nowhere, "close") && !ww_span_equal_nocase(nowhere, ""));
}

static void unfold(void)
{
    static const char one[] = "one two three";
    ww_field fields[8];
    ww_head head;
    uint8_t *out = exactly(one, sizeof one - 1);
    size_t written, i;
    parse(RESPONSE, fields, &head);
    CHECK((fields[3].flags & WW_FIELD_FOLDED) && fields[3].value.len > sizeof one - 1);
    for (i = 0; i < sizeof one - 1; i++) {
        memset(out, '?', sizeof one - 1);
        CHECK(ww_field_unfold(&fields[3], out, i, &written) == WW_E_BUFFER && written == sizeof one - 1);
        CHECK(memcmp(out, "?????????????", sizeof one - 1) == 0);
    }
    CHECK(ww_field_unfold(&fields[3], out, sizeof one - 1, &written) == WW_OK && written == sizeof one - 1);
    CHECK(memcmp(out, one, written) == 0);
    CHECK(ww_field_unfold(&fields[1], out, 1, &written) == WW_OK && written == 1 && out[0] == '1');
    fields[1].value.len = 0;
    CHECK(ww_field_unfold(&fields[1], NULL, 0, &written) == WW_OK && written == 0);
    free(out);
}

const struct test LOOKUP_TESTS[] = {
    { "lookup_find", find }, { "lookup_names", names }, { "h1_field_11", h1_field_11 },
    { "lookup_equal", equal }, { "h1_field_06", unfold }, { NULL, NULL },
};
