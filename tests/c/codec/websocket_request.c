/* What a server looks at before it accepts a WebSocket. */
#include "codec.h"
#include <string.h>

static const ww_span NOWHERE = { NULL, 5 };

static int same(const char *origin, const char *authority, int secure)
{
    return ww_ws_is_same_origin(span(origin), span(authority), secure);
}

static void ws_hss_09(void)
{
    CHECK(same("http://a", "a", 0) && same("HTTP://A:80", "a", 0) && same("https://[::1]:8443", "[::1]:8443", 1));
    CHECK(same("https://a", "A:443", 2));
    CHECK(!same("http://evil", "a", 0) && !same("http://a.evil", "a", 0) && !same("http://a:81", "a", 0));
    CHECK(!same("http://a", "a", 1) && !same("https://a", "a", 0) && !same("null", "a", 0));
    CHECK(!same("", "", 0) && !same("http://", "", 0) && !same("https://", "", 1));
    CHECK(!ww_ws_is_same_origin(NOWHERE, span("a"), false) && !ww_ws_is_same_origin(span("http://a"), NOWHERE, false));
}

/* The one of `b`, `c` and `a` that is chosen for an offer of these two lines. */
static ww_status choose(const char *first, const char *second, size_t count, ww_span *chosen)
{
    static const ww_span own[] = { WW_LIT("b"), WW_LIT("c"), WW_LIT("a") };
    ww_field fields[2] = { WW_FIELD("Sec-WebSocket-Protocol", ""), WW_FIELD("sec-websocket-protocol", "") };
    ww_head head;
    ww_status status;
    memset(&head, 0, sizeof head);
    fields[0].value = span(first);
    fields[1].value = span(second);
    head.fields = fields;
    head.field_count = 2;
    *chosen = span("before");
    status = ww_ws_choose_subprotocol(&head, own, count, chosen);
    CHECK(chosen->data == NULL || chosen->data == own[0].data || chosen->data == own[1].data || chosen->data == own[2].data);
    CHECK(chosen->data == NULL || status == WW_OK);
    return status;
}

static int chooses(const char *first, const char *second, size_t count, const char *name)
{
    ww_span chosen;
    return choose(first, second, count, &chosen) == WW_OK && ww_span_equal(chosen, name);
}

static void ws_hss_07(void)
{
    CHECK(chooses("a, b", "", 3, "a") && chooses("x, c", "b", 3, "c") && chooses("", "x,b", 3, "b"));
    CHECK(chooses("a, b", "", 2, "b") && chooses("a, b", "", 0, "") && chooses("x, A", "B", 3, "") && chooses("", "", 3, ""));
}

static void ws_hss_08(void)
{
    ww_span chosen;
    CHECK(choose("a, a", "", 3, &chosen) == WW_E_WS_SUBPROTOCOL && chosen.len == 0);
    CHECK(choose("a", "a", 3, &chosen) == WW_E_WS_SUBPROTOCOL && choose("a b", "c", 3, &chosen) == WW_E_WS_SUBPROTOCOL);
    CHECK(choose("a", "b/c", 3, &chosen) == WW_E_WS_SUBPROTOCOL && chosen.data == NULL);
}

static void arguments_subprotocols(void)
{
    ww_span own = WW_LIT("a"), chosen = WW_LIT("before");
    ww_head head;
    memset(&head, 0, sizeof head);
    CHECK(ww_ws_choose_subprotocol(NULL, &own, 1, &chosen) == WW_E_ARGUMENT && chosen.data == NULL);
    CHECK(ww_ws_choose_subprotocol(&head, NULL, 1, &chosen) == WW_E_ARGUMENT);
    CHECK(ww_ws_choose_subprotocol(&head, &NOWHERE, 1, &chosen) == WW_E_ARGUMENT);
    CHECK(ww_ws_choose_subprotocol(&head, &own, 1, NULL) == WW_E_ARGUMENT);
    CHECK(ww_ws_choose_subprotocol(&head, NULL, 0, &chosen) == WW_OK && chosen.len == 0);
    head.field_count = 1;
    CHECK(ww_ws_choose_subprotocol(&head, &own, 1, &chosen) == WW_E_ARGUMENT);
}

const struct test WEBSOCKET_REQUEST_TESTS[] = {
    { "ws_hss_07", ws_hss_07 }, { "ws_hss_08", ws_hss_08 }, { "ws_hss_09", ws_hss_09 },
    { "arguments_subprotocols", arguments_subprotocols }, { NULL, NULL },
};
