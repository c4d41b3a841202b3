/* Client sketch 2: completions. Bytes given out by output stay where they are until sent, however late that is. */
#include <wireway.h>

struct peer { int fd; ww_conn *conn; ww_iovec iov[16]; int sending, receiving; };

void submit_recv(struct peer *p);                                  /* a ring buffer is picked by the kernel */
void submit_sendmsg(struct peer *p, const ww_iovec *iov, size_t n); /* reads p->iov until its completion */
void submit_close(struct peer *p);
void recycle(uint8_t *ring_buffer);
void handle(struct peer *p, const ww_event *ev);

static void turn(struct peer *p)
{
    ww_event ev;
    uint32_t state;
    size_t k;
    while (ww_conn_next(p->conn, &ev) == WW_OK) handle(p, &ev);
    if (!p->sending && (k = ww_conn_output(p->conn, p->iov, 16)) > 0) {
        p->sending = 1; /* responses made meanwhile are queued behind; these bytes do not move */
        submit_sendmsg(p, p->iov, k);
    }
    state = ww_conn_state(p->conn);
    if ((state & WW_STATE_CLOSE) && !p->sending && !p->receiving) submit_close(p);
    else if ((state & WW_STATE_WANT_READ) && !p->receiving) {
        p->receiving = 1;
        submit_recv(p);
    }
}

void on_received(struct peer *p, uint8_t *buf, int32_t n, uint64_t now)
{
    p->receiving = 0;
    if (n > 0) (void)ww_conn_receive(p->conn, buf, (size_t)n, now);
    else if (n == 0) (void)ww_conn_receive_eof(p->conn, true, now);
    else (void)ww_conn_abort(p->conn, now);
    turn(p);
    if (n > 0) recycle(buf); /* drained: next has answered other than WW_OK, the buffer is ours again */
}

void on_sent(struct peer *p, int32_t n, uint64_t now)
{
    p->sending = 0;
    if (n >= 0) (void)ww_conn_sent(p->conn, (size_t)n, now);
    else (void)ww_conn_abort(p->conn, now);
    turn(p);
}
