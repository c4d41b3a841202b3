/* A WebSocket client for the command line, and the peer of the Autobahn test suite.
 *
 *   ws_client [--ca FILE] [--deflate] URL [MESSAGE...]
 *   ws_client [--ca FILE] [--deflate] --autobahn URL [AGENT]
 *
 * Sends each message and prints what comes back, one line for each; without messages, the lines of its input. The URL is
 * ws://HOST[:PORT][/PATH] or the same with wss://, for --autobahn without a path. The certificate of a wss:// server must lead to one in
 * FILE, or to one that the platform trusts. */
#define _POSIX_C_SOURCE 200809L
#include "client.h"
#include "secure.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct client client;
static int failed;

static void print(struct client *c, const ww_event *event)
{
    size_t *awaited = c->data;
    if (event->kind == WW_EVENT_MESSAGE) {
        fwrite(event->data.data, 1, event->data.len, stdout);
        if (event->flags & WW_EVENT_FLAG_LAST) {
            putchar('\n');
            fflush(stdout);
            if (*awaited > 0 && --*awaited == 0)
                ww_conn_close_websocket(c->conn, 1000, (ww_span){ NULL, 0 });
        }
    }
    failed |= event->kind == WW_EVENT_ERROR || (event->kind == WW_EVENT_RESPONSE && event->head->status != 101);
}

static void say(const char *text, size_t len)
{
    ww_status status = ww_conn_send_message(client.conn, WW_SEND_TEXT, text, len);
    if (status != WW_OK)
        fprintf(stderr, "not sent: %s\n", ww_status_text(status));
}

static void say_line(void)
{
    static char *line;
    static size_t room;
    ssize_t len = getline(&line, &room, stdin);
    if (len <= 0)
        ww_conn_close_websocket(client.conn, 1000, (ww_span){ NULL, 0 });
    else
        say(line, (size_t)len - (line[len - 1] == '\n'));
}

/* Messages go when the handshake is over: before it, nothing may. */
static int talk(const char *url, const ww_conn_config *config, char **messages, size_t count)
{
    size_t awaited = count;
    int has_spoken = 0, step;
    client.on_event = print;
    client.data = &awaited;
    if (client_open(&client, url, config) != 0)
        return 1;
    while ((step = client_step(&client, has_spoken && count == 0 ? STDIN_FILENO : -1)) != 0) {
        for (size_t i = 0; client.is_open && !has_spoken && i < count; i++)
            say(messages[i], strlen(messages[i]));
        has_spoken = client.is_open;
        if (step == 2)
            say_line();
        client_flush(&client);
    }
    client_free(&client);
    return failed;
}

/* A number that the suite sends. */
static void take_number(struct client *c, const ww_event *event)
{
    if (event->kind == WW_EVENT_MESSAGE)
        for (size_t i = 0; i < event->data.len; i++)
            *(int *)c->data = *(int *)c->data * 10 + (event->data.data[i] - '0');
}

static void echo(struct client *c, const ww_event *event)
{
    if (event->kind == WW_EVENT_MESSAGE)
        ww_conn_send_message(c->conn, event->flags, event->data.data, event->data.len);
}

static int visit(const char *base, const char *target, const ww_conn_config *config)
{
    char url[1200];
    snprintf(url, sizeof url, "%s%s", base, target);
    if (client_open(&client, url, config) != 0)
        return -1;
    while (client_step(&client, -1) != 0)
        ;
    client_free(&client);
    return 0;
}

static int autobahn(const char *base, const char *agent, const ww_conn_config *config)
{
    char target[256];
    int count = 0;
    client.on_event = take_number;
    client.data = &count;
    if (visit(base, "/getCaseCount", config) != 0 || count == 0)
        return 1;
    client.on_event = echo;
    for (int i = 1; i <= count; i++) {
        snprintf(target, sizeof target, "/runCase?case=%d&agent=%s", i, agent);
        if (visit(base, target, config) != 0)
            return 1;
    }
    printf("%d cases\n", count);
    snprintf(target, sizeof target, "/updateReports?agent=%s&shutdownOnComplete=true", agent);
    return visit(base, target, config) != 0;
}

static int asks_for_help(int argc, char **argv)
{
    return argc == 2 && strcmp(argv[1], "--help") == 0;
}

static int usage(FILE *to, int status)
{
    fputs("usage: ws_client [--ca FILE] [--deflate] ws[s]://HOST[:PORT][/PATH] [MESSAGE...]\n"
          "       ws_client [--ca FILE] [--deflate] --autobahn ws[s]://HOST[:PORT] [AGENT]\n", to);
    return status;
}

/* Takes the options that `argv` begins with, behind the name; answers the index of what follows them. */
static int take_options(char **argv, ww_conn_config *config, const char **ca, int *is_suite)
{
    int i = 1;
    for (; argv[i] != NULL; i++) {
        if (strcmp(argv[i], "--deflate") == 0)
            config->flags = WW_CONN_DEFLATE;
        else if (strcmp(argv[i], "--autobahn") == 0)
            *is_suite = 1;
        else if (strcmp(argv[i], "--ca") == 0 && argv[i + 1] != NULL)
            *ca = argv[++i];
        else
            break;
    }
    return i;
}

int main(int argc, char **argv)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    ww_url url = WW_URL_INIT;
    ww_tls_config *tls = NULL;
    const char *ca = NULL;
    int is_suite = 0, status, i;
    config.role = WW_ROLE_CLIENT;
    config.fragments_max = 1 << 17; /* the suite's smallest fragments have 64 octets */
    if (asks_for_help(argc, argv))
        return usage(stdout, 0);
    i = take_options(argv, &config, &ca, &is_suite);
    if (i >= argc || argv[i][0] == '-' || (is_suite && argc > i + 2) || client_parse(argv[i], &url) != 0)
        return usage(stderr, 2);
    if ((url.flags & WW_URL_SECURE) && (tls = secure_open(ca)) == NULL)
        return 1;
    config.tls = tls;
    if (is_suite)
        status = autobahn(argv[i], i + 1 < argc ? argv[i + 1] : "wireway", &config);
    else
        status = talk(argv[i], &config, argv + i + 1, (size_t)(argc - i - 1));
    ww_tls_config_free(tls);
    return status;
}
