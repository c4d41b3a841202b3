/* URLs in their parts. */
#include "codec.h"
#include <stdlib.h>
#include <string.h>

/* Each part is where it stands in the URL; a memory checker knows where that ends. */
static void parses(const char *text, uint32_t flags, const char *host, uint16_t port, const char *authority, const char *target)
{
    uint8_t *octets = exactly(text, strlen(text));
    ww_span url = { octets, strlen(text) };
    ww_url parts = WW_URL_INIT;
    ww_error_info info = WW_ERROR_INFO_INIT;
    CHECK(ww_parse_url(url, 0, &parts) == WW_OK && parts.size == sizeof parts);
    CHECK(ww_span_equal(parts.host, host) && ww_span_equal(parts.authority, authority) && ww_span_equal(parts.target, target));
    CHECK(parts.port == port && parts.flags == flags && parts.userinfo.len == 0 && parts.reserved == 0);
    CHECK(parts.host.data > octets && parts.target.data + parts.target.len <= octets + url.len);
    CHECK(ww_url_error(url, 0, &info) == WW_OK && info.code == 0 && info.rule[0] == '\0');
    free(octets);
}

static void refuses_url(const char *text, uint32_t flags, const char *rule, uint64_t offset)
{
    uint8_t *octets = exactly(text, strlen(text));
    ww_span url = { octets, strlen(text) };
    ww_url parts = WW_URL_INIT;
    ww_error_info info = WW_ERROR_INFO_INIT;
    CHECK(ww_parse_url(url, flags, &parts) == WW_E_TARGET && parts.host.data == NULL && parts.port == 0);
    CHECK(ww_url_error(url, flags, &info) == WW_OK && info.code == WW_E_TARGET && info.http_status == 0);
    CHECK(strcmp(info.rule, rule) == 0 && info.offset == offset && info.reason[0] != '\0');
    free(octets);
}

static void ws_hsc_09(void)
{
    parses("ws://a", WW_URL_WEBSOCKET, "a", 80, "a", "");
    parses("wss://a?q", WW_URL_WEBSOCKET | WW_URL_SECURE, "a", 443, "a", "?q");
    parses("WS://[::1]:81/x?y", WW_URL_WEBSOCKET, "::1", 81, "[::1]:81", "/x?y");
    parses("http://a/#f", 0, "a", 80, "a", "/");
    parses("https://b.example:8443/x", WW_URL_SECURE, "b.example", 8443, "b.example:8443", "/x");
    refuses_url("ws://a/#f", 0, "WS-HSC-09", 7);
    refuses_url("wss:///x", 0, "WS-HSC-09", 6);
    refuses_url("ws://a:65536", 0, "WS-HSC-09", 11);
    refuses_url("ws://u@a", WW_URL_ALLOW_USERINFO, "WS-HSC-09", 6);
    refuses_url("gopher://a", 0, "H1-TGT-15", 0);
    refuses_url("", 0, "H1-TGT-15", 0);
}

static void url_userinfo(void)
{
    ww_url parts = WW_URL_INIT;
    refuses_url("http://trusted.example@a/", 0, "H1-TGT-15", 22);
    refuses_url("http://a b@a/", WW_URL_ALLOW_USERINFO, "H1-TGT-15", 8);
    CHECK(ww_parse_url(span("https://u:p@a/"), WW_URL_ALLOW_USERINFO, &parts) == WW_OK);
    CHECK(ww_span_equal(parts.userinfo, "u:p") && ww_span_equal(parts.authority, "a") && ww_span_equal(parts.host, "a"));
}

/* A request of the parts, as it goes out: the target needs nothing put before it. */
static void url_to_request(void)
{
    ww_url parts = WW_URL_INIT;
    ww_request q = get("/");
    CHECK(ww_parse_url(span("https://[::1]:81?q"), 0, &parts) == WW_OK);
    q.target = parts.target;
    q.authority = parts.authority;
    writes_request(&q, "GET /?q HTTP/1.1\r\nHost: [::1]:81\r\n\r\n");
}

