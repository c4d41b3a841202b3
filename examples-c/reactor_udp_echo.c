/* A reactor: the loop says which descriptor is ready, a table says which function that is for, and the function makes the
 * system calls itself. Here they send back each datagram that comes.
 *
 *   reactor_udp_echo ADDRESS:PORT...
 *
 * SIGINT and SIGTERM end it. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wireway.h>

enum { HANDLERS_MAX = 16, DATAGRAM_MAX = 65536, DATAGRAMS_PER_TURN = 64 };

struct reactor {
    ww_loop *loop;
    int has_stopped;
    /* The token of a completion is an index of this table. 0 is the token of rings. */
    struct handler {
        void (*ready)(struct reactor *reactor, const struct handler *handler);
        ww_socket socket;
        int fd;
    } handlers[HANDLERS_MAX];
    size_t count;
};

static const char *const usage = "usage: reactor_udp_echo ADDRESS:PORT...\n";
static ww_poster *stop; /* for the signal handler */

static void on_signal(int number)
{
    (void)number;
    ww_poster_ring(stop); /* takes no lock and allocates nothing */
}

static void on_ring(struct reactor *reactor, const struct handler *handler)
{
    (void)handler;
    reactor->has_stopped = 1;
}

/* Some datagrams and no more, so that the others get their turns: what is left makes the descriptor ready again at once.
 * What there is no room to send is lost, as UDP may lose it. */
static void on_datagrams(struct reactor *reactor, const struct handler *handler)
{
    static char octets[DATAGRAM_MAX];
    struct sockaddr_storage from;
    socklen_t from_len = sizeof from;
    ssize_t len = 0;
    for (int i = 0; i < DATAGRAMS_PER_TURN && len >= 0; i++, from_len = sizeof from)
        if ((len = recvfrom(handler->fd, octets, sizeof octets, 0, (struct sockaddr *)&from, &from_len)) >= 0)
            (void)!sendto(handler->fd, octets, (size_t)len, 0, (struct sockaddr *)&from, from_len);
    ww_loop_poll(reactor->loop, handler->socket, WW_READY_READABLE); /* each ww_loop_poll() brings one completion */
}

/* The loop makes the socket, since it takes addresses as text, and gives it away: from then on it is the program's own. */
static ww_status open_socket(ww_loop *loop, const char *text, int *out, ww_error_info *error)
{
    char bound[WW_ADDRESS_TEXT_MAX];
    ww_address address;
    ww_socket socket;
    intptr_t fd;
    size_t len;
    ww_status status = ww_address_parse(ww_span_from(text), &address, error);
    if (status == WW_OK && (status = ww_loop_bind_udp(loop, &address, NULL, 0, &socket, error)) == WW_OK &&
        (status = ww_loop_address(loop, socket, &address)) == WW_OK &&
        (status = ww_address_text(&address, bound, sizeof bound, &len)) == WW_OK &&
        (status = ww_loop_release(loop, socket, &fd)) == WW_OK) {
        *out = (int)fd;
        printf("listening on %s\n", bound);
        fflush(stdout);
    }
    return status;
}

static ww_status add(struct reactor *reactor, const char *text, ww_error_info *error)
{
    struct handler *handler = &reactor->handlers[reactor->count];
    ww_status status = reactor->count < HANDLERS_MAX ? open_socket(reactor->loop, text, &handler->fd, error) : WW_E_ARGUMENT;
    if (status == WW_OK) {
        handler->ready = on_datagrams;
        status = ww_loop_watch(reactor->loop, handler->fd, reactor->count++, &handler->socket, error);
    }
    return status == WW_OK ? ww_loop_poll(reactor->loop, handler->socket, WW_READY_READABLE) : status;
}

static void handle_signals(void (*handler)(int))
{
    signal(SIGINT, handler);
    signal(SIGTERM, handler);
}

static ww_status run(struct reactor *reactor)
{
    ww_completion done;
    ww_status status = WW_OK;
    while (!reactor->has_stopped && (status = ww_loop_next(reactor->loop, &done, -1)) == WW_OK)
        reactor->handlers[done.token].ready(reactor, &reactor->handlers[done.token]);
    return status;
}

static void finish(struct reactor *reactor)
{
    handle_signals(SIG_IGN); /* before the poster goes */
    for (size_t i = 1; i < reactor->count; i++) {
        ww_loop_close(reactor->loop, reactor->handlers[i].socket); /* before the descriptor */
        close(reactor->handlers[i].fd);
    }
    ww_poster_free(stop);
    ww_loop_free(reactor->loop);
}

static int complain(const char *address, ww_status status, const ww_error_info *error)
{
    fprintf(stderr, "%s: %s\n%s", address, error->reason, status == WW_E_ARGUMENT ? usage : "");
    return status == WW_E_ARGUMENT ? 2 : 1;
}

int main(int argc, char **argv)
{
    const char *address = argv[1];
    struct reactor reactor = { .handlers = { { .ready = on_ring } }, .count = 1 };
    ww_error_info error = { .size = sizeof error, .reason = "one address too many" };
    if (argc == 1 || strcmp(address, "--help") == 0) return fputs(usage, argc == 2 ? stdout : stderr), argc == 2 ? 0 : 2;
    ww_status status = ww_loop_new(NULL, &reactor.loop, &error);
    if (status == WW_OK && (status = ww_loop_poster(reactor.loop, &stop)) == WW_OK) handle_signals(on_signal);
    for (int i = 1; status == WW_OK && i < argc; i++)
        status = add(&reactor, address = argv[i], &error);
    const int ended = status == WW_OK ? run(&reactor) < 0 : complain(address, status, &error);
    finish(&reactor);
    return ended;
}
