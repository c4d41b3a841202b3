/* What the header promises of a connection in prose: which fields a response may have, what 205 is, which errors leave the connection
 * open, that one answer to each event fits, what time is, and what a reset ends. */
#include "harness.h"
#include <string.h>

static const char GET[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
static struct harness h;

static void open_at(uint64_t now)
{
    memset(&h, 0, sizeof h);
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    h.silent = 1;
    h.now = now;
}

static void close_it(void)
{
    CHECK(h.surprise == 0);
    CHECK(harness_close(&h));
}

/* How often `text` stands in the output. */
static int count(const char *text)
{
    int n = 0;
    const char *at = h.output;
    h.output[h.output_len] = 0;
    while ((at = strstr(at, text)) != NULL) n++, at++;
    return n;
}

/* Answers one request with this field beside `Server: x`. */
static ww_status answer(const char *name, const char *value)
{
    ww_field fields[] = { WW_FIELD("Server", "x"), WW_FIELD("", "") };
    ww_response r = harness_response("hello", 5);
    fields[1].name = ww_span_from(name);
    fields[1].value = ww_span_from(value);
    r.fields = fields;
    r.field_count = 2;
    open_at(0);
    CHECK(ww_workspace_set_time(h.workspace, 784111777) == WW_OK);
    harness_receive_text(&h, GET);
    return ww_conn_respond(h.conn, &r);
}

static void fields(void)
{
    static const char *const good[][2] = { { "Set-Cookie", "a=b" },       { "Trailer", "X" },          { "Content-Type", "text/plain" },
                                           { "Connection", "keep-alive" }, { "Connection", "upgrade" }, { "Connection", "te, close" } };
    static const struct {
        const char *name, *value;
        ww_status status;
    } bad[] = { { "Content-Length", "5", WW_E_AMBIGUOUS_FRAMING },
                { "Transfer-Encoding", "chunked", WW_E_AMBIGUOUS_FRAMING },
                { "Connection", "x-mine", WW_E_FIELD_VALUE },
                { "A b", "c", WW_E_FIELD_NAME },
                { "A", "b\r\nC: d", WW_E_FIELD_VALUE } };
    size_t i;
    for (i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(answer(good[i][0], good[i][1]) == WW_OK);
        harness_turn(&h);
        CHECK(count(good[i][0]) == 1 && count(good[i][1]) == 1 && count("Content-Length: 5\r\n") == 1);
        close_it();
    }
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(answer(bad[i].name, bad[i].value) == bad[i].status);
        harness_turn(&h);
        CHECK(h.output_len == 0 && (ww_conn_state(h.conn) & WW_STATE_CAN_RESPOND));
        close_it();
    }
}

/* A Date of the caller's takes the place of the library's; a `close` ends the connection. */
static void date_and_close(void)
{
    CHECK(answer("Vary", "*") == WW_OK);
    harness_turn(&h);
    CHECK(count("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n") == 1 && !(ww_conn_state(h.conn) & WW_STATE_SHUTDOWN_WRITE));
    close_it();
    CHECK(answer("Date", "Mon, 07 Nov 1994 08:49:37 GMT") == WW_OK);
    harness_turn(&h);
    CHECK(count("Date: ") == 1 && count("Date: Mon, 07 Nov 1994") == 1);
    close_it();
    CHECK(answer("Connection", "close") == WW_OK);
    harness_turn(&h);
    CHECK(count("onnection: close") == 1 && (ww_conn_state(h.conn) & WW_STATE_SHUTDOWN_WRITE));
    close_it();
}

/* Answers one request with this status, content and flags. */
static ww_status with_status(uint16_t status, size_t len, uint32_t flags)
{
    ww_response r = harness_response("hello", len);
    r.status = status;
    r.flags = flags;
    open_at(0);
    harness_receive_text(&h, GET);
    return ww_conn_respond(h.conn, &r);
}

static void no_content(void)
{
    CHECK(with_status(205, 0, 0) == WW_OK);
    harness_turn(&h);
    CHECK(count("205 Reset Content\r\n") == 1 && count("Content-Length: 0\r\n") == 1);
    close_it();
    CHECK(with_status(205, 5, 0) == WW_E_ARGUMENT);
    close_it();
    CHECK(with_status(205, 0, WW_MESSAGE_STREAM) == WW_E_ARGUMENT);
    close_it();
    CHECK(with_status(204, 0, 0) == WW_OK);
    harness_turn(&h);
    CHECK(count("Content-Length") == 0);
    close_it();
    CHECK(with_status(204, 5, 0) == WW_E_ARGUMENT);
    close_it();
}

/* The library answers a request by itself. Whether the next one is heard. */
static int goes_on_after(const char *request, ww_status code)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    int goes_on;
    open_at(0);
    harness_receive_text(&h, request);
    CHECK(ww_conn_error(h.conn, &error) == WW_OK && error.code == code);
    CHECK(count("HTTP/1.1 ") == 1);
    goes_on = !(ww_conn_state(h.conn) & (WW_STATE_SHUTDOWN_WRITE | WW_STATE_CLOSE));
    if (goes_on) harness_receive_text(&h, GET);
    CHECK(h.messages == (goes_on ? 1u : 0u));
    CHECK(count("Connection: close") == !goes_on);
    (void)harness_close(&h);
    return goes_on;
}

