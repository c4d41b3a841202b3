/* WebSocket through the C API, where no case of tests/cases reaches it.
 *
 * WS-FRM-05: what is sent is fixed by the call that sends it. Its memory is the caller's again, and is written over before an octet goes out. */
#include "line.h"
#include <stdlib.h>
#include <string.h>

/* Sends `text` as one part of a message, from memory that is other octets, and nobody's, before the output is taken. */
static void send_part(struct line *l, uint32_t flags, const char *text)
{
    const size_t len = strlen(text);
    char *memory = malloc(len);
    if (memory == NULL) abort();
    memcpy(memory, text, len);
    CHECK(ww_conn_send_message(l->h.conn, flags, memory, len) == WW_OK);
    memset(memory, 'X', len);
    free(memory);
}

static void send_prepared(struct line *l, const char *text)
{
    ww_ws_prepared *message;
    CHECK(ww_ws_prepare(WW_SEND_TEXT, text, strlen(text), &message) == WW_OK);
    CHECK(ww_conn_send_prepared(l->h.conn, message) == WW_OK);
    ww_ws_prepared_free(message);
}

/* Takes the output, `piece` octets at a time; between two of them another part is sent. */
static void take_cut(struct line *l, size_t piece)
{
    ww_iovec iov;
    int is_sent = 0;
    while (ww_conn_output(l->h.conn, &iov, 1) > 0) {
        const size_t n = iov.iov_len < piece ? iov.iov_len : piece;
        memcpy(l->h.output + l->h.output_len, iov.iov_base, n);
        l->h.output_len += n;
        CHECK(ww_conn_sent(l->h.conn, n, l->h.now) == WW_OK);
        if (!is_sent) send_part(l, WW_SEND_TEXT_PART | WW_SEND_LAST, "later");
        is_sent = 1;
    }
}

static void sent_as_it_was(const char *role, size_t piece)
{
    static const char FRAMES[] = "\x01\x05" "first" "\x80\x05" "later" "\x81\x04" "last";
    static struct line l;
    line_open(&l, role);
    send_part(&l, WW_SEND_TEXT_PART | WW_SEND_FIRST, "first");
    take_cut(&l, piece);
    send_prepared(&l, "last");
    line_turn(&l);
    if (strcmp(role, "client") == 0) {
        /* Each frame has a key of its own. */
        CHECK(memcmp(l.h.output + 2, l.h.output + 13, 4) != 0);
        l.h.output_len = line_unmask(l.h.output, l.h.output_len);
    }
    CHECK(l.h.output_len == sizeof FRAMES - 1 && memcmp(l.h.output, FRAMES, sizeof FRAMES - 1) == 0);
    line_close(&l);
}

