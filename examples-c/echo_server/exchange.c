#include "exchange.h"
#include "resources.h"
#include "socket.h"
#include <stdlib.h>

/* Longer contents are lent to the connection instead of copied, and freed when it has sent them. */
enum { LEND_FROM = 1 << 16 };

/* An answer that could not be given at once waits as the user pointer of its connection. An idle connection has none. */
static void forget(ww_server *server, const ww_event *event)
{
    struct answer *answer = event->user;
    if (answer == NULL)
        return;
    text_free(&answer->content);
    free(answer);
    ww_server_set_user(server, event->conn, NULL);
}

/* Sends the file, or some octets: what comes next of what follows the head. */
static ww_status send_next(ww_server *server, ww_id conn, struct answer *answer)
{
    static const uint8_t block[1 << 16];
    size_t len = answer->stream_left < sizeof block ? (size_t)answer->stream_left : sizeof block;
    ww_status status;
    if (answer->file != NULL) {
        status = ww_server_send_file(server, conn, answer->file, 0);
        if (status == WW_OK)
            answer->file = NULL;
        return status;
    }
    status = ww_server_send_lent(server, conn, block, len, 0);
    if (status == WW_OK)
        answer->stream_left -= len;
    return status;
}

/* Streams until the queue is full (0) or everything is queued (1). */
static int stream(ww_server *server, ww_id conn, struct answer *answer)
{
    while (answer->file != NULL || answer->stream_left > 0) {
        ww_status status = send_next(server, conn, answer);
        if (status == WW_PAUSED)
            return 0;
        if (status != WW_OK) {
            ww_server_abort(server, conn); /* the peer sees that this is not all */
            return 1;
        }
    }
    ww_server_finish(server, conn, NULL, 0);
    return 1;
}

static ww_status respond(ww_server *server, ww_id conn, struct answer *answer)
{
    ww_response response = WW_RESPONSE_INIT;
    ww_status status;
    response.status = answer->status;
    response.fields = answer->fields;
    response.field_count = answer->field_count;
    response.content = answer->otherwise;
    if (answer->content.len > 0)
        response.content = (ww_span){ (const uint8_t *)answer->content.data, answer->content.len };
    if (answer->is_stream)
        response.flags = WW_MESSAGE_STREAM;
    if (answer->has_length) {
        response.flags |= WW_MESSAGE_LENGTH;
        response.content_length = answer->length;
    }
    if (answer->content.len >= LEND_FROM) {
        response.flags = WW_MESSAGE_LENT;
        response.token = (uintptr_t)answer->content.data; /* for WW_EVENT_RELEASED */
    }
    status = ww_server_respond(server, conn, &response);
    if (status == WW_OK && answer->content.len >= LEND_FROM)
        answer->content = (struct text){ NULL, 0, 0 };
    return status;
}

/* Answers as far as the queue takes it. Answers whether this was the end; else WRITABLE follows. */
static int advance(ww_server *server, ww_id conn, struct answer *answer)
{
    if (!answer->has_begun) {
        ww_status status = respond(server, conn, answer);
        if (status == WW_PAUSED)
            return 0;
        if (status != WW_OK) {
            ww_server_abort(server, conn);
            return 1;
        }
        answer->has_begun = 1;
    }
    return !answer->is_stream || stream(server, conn, answer);
}

static void on_request(ww_server *server, const ww_event *event)
{
    struct answer answer, *kept;
    if ((event->flags & WW_EVENT_FLAG_LAST) && is_plaintext(event->head) &&
        ww_server_respond(server, event->conn, &plaintext) == WW_OK)
        return;
    if (socket_open(server, event))
        return;
    answer_choose(&answer, event->head);
    if ((event->flags & WW_EVENT_FLAG_LAST) && advance(server, event->conn, &answer)) {
        text_free(&answer.content);
        return;
    }
    kept = malloc(sizeof *kept);
    if (kept == NULL) {
        text_free(&answer.content);
        ww_server_abort(server, event->conn);
        return;
    }
    *kept = answer;
    ww_server_set_user(server, event->conn, kept);
}

/* What goes on in an exchange whose head was not all. */
static void on_progress(ww_server *server, const ww_event *event)
{
    struct answer *answer = event->user;
    int is_due = event->kind == WW_EVENT_WRITABLE || (event->flags & WW_EVENT_FLAG_LAST);
    if (answer == NULL)
        return;
    if (event->kind == WW_EVENT_DATA && answer->wants_content && text_add(&answer->content, event->data) != 0) {
        answer_unavailable(answer);
        is_due = 1; /* an early answer: the rest of the content is the library's to drop */
    }
    if (is_due && advance(server, event->conn, answer))
        forget(server, event);
}

void exchange_event(ww_server *server, const ww_event *event)
{
    if (event->kind == WW_EVENT_MESSAGE) { /* nearly always, on a server of messages: before the registers are saved for the rest */
        socket_message(server, event);
        return;
    }
    switch (event->kind) {
    case WW_EVENT_REQUEST:
        on_request(server, event);
        break;
    case WW_EVENT_DATA:
    case WW_EVENT_END:
    case WW_EVENT_WRITABLE:
        on_progress(server, event);
        break;
    case WW_EVENT_RELEASED:
        free((void *)(uintptr_t)event->token);
        break;
    case WW_EVENT_ERROR: /* the library has answered the peer */
    case WW_EVENT_CLOSED:
        forget(server, event);
        break;
    default:
        break;
    }
}
