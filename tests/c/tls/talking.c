/* What goes through, and what is said about it. */
#include "tls.h"
#include <string.h>

static int is(ww_span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

static void facts(void)
{
    ww_tls_info info = WW_TLS_INFO_INIT;
    ww_span der;
    CHECK(ww_tls_session_info(server.tls, &info) == WW_OK);
    CHECK(info.version == WW_TLS_1_3 && info.cipher_suite >> 8 == 0x13);
    CHECK(info.cipher_name.len > 8 && memcmp(info.cipher_name.data, "TLS_", 4) == 0);
    CHECK(is(info.alpn, "http/1.1") && is(info.server_name, "example.com"));
    CHECK(info.peer_certificates == 0 && ww_tls_peer_certificate(server.tls, 0, &der) == WW_DONE);
    CHECK(ww_tls_session_info(client.tls, &info) == WW_OK);
    CHECK(info.version == WW_TLS_1_3 && info.server_name.len == 0 && info.peer_certificates == 1);
    CHECK(ww_tls_peer_certificate(client.tls, 0, &der) == WW_OK && der.len > 100 && der.data[0] == 0x30);
    CHECK(ww_tls_peer_certificate(client.tls, 1, &der) == WW_DONE && der.len == 0);
}

static void at_step(const struct configs *c, size_t step)
{
    static char large[100000];
    char head[] = "head ";
    ww_iovec parts[3];
    memset(large, 'x', sizeof large);
    open_both(c);
    parts[0].iov_base = head;
    parts[0].iov_len = 5;
    parts[1].iov_base = NULL;
    parts[1].iov_len = 0;
    parts[2].iov_base = large;
    parts[2].iov_len = sizeof large;
    CHECK(ww_tls_send(server.tls, parts, 3) == WW_OK);
    CHECK(end_say(&client, "hello") == WW_OK);
    CHECK(ww_tls_state(client.tls) == (WW_STATE_WANT_READ | WW_STATE_WANT_WRITE));
    carry(step);
    CHECK(server.got_len == 5 && memcmp(server.got, "hello", 5) == 0);
    CHECK(client.got_len == 5 + sizeof large && memcmp(client.got, "head x", 6) == 0);
    CHECK(client.rest == WW_NEED_INPUT && server.rest == WW_NEED_INPUT);
    facts();
    close_both();
}

/* The second session is a resumed one. */
static void resumed(const struct configs *c)
{
    ww_tls_info info = WW_TLS_INFO_INIT;
    open_both(c);
    CHECK(ww_tls_session_info(client.tls, &info) == WW_OK && info.flags == WW_TLS_INFO_RESUMED);
    close_both();
}

void talking(const struct configs *c)
{
    size_t steps[] = { 1, 7, 5000, 1 << 20 }, i;
    for (i = 0; i < sizeof steps / sizeof *steps; i++) at_step(c, steps[i]);
    resumed(c);
}
