/* Multipart content: whole, cut in two at every place, and octet by octet. */
#include "codec.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 128

/* What a reader told: `[name|filename|type]content;` */
struct told {
    char parts[256];
    ww_status status;
    /* Octets consumed in all. */
    size_t at;
};

static void add(struct told *to, ww_span text)
{
    size_t used = strlen(to->parts);
    (void)snprintf(to->parts + used, sizeof to->parts - used, "%.*s", (int)text.len, text.data == NULL ? "" : (const char *)text.data);
}

static void add_value(struct told *to, ww_span value, const char *behind)
{
    add(to, value.data == NULL ? span("-") : value);
    add(to, span(behind));
}

static void note(struct told *to, const ww_part *part)
{
    if (part->kind == WW_PART_BEGIN) {
        ww_field fields[8];
        ww_head head;
        ww_scan scan = WW_SCAN_INIT;
        CHECK(ww_parse_trailers(part->head.data, part->head.len, NULL, &scan, fields, 8, &head) == WW_OK);
        CHECK(head.head_len == part->head.len && part->data.data == NULL);
        add(to, span("["));
        add_value(to, part->name, "|");
        add_value(to, part->filename, "|");
        add_value(to, part->content_type, "]");
    } else if (part->kind == WW_PART_DATA) {
        CHECK(part->data.len != 0 && part->name.data == NULL && part->head.data == NULL);
        add(to, part->data);
    } else {
        CHECK(part->kind == WW_PART_END && part->data.data == NULL);
        add(to, span(";"));
    }
}

/* Gives the reader a piece that a memory checker knows the ends of. */
static void feed(ww_multipart *reader, const char *octets, size_t len, struct told *to)
{
    uint8_t *piece = exactly(octets, len);
    size_t at = 0, consumed = 0;
    ww_part part = WW_PART_INIT;
    while ((to->status = ww_multipart_next(reader, piece + at, len - at, &consumed, &part)) == WW_OK) {
        at += consumed;
        note(to, &part);
    }
    CHECK(at + consumed == len || to->status < 0);
    CHECK(part.size == sizeof part && part.kind == 0 && part.data.data == NULL);
    to->at += at + consumed;
    free(piece);
}

/* Reads pieces of `size` octets, the first of `first`. */
static struct told tells(const char *type, uint32_t flags, const char *content, size_t len, size_t first, size_t size)
{
    struct told told = { "", WW_NEED_INPUT, 0 };
    uint8_t *room = malloc(ROOM);
    ww_multipart reader = WW_MULTIPART_INIT;
    size_t at = 0;
    if (room == NULL) abort();
    CHECK(ww_multipart_start(&reader, span(type), flags, room, ROOM) == WW_OK);
    while (at < len && told.status >= 0) {
        size_t n = at == 0 ? first : size;
        if (n > len - at) n = len - at;
        feed(&reader, content + at, n, &told);
        at += n;
    }
    if (told.status < 0) {
        ww_part part = WW_PART_INIT;
        size_t consumed = 9;
        CHECK(ww_multipart_next(&reader, "x", 1, &consumed, &part) == told.status && consumed == 0);
    }
    free(room);
    return told;
}

static void check_told(struct told told, const char *parts, ww_status status, size_t at)
{
    CHECK(strcmp(told.parts, parts) == 0 && told.status == status && (status >= 0 || told.at == at));
}

static void reads_any(const char *type, uint32_t flags, const char *content, const char *parts, ww_status status, size_t at)
{
    size_t len = strlen(content), cut;
    for (cut = 1; cut <= len; cut++) check_told(tells(type, flags, content, len, cut, len), parts, status, at);
    check_told(tells(type, flags, content, len, 1, 1), parts, status, at);
}

static void reads(const char *content, const char *parts, ww_status status, size_t at)
{
    reads_any("multipart/form-data; boundary=b", 0, content, parts, status, at);
}

#define A "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"

