/* Load for a WebSocket echo server.
 *
 *   load PORT PID CONNECTIONS SIZE DEPTH SECONDS
 *
 * Each connection sends DEPTH messages of SIZE octets at once, waits for the echo of all of them, and begins again. All content
 * that comes back is compared. A fifth of a second goes by before anything counts. Prints how many messages came back, in how many
 * seconds, and the processor seconds that process PID, the server, and this one spent meanwhile. One thread, epoll. */
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>

enum { EVENTS = 256 };

struct connection {
    int fd, is_watched_for_room;
    size_t sent;
    struct echo echo;
};

static struct batch batch;
static unsigned char octets[1 << 18];

static void fail(const char *what)
{
    fprintf(stderr, "load: %s\n", what);
    exit(1);
}

static double seconds_on(clockid_t clock)
{
    struct timespec time;
    if (clock_gettime(clock, &time) != 0)
        fail("a clock stopped: the server is gone");
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void watch(int epoll, struct connection *connection, int operation, int for_room)
{
    struct epoll_event event = { .events = EPOLLIN | (for_room ? EPOLLOUT : 0u), .data = { .ptr = connection } };
    if (epoll_ctl(epoll, operation, connection->fd, &event) != 0)
        fail("epoll_ctl");
    connection->is_watched_for_room = for_room;
}

/* As much of the batch as there is room for. */
static void send_batch(int epoll, struct connection *connection)
{
    ssize_t n = send(connection->fd, batch.frames + connection->sent, batch.frames_len - connection->sent, MSG_NOSIGNAL);
    int is_partial;
    if (n < 0 && errno != EAGAIN)
        fail("the connection was lost");
    connection->sent += n > 0 ? (size_t)n : 0;
    is_partial = connection->sent < batch.frames_len;
    if (is_partial != connection->is_watched_for_room)
        watch(epoll, connection, EPOLL_CTL_MOD, is_partial);
}

static void begin_batch(int epoll, struct connection *connection)
{
    connection->sent = 0;
    memset(&connection->echo, 0, sizeof connection->echo);
    send_batch(epoll, connection);
}

/* Whether the whole batch has come back. */
static int receive_batch(struct connection *connection)
{
    ssize_t n = recv(connection->fd, octets, sizeof octets, 0);
    if (n < 0 && errno == EAGAIN)
        return 0;
    if (n <= 0)
        fail("the server closed a connection");
    if (echo_take(&connection->echo, &batch, octets, (size_t)n) != 0)
        fail("the echo differs from what was sent");
    return connection->echo.messages == batch.depth;
}

/* Batches until the time is up, and on until the last of them is back: nothing is in flight before or after. Returns their number. */
static unsigned long run(int epoll, struct connection *connections, size_t count, double seconds)
{
    double end = seconds_on(CLOCK_MONOTONIC) + seconds;
    struct epoll_event events[EVENTS];
    unsigned long batches = 0;
    size_t busy = count;
    for (size_t i = 0; i < count; i++)
        begin_batch(epoll, &connections[i]);
    while (busy > 0) {
        int ready = epoll_wait(epoll, events, EVENTS, 10000), is_over = seconds_on(CLOCK_MONOTONIC) >= end;
        if (ready == 0)
            fail("the server fell silent");
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (connection->is_watched_for_room)
                send_batch(epoll, connection);
            if (!receive_batch(connection))
                continue;
            batches++;
            if (is_over)
                busy--;
            else
                begin_batch(epoll, connection);
        }
    }
    return batches;
}

static struct connection *connect_all(int epoll, unsigned port, size_t count)
{
    struct connection *connections = calloc(count, sizeof *connections);
    if (connections == NULL)
        fail("out of memory");
    for (size_t i = 0; i < count; i++) {
        if ((connections[i].fd = connect_websocket(port)) < 0)
            exit(1);
        watch(epoll, &connections[i], EPOLL_CTL_ADD, 0);
    }
    return connections;
}

/* 0 where there is none. */
static size_t number(const char *text)
{
    return (size_t)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
    enum { WALL, SERVER, LOAD, CLOCKS };
    clockid_t clocks[CLOCKS] = { CLOCK_MONOTONIC, 0, CLOCK_PROCESS_CPUTIME_ID };
    double spent[CLOCKS];
    int epoll = epoll_create1(0);
    size_t count = argc == 7 ? number(argv[3]) : 0, depth = count > 0 ? number(argv[5]) : 0;
    struct connection *connections;
    unsigned long batches;
    if (depth == 0) {
        fprintf(stderr, "usage: %s PORT PID CONNECTIONS SIZE DEPTH SECONDS\n", argv[0]);
        return 2;
    }
    if (clock_getcpuclockid((pid_t)number(argv[2]), &clocks[SERVER]) != 0)
        fail("no such process");
    if (batch_make(&batch, number(argv[4]), depth) != 0)
        fail("out of memory");
    connections = connect_all(epoll, (unsigned)number(argv[1]), count);
    (void)run(epoll, connections, count, 0.2);
    for (int i = 0; i < CLOCKS; i++)
        spent[i] = -seconds_on(clocks[i]);
    batches = run(epoll, connections, count, (double)number(argv[6]));
    for (int i = 0; i < CLOCKS; i++)
        spent[i] += seconds_on(clocks[i]);
    printf("%lu %f %f %f\n", batches * depth, spent[WALL], spent[SERVER], spent[LOAD]);
    return 0;
}
