/* Targets, escapes, and walks through names and values. */
#include "codec.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A span that is as NULL, or as long, as `text` is. */
static int is_text(ww_span found, const char *text)
{
    return text == NULL ? found.data == NULL && found.len == 0 : found.data != NULL && ww_span_equal(found, text);
}

static ww_span exact(const char *text)
{
    ww_span copy;
    copy.data = exactly(text, strlen(text));
    copy.len = strlen(text);
    return copy;
}

static void splits(const char *method, const char *text, uint32_t form, const char *path, const char *query, const char *authority)
{
    ww_span target = exact(text);
    ww_target parts = WW_TARGET_INIT;
    CHECK(ww_target_split(span(method), target, &parts) == WW_OK && parts.size == sizeof parts && parts.form == form);
    CHECK(ww_span_equal(parts.path, path) && is_text(parts.query, query) && ww_span_equal(parts.authority, authority));
    CHECK((parts.path.data == NULL) == (path[0] == '\0') && (parts.authority.data == NULL) == (authority[0] == '\0'));
    CHECK(parts.flags == (strncmp(text, "https", 5) == 0 ? WW_URL_SECURE : 0));
    free((void *)target.data);
}

static void h1_sem_01(void)
{
    static const char *const NONE[][2] = { { "GET", "" }, { "GET", "*" }, { "GET", "a:80" }, { "CONNECT", "/" }, { "CONNECT", "a" },
                                           { "get", "*" }, { "GET", "/a b" }, { "GET", "/a#b" }, { "GET", "ftp://a/" } };
    size_t i;
    splits("GET", "/", WW_TARGET_FORM_ORIGIN, "/", NULL, "");
    splits("POST", "/a%2f?b?c", WW_TARGET_FORM_ORIGIN, "/a%2f", "b?c", "");
    splits("GET", "//a?", WW_TARGET_FORM_ORIGIN, "//a", "", "");
    splits("GET", "http://a:80/b?c", WW_TARGET_FORM_ABSOLUTE, "/b", "c", "a:80");
    splits("GET", "https://a?c", WW_TARGET_FORM_ABSOLUTE, "/", "c", "a");
    splits("OPTIONS", "https://a", WW_TARGET_FORM_ABSOLUTE, "*", NULL, "a");
    splits("OPTIONS", "*", WW_TARGET_FORM_ASTERISK, "*", NULL, "");
    splits("CONNECT", "a:443", WW_TARGET_FORM_AUTHORITY, "", NULL, "a:443");
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++) {
        ww_target parts = WW_TARGET_INIT;
        CHECK(ww_target_split(span(NONE[i][0]), span(NONE[i][1]), &parts) == WW_E_TARGET && parts.form == 0);
    }
}

/* What is written, in no more room than it needs; and that nothing is written into less. */
static void decodes(const char *text, uint32_t flags, const char *expected, size_t len)
{
    ww_span from = exact(text);
    uint8_t *out = exactly(text, len);
    size_t room, n, bad = 77;
    for (room = 0; room < len; room++) {
        CHECK(ww_percent_decode(from, flags, out, room, &n, &bad) == WW_E_BUFFER && n == len);
        CHECK(memcmp(out, text, len) == 0);
    }
    CHECK(ww_percent_decode(from, flags, out, len, &n, NULL) == WW_OK && n == len && memcmp(out, expected, len) == 0);
    CHECK(bad == 77);
    free(out);
    free((void *)from.data);
}

static void breaks(const char *text, size_t at)
{
    uint8_t out[8] = { 1 };
    size_t n = 9, bad = 77;
    CHECK(ww_percent_decode(span(text), 0, out, 8, &n, &bad) == WW_E_ENCODING && n == 0 && bad == at && out[0] == 1);
    CHECK(ww_percent_decode(span(text), WW_DECODE_FORM, out, 0, &n, NULL) == WW_E_ENCODING);
    CHECK(ww_percent_decode(span(text), WW_DECODE_LENIENT, out, 8, &n, &bad) == WW_OK && n != 0);
}

static void h1_sem_02(void)
{
    decodes("", 0, "", 0);
    decodes("a%2Fb+%00", 0, "a/b+\0", 5);
    decodes("a%2Fb+%2b", WW_DECODE_FORM, "a/b +", 5);
    decodes("%2541%ff", 0, "%41\xff", 4);
    decodes("%%41%", WW_DECODE_LENIENT, "%A%", 3);
    breaks("%", 0);
    breaks("a%4", 1);
    breaks("%41%4g", 3);
}

typedef ww_status next_pair(ww_pairs *pairs, ww_span *name, ww_span *value);

static ww_pairs from(ww_span text)
{
    ww_pairs pairs = WW_PAIRS_INIT(text);
    return pairs;
}

/* Walks a text, checks its pairs against those of `expected` (`name=value|`, `name|` without a value), and how it ends, twice. */
static void walks(next_pair *next, const char *text, const char *expected, ww_status end)
{
    ww_span whole = exact(text), name, value;
    ww_pairs pairs = from(whole);
    char found[128] = "";
    ww_status status;
    while ((status = next(&pairs, &name, &value)) == WW_OK) {
        size_t used = strlen(found);
        CHECK(name.data >= whole.data && name.data + name.len <= whole.data + whole.len);
        (void)snprintf(found + used, sizeof found - used, "%.*s%s%.*s|", (int)name.len, (const char *)name.data,
                       value.data == NULL ? "" : "=", (int)value.len, value.data == NULL ? "" : (const char *)value.data);
    }
    CHECK(status == end && strcmp(found, expected) == 0 && name.data == NULL && value.data == NULL && value.len == 0);
    CHECK(next(&pairs, &name, &value) == end && next(&pairs, &name, &value) == end);
    free((void *)whole.data);
}

