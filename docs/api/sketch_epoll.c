/* Client sketch 1: a foreign epoll loop owns sockets, buffers and timers. One turn of one connection. */
#define _POSIX_C_SOURCE 200809L
#include <wireway.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

struct peer { int fd; ww_conn *conn; uint64_t deadline; uint32_t watching; };

void watch(struct peer *p, uint32_t want);       /* epoll_ctl when it changed */
void arm(struct peer *p, uint64_t deadline);     /* the loop's own timers */
void drop(struct peer *p);

static void answer(ww_conn *c, const ww_event *ev)
{
    static const ww_field fields[] = { WW_FIELD("Content-Type", "text/plain") };
    static const ww_span hello = WW_LIT("hello\n");
    ww_response r = WW_RESPONSE_INIT;
    if (ev->kind != WW_EVENT_REQUEST) return;
    r.status = 200;
    r.fields = fields;
    r.field_count = 1;
    r.content = hello;
    (void)ww_conn_respond(c, &r); /* WW_PAUSED: over the high-water mark; the request stays ours to answer */
}

static void turn(struct peer *p, uint64_t now)
{
    ww_iovec iov[16];
    ww_event ev;
    uint32_t state;
    size_t k;
    do {
        while (ww_conn_next(p->conn, &ev) == WW_OK) answer(p->conn, &ev);
        while ((k = ww_conn_output(p->conn, iov, 16)) > 0) {
            ssize_t w = writev(p->fd, iov, (int)k);
            if (w < 0) {
                if (errno != EAGAIN) (void)ww_conn_abort(p->conn, now);
                break;
            }
            (void)ww_conn_sent(p->conn, (size_t)w, now);
        }
        state = ww_conn_state(p->conn);
    } while (state & WW_STATE_EVENTS);
    if (state & WW_STATE_SHUTDOWN_WRITE) (void)shutdown(p->fd, SHUT_WR);
    if (state & WW_STATE_CLOSE) { drop(p); return; }
    watch(p, state & (WW_STATE_WANT_READ | WW_STATE_WANT_WRITE));
    arm(p, ww_conn_deadline(p->conn, now));
}

void on_readable(struct peer *p, uint8_t *buf, size_t cap, uint64_t now)
{
    ssize_t n = read(p->fd, buf, cap);
    if (n > 0) (void)ww_conn_receive(p->conn, buf, (size_t)n, now);
    else if (n == 0) (void)ww_conn_receive_eof(p->conn, true, now);
    else if (errno != EAGAIN) (void)ww_conn_abort(p->conn, now);
    turn(p, now);
}

void on_deadline(struct peer *p, uint64_t now)
{
    (void)ww_conn_tick(p->conn, now);
    turn(p, now);
}
