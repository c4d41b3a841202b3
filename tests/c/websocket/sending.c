/* WS-FRM-05: what is sent is fixed by the call that sends it. Its memory is the caller's again, and is written over before an octet goes out. */
#include "line.h"
#include <stdlib.h>
#include <string.h>

int sending(void);

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
    CHECK(ww_ws_prepare(WW_WS_WHOLE_TEXT, text, strlen(text), &message) == WW_OK);
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
        if (!is_sent) send_part(l, WW_EVENT_LAST | WW_EVENT_TEXT, "later");
        is_sent = 1;
    }
}

static void sent_as_it_was(const char *how, size_t piece)
{
    static const char FRAMES[] = "\x01\x05" "first" "\x80\x05" "later" "\x81\x04" "last";
    static struct line l;
    line_open(&l, how);
    send_part(&l, WW_EVENT_FIRST | WW_EVENT_TEXT, "first");
    take_cut(&l, piece);
    send_prepared(&l, "last");
    line_turn(&l);
    if (strcmp(how, "client") == 0) {
        /* Each frame has a key of its own. */
        CHECK(memcmp(l.h.output + 2, l.h.output + 13, 4) != 0);
        l.h.output_len = line_unmask(l.h.output, l.h.output_len);
    }
    CHECK(l.h.output_len == sizeof FRAMES - 1 && memcmp(l.h.output, FRAMES, sizeof FRAMES - 1) == 0);
    line_close(&l);
}

int sending(void)
{
    size_t piece;
    for (piece = 1; piece < 24; piece++) {
        sent_as_it_was("server", piece);
        sent_as_it_was("client", piece);
    }
    return check_result();
}
