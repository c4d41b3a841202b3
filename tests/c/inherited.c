/* Sockets that others made: passed by a service manager, bound by the program, accepted by it. */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

static int bound(struct sockaddr_in *name)
{
    socklen_t size = sizeof *name;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(name, 0, sizeof *name);
    name->sin_family = AF_INET;
    name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(fd, (struct sockaddr *)name, sizeof *name) == 0 && listen(fd, 8) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)name, &size) == 0);
    return fd;
}

static int client(const struct sockaddr_in *to)
{
    const struct timeval patience = { 120, 0 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(fd, (const struct sockaddr *)to, sizeof *to) == 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    CHECK(send(fd, GET, sizeof GET - 1, 0) == sizeof GET - 1);
    return fd;
}

static int is_open(intptr_t fd)
{
    return fcntl((int)fd, F_GETFD) >= 0;
}

/* Answers one request; the events that came before it. */
static int answer(ww_server *server, ww_id *conn)
{
    ww_response response = WW_RESPONSE_INIT;
    ww_event ev;
    int before = 0;
    while (ww_server_next(server, &ev, 120000) == WW_OK && ev.kind != WW_EVENT_REQUEST) before++;
    response.status = 204;
    *conn = ev.conn;
    CHECK(ww_server_respond(server, ev.conn, &response) == WW_OK && ww_server_flush(server) == WW_OK);
    return before;
}

static void hears(int fd)
{
    char head[4096];
    size_t len = 0;
    while (len < sizeof head - 1 && recv(fd, head + len, 1, 0) == 1 && (++len < 4 || memcmp(head + len - 4, "\r\n\r\n", 4) != 0)) {}
    head[len] = 0;
    CHECK(strstr(head, "HTTP/1.1 204 ") == head);
}

static size_t passed(const char *pid, const char *count)
{
    intptr_t first = 0;
    size_t n = 99;
    CHECK(setenv("LISTEN_PID", pid, 1) == 0 && setenv("LISTEN_FDS", count, 1) == 0);
    CHECK(ww_listen_fds(&first, &n) == WW_OK && first == 3);
    return n;
}

static void count_passed(void)
{
    intptr_t first;
    size_t n = 99;
    char own[32];
    snprintf(own, sizeof own, "%ld", (long)getpid());
    unsetenv("LISTEN_PID");
    CHECK(ww_listen_fds(NULL, &n) == WW_E_ARGUMENT && ww_listen_fds(&first, NULL) == WW_E_ARGUMENT);
    CHECK(ww_listen_fds(&first, &n) == WW_OK && n == 0);
    CHECK(passed(own, "1") == 1 && passed("1", "1") == 0 && passed(own, "x") == 0 && passed(own, "2") == 2);
}

static void refused(ww_server *server, int fd)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_listen_options options = WW_LISTEN_OPTIONS_INIT;
    ww_id conn = 1;
    CHECK(ww_server_listen_fd(NULL, fd, NULL, &error) == WW_E_ARGUMENT && error.code == WW_E_ARGUMENT);
    CHECK(ww_server_listen_fd(server, -1, NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_listen_fd(server, 1000000, NULL, &error) == WW_E_SYSTEM && error.reason != NULL);
    options.flags = WW_LISTEN_REUSE_PORT;
    CHECK(ww_server_listen_fd(server, fd, &options, &error) == WW_E_ARGUMENT && strstr(error.reason, "REUSE_PORT") != NULL);
    options.flags = 8;
    CHECK(ww_server_listen_with(server, "127.0.0.1:0", &options, NULL) == WW_E_ARGUMENT);
    options.flags = 0;
    options.keep_alive_s = 1;
    options.keep_alive_probes = 128;
    CHECK(ww_server_listen_with(server, "127.0.0.1:0", &options, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_listen_with(server, NULL, NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_adopt(server, fd, NULL, NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_adopt(server, fd, NULL, &conn, &error) == WW_E_SYSTEM && conn == 0);
    CHECK(strstr(error.reason, "not connected") != NULL);
    CHECK(is_open(fd));
}

int main(void)
{
    struct sockaddr_in name;
    ww_listen_options options = WW_LISTEN_OPTIONS_INIT;
    ww_server *server;
    ww_id conn, adopted;
    int fd = bound(&name), own = bound(&name), accepted, peer;
    count_passed();
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK);
    refused(server, fd);
    close(fd);
    options.keep_alive_s = 60;
    options.backlog = 16;
    CHECK(ww_server_listen_with(server, "127.0.0.1:0", &options, NULL) == WW_OK);
    CHECK((accepted = dup(own)) >= 0);
    CHECK(ww_server_listen_fd(server, accepted, &options, NULL) == WW_OK && !is_open(accepted));
    peer = client(&name);
    CHECK(answer(server, &conn) == 1);
    hears(peer);
    close(peer);
    CHECK(ww_server_drain(server, 0) == WW_OK);
    ww_server_free(server);

    /* The program accepts by itself. */
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK);
    peer = client(&name);
    CHECK((accepted = accept(own, NULL, NULL)) >= 0);
    CHECK(ww_server_adopt(server, accepted, NULL, &adopted, NULL) == WW_OK && adopted != 0 && !is_open(accepted));
    CHECK(answer(server, &conn) == 0 && conn == adopted);
    hears(peer);
    close(peer);
    close(own);
    ww_server_free(server);
    return check_result();
}
