/* Datagrams: batches, what is cut, peers, what ICMP tells. */
#define _GNU_SOURCE
#include "loop.h"

#include <net/if.h>
#include <string.h>

enum { FIRST = 21, SECOND = 22 };

static ww_socket bound(ww_loop *loop, uint64_t token, const ww_socket_options *options, ww_address *at)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_socket socket = 0;
    CHECK(ww_address_parse(ww_span_from("127.0.0.1:0"), at, &error) == WW_OK);
    CHECK(ww_loop_bind_udp(loop, at, options, token, &socket, &error) == WW_OK && socket != 0);
    CHECK(ww_loop_address(loop, socket, at) == WW_OK && at->port != 0);
    return socket;
}

static ww_datagram to(const ww_address *peer, const char *text)
{
    ww_datagram datagram;
    memset(&datagram, 0, sizeof datagram);
    datagram.data = ww_span_from(text);
    if (peer != NULL)
        datagram.peer = *peer;
    return datagram;
}

/* Receives datagrams until it has `count`, in their order. */
static void expect(ww_loop *loop, ww_socket socket, const ww_address *from, const char *const *texts, size_t count)
{
    size_t at = 0;
    while (at < count) {
        const ww_completion done = loop_next(loop);
        size_t i;
        CHECK(done.kind == WW_COMPLETION_DATAGRAMS && done.code == WW_OK && done.socket == socket && done.n <= count - at);
        for (i = 0; i < done.n; i++, at++) {
            const ww_datagram *const datagram = &done.datagrams[i];
            CHECK(datagram->data.len == strlen(texts[at]) && memcmp(datagram->data.data, texts[at], datagram->data.len) == 0);
            CHECK(memcmp(&datagram->peer, from, sizeof *from) == 0 && !datagram->cut);
        }
    }
}

/* Room at one socket, and one datagram at the other, in any order. */
static void expect_both(ww_loop *loop, ww_socket sender, ww_socket receiver)
{
    int has_room = 0, has_datagram = 0;
    while (!has_room || !has_datagram) {
        const ww_completion done = loop_next(loop);
        if (done.kind == WW_COMPLETION_SENT)
            has_room += done.socket == sender && done.n == 0;
        else
            has_datagram += done.kind == WW_COMPLETION_DATAGRAMS && done.socket == receiver && done.n == 1;
    }
    CHECK(has_room == 1 && has_datagram == 1);
}

static void batches(ww_loop *loop, ww_socket first, ww_socket second, const ww_address *first_at, const ww_address *second_at)
{
    static const char *const texts[] = {"one", "", "three", "cutcutcut"};
    static const char *const segments[] = {"cut", "cut", "cut"};
    ww_datagram datagrams[4];
    size_t taken = 0, i;
    for (i = 0; i < 4; i++)
        datagrams[i] = to(second_at, texts[i]);
    CHECK(ww_loop_receive(loop, second) == WW_OK && ww_loop_receive(loop, second) == WW_E_STATE);
    CHECK(ww_loop_send_datagrams(loop, first, datagrams, 4, &taken) == WW_OK && taken == 4);
    expect(loop, second, first_at, texts, 4);
    datagrams[3].segment = 3;
    CHECK(ww_loop_send_datagrams(loop, first, &datagrams[3], 1, &taken) == WW_OK && taken == 1);
    expect(loop, second, first_at, segments, 3);
    /* A wrong one is told when it is the first, and those before it are sent. */
    datagrams[1].peer.family = 99;
    CHECK(ww_loop_send_datagrams(loop, first, &datagrams[1], 2, &taken) == WW_E_ARGUMENT && taken == 0);
    CHECK(ww_loop_send_datagrams(loop, first, datagrams, 2, &taken) == WW_PAUSED && taken == 1);
    CHECK(ww_loop_send_datagrams(loop, first, datagrams, 1, NULL) == WW_E_STATE);
    expect_both(loop, first, second);
    datagrams[1] = to(NULL, "nobody");
    CHECK(ww_loop_send_datagrams(loop, first, datagrams, 2, &taken) == WW_PAUSED && taken == 1);
    expect_both(loop, first, second);
    CHECK(ww_loop_send_datagrams(loop, first, &datagrams[1], 1, &taken) == WW_E_SYSTEM && taken == 0);
    CHECK(ww_loop_cancel(loop, second, WW_CANCEL_RECEIVE) == WW_OK);
    CHECK(ww_loop_send_datagrams(loop, first, datagrams, 1, &taken) == WW_OK && loop_is_quiet(loop));
    CHECK(ww_loop_receive(loop, second) == WW_OK);
    expect(loop, second, first_at, texts, 1);
}

static void room(ww_loop *loop, ww_socket first)
{
    ww_completion done;
    CHECK(ww_loop_room(loop, first) == WW_OK && ww_loop_room(loop, first) == WW_E_STATE);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_SENT && done.n == 0 && done.token == FIRST);
    CHECK(ww_loop_room(loop, first) == WW_OK && ww_loop_cancel(loop, first, WW_CANCEL_ROOM) == WW_OK && loop_is_quiet(loop));
    CHECK(ww_loop_send(loop, first, NULL, 0, &done.n) == WW_E_STATE && ww_loop_accept(loop, first) == WW_E_STATE);
}

