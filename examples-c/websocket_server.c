/* A server that greets whoever asks, and says back what comes by WebSocket.
 *
 *   websocket_server [ADDRESS:PORT|unix:PATH] */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

static const ww_response hello = { .size = sizeof hello, .status = 200, .content = WW_LIT("Hello, World!") };

/* One answer to an event always fits. */
static void handle(ww_server *server, const ww_event *event)
{
    if (event->kind == WW_EVENT_MESSAGE) /* text or binary: the flags are those to send it with */
        ww_server_send_message(server, event->conn, event->flags, event->data.data, event->data.len);
    else if (event->kind == WW_EVENT_REQUEST && (event->head->flags & WW_HEAD_WEBSOCKET))
        ww_server_accept_websocket(server, event->conn, NULL); /* a handshake that is no good is answered */
    else if (event->flags & WW_EVENT_FLAG_LAST)
        ww_server_respond(server, event->conn, &hello);
}

static ww_status open_server(const char *address, ww_server **server)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    char name[128];
    size_t len;
    ww_status status = ww_server_new(NULL, server, &error);
    if (status == WW_OK && (status = ww_server_listen(*server, address, &error)) == WW_OK)
        status = ww_server_address(*server, 0, name, sizeof name, &len);
    if (status == WW_OK)
        printf("listening on %s\n", name);
    else
        fprintf(stderr, "%s: %s\n", address, error.reason);
    fflush(stdout);
    return status;
}

static int usage(FILE *to, int status)
{
    fputs("usage: websocket_server [ADDRESS:PORT|unix:PATH]\n", to);
    return status;
}

int main(int argc, char **argv)
{
    ww_server *server;
    ww_event event;
    ww_status status;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || (argc == 2 && *argv[1] == '-'))
        return usage(stderr, 2);
    status = open_server(argc == 2 ? argv[1] : "127.0.0.1:8080", &server);
    if (status == WW_OK)
        while ((status = ww_server_next(server, &event, -1)) == WW_OK)
            handle(server, &event);
    ww_server_free(server);
    return status == WW_E_ARGUMENT ? usage(stderr, 2) : status < 0;
}
