/* A whole server.
 *
 *   hello_server [ADDRESS:PORT|unix:PATH]     127.0.0.1:8080, [::1]:8080, unix:/path */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

static int usage(FILE *to, int status)
{
    fputs("usage: hello_server [ADDRESS:PORT|unix:PATH]\n", to);
    return status;
}

/* Answers the exit status where there is no server, or -1. */
static int open_server(int argc, char **argv, ww_server **server)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080";
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_status status = ww_server_new(NULL, server, &error);
    if (argc == 2 && strcmp(address, "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || *address == '-')
        return usage(stderr, 2);
    if (status == WW_OK && (status = ww_server_listen(*server, address, &error)) == WW_OK)
        return -1;
    fprintf(stderr, "%s: %s\n", address, error.reason); /* in use, not permitted, no address, ... */
    return status == WW_E_ARGUMENT ? usage(stderr, 2) : 1;
}

int main(int argc, char **argv)
{
    ww_server *server;
    const int ended = open_server(argc, argv, &server);
    if (ended >= 0) {
        ww_server_free(server);
        return ended;
    }

    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    const ww_span content = WW_LIT("Hello, World!");
    ww_response hello = WW_RESPONSE_INIT;
    hello.status = 200;
    hello.fields = &type;
    hello.field_count = 1;
    hello.content = content;

    ww_event event;
    while (ww_server_next(server, &event, -1) == WW_OK)
        if (event.flags & WW_EVENT_FLAG_LAST)
            ww_server_respond(server, event.conn, &hello);

    ww_server_free(server);
    return 0;
}
