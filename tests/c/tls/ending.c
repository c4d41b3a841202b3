/* Ends: clean, cut, and for a reason. */
#include "tls.h"
#include <string.h>

static const uint8_t HTTP[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

static void clean(const struct configs *c)
{
    ww_span plain;
    uint32_t over = WW_STATE_SHUTDOWN_WRITE | WW_STATE_CLOSE | WW_STATE_TLS_PEER_CLOSED;
    open_both(c);
    CHECK(end_say(&client, "bye") == WW_OK && ww_tls_close(client.tls) == WW_OK && ww_tls_close(client.tls) == WW_OK);
    CHECK(end_say(&client, "more") == WW_E_CLOSING);
    CHECK(ww_tls_state(client.tls) == (WW_STATE_WANT_READ | WW_STATE_WANT_WRITE));
    carry(1000);
    CHECK(ww_tls_state(client.tls) == (WW_STATE_WANT_READ | WW_STATE_SHUTDOWN_WRITE));
    CHECK(server.got_len == 3 && server.rest == WW_DONE);
    end_hear(&server, HTTP, sizeof HTTP);
    CHECK(ww_tls_receive_eof(server.tls) == WW_OK && ww_tls_next(server.tls, &plain) == WW_DONE);
    CHECK(ww_tls_close(server.tls) == WW_OK);
    carry(1000);
    CHECK(ww_tls_state(client.tls) == over && ww_tls_state(server.tls) == over);
    close_both();
}

static void cut(const struct configs *c)
{
    ww_span plain;
    ww_error_info info = WW_ERROR_INFO_INIT;
    open_both(c);
    CHECK(ww_tls_error(server.tls, &info) == WW_OK && info.code == 0);
    CHECK(ww_tls_receive_eof(server.tls) == WW_OK);
    CHECK(ww_tls_next(server.tls, &plain) == WW_E_TRUNCATED && ww_tls_next(server.tls, &plain) == WW_E_TRUNCATED);
    CHECK(ww_tls_error(server.tls, &info) == WW_OK && info.code == WW_E_TRUNCATED && strcmp(info.rule, "TLS-03") == 0);
    CHECK(ww_tls_state(server.tls) == (WW_STATE_SHUTDOWN_WRITE | WW_STATE_CLOSE));
    CHECK(end_say(&server, "x") == WW_E_TRUNCATED);
    close_both();
}

static void plaintext_http(const struct configs *c)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_iovec iov[1];
    CHECK(end_open(&server, c->server, "", 0));
    CHECK(ww_tls_state(server.tls) == (WW_STATE_WANT_READ | WW_STATE_TLS_HANDSHAKE));
    end_hear(&server, HTTP, sizeof HTTP);
    CHECK(server.rest == WW_E_TLS_PLAINTEXT_HTTP && ww_tls_output(server.tls, iov, 1) == 0);
    CHECK(ww_tls_error(server.tls, &info) == WW_OK && info.http_status == 400);
    CHECK(end_close(&server));
}

/* The peer is told why. */
static void another_name(const struct configs *c)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    CHECK(end_open(&client, c->client, "example.org", 0));
    CHECK(end_open(&server, c->server, "", 0));
    carry(1000);
    CHECK(client.rest == WW_E_TLS_VERIFY && server.rest == WW_E_TLS_ALERT);
    CHECK(ww_tls_error(server.tls, &info) == WW_OK && strstr(info.reason, "alert bad_certificate (42)") != NULL);
    CHECK(ww_tls_state(client.tls) & WW_STATE_CLOSE);
    close_both();
}

void ending(const struct configs *c)
{
    clean(c);
    cut(c);
    plaintext_http(c);
    another_name(c);
}
