/* Dates, ranges, preconditions and weights. */
#include "codec.h"
#include <string.h>

/* 2026-11-28 12:00:00, and the date of the examples in RFC 9110. */
static const int64_t NOW = 1795867200, THEN = 784111777;

static void reads_date(const char *text, int64_t expected)
{
    int64_t seconds = 1;
    CHECK(ww_parse_date(span(text), NOW, &seconds) == WW_OK && seconds == expected);
}

static void h1_sem_05_and_06(void)
{
    static const char *const NONE[] = { "", "0", "Sun, 06 Nov 1994 08:49:37", " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT" };
    uint8_t text[64];
    size_t i, n;
    int64_t seconds = 1;
    reads_date("Sun, 06 Nov 1994 08:49:37 GMT", THEN);
    reads_date("Sunday, 06-Nov-94 08:49:37 GMT", THEN);
    reads_date("Sun Nov  6 08:49:37 1994", THEN);
    reads_date("Wed, 31 Dec 1969 23:59:59 GMT", -1);
    reads_date("Saturday, 28-Nov-76 12:00:00 GMT", 3373790400);
    reads_date("Saturday, 28-Nov-76 12:00:01 GMT", 218030401);
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++) CHECK(ww_parse_date(span(NONE[i]), NOW, &seconds) == WW_E_FIELD_VALUE && seconds == 1);
    CHECK(ww_write_date((uint64_t)THEN, text, sizeof text, &n) == WW_OK);
    {
        ww_span written = { text, n };
        CHECK(ww_parse_date(written, 0, &seconds) == WW_OK && seconds == THEN);
    }
}

/* A verdict, the ranges as first, len, first, len; the table has room for two. */
static void asks(const char *value, uint64_t length, uint32_t expected, size_t ranges, const uint64_t *numbers)
{
    ww_range table[3] = { { 7, 7 }, { 7, 7 }, { 7, 7 } };
    uint32_t verdict = 9;
    size_t i, count = 9;
    CHECK(ww_range_verdict(span(value), length, table, 2, &count, &verdict) == WW_OK && verdict == expected && count == ranges);
    for (i = 0; i < ranges; i++) CHECK(table[i].first == numbers[2 * i] && table[i].len == numbers[2 * i + 1]);
    CHECK(table[2].first == 7 && table[2].len == 7);
}

static void h1_sem_09(void)
{
    static const uint64_t ENDS[] = { 0, 1, 99, 1 }, LAST[] = { 90, 10 }, ALL[] = { 0, 100 };
    static const char *const IGNORED[] = { "", "bytes=", "bytes=2-1", "items=0-1", "bytes=0-1,x", "bytes=0-0,1-1,2-2", "bytes=0-,0-" };
    size_t i;
    asks("bytes=0-0, -1", 100, WW_RANGE_PARTIAL, 2, ENDS);
    asks("bytes=90-", 100, WW_RANGE_PARTIAL, 1, LAST);
    asks("bytes=-10,200-", 100, WW_RANGE_PARTIAL, 1, LAST);
    asks("bytes=0-", 100, WW_RANGE_WHOLE, 1, ALL);
    asks("bytes=-99999999999999999999999", 100, WW_RANGE_WHOLE, 1, ALL);
    asks("bytes=100-,-0", 100, WW_RANGE_UNSATISFIABLE, 0, NULL);
    asks("bytes=0-", 0, WW_RANGE_UNSATISFIABLE, 0, NULL);
    for (i = 0; i < sizeof IGNORED / sizeof IGNORED[0]; i++) asks(IGNORED[i], 100, WW_RANGE_IGNORE, 0, NULL);
}

void parse_request(const char *method, const char *lines, ww_field fields[8], ww_head *head, char text[512])
{
    ww_scan scan = WW_SCAN_INIT;
    strcpy(text, method);
    strcat(strcat(strcat(text, " / HTTP/1.1\r\nHost: a\r\n"), lines), "\r\n");
    CHECK(ww_parse_request(text, strlen(text), NULL, &scan, fields, 8, head) == WW_OK);
}

