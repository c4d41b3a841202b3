/* wireway in a loop that was there before: sockets, buffers, epoll and time are ours, the protocol is ww_conn's.
 *
 *   embed_epoll [[ADDRESS:]PORT]       127.0.0.1:8080; port 0 takes a free one
 *
 * What it says to a peer is in handle.c. */
#define _GNU_SOURCE
#include "handle.h"
#include "listener.h"
#include <errno.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PEERS_MAX = 1000, REST_MS = 100, TICK_MS = 100 };
static ww_conn *conns[PEERS_MAX]; /* by descriptor */
static uint32_t watched[PEERS_MAX];
static char has_ended[PEERS_MAX]; /* the connection knows that its peer has: epoll would say so for ever */
static ww_workspace *workspace;
static uint64_t accept_at; /* 0: the listener does not rest */
static int loop;

static void watch(int how, int fd, uint32_t events)
{
    struct epoll_event event = { .events = events, .data.fd = fd };
    if (how == EPOLL_CTL_ADD || watched[fd] != events)
        epoll_ctl(loop, how, fd, &event);
    watched[fd] = events;
}

/* Once in a turn, so that no peer that reads fast keeps the others waiting: for what is left the state says WANT_WRITE. */
static void flush(int fd, ww_conn *conn, uint64_t now)
{
    ww_iovec iov[16];
    struct msghdr message = { .msg_iov = iov };
    ssize_t sent;
    if ((message.msg_iovlen = ww_conn_output(conn, iov, 16)) == 0)
        return;
    sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    if (sent >= 0)
        ww_conn_sent(conn, (size_t)sent, now);
    else if (errno != EAGAIN && errno != EINTR)
        ww_conn_abort(conn, now);
}

/* What is due after anything happened to a connection. */
static void turn(int fd, ww_conn *conn, uint64_t now)
{
    uint32_t state;
    do {
        ww_event event;
        while (ww_conn_next(conn, &event) == WW_OK)
            handle(conn, &event);
        flush(fd, conn, now);
        state = ww_conn_state(conn);
    } while (state & WW_STATE_EVENTS);
    if (state & WW_STATE_SHUTDOWN_WRITE)
        shutdown(fd, SHUT_WR);
    watch(EPOLL_CTL_MOD, fd,
          (state & WW_STATE_WANT_READ ? EPOLLIN : has_ended[fd] ? 0u : EPOLLRDHUP) | (state & WW_STATE_WANT_WRITE ? EPOLLOUT : 0u));
    if (state & WW_STATE_CLOSE) {
        if (state & WW_STATE_RESET) /* close() then sends no FIN, by which a part would look whole */
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ .l_onoff = 1 }, sizeof(struct linger));
        close(fd);
        ww_conn_free(conn);
        conns[fd] = NULL;
    }
}

static void on_ready(int fd, uint32_t events, uint64_t now)
{
    static uint8_t buffer[1 << 16]; /* one for all peers: turn() drains what is lent */
    ww_conn *conn = conns[fd];
    ssize_t got = watched[fd] & EPOLLIN ? read(fd, buffer, sizeof buffer) : -1;
    if (got > 0)
        ww_conn_receive(conn, buffer, (size_t)got, now);
    else if (got == 0)
        ww_conn_receive_eof(conn, true, now);
    else if (events & (EPOLLERR | EPOLLHUP)) /* epoll reports them even when we watch for nothing */
        ww_conn_abort(conn, now);
    else if (events & EPOLLRDHUP) {
        has_ended[fd] = 1;
        ww_conn_peer_ended(conn, now);
    }
    turn(fd, conn, now);
}

/* Without a descriptor for the peer that waits, the listener stays ready: it is not watched for a while, or the loop would spin. */
static void accept_peer(int listener, uint64_t now)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
        watch(EPOLL_CTL_MOD, listener, 0);
        accept_at = now + REST_MS;
    }
    if (fd >= 0 && fd < PEERS_MAX && ww_conn_new(NULL, workspace, now, &conns[fd]) == WW_OK) {
        has_ended[fd] = 0;
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    } else if (fd >= 0)
        close(fd);
}

/* Asks all peers ten times a second. With many, keep their deadlines in a heap or a timer wheel. */
static void tick(int listener, uint64_t now)
{
    static uint64_t next;
    if (now < next)
        return;
    next = now + TICK_MS;
    if (accept_at != 0 && now >= accept_at) {
        watch(EPOLL_CTL_MOD, listener, EPOLLIN);
        accept_at = 0;
    }
    for (int fd = 0; fd < PEERS_MAX; fd++)
        if (conns[fd] != NULL && ww_conn_deadline(conns[fd], now) <= now) {
            ww_conn_tick(conns[fd], now);
            turn(fd, conns[fd], now);
        }
}

int main(int argc, char **argv)
{
    struct epoll_event ready[64];
    struct timespec t;
    int status, listener = listener_open(argc, argv, &status);
    if (listener < 0)
        return status;
    loop = epoll_create1(EPOLL_CLOEXEC);
    if (loop < 0 || ww_workspace_new(NULL, &workspace) != WW_OK) {
        fputs("embed_epoll: no epoll, or no memory\n", stderr);
        return 1;
    }
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    for (;;) {
        int count = epoll_wait(loop, ready, 64, TICK_MS);
        clock_gettime(CLOCK_MONOTONIC, &t);
        uint64_t now = (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
        ww_workspace_set_time(workspace, (uint64_t)time(NULL)); /* Date */
        for (int i = 0; i < count; i++)
            if (ready[i].data.fd == listener)
                accept_peer(listener, now);
            else
                on_ready(ready[i].data.fd, ready[i].events, now);
        tick(listener, now);
    }
}
