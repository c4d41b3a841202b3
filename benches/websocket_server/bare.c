/* The practical bound of a WebSocket echo server on this machine: an epoll loop that unmasks what it reads into what it sends,
 * piece by piece, without judging anything: no UTF-8, no limits, no clocks, no control frames, and an opening handshake that
 * knows one key. It says what the system calls and one pass over the octets cost. Usage: bare PORT */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char switching[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/* A header may be cut anywhere, and so may a payload. `key` is turned so that it fits the next octet. */
struct connection {
    int fd, is_open;
    size_t header_len;
    uint64_t left;
    unsigned char header[14], key[8];
};

enum { ROOM = 1 << 18 };
/* What goes out is never longer than what came in. */
static unsigned char in[ROOM], out[ROOM];

static size_t header_size(const unsigned char *header)
{
    unsigned length = header[1] & 127;
    return length < 126 ? 6 : length == 126 ? 8 : 14;
}

/* The header without its key. */
static size_t put_header(struct connection *c, unsigned char *to)
{
    size_t len = c->header_len - 4;
    memcpy(to, c->header, len);
    to[1] &= 127;
    c->left = len == 2 ? to[1] : 0;
    for (size_t i = 2; i < len; i++)
        c->left = c->left << 8 | to[i];
    memcpy(c->key, c->header + len, 4);
    memcpy(c->key + 4, c->header + len, 4);
    c->header_len = 0;
    return len;
}

static void unmask(struct connection *c, const unsigned char *from, unsigned char *to, size_t len)
{
    unsigned char turned[8];
    uint64_t key, word;
    size_t i = 0;
    memcpy(&key, c->key, 8);
    for (; i + 8 <= len; i += 8) {
        memcpy(&word, from + i, 8);
        word ^= key;
        memcpy(to + i, &word, 8);
    }
    for (; i < len; i++)
        to[i] = from[i] ^ c->key[i % 8];
    for (i = 0; i < 8; i++)
        turned[i] = c->key[(i + len) % 4];
    memcpy(c->key, turned, 8);
}

static size_t echo(struct connection *c, const unsigned char *at, const unsigned char *end)
{
    unsigned char *to = out;
    while (at < end) {
        if (c->left > 0) {
            size_t len = c->left < (uint64_t)(end - at) ? (size_t)c->left : (size_t)(end - at);
            unmask(c, at, to, len);
            at += len;
            to += len;
            c->left -= len;
            continue;
        }
        c->header[c->header_len++] = *at++;
        if (c->header_len >= 2 && c->header_len == header_size(c->header))
            to += put_header(c, to);
    }
    return (size_t)(to - out);
}

/* Sending blocks: the load generator always reads on. */
static void serve(struct connection *c)
{
    ssize_t n = recv(c->fd, in, sizeof in, MSG_DONTWAIT);
    size_t len, sent = 0;
    if (n <= 0) {
        close(c->fd);
        free(c);
        return;
    }
    if (c->is_open)
        len = echo(c, in, in + n);
    else
        memcpy(out, switching, len = sizeof switching - 1);
    c->is_open = 1;
    while (sent < len && (n = send(c->fd, out + sent, len - sent, MSG_NOSIGNAL)) > 0)
        sent += (size_t)n;
}

static void accept_all(int listener, int epoll)
{
    int fd, one = 1;
    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        struct connection *c = calloc(1, sizeof *c);
        struct epoll_event event = { .events = EPOLLIN, .data = { .ptr = c } };
        if (c == NULL)
            exit(1);
        c->fd = fd;
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        (void)epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(int argc, char **argv)
{
    static struct epoll_event events[512];
    struct sockaddr_in address;
    struct epoll_event event = { .events = EPOLLIN };
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0), one = 1;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)(argc > 1 ? atoi(argv[1]) : 0));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) {
        perror("bare");
        return 1;
    }
    (void)epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int n = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr == NULL)
                accept_all(listener, epoll);
            else
                serve(events[i].data.ptr);
        }
    }
}
