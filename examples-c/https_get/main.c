/* Gets what is at a URL: the client role of ww_conn, over one blocking socket.
 *
 *   https_get [--ca FILE] [--include] [--wait SECONDS] URL
 *
 * Content goes to standard output, with --include behind the head of the response. The certificate of an https://
 * server must lead to one in FILE, or to one that the platform trusts. Redirections are responses like others. --wait: how long
 * the server has for the handshake of TLS, and then to begin its response, instead of the library's defaults.
 *
 * The exit status is that of `curl --fail` where it matters: 0 for a response that is whole; 22 for one with a status
 * of 400 or more, or with one that there is not, whose content is not printed; 1 for none, or for one that was cut short,
 * whose first part may have been printed; 2 for a command line that is no good.
 *
 * What it shows: http and https are the same program, down to one pointer in the config of the connection; the
 * library's clocks with a socket that blocks; and how an end that was meant is told from one that was not. */
#define _POSIX_C_SOURCE 200809L
#include "connect.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <wireway.h>

enum { DONE = 0, FAILED = 1, USAGE = 2, REFUSED = 22 };
static const char usage[] = "https_get [--ca FILE] [--include] [--wait SECONDS] http[s]://HOST[:PORT][/PATH]";

struct get {
    const char *url, *ca; /* `ca` NULL: what the platform trusts */
    int include;
    uint32_t wait_ms; /* 0: the defaults */
    int fd;
    ww_conn *conn;
    int status, is_refusal; /* of the response */
    int is_whole;           /* all of it has come */
};

/* Monotonic: the library's clocks are to run when the wall clock is set, too. */
static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static int fail(int result, const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    return result;
}

static void print_head(const ww_head *head)
{
    ww_span reason = head->reason;
    printf("HTTP/1.%d %03d %.*s\r\n", head->version_minor, head->status, WW_PRINTF(reason));
    for (size_t i = 0; i < head->field_count; i++) {
        ww_span name = head->fields[i].name, value = head->fields[i].value;
        printf("%.*s: %.*s\r\n", WW_PRINTF(name), WW_PRINTF(value));
    }
    fputs("\r\n", stdout);
}

/* Standard output may block, as a pager makes it. While a connection is paused the peer's clocks stand still, so that
 * the peer does not pay for that; they go on from the time that was given last. */
static void print_content(const struct get *get, ww_span content)
{
    ww_conn_pause(get->conn);
    fwrite(content.data, 1, content.len, stdout);
    ww_conn_tick(get->conn, now_ms());
    ww_conn_resume(get->conn);
}

/* What `event` points to lives until the next ww_conn_next(): it is printed now, or would have to be copied.
 * WW_EVENT_ERROR needs nothing here: the response is not whole then, and ww_conn_error() knows why. */
static void on_event(struct get *get, const ww_event *event)
{
    if (event->kind == WW_EVENT_RESPONSE) {
        get->status = event->head->status;
        /* Below 100 or above 599 it is to be taken for a 5xx (RFC 9110, section 15). The library shows it as it came. */
        get->is_refusal = get->status < 100 || get->status >= 400;
        if (get->include)
            print_head(event->head);
    }
    if (event->kind == WW_EVENT_DATA && !get->is_refusal)
        print_content(get, event->data);
    /* Exactly one event of a response has this mark. Where neither a length nor chunks tell where content ends, the end
     * of the connection does: over TLS only by a close_notify, as anyone on the way can send a FIN. A response that is
     * whole needs neither. */
    if (event->flags & WW_EVENT_FLAG_LAST)
        get->is_whole = 1;
}

static void flush(struct get *get)
{
    ww_iovec iov[16];
    struct msghdr message = { .msg_iov = iov };
    while ((message.msg_iovlen = ww_conn_output(get->conn, iov, 16)) > 0) {
        ssize_t sent = sendmsg(get->fd, &message, MSG_NOSIGNAL);
        if (sent >= 0)
            ww_conn_sent(get->conn, (size_t)sent, now_ms());
        else if (errno != EINTR)
            ww_conn_abort(get->conn, now_ms()); /* there is no output any more */
    }
}

/* Events and output until there is neither; answers the state then. */
static uint32_t turn(struct get *get)
{
    ww_event event;
    uint32_t state;
    do {
        while (ww_conn_next(get->conn, &event) == WW_OK)
            on_event(get, &event);
        if (get->is_whole)
            ww_conn_shutdown(get->conn); /* over TLS that is our close_notify */
        flush(get);
        state = ww_conn_state(get->conn);
    } while (state & WW_STATE_EVENTS);
    if (state & WW_STATE_SHUTDOWN_WRITE)
        shutdown(get->fd, SHUT_WR);
    return state;
}

/* Waits for the peer until a clock of the library runs out, and lends what came. The buffer is the library's until
 * ww_conn_next() answers anything but WW_OK, which every turn comes to. */
