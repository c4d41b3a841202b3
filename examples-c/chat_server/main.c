/* A room to talk in: a page, and a WebSocket that everyone in the room hears.
 *
 *   chat_server [--listen ADDRESS:PORT] [--tls CERT KEY]
 *
 * What one says on /room everyone hears, that one included. The page is at `/`. With --tls it is https, and the
 * WebSocket wss. */
#define _POSIX_C_SOURCE 200809L
#include "page.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <wireway.h>

static const ww_span room = WW_LIT("room");
static ww_mailbox *mailbox;
static struct {
    const char *listen;
    const char *chain, *key; /* NULL: no TLS */
} options = { "127.0.0.1:8080", NULL, NULL };

/* In a signal handler: ww_mailbox_drain() may be called here. */
static void on_signal(int number)
{
    (void)number;
    ww_mailbox_drain(mailbox, 2000);
}

static int is(ww_span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

/* A page of another site must not speak in the name of whoever looks at it: a browser sends Origin with every WebSocket it opens,
 * and what sends none is no browser. Behind a proxy that ends TLS, `secure` is to be 1 as well. */
static int is_foreign(const ww_head *head)
{
    const ww_field *origin = ww_head_find(head, WW_FIELD_ORIGIN);
    return origin != NULL && !ww_ws_is_same_origin(origin->value, head->host, options.chain != NULL);
}

/* Answers the status to respond with, or 0 when the request is answered. */
static uint16_t open_room(ww_server *server, const ww_event *event)
{
    ww_status status;
    if (is_foreign(event->head))
        return 403;
    status = ww_server_accept_websocket(server, event->conn, NULL);
    if (status == WW_OK)
        ww_server_subscribe(server, event->conn, room);
    return status == WW_OK || status == WW_E_WS_HANDSHAKE ? 0 : 404; /* a handshake that is no good is answered */
}

static void on_request(ww_server *server, const ww_event *event)
{
    static const ww_field html[] = { WW_FIELD("Content-Type", "text/html; charset=utf-8"), WW_FIELD("Cache-Control", "no-cache") };
    ww_response response = WW_RESPONSE_INIT;
    response.status = 404;
    if ((event->head->flags & WW_HEAD_WEBSOCKET) && is(event->head->target, "/room"))
        response.status = open_room(server, event);
    else if (event->head->method_id == WW_METHOD_GET && is(event->head->target, "/")) {
        response.status = 200;
        response.fields = html;
        response.field_count = sizeof html / sizeof *html;
        response.content = (ww_span){ (const uint8_t *)page, sizeof page - 1 };
    }
    if (response.status != 0)
        ww_server_respond(server, event->conn, &response);
}

/* Messages come whole, so that what one says is not cut by what another does. Who does not keep up is shown out. */
static void on_message(ww_server *server, const ww_event *event)
{
    ww_server_publish(server, room, event->flags | WW_SLOW_CLOSE, 0, event->data.data, event->data.len, NULL);
}

/* The server keeps what it needs of the config. */
static ww_status listen_tls(ww_server *server, ww_error_info *error)
{
    ww_tls_options material = WW_TLS_OPTIONS_INIT;
    ww_tls_certificate certificate = WW_TLS_CERTIFICATE_INIT;
    ww_tls_config *config;
    ww_status status;
    certificate.chain_path = options.chain;
    certificate.key_path = options.key;
    material.certificates = &certificate;
    material.certificate_count = 1;
    if ((status = ww_tls_config_new(&material, &config, error)) == WW_OK)
        status = ww_server_listen_tls(server, options.listen, config, error);
    ww_tls_config_free(config);
    return status;
}

/* In the words of what failed, where there are some. */
static void complain(const char *what, const ww_error_info *error, ww_status status)
{
    fprintf(stderr, "%s: %s\n", what, error->code == status ? error->reason : ww_status_text(status));
}

static int asks_for_help(int argc, char **argv)
{
    return argc == 2 && strcmp(argv[1], "--help") == 0;
}

static int usage(FILE *to, int status)
{
    fputs("usage: chat_server [--listen ADDRESS:PORT] [--tls CERT KEY]\n", to);
    return status;
}

static ww_status open_server(ww_server **server)
{
    ww_server_config config = WW_SERVER_CONFIG_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    char address[256];
    ww_status status;
    size_t len;
    config.conn.flags = WW_CONN_DEFLATE | WW_CONN_DEFLATE_SERVER_FORGETS | WW_CONN_DEFLATE_CLIENT_FORGETS;
    config.conn.message_max = 4096;
    if ((status = ww_server_new(&config, server, &error)) == WW_OK && (status = ww_server_mailbox(*server, &mailbox)) == WW_OK &&
        (status = options.chain ? listen_tls(*server, &error) : ww_server_listen(*server, options.listen, &error)) == WW_OK &&
        (status = ww_server_address(*server, 0, address, sizeof address, &len)) == WW_OK) {
        printf("listening on %s\n", address);
        fflush(stdout);
    } else
        complain(options.listen, &error, status);
    return status;
}

static int take_options(int argc, char **argv)
{
    int i = 1;
    while (i < argc)
        if (strcmp(argv[i], "--listen") == 0 && i + 1 < argc) {
            options.listen = argv[i + 1];
            i += 2;
        } else if (strcmp(argv[i], "--tls") == 0 && i + 2 < argc) {
            options.chain = argv[i + 1];
            options.key = argv[i + 2];
            i += 3;
        } else
            return -1;
    return 0;
}

int main(int argc, char **argv)
{
    ww_server *server = NULL;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_event event;
    ww_status opened, status;
    if (asks_for_help(argc, argv))
        return usage(stdout, 0);
    if (take_options(argc, argv) != 0)
        return usage(stderr, 2);
    opened = status = open_server(&server);
    if (status == WW_OK) {
        signal(SIGTERM, on_signal);
        signal(SIGINT, on_signal);
        while ((status = ww_server_next(server, &event, -1)) == WW_OK) {
            if (event.kind == WW_EVENT_REQUEST)
                on_request(server, &event);
            else if (event.kind == WW_EVENT_MESSAGE)
                on_message(server, &event);
        }
        signal(SIGTERM, SIG_IGN);
        signal(SIGINT, SIG_IGN);
        if (status != WW_DONE) {
            ww_server_error(server, 0, &error);
            complain(options.listen, &error, status);
        }
    }
    ww_server_free(server);
    ww_mailbox_free(mailbox);
    if (opened == WW_E_ARGUMENT)
        return usage(stderr, 2);
    return status == WW_DONE ? 0 : 1;
}
