/* HTTPS between two ww_conn: the same loop as without TLS. */
#include "tls.h"
#include <stdlib.h>
#include <string.h>

enum { CONTENT = 100000, HALF = CONTENT / 2 };

struct side {
    struct memory memory;
    ww_workspace *workspace;
    ww_conn *conn;
    size_t requests, content, released;
    int errors, sends_file;
};

static uint8_t content[CONTENT];

static int side_open(struct side *s, uint32_t role, const ww_tls_config *tls, size_t fail_at)
{
    static const ww_span host = WW_LIT("example.com:443");
    ww_workspace_config about = WW_WORKSPACE_CONFIG_INIT;
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    memset(s, 0, sizeof *s);
    s->memory.fail_at = fail_at;
    about.allocator = memory_allocator(&s->memory);
    config.role = role;
    config.tls = tls;
    config.server_name = host;
    if (ww_workspace_new(&about, &s->workspace) != WW_OK) return 0;
    CHECK((ww_conn_new(&config, s->workspace, 0, &s->conn) == WW_OK) == (s->conn != NULL));
    return s->conn != NULL;
}

static int side_close(struct side *s)
{
    ww_conn_free(s->conn);
    ww_workspace_free(s->workspace);
    return s->memory.out == 0 && s->memory.mistakes == 0;
}

/* The same content, half of it out of a file. */
static ww_status respond_file(struct side *s)
{
    const ww_file file = { sizeof file, 5, HALF, CONTENT - HALF };
    ww_response response = WW_RESPONSE_INIT;
    ww_status status;
    response.status = 200;
    response.flags = WW_MESSAGE_STREAM;
    if ((status = ww_conn_respond(s->conn, &response)) != WW_OK) return status;
    if ((status = ww_conn_send(s->conn, content, HALF)) != WW_OK) return status;
    if ((status = ww_conn_send_file(s->conn, &file, 7)) != WW_OK) return status;
    return ww_conn_finish(s->conn, NULL, 0);
}

/* What it reads of the file, as the owner of a connection over TLS does. */
static int supply(struct side *s, size_t step)
{
    ww_file file = WW_FILE_INIT;
    ww_status status = ww_conn_output_file(s->conn, &file);
    if (status == WW_DONE) return 0;
    CHECK(status == WW_NEED_INPUT && file.fd == 5 && file.offset + file.len == CONTENT);
    return ww_conn_send_file_bytes(s->conn, content + file.offset, step < file.len ? step : file.len) == WW_OK;
}

static void respond(struct side *s)
{
    ww_response response = WW_RESPONSE_INIT;
    ww_tls_info info = WW_TLS_INFO_INIT;
    ww_span der;
    s->requests++;
    CHECK(ww_conn_tls_info(s->conn, &info) == WW_OK && info.version == WW_TLS_1_3);
    CHECK(info.server_name.len == 11 && ww_conn_tls_peer_certificate(s->conn, 0, &der) == WW_DONE);
    response.status = 200;
    response.flags = WW_MESSAGE_LENT;
    response.token = 7;
    response.content.data = content;
    response.content.len = CONTENT;
    if ((s->sends_file ? respond_file(s) : ww_conn_respond(s->conn, &response)) != WW_OK) ww_conn_abort(s->conn, 0);
}

static void pull(struct side *s)
{
    ww_event event;
    while (ww_conn_next(s->conn, &event) == WW_OK) {
        if (event.kind == WW_EVENT_REQUEST) respond(s);
        if (event.kind == WW_EVENT_DATA) {
            CHECK(memcmp(event.data.data, content + s->content, event.data.len) == 0);
            s->content += event.data.len;
        }
        if (event.kind == WW_EVENT_RELEASED) s->released += event.token == 7;
        if (event.kind == WW_EVENT_ERROR) s->errors++;
    }
}

static size_t move(struct side *from, struct side *to, size_t step)
{
    ww_iovec iov[4];
    uint8_t *lend;
    size_t len;
    if (ww_conn_output(from->conn, iov, 4) == 0 && (!supply(from, step) || ww_conn_output(from->conn, iov, 4) == 0)) return 0;
    len = iov[0].iov_len < step ? iov[0].iov_len : step;
    lend = malloc(len);
    if (lend == NULL) abort();
    memcpy(lend, iov[0].iov_base, len);
    CHECK(ww_conn_sent(from->conn, len, 0) == WW_OK);
    if (ww_conn_state(to->conn) & WW_STATE_WANT_READ) {
        CHECK(ww_conn_receive(to->conn, lend, len, 0) == WW_OK);
        pull(to);
    }
    free(lend);
    pull(from);
    return len;
}

