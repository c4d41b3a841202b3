/* Listeners that require a PROXY header, and what a program is told of both ends. */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define TOLD "PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n"
#define PROBE "\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00"
#define GET "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

static int client(const char *address)
{
    const struct timeval patience = { 120, 0 };
    struct sockaddr_in to;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons((uint16_t)atoi(strrchr(address, ':') + 1));
    CHECK(connect(fd, (const struct sockaddr *)&to, sizeof to) == 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    return fd;
}

static void say(int fd, const char *octets, size_t len)
{
    CHECK(send(fd, octets, len, 0) == (ssize_t)len);
}

/* The next event has to be of this kind. */
static ww_event expect(ww_server *server, int32_t kind)
{
    ww_event ev;
    memset(&ev, 0, sizeof ev);
    CHECK(ww_server_next(server, &ev, 120000) == WW_OK);
    CHECK(ev.kind == kind);
    return ev;
}

static void is_served(ww_server *server, int fd, ww_id conn)
{
    ww_response response = WW_RESPONSE_INIT;
    char head[4096] = { 0 };
    size_t len = 0;
    response.status = 204;
    CHECK(expect(server, WW_EVENT_REQUEST).conn == conn);
    CHECK(ww_server_respond(server, conn, &response) == WW_OK && ww_server_flush(server) == WW_OK);
    while (len < sizeof head - 1 && recv(fd, head + len, 1, 0) == 1 && (++len < 4 || memcmp(head + len - 4, "\r\n\r\n", 4) != 0)) {}
    CHECK(strstr(head, "HTTP/1.1 204 ") == head);
    close(fd);
    CHECK(expect(server, WW_EVENT_CLOSED).code == 0);
}

static int is_text(const ww_address *address, const char *expected)
{
    char out[WW_ADDRESS_TEXT_MAX];
    size_t needed;
    return ww_address_text(address, out, sizeof out, &needed) == WW_OK && strcmp(out, expected) == 0;
}

/* The real ends are those of the socket. */
static void has_transport(ww_server *server, ww_id conn, int fd, const char *address)
{
    ww_address peer, local;
    struct sockaddr_in name;
    socklen_t size = sizeof name;
    CHECK(getsockname(fd, (struct sockaddr *)&name, &size) == 0);
    CHECK(ww_server_endpoints(server, conn, &peer, &local) == WW_OK);
    CHECK(peer.family == WW_FAMILY_IPV4 && peer.port == ntohs(name.sin_port) && is_text(&local, address));
    CHECK(ww_server_endpoints(server, conn, NULL, NULL) == WW_OK);
}

static void told(ww_server *server, const char *address)
{
    ww_address source, destination;
    char text[64];
    size_t needed;
    int fd = client(address);
    ww_id conn;
    say(fd, TOLD GET, sizeof TOLD GET - 1);
    conn = expect(server, WW_EVENT_OPENED).conn;
    CHECK(ww_server_peer(server, conn, text, sizeof text, &needed) == WW_OK && strcmp(text, "[2001:db8::1]:56324") == 0);
    CHECK(ww_server_proxy_endpoints(server, conn, &source, &destination) == WW_OK);
    CHECK(is_text(&source, "[2001:db8::1]:56324") && is_text(&destination, "[2001:db8::2]:443"));
    has_transport(server, conn, fd, address);
    is_served(server, fd, conn);
    CHECK(ww_server_proxy_endpoints(server, conn, &source, &destination) == WW_E_GONE);
    CHECK(source.family == WW_FAMILY_NONE && destination.family == WW_FAMILY_NONE);
}

static void not_told(ww_server *server, const char *address)
{
    ww_address source, destination;
    int fd = client(address);
    ww_id conn;
    say(fd, PROBE, sizeof PROBE - 1);
    say(fd, GET, sizeof GET - 1);
    conn = expect(server, WW_EVENT_OPENED).conn;
    CHECK(ww_server_proxy_endpoints(server, conn, &source, &destination) == WW_DONE);
    CHECK(source.family == WW_FAMILY_NONE && destination.family == WW_FAMILY_NONE);
    has_transport(server, conn, fd, address);
    is_served(server, fd, conn);
}

static void refused(ww_server *server, const char *address)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    char octet;
    int fd = client(address);
    ww_event ev;
    say(fd, GET, sizeof GET - 1);
    CHECK(expect(server, WW_EVENT_OPENED).conn != 0);
    ev = expect(server, WW_EVENT_ERROR);
    CHECK(ev.code == WW_E_PROXY_HEADER && ww_server_error(server, ev.conn, &info) == WW_OK);
    CHECK(strcmp(info.rule, "PP-01") == 0 && info.offset == 0);
    CHECK(expect(server, WW_EVENT_CLOSED).code == WW_E_PROXY_HEADER);
    CHECK(recv(fd, &octet, 1, 0) <= 0);
    close(fd);
}

