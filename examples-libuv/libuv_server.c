/* A whole server in the loop of libuv, beside whatever else runs there.
 *
 *   libuv_server [ADDRESS:PORT|unix:PATH] */
#include <stdio.h>
#include <string.h>
#include <uv.h>
#include <wireway.h>

static ww_server *server;
static uv_timer_t timer;
static const ww_response hello = { .size = sizeof hello, .status = 200, .content = WW_LIT("Hello, World!") };

/* The glue: what the server has to do, when its descriptor is readable and at its deadline. */
static void turn(uv_timer_t *again)
{
    for (ww_event event; ww_server_next(server, &event, 0) == WW_OK;)
        if (event.flags & WW_EVENT_FLAG_LAST)
            ww_server_respond(server, event.conn, &hello);
    const uint64_t now = uv_hrtime() / 1000000, due = ww_server_deadline(server);
    uv_timer_start(again, turn, due > now ? due - now : 0, 0);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    (void)poll, (void)status, (void)events, turn(&timer);
}
/* So far the glue. */

int main(int argc, char **argv)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080", *usage = "usage: libuv_server [ADDRESS:PORT|unix:PATH]\n";
    ww_error_info error = { .size = sizeof error, .reason = "one address, and nothing else" };
    uv_poll_t poll;
    if (argc == 2 && strcmp(address, "--help") == 0)
        return fputs(usage, stdout) < 0;
    ww_status status = argc > 2 ? WW_E_ARGUMENT : ww_server_new(NULL, &server, &error);
    if (status != WW_OK || (status = ww_server_listen(server, address, &error)) != WW_OK)
        return fprintf(stderr, "%s: %s\n%s", address, error.reason, status == WW_E_ARGUMENT ? usage : ""), 1 + (status == WW_E_ARGUMENT);
    uv_timer_init(uv_default_loop(), &timer);
    if (uv_poll_init(uv_default_loop(), &poll, (int)ww_server_handle(server)) != 0 || uv_poll_start(&poll, UV_READABLE, on_ready) != 0)
        return 1;
    turn(&timer);
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
