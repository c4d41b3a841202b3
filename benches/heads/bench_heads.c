/* Heads through the C ABI, beside picohttpparser: for each head a line of its number, name and octets, and the time in ns
   (for the head, or all pieces, or the whole batch) of picohttpparser, of wireway and of copying the octets. Rounds
   alternate, and the best of each counts. run.sh makes a table of many such starts. */
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "picohttpparser.h"
#include "phr_request.h" /* REQ: picohttpparser's own benchmark request, taken from its bench.c by run.sh */

typedef struct { const uint8_t *data; size_t len; } ww_span;
typedef struct { ww_span name, value; uint16_t id, flags; uint32_t reserved; } ww_field;
typedef struct { uint64_t opaque[16]; } ww_scan;
typedef struct {
    ww_span method, target, reason;
    const ww_field *fields;
    size_t field_count;
    ww_span host;
    uint64_t content_length;
    size_t head_len;
    uint32_t flags;
    uint16_t status;
    uint8_t method_id, version_minor;
    uint64_t reserved[2];
} ww_head;
int32_t ww_parse_request(const uint8_t *, size_t, const void *, ww_scan *, ww_field *, size_t, ww_head *);
int32_t ww_parse_response(const uint8_t *, size_t, const void *, ww_scan *, ww_field *, size_t, ww_head *);

enum kind { REQUEST, RESPONSE, DRIP, BATCH };
struct sample { const char *name; enum kind kind; char octets[4096]; size_t len; };

#define KEEP(p) __asm__ volatile("" : : "r"(p) : "memory")
#define FIELDS 64
#define PIECE 16

static ww_scan scan;
static ww_field fields[FIELDS];
static ww_head head;
static struct phr_header headers[FIELDS];

static size_t phr_head(const char *in, size_t len, enum kind kind, size_t last_len)
{
    const char *method, *path;
    size_t method_len, path_len, count = FIELDS;
    int minor, status, end;
    if (kind == RESPONSE)
        end = phr_parse_response(in, len, &minor, &status, &method, &method_len, headers, &count, last_len);
    else
        end = phr_parse_request(in, len, &method, &method_len, &path, &path_len, &minor, headers, &count, last_len);
    KEEP(headers);
    if (end == -1)
        abort();
    return end < 0 ? 0 : (size_t)end;
}

static size_t ww_one(const char *in, size_t len, enum kind kind)
{
    const uint8_t *octets = (const uint8_t *)in;
    int32_t status = kind == RESPONSE ? ww_parse_response(octets, len, NULL, &scan, fields, FIELDS, &head)
                                      : ww_parse_request(octets, len, NULL, &scan, fields, FIELDS, &head);
    KEEP(fields);
    KEEP(&head);
    if (status < 0)
        abort();
    return status == 0 ? head.head_len : 0;
}

static void phr_run(const struct sample *s)
{
    size_t at = 0, end = 0, last = 0;
    if (s->kind == DRIP) {
        for (end = PIECE; phr_head(s->octets, end, REQUEST, last) == 0; end = end + PIECE < s->len ? end + PIECE : s->len)
            last = end;
    } else {
        while (at < s->len)
            at += phr_head(s->octets + at, s->len - at, s->kind, 0);
    }
}

static void ww_run(const struct sample *s)
{
    size_t at = 0, end;
    if (s->kind == DRIP) {
        for (end = PIECE; ww_one(s->octets, end, REQUEST) == 0; end = end + PIECE < s->len ? end + PIECE : s->len) {
        }
    } else {
        while (at < s->len)
            at += ww_one(s->octets + at, s->len - at, s->kind);
    }
}

static void copy_run(const struct sample *s)
{
    static char to[sizeof s->octets];
    memcpy(to, s->octets, s->len);
    KEEP(to);
}

static double time_ns(void (*run)(const struct sample *), const struct sample *s, long times)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (long i = 0; i < times; i++) {
        KEEP(s);
        run(s);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    return ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / (double)times;
}

static void measure(const struct sample *s, int rounds)
{
    void (*const runs[])(const struct sample *) = {phr_run, ww_run, copy_run};
    double best[3] = {1e18, 1e18, 1e18};
    long times = (long)(2e5 / (time_ns(phr_run, s, 1000) + 1));
    for (int round = 0; round < rounds; round++) {
        for (int which = 0; which < 3; which++) {
            double ns = time_ns(runs[which], s, times);
            if (ns < best[which])
                best[which] = ns;
        }
    }
    static int number;
    printf("%d\t%s\t%zu\t%.2f\t%.2f\t%.2f\n", number++, s->name, s->len, best[0], best[1], best[2]);
}

static void set(struct sample *s, const char *name, enum kind kind, const char *text)
{
    s->name = name;
    s->kind = kind;
    s->len = strlen(text);
    memcpy(s->octets, text, s->len + 1);
}

/* Puts fields before the empty line until the head has exactly `len` octets. */
static void fill(struct sample *s, size_t len)
{
    static const char *const names[] = {"Cache-Control", "X-Forwarded-For", "Sec-Fetch-Mode", "X-Trace", "Referer"};
    char *end = s->octets + s->len - 2;
    char *to = s->octets + len - 2;
    for (int i = 0; end < to; i++) {
        size_t left = (size_t)(to - end), line = left < 160 ? left : 40 + (size_t)(i * 37 % 60);
        int name = sprintf(end, "%s: ", names[i % 5]);
        memset(end + name, 'a' + i % 26, line - (size_t)name - 2);
        memcpy(end + line - 2, "\r\n", 2);
        end += line;
    }
    memcpy(end, "\r\n", 3);
    s->len = len;
}

int main(int argc, char **argv)
{
    static struct sample s;
    static const char tiny[] = "GET / HTTP/1.1\r\nHost: example.test:8\r\n\r\n";
    static const char small[] = "GET /plaintext HTTP/1.1\r\nHost: example.test\r\nAccept: */*\r\nConnection: keep-alive\r\n"
                                "User-Agent: a\r\n\r\n";
    static const char response[] = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: example\r\n"
                                   "Content-Type: text/html; charset=utf-8\r\nContent-Length: 12345\r\n"
                                   "Vary: Accept-Encoding\r\nETag: \"34aa387-d-1568eb00\"\r\n\r\n";
    int rounds = argc > 1 ? atoi(argv[1]) : 80;
    set(&s, "request", REQUEST, tiny);
    measure(&s, rounds);
    set(&s, "request", REQUEST, small);
    measure(&s, rounds);
    set(&s, "request", REQUEST, REQ);
    measure(&s, rounds);
    fill(&s, 1758);
    measure(&s, rounds);
    set(&s, "response", RESPONSE, response);
    fill(&s, 700);
    measure(&s, rounds);
    set(&s, "request in 16s", DRIP, REQ);
    measure(&s, rounds);
    set(&s, "16 requests in a row", BATCH, "");
    for (int i = 0; i < 16; i++)
        strcat(s.octets, tiny);
    s.len = strlen(s.octets);
    measure(&s, rounds);
    return 0;
}