static void h1_sem_03(void)
{
    walks(ww_form_next, "", "", WW_DONE);
    walks(ww_form_next, "&&a=1&b=&c&=d==e&+=%", "a=1|b=|c|=d==e|+=%|", WW_DONE);
}

static void h1_sem_04(void)
{
    walks(ww_cookie_next, " ; ", "", WW_DONE);
    walks(ww_cookie_next, "a=1; b = \"x=y\" ;c;d=", "a=1|b=\"x=y\"|=c|d=|", WW_DONE);
}

static void unquotes(const char *value, const char *expected)
{
    uint8_t out[32];
    size_t n = 9;
    CHECK(ww_unquote(span(value), out, sizeof out, &n) == (expected == NULL ? WW_E_FIELD_VALUE : WW_OK));
    CHECK(n == (expected == NULL ? 0 : strlen(expected)) && (expected == NULL || memcmp(out, expected, n) == 0));
    if (n != 0) CHECK(ww_unquote(span(value), out, n - 1, &n) == WW_E_BUFFER && n == strlen(expected));
}

static void h1_sem_11(void)
{
    static const char *const NONE[] = { "", "text", "text/", "/html", "text /html", "text/html x", "a/b, c/d" };
    ww_media_type type = WW_MEDIA_TYPE_INIT;
    size_t i;
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
        CHECK(ww_parse_media_type(span(NONE[i]), &type) == WW_E_FIELD_VALUE && type.type.data == NULL);
    CHECK(ww_parse_media_type(span(" Text/HTML ; charset=\"utf-8\""), &type) == WW_OK && type.size == sizeof type);
    CHECK(ww_span_equal_nocase(type.type, "text") && ww_span_equal_nocase(type.subtype, "html"));
    CHECK(ww_span_equal(type.parameters, "; charset=\"utf-8\""));
    walks(ww_parameter_next, "", "", WW_DONE);
    walks(ww_parameter_next, "; charset=\"utf-8\";;a=b ;", "charset=\"utf-8\"|a=b|", WW_DONE);
    walks(ww_parameter_next, ";a=\"b;c\\\"\";d", "a=\"b;c\\\"\"|", WW_E_FIELD_VALUE);
    walks(ww_parameter_next, "a=b", "", WW_E_FIELD_VALUE);
    unquotes("a", "a");
    unquotes("\"a\\\"\\\\b\"", "a\"\\b");
    unquotes("\"\"", "");
    unquotes("\"a", NULL);
    unquotes("a b", NULL);
    unquotes("", NULL);
}

static void arguments_pairs(void)
{
    static next_pair *const WALKS[] = { ww_form_next, ww_cookie_next, ww_parameter_next };
    static const ww_span NOWHERE = { NULL, 5 };
    ww_span a, b;
    size_t i;
    for (i = 0; i < 3; i++) {
        ww_pairs pairs = from(span("a=b")), nowhere = from(NOWHERE);
        CHECK(WALKS[i](NULL, &a, &b) == WW_E_ARGUMENT && WALKS[i](&pairs, NULL, &b) == WW_E_ARGUMENT);
        CHECK(WALKS[i](&pairs, &a, NULL) == WW_E_ARGUMENT && WALKS[i](&nowhere, &a, &b) == WW_E_ARGUMENT);
        CHECK(ww_span_equal(pairs.rest, "a=b") && pairs.state == WW_OK);
    }
}

static void arguments_semantics(void)
{
    static const ww_span NOWHERE = { NULL, 5 };
    ww_target parts = WW_TARGET_INIT;
    ww_media_type type = WW_MEDIA_TYPE_INIT;
    uint8_t out[8];
    size_t n;
    CHECK(ww_target_split(NOWHERE, span("/"), &parts) == WW_E_ARGUMENT && ww_target_split(span("GET"), NOWHERE, &parts) == WW_E_ARGUMENT);
    CHECK(ww_target_split(span("GET"), span("/"), NULL) == WW_E_ARGUMENT);
    CHECK(ww_percent_decode(NOWHERE, 0, out, 8, &n, NULL) == WW_E_ARGUMENT && ww_percent_decode(span("a"), 4, out, 8, &n, NULL) == WW_E_ARGUMENT);
    CHECK(ww_percent_decode(span("a"), 0, NULL, 8, &n, NULL) == WW_E_ARGUMENT && ww_percent_decode(span("a"), 0, out, 8, NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_parse_media_type(NOWHERE, &type) == WW_E_ARGUMENT && ww_parse_media_type(span("a/b"), NULL) == WW_E_ARGUMENT);
    CHECK(ww_unquote(NOWHERE, out, 8, &n) == WW_E_ARGUMENT && ww_unquote(span("a"), NULL, 8, &n) == WW_E_ARGUMENT);
    CHECK(ww_unquote(span("a"), out, 8, NULL) == WW_E_ARGUMENT);
    parts.size = type.size = 0;
    CHECK(ww_target_split(span("GET"), span("/"), &parts) == WW_E_ARGUMENT && ww_parse_media_type(span("a/b"), &type) == WW_E_ARGUMENT);
}

const struct test SEMANTICS_TESTS[] = {
    { "h1_sem_01", h1_sem_01 },
    { "h1_sem_02", h1_sem_02 },
    { "h1_sem_03", h1_sem_03 },
    { "h1_sem_04", h1_sem_04 },
    { "h1_sem_11", h1_sem_11 },
    { "arguments_pairs", arguments_pairs },
    { "arguments_semantics", arguments_semantics },
    { NULL, NULL },
};
