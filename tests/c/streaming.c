/* A worker streams responses by mailbox: at the pace of its peer, to the end of the response or of the peer. */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PIECE = 10000, PIECES = 1000 };

struct job {
    ww_mailbox *mailbox;
    ww_id conn;
    int paused;
    ww_status ended;
    pthread_t thread;
};

static ww_status piece(struct job *job, const char *data)
{
    ww_status status;
    while ((status = ww_mailbox_send(job->mailbox, job->conn, data, PIECE, 0, 0)) == WW_PAUSED) {
        job->paused++;
        if ((status = ww_mailbox_wait(job->mailbox, job->conn, PIECE, 120000)) != WW_OK)
            return status;
    }
    return status;
}

/* To the end, or for ever. */
static void *stream(void *of)
{
    static const char data[PIECE] = "";
    struct job *job = of;
    const ww_field trailer = WW_FIELD("X-Done", "yes");
    ww_response head = WW_RESPONSE_INIT;
    int i;
    head.status = 200;
    head.flags = WW_MESSAGE_STREAM;
    job->ended = ww_mailbox_respond(job->mailbox, job->conn, &head, 0, 0);
    for (i = 0; job->ended == WW_OK && i < PIECES; i++)
        job->ended = piece(job, data);
    if (job->ended == WW_OK)
        job->ended = ww_mailbox_finish(job->mailbox, job->conn, &trailer, 1, 0, 0);
    return NULL;
}

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static unsigned short port;

static int client(const char *request)
{
    const struct timeval patience = { 120, 0 };
    struct sockaddr_in to;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    CHECK(send(fd, request, strlen(request), 0) == (ssize_t)strlen(request));
    return fd;
}

/* Reads nothing before the worker was held up, then all to the end of the trailers. */
static void *read_all(void *of)
{
    static const char END[] = "X-Done: yes\r\n\r\n";
    static char buffer[1 << 16];
    const int fd = *(int *)of;
    size_t total = 0, kept = 0;
    ssize_t n;
    while ((n = recv(fd, buffer + kept, sizeof buffer - kept, 0)) > 0) {
        kept += (size_t)n;
        total += (size_t)n;
        if (kept >= sizeof END - 1 && memcmp(buffer + kept - (sizeof END - 1), END, sizeof END - 1) == 0) break;
        if (kept > sizeof END) {
            memmove(buffer, buffer + kept - sizeof END, sizeof END);
            kept = sizeof END;
        }
    }
    CHECK(n > 0 && total > (size_t)PIECE * PIECES);
    close(fd);
    return NULL;
}

static void refused(ww_mailbox *mailbox)
{
    const ww_field split = WW_FIELD("X", "a\r\nb");
    ww_ws_handshake bad = WW_WS_HANDSHAKE_INIT;
    bad.flags = 1;
    CHECK(ww_mailbox_send(NULL, 1, "x", 1, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_send(mailbox, 1, NULL, 1, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_send(mailbox, 1, "x", 1, 0, 2) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_finish(mailbox, 1, NULL, 1, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_finish(mailbox, 1, &split, 1, 0, 0) == WW_E_FIELD_VALUE);
    CHECK(ww_mailbox_accept_websocket(mailbox, 1, &bad, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_wait(NULL, 1, 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_mailbox_wait(mailbox, 1, SIZE_MAX, 0) == WW_E_LIMIT);
    CHECK(ww_mailbox_wait(mailbox, 1, 1, -1) == WW_OK);
}

static void start(ww_server *server, struct job *job)
{
    ww_event ev;
    while (ww_server_next(server, &ev, 120000) == WW_OK && ev.kind != WW_EVENT_REQUEST) {}
    CHECK(ev.kind == WW_EVENT_REQUEST);
    job->conn = ev.conn;
    job->paused = 0;
}

static void closed(ww_server *server)
{
    ww_event ev;
    while (ww_server_next(server, &ev, 120000) == WW_OK && ev.kind != WW_EVENT_CLOSED) {}
    CHECK(ev.kind == WW_EVENT_CLOSED);
}

/* The server goes on until the worker has to wait: its peer does not read, and there is no room for more. */
static void hold_up(ww_server *server, struct job *job)
{
    ww_event ev;
    int rests = 0;
    start(server, job);
    CHECK(pthread_create(&job->thread, NULL, stream, job) == 0);
    while (rests < 3) {
        while (ww_server_next(server, &ev, 1) == WW_OK) {}
        rests = ww_mailbox_wait(job->mailbox, job->conn, PIECE, 0) == WW_TIMEOUT ? rests + 1 : 0;
    }
}

static void to_the_end(ww_server *server, struct job *job)
{
    pthread_t reader;
    int fd = client(GET);
    hold_up(server, job);
    CHECK(pthread_create(&reader, NULL, read_all, &fd) == 0);
    closed(server);
    CHECK(pthread_join(job->thread, NULL) == 0 && pthread_join(reader, NULL) == 0);
    CHECK(job->ended == WW_OK && job->paused > 0);
}

static void to_a_peer_that_ends(ww_server *server, struct job *job)
{
    const struct linger reset = { 1, 0 };
    int fd = client(GET);
    hold_up(server, job);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) == 0 && close(fd) == 0);
    closed(server);
    CHECK(pthread_join(job->thread, NULL) == 0 && job->ended == WW_E_GONE);
}

int main(void)
{
    char address[64];
    size_t needed;
    ww_server *server;
    struct job job;
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK && ww_server_mailbox(server, &job.mailbox) == WW_OK);
    CHECK(ww_server_listen(server, "127.0.0.1:0", NULL) == WW_OK);
    CHECK(ww_server_address(server, 0, address, sizeof address, &needed) == WW_OK);
    port = (unsigned short)atoi(strchr(address, ':') + 1);
    refused(job.mailbox);
    to_the_end(server, &job);
    to_a_peer_that_ends(server, &job);
    ww_server_free(server);
    CHECK(ww_mailbox_send(job.mailbox, 1, "x", 1, 0, 0) == WW_E_GONE);
    CHECK(ww_mailbox_wait(job.mailbox, 1, 1, -1) == WW_E_GONE);
    ww_mailbox_free(job.mailbox);
    return check_result();
}