/* A GET; answers whether its answer came. */
static int ask(struct side *a, struct side *b, size_t step)
{
    static const ww_span get = WW_LIT("GET"), target = WW_LIT("/"), authority = WW_LIT("example.com");
    ww_request request = WW_REQUEST_INIT;
    request.method = get;
    request.target = target;
    request.authority = authority;
    if (ww_conn_request(a->conn, &request) != WW_OK) return 0;
    while (move(a, b, step) + move(b, a, step) != 0) {}
    return a->content == CONTENT && b->requests == 1;
}

static void at_step(const struct configs *c, size_t step, int sends_file)
{
    struct side a, b;
    ww_tls_info info = WW_TLS_INFO_INIT;
    ww_span der;
    CHECK(side_open(&a, WW_ROLE_CLIENT, c->client, 0) && side_open(&b, WW_ROLE_SERVER, c->server, 0));
    CHECK(ww_conn_state(a.conn) & WW_STATE_TLS_HANDSHAKE);
    b.sends_file = sends_file;
    CHECK(ask(&a, &b, step) && b.released == 1 && a.errors + b.errors == 0);
    CHECK(!(ww_conn_state(a.conn) & WW_STATE_TLS_HANDSHAKE));
    CHECK(ww_conn_tls_info(a.conn, &info) == WW_OK && info.peer_certificates == 1);
    CHECK(ww_conn_tls_peer_certificate(a.conn, 0, &der) == WW_OK && der.len > 100);
    CHECK(ww_conn_shutdown(a.conn) == WW_OK && move(&a, &b, step) != 0);
    CHECK(side_close(&a) && side_close(&b));
}

/* Every allocation of a workspace fails once, on either side: an error, and not an octet lost. */
static void without(const struct configs *c, int sends_file)
{
    size_t at, done = 0;
    for (at = 1; done < 2 && at < 400; at++) {
        struct side a, b;
        done = 0;
        if (side_open(&a, WW_ROLE_CLIENT, c->client, at) && side_open(&b, WW_ROLE_SERVER, c->server, 0)) {
            b.sends_file = sends_file;
            done += ask(&a, &b, 1000);
            CHECK(side_close(&b));
        }
        CHECK(side_close(&a));
        if (side_open(&b, WW_ROLE_SERVER, c->server, at) && side_open(&a, WW_ROLE_CLIENT, c->client, 0)) {
            b.sends_file = sends_file;
            done += ask(&a, &b, 1000);
            CHECK(side_close(&a));
        }
        CHECK(side_close(&b));
    }
    CHECK(done == 2);
}

static void refused_calls(const struct configs *c)
{
    struct side s;
    ww_server_config config = WW_SERVER_CONFIG_INIT;
    ww_server *server;
    ww_tls_info info = WW_TLS_INFO_INIT;
    ww_span der;
    CHECK(!side_open(&s, WW_ROLE_SERVER, c->client, 0) && side_close(&s));
    CHECK(!side_open(&s, WW_ROLE_CLIENT, c->server, 0) && side_close(&s));
    CHECK(side_open(&s, WW_ROLE_CLIENT, NULL, 0));
    CHECK(ww_conn_tls_info(s.conn, &info) == WW_OK && info.version == 0);
    CHECK(ww_conn_tls_peer_certificate(s.conn, 0, &der) == WW_DONE && side_close(&s));
    CHECK(ww_conn_tls_info(NULL, &info) == WW_E_ARGUMENT);
    CHECK(ww_conn_tls_peer_certificate(NULL, 0, &der) == WW_E_ARGUMENT);
    config.conn.tls = c->server;
    CHECK(ww_server_new(&config, &server, NULL) == WW_E_ARGUMENT && ww_server_new(NULL, &server, NULL) == WW_OK);
    CHECK(ww_server_listen_tls(server, "127.0.0.1:0", NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_listen_tls(server, "127.0.0.1:0", c->client, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_listen_tls(server, NULL, c->server, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_listen_tls(NULL, "127.0.0.1:0", c->server, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_listen_tls(server, "127.0.0.1:0", c->server, NULL) == WW_OK);
    CHECK(ww_server_tls_info(server, 1, &info) == WW_E_GONE);
    CHECK(ww_server_tls_peer_certificate(server, 1, 0, &der) == WW_E_GONE);
    ww_server_free(server);
}

void connections(const struct configs *c)
{
    size_t steps[] = { 1, 100, 20000 }, i;
    for (i = 0; i < CONTENT; i++) content[i] = (uint8_t)(i * 31 + i / 256);
    for (i = 0; i < 2 * (sizeof steps / sizeof *steps); i++) at_step(c, steps[i / 2], i % 2);
    for (i = 0; i < 2; i++) without(c, i % 2);
    refused_calls(c);
}
