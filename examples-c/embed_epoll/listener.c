#define _GNU_SOURCE
#include "listener.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int usage(FILE *to, int status)
{
    fputs("usage: embed_epoll [[ADDRESS:]PORT]\n", to);
    return status;
}

/* `8080`, `127.0.0.1:8080`. Answers whether it is one. */
static int parse(const char *text, struct sockaddr_in *address)
{
    const char *colon = strchr(text, ':'), *port = colon != NULL ? colon + 1 : text;
    char host[INET_ADDRSTRLEN] = "127.0.0.1", *end;
    unsigned long number = strtoul(port, &end, 10);
    if (colon != NULL && (size_t)(colon - text) < sizeof host)
        snprintf(host, sizeof host, "%.*s", (int)(colon - text), text);
    else if (colon != NULL)
        return 0;
    address->sin_family = AF_INET;
    address->sin_port = htons((uint16_t)number);
    return *port >= '0' && *port <= '9' && *end == '\0' && number <= 65535 && inet_pton(AF_INET, host, &address->sin_addr) == 1;
}

/* Answers the socket, or -1 with errno. */
static int listen_on(struct sockaddr_in *address)
{
    socklen_t len = sizeof *address;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && bind(fd, (struct sockaddr *)address, len) == 0 && listen(fd, 99) == 0 &&
        getsockname(fd, (struct sockaddr *)address, &len) == 0)
        return fd;
    const int error = errno;
    if (fd >= 0)
        close(fd);
    errno = error;
    return -1;
}

int listener_open(int argc, char **argv, int *status)
{
    const char *text = argc > 1 ? argv[1] : "8080";
    struct sockaddr_in address = { .sin_port = 0 };
    char host[INET_ADDRSTRLEN];
    int fd = -1;
    if (argc == 2 && strcmp(text, "--help") == 0)
        *status = usage(stdout, 0);
    else if (argc > 2 || !parse(text, &address)) {
        fprintf(stderr, "%s: not understood\n", text);
        *status = usage(stderr, 2);
    } else if ((fd = listen_on(&address)) < 0) {
        fprintf(stderr, "%s: %s\n", text, strerror(errno));
        *status = 1;
    } else {
        printf("listening on %s:%d\n", inet_ntop(AF_INET, &address.sin_addr, host, sizeof host), ntohs(address.sin_port));
        fflush(stdout);
    }
    return fd;
}