static void wait_for_peer(struct get *get)
{
    static uint8_t buffer[1 << 16];
    struct pollfd socket = { get->fd, POLLIN, 0 };
    uint64_t now = now_ms(), deadline = ww_conn_deadline(get->conn, now);
    uint64_t left = deadline > now ? deadline - now : 0;
    ssize_t got;
    if (poll(&socket, 1, left < 60000 ? (int)left : 60000) <= 0)
        ww_conn_tick(get->conn, now_ms()); /* harmless where it is early */
    else if ((got = recv(get->fd, buffer, sizeof buffer, 0)) > 0)
        ww_conn_receive(get->conn, buffer, (size_t)got, now_ms());
    else if (got == 0)
        ww_conn_receive_eof(get->conn, true, now_ms()); /* a FIN; the connection knows whether TLS ended before it */
    else if (errno != EINTR)
        ww_conn_abort(get->conn, now_ms());
}

/* What has become of it; `status` is that of the library's calls. */
static int outcome(const struct get *get, ww_status status)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    if (status != WW_OK)
        return fail(FAILED, get->url, ww_status_text(status));
    if (fflush(stdout) != 0 || ferror(stdout))
        return fail(FAILED, "standard output", strerror(errno));
    ww_conn_error(get->conn, &error);
    if (!get->is_whole)
        return fail(FAILED, get->url, error.reason);
    if (!get->is_refusal)
        return DONE;
    fprintf(stderr, "%s: status %03d\n", get->url, get->status);
    return REFUSED;
}

/* All that TLS is here: one pointer in the config, and whose certificate it must be. The request is queued at once; it
 * leaves when the handshake is done, and only to a server that is trusted. */
static int get_url(struct get *get, const ww_url *url, const ww_tls_config *tls)
{
    static const ww_field fields[] = { WW_FIELD("User-Agent", "https_get"), WW_FIELD("Accept", "*/*") };
    const ww_request request = { .size = sizeof request, .method = WW_LIT("GET"), .target = url->target,
                                 .authority = url->authority, .fields = fields, .field_count = 2 };
    const ww_conn_config config = { .size = sizeof config, .role = WW_ROLE_CLIENT, .tls = tls,
                                    .server_name = url->authority, .body_max = UINT64_MAX /* nothing of it is kept */,
                                    .handshake_ms = get->wait_ms, .response_ms = get->wait_ms };
    ww_workspace *workspace = NULL;
    ww_status status;
    if ((get->fd = connect_to(url)) < 0)
        return FAILED;
    if ((status = ww_workspace_new(NULL, &workspace)) == WW_OK &&
        (status = ww_conn_new(&config, workspace, now_ms(), &get->conn)) == WW_OK &&
        (status = ww_conn_request(get->conn, &request)) == WW_OK)
        while (!(turn(get) & WW_STATE_CLOSE))
            wait_for_peer(get);
    const int result = outcome(get, status);
    ww_conn_free(get->conn); /* before its workspace */
    ww_workspace_free(workspace);
    close(get->fd);
    return result;
}

/* Answers whether it is a number of seconds, up to a day. */
static int parse_wait(struct get *get, const char *text)
{
    char *end;
    const unsigned long seconds = strtoul(text, &end, 10);
    get->wait_ms = (uint32_t)seconds * 1000;
    return *text >= '0' && *text <= '9' && *end == '\0' && seconds > 0 && seconds <= 86400;
}

/* Answers whether they are good. */
static int parse_options(struct get *get, char **argv)
{
    while (*++argv != NULL) {
        if (strcmp(*argv, "--include") == 0)
            get->include = 1;
        else if (strcmp(*argv, "--ca") == 0 && argv[1] != NULL)
            get->ca = *++argv;
        else if (strcmp(*argv, "--wait") == 0 && argv[1] != NULL && parse_wait(get, argv[1]))
            argv++;
        else if (**argv == '-' || get->url != NULL)
            return 0;
        else
            get->url = *argv;
    }
    return get->url != NULL;
}

/* Answers whether it is one to ask for; its spans point into the text. */
static int parse_url(const struct get *get, ww_url *url)
{
    const ww_span text = ww_span_from(get->url);
    ww_error_info error = WW_ERROR_INFO_INIT;
    if (ww_parse_url(text, 0, url) == WW_OK && !(url->flags & WW_URL_WEBSOCKET))
        return 1;
    ww_url_error(text, 0, &error);
    fail(USAGE, get->url, error.code != 0 ? error.reason : "only http:// and https:// are spoken here");
    return 0;
}

int main(int argc, char **argv)
{
    struct get get = { .fd = -1 };
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_url url = WW_URL_INIT;
    ww_tls_config *tls = NULL;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return printf("usage: %s\n", usage) > 0 ? DONE : FAILED;
    if (argc < 2 || !parse_options(&get, argv))
        return fail(USAGE, "usage", usage);
    if (!parse_url(&get, &url))
        return fail(USAGE, "usage", usage);
    const ww_tls_options trust = { .size = sizeof trust, .role = WW_ROLE_CLIENT, .roots_path = get.ca };
    if ((url.flags & WW_URL_SECURE) && ww_tls_config_new(&trust, &tls, &error) != WW_OK)
        return fail(FAILED, "TLS", error.reason);
    const int result = get_url(&get, &url, tls);
    ww_tls_config_free(tls);
    return result;
}
