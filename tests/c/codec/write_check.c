#include "codec.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ww_span span(const char *text)
{
    ww_span s;
    s.data = (const uint8_t *)text;
    s.len = strlen(text);
    return s;
}

ww_request get(const char *target)
{
    ww_request r = WW_REQUEST_INIT;
    r.method = span("GET");
    r.target = span(target);
    r.authority = span("a");
    return r;
}

ww_response respond(uint16_t status)
{
    ww_response r = WW_RESPONSE_INIT;
    r.status = status;
    return r;
}

static ww_status write_it(const ww_request *q, const ww_response *r, uint8_t *out, size_t cap, size_t *written)
{
    return q != NULL ? ww_write_request(q, out, cap, written) : ww_write_response(r, out, cap, written);
}

/* Any size but the whole is too small, and nothing is written then. */
static void check_room(const ww_request *q, const ww_response *r, size_t size)
{
    uint8_t out[1024];
    size_t cap, i, written;
    CHECK(write_it(q, r, NULL, 0, &written) == WW_E_BUFFER && written == size);
    for (cap = 0; cap < size; cap++) {
        memset(out, '?', sizeof out);
        CHECK(write_it(q, r, out, cap, &written) == WW_E_BUFFER && written == size);
        for (i = 0; i < sizeof out && out[i] == '?'; i++) {}
        CHECK(i == sizeof out);
    }
}

static void writes(const ww_request *q, const ww_response *r, const char *head)
{
    uint8_t *out = exactly(head, strlen(head));
    size_t written = 0;
    memset(out, '?', strlen(head));
    CHECK(write_it(q, r, out, strlen(head), &written) == WW_OK);
    if (written != strlen(head) || memcmp(out, head, written) != 0) {
        fprintf(stderr, "expected %s", head);
        CHECK(!"the head as expected");
    }
    check_room(q, r, strlen(head));
    free(out);
}

void writes_request(const ww_request *r, const char *head)
{
    writes(r, NULL, head);
}

void writes_response(const ww_response *r, const char *head)
{
    writes(NULL, r, head);
}

static void refuses_it(const ww_request *q, const ww_response *r, ww_status code)
{
    uint8_t out[1024];
    size_t written = 1, i;
    memset(out, '?', sizeof out);
    CHECK(write_it(q, r, out, sizeof out, &written) == code && written == 0);
    for (i = 0; i < sizeof out && out[i] == '?'; i++) {}
    CHECK(i == sizeof out);
    CHECK(write_it(q, r, NULL, 0, &written) == code && written == 0);
}

void refuses_request(const ww_request *r, ww_status code)
{
    refuses_it(r, NULL, code);
}

void refuses_response(const ww_response *r, ww_status code)
{
    refuses_it(NULL, r, code);
}
