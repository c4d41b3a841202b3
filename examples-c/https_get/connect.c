#define _POSIX_C_SOURCE 200809L
#include "connect.h"
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Each address of the host in turn. Answers a socket, or -1 with errno. */
static int connect_to_any(const struct addrinfo *one)
{
    const struct timeval patience = { 10, 0 }; /* to connect, and to send: the library's clocks do the rest */
    int error = EADDRNOTAVAIL;
    for (; one != NULL; one = one->ai_next) {
        const int fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0 &&
            connect(fd, one->ai_addr, one->ai_addrlen) == 0)
            return fd;
        error = errno == EINPROGRESS ? ETIMEDOUT : errno;
        if (fd >= 0)
            close(fd);
    }
    errno = error;
    return -1;
}

int connect_to(const ww_url *url)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *all;
    char host[256], port[6]; /* no name is longer */
    int error, fd;
    snprintf(host, sizeof host, "%.*s", WW_PRINTF(url->host));
    snprintf(port, sizeof port, "%d", url->port);
    if ((error = getaddrinfo(host, port, &hints, &all)) != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        return -1;
    }
    if ((fd = connect_to_any(all)) < 0)
        fprintf(stderr, "%s:%s: %s\n", host, port, strerror(errno));
    freeaddrinfo(all);
    return fd;
}
