/* Connections in the loop of libuv: the sockets are libuv's, the protocol is ww_conn's.
 *
 *   libuv_conn [ADDRESS:PORT]
 *
 * It greets whoever asks, and says back what comes by WebSocket. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uv.h>
#include <wireway.h>

static ww_workspace *workspace;

/* What is said to a peer. One answer to an event always fits. */
static void handle(ww_conn *conn, const ww_event *event)
{
    static const ww_response hello = { .size = sizeof hello, .status = 200, .content = WW_LIT("Hello, World!") };
    if (event->kind == WW_EVENT_MESSAGE) /* text or binary: the flags are those to send it with */
        ww_conn_send_message(conn, event->flags, event->data.data, event->data.len);
    else if (event->kind == WW_EVENT_REQUEST && (event->head->flags & WW_HEAD_WEBSOCKET))
        ww_conn_accept_websocket(conn, NULL); /* a handshake that is no good is answered */
    else if (event->flags & WW_EVENT_FLAG_LAST)
        ww_conn_respond(conn, &hello);
}

/* The glue: what a connection has of libuv. A turn follows whatever happened to it. */
struct peer { uv_tcp_t tcp; uv_timer_t timer; uv_write_t write; uv_shutdown_t shutdown; ww_conn *conn; size_t writing; int handles; };
#define NOW uv_now(uv_default_loop())
static void turn(uv_timer_t *timer);

static void on_closed(uv_handle_t *handle)
{
    struct peer *peer = handle->data;
    if (--peer->handles == 0) ww_conn_free(peer->conn), free(peer);
}

static void on_written(uv_write_t *write, int status)
{
    struct peer *peer = write->data;
    status == 0 ? ww_conn_sent(peer->conn, peer->writing, NOW) : ww_conn_abort(peer->conn, NOW);
    peer->writing = 0;
    turn(&peer->timer);
}

static void on_alloc(uv_handle_t *tcp, size_t size, uv_buf_t *buffer)
{
    static char octets[1 << 16]; /* one for all peers: a turn drains what is lent */
    (void)tcp, (void)size, *buffer = uv_buf_init(octets, sizeof octets);
}

static void on_read(uv_stream_t *tcp, ssize_t count, const uv_buf_t *buffer)
{
    struct peer *peer = tcp->data;
    if (count > 0) ww_conn_receive(peer->conn, buffer->base, (size_t)count, NOW);
    else if (count < 0) count == UV_EOF ? ww_conn_receive_eof(peer->conn, true, NOW) : ww_conn_abort(peer->conn, NOW);
    turn(&peer->timer);
}

static void watch(struct peer *peer, uv_stream_t *tcp, uint32_t state, uint64_t due)
{
    state & WW_STATE_WANT_READ ? uv_read_start(tcp, on_alloc, on_read) : uv_read_stop(tcp);
    uv_timer_start(&peer->timer, turn, due > NOW ? due - NOW : 0, 0);
    if (state & WW_STATE_SHUTDOWN_WRITE) uv_shutdown(&peer->shutdown, tcp, NULL); /* again does nothing */
    if (state & WW_STATE_CLOSE) uv_close((uv_handle_t *)&peer->timer, on_closed);
    if ((state & WW_STATE_CLOSE) && (!(state & WW_STATE_RESET) || uv_tcp_close_reset(&peer->tcp, on_closed) != 0))
        uv_close((uv_handle_t *)tcp, on_closed);
}

static void turn(uv_timer_t *timer)
{
    struct peer *peer = timer->data;
    uv_stream_t *tcp = (uv_stream_t *)&peer->tcp;
    ww_iovec piece; /* which a uv_buf_t is the same as */
    ww_conn_tick(peer->conn, NOW);
    do {
        for (ww_event event; ww_conn_next(peer->conn, &event) == WW_OK;) handle(peer->conn, &event);
        if (peer->writing == 0 && ww_conn_output(peer->conn, &piece, 1) > 0 && uv_write(&peer->write, tcp, (uv_buf_t *)&piece, 1, on_written) == 0)
            peer->writing = piece.iov_len; /* it stays where it is until then */
    } while (ww_conn_state(peer->conn) & WW_STATE_EVENTS);
    if (!uv_is_closing((uv_handle_t *)tcp)) watch(peer, tcp, ww_conn_state(peer->conn), ww_conn_deadline(peer->conn, NOW));
}
/* So far the glue. */

static void on_connection(uv_stream_t *listener, int status)
{
    struct peer *peer = calloc(1, sizeof *peer);
    if (status != 0 || peer == NULL || ww_conn_new(NULL, workspace, NOW, &peer->conn) != WW_OK) exit(1); /* no memory; without descriptors libuv waits */
    peer->handles = 2;
    peer->tcp.data = peer->timer.data = peer->write.data = peer;
    uv_timer_init(listener->loop, &peer->timer);
    uv_tcp_init(listener->loop, &peer->tcp);
    if (uv_accept(listener, (uv_stream_t *)&peer->tcp) != 0) ww_conn_abort(peer->conn, NOW);
    ww_workspace_set_time(workspace, (uint64_t)time(NULL)); /* Date */
    turn(&peer->timer);
}

static int listen_at(const char *address, uv_tcp_t *listener)
{
    struct sockaddr_in at;
    char host[16], more;
    int port, size = sizeof at, status;
    if (sscanf(address, "%15[0-9.]:%5d%c", host, &port, &more) != 2 || port != (uint16_t)port || uv_ip4_addr(host, port, &at) != 0) return UV_EINVAL;
    if ((status = uv_tcp_init(uv_default_loop(), listener)) == 0 && (status = uv_tcp_bind(listener, (struct sockaddr *)&at, 0)) == 0 &&
        (status = uv_listen((uv_stream_t *)listener, 128, on_connection)) == 0 && (status = uv_tcp_getsockname(listener, (struct sockaddr *)&at, &size)) == 0)
        dprintf(1, "listening on %s:%d\n", host, ntohs(at.sin_port));
    return status;
}

int main(int argc, char **argv)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080", *usage = "usage: libuv_conn [ADDRESS:PORT]\n";
    uv_tcp_t listener;
    if (argc == 2 && strcmp(address, "--help") == 0) return fputs(usage, stdout) < 0;
    signal(SIGPIPE, SIG_IGN); /* libuv writes to peers that are gone as to others */
    const int status = argc > 2 ? UV_EINVAL : ww_workspace_new(NULL, &workspace) != WW_OK ? UV_ENOMEM : listen_at(address, &listener);
    if (status != 0)
        return fprintf(stderr, "%s: %s\n%s", address, uv_strerror(status), status == UV_EINVAL ? usage : ""), status == UV_EINVAL ? 2 : 1;
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
