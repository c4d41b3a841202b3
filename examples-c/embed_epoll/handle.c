#include "handle.h"

static int wants_websocket(const ww_head *head)
{
    return (head->flags & WW_HEAD_WEBSOCKET) && ww_span_equal(head->target, "/ws");
}

static const ww_field text[] = { WW_FIELD("Content-Type", "text/plain") };
static const ww_response hello = {
    .size = sizeof hello, .status = 200, .fields = text, .field_count = 1, .content = WW_LIT("Hello, World!")
};
static const ww_response echo = { .size = sizeof echo, .status = 200, .flags = WW_MESSAGE_STREAM };

static void answer(ww_conn *conn, const ww_event *event)
{
    const int is_whole = (event->flags & WW_EVENT_FLAG_LAST) != 0;
    if (is_whole && ww_span_equal(event->head->target, "/plaintext")) {
        ww_conn_respond(conn, &hello);
    } else if (wants_websocket(event->head)) {
        ww_conn_accept_websocket(conn, NULL); /* a handshake that is no good is answered */
    } else {
        ww_conn_respond(conn, &echo);
        if (is_whole)
            ww_conn_finish(conn, NULL, 0);
    }
}

/* Answers /plaintext with a text, streams the content of any other request back as it comes, and echoes the messages of a WebSocket
 * at /ws. No event comes while the queue is full, so there is room for what is sent here. */
void handle(ww_conn *conn, const ww_event *event)
{
    switch (event->kind) {
    case WW_EVENT_REQUEST:
        answer(conn, event);
        return;
    case WW_EVENT_MESSAGE: /* text or binary: the flags are those to send it with */
        ww_conn_send_message(conn, event->flags, event->data.data, event->data.len);
        return;
    case WW_EVENT_DATA:
        ww_conn_send(conn, event->data.data, event->data.len);
        break;
    case WW_EVENT_END:
        break;
    default:
        return;
    }
    if (event->flags & WW_EVENT_FLAG_LAST)
        ww_conn_finish(conn, NULL, 0);
}
