/* What is sent of a content. */
#include "codec.h"
#include <string.h>

/* 2026-11-28 12:00:00, and the date of the examples in RFC 9110. */
static const int64_t NOW = 1795867200, THEN = 784111777;

/* Status, first octet, octets and Content-Range of the answer about a content of 100 octets. */
static void selects(const char *method, const char *lines, const ww_representation *there, uint16_t status, uint64_t first, uint64_t len, const char *range)
{
    char text[512];
    ww_field fields[8];
    ww_head head;
    ww_selection found = WW_SELECTION_INIT;
    parse_request(method, lines, fields, &head, text);
    CHECK(ww_select_content(&head, there, 100, NOW, &found) == WW_OK && found.size == sizeof found);
    CHECK(found.status == status && found.first == first && found.len == len && strcmp(found.content_range, range) == 0);
}

static void h1_sem_17(void)
{
    ww_representation a = WW_REPRESENTATION_INIT;
    a.etag = span("\"a\"");
    a.last_modified = THEN;
    selects("GET", "", &a, 200, 0, 100, "");
    selects("GET", "Range: bytes=90-\r\n", &a, 206, 90, 10, "bytes 90-99/100");
    selects("GET", "Range: bytes=-1\r\nIf-Range: \"a\"\r\n", &a, 206, 99, 1, "bytes 99-99/100");
    selects("GET", "Range: bytes=-1\r\nIf-Range: \"b\"\r\n", &a, 200, 0, 100, "");
    selects("GET", "Range: bytes=0-0,5-5\r\n", &a, 200, 0, 100, "");
    selects("GET", "Range: bytes=0-0\r\nRange: bytes=0-0\r\n", &a, 200, 0, 100, "");
    selects("GET", "Range: bytes=100-\r\n", &a, 416, 0, 0, "bytes */100");
    selects("GET", "Range: bytes=0-0\r\nIf-None-Match: \"a\"\r\n", &a, 304, 0, 0, "");
    selects("GET", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n", &a, 304, 0, 0, "");
    selects("GET", "If-Match: \"b\"\r\n", &a, 412, 0, 0, "");
    selects("HEAD", "Range: bytes=0-0\r\n", &a, 200, 0, 100, "");
    selects("POST", "Range: bytes=0-0\r\nIf-Match: \"b\"\r\n", &a, 200, 0, 100, "");
}

static void arguments_selections(void)
{
    ww_representation there = WW_REPRESENTATION_INIT;
    ww_selection found = WW_SELECTION_INIT;
    char text[512];
    ww_field fields[8];
    ww_head head;
    parse_request("GET", "", fields, &head, text);
    found.status = 9;
    CHECK(ww_select_content(NULL, &there, 1, 0, &found) == WW_E_ARGUMENT && ww_select_content(&head, NULL, 1, 0, &found) == WW_E_ARGUMENT);
    CHECK(ww_select_content(&head, &there, 1, 0, NULL) == WW_E_ARGUMENT);
    there.flags = WW_REPRESENTATION_ABSENT;
    CHECK(ww_select_content(&head, &there, 1, 0, &found) == WW_E_ARGUMENT);
    there.flags = 0;
    there.etag = span("a");
    CHECK(ww_select_content(&head, &there, 1, 0, &found) == WW_E_ARGUMENT);
    there.etag = span("");
    found.size = 4;
    CHECK(ww_select_content(&head, &there, 1, 0, &found) == WW_E_ARGUMENT);
    CHECK(found.status == 9);
}

const struct test SELECTION_TESTS[] = {
    { "h1_sem_17", h1_sem_17 },
    { "arguments_selections", arguments_selections },
    { NULL, NULL },
};
