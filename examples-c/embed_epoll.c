/* wireway in a loop that was there before: sockets, buffers, epoll and time are ours, the protocol is ww_conn's.
 *
 *   embed_epoll [PORT]         on 127.0.0.1; 0 takes a free port
 *
 * Echoes the content of a request, and answers OK to one without. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <wireway.h>

enum { PEERS_MAX = 1000, CONTENT_MAX = 1 << 16 };
static struct peer { /* by descriptor */
    int fd;
    ww_conn *conn;
    uint32_t watched;
    uint64_t deadline;
    size_t content_len;
    uint8_t content[CONTENT_MAX];
} peers[PEERS_MAX];
static ww_workspace *workspace;
static int loop;

static void watch(int how, int fd, uint32_t events)
{
    struct epoll_event e = { .events = events, .data.fd = fd };
    epoll_ctl(loop, how, fd, &e);
}

/* What the application does. Content is at most body_max octets (accept_peer), so the copy fits. */
static void handle(struct peer *p, const ww_event *event)
{
    static const ww_span ok = WW_LIT("OK\n");
    if (event->kind == WW_EVENT_DATA) { /* its octets are ours until the next event only */
        memcpy(p->content + p->content_len, event->data.data, event->data.len);
        p->content_len += event->data.len;
    }
    if ((event->flags & WW_EVENT_LAST) || event->kind == WW_EVENT_WRITABLE) {
        ww_response response = WW_RESPONSE_INIT;
        response.status = 200;
        response.content = p->content_len ? (ww_span){ p->content, p->content_len } : ok;
        if (ww_conn_respond(p->conn, &response) != WW_PAUSED) /* else once more at WRITABLE */
            p->content_len = 0;
    }
}

static void flush(struct peer *p, uint64_t now)
{
    ww_iovec iov[16];
    struct msghdr message = { .msg_iov = iov };
    while ((message.msg_iovlen = ww_conn_output(p->conn, iov, 16)) > 0) {
        ssize_t sent = sendmsg(p->fd, &message, MSG_NOSIGNAL);
        if (sent >= 0)
            ww_conn_sent(p->conn, (size_t)sent, now);
        else if (errno == EAGAIN)
            return;
        else
            ww_conn_abort(p->conn, now); /* there is no output any more */
    }
}

/* What is due after anything happened to a connection. */
static void turn(struct peer *p, uint64_t now)
{
    uint32_t state, want;
    do {
        ww_event event;
        while (ww_conn_next(p->conn, &event) == WW_OK)
            handle(p, &event);
        flush(p, now);
        state = ww_conn_state(p->conn);
    } while (state & WW_STATE_EVENTS);
    if (state & WW_STATE_SHUTDOWN_WRITE)
        shutdown(p->fd, SHUT_WR);
    want = (state & WW_STATE_WANT_READ ? EPOLLIN : 0u) | (state & WW_STATE_WANT_WRITE ? EPOLLOUT : 0u);
    if (want != p->watched)
        watch(EPOLL_CTL_MOD, p->fd, p->watched = want);
    p->deadline = ww_conn_deadline(p->conn, now);
    if (state & WW_STATE_CLOSE) {
        close(p->fd);
        ww_conn_free(p->conn);
        p->conn = NULL;
    }
}

static void on_ready(struct peer *p, uint32_t events, uint64_t now)
{
    static uint8_t buffer[1 << 16]; /* one for all peers: turn() drains what is lent */
    ssize_t got = p->watched & EPOLLIN ? read(p->fd, buffer, sizeof buffer) : -1;
    if (got > 0)
        ww_conn_receive(p->conn, buffer, (size_t)got, now);
    else if (got == 0)
        ww_conn_receive_eof(p->conn, 1, now);
    else if (events & (EPOLLERR | EPOLLHUP)) /* epoll reports them even when we watch for nothing */
        ww_conn_abort(p->conn, now);
    turn(p, now);
}

static void accept_peer(int listener, uint64_t now)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    config.body_max = CONTENT_MAX;
    if (fd < 0)
        return;
    if (fd >= PEERS_MAX || ww_conn_new(&config, workspace, now, &peers[fd].conn) != WW_OK) {
        close(fd);
        return;
    }
    peers[fd].fd = fd;
    peers[fd].content_len = 0;
    peers[fd].deadline = ww_conn_deadline(peers[fd].conn, now);
    watch(EPOLL_CTL_ADD, fd, peers[fd].watched = EPOLLIN);
}

/* Ticks who is due; answers how long to sleep. Looks at all peers at each wake: with many, use a heap or a timer wheel. */
static int tick(uint64_t now)
{
    uint64_t next = now + 60000;
    for (struct peer *p = peers; p < peers + PEERS_MAX; p++) {
        if (p->conn != NULL && p->deadline <= now) {
            ww_conn_tick(p->conn, now);
            turn(p, now);
        }
        if (p->conn != NULL && p->deadline < next)
            next = p->deadline;
    }
    return next > now ? (int)(next - now) : 0;
}

static int listen_on(uint16_t port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, len) != 0 || listen(fd, SOMAXCONN) != 0)
        return -1;
    getsockname(fd, (struct sockaddr *)&address, &len);
    printf("listening on 127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

int main(int argc, char **argv)
{
    int listener = listen_on((uint16_t)atoi(argc > 1 ? argv[1] : "8080")), count = 0;
    struct epoll_event ready[64];
    loop = epoll_create1(EPOLL_CLOEXEC);
    if (listener < 0 || loop < 0 || ww_workspace_new(NULL, &workspace) != WW_OK) {
        perror("embed_epoll");
        return 1;
    }
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    for (;;) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        uint64_t now = (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
        ww_workspace_set_time(workspace, (uint64_t)time(NULL)); /* Date */
        for (int i = 0; i < count; i++)
            if (ready[i].data.fd == listener)
                accept_peer(listener, now);
            else
                on_ready(&peers[ready[i].data.fd], ready[i].events, now);
        count = epoll_wait(loop, ready, 64, tick(now));
    }
}
