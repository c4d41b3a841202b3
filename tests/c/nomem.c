/* Every allocation fails once: the call answers WW_E_NOMEM or an event tells so, and nothing is lost. */
#include "harness.h"
#include <stdio.h>
#include <string.h>

enum { ALLOCATIONS_MAX = 10000 };

typedef void scenario(struct harness *h);

static char big[100000];

static void streams(struct harness *h)
{
    static const ww_field trailers[] = { WW_FIELD("X-Sum", "1") };
    static const ww_field hints[] = { WW_FIELD("Link", "</x>") };
    const ww_file file = { sizeof file, 0, 5, 100000 };
    ww_response r = WW_RESPONSE_INIT;
    r.status = 200;
    r.flags = WW_MESSAGE_STREAM;
    harness_note(h, ww_conn_send_interim(h->conn, 103, hints, 1));
    harness_note(h, ww_conn_respond(h->conn, &r));
    harness_note(h, ww_conn_send(h->conn, big, sizeof big));
    harness_note(h, ww_conn_send_lent(h->conn, big, sizeof big, 7));
    harness_turn(h);
    harness_note(h, ww_conn_send_file(h->conn, &file, 8));
    harness_note(h, ww_conn_send(h->conn, "end", 3));
    harness_note(h, ww_conn_finish(h->conn, trailers, 1));
    harness_turn(h);
}

/* Requests of every framing, heads and chunks cut, a pipeline held while the application thinks, streamed responses. */
static void serve(struct harness *h)
{
    static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    char pipeline[16 * sizeof GET] = "";
    int i;
    harness_receive_text(h, GET);
    harness_receive_text(h, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-En");
    harness_receive_text(h, "coding: chunked\r\n\r\n5\r\nhel");
    harness_receive_text(h, "lo\r\n0\r\nX-Tr");
    harness_receive_text(h, "ailer: y\r\n\r\n");
    for (i = 0; i < 16; i++) strcat(pipeline, GET);
    h->silent = 1;
    harness_receive_text(h, pipeline);
    streams(h);
    h->silent = 0;
    streams(h);
    harness_receive_text(h, "GET /\x01");
    harness_note(h, ww_conn_receive_eof(h->conn, true, h->now));
    harness_turn(h);
}

static void ask(struct harness *h)
{
    ww_request r = WW_REQUEST_INIT;
    static const ww_span get = WW_LIT("GET"), put = WW_LIT("PUT"), root = WW_LIT("/"), host = WW_LIT("a");
    h->silent = 1;
    r.method = get;
    r.target = root;
    r.authority = host;
    harness_note(h, ww_conn_request(h->conn, &r));
    harness_turn(h);
    harness_receive_text(h, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-En");
    harness_receive_text(h, "coding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Tr");
    harness_receive_text(h, "ailer: y\r\n\r\n");
    r.method = put;
    r.flags = WW_MESSAGE_STREAM;
    harness_note(h, ww_conn_request(h->conn, &r));
    harness_note(h, ww_conn_send(h->conn, big, sizeof big));
    harness_note(h, ww_conn_finish(h->conn, NULL, 0));
    harness_turn(h);
    harness_receive_text(h, "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\nuntil the end");
    harness_note(h, ww_conn_receive_eof(h->conn, true, h->now));
    harness_turn(h);
}

/* One run; answers whether the allocation that was to fail was reached. */
static int run(scenario *play, uint32_t role, size_t fail_at, size_t messages)
{
    static struct harness h;
    int failed;
    if (harness_open(&h, role, fail_at)) play(&h);
    failed = fail_at > 0 && h.memory.calls >= fail_at;
    if (h.surprise != 0) printf("allocation %lu: status %d\n", (unsigned long)fail_at, h.surprise);
    CHECK(h.surprise == 0);
    if (!failed) {
        CHECK(!h.no_memory);
        CHECK(h.messages == messages);
    }
    CHECK(harness_close(&h));
    return failed;
}

static void fail_every_allocation(scenario *play, uint32_t role, size_t messages)
{
    size_t n;
    run(play, role, 0, messages);
    for (n = 1; n < ALLOCATIONS_MAX && run(play, role, n, messages); n++) { }
    CHECK(n > 1 && n < ALLOCATIONS_MAX);
    printf("%s: %lu allocations, each failed once\n", role == WW_ROLE_SERVER ? "server" : "client", (unsigned long)n - 1);
}

int main(void)
{
    memset(big, 'x', sizeof big);
    fail_every_allocation(serve, WW_ROLE_SERVER, 18);
    fail_every_allocation(ask, WW_ROLE_CLIENT, 2);
    return check_result();
}
