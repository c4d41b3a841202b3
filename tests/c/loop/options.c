/* Options of sockets: their ranges, and that the system is told. */
#define _GNU_SOURCE
#include "loop.h"

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

static int option(ww_loop *loop, ww_socket socket, int level, int name)
{
    int value = -7;
    socklen_t size = sizeof value;
    intptr_t fd = -1;
    CHECK(ww_loop_fd(loop, socket, &fd) == WW_OK);
    CHECK(getsockopt((int)fd, level, name, &value, &size) == 0);
    return value;
}

/* Each number out of its range is named, by listeners of a loop and of a server. */
static void ranges(ww_loop *loop, const ww_address *at)
{
    static const struct {
        uint32_t unsent_max, fast_open, dscp, incoming_cpu;
        const char *named;
    } wrong[] = {{0x80000000u, 0, 0, 0, "`unsent_max`"}, {0, 65536, 0, 0, "`fast_open`"}, {0, 0, 64, 0, "`dscp`"}, {0, 0, 0, 65537, "`incoming_cpu`"}};
    ww_server *server = NULL;
    size_t i;
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK);
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ww_socket_options options = WW_SOCKET_OPTIONS_INIT;
        ww_listen_options of_server = WW_LISTEN_OPTIONS_INIT;
        ww_error_info error = WW_ERROR_INFO_INIT;
        ww_socket socket;
        options.unsent_max = of_server.unsent_max = wrong[i].unsent_max;
        options.fast_open = of_server.fast_open = wrong[i].fast_open;
        options.dscp = of_server.dscp = wrong[i].dscp;
        options.incoming_cpu = of_server.incoming_cpu = wrong[i].incoming_cpu;
        CHECK(ww_loop_listen(loop, at, &options, 1, &socket, &error) == WW_E_ARGUMENT && strstr(error.reason, wrong[i].named) != NULL);
        error.reason = "";
        CHECK(ww_server_listen_with(server, "127.0.0.1:0", &of_server, &error) == WW_E_ARGUMENT);
        CHECK(strstr(error.reason, wrong[i].named) != NULL);
    }
    ww_server_free(server);
}

static void read_back(ww_loop *loop, const ww_address *at)
{
    ww_socket_options options = WW_SOCKET_OPTIONS_INIT;
    ww_socket listener = 0, plain = 0, udp = 0;
    options.flags = WW_SOCKET_DELAY;
    options.unsent_max = 4000;
    options.fast_open = 9;
    options.dscp = 63;
    options.incoming_cpu = 1;
    CHECK(ww_loop_listen(loop, at, &options, 1, &listener, NULL) == WW_OK && ww_loop_listen(loop, at, NULL, 1, &plain, NULL) == WW_OK);
    CHECK(option(loop, plain, IPPROTO_TCP, TCP_NODELAY) != 0 && option(loop, listener, IPPROTO_TCP, TCP_NODELAY) == 0);
    CHECK(option(loop, plain, IPPROTO_TCP, TCP_NOTSENT_LOWAT) == 131072 && option(loop, listener, IPPROTO_TCP, TCP_NOTSENT_LOWAT) == 4000);
    CHECK(option(loop, plain, IPPROTO_TCP, TCP_FASTOPEN) == 0 && option(loop, listener, IPPROTO_TCP, TCP_FASTOPEN) == 9);
    CHECK(option(loop, plain, IPPROTO_IP, IP_TOS) == 0 && option(loop, listener, IPPROTO_IP, IP_TOS) == 63 << 2);
    CHECK(option(loop, plain, SOL_SOCKET, SO_INCOMING_CPU) == -1 && option(loop, listener, SOL_SOCKET, SO_INCOMING_CPU) == 0);
    CHECK(ww_loop_bind_udp(loop, at, &options, 1, &udp, NULL) == WW_E_ARGUMENT); /* WW_SOCKET_DELAY */
    options.flags = 0;
    options.hops = 256;
    CHECK(ww_loop_bind_udp(loop, at, &options, 1, &udp, NULL) == WW_E_ARGUMENT);
    options.hops = 255;
    CHECK(ww_loop_bind_udp(loop, at, &options, 1, &udp, NULL) == WW_OK && option(loop, udp, IPPROTO_IP, IP_TOS) == 63 << 2);
    CHECK(option(loop, udp, IPPROTO_IP, IP_TTL) == 255 && option(loop, plain, IPPROTO_IP, IP_TTL) != 255);
}

/* How datagrams to groups leave. */
static void multicast(ww_loop *loop, const ww_address *at)
{
    ww_socket udp = 0, stream = 0;
    CHECK(ww_loop_bind_udp(loop, at, NULL, 1, &udp, NULL) == WW_OK && ww_loop_listen(loop, at, NULL, 1, &stream, NULL) == WW_OK);
    CHECK(option(loop, udp, IPPROTO_IP, IP_MULTICAST_TTL) == 1 && option(loop, udp, IPPROTO_IP, IP_MULTICAST_LOOP) == 1);
    CHECK(ww_loop_set_multicast(loop, udp, 256, 0, true) == WW_E_ARGUMENT && ww_loop_set_multicast(loop, stream, 1, 0, true) == WW_E_STATE);
    CHECK(ww_loop_set_multicast(loop, udp, 7, 0x7fffffff, false) == WW_E_SYSTEM);
    CHECK(option(loop, udp, IPPROTO_IP, IP_MULTICAST_TTL) == 1 && option(loop, udp, IPPROTO_IP, IP_MULTICAST_LOOP) == 1);
    CHECK(ww_loop_set_multicast(loop, udp, 7, if_nametoindex("lo"), false) == WW_OK);
    CHECK(option(loop, udp, IPPROTO_IP, IP_MULTICAST_TTL) == 7 && option(loop, udp, IPPROTO_IP, IP_MULTICAST_LOOP) == 0);
    CHECK(ww_loop_set_multicast(loop, udp, 0, 0, true) == WW_OK);
    CHECK(option(loop, udp, IPPROTO_IP, IP_MULTICAST_TTL) == 0 && option(loop, udp, IPPROTO_IP, IP_MULTICAST_LOOP) == 1);
}

void test_options(void)
{
    ww_loop *loop = loop_new();
    ww_address at;
    CHECK(ww_address_parse(ww_span_from("127.0.0.1:0"), &at, NULL) == WW_OK);
    ranges(loop, &at);
    read_back(loop, &at);
    multicast(loop, &at);
    ww_loop_free(loop);
}
