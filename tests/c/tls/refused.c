/* What is refused, and nothing has happened then. */
#include "tls.h"
#include <string.h>

static void no_handle(void)
{
    ww_span span;
    ww_iovec iov[1];
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_tls_info about = WW_TLS_INFO_INIT;
    uint8_t octet = 0;
    ww_tls_free(NULL);
    CHECK(ww_tls_receive(NULL, &octet, 1) == WW_E_ARGUMENT);
    CHECK(ww_tls_receive_eof(NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_next(NULL, &span) == WW_E_ARGUMENT);
    CHECK(ww_tls_send(NULL, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_tls_close(NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_output(NULL, iov, 1) == 0);
    CHECK(ww_tls_sent(NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_tls_state(NULL) == WW_STATE_CLOSE);
    CHECK(ww_tls_error(NULL, &info) == WW_E_ARGUMENT);
    CHECK(ww_tls_session_info(NULL, &about) == WW_E_ARGUMENT);
    CHECK(ww_tls_peer_certificate(NULL, 0, &span) == WW_E_ARGUMENT);
}

static void making(const struct configs *c)
{
    ww_span name = WW_LIT("example.com"), none = { NULL, 0 }, bad = WW_LIT("a b"), missing = { NULL, 3 };
    ww_tls *tls = client.tls;
    CHECK(ww_tls_new(NULL, client.workspace, name, &tls) == WW_E_ARGUMENT && tls == NULL);
    CHECK(ww_tls_new(c->client, NULL, name, &tls) == WW_E_ARGUMENT && tls == NULL);
    CHECK(ww_tls_new(c->client, client.workspace, name, NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_new(c->client, client.workspace, none, &tls) == WW_E_ARGUMENT && tls == NULL);
    CHECK(ww_tls_new(c->client, client.workspace, bad, &tls) == WW_E_ARGUMENT && tls == NULL);
    CHECK(ww_tls_new(c->client, client.workspace, missing, &tls) == WW_E_ARGUMENT && tls == NULL);
}

static void sending(void)
{
    static char octets[100000];
    ww_iovec parts[WW_TLS_PARTS_MAX + 1];
    ww_status status = WW_OK;
    int i;
    memset(parts, 0, sizeof parts);
    CHECK(ww_tls_send(client.tls, parts, WW_TLS_PARTS_MAX) == WW_OK);
    CHECK(ww_tls_send(client.tls, parts, WW_TLS_PARTS_MAX + 1) == WW_E_ARGUMENT);
    CHECK(ww_tls_send(client.tls, NULL, 1) == WW_E_ARGUMENT);
    parts[0].iov_len = 1;
    CHECK(ww_tls_send(client.tls, parts, 1) == WW_E_ARGUMENT);
    CHECK(ww_tls_sent(client.tls, 1) == WW_E_STATE);
    CHECK(ww_tls_state(client.tls) == WW_STATE_WANT_READ);
    parts[0].iov_base = octets;
    parts[0].iov_len = sizeof octets;
    for (i = 0; status == WW_OK && i < 9; i++) status = ww_tls_send(client.tls, parts, 1);
    CHECK(status == WW_PAUSED && i == 4);
    carry(1 << 20);
    CHECK(server.got_len == 3 * sizeof octets);
}

/* A lend is drained before the next. */
static void lending(void)
{
    ww_iovec iov[1];
    ww_span plain;
    CHECK(end_say(&client, "x") == WW_OK && ww_tls_output(client.tls, iov, 1) == 1);
    CHECK(ww_tls_receive(server.tls, NULL, 1) == WW_E_ARGUMENT);
    CHECK(ww_tls_receive(server.tls, iov[0].iov_base, iov[0].iov_len) == WW_OK);
    CHECK(ww_tls_state(server.tls) & WW_STATE_EVENTS);
    CHECK(ww_tls_receive(server.tls, NULL, 0) == WW_E_STATE);
    CHECK(ww_tls_next(server.tls, NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_next(server.tls, &plain) == WW_OK && plain.len == 1 && plain.data[0] == 'x');
    CHECK(ww_tls_next(server.tls, &plain) == WW_NEED_INPUT && plain.len == 0);
    CHECK(ww_tls_receive(server.tls, NULL, 0) == WW_OK);
}

void refused(const struct configs *c)
{
    no_handle();
    open_both(c);
    making(c);
    sending();
    lending();
    close_both();
    CHECK(end_open(&client, c->client, "example.com", 0));
    CHECK(end_say(&client, "early") == WW_PAUSED);
    CHECK(end_close(&client));
}
