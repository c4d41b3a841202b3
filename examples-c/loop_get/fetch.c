#include "fetch.h"
#include <inttypes.h>
#include <stdio.h>

enum { LOOKUP_MS = 20000, CONNECT_MS = 10000, PIECES = 16 };

static void set_timer(const struct fetch *fetch, uint64_t deadline)
{
    ww_loop_set_timer(fetch->shared->loop, fetch->number, deadline, fetch->number);
}

static void fail(const struct fetch *fetch, const char *why)
{
    fprintf(stderr, "%s: %s\n", fetch->text, why);
}

static void end(struct fetch *fetch)
{
    set_timer(fetch, UINT64_MAX);
    ww_conn_free(fetch->conn);
    fetch->conn = NULL;
    fetch->shared->open--;
    fetch->shared->whole += fetch->is_whole;
    if (fetch->is_whole)
        printf("%03d %" PRIu64 " %s\n", fetch->status, fetch->octets, fetch->text);
}

/* The loop may still send octets of the connection: then it lives until WW_COMPLETION_CLOSED. */
static void close_socket(struct fetch *fetch)
{
    fetch->is_closing = ww_loop_close(fetch->shared->loop, fetch->socket) == WW_PAUSED;
    fetch->socket = 0;
    if (!fetch->is_closing)
        end(fetch);
}

/* The next of the addresses, until one of them is connected. */
static void connect_to_next(struct fetch *fetch, const char *why)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    while (fetch->next < fetch->count) {
        const ww_address *address = &fetch->addresses[fetch->next++];
        set_timer(fetch, ww_loop_now(fetch->shared->loop) + CONNECT_MS);
        if (ww_loop_connect(fetch->shared->loop, address, NULL, fetch->number, &fetch->socket, &error) == WW_OK)
            return;
        why = error.reason;
    }
    fail(fetch, why);
    end(fetch);
}

static void on_resolved(struct fetch *fetch, const ww_completion *done)
{
    for (size_t i = 0; i < done->n && i < ADDRESSES_MAX; i++)
        fetch->count += ww_loop_resolved(fetch->shared->loop, i, &fetch->addresses[i]) == WW_OK;
    connect_to_next(fetch, done->code == WW_E_RESOLVE ? ww_resolver_reason(done->system) : ww_status_text((ww_status)done->code));
}

static void on_event(struct fetch *fetch, const ww_event *event)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    if (event->kind == WW_EVENT_RESPONSE)
        fetch->status = event->head->status;
    else if (event->kind == WW_EVENT_DATA)
        fetch->octets += event->data.len;
    else if (event->kind == WW_EVENT_ERROR && ww_conn_error(fetch->conn, &error) == WW_OK)
        fail(fetch, error.reason);
    if (event->flags & WW_EVENT_FLAG_LAST)
        fetch->is_whole = 1;
}

/* Until all is sent or the loop holds the rest, which WW_COMPLETION_SENT ends. */
static void flush(struct fetch *fetch, uint64_t now)
{
    ww_iovec pieces[PIECES];
    size_t count, taken;
    while (!fetch->is_sending && (count = ww_conn_output(fetch->conn, pieces, PIECES)) > 0) {
        const ww_status status = ww_loop_send(fetch->shared->loop, fetch->socket, pieces, count, &taken);
        if (status < 0) {
            ww_conn_abort(fetch->conn, now); /* no send is in progress: nothing reads its octets */
            return;
        }
        ww_conn_sent(fetch->conn, taken, now);
        fetch->is_sending = status == WW_PAUSED;
    }
}

/* Receives while the connection wants to read. */
static void watch(struct fetch *fetch, uint32_t state)
{
    const int wants = (state & WW_STATE_WANT_READ) != 0;
    if (wants == fetch->is_receiving)
        return;
    fetch->is_receiving = wants;
    if (wants)
        ww_loop_receive(fetch->shared->loop, fetch->socket);
    else
        ww_loop_cancel(fetch->shared->loop, fetch->socket, WW_CANCEL_RECEIVE);
}

/* Events and output, until there is neither. */
static void turn(struct fetch *fetch)
{
    const uint64_t now = ww_loop_now(fetch->shared->loop);
    ww_event event;
    uint32_t state;
    do {
        while (ww_conn_next(fetch->conn, &event) == WW_OK)
            on_event(fetch, &event);
        if (fetch->is_whole)
            ww_conn_shutdown(fetch->conn);
        flush(fetch, now);
        state = ww_conn_state(fetch->conn);
    } while (state & WW_STATE_EVENTS);
    if (state & WW_STATE_CLOSE) {
        close_socket(fetch);
        return;
    }
    if (state & WW_STATE_SHUTDOWN_WRITE)
        ww_loop_shutdown_write(fetch->shared->loop, fetch->socket);
    watch(fetch, state);
    set_timer(fetch, ww_conn_deadline(fetch->conn, now));
}

