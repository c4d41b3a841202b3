#include "codec.h"
#include <stdlib.h>
#include <string.h>

enum { CONTENT_MAX = 4096 };

struct decoded {
    ww_chunk_decoder decoder;
    const ww_chunk_limits *limits;
    char content[CONTENT_MAX];
    size_t content_len, consumed;
    ww_status status;
};

static void decoded_new(struct decoded *d, const ww_chunk_limits *limits)
{
    memset(d, 0, sizeof *d);
    d->limits = limits;
    d->status = WW_NEED_INPUT;
}

/* One call; returns what it consumed of the `len` octets at `in`. */
static size_t step(struct decoded *d, const uint8_t *in, size_t len)
{
    size_t consumed;
    ww_span data;
    d->status = ww_chunk_next(&d->decoder, in, len, d->limits, &consumed, &data);
    CHECK(consumed <= len && (d->status != WW_NEED_INPUT || consumed == len));
    CHECK((d->status == WW_OK) == (data.len != 0));
    if (data.len == 0) {
        CHECK(data.data == NULL);
        return consumed;
    }
    CHECK(data.data >= in && data.data + data.len == in + consumed);
    CHECK(d->content_len + data.len <= CONTENT_MAX);
    memcpy(d->content + d->content_len, data.data, data.len);
    d->content_len += data.len;
    return consumed;
}

/* Feeds one piece, while more of the message is wanted. */
static void feed(struct decoded *d, const char *piece, size_t len)
{
    uint8_t *in = exactly(piece, len);
    size_t at = 0;
    while (at < len && (d->status == WW_OK || d->status == WW_NEED_INPUT)) at += step(d, in + at, len - at);
    if (d->status == WW_OK) d->status = WW_NEED_INPUT;
    d->consumed += at;
    free(in);
}

static void check_content(const struct decoded *d, const char *content)
{
    CHECK(d->content_len == strlen(content) && memcmp(d->content, content, d->content_len) == 0);
}

/* What was answered is answered again, whatever comes, and nothing more is consumed. */
static void check_again(struct decoded *d)
{
    size_t consumed = 1;
    ww_span data;
    CHECK(ww_chunk_next(&d->decoder, "5\r\nhello", 8, NULL, &consumed, &data) == d->status);
    CHECK(consumed == 0 && data.data == NULL && data.len == 0);
}

static void check_error(const struct decoded *d, ww_status code, const char *rule, uint64_t offset)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    CHECK(ww_chunk_error(&d->decoder, &info) == WW_OK);
    CHECK(info.code == code && info.offset == offset && strcmp(info.rule, rule) == 0);
    CHECK((info.http_status == 400 && info.reason[0] != 0) == (code != 0));
}

/* Calls `check` with the message decoded in each way. */
static void each_cut(const ww_chunk_limits *limits, const char *message, size_t len, void (*check)(struct decoded *, void *),
                     void *expected)
{
    static struct decoded d;
    size_t cut, i;
    for (cut = 0; cut <= len; cut++) {
        decoded_new(&d, limits);
        feed(&d, message, cut);
        feed(&d, message + cut, len - cut);
        check(&d, expected);
    }
    decoded_new(&d, limits);
    for (i = 0; i < len; i++) feed(&d, message + i, 1);
    check(&d, expected);
}

struct expected {
    const char *content, *rule;
    ww_status status;
    uint64_t consumed;
};

static void check_one(struct decoded *d, void *with)
{
    const struct expected *e = with;
    CHECK(d->status == e->status && d->consumed == e->consumed);
    if (e->content != NULL) check_content(d, e->content);
    if (e->status != WW_NEED_INPUT) check_again(d);
    check_error(d, e->status < 0 ? e->status : 0, e->rule, e->status < 0 ? e->consumed : 0);
}

void accepts(const char *message, size_t len, const char *content, size_t behind)
{
    struct expected e = { 0, "", WW_DONE, 0 };
    e.content = content;
    e.consumed = len - behind;
    each_cut(NULL, message, len, check_one, &e);
    if (content == NULL || behind != 0) return;
    /* Without its last octet the message is not complete, and nothing is wrong with it. */
    e.status = WW_NEED_INPUT;
    e.consumed = len - 1;
    each_cut(NULL, message, len - 1, check_one, &e);
}

void refuses(const char *message, size_t len, const char *content, ww_status code, const char *rule, uint64_t offset)
{
    struct expected e = { 0, 0, 0, 0 };
    e.content = content;
    e.rule = rule;
    e.status = code;
    e.consumed = offset;
    each_cut(NULL, message, len, check_one, &e);
}

void refuses_within(const ww_chunk_limits *limits, const char *message, ww_status code, uint64_t offset)
{
    struct expected e = { NULL, "H1-LIM-04", 0, 0 };
    e.status = code;
    e.consumed = offset;
    each_cut(limits, message, strlen(message), check_one, &e);
}
