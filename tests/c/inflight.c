/* Output that was given out may be in flight: io_uring and IOCP read it until they are done. Its octets stay what they were
 * until ww_conn_sent covers them, or ww_conn_abort or ww_conn_free say that nothing reads them any more: even when a clock has
 * ended the connection and others go on. */
#include "harness.h"
#include <string.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static char ours[20000], theirs[20000];

/* Requests on a second connection of the same workspace, whose answers are of another octet. */
static void others_go_on(struct harness *h)
{
    ww_conn *first = h->conn;
    ww_response r = harness_response(theirs, sizeof theirs);
    int i;
    CHECK(ww_conn_new(NULL, h->workspace, h->now, &h->conn) == WW_OK);
    for (i = 0; i < 8; i++) {
        harness_receive(h, GET, sizeof GET - 1);
        CHECK(ww_conn_respond(h->conn, &r) == WW_OK);
        harness_turn(h);
    }
    ww_conn_free(h->conn);
    h->conn = first;
}

static void stays(void)
{
    static struct harness h;
    static char copy[OUTPUT_MAX];
    ww_response r = harness_response(ours, sizeof ours);
    ww_iovec iov[16];
    ww_event ev;
    uint8_t lent[sizeof GET];
    size_t i, n, at = 0;
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    h.silent = 1;
    memcpy(lent, GET, sizeof GET);
    CHECK(ww_conn_receive(h.conn, lent, sizeof GET - 1, h.now) == WW_OK);
    CHECK(ww_conn_next(h.conn, &ev) == WW_OK);
    CHECK(ww_conn_respond(h.conn, &r) == WW_OK);
    n = ww_conn_output(h.conn, iov, 16);
    for (i = 0; i < n; at += iov[i].iov_len, i++) memcpy(copy + at, iov[i].iov_base, iov[i].iov_len);
    CHECK(at > sizeof ours);
    (void)ww_conn_deadline(h.conn, h.now);
    CHECK(ww_conn_tick(h.conn, h.now + 3600000) == WW_OK);
    while (ww_conn_next(h.conn, &ev) == WW_OK) { }
    CHECK(ww_conn_state(h.conn) & WW_STATE_CLOSE);
    others_go_on(&h);
    for (i = 0, at = 0; i < n; at += iov[i].iov_len, i++) CHECK(memcmp(copy + at, iov[i].iov_base, iov[i].iov_len) == 0);
    CHECK(harness_close(&h));
}

int main(void)
{
    memset(ours, 'o', sizeof ours);
    memset(theirs, 't', sizeof theirs);
    stays();
    return check_result();
}