static void h1_sem_13(void)
{
    reads("--b--", "", WW_DONE, 0);
    reads(A "x\r\n--b--\r\nepilogue", "[a|-|-]x;", WW_DONE, 0);
    reads("preamble\r\n" A "--b--", "[a|-|-];", WW_DONE, 0);
    reads(A "\r\n--a\r\r\n--x--b--\r\n--b \t\r\nContent-Disposition: form-data; name=c\r\n\r\ny\r\n--b--",
          "[a|-|-]\r\n--a\r\r\n--x--b--;[c|-|-]y;", WW_DONE, 0);
    reads(A "x\r\n--b", "[a|-|-]x;", WW_NEED_INPUT, 0);
    reads(A "x\r\n--bc", "[a|-|-]x;", WW_E_MULTIPART, sizeof A + 5);
    reads("--b-\r\n", "", WW_E_MULTIPART, 4);
    reads_any("multipart/mixed; boundary=\"a b\"", WW_MULTIPART_ANY, "--a b\r\n\r\nx\r\n--a b\r\nContent-Type: c/d\r\n\r\n--a b--",
              "[-|-|-]x;[-|-|c/d];", WW_DONE, 0);
}

static void h1_sem_14(void)
{
    static const char *const BAD[] = { "", "X: y\r\n", "Content-Disposition: form-data\r\n", "Content-Disposition: file; name=a\r\n",
                                       "Content-Disposition: form-data; name=a; name=a\r\n", "Content-Disposition: form-data; name=\"a\r\n" };
    char content[256];
    size_t i;
    reads("--b\r\nX: y\r\ncontent-disposition: form-data; name=\"a\"; filename=\"b;c\"\r\nContent-Type: a/b\r\n\r\nx\r\n--b--",
          "[a|b;c|a/b]x;", WW_DONE, 0);
    for (i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        (void)snprintf(content, sizeof content, "--b\r\n%s\r\n\r\n--b--", BAD[i]);
        reads(content, "", WW_E_MULTIPART, strlen(content) - 7);
    }
    (void)snprintf(content, sizeof content, "--b\r\nX: %0*d\r\n\r\n", ROOM, 7);
    CHECK(tells("multipart/form-data; boundary=b", 0, content, strlen(content), 1, 1).status == WW_E_TOO_LARGE);
}

static void arguments_multipart(void)
{
    static const char *const TYPES[] = { "", "multipart/mixed; boundary=b", "multipart/form-data", "multipart/form-data; boundary=\"b \"",
                                         "multipart/form-data; boundary=b; boundary=b", "text/plain; boundary=b" };
    static const ww_span NOWHERE = { NULL, 5 };
    const ww_span type = span("multipart/form-data; boundary=b");
    ww_multipart reader = WW_MULTIPART_INIT;
    ww_part part = WW_PART_INIT;
    uint8_t room[8];
    const uint8_t *in = room;
    size_t i, n = 9;
    memset(room, '-', sizeof room);
    for (i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        CHECK(ww_multipart_start(&reader, span(TYPES[i]), 0, room, 8) == WW_E_FIELD_VALUE);
        CHECK(ww_multipart_next(&reader, in, 1, &n, &part) == WW_E_STATE && n == 0);
    }
    CHECK(ww_multipart_start(NULL, type, 0, room, 8) == WW_E_ARGUMENT && ww_multipart_start(&reader, NOWHERE, 0, room, 8) == WW_E_ARGUMENT);
    CHECK(ww_multipart_start(&reader, type, 2, room, 8) == WW_E_ARGUMENT && ww_multipart_start(&reader, type, 0, NULL, 8) == WW_E_ARGUMENT);
    CHECK(ww_multipart_next(&reader, in, 1, &n, &part) == WW_E_STATE);
    CHECK(ww_multipart_start(&reader, type, 0, NULL, 0) == WW_OK && ww_multipart_next(NULL, in, 1, &n, &part) == WW_E_ARGUMENT);
    CHECK(ww_multipart_next(&reader, NULL, 1, &n, &part) == WW_E_ARGUMENT && ww_multipart_next(&reader, in, 1, NULL, &part) == WW_E_ARGUMENT);
    CHECK(ww_multipart_next(&reader, in, 1, &n, NULL) == WW_E_ARGUMENT && n == 0);
    CHECK(ww_multipart_next(&reader, NULL, 0, &n, &part) == WW_NEED_INPUT);
    CHECK(ww_multipart_next(&reader, "--b\r\nX", 6, &n, &part) == WW_E_TOO_LARGE && n == 5);
}

const struct test MULTIPART_TESTS[] = {
    { "h1_sem_13", h1_sem_13 }, { "h1_sem_14", h1_sem_14 }, { "arguments_multipart", arguments_multipart }, { NULL, NULL },
};
