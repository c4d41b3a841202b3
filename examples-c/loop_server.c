/* HTTP, UDP and a timer on one thread: a server on a ww_loop beside a socket of the program's own.
 *
 *   loop_server [ADDRESS:PORT]
 *
 * By TCP it answers HTTP requests with how many seconds it has run; by UDP, at the same port, it sends each datagram back. */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

enum { HTTP = 1, ECHO, TICK, EACH_MS = 1000, EVENTS_MAX = 64 };

static unsigned long seconds;

/* A server on a loop works when a completion says so, for a while: that comes again if there is more to do. */
static void serve(ww_server *server)
{
    char text[32];
    ww_response response = { .size = sizeof response, .status = 200, .content = { .data = (const uint8_t *)text } };
    ww_event event;
    int count;
    response.content.len = (size_t)sprintf(text, "%lu\n", seconds);
    for (count = 0; count < EVENTS_MAX && ww_server_next(server, &event, 0) == WW_OK; count++)
        if (event.flags & WW_EVENT_FLAG_LAST)
            ww_server_respond(server, event.conn, &response);
}

static ww_status open_sockets(ww_loop *loop, const char *address, ww_server **server, ww_error_info *error)
{
    char bound[WW_ADDRESS_TEXT_MAX];
    ww_address at;
    ww_socket echo;
    size_t len;
    ww_status status = ww_server_new_on(loop, NULL, HTTP, server, error);
    if (status == WW_OK && (status = ww_server_listen(*server, address, error)) == WW_OK &&
        (status = ww_server_address(*server, 0, bound, sizeof bound, &len)) == WW_OK &&
        (status = ww_address_parse(ww_span_from(bound), &at, error)) == WW_OK &&
        (status = ww_loop_bind_udp(loop, &at, NULL, ECHO, &echo, error)) == WW_OK && (status = ww_loop_receive(loop, echo)) == WW_OK) {
        printf("listening on %s\n", bound);
        fflush(stdout);
    }
    return status;
}

static void run(ww_loop *loop, ww_server *server)
{
    ww_completion done;
    ww_loop_set_timer(loop, 0, ww_loop_now(loop) + EACH_MS, TICK);
    while (ww_loop_next(loop, &done, -1) == WW_OK) {
        if (done.token == HTTP)
            serve(server);
        else if (done.token == TICK && ++seconds > 0)
            ww_loop_set_timer(loop, 0, ww_loop_now(loop) + EACH_MS, TICK);
        else if (done.kind == WW_COMPLETION_DATAGRAMS) /* what there is no room for is lost, as UDP may lose it */
            ww_loop_send_datagrams(loop, done.socket, done.datagrams, done.n, NULL);
    }
}

int main(int argc, char **argv)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080", *usage = "usage: loop_server [ADDRESS:PORT]\n";
    ww_error_info error = { .size = sizeof error, .reason = "one address, and nothing else" };
    ww_loop *loop = NULL;
    ww_server *server;
    if (argc == 2 && strcmp(address, "--help") == 0) return fputs(usage, stdout) < 0;
    ww_status status = argc > 2 ? WW_E_ARGUMENT : ww_loop_new(NULL, &loop, &error);
    if (status == WW_OK) status = open_sockets(loop, address, &server, &error);
    if (status != WW_OK)
        return fprintf(stderr, "%s: %s\n%s", address, error.reason, status == WW_E_ARGUMENT ? usage : ""), status == WW_E_ARGUMENT ? 2 : 1;
    run(loop, server);
    return 1; /* it serves until it fails */
}