/* A URL by the three rules: the target, or NULL where it is refused. */
static void takes(const char *url, const char *browser, const char *strict, const char *lenient)
{
    static const uint32_t FLAGS[] = { 0, WW_URL_STRICT_TARGET, WW_URL_LENIENT_TARGET };
    static const uint32_t MESSAGE_FLAGS[] = { 0, WW_MESSAGE_STRICT_TARGET, WW_MESSAGE_LENIENT_TARGET };
    const char *targets[] = { browser, strict, lenient };
    int rule;
    for (rule = 0; rule < 3; rule++) {
        ww_url parts = WW_URL_INIT;
        const int is_taken = ww_parse_url(span(url), FLAGS[rule], &parts) == WW_OK;
        uint8_t out[256];
        size_t written;
        ww_request q = get("/");
        CHECK(is_taken == (targets[rule] != NULL));
        if (!is_taken) continue;
        CHECK(ww_span_equal(parts.target, targets[rule]));
        q.target = parts.target;
        q.flags = MESSAGE_FLAGS[rule];
        CHECK(ww_write_request(&q, out, sizeof out, &written) == WW_OK);
        CHECK(memcmp(out + 4, targets[rule], strlen(targets[rule])) == 0 && out[4 + strlen(targets[rule])] == ' ');
    }
}

static void h1_tgt_17(void)
{
    ww_request q = get("/?a[]=1");
    takes("http://a/?a[]=1&q=a|b#f", "/?a[]=1&q=a|b", NULL, "/?a[]=1&q=a|b");
    takes("http://a/100%", "/100%", NULL, "/100%");
    takes("http://a/%20", "/%20", "/%20", "/%20");
    takes("http://a/{x}", NULL, NULL, "/{x}");
    takes("http://a/\xc3\xa9", NULL, NULL, "/\xc3\xa9");
    takes("http://a/ b", NULL, NULL, NULL);
    refuses_url("http://a/?\xc3\xa9", 0, "H1-TGT-17", 10);
    refuses_url("http://a/?a[]=1", WW_URL_STRICT_TARGET, "H1-TGT-17", 11);
    q.flags = WW_MESSAGE_STRICT_TARGET;
    refuses_request(&q, WW_E_TARGET);
    q.flags = WW_MESSAGE_STRICT_TARGET | WW_MESSAGE_LENIENT_TARGET;
    refuses_request(&q, WW_E_ARGUMENT);
}

static void arguments_urls(void)
{
    static const ww_span NOWHERE = { NULL, 5 };
    ww_url parts = WW_URL_INIT;
    ww_error_info info = WW_ERROR_INFO_INIT;
    CHECK(ww_parse_url(NOWHERE, 0, &parts) == WW_E_ARGUMENT && ww_url_error(NOWHERE, 0, &info) == WW_E_ARGUMENT);
    CHECK(ww_parse_url(span("ws://a"), 0, NULL) == WW_E_ARGUMENT && ww_url_error(span("ws://a"), 0, NULL) == WW_E_ARGUMENT);
    CHECK(ww_parse_url(span("ws://a"), 8, &parts) == WW_E_ARGUMENT && ww_url_error(span("ws://a"), 8, &info) == WW_E_ARGUMENT);
    CHECK(ww_parse_url(span("ws://a"), WW_URL_STRICT_TARGET | WW_URL_LENIENT_TARGET, &parts) == WW_E_ARGUMENT);
    parts.size = info.size = 0;
    CHECK(ww_parse_url(span("ws://a"), 0, &parts) == WW_E_ARGUMENT && ww_url_error(span("ws://a"), 0, &info) == WW_E_ARGUMENT);
    CHECK(parts.host.data == NULL);
}

const struct test URL_TESTS[] = {
    { "ws_hsc_09", ws_hsc_09 },
    { "url_userinfo", url_userinfo },
    { "h1_tgt_17", h1_tgt_17 },
    { "url_to_request", url_to_request },
    { "arguments_urls", arguments_urls },
    { NULL, NULL },
};
