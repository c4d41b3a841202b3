/*
 * wireway/server.h: ww_server, which has sockets, an event loop and connections.
 *
 * ONE ANSWER TO EACH EVENT ALWAYS FITS: one response to the event that completes a request, or one message in answer
 * to a message of a WebSocket, sent before the next event is asked for, is never refused with WW_PAUSED. Only what is
 * sent beyond that can be. While anything waits for a connection, published or posted messages too, no message of it is
 * an event.
 *
 *     ww_server_new(NULL, &server, &error);
 *     ww_server_listen(server, "127.0.0.1:8080", &error);
 *     while ((status = ww_server_next(server, &event, -1)) == WW_OK)
 *         if (event.flags & WW_EVENT_FLAG_LAST)
 *             ww_server_respond(server, event.conn, &response);
 *     ww_server_free(server);
 *
 * In order: make it, listen, then answer events: ww_server_respond() with all of the content, or with WW_MESSAGE_STREAM
 * and then ww_server_send() and ww_server_finish(). Finally drain it, then free it. A connection is a ww_id, good at
 * any later time: when the connection has ended, calls return WW_E_GONE. Calls "by id" do what the call of
 * wireway/conn.h does. WebSocket is in wireway/websocket.h, calls from other threads are in wireway/mailbox.h.
 */
#ifndef WIREWAY_SERVER_H
#define WIREWAY_SERVER_H

#include "address.h"
#include "base.h"
#include "config.h"
#include "message.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_server

/* ---- Its life -------------------------------------------------------------------------------------------------- */

@ww_driver

@WW_LOOP_INFO_HOLDS_SENDS
@WW_LOOP_INFO_NOTICES_PAUSED
@WW_LOOP_INFO_SENDS_FILES
@WW_LOOP_INFO_LENDS

@ww_loop_info
@WW_LOOP_INFO_INIT

@ww_server_config
@WW_SERVER_CONFIG_INIT

@WW_SERVER_REUSE_PORT

@ww_server_new

@ww_server_listen

@ww_server_next

@ww_server_drain

@ww_server_free

/* ---- Answers --------------------------------------------------------------------------------------------------- */

@ww_server_gather_content

@ww_server_limit_content

@ww_server_respond

@ww_server_respond_file

@ww_server_send_interim

@ww_server_send

@ww_server_send_lent

@ww_server_send_file

@ww_server_finish

@ww_server_switch

@ww_server_flush

/* ---- One connection -------------------------------------------------------------------------------------------- */

@ww_server_pause

@ww_server_resume

@ww_server_shutdown

@ww_server_abort

@ww_server_set_user

@ww_server_take_user

@ww_server_peer

@ww_server_endpoints

@ww_server_proxy_endpoints

@ww_server_error

/* ---- Other ways to listen -------------------------------------------------------------------------------------- */

@ww_server_listen_tls

@ww_listen_options
@WW_LISTEN_OPTIONS_INIT

@WW_LISTEN_REUSE_PORT
@WW_LISTEN_IPV6_ONLY
@WW_LISTEN_PROXY

@ww_server_listen_with

@ww_server_listen_fd

@ww_listen_fds

@ww_server_adopt

@ww_server_address

/* ---- In another loop ------------------------------------------------------------------------------------------- */

@ww_server_get_loop_info

@ww_server_handle

@ww_server_deadline

/* ---- Counts ---------------------------------------------------------------------------------------------------- */

@ww_stats
@WW_STATS_INIT

@ww_server_stats

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_SERVER_H */