/* ICMP's answer to a datagram for a port that is closed ends nothing. */
static void undelivered(ww_loop *loop, ww_socket first, ww_socket second, const ww_address *first_at, const ww_address *second_at)
{
    static const char *const text[] = {"on"};
    ww_datagram datagram = to(NULL, text[0]);
    ww_address gone_at;
    ww_completion done;
    size_t taken = 0;
    /* It takes nothing but what comes from itself, and nobody else has its port. */
    const ww_socket gone = bound(loop, 0, NULL, &gone_at);
    CHECK(ww_loop_set_peer(loop, gone, &gone_at) == WW_OK);
    CHECK(ww_loop_set_peer(loop, first, &gone_at) == WW_OK && ww_loop_receive(loop, first) == WW_OK);
    CHECK(ww_loop_send_datagrams(loop, first, &datagram, 1, &taken) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_UNDELIVERED && done.code == WW_E_SYSTEM && done.system != 0 && done.socket == first);
    CHECK(ww_loop_set_peer(loop, first, second_at) == WW_OK);
    CHECK(ww_loop_send_datagrams(loop, first, &datagram, 1, &taken) == WW_OK);
    expect(loop, second, first_at, text, 1);
}

static void cut(ww_loop *loop, ww_socket first)
{
    char large[3000];
    ww_datagram datagram = to(NULL, "");
    ww_completion done;
    size_t taken = 0;
    memset(large, 'x', sizeof large);
    datagram.data.data = (const uint8_t *)large;
    datagram.data.len = sizeof large;
    CHECK(ww_loop_send_datagrams(loop, first, &datagram, 1, &taken) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_DATAGRAMS && done.n == 1 && done.datagrams[0].cut && done.datagrams[0].data.len == 2048);
}

/* A datagram to loopback has come, on a socket that is bound to all addresses. */
static ww_socket sent_to_loopback(ww_loop *loop, uint32_t flags)
{
    ww_socket_options options = WW_SOCKET_OPTIONS_INIT;
    ww_datagram datagram;
    ww_address all, loopback;
    ww_socket socket = 0;
    ww_completion done;
    size_t taken;
    options.flags = flags;
    CHECK(ww_address_parse(ww_span_from("0.0.0.0:0"), &all, NULL) == WW_OK && ww_address_parse(ww_span_from("127.0.0.1:0"), &loopback, NULL) == WW_OK);
    CHECK(ww_loop_bind_udp(loop, &all, &options, 1, &socket, NULL) == WW_OK && ww_loop_address(loop, socket, &all) == WW_OK);
    loopback.port = all.port;
    datagram = to(&loopback, "where");
    CHECK(ww_loop_receive(loop, socket) == WW_OK && ww_loop_send_datagrams(loop, socket, &datagram, 1, &taken) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_DATAGRAMS && done.n == 1);
    return socket;
}

/* Nothing is told, and the results say so. */
static int is_not_told(ww_loop *loop, size_t index, ww_status expected)
{
    ww_address told;
    uint32_t interface_index = 99;
    told.family = WW_FAMILY_ANY;
    return ww_loop_datagram_local(loop, index, &told, &interface_index) == expected && told.family == WW_FAMILY_NONE && interface_index == 0;
}

static void local(ww_loop *loop)
{
    ww_address told;
    char text[WW_ADDRESS_TEXT_MAX];
    size_t needed;
    uint32_t interface_index = 0;
    ww_socket socket = sent_to_loopback(loop, WW_SOCKET_LOCAL);
    CHECK(ww_loop_datagram_local(loop, 0, NULL, NULL) == WW_OK && ww_loop_datagram_local(loop, 0, &told, &interface_index) == WW_OK);
    CHECK(ww_address_text(&told, text, sizeof text, &needed) == WW_OK && strcmp(text, "127.0.0.1:0") == 0);
    CHECK(interface_index != 0 && interface_index == if_nametoindex("lo"));
    CHECK(is_not_told(loop, 1, WW_E_ARGUMENT) && is_not_told(NULL, 0, WW_E_ARGUMENT));
    /* Behind another call there is none. */
    CHECK(loop_is_quiet(loop) && is_not_told(loop, 0, WW_E_ARGUMENT));
    CHECK(ww_loop_close(loop, socket) == WW_OK);
    socket = sent_to_loopback(loop, 0);
    CHECK(is_not_told(loop, 0, WW_DONE));
    CHECK(ww_loop_close(loop, socket) == WW_OK);
}

void test_udp(void)
{
    ww_socket_options options = WW_SOCKET_OPTIONS_INIT;
    ww_loop *const loop = loop_new();
    ww_address first_at, second_at, group;
    const ww_socket first = bound(loop, FIRST, NULL, &first_at);
    ww_socket second;
    options.flags = WW_SOCKET_ECN | WW_SOCKET_BROADCAST;
    second = bound(loop, SECOND, &options, &second_at);
    batches(loop, first, second, &first_at, &second_at);
    room(loop, first);
    undelivered(loop, first, second, &first_at, &second_at);
    cut(loop, first);
    local(loop);
    CHECK(ww_loop_join(loop, first, &first_at, 0) == WW_E_SYSTEM);
    CHECK(ww_address_parse(ww_span_from("unix:@x"), &group, NULL) == WW_OK && ww_loop_join(loop, first, &group, 0) == WW_E_ARGUMENT);
    CHECK(ww_loop_close(loop, second) == WW_OK && ww_loop_receive(loop, second) == WW_E_GONE);
    ww_loop_free(loop);
}
