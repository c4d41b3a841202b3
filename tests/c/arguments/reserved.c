/* A member that is kept for later versions is 0: a program that sets it means something that this version does not do. Which structs have
 * one tests/header/conventions.rs knows. */
#include "arguments.h"
#include <string.h>

static void of_configs(struct harness *h)
{
    ww_conn_config conn = WW_CONN_CONFIG_INIT, later = WW_CONN_CONFIG_INIT;
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_tls_certificate certificate = WW_TLS_CERTIFICATE_INIT;
    ww_tls_config *config;
    ww_conn *made;
    ww_status status = ww_tls_config_new(&options, &config, NULL);
    ww_tls_config_free(config);
    conn.reserved = 1;
    later.reserved_1 = 1;
    CHECK(ww_conn_new(&conn, h->workspace, 0, &made) == WW_E_ARGUMENT && ww_conn_new(&later, h->workspace, 0, &made) == WW_E_ARGUMENT);
    if (status == WW_E_UNSUPPORTED) return;
    certificate.reserved[1] = 1;
    options.certificates = &certificate;
    options.certificate_count = 1;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_E_ARGUMENT);
    certificate.reserved[1] = 0;
    options.reserved = 1;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_E_ARGUMENT);
}

static void of_listeners(void)
{
    ww_listen_options options = WW_LISTEN_OPTIONS_INIT;
    ww_server_config config = WW_SERVER_CONFIG_INIT;
    ww_server *server;
    options.reserved = 1;
    config.reserved = 1;
    CHECK(ww_server_new(&config, &server, NULL) == WW_E_ARGUMENT);
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK);
    CHECK(ww_server_listen_with(server, "127.0.0.1:0", &options, NULL) == WW_E_ARGUMENT);
    ww_server_free(server);
}

static void of_loops(void)
{
    ww_socket_options options = WW_SOCKET_OPTIONS_INIT;
    ww_datagram datagram;
    ww_address address;
    ww_loop *loop;
    ww_socket socket;
    size_t taken;
    CHECK(ww_loop_new(NULL, &loop, NULL) == WW_OK && ww_address_parse(ww_span_from("127.0.0.1:0"), &address, NULL) == WW_OK);
    options.reserved = 1;
    CHECK(ww_loop_bind_udp(loop, &address, &options, 0, &socket, NULL) == WW_E_ARGUMENT);
    CHECK(ww_loop_bind_udp(loop, &address, NULL, 0, &socket, NULL) == WW_OK);
    memset(&datagram, 0, sizeof datagram);
    datagram.reserved = 1;
    CHECK(ww_loop_send_datagrams(loop, socket, &datagram, 1, &taken) == WW_E_ARGUMENT);
    ww_loop_free(loop);
}

static void of_addresses(void)
{
    ww_address address;
    char out[WW_ADDRESS_TEXT_MAX];
    size_t n;
    CHECK(ww_address_parse(ww_span_from("127.0.0.1:80"), &address, NULL) == WW_OK);
    CHECK(ww_address_text(&address, out, sizeof out, &n) == WW_OK);
    address.reserved[1] = 1;
    CHECK(ww_address_text(&address, out, sizeof out, &n) == WW_E_ARGUMENT);
}

static void of_messages(struct harness *h)
{
    ww_response response = harness_response("x", 1);
    ww_file_response file = WW_FILE_RESPONSE_INIT;
    ww_request request = WW_REQUEST_INIT;
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    ww_head head;
    char out[256];
    size_t n;
    memset(&head, 0, sizeof head);
    response.reserved = 1;
    CHECK(ww_conn_respond(h->conn, &response) == WW_E_ARGUMENT && ww_conn_switch(h->conn, &response) == WW_E_ARGUMENT);
    CHECK(ww_write_response(&response, out, sizeof out, &n) == WW_E_ARGUMENT);
    response.reserved = 0;
    CHECK(ww_write_response(&response, out, sizeof out, &n) == WW_OK);
    file.reserved = 1;
    CHECK(ww_conn_respond_file(h->conn, &head, &file) == WW_E_ARGUMENT);
    request.method = ww_span_from("GET");
    request.target = ww_span_from("/");
    request.authority = ww_span_from("a");
    CHECK(ww_write_request(&request, out, sizeof out, &n) == WW_OK);
    request.reserved = 1;
    CHECK(ww_write_request(&request, out, sizeof out, &n) == WW_E_ARGUMENT && ww_conn_request(h->conn, &request) == WW_E_ARGUMENT);
    handshake.reserved = 1;
    CHECK(ww_conn_accept_websocket(h->conn, &handshake) == WW_E_ARGUMENT && ww_conn_request_websocket(h->conn, &handshake) == WW_E_ARGUMENT);
}

static void of_the_codec(void)
{
    ww_representation there = WW_REPRESENTATION_INIT;
    ww_selection selection = WW_SELECTION_INIT;
    ww_sse_event event = WW_SSE_EVENT_INIT;
    ww_pairs pairs = WW_PAIRS_INIT(WW_LIT("a=b"));
    ww_ws_header header;
    ww_span name, value;
    ww_head head;
    uint32_t verdict;
    char out[256];
    size_t n;
    memset(&head, 0, sizeof head);
    memset(&header, 0, sizeof header);
    header.flags = WW_WS_FRAME_FIN;
    header.opcode = WW_WS_OP_TEXT;
    CHECK(ww_ws_encode_header(&header, out, &n) == WW_OK);
    header.reserved = there.reserved = event.reserved = pairs.reserved = 1;
    CHECK(ww_ws_encode_header(&header, out, &n) == WW_E_ARGUMENT);
    CHECK(ww_select_content(&head, &there, 1, 0, &selection) == WW_E_ARGUMENT);
    CHECK(ww_check_preconditions(&head, &there, 0, &verdict) == WW_E_ARGUMENT);
    CHECK(ww_write_sse_event(&event, out, sizeof out, &n) == WW_E_ARGUMENT);
    CHECK(ww_form_next(&pairs, &name, &value) == WW_E_ARGUMENT);
    there.reserved = event.reserved = pairs.reserved = 0;
    CHECK(ww_check_preconditions(&head, &there, 0, &verdict) == WW_OK && ww_write_sse_event(&event, out, sizeof out, &n) == WW_OK);
    CHECK(ww_form_next(&pairs, &name, &value) == WW_OK);
}

void reserved_members(struct harness *h)
{
    struct picture before = look(h);
    of_configs(h);
    of_listeners();
    of_addresses();
    of_loops();
    of_messages(h);
    of_the_codec();
    CHECK(same(h, before));
}