/* Without the flag nobody is believed. */
static void not_configured(ww_server *server, const char *address)
{
    char answer[13] = { 0 };
    int fd = client(address);
    ww_id conn;
    say(fd, TOLD GET, sizeof TOLD GET - 1);
    conn = expect(server, WW_EVENT_OPENED).conn;
    CHECK(ww_server_proxy_endpoints(server, conn, NULL, NULL) == WW_DONE);
    has_transport(server, conn, fd, address);
    CHECK(expect(server, WW_EVENT_ERROR).conn == conn);
    while (ww_server_next(server, &(ww_event){ 0 }, 0) == WW_OK) {}
    CHECK(recv(fd, answer, sizeof answer - 1, MSG_WAITALL) == sizeof answer - 1 && strcmp(answer, "HTTP/1.1 400") == 0);
    close(fd);
    CHECK(expect(server, WW_EVENT_CLOSED).conn == conn);
}

/* Eight sockets owe a header for good. They take neither of the two places of connections, and of the four that the listener has
   for them none from a client that sends its header. */
static void owed(void)
{
    ww_server_config config = WW_SERVER_CONFIG_INIT;
    ww_listen_options options = WW_LISTEN_OPTIONS_INIT;
    ww_stats stats = WW_STATS_INIT;
    char proxied[64], plain[64];
    int guilty[8], i;
    ww_server *server;
    ww_event ev;
    size_t needed;
    config.connections_max = 2;
    config.conn.head_ms = 3600000;
    options.flags = WW_LISTEN_PROXY;
    options.backlog = 4;
    CHECK(ww_server_new(&config, &server, NULL) == WW_OK);
    CHECK(ww_server_listen_with(server, "127.0.0.1:0", &options, NULL) == WW_OK);
    CHECK(ww_server_listen(server, "127.0.0.1:0", NULL) == WW_OK);
    CHECK(ww_server_address(server, 0, proxied, sizeof proxied, &needed) == WW_OK);
    CHECK(ww_server_address(server, 1, plain, sizeof plain, &needed) == WW_OK);
    for (i = 0; i < 8; i++) {
        guilty[i] = client(proxied);
        if (i % 2 == 0) {
            say(guilty[i], TOLD, 10);
        }
        do {
            CHECK(ww_server_next(server, &ev, 1) == WW_TIMEOUT);
            CHECK(ww_server_stats(server, &stats) == WW_OK);
        } while (stats.accepted < (uint64_t)i + 1);
    }
    CHECK(stats.open == 0 && stats.refused == 4);
    for (i = 0; i < 2; i++) {
        int fd = client(plain);
        say(fd, GET, sizeof GET - 1);
        is_served(server, fd, expect(server, WW_EVENT_OPENED).conn);
        told(server, proxied);
    }
    CHECK(ww_server_stats(server, &stats) == WW_OK && stats.requests == 4 && stats.refused <= 6);
    for (i = 0; i < 8; i++) {
        close(guilty[i]);
    }
    ww_server_free(server);
}

int main(void)
{
    ww_listen_options options = WW_LISTEN_OPTIONS_INIT;
    char proxied[64], plain[64];
    ww_address address;
    ww_server *server;
    size_t needed;
    options.flags = WW_LISTEN_PROXY;
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK);
    CHECK(ww_server_listen_with(server, "127.0.0.1:0", &options, NULL) == WW_OK);
    CHECK(ww_server_listen(server, "127.0.0.1:0", NULL) == WW_OK);
    CHECK(ww_server_address(server, 0, proxied, sizeof proxied, &needed) == WW_OK);
    CHECK(ww_server_address(server, 1, plain, sizeof plain, &needed) == WW_OK);
    told(server, proxied);
    refused(server, proxied);
    told(server, proxied);
    not_told(server, proxied);
    not_configured(server, plain);
    told(server, proxied);
    memset(&address, 7, sizeof address);
    CHECK(ww_server_endpoints(server, 1, &address, NULL) == WW_E_GONE && address.family == WW_FAMILY_NONE);
    CHECK(ww_server_endpoints(NULL, 1, &address, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_proxy_endpoints(NULL, 1, &address, NULL) == WW_E_ARGUMENT);
    ww_server_free(server);
    owed();
    return check_result();
}
