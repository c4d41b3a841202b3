/* UTF-8 as it arrives, and the keys of the WebSocket handshake. */
#include "codec.h"
#include <string.h>

static ww_status accept_of(const char *key, uint8_t out[WW_WS_ACCEPT_LEN])
{
    return ww_ws_accept_key(span(key), out);
}

static void ws_hss_03(void)
{
    uint8_t out[WW_WS_ACCEPT_LEN] = { 0 };
    CHECK(accept_of("", out) == WW_E_WS_HANDSHAKE && accept_of("AAAA", out) == WW_E_WS_HANDSHAKE);
    CHECK(accept_of("AQIDBAUGBwgJCgsMDQ4P", out) == WW_E_WS_HANDSHAKE);
    CHECK(accept_of("AQIDBAU!BwgJCgsMDQ4PEC==", out) == WW_E_WS_HANDSHAKE && out[0] == 0);
}

static void ws_hss_04(void)
{
    uint8_t out[WW_WS_ACCEPT_LEN];
    CHECK(accept_of("AQIDBAUGBwgJCgsMDQ4PEC==", out) == WW_OK);
}

static void ws_hss_06(void)
{
    uint8_t out[WW_WS_ACCEPT_LEN];
    CHECK(accept_of("dGhlIHNhbXBsZSBub25jZQ==", out) == WW_OK);
    CHECK(memcmp(out, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WW_WS_ACCEPT_LEN) == 0);
}

/* Fed in two pieces and octet by octet, `text` fails at `bad`; at `len` it is well up to there. */
static void feeds(const char *text, size_t len, size_t bad, ww_status status)
{
    size_t cut, i, at;
    for (cut = 0; cut <= bad; cut++) {
        ww_utf8 state = WW_UTF8_INIT;
        CHECK(ww_utf8_feed(&state, text, cut, false, &at) == WW_OK && at == cut);
        CHECK(ww_utf8_feed(&state, text + cut, len - cut, true, &at) == status && cut + at == bad);
        CHECK(status == WW_OK || bad == len || ww_utf8_feed(&state, "a", 1, false, &at) == WW_E_WS_TEXT);
    }
    ww_utf8 state = WW_UTF8_INIT;
    for (i = 0; i < bad; i++) CHECK(ww_utf8_feed(&state, text + i, 1, false, &at) == WW_OK && at == 1);
    CHECK(ww_utf8_feed(&state, text + i, bad < len, true, &at) == status && at == 0);
}

static void ws_msg_05(void)
{
    feeds("\xce\xba\xcf\x8c\xcf\x83\xce\xbc\xce\xb5\xf4\x90", 12, 11, WW_E_WS_TEXT);
    feeds("a\xff", 2, 1, WW_E_WS_TEXT);
}

static void ws_msg_07(void)
{
    feeds("\xc3\xa9\xf0\x9f\x98\x80", 6, 6, WW_OK);
    feeds("a\xc3", 2, 2, WW_E_WS_TEXT);
}

const struct test WEBSOCKET_TEXT_TESTS[] = {
    { "ws_hss_03", ws_hss_03 }, { "ws_hss_04", ws_hss_04 }, { "ws_hss_06", ws_hss_06 },
    { "ws_msg_05", ws_msg_05 }, { "ws_msg_07", ws_msg_07 }, { NULL, NULL },
};