/* The request is queued at once; over TLS it leaves when the handshake is done, and only to a server that is trusted. */
static void begin(struct fetch *fetch)
{
    static const ww_field fields[] = { WW_FIELD("User-Agent", "loop_get"), WW_FIELD("Accept", "*/*") };
    const struct shared *shared = fetch->shared;
    const ww_request request = { .size = sizeof request, .method = WW_LIT("GET"), .target = fetch->url.target,
                                 .authority = fetch->url.authority, .fields = fields, .field_count = 2 };
    const ww_conn_config config = { .size = sizeof config, .role = WW_ROLE_CLIENT,
                                    .tls = fetch->url.flags & WW_URL_SECURE ? shared->tls : NULL,
                                    .server_name = fetch->url.authority, .body_max = UINT64_MAX /* nothing of it is kept */ };
    ww_status status = ww_conn_new(&config, shared->workspace, ww_loop_now(shared->loop), &fetch->conn);
    if (status == WW_OK)
        status = ww_conn_request(fetch->conn, &request);
    if (status == WW_OK) {
        turn(fetch);
        return;
    }
    fail(fetch, ww_status_text(status));
    close_socket(fetch);
}

static void on_connected(struct fetch *fetch, const ww_completion *done)
{
    if (done->code == WW_OK) {
        begin(fetch);
        return;
    }
    ww_loop_close(fetch->shared->loop, fetch->socket);
    fetch->socket = 0;
    connect_to_next(fetch, "nobody could be connected to");
}

/* What failed ends the socket, and with it the connection; a response that has come whole is not touched by that. */
static void on_failure(struct fetch *fetch, const ww_completion *done)
{
    if (!fetch->is_whole)
        fail(fetch, ww_status_text((ww_status)done->code));
    close_socket(fetch);
}

/* What came, is sent, or is over on a socket that is connected. */
static void on_progress(struct fetch *fetch, const ww_completion *done)
{
    const uint64_t now = ww_loop_now(fetch->shared->loop);
    if (done->code != WW_OK) {
        on_failure(fetch, done);
        return;
    }
    if (done->kind == WW_COMPLETION_SENT) {
        fetch->is_sending = 0;
        ww_conn_sent(fetch->conn, done->n, now);
    } else if (done->kind == WW_COMPLETION_HUNG_UP) {
        ww_conn_peer_ended(fetch->conn, now);
    } else if (done->data.len > 0) {
        ww_conn_receive(fetch->conn, (void *)done->data.data, done->data.len, now); /* the buffer is the loop's, to be written to */
    } else {
        ww_conn_receive_eof(fetch->conn, true, now); /* a FIN; the connection knows whether TLS ended before it */
    }
    turn(fetch);
}

static void on_timer(struct fetch *fetch)
{
    const struct shared *shared = fetch->shared;
    if (fetch->conn != NULL && !fetch->is_closing) {
        ww_conn_tick(fetch->conn, ww_loop_now(shared->loop));
        turn(fetch);
    } else if (fetch->socket != 0) {
        ww_loop_close(shared->loop, fetch->socket);
        fetch->socket = 0;
        connect_to_next(fetch, "connecting takes too long");
    } else if (ww_resolver_cancel(shared->resolver, shared->loop, fetch->number) == WW_OK) {
        fail(fetch, "looking up the name takes too long");
        end(fetch);
    }
}

void fetch_on_completion(struct fetch *fetch, const ww_completion *done)
{
    switch ((ww_completion_kind)done->kind) {
    case WW_COMPLETION_RESOLVED: on_resolved(fetch, done); break;
    case WW_COMPLETION_CONNECTED: on_connected(fetch, done); break;
    case WW_COMPLETION_TIMER: on_timer(fetch); break;
    case WW_COMPLETION_CLOSED: end(fetch); break;
    default: on_progress(fetch, done); break;
    }
}

void fetch_start(struct fetch *fetch)
{
    const struct shared *shared = fetch->shared;
    ww_error_info error = WW_ERROR_INFO_INIT;
    set_timer(fetch, ww_loop_now(shared->loop) + LOOKUP_MS);
    if (ww_resolver_lookup(shared->resolver, shared->loop, fetch->url.host, fetch->url.port, WW_FAMILY_NONE, fetch->number) == WW_OK)
        return;
    ww_loop_error(shared->loop, &error);
    fail(fetch, error.reason);
    end(fetch);
}
