/* The C structs in C++: made with their defaults, and in C++20 by designated initialisers without a warning. */
#include "check.hpp"

/** Whether a struct that was only declared is the C one's initialiser. */
#define IS_INIT(type, init)                      \
    do {                                         \
        const ww_##type declared, from_c = init; \
        CHECK(declared.size == from_c.size);     \
    } while (0)

static void defaults()
{
    IS_INIT(response, WW_RESPONSE_INIT);
    IS_INIT(request, WW_REQUEST_INIT);
    IS_INIT(conn_config, WW_CONN_CONFIG_INIT);
    IS_INIT(server_config, WW_SERVER_CONFIG_INIT);
    IS_INIT(workspace_config, WW_WORKSPACE_CONFIG_INIT);
    IS_INIT(tls_options, WW_TLS_OPTIONS_INIT);
    IS_INIT(tls_info, WW_TLS_INFO_INIT);
    IS_INIT(ws_handshake, WW_WS_HANDSHAKE_INIT);
    IS_INIT(error_info, WW_ERROR_INFO_INIT);
    IS_INIT(stats, WW_STATS_INIT);
    IS_INIT(listen_options, WW_LISTEN_OPTIONS_INIT);
    IS_INIT(loop_config, WW_LOOP_CONFIG_INIT);
    IS_INIT(resolver_config, WW_RESOLVER_CONFIG_INIT);
    IS_INIT(loop_info, WW_LOOP_INFO_INIT);
    IS_INIT(socket_options, WW_SOCKET_OPTIONS_INIT);
    IS_INIT(target, WW_TARGET_INIT);
    IS_INIT(media_type, WW_MEDIA_TYPE_INIT);
    IS_INIT(representation, WW_REPRESENTATION_INIT);
    IS_INIT(part, WW_PART_INIT);
    IS_INIT(sse_event, WW_SSE_EVENT_INIT);
    IS_INIT(file, WW_FILE_INIT);
    IS_INIT(url, WW_URL_INIT);
    IS_INIT(head_limits, WW_HEAD_LIMITS_INIT);
    IS_INIT(chunk_limits, WW_CHUNK_LIMITS_INIT);
    const ww_server_config config;
    CHECK(config.conn.size == sizeof config.conn);
    CHECK(config.conn.tls == nullptr);
    CHECK(config.memory_max == 0);
}

#if __cplusplus >= 202002L
static void designated()
{
    const ww_response response{.status = 404, .content = WW_LIT("no")};
    const ww_server_config server{.conn = {.idle_ms = 5000}, .memory_max = 1u << 20};
    const ww_conn_config conn{.role = WW_ROLE_CLIENT};
    const ww_workspace_config workspace{.memory_max = 1u << 20, .allocator = {.ctx = nullptr}};
    const ww_tls_certificate certificate{.chain_path = "chain.pem", .key_path = "key.pem"};
    const ww_tls_options options{.certificates = &certificate, .certificate_count = 1};
    const ww_request request{.method = WW_LIT("GET"), .target = WW_LIT("/")};
    const ww_ws_handshake handshake{.protocol = WW_LIT("chat")};
    const ww_listen_options listen{.backlog = 5, .keep_alive_s = 60};
    const ww_socket_options socket{.flags = WW_SOCKET_REUSE_PORT, .keep_alive_s = 60};
    const ww_representation there{.flags = WW_REPRESENTATION_ABSENT};
    const ww_sse_event event{.data = WW_LIT("x"), .retry_ms = 10};
    const ww_file file{.fd = 3, .len = 10};
    const ww_head_limits head{.fields_max = 3};
    const ww_chunk_limits chunk{.line_max = 3};
    CHECK(response.size == sizeof response);
    CHECK(response.status == 404);
    CHECK(response.flags == 0);
    CHECK(response.fields == nullptr);
    CHECK(server.size == sizeof server);
    CHECK(server.conn.size == sizeof server.conn);
    CHECK(server.conn.idle_ms == 5000);
    CHECK(conn.size == sizeof conn);
    CHECK(workspace.size == sizeof workspace);
    CHECK(options.size == sizeof options);
    CHECK(request.size == sizeof request);
    CHECK(handshake.size == sizeof handshake);
    CHECK(listen.size == sizeof listen);
    CHECK(listen.tls == nullptr);
    CHECK(socket.size == sizeof socket);
    CHECK(there.size == sizeof there);
    CHECK(event.size == sizeof event);
    CHECK(file.size == sizeof file);
    CHECK(head.size == sizeof head);
    CHECK(chunk.size == sizeof chunk);
    CHECK(workspace.allocator.allocate == nullptr);

    auto made = wireway::server::create({.connections_max = 1});
    CHECK(made);
    CHECK(made->respond(wireway::conn_id::none, {.status = 204}) == wireway::status::gone);
    auto host = wireway::loop::create({.posts_max = 1});
    CHECK(host);
    CHECK(wireway::server::create_on(*host, 1, {.connections_max = 1}));
}
#else
static void designated()
{
}
#endif

void structs()
{
    defaults();
    designated();
}
