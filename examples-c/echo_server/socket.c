#include "socket.h"
#include "text.h"

int socket_open(ww_server *server, const ww_event *request)
{
    ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
    ww_status status;
    if (!(request->head->flags & WW_HEAD_WEBSOCKET) || !span_is(request->head->target, "/ws"))
        return 0;
    /* An echo needs no message as a whole: its parts go back as they come, and however long it is none of it is kept. */
    handshake.flags = WW_WS_HANDSHAKE_PARTS;
    status = ww_server_accept_websocket(server, request->conn, &handshake);
    /* A handshake that is no good was answered by the library. */
    return status == WW_OK || status == WW_E_WS_HANDSHAKE;
}

/* The flags of the event are those of the answer: text stays text, parts stay parts. No message comes while the queue is
 * full, so there is room for this one. What comes just before a fault finds the Close that names it on its way: to close here
 * would be to reset the connection, and the peer might not hear why. */
void socket_message(ww_server *server, const ww_event *event)
{
    ww_status status = ww_server_send_message(server, event->conn, event->flags, event->data.data, event->data.len);
    if (status != WW_OK && status != WW_E_WS_CLOSING)
        ww_server_abort(server, event->conn);
}
