/* After warm-up, requests on a kept-alive connection allocate nothing. */
#include "harness.h"
#include <string.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n";
static const char POST[] = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
static const char CHUNKED[] = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n";
static const char CUT[] = "GET /cut/in/two HTTP/1.1\r\nHo";
static const char REST[] = "st: a\r\n\r\n";

/* Six requests: of every framing, pipelined, and in two lends. */
static void round_trip(struct harness *h)
{
    char two[2 * sizeof GET];
    h->output_len = 0;
    harness_receive_text(h, GET);
    harness_receive_text(h, POST);
    harness_receive_text(h, CHUNKED);
    strcpy(two, GET);
    strcat(two, GET);
    harness_receive_text(h, two);
    harness_receive_text(h, CUT);
    harness_receive_text(h, REST);
}

int main(void)
{
    static struct harness h;
    size_t before;
    int i;
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    for (i = 0; i < 20; i++) round_trip(&h);
    CHECK(h.messages == 120);
    before = h.memory.calls;
    for (i = 0; i < 1000; i++) round_trip(&h);
    CHECK(h.messages == 6120);
    CHECK(h.memory.calls == before);
    CHECK(h.surprise == 0 && !h.no_memory);
    CHECK(harness_close(&h));
    return check_result();
}
