/* What is refused, and why; nothing has happened then. */
#include "loop.h"

/* A driver that this build or system does not have is none that another one stands for. */
static void of_driver(int32_t driver)
{
    ww_loop_config config = WW_LOOP_CONFIG_INIT;
    ww_loop_info info = WW_LOOP_INFO_INIT;
    ww_loop *loop = NULL;
    config.driver = driver;
    if (ww_loop_new(&config, &loop, NULL) == WW_OK)
        CHECK(ww_loop_get_info(loop, &info) == WW_OK && info.driver == driver && info.refused == 0);
    else
        CHECK(ww_loop_new(&config, &loop, NULL) == WW_E_UNSUPPORTED && loop == NULL);
    ww_loop_free(loop);
}

static void of_new(void)
{
    ww_loop_config config = WW_LOOP_CONFIG_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_loop *loop = NULL;
    CHECK(ww_loop_new(NULL, NULL, NULL) == WW_E_ARGUMENT);
    config.driver = 77;
    CHECK(ww_loop_new(&config, &loop, &error) == WW_E_ARGUMENT && loop == NULL && error.code == WW_E_ARGUMENT);
    of_driver(WW_DRIVER_EPOLL);
    of_driver(WW_DRIVER_KQUEUE);
    of_driver(WW_DRIVER_IOCP);
    config.driver = WW_DRIVER_NATIVE;
    config.flags = 1;
    CHECK(ww_loop_new(&config, &loop, NULL) == WW_E_ARGUMENT);
    config.flags = 0;
    config.size = 1;
    CHECK(ww_loop_new(&config, &loop, NULL) == WW_E_ARGUMENT);
    ww_loop_free(NULL);
}

/* io_uring, or epoll in its place and why. */
static int is_uring(const ww_loop_info *info)
{
    return info->driver == WW_DRIVER_URING ? info->refused == 0 && (info->flags & WW_LOOP_INFO_HOLDS_SENDS) != 0
                                           : info->driver == WW_DRIVER_EPOLL && info->refused != 0;
}

static void of_drivers(void)
{
    ww_loop_config config = WW_LOOP_CONFIG_INIT;
    ww_server_config served = WW_SERVER_CONFIG_INIT;
    ww_loop_info info = WW_LOOP_INFO_INIT;
    ww_loop *loop;
    ww_server *server;
    config.driver = served.driver = WW_DRIVER_URING;
    CHECK(ww_loop_new(&config, &loop, NULL) == WW_OK && ww_loop_get_info(loop, &info) == WW_OK && is_uring(&info));
    ww_loop_free(loop);
    CHECK(ww_server_new(&served, &server, NULL) == WW_OK && ww_server_get_loop_info(server, &info) == WW_OK && is_uring(&info));
    CHECK(ww_server_get_loop_info(NULL, &info) == WW_E_ARGUMENT && ww_server_get_loop_info(server, NULL) == WW_E_ARGUMENT);
    ww_server_free(server);
    served.driver = -1;
    CHECK(ww_server_new(&served, &server, NULL) == WW_E_ARGUMENT);
}

static void of_null(void)
{
    ww_completion done;
    ww_poster *poster = NULL;
    CHECK(ww_loop_next(NULL, &done, 0) == WW_E_ARGUMENT);
    CHECK(ww_loop_flush(NULL) == WW_E_ARGUMENT);
    CHECK(ww_loop_handle(NULL) == -1 && ww_loop_deadline(NULL) == UINT64_MAX && ww_loop_now(NULL) == 0);
    CHECK(ww_loop_poster(NULL, &poster) == WW_E_ARGUMENT && ww_poster_ref(NULL) == NULL);
    CHECK(ww_poster_post(NULL, 1) == WW_E_ARGUMENT && ww_poster_ring(NULL) == WW_E_ARGUMENT);
    ww_poster_free(NULL);
}

