/* The client role of the Autobahn test suite over a ww_loop, so that a driver has its sockets: ws_client has poll().
 *
 *   loop_client [--driver epoll|io_uring] ADDRESS:PORT
 *
 * With compression, without TLS. The exit status is 0 when the suite has run all its cases; it says how they went. */
#include <stdio.h>
#include <string.h>
#include <wireway.h>

static ww_loop *event_loop;
static int failed;

struct client {
    ww_socket socket;
    ww_conn *conn;
    void (*on_message)(struct client *client, const ww_event *event);
    int count;      /* what the suite answers to /getCaseCount */
    int is_sending; /* a send has the output; nothing is received meanwhile, so that there is little of it */
};

static void take_number(struct client *client, const ww_event *event)
{
    for (size_t i = 0; i < event->data.len; i++)
        client->count = client->count * 10 + (event->data.data[i] - '0');
}

static void echo(struct client *client, const ww_event *event)
{
    failed |= ww_conn_send_message(client->conn, event->flags, event->data.data, event->data.len) != WW_OK;
}

static void send_output(struct client *client)
{
    ww_iovec pieces[16];
    size_t count, taken;
    while (!client->is_sending && (count = ww_conn_output(client->conn, pieces, 16)) > 0) {
        const ww_status status = ww_loop_send(event_loop, client->socket, pieces, count, &taken);
        if (status < 0) {
            ww_conn_abort(client->conn, ww_loop_now(event_loop));
            return;
        }
        ww_conn_sent(client->conn, taken, ww_loop_now(event_loop));
        client->is_sending = status == WW_PAUSED;
    }
}

/* Events and output until there is neither. Answers whether the connection lives. */
static int turn(struct client *client)
{
    ww_event event;
    uint32_t state;
    do {
        while (ww_conn_next(client->conn, &event) == WW_OK)
            if (event.kind == WW_EVENT_MESSAGE)
                client->on_message(client, &event);
        send_output(client);
        state = ww_conn_state(client->conn);
    } while (state & WW_STATE_EVENTS);
    if (client->is_sending)
        ww_loop_cancel(event_loop, client->socket, WW_CANCEL_RECEIVE);
    else
        ww_loop_receive(event_loop, client->socket); /* where it does not already: WW_E_STATE */
    if ((state & WW_STATE_SHUTDOWN_WRITE) && !client->is_sending)
        ww_loop_shutdown_write(event_loop, client->socket);
    return !(state & WW_STATE_CLOSE) || client->is_sending;
}

static void on_completion(struct client *client, const ww_completion *done)
{
    const uint64_t now = ww_loop_now(event_loop);
    if (done->code != WW_OK) {
        client->is_sending = 0; /* an error ends all operations */
        ww_conn_abort(client->conn, now);
    } else if (done->kind == WW_COMPLETION_RECEIVED && done->data.len == 0)
        ww_conn_receive_eof(client->conn, true, now);
    else if (done->kind == WW_COMPLETION_RECEIVED)
        ww_conn_receive(client->conn, (uint8_t *)done->data.data, done->data.len, now);
    else if (done->kind == WW_COMPLETION_SENT) {
        ww_conn_sent(client->conn, done->n, now);
        client->is_sending = 0;
    }
}

/* Milliseconds until the connection wants a tick; -1: it wants none. */
static int64_t patience(const struct client *client)
{
    const uint64_t now = ww_loop_now(event_loop), deadline = ww_conn_deadline(client->conn, now);
    if (deadline == UINT64_MAX)
        return -1;
    return deadline <= now ? 0 : (int64_t)(deadline - now);
}

static void run(struct client *client)
{
    ww_completion done;
    int is_connected = 0, lives = 1;
    while (lives) {
        const ww_status status = ww_loop_next(event_loop, &done, patience(client));
        if (status == WW_OK)
            on_completion(client, &done);
        else if (status == WW_TIMEOUT)
            ww_conn_tick(client->conn, ww_loop_now(event_loop));
        is_connected |= status == WW_OK;
        lives = status >= 0 && (!is_connected || turn(client));
    }
    if (ww_loop_close(event_loop, client->socket) == WW_PAUSED)
        while (ww_loop_next(event_loop, &done, -1) == WW_OK && done.kind != WW_COMPLETION_CLOSED)
            ;
}

/* One connection. Answers 0 when it was made. */
static int visit(struct client *client, const ww_address *address, const char *authority, const char *target)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_workspace *workspace = NULL;
    config.role = WW_ROLE_CLIENT;
    config.flags = WW_CONN_DEFLATE;
    config.fragments_max = 1 << 17; /* the suite's smallest fragments have 64 octets */
    config.high_water = 1 << 20;    /* the echo of what one receive brings always has room */
    handshake.flags = WW_WS_HANDSHAKE_PARTS;
    handshake.target = ww_span_from(target);
    handshake.authority = ww_span_from(authority);
    client->conn = NULL;
    client->is_sending = 0;
    ww_status status = ww_workspace_new(NULL, &workspace);
    if (status == WW_OK && (status = ww_conn_new(&config, workspace, ww_loop_now(event_loop), &client->conn)) == WW_OK &&
        (status = ww_conn_request_websocket(client->conn, &handshake)) == WW_OK &&
        (status = ww_loop_connect(event_loop, address, NULL, 0, &client->socket, &error)) == WW_OK)
        run(client);
    else
        fprintf(stderr, "%s: %s %s\n", target, ww_status_text(status), error.reason);
    ww_conn_free(client->conn);
    ww_workspace_free(workspace);
    return status == WW_OK ? 0 : -1;
}

static int suite(const ww_address *address, const char *authority)
{
    static struct client client;
    char target[64];
    client.on_message = take_number;
    if (visit(&client, address, authority, "/getCaseCount") != 0 || client.count == 0)
        return 1;
    client.on_message = echo;
    for (int i = 1; i <= client.count; i++) {
        snprintf(target, sizeof target, "/runCase?case=%d&agent=wireway", i);
        if (visit(&client, address, authority, target) != 0)
            return 1;
    }
    printf("%d cases\n", client.count);
    return visit(&client, address, authority, "/updateReports?agent=wireway&shutdownOnComplete=true") != 0;
}

int main(int argc, char **argv)
{
    ww_loop_config config = WW_LOOP_CONFIG_INIT;
    ww_loop_info info = WW_LOOP_INFO_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_address address;
    if (argc == 4 && strcmp(argv[1], "--driver") == 0)
        config.driver = strcmp(argv[2], "io_uring") == 0 ? WW_DRIVER_URING : WW_DRIVER_EPOLL;
    else if (argc != 2)
        return fputs("usage: loop_client [--driver epoll|io_uring] ADDRESS:PORT\n", stderr), 2;
    if (ww_address_parse(ww_span_from(argv[argc - 1]), &address, &error) != WW_OK || ww_loop_new(&config, &event_loop, &error) != WW_OK)
        return fprintf(stderr, "%s\n", error.reason), 1;
    ww_loop_get_info(event_loop, &info);
    printf("the client is on %s\n", info.driver == WW_DRIVER_URING ? "io_uring" : "epoll");
    const int status = suite(&address, argv[argc - 1]);
    ww_loop_free(event_loop);
    if (failed)
        fprintf(stderr, "an echo was not sent\n");
    return status | failed;
}