static void judges(const char *method, const char *lines, const ww_representation *there, uint32_t expected)
{
    char text[512];
    ww_field fields[8];
    ww_head head;
    uint32_t verdict = 9;
    parse_request(method, lines, fields, &head, text);
    CHECK(ww_check_preconditions(&head, there, NOW, &verdict) == WW_OK && verdict == expected);
}

static void h1_sem_08(void)
{
    ww_representation a = WW_REPRESENTATION_INIT, plain = WW_REPRESENTATION_INIT, absent;
    a.etag = span("\"a\"");
    a.last_modified = THEN;
    absent = a;
    absent.flags = WW_REPRESENTATION_ABSENT;
    absent.etag = span("no tag, and not looked at");
    judges("GET", "", &a, WW_VERDICT_PROCEED);
    judges("GET", "If-None-Match: \"b\"\r\nIf-None-Match: W/\"a\"\r\n", &a, WW_VERDICT_NOT_MODIFIED);
    judges("PUT", "If-None-Match: *\r\n", &a, WW_VERDICT_FAILED);
    judges("PUT", "If-None-Match: *\r\n", &absent, WW_VERDICT_PROCEED);
    judges("PUT", "If-Match: *\r\n", &absent, WW_VERDICT_FAILED);
    judges("PUT", "If-Match: \"a\"\r\nIf-Unmodified-Since: Sun Nov  6 08:49:36 1994\r\n", &a, WW_VERDICT_PROCEED);
    judges("PUT", "If-Unmodified-Since: Sun Nov  6 08:49:36 1994\r\n", &a, WW_VERDICT_FAILED);
    judges("PUT", "If-Unmodified-Since: Sun Nov  6 08:49:36 1994\r\n", &plain, WW_VERDICT_PROCEED);
    judges("HEAD", "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\r\n", &a, WW_VERDICT_NOT_MODIFIED);
    judges("HEAD", "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\r\n", &plain, WW_VERDICT_PROCEED);
    judges("GET", "Range: bytes=0-1\r\nIf-Range: \"a\"\r\n", &a, WW_VERDICT_PROCEED);
    judges("GET", "Range: bytes=0-1\r\nIf-Range: \"b\"\r\n", &a, WW_VERDICT_PROCEED_WHOLE);
    judges("GET", "If-Range: Sun, 06 Nov 1994 08:49:37 GMT\r\n", &a, WW_VERDICT_PROCEED_WHOLE);
    a.flags = WW_REPRESENTATION_STRONG_DATE;
    judges("GET", "If-Range: Sun, 06 Nov 1994 08:49:37 GMT\r\n", &a, WW_VERDICT_PROCEED);
}

static void weighs(const char *lines, uint16_t field, const char *offer, uint16_t expected)
{
    char text[512];
    ww_field fields[8];
    ww_head head;
    uint16_t weight = 9;
    parse_request("GET", lines, fields, &head, text);
    CHECK(ww_accept_weight(&head, field, span(offer), &weight) == WW_OK && weight == expected);
}