static void of_openings(ww_loop *loop)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_socket_options options = WW_SOCKET_OPTIONS_INIT;
    ww_address none = {0, 0, 0, 0, {0}, {0, 0}}, at;
    ww_socket socket = 7;
    CHECK(ww_address_parse(ww_span_from("127.0.0.1:0"), &at, NULL) == WW_OK);
    CHECK(ww_loop_listen(loop, NULL, NULL, 1, &socket, &error) == WW_E_ARGUMENT && socket == 0);
    CHECK(ww_loop_listen(loop, &none, NULL, 1, &socket, &error) == WW_E_ARGUMENT);
    CHECK(ww_loop_listen(loop, &at, NULL, 1, NULL, &error) == WW_E_ARGUMENT);
    options.flags = 1u << 30;
    CHECK(ww_loop_listen(loop, &at, &options, 1, &socket, &error) == WW_E_ARGUMENT);
    options.flags = WW_SOCKET_BROADCAST;
    CHECK(ww_loop_listen(loop, &at, &options, 1, &socket, &error) == WW_E_ARGUMENT);
    options.flags = WW_SOCKET_REUSE_PORT;
    CHECK(ww_loop_connect(loop, &at, &options, 1, &socket, &error) == WW_E_ARGUMENT);
    options.flags = 0;
    options.keep_alive_probes = 128;
    CHECK(ww_loop_connect(loop, &at, &options, 1, &socket, &error) == WW_E_ARGUMENT);
    CHECK(ww_loop_adopt(loop, -1, 1, &socket, &error) == WW_E_ARGUMENT);
    CHECK(ww_loop_adopt(loop, 1000000, 1, &socket, &error) == WW_E_SYSTEM && error.offset != 0);
    CHECK(ww_loop_watch(loop, -1, 1, &socket, &error) == WW_E_ARGUMENT);
    CHECK(ww_loop_watch(loop, 1000000, 1, &socket, &error) == WW_E_SYSTEM && socket == 0);
    CHECK(ww_loop_error(loop, &error) == WW_OK && error.code == WW_E_SYSTEM);
}

static void of_operations(ww_loop *loop)
{
    ww_file file = WW_FILE_INIT;
    ww_iovec piece;
    ww_address at;
    size_t taken = 9;
    intptr_t fd = 9;
    const ww_socket listener = loop_listen(loop, 1, &at);
    CHECK(ww_loop_accept(loop, listener) == WW_E_STATE);
    CHECK(ww_loop_receive(loop, listener) == WW_E_STATE);
    CHECK(ww_loop_room(loop, listener) == WW_E_STATE);
    CHECK(ww_loop_shutdown_write(loop, listener) == WW_E_STATE);
    CHECK(ww_loop_poll(loop, listener, WW_READY_READABLE) == WW_E_STATE);
    CHECK(ww_loop_poll(loop, listener, 0) == WW_E_ARGUMENT && ww_loop_poll(loop, listener, 4) == WW_E_ARGUMENT);
    CHECK(ww_loop_cancel(loop, listener, 1u << 9) == WW_E_ARGUMENT);
    piece.iov_base = NULL;
    piece.iov_len = 1;
    CHECK(ww_loop_send(loop, listener, &piece, 1, &taken) == WW_E_ARGUMENT && taken == 0);
    CHECK(ww_loop_send(loop, listener, NULL, 1, &taken) == WW_E_ARGUMENT);
    CHECK(ww_loop_send(loop, listener, NULL, 0, NULL) == WW_E_STATE);
    CHECK(ww_loop_send(loop, listener, NULL, 0, &taken) == WW_E_STATE);
    file.fd = -1;
    CHECK(ww_loop_send_file(loop, listener, &file, &taken) == WW_E_ARGUMENT);
    CHECK(ww_loop_address(loop, listener, NULL) == WW_E_ARGUMENT && ww_loop_peer(loop, listener, &at) == WW_E_SYSTEM);
    CHECK(ww_loop_fd(loop, listener, &fd) == WW_OK && fd >= 0 && ww_loop_fd(loop, listener, NULL) == WW_E_ARGUMENT);
    CHECK(ww_loop_set_timer(loop, 1u << 24, 1, 1) == WW_E_ARGUMENT);
    CHECK(ww_loop_release(loop, listener, NULL) == WW_E_ARGUMENT);
    CHECK(ww_loop_close(loop, 0) == WW_E_GONE && ww_loop_close(loop, UINT64_MAX) == WW_E_GONE);
    CHECK(ww_loop_release(loop, UINT64_MAX, &fd) == WW_E_GONE && fd == -1);
    CHECK(ww_loop_set_token(loop, listener, 5) == WW_OK && ww_loop_close(loop, listener) == WW_OK);
    CHECK(ww_loop_accept(loop, listener) == WW_E_GONE);
}

void test_arguments(void)
{
    ww_loop_info info = WW_LOOP_INFO_INIT;
    ww_loop *const loop = loop_new();
    of_new();
    of_drivers();
    of_null();
    of_openings(loop);
    of_operations(loop);
    CHECK(ww_loop_get_info(loop, &info) == WW_OK && info.driver != WW_DRIVER_NATIVE && info.refused == 0);
    CHECK((info.flags & WW_LOOP_INFO_HOLDS_SENDS) == 0);
    CHECK(loop_is_quiet(loop));
    ww_loop_free(loop);
}
