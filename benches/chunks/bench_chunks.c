/* Chunked content in, beside picohttpparser, and response heads out, beside heads put together by hand: time in ns for all
   of it, the ratio to the peer, and what copying the octets costs. Rounds alternate, and the best of each counts. */
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "picohttpparser.h"
#include "wireway.h"

#define KEEP(p) __asm__ volatile("" : : "r"(p) : "memory")
#define CONTENT 16384

static char message[4 * CONTENT], work[4 * CONTENT], head[1024];
static size_t message_len, head_len;

/* The peer moves content together in place, so its input is put back before every run; the others get the same. */
static void put_back(void)
{
    memcpy(work, message, message_len);
    KEEP(work);
}

static void pico_decode(void)
{
    struct phr_chunked_decoder decoder = { 0, 0, 0, 0 };
    size_t len = message_len;
    put_back();
    if (phr_decode_chunked(&decoder, work, &len) < 0 || len != CONTENT) abort();
    KEEP(work);
}

static void ww_decode(void)
{
    ww_chunk_decoder decoder = WW_CHUNK_DECODER_INIT;
    const uint8_t *in = (const uint8_t *)work;
    size_t len = message_len, consumed, content = 0;
    ww_status status;
    ww_span data;
    put_back();
    while ((status = ww_chunk_next(&decoder, in, len, NULL, &consumed, &data)) == WW_OK) {
        KEEP(data.data);
        content += data.len;
        in += consumed;
        len -= consumed;
    }
    if (status != WW_DONE || content != CONTENT) abort();
}

static const ww_field FIELDS[] = {
    WW_FIELD("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), WW_FIELD("Server", "example"),
    WW_FIELD("Content-Type", "text/html; charset=utf-8"), WW_FIELD("Cache-Control", "max-age=3600"),
    WW_FIELD("ETag", "\"34aa387-d-1568eb00\""), WW_FIELD("Vary", "Accept-Encoding"),
};
#define COUNT (sizeof FIELDS / sizeof FIELDS[0])

static void ww_head_out(void)
{
    ww_response r = WW_RESPONSE_INIT;
    r.status = 200;
    r.flags = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH;
    r.content_length = 12345;
    r.fields = FIELDS;
    r.field_count = COUNT;
    KEEP(&r);
    if (ww_write_response(&r, head, sizeof head, &head_len) != WW_OK) abort();
    KEEP(head);
}

/* Without looking at any octet of the fields. */
static void by_snprintf(void)
{
    const ww_field *f = FIELDS;
    size_t at, i;
    KEEP(f);
    at = (size_t)snprintf(head, sizeof head, "HTTP/1.1 %d %s\r\nContent-Length: %lu\r\n", 200, "OK", 12345ul);
    for (i = 0; i < COUNT; i++)
        at += (size_t)snprintf(head + at, sizeof head - at, "%.*s: %.*s\r\n", (int)f[i].name.len, (const char *)f[i].name.data,
                               (int)f[i].value.len, (const char *)f[i].value.data);
    memcpy(head + at, "\r\n", 2);
    head_len = at + 2;
    KEEP(head);
}

static char *put(char *to, const void *from, size_t len)
{
    if (len > (size_t)(head + sizeof head - to)) abort();
    memcpy(to, from, len);
    return to + len;
}

/* Nor here. */
static void by_memcpy(void)
{
    const ww_field *f = FIELDS;
    char digits[20], *d = digits + sizeof digits, *to = head;
    unsigned long length = 12345;
    size_t i;
    KEEP(f);
    KEEP(&length);
    to = put(to, "HTTP/1.1 200 OK\r\nContent-Length: ", 33);
    do *--d = (char)('0' + length % 10); while ((length /= 10) != 0);
    to = put(to, d, (size_t)(digits + sizeof digits - d));
    to = put(to, "\r\n", 2);
    for (i = 0; i < COUNT; i++) {
        to = put(to, f[i].name.data, f[i].name.len);
        to = put(to, ": ", 2);
        to = put(to, f[i].value.data, f[i].value.len);
        to = put(to, "\r\n", 2);
    }
    to = put(to, "\r\n", 2);
    head_len = (size_t)(to - head);
    KEEP(head);
}

static void copy_head(void)
{
    static char to[sizeof head];
    memcpy(to, head, head_len);
    KEEP(to);
}

static double time_ns(void (*run)(void), long times)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (long i = 0; i < times; i++) run();
    clock_gettime(CLOCK_MONOTONIC, &to);
    return ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / (double)times;
}

static void measure(void (*const runs[])(void), double *best, int count, int rounds)
{
    long times = (long)(2e6 / (time_ns(runs[0], 100) + 1)) + 1;
    for (int which = 0; which < count; which++) best[which] = 1e18;
    for (int round = 0; round < rounds; round++) {
        for (int which = 0; which < count; which++) {
            double ns = time_ns(runs[which], times);
            if (ns < best[which]) best[which] = ns;
        }
    }
}

static void chunks_of(size_t size, int rounds)
{
    static void (*const runs[])(void) = { pico_decode, ww_decode, put_back };
    double best[3];
    size_t at, len;
    message_len = 0;
    for (at = 0; at < CONTENT; at += size) {
        ww_chunk_head(size, message + message_len, &len);
        memset(message + message_len + len, 'x', size);
        memcpy(message + message_len + len + size, WW_CHUNK_END, 2);
        message_len += len + size + 2;
    }
    memcpy(message + message_len, WW_NO_TRAILERS, 5);
    message_len += 5;
    measure(runs, best, 3, rounds);
    printf("chunks of %-5zu %7zu octets  pico %9.1f  wireway %9.1f  ratio %5.2f  copy %8.1f\n", size, message_len,
           best[0] - best[2], best[1] - best[2], (best[1] - best[2]) / (best[0] - best[2]), best[2]);
}

static void heads_out(int rounds)
{
    static void (*const runs[])(void) = { by_snprintf, by_memcpy, ww_head_out, copy_head };
    double best[4];
    measure(runs, best, 4, rounds);
    printf("response head   %7zu octets  snprintf %6.1f  by hand %6.1f  wireway %6.1f  ratio %5.2f and %5.2f  copy %5.1f\n",
           head_len, best[0], best[1], best[2], best[2] / best[0], best[2] / best[1], best[3]);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 60;
    chunks_of(16, rounds);
    chunks_of(1024, rounds);
    heads_out(rounds);
    return 0;
}