static void h1_sem_10(void)
{
    weighs("", WW_FIELD_ACCEPT, "text/html", 1000);
    weighs("Accept: text/*;q=0.5\r\nAccept: text/html;q=0.125, */*\r\n", WW_FIELD_ACCEPT, "Text/HTML", 125);
    weighs("Accept: text/*;q=0\r\n", WW_FIELD_ACCEPT, "text/html", 0);
    weighs("Accept: a/b;x=1, a/b;q=0.5\r\n", WW_FIELD_ACCEPT, "a/b; X=\"1\"", 1000);
    weighs("", WW_FIELD_ACCEPT_ENCODING, "gzip", 0);
    weighs("Accept-Encoding: gzip;q=0.8, *;q=0\r\n", WW_FIELD_ACCEPT_ENCODING, "gzip", 800);
    weighs("Accept-Encoding: gzip;q=0.8, *;q=0\r\n", WW_FIELD_ACCEPT_ENCODING, "identity", 0);
    weighs("Accept-Encoding: gzip;q=0.8\r\n", WW_FIELD_ACCEPT_ENCODING, "identity", 1);
    weighs("Accept: text/html, *; q=.2, */*; q=.2\r\n", WW_FIELD_ACCEPT, "a/b", 200);
    weighs("Accept-Encoding: gzip\r\nAccept-Language: de\r\n", WW_FIELD_ACCEPT_LANGUAGE, "de-CH", 1000);
    weighs("Accept-Language: de-CH\r\n", WW_FIELD_ACCEPT_LANGUAGE, "de", 0);
}

static void arguments_verdicts(void)
{
    static const ww_span NOWHERE = { NULL, 5 };
    ww_representation there = WW_REPRESENTATION_INIT;
    char text[512];
    ww_field fields[8];
    ww_head head;
    ww_range table[1];
    size_t count = 9;
    uint32_t verdict = 9;
    uint16_t weight = 9;
    int64_t seconds = 9;
    parse_request("GET", "", fields, &head, text);
    CHECK(ww_parse_date(NOWHERE, 0, &seconds) == WW_E_ARGUMENT && ww_parse_date(span("0"), 0, NULL) == WW_E_ARGUMENT);
    CHECK(ww_range_verdict(NOWHERE, 1, table, 1, &count, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_range_verdict(span("bytes=0-"), 1, NULL, 1, &count, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_range_verdict(span("bytes=0-"), 1, table, SIZE_MAX, &count, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_range_verdict(span("bytes=0-"), 1, table, 1, NULL, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_range_verdict(span("bytes=0-"), 1, table, 1, &count, NULL) == WW_E_ARGUMENT && count == 9);
    CHECK(ww_check_preconditions(NULL, &there, 0, &verdict) == WW_E_ARGUMENT && ww_check_preconditions(&head, NULL, 0, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_check_preconditions(&head, &there, 0, NULL) == WW_E_ARGUMENT);
    there.etag = span("a");
    CHECK(ww_check_preconditions(&head, &there, 0, &verdict) == WW_E_ARGUMENT);
    there.etag = NOWHERE;
    CHECK(ww_check_preconditions(&head, &there, 0, &verdict) == WW_E_ARGUMENT);
    there.etag = span("");
    there.flags = 4;
    CHECK(ww_check_preconditions(&head, &there, 0, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_accept_weight(NULL, WW_FIELD_ACCEPT, span("a/b"), &weight) == WW_E_ARGUMENT);
    CHECK(ww_accept_weight(&head, WW_FIELD_ACCEPT, NOWHERE, &weight) == WW_E_ARGUMENT);
    CHECK(ww_accept_weight(&head, WW_FIELD_ACCEPT, span("*/*"), &weight) == WW_E_ARGUMENT);
    CHECK(ww_accept_weight(&head, WW_FIELD_COOKIE, span("a/b"), &weight) == WW_E_ARGUMENT);
    CHECK(ww_accept_weight(&head, WW_FIELD_ACCEPT, span("a/b"), NULL) == WW_E_ARGUMENT);
    fields[0].value = NOWHERE;
    there.flags = 0;
    CHECK(ww_check_preconditions(&head, &there, 0, &verdict) == WW_E_ARGUMENT);
    CHECK(verdict == 9 && weight == 9 && seconds == 9 && count == 9);
}

const struct test VERDICT_TESTS[] = {
    { "h1_sem_05_and_06", h1_sem_05_and_06 },
    { "h1_sem_09", h1_sem_09 },
    { "h1_sem_08", h1_sem_08 },
    { "h1_sem_10", h1_sem_10 },
    { "arguments_verdicts", arguments_verdicts },
    { NULL, NULL },
};
