/* Client sketch 3: a thread per connection over a blocking socket, WebSocket echo included. */
#define _POSIX_C_SOURCE 200809L
#include <wireway.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

uint64_t monotonic_ms(void);

static void handle(ww_conn *c, const ww_event *ev)
{
    static const ww_span no = WW_LIT("no such thing here\n");
    ww_ws_handshake accept = WW_WS_HANDSHAKE_INIT;
    ww_response r = WW_RESPONSE_INIT;
    if (ev->kind == WW_EVENT_MESSAGE)
        (void)ww_conn_send_message(c, ev->flags, ev->data.data, ev->data.len);
    else if (ev->kind == WW_EVENT_REQUEST && ww_conn_accept_websocket(c, &accept) != WW_OK) {
        r.status = 404; /* not an upgrade, or refused: the connection is still HTTP */
        r.content = no;
        (void)ww_conn_respond(c, &r);
    }
}

static void flush(ww_conn *c, int fd)
{
    ww_iovec iov[16];
    size_t k;
    while ((k = ww_conn_output(c, iov, 16)) > 0) {
        ssize_t w = writev(fd, iov, (int)k);
        if (w < 0) { (void)ww_conn_abort(c, monotonic_ms()); return; }
        (void)ww_conn_sent(c, (size_t)w, monotonic_ms());
    }
}

/* Waits for octets or the deadline, whichever comes first, and tells the connection. */
static void wait_and_receive(ww_conn *c, int fd, uint8_t *buf, size_t size)
{
    uint64_t now = monotonic_ms(), at = ww_conn_deadline(c, now);
    struct pollfd p = { fd, 0, 0 };
    ssize_t n;
    if (ww_conn_state(c) & WW_STATE_WANT_READ) p.events = POLLIN;
    if (poll(&p, 1, at == UINT64_MAX ? -1 : at > now ? (int)(at - now) : 0) <= 0) (void)ww_conn_tick(c, monotonic_ms());
    else if ((n = read(fd, buf, size)) > 0) (void)ww_conn_receive(c, buf, (size_t)n, monotonic_ms());
    else if (n == 0) (void)ww_conn_receive_eof(c, true, monotonic_ms());
    else (void)ww_conn_abort(c, monotonic_ms());
}

void serve(int fd, ww_workspace *ws, const ww_conn_config *config)
{
    static _Thread_local uint8_t buf[16384];
    ww_conn *c;
    ww_event ev;
    if (ww_conn_new(config, ws, monotonic_ms(), &c) != WW_OK) { close(fd); return; }
    while (!(ww_conn_state(c) & WW_STATE_CLOSE)) {
        wait_and_receive(c, fd, buf, sizeof buf);
        do {
            while (ww_conn_next(c, &ev) == WW_OK) handle(c, &ev);
            flush(c, fd);
        } while (ww_conn_state(c) & WW_STATE_EVENTS);
        if (ww_conn_state(c) & WW_STATE_SHUTDOWN_WRITE) (void)shutdown(fd, SHUT_WR);
    }
    ww_conn_free(c);
    close(fd);
}
