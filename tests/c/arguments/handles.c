/* Handles and their configs. */
#include "arguments.h"

static void no_connection(void)
{
    ww_event ev;
    ww_iovec iov[1];
    ww_error_info info = WW_ERROR_INFO_INIT;
    uint8_t octet = 0;
    ww_conn_free(NULL);
    CHECK(ww_conn_reset(NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_receive(NULL, &octet, 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_receive_eof(NULL, true, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_peer_ended(NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_memory(NULL) == 0);
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
    ww_file file = WW_FILE_INIT;
    response.status = 200;
    CHECK(ww_conn_request(NULL, &request) == WW_E_ARGUMENT);
    CHECK(ww_conn_respond(NULL, &response) == WW_E_ARGUMENT);
    CHECK(ww_conn_limit_content(NULL, 1) == WW_E_ARGUMENT && ww_conn_gather_content(NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_interim(NULL, 103, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_send(NULL, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_lent(NULL, "x", 1, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_file(NULL, &file, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_respond_file(NULL, NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_conn_output_file(NULL, &file) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_file_bytes(NULL, "x", 1) == WW_E_ARGUMENT);
    CHECK(ww_conn_finish(NULL, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_switch(NULL, &response) == WW_E_ARGUMENT);
}

void without_handles(void)
{
    no_connection();
    no_connection_to_write_to();
}

static void *half(void *ctx, size_t size, size_t align)
{
    (void)ctx, (void)size, (void)align;
    return NULL;
}

void workspaces(void)
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

void configs(struct harness *h)
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

void driving(struct harness *h)
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
