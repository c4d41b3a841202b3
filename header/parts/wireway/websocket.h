/*
 * wireway/websocket.h: WebSocket (RFC 6455) in every door: handshakes, messages, and what is sent to many
 * connections at once.
 *
 * A request for a WebSocket is WW_EVENT_REQUEST whose head has WW_HEAD_WEBSOCKET. Accepting it makes a WebSocket of
 * the connection; any other response refuses. A server that echoes messages, and answers plain requests with a
 * greeting:
 *
 *     if (event->kind == WW_EVENT_MESSAGE)
 *         ww_server_send_message(server, event->conn, event->flags, event->data.data, event->data.len);
 *     else if (event->kind == WW_EVENT_REQUEST && (event->head->flags & WW_HEAD_WEBSOCKET))
 *         ww_server_accept_websocket(server, event->conn, NULL);
 *     else if (event->flags & WW_EVENT_FLAG_LAST)
 *         ww_server_respond(server, event->conn, &hello);
 *
 * Look for messages before you look at WW_EVENT_FLAG_LAST: a message that is whole has that flag as well.
 *
 * In order: check the origin and choose a subprotocol, accept, subscribe to topics (at once, no event comes first), then
 * messages both ways; Pings are answered by the library. WW_EVENT_CLOSE_FRAME is the peer's Close, which is answered
 * too. Each message is one event, unless WW_CONN_MESSAGE_PARTS asks for parts.
 */
#ifndef WIREWAY_WEBSOCKET_H
#define WIREWAY_WEBSOCKET_H

#include "base.h"
#include "conn.h"
#include "client.h"
#include "mailbox.h"
#include "message.h"
#include "server.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Handshakes ------------------------------------------------------------------------------------------------ */

@ww_ws_handshake
@WW_WS_HANDSHAKE_INIT

@WW_WS_HANDSHAKE_UNCOMPRESSED
@WW_WS_HANDSHAKE_PARTS
@WW_WS_HANDSHAKE_WHOLE
@WW_WS_HANDSHAKE_ANSWERS

@ww_ws_is_same_origin

@ww_ws_choose_subprotocol

@ww_server_accept_websocket

@ww_conn_accept_websocket

@ww_mailbox_accept_websocket

@ww_conn_request_websocket

/* ---- Messages -------------------------------------------------------------------------------------------------- */

@WW_SEND_TEXT
@WW_SEND_BINARY

/* A message in parts: one of the next two for each part, with WW_SEND_FIRST or WW_SEND_LAST or both where they are so. */

@WW_SEND_TEXT_PART
@WW_SEND_BINARY_PART
@WW_SEND_FIRST
@WW_SEND_LAST

@WW_SEND_UNCOMPRESSED

@ww_server_send_message

@ww_conn_send_message

@ww_mailbox_send_message

@ww_server_ping

@ww_conn_ping

@ww_server_close_websocket

@ww_conn_close_websocket

/* ---- To many connections --------------------------------------------------------------------------------------- */

@ww_server_subscribe

@ww_server_unsubscribe

@ww_server_publish

@WW_SLOW_CLOSE
@WW_SLOW_DROP
@WW_SLOW_NEWEST

@ww_server_publish_to

@ww_mailbox_publish

@ww_group

@ww_group_new

@ww_group_ref

@ww_group_free

@ww_server_join

@ww_ws_prepared

@ww_ws_prepare

@ww_server_send_prepared

@ww_conn_send_prepared

@ww_ws_prepared_free

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_WEBSOCKET_H */
