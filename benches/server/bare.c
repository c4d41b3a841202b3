/* The practical bound of a server on this machine: an epoll loop that answers one fixed response to every empty line it reads,
 * without parsing, clocks or limits. It says what the system calls alone cost. Usage: bare PORT */
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

static const char response[] = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nContent-Type: text/plain\r\n\r\nHello, World!";
#define RESPONSE (sizeof response - 1)

static char in[65536], out[65536];

static void accept_all(int listener, int epoll)
{
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct epoll_event event;
        memset(&event, 0, sizeof event);
        event.events = EPOLLIN;
        event.data.fd = fd;
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        (void)epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

/* Requests must come whole, as the load generator sends them. */
static void answer(int fd)
{
    ssize_t n = recv(fd, in, sizeof in - 1, 0);
    const char *at = in;
    size_t len = 0;
    if (n <= 0) {
        close(fd);
        return;
    }
    in[n] = 0;
    while ((at = strstr(at, "\r\n\r\n")) != NULL && len + RESPONSE <= sizeof out) {
        memcpy(out + len, response, RESPONSE);
        len += RESPONSE;
        at += 4;
    }
    (void)send(fd, out, len, MSG_NOSIGNAL);
}

int main(int argc, char **argv)
{
    static struct epoll_event events[512];
    struct sockaddr_in address;
    struct epoll_event event;
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
    memset(&event, 0, sizeof event);
    event.events = EPOLLIN;
    event.data.fd = listener;
    (void)epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int i, n = epoll_wait(epoll, events, 512, -1);
        for (i = 0; i < n; i++) {
            if (events[i].data.fd == listener) accept_all(listener, epoll);
            else answer(events[i].data.fd);
        }
    }
}
