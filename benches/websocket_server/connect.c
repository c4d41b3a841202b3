#define _POSIX_C_SOURCE 200809L
#include "load.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The example of RFC 6455 §1.3. */
static const char accept_value[] = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

static int connect_loopback(unsigned port)
{
    struct sockaddr_in address;
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        return -1;
    }
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

/* Nothing comes behind the head before a message was sent. */
static int is_switched(int fd)
{
    char head[2048];
    size_t len = 0;
    do {
        ssize_t n = recv(fd, head + len, sizeof head - 1 - len, 0);
        if (n <= 0)
            break;
        len += (size_t)n;
        head[len] = '\0';
        if (strstr(head, "\r\n\r\n") != NULL)
            return strncmp(head, "HTTP/1.1 101 ", 13) == 0 && strstr(head, accept_value) != NULL;
    } while (len < sizeof head - 1);
    return 0;
}

int connect_websocket(unsigned port)
{
    char request[256];
    int fd = connect_loopback(port);
    int len = snprintf(request, sizeof request,
                       "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                       port);
    if (fd < 0)
        return -1;
    if (send(fd, request, (size_t)len, MSG_NOSIGNAL) != len || !is_switched(fd)) {
        fprintf(stderr, "the handshake failed\n");
        return -1;
    }
    return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 ? fd : -1;
}
