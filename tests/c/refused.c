/* With which error a call refuses what it is given, as its comment lists them. Nothing has happened then. */
#include "harness.h"
#include <string.h>

static struct harness h;

static const struct {
    const char *method, *target, *authority, *name;
    uint32_t flags;
    ww_status status;
} requests[] = {
    { "G T", "/", "a", "X", 0, WW_E_REQUEST_LINE },
    { "GET", "/ x", "a", "X", 0, WW_E_TARGET },
    { "GET", "/", "a b", "X", 0, WW_E_HOST },
    { "GET", "/", "a", "X Y", 0, WW_E_FIELD_NAME },
    { "POST", "/", "a", "Content-Length", 0, WW_E_AMBIGUOUS_FRAMING },
    { "POST", "/", "a", "X", WW_MESSAGE_STREAM, WW_E_STATE }, /* chunks, to a server that may not know them */
    { "TRACE", "/", "a", "X", WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH, WW_E_ARGUMENT },
    { "GET", "/", "a", "X", WW_MESSAGE_EXPECT, WW_E_ARGUMENT },
};

static void of_requests(void)
{
    size_t i;
    ww_field field = WW_FIELD("", "1");
    ww_request r = WW_REQUEST_INIT;
    r.fields = &field;
    r.field_count = 1;
    for (i = 0; i < sizeof requests / sizeof *requests; i++) {
        memset(&h, 0, sizeof h);
        CHECK(harness_open(&h, WW_ROLE_CLIENT, 0));
        r.method = ww_span_from(requests[i].method);
        r.target = ww_span_from(requests[i].target);
        r.authority = ww_span_from(requests[i].authority);
        field.name = ww_span_from(requests[i].name);
        r.flags = requests[i].flags;
        r.content_length = 1;
        CHECK(ww_conn_request(h.conn, &r) == requests[i].status);
        harness_turn(&h);
        CHECK(h.output_len == 0 && harness_close(&h));
    }
}

static const char PLAIN[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n", OLD[] = "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
                  OFFER[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";

static void ask(const char *request)
{
    memset(&h, 0, sizeof h);
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    h.silent = 1;
    harness_receive_text(&h, request);
}

/* Whatever was refused, the request waits as before. */
static void still_asked(void)
{
    harness_turn(&h);
    CHECK(h.output_len == 0 && (ww_conn_state(h.conn) & WW_STATE_CAN_RESPOND) && harness_close(&h));
}

static ww_status respond(uint16_t status, const char *content)
{
    ww_response r = harness_response(content, strlen(content));
    r.status = status;
    return ww_conn_respond(h.conn, &r);
}

static void of_responses(void)
{
    ask(PLAIN);
    CHECK(respond(600, "") == WW_E_ARGUMENT && respond(99, "") == WW_E_ARGUMENT);
    CHECK(respond(103, "") == WW_E_ARGUMENT && respond(204, "x") == WW_E_ARGUMENT && respond(205, "x") == WW_E_ARGUMENT);
    CHECK(respond(401, "") == WW_E_ARGUMENT && respond(405, "") == WW_E_ARGUMENT && respond(426, "") == WW_E_ARGUMENT);
    still_asked();
}

static void of_interim_responses(void)
{
    const ww_field framed = WW_FIELD("Content-Length", "1"), bad = WW_FIELD("a b", "1");
    ask(PLAIN);
    CHECK(ww_conn_send_interim(h.conn, 200, NULL, 0) == WW_E_ARGUMENT && ww_conn_send_interim(h.conn, 101, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_interim(h.conn, 99, NULL, 0) == WW_E_ARGUMENT && ww_conn_send_interim(h.conn, 600, NULL, 0) == WW_E_ARGUMENT);
    CHECK(ww_conn_send_interim(h.conn, 103, &framed, 1) == WW_E_AMBIGUOUS_FRAMING && ww_conn_send_interim(h.conn, 103, &bad, 1) == WW_E_FIELD_NAME);
    still_asked();
    ask(OLD);
    CHECK(ww_conn_send_interim(h.conn, 103, NULL, 0) == WW_E_STATE);
    still_asked();
}

static ww_status switch_to(uint16_t status, const char *protocol, const char *content)
{
    const ww_field upgrade = { WW_LIT("Upgrade"), ww_span_from(protocol), 0, 0, 0 };
    ww_response r = harness_response(content, strlen(content));
    r.status = status;
    r.fields = &upgrade;
    r.field_count = protocol[0] != 0;
    return ww_conn_switch(h.conn, &r);
}

static void of_switches(void)
{
    ask(PLAIN);
    CHECK(switch_to(101, "x", "") == WW_E_STATE);
    still_asked();
    ask(OFFER);
    CHECK(switch_to(101, "y", "") == WW_E_UPGRADE && switch_to(101, "", "") == WW_E_UPGRADE && switch_to(101, "h2c", "") == WW_E_UPGRADE);
    CHECK(switch_to(200, "x", "") == WW_E_STATE && switch_to(101, "x", "content") == WW_E_ARGUMENT);
    still_asked();
}

/* A reset makes the handle what a new one is, at a new time: nothing of before is told, and its clocks begin. */
static void what_a_reset_ends(void)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ask("BAD\r\n\r\n");
    harness_turn(&h);
    CHECK(ww_conn_error(h.conn, &error) == WW_OK && error.code == WW_E_REQUEST_LINE);
    CHECK(ww_conn_reset(h.conn, 70000) == WW_OK);
    CHECK(ww_conn_error(h.conn, &error) == WW_OK && error.code == 0);
    CHECK(ww_conn_deadline(h.conn, 70000) == 80000);
    CHECK(harness_close(&h));
}

int main(void)
{
    of_requests();
    of_responses();
    of_interim_responses();
    of_switches();
    what_a_reset_ends();
    return check_result();
}
