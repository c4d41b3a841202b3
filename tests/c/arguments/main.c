#include "arguments.h"
#include <string.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

struct picture look(struct harness *h)
{
    struct picture p;
    ww_iovec iov[16];
    size_t i, n = ww_conn_output(h->conn, iov, 16);
    memset(&p, 0, sizeof p);
    for (i = 0; i < n; i++) p.queued += iov[i].iov_len;
    p.state = ww_conn_state(h->conn);
    p.deadline = ww_conn_deadline(h->conn, h->now);
    p.memory = h->memory.out;
    return p;
}

int same(struct harness *h, struct picture before)
{
    struct picture now = look(h);
    return memcmp(&now, &before, sizeof now) == 0;
}

/* After all that was refused, the request is answered as if nothing had been. */
static void server(void)
{
    static struct harness h;
    ww_response r = harness_response("", 0);
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    configs(&h);
    h.silent = 1;
    harness_receive(&h, GET, sizeof GET - 1);
    driving(&h);
    statuses(&h);
    responses(&h);
    writing(&h);
    reserved_members(&h);
    results(&h);
    CHECK(h.messages == 1 && h.output_len == 0);
    CHECK(ww_conn_respond(h.conn, &r) == WW_OK);
    harness_turn(&h);
    CHECK(h.output_len == sizeof ANSWER - 1 && memcmp(h.output, ANSWER, sizeof ANSWER - 1) == 0);
    CHECK(harness_close(&h));
}

static void client(void)
{
    static struct harness h;
    CHECK(harness_open(&h, WW_ROLE_CLIENT, 0));
    requests(&h);
    harness_turn(&h);
    CHECK(h.output_len == sizeof GET - 1 && memcmp(h.output, GET, sizeof GET - 1) == 0);
    CHECK(harness_close(&h));
}

int main(void)
{
    without_handles();
    workspaces();
    server();
    client();
    return check_result();
}
