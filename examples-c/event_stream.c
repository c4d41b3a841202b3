/* Server-sent events: what one client posts, all that listen are told.
 *
 *   event_stream [ADDRESS:PORT|unix:PATH]
 *
 *   /events     GET: a stream of events (EventSource in a browser)
 *   /say        POST: its content becomes one event of each stream */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

enum { LISTENERS_MAX = 100, TEXT_MAX = 1000, QUIET_MS = 15000 };

static ww_id listeners[LISTENERS_MAX];
static size_t listener_count;

static void respond(ww_server *server, ww_id conn, uint16_t status)
{
    ww_response response = WW_RESPONSE_INIT;
    response.status = status;
    ww_server_respond(server, conn, &response);
}

/* The response has no end: it is streamed for as long as the peer listens. */
static void listen_to(ww_server *server, ww_id conn)
{
    static const ww_field fields[] = { WW_FIELD("Content-Type", "text/event-stream"), WW_FIELD("Cache-Control", "no-store") };
    ww_response stream = WW_RESPONSE_INIT;
    stream.status = 200;
    stream.flags = WW_MESSAGE_STREAM;
    stream.fields = fields;
    stream.field_count = sizeof fields / sizeof *fields;
    if (listener_count == LISTENERS_MAX)
        respond(server, conn, 503);
    else if (ww_server_respond(server, conn, &stream) == WW_OK)
        listeners[listener_count++] = conn;
}

/* `text` may have any number of lines; without text it is a comment, which keeps proxies from closing a quiet stream. */
static void tell(ww_server *server, ww_span text)
{
    ww_sse_event event = WW_SSE_EVENT_INIT;
    char out[2 * TEXT_MAX * sizeof "data: "]; /* each octet may be a line */
    size_t i, len;
    if (text.len > 0)
        event.data = text;
    else
        event.comment = ww_span_from("");
    if (ww_write_sse_event(&event, out, sizeof out, &len) != WW_OK)
        return;
    for (i = 0; i < listener_count; i++)
        if (ww_server_send(server, listeners[i], out, len) == WW_PAUSED)
            ww_server_abort(server, listeners[i]); /* who does not read it comes again */
}

static void on_request(ww_server *server, const ww_event *event)
{
    const ww_head *head = event->head;
    if (ww_span_equal(head->target, "/events") && head->method_id == WW_METHOD_GET)
        listen_to(server, event->conn);
    else if (ww_span_equal(head->target, "/say") && head->method_id == WW_METHOD_POST) {
        tell(server, event->data);
        respond(server, event->conn, 204);
    } else
        respond(server, event->conn, 404);
}

/* A listener that has gone frees its place. */
static void forget(ww_id conn)
{
    size_t i = 0;
    while (i < listener_count && listeners[i] != conn)
        i++;
    if (i < listener_count)
        listeners[i] = listeners[--listener_count];
}

static ww_status run(ww_server *server)
{
    const ww_span nothing = { NULL, 0 };
    ww_event event;
    ww_status status;
    while ((status = ww_server_next(server, &event, QUIET_MS)) >= 0) {
        if (status == WW_TIMEOUT)
            tell(server, nothing);
        else if (event.kind == WW_EVENT_REQUEST)
            on_request(server, &event); /* it comes whole */
        else if (event.kind == WW_EVENT_CLOSED)
            forget(event.conn);
    }
    return status;
}

static ww_status open_server(const char *address, ww_server **server)
{
    ww_server_config config = WW_SERVER_CONFIG_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    char name[128];
    size_t len;
    ww_status status;
    config.conn.flags = WW_CONN_WHOLE_CONTENT;
    config.conn.body_max = TEXT_MAX;
    status = ww_server_new(&config, server, &error);
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
    fputs("usage: event_stream [ADDRESS:PORT|unix:PATH]\n", to);
    return status;
}

int main(int argc, char **argv)
{
    ww_server *server;
    ww_status status;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || (argc == 2 && *argv[1] == '-'))
        return usage(stderr, 2);
    status = open_server(argc == 2 ? argv[1] : "127.0.0.1:8080", &server);
    if (status == WW_OK)
        status = run(server);
    ww_server_free(server);
    return status == WW_E_ARGUMENT ? usage(stderr, 2) : 1;
}
