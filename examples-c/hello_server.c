/* A whole server.
 *
 *   hello_server [ADDRESS:PORT|unix:PATH]     127.0.0.1:8080, [::1]:8080, unix:/path */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

static ww_status serve(const char *address)
{
    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    ww_response hello = WW_RESPONSE_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_server *server;
    ww_status status;
    ww_event event;

    hello.status = 200;
    hello.fields = &type;
    hello.field_count = 1;
    hello.content = ww_span_from("Hello, World!");
    if (ww_server_new(NULL, &server, &error) != WW_OK || ww_server_listen(server, address, &error) != WW_OK) {
        fprintf(stderr, "%s: %s\n", address, error.reason);
        ww_server_free(server);
        return error.code;
    }
    while ((status = ww_server_next(server, &event, -1)) == WW_OK)
        if (event.flags & WW_EVENT_FLAG_LAST)
            ww_server_respond(server, event.conn, &hello);
    ww_server_free(server);
    return status;
}

static int usage(FILE *to, int status)
{
    fputs("usage: hello_server [ADDRESS:PORT|unix:PATH]\n", to);
    return status;
}

int main(int argc, char **argv)
{
    ww_status status;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || (argc == 2 && *argv[1] == '-'))
        return usage(stderr, 2);
    status = serve(argc == 2 ? argv[1] : "127.0.0.1:8080");
    return status == WW_E_ARGUMENT ? usage(stderr, 2) : status < 0;
}
