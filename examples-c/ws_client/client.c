#define _POSIX_C_SOURCE 200809L
#include "client.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

int client_parse(const char *text, ww_url *parts)
{
    ww_span url = ww_span_from(text);
    ww_error_info info = WW_ERROR_INFO_INIT;
    if (ww_parse_url(url, 0, parts) == WW_OK && (parts->flags & WW_URL_WEBSOCKET))
        return 0;
    ww_url_error(url, 0, &info);
    fprintf(stderr, "%s: %s\n", text, info.code != 0 ? info.reason : "only ws:// and wss:// are spoken here");
    return -1;
}

static int connect_to(const ww_url *url)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *all, *one;
    char host[256], port[6];
    int fd = -1, on = 1;
    if (url->host.len >= sizeof host)
        return -1;
    memcpy(host, url->host.data, url->host.len);
    host[url->host.len] = '\0';
    snprintf(port, sizeof port, "%d", url->port);
    if (getaddrinfo(host, port, &hints, &all) != 0)
        return -1;
    for (one = all; one != NULL && fd < 0; one = one->ai_next) {
        fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (fd >= 0 && connect(fd, one->ai_addr, one->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(all);
    if (fd >= 0)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

int client_open(struct client *client, const char *url, const ww_conn_config *config)
{
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    ww_conn_config named = *config;
    ww_url parts = WW_URL_INIT;
    ww_status status;
    client->close_code = 1006;
    client->is_open = client->is_refused = 0;
    client->workspace = NULL;
    client->conn = NULL;
    if (client_parse(url, &parts) != 0)
        return -1;
    named.server_name = parts.authority; /* whose certificate it must be; without TLS nobody looks at it */
    client->fd = connect_to(&parts);
    if (client->fd < 0) {
        fprintf(stderr, "%s: no connection\n", url);
        return -1;
    }
    /* Messages are printed or echoed as they come: however long one is, none of it is kept. */
    handshake.flags = WW_WS_HANDSHAKE_PARTS;
    handshake.target = parts.target;
    handshake.authority = parts.authority;
    if ((status = ww_workspace_new(NULL, &client->workspace)) == WW_OK &&
        (status = ww_conn_new(&named, client->workspace, now_ms(), &client->conn)) == WW_OK)
        status = ww_conn_request_websocket(client->conn, &handshake);
    if (status == WW_OK)
        return 0;
    fprintf(stderr, "%s: %s\n", url, ww_status_text(status));
    client_free(client);
    return -1;
}

void client_flush(struct client *client)
{
    ww_iovec iov[16];
    struct msghdr message = { .msg_iov = iov };
    while ((message.msg_iovlen = ww_conn_output(client->conn, iov, 16)) > 0) {
        ssize_t sent = sendmsg(client->fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) {
            ww_conn_abort(client->conn, now_ms());
            return;
        }
        ww_conn_sent(client->conn, (size_t)sent, now_ms());
    }
}

static void complain(const ww_conn *conn)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_conn_error(conn, &info);
    fprintf(stderr, "%s\n", info.reason);
}

static void on_event(struct client *client, const ww_event *event)
{
    if (event->kind == WW_EVENT_CLOSE_FRAME)
        client->close_code = event->code;
    if (event->kind == WW_EVENT_RESPONSE && event->head->status == 101)
        client->is_open = 1;
    else if (event->kind == WW_EVENT_RESPONSE) {
        fprintf(stderr, "refused with status %d\n", event->head->status);
        client->is_refused = 1;
    }
    if (event->kind == WW_EVENT_ERROR)
        complain(client->conn);
    client->on_event(client, event);
}

/* Events and output until there is neither. Answers whether the connection lives. */
static int turn(struct client *client)
{
    ww_event event;
    uint32_t state;
    do {
        while (ww_conn_next(client->conn, &event) == WW_OK)
            on_event(client, &event);
        client_flush(client);
        state = ww_conn_state(client->conn);
    } while (state & WW_STATE_EVENTS);
    if (state & WW_STATE_SHUTDOWN_WRITE)
        shutdown(client->fd, SHUT_WR);
    return !(state & WW_STATE_CLOSE) && !client->is_refused;
}

static void receive(struct client *client)
{
    ssize_t got = recv(client->fd, client->buffer, sizeof client->buffer, 0);
    if (got > 0)
        ww_conn_receive(client->conn, client->buffer, (size_t)got, now_ms());
    else if (got == 0)
        ww_conn_receive_eof(client->conn, true, now_ms());
    else if (errno != EINTR)
        ww_conn_abort(client->conn, now_ms());
}

int client_step(struct client *client, int other_fd)
{
    struct pollfd fds[2] = { { client->fd, POLLIN, 0 }, { other_fd, POLLIN, 0 } };
    uint64_t now = now_ms(), deadline;
    int wait = -1;
    if (!turn(client))
        return 0;
    deadline = ww_conn_deadline(client->conn, now);
    if (deadline != UINT64_MAX)
        wait = deadline <= now ? 0 : (int)(deadline - now < 60000 ? deadline - now : 60000);
    if (poll(fds, 2, wait) == 0 && ww_conn_deadline(client->conn, now_ms()) <= now_ms())
        ww_conn_tick(client->conn, now_ms());
    if (fds[0].revents != 0)
        receive(client);
    if (!turn(client))
        return 0;
    return fds[1].revents != 0 ? 2 : 1;
}

void client_free(struct client *client)
{
    ww_conn_free(client->conn);
    ww_workspace_free(client->workspace);
    if (client->fd >= 0)
        close(client->fd);
    client->fd = -1;
}
