#include "handle.h"

static int wants_websocket(const ww_head *head)
{
    return (head->flags & WW_HEAD_WEBSOCKET) && ww_span_equal(head->target, "/ws");
}

/* Streams the content of a request back as it comes, and at /ws the messages of a WebSocket. No event comes while the queue is
 * full, so there is room for what is sent here. */
void handle(ww_conn *conn, const ww_event *event)
{
    static const ww_response echo = { .size = sizeof echo, .status = 200, .flags = WW_MESSAGE_STREAM };
    switch (event->kind) {
    case WW_EVENT_REQUEST:
        if (wants_websocket(event->head)) {
            ww_conn_accept_websocket(conn, NULL); /* a handshake that is no good is answered */
            return;
        }
        ww_conn_respond(conn, &echo);
        break;
    case WW_EVENT_DATA:
        ww_conn_send(conn, event->data.data, event->data.len);
        break;
    case WW_EVENT_MESSAGE: /* text or binary: the flags are those to send it with */
        ww_conn_send_message(conn, event->flags, event->data.data, event->data.len);
        return;
    }
    if (event->flags & WW_EVENT_FLAG_LAST)
        ww_conn_finish(conn, NULL, 0);
}