/* WS-HSS-05: a bad handshake is answered, the connection goes on, and what was wrong with it is told. */
static void refused_handshake(void)
{
    static struct harness h;
    ww_error_info error = WW_ERROR_INFO_INIT;
    CHECK(harness_open(&h, WW_ROLE_SERVER, 0));
    h.silent = 1;
    harness_receive_text(&h, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CHECK(ww_conn_error(h.conn, &error) == WW_OK && error.code == WW_OK);
    CHECK(ww_conn_accept_websocket(h.conn, NULL) == WW_E_WS_HANDSHAKE);
    CHECK(ww_conn_error(h.conn, &error) == WW_OK && error.code == WW_E_WS_HANDSHAKE && error.http_status == 426);
    CHECK(error.reason != NULL && error.reason[0] != 0);
    harness_turn(&h);
    CHECK(h.output_len > 13 && memcmp(h.output, "HTTP/1.1 426 ", 13) == 0);
    h.silent = 0;
    harness_receive_text(&h, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(h.surprise == 0 && h.output_len > 26);
    CHECK(harness_close(&h));
}

/* A constant of another family, and flags that contradict each other, send nothing. */
static void mistaken_constants(void)
{
    static const uint32_t FLAGS[] = {
        0, WW_WS_OP_CONTINUATION, WW_WS_OP_TEXT, WW_WS_OP_BINARY, WW_WS_OP_CLOSE, WW_WS_OP_PING, WW_WS_OP_PONG,
        WW_WS_FRAME_FIN | WW_WS_OP_TEXT, WW_EVENT_FLAG_LAST, WW_EVENT_FLAG_FIRST, WW_EVENT_FLAG_TEXT, WW_EVENT_FLAG_BINARY,
        WW_EVENT_FLAG_PART, WW_SEND_FIRST | WW_SEND_LAST, WW_SEND_UNCOMPRESSED, WW_EVENT_FLAG_TEXT | WW_SEND_FIRST,
        WW_EVENT_FLAG_BINARY | WW_SEND_LAST, WW_SEND_TEXT | WW_SEND_BINARY, WW_SEND_TEXT_PART | WW_SEND_BINARY_PART,
        WW_SEND_TEXT | WW_SLOW_DROP, WW_EVENT_MESSAGE,
    };
    static struct line l;
    ww_iovec iov;
    size_t i;
    line_open(&l, "server");
    for (i = 0; i < sizeof FLAGS / sizeof FLAGS[0]; i++) {
        ww_ws_prepared *message = NULL;
        CHECK(ww_conn_send_message(l.h.conn, FLAGS[i], "x", 1) == WW_E_ARGUMENT);
        CHECK(ww_ws_prepare(FLAGS[i], "x", 1, &message) == WW_E_ARGUMENT && message == NULL);
    }
    CHECK(ww_conn_output(l.h.conn, &iov, 1) == 0);
    /* A message in parts may be over with the first. */
    send_part(&l, WW_SEND_BINARY_PART | WW_SEND_FIRST | WW_SEND_LAST, "one");
    line_close(&l);
}

/* Lends one frame of 60,000 octets to the connection, and echoes each message; how many there were. */
static unsigned echo(struct line *l, int is_server)
{
    static uint8_t frame[8 + 60000];
    const size_t head = is_server ? 8 : 4;
    unsigned answered = 0;
    ww_event ev;
    memset(frame, 0, sizeof frame);
    frame[0] = 0x82;
    frame[1] = is_server ? 0xfe : 0x7e;
    frame[2] = 60000 >> 8;
    frame[3] = 60000 & 0xff;
    CHECK(ww_conn_receive(l->h.conn, frame, head + 60000, ++l->h.now) == WW_OK);
    while (ww_conn_next(l->h.conn, &ev) == WW_OK) {
        CHECK(ev.kind == WW_EVENT_MESSAGE && ev.data.len == 60000);
        CHECK(ww_conn_send_message(l->h.conn, ev.flags, ev.data.data, ev.data.len) == WW_OK);
        answered++;
    }
    return answered;
}

/* The peer reads nothing and sends on: messages are held back, never an answer, of a server and of a client that answers. */
static void one_answer_fits(const char *role)
{
    static struct line l;
    const int is_server = strcmp(role, "server") == 0;
    unsigned answered = 0;
    ww_event ev;
    line_open(&l, role);
    while (answered < 64 && (ww_conn_state(l.h.conn) & WW_STATE_WANT_READ)) answered += echo(&l, is_server);
    CHECK(answered > 0 && answered < 64 && ww_conn_next(l.h.conn, &ev) == WW_PAUSED);
    CHECK(ww_conn_abort(l.h.conn, l.h.now) == WW_OK);
    line_close(&l);
}

/* WS-CTL-01: a Ping has at most 125 octets. */
static void long_ping(const char *role)
{
    static const uint8_t octets[126];
    static struct line l;
    ww_iovec iov;
    line_open(&l, role);
    CHECK(ww_conn_ping(l.h.conn, octets, 126) == WW_E_ARGUMENT);
    CHECK(ww_conn_output(l.h.conn, &iov, 1) == 0);
    CHECK(ww_conn_ping(l.h.conn, octets, 125) == WW_OK);
    CHECK(ww_conn_output(l.h.conn, &iov, 1) == 1);
    line_close(&l);
}

int main(void)
{
    size_t piece;
    long_ping("server");
    long_ping("client");
    one_answer_fits("server");
    one_answer_fits("answering client");
    refused_handshake();
    mistaken_constants();
    for (piece = 1; piece < 24; piece++) {
        sent_as_it_was("server", piece);
        sent_as_it_was("client", piece);
    }
    return check_result();
}
