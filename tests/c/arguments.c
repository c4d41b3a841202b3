/* Arguments that are null, out of range or unknown are refused, and nothing has happened then. */
#include "harness.h"
#include <string.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
static const ww_span NOWHERE = { NULL, 5 };

/* What a refused call must not change. */
struct picture {
    uint32_t state;
    uint64_t deadline;
    size_t memory, queued;
};

static struct picture look(struct harness *h)
{
    struct picture p;
    ww_iovec iov[16];
    size_t i, n = ww_conn_output(h->conn, iov, 16);
    memset(&p, 0, sizeof p);
    for (i = 0; i < n; i++) p.queued += iov[i].iov_len;
    p.state = ww_conn_state(h->conn);
    p.deadline = ww_conn_deadline(h->conn, h->now);
    p.memory = h->memory.out;
    return p;
}

static int same(struct harness *h, struct picture before)
{
    struct picture now = look(h);
    return memcmp(&now, &before, sizeof now) == 0;
}

/* Not arguments, but refused all the same: a status that no response may have. */
static int refused(ww_status status)
{
    return status == WW_E_ARGUMENT || status == WW_E_STATE;
}

static void no_connection(void)
{
    ww_event ev;
    ww_iovec iov[1];
    ww_error_info info = WW_ERROR_INFO_INIT;
    uint8_t octet = 0;
    ww_conn_free(NULL);
    CHECK(ww_conn_reset(NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_receive(NULL, &octet, 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_receive_eof(NULL, 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_next(NULL, &ev) == WW_E_ARGUMENT);
    CHECK(ww_conn_output(NULL, iov, 1) == 0);
    CHECK(ww_conn_sent(NULL, 0, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_abort(NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_state(NULL) == WW_STATE_CLOSE);
    CHECK(ww_conn_deadline(NULL, 0) == UINT64_MAX);
    CHECK(ww_conn_tick(NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_error(NULL, &info) == WW_E_ARGUMENT);
    CHECK(ww_conn_pause(NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_resume(NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_shutdown(NULL) == WW_E_ARGUMENT);
}

static void no_connection_to_write_to(void)
{
    ww_response response = WW_RESPONSE_INIT;
    ww_request request = WW_REQUEST_INIT;
    response.status = 200;
    CHECK(ww_conn_request(NULL, &request) == WW_E_ARGUMENT);
    CHECK(ww_conn_respond(NULL, &response) == WW_E_ARGUMENT);
    CHECK(ww_conn_inform(NULL, 103, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_send(NULL, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_lent(NULL, "x", 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_finish(NULL, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_switch(NULL, &response) == WW_E_ARGUMENT);
}

static void *half(void *ctx, size_t size, size_t align)
{
    (void)ctx, (void)size, (void)align;
    return NULL;
}

static void workspaces(void)
{
    ww_workspace_config config = WW_WORKSPACE_CONFIG_INIT;
    ww_workspace *ws = NULL;
    ww_workspace_free(NULL);
    CHECK(ww_workspace_new(&config, NULL) == WW_E_ARGUMENT);
    CHECK(ww_workspace_set_time(NULL, 1) == WW_E_ARGUMENT);
    config.allocator.allocate = half;
    CHECK(ww_workspace_new(&config, &ws) == WW_E_ARGUMENT && ws == NULL);
    config.allocator.allocate = NULL;
    config.size = 0;
    CHECK(ww_workspace_new(&config, &ws) == WW_E_ARGUMENT && ws == NULL);
    CHECK(ww_workspace_new(NULL, &ws) == WW_OK && ws != NULL);
    CHECK(ww_workspace_set_time(ws, UINT64_MAX) == WW_E_ARGUMENT);
    ww_workspace_free(ws);
}

static void refuse_config(struct harness *h, const ww_conn_config *config)
{
    ww_conn *conn = h->conn;
    size_t memory = h->memory.out;
    CHECK(ww_conn_new(config, h->workspace, 0, &conn) == WW_E_ARGUMENT);
    CHECK(conn == NULL);
    CHECK(h->memory.out == memory);
}

static void configs(struct harness *h)
{
    static const ww_conn_config INIT = WW_CONN_CONFIG_INIT;
    ww_conn_config config = INIT;
    ww_conn *conn = h->conn;
    CHECK(ww_conn_new(&config, NULL, 0, &conn) == WW_E_ARGUMENT && conn == NULL);
    CHECK(ww_conn_new(&config, h->workspace, 0, NULL) == WW_E_ARGUMENT);
    config.size = 0;
    refuse_config(h, &config);
    config = INIT;
    config.role = 2;
    refuse_config(h, &config);
    config = INIT;
    config.flags = 1u << 31;
    refuse_config(h, &config);
    config = INIT;
    config.fields_max = UINT32_MAX;
    refuse_config(h, &config);
    config = INIT;
    config.lend_max = UINT32_MAX;
    refuse_config(h, &config);
    config = INIT;
    config.high_water = 100;
    config.low_water = 101;
    refuse_config(h, &config);
}

static void driving(struct harness *h)
{
    struct picture before = look(h);
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_iovec iov[1];
    uint8_t octet = 0;
    info.size = 0;
    CHECK(ww_conn_receive(h->conn, NULL, 1, h->now) == WW_E_ARGUMENT);
    CHECK(ww_conn_receive(h->conn, &octet, (size_t)1 << 40, h->now) == WW_E_ARGUMENT);
    CHECK(ww_conn_next(h->conn, NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_output(h->conn, NULL, 1) == 0);
    CHECK(ww_conn_output(h->conn, iov, 0) == 0);
    CHECK(ww_conn_sent(h->conn, 1, h->now) == WW_E_STATE);
    CHECK(ww_conn_error(h->conn, NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_error(h->conn, &info) == WW_E_ARGUMENT);
    CHECK(same(h, before));
}

static void refuse_response(struct harness *h, const ww_response *r)
{
    struct picture before = look(h);
    CHECK(refused(ww_conn_respond(h->conn, r)));
    CHECK(refused(ww_conn_switch(h->conn, r)));
    CHECK(same(h, before));
}

static void statuses(struct harness *h)
{
    static const uint16_t NONE[] = { 0, 1, 99, 100, 101, 199, 600, 999, 1000, 65535 };
    ww_response r = harness_response("", 0);
    size_t i;
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++) {
        r.status = NONE[i];
        refuse_response(h, &r);
    }
    CHECK(refused(ww_conn_inform(h->conn, 0, NULL, 0)));
    CHECK(refused(ww_conn_inform(h->conn, 99, NULL, 0)));
    CHECK(refused(ww_conn_inform(h->conn, 200, NULL, 0)));
}

static void responses(struct harness *h)
{
    ww_field field = WW_FIELD("X", "y");
    ww_response r = harness_response("", 0);
    refuse_response(h, NULL);
    r.size = 0;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.flags = 1u << 31;
    refuse_response(h, &r);
    r.flags = WW_MESSAGE_LENGTH;
    refuse_response(h, &r);
    r = harness_response("x", 1);
    r.flags = WW_MESSAGE_STREAM;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.content = NOWHERE;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.reason = NOWHERE;
    refuse_response(h, &r);
    r = harness_response("", 0);
    r.field_count = 1;
    refuse_response(h, &r);
    r.fields = &field;
    field.name = NOWHERE;
    refuse_response(h, &r);
}

static void writing(struct harness *h)
{
    struct picture before = look(h);
    ww_request request = WW_REQUEST_INIT;
    ww_field field = WW_FIELD("X", "y");
    CHECK(ww_conn_inform(h->conn, 103, NULL, 1) == WW_E_ARGUMENT);
    field.value = NOWHERE;
    CHECK(ww_conn_inform(h->conn, 103, &field, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send(h->conn, NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_lent(h->conn, NULL, 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_finish(h->conn, NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_request(h->conn, NULL) == WW_E_ARGUMENT);
    CHECK(refused(ww_conn_request(h->conn, &request)));
    CHECK(same(h, before));
}

static void refuse_request(struct harness *h, const ww_request *r)
{
    struct picture before = look(h);
    CHECK(ww_conn_request(h->conn, r) == WW_E_ARGUMENT);
    CHECK(same(h, before));
}

static void requests(struct harness *h)
{
    static const ww_span get = WW_LIT("GET"), root = WW_LIT("/"), host = WW_LIT("a");
    ww_request good = WW_REQUEST_INIT, r;
    ww_span *const SPANS[] = { &r.method, &r.target, &r.authority, &r.content };
    size_t i;
    good.method = get;
    good.target = root;
    good.authority = host;
    for (i = 0; i < 4; i++) {
        r = good;
        *SPANS[i] = NOWHERE;
        refuse_request(h, &r);
    }
    refuse_request(h, NULL);
    r = good;
    r.size = 1;
    refuse_request(h, &r);
    r = good;
    r.flags = 1u << 31;
    refuse_request(h, &r);
    r = good;
    r.field_count = 1;
    refuse_request(h, &r);
    CHECK(ww_conn_request(h->conn, &good) == WW_OK);
}

/* After all that was refused, the request is answered as if nothing had been. */
static void server(void)
{
    static struct harness h;
    ww_response r = harness_response("", 0);
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    configs(&h);
    h.silent = 1;
    harness_receive(&h, GET, sizeof GET - 1);
    driving(&h);
    statuses(&h);
    responses(&h);
    writing(&h);
    CHECK(h.messages == 1 && h.output_len == 0);
    CHECK(ww_conn_respond(h.conn, &r) == WW_OK);
    harness_turn(&h);
    CHECK(h.output_len == sizeof ANSWER - 1 && memcmp(h.output, ANSWER, sizeof ANSWER - 1) == 0);
    CHECK(harness_close(&h));
}

static void client(void)
{
    static struct harness h;
    CHECK(harness_open(&h, WW_ROLE_CLIENT, 0));
    requests(&h);
    harness_turn(&h);
    CHECK(h.output_len == sizeof GET - 1 && memcmp(h.output, GET, sizeof GET - 1) == 0);
    CHECK(harness_close(&h));
}

int main(void)
{
    no_connection();
    no_connection_to_write_to();
    workspaces();
    server();
    client();
    return check_result();
}