static void errors(void)
{
    static const struct {
        const char *request;
        ww_status code;
    } last[] = { { "GET / HTTP/1.1\r\n\r\n", WW_E_HOST },
                 { "GET / HTTP/2.0\r\n\r\n", WW_E_VERSION },
                 { "GET  / HTTP/1.1\r\n\r\n", WW_E_REQUEST_LINE },
                 { "GET /\x7f HTTP/1.1\r\n\r\n", WW_E_TARGET },
                 { "GET / HTTP/1.1\r\nA b: c\r\n\r\n", WW_E_FIELD_NAME },
                 { "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", WW_E_CONTENT_LENGTH },
                 { "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", WW_E_TRANSFER_ENCODING },
                 { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", WW_E_AMBIGUOUS_FRAMING },
                 /* What is refused, and content of which may still come. */
                 { "POST / HTTP/1.1\r\nHost: a\r\nExpect: much\r\nContent-Length: 3\r\n\r\n", WW_E_EXPECTATION },
                 { "GET / HTTP/1.1\r\nHost: a\r\nExpect: much\r\nConnection: close\r\n\r\n", WW_E_EXPECTATION } };
    size_t i;
    for (i = 0; i < sizeof last / sizeof *last; i++) CHECK(!goes_on_after(last[i].request, last[i].code));
    CHECK(goes_on_after("GET / HTTP/1.1\r\nHost: a\r\nExpect: much\r\n\r\n", WW_E_EXPECTATION));
    CHECK(goes_on_after("GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n", WW_E_MISDIRECTED));
}

/* The peer reads nothing, and asks for more than the queue takes: requests are held back, never an answer. */
static void one_answer_fits(void)
{
    static char requests[64 * sizeof GET], content[300000];
    ww_response r = harness_response(content, sizeof content);
    size_t i, answered = 0, len = sizeof GET - 1;
    ww_event ev;
    open_at(0);
    for (i = 0; i < 64; i++) memcpy(requests + i * len, GET, len);
    CHECK(ww_conn_receive(h.conn, requests, 64 * len, 0) == WW_OK);
    while (ww_conn_next(h.conn, &ev) == WW_OK) {
        CHECK(ev.kind == WW_EVENT_REQUEST && (ev.flags & WW_EVENT_FLAG_LAST));
        CHECK(ww_conn_respond(h.conn, &r) == WW_OK);
        answered++;
    }
    CHECK(answered > 0 && answered < 64);
    CHECK(ww_conn_next(h.conn, &ev) == WW_PAUSED);
    (void)harness_close(&h);
}

/* A time before one that was given ends nothing: what waits goes on waiting. */
static void time_that_steps_back_ends_nothing(void)
{
    uint64_t due;
    open_at(5000);
    harness_receive(&h, GET, 5);
    due = ww_conn_deadline(h.conn, 5000);
    CHECK(due > 5000 && due != UINT64_MAX);
    CHECK(ww_conn_tick(h.conn, 5) == WW_OK && ww_conn_deadline(h.conn, 5000) == due);
    harness_receive(&h, GET + 5, sizeof GET - 6);
    CHECK(h.messages == 1 && (ww_conn_state(h.conn) & WW_STATE_CAN_RESPOND));
    close_it();
}

/* A reset gives back the lend, drops the output, and tells of each lent piece before anything else. */
static void reset_ends(void)
{
    static char octets[100000], lent[sizeof GET];
    ww_response r = harness_response(NULL, 0);
    ww_iovec iov[4];
    ww_event ev;
    open_at(0);
    memcpy(lent, GET, sizeof lent);
    r.flags = WW_MESSAGE_STREAM;
    CHECK(ww_conn_receive(h.conn, lent, sizeof lent - 1, 0) == WW_OK && ww_conn_next(h.conn, &ev) == WW_OK);
    CHECK(ww_conn_respond(h.conn, &r) == WW_OK && ww_conn_send_lent(h.conn, octets, sizeof octets, 7) == WW_OK);
    CHECK(ww_conn_reset(h.conn, 0) == WW_OK);
    CHECK(ww_conn_output(h.conn, iov, 4) == 0);
    CHECK(ww_conn_next(h.conn, &ev) == WW_OK && ev.kind == WW_EVENT_RELEASED && ev.token == 7);
    CHECK(ww_conn_next(h.conn, &ev) == WW_NEED_INPUT);
    /* The lend is over: a new one is taken. */
    CHECK(ww_conn_receive(h.conn, lent, sizeof lent - 1, 0) == WW_OK);
    CHECK(ww_conn_next(h.conn, &ev) == WW_OK && ev.kind == WW_EVENT_REQUEST);
    close_it();
}

int main(void)
{
    fields();
    date_and_close();
    no_content();
    errors();
    one_answer_fits();
    time_that_steps_back_ends_nothing();
    reset_ends();
    return check_result();
}
