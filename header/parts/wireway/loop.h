/*
 * wireway/loop.h: ww_loop, an event loop for programs that have none: sockets, timers, posts of other threads, and servers, on
 * one thread. Operations go in, completions come out one at a time.
 *
 *     ww_loop_new(NULL, &loop, &error);
 *     ww_address_parse(ww_span_from("127.0.0.1:7"), &address, &error);
 *     ww_loop_listen(loop, &address, NULL, 1, &listener, &error);
 *     ww_loop_accept(loop, listener);
 *     while (ww_loop_next(loop, &done, -1) == WW_OK)
 *         switch ((ww_completion_kind)done.kind) {
 *         case WW_COMPLETION_ACCEPTED:  if (done.code == WW_OK) ww_loop_receive(loop, done.accepted);          break;
 *         case WW_COMPLETION_RECEIVED:  if (done.code < 0 || done.data.len == 0) ww_loop_close(loop, done.socket);  break;
 *         default:                      break;
 *         }
 *     ww_loop_free(loop);
 *
 * In order: make it; bring sockets in, each with a token that comes with all its completions; start operations; pull
 * completions. Look at `kind` first: tokens of sockets, timers, posts and look-ups are spaces of their own. To watch the descriptors
 * of another library only for readiness: ww_loop_watch() and ww_loop_poll().
 *
 * OPERATIONS. A socket has at most one of each kind at a time: an accept or a connect, a receive, a send or a wait for room.
 * A second one is refused with WW_E_STATE and replaces nothing; only ww_loop_poll() replaces the interest before.
 * MEMORY. A receive needs no buffer. A send copies nothing: while it is in progress its pieces stay as they are, see
 * WW_LOOP_INFO_HOLDS_SENDS. Only ww_loop_send_zero_copy() may need them for longer, until WW_COMPLETION_RELEASED.
 * ORDER. Of one socket, WW_COMPLETION_CONNECTED comes before everything, octets before the end, the end or an error once,
 * and WW_COMPLETION_CLOSED last. Between sockets there is no order.
 * CANCEL. ww_loop_cancel() means: no more of this for now. Nothing is lost by it.
 * CLOSE. After ww_loop_close() the ww_socket is dead, and never names another socket.
 */
#ifndef WIREWAY_LOOP_H
#define WIREWAY_LOOP_H

#include "address.h"
#include "base.h"
#include "message.h"
#include "server.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_loop

@ww_socket

/* ---- Its life -------------------------------------------------------------------------------------------------- */

@ww_loop_config
@WW_LOOP_CONFIG_INIT

@ww_loop_new

@ww_loop_free

@ww_loop_get_info

@ww_loop_error

/* ---- Completions ----------------------------------------------------------------------------------------------- */

@ww_completion_kind

@WW_READY_READABLE
@WW_READY_WRITABLE
@WW_READY_FAILED

@WW_RELEASE_COPIED

@ww_datagram

@ww_completion

@ww_loop_next

@ww_loop_now

/* ---- Sockets that come in -------------------------------------------------------------------------------------- */

@ww_socket_options
@WW_SOCKET_OPTIONS_INIT

@WW_SOCKET_REUSE_PORT
@WW_SOCKET_IPV6_ONLY
@WW_SOCKET_BROADCAST
@WW_SOCKET_ECN
@WW_SOCKET_COALESCE
@WW_SOCKET_DELAY
@WW_SOCKET_LOCAL

@ww_loop_listen

@ww_loop_connect

@ww_loop_bind_udp

@ww_loop_adopt

@ww_loop_watch

/* ---- Operations of a socket ------------------------------------------------------------------------------------ */

@ww_loop_set_token

@ww_loop_fd

@ww_loop_address

@ww_loop_peer

@ww_loop_accept

@ww_loop_receive

@ww_loop_send

@ww_loop_send_zero_copy

@ww_loop_send_file

@ww_loop_room

@ww_loop_poll

@WW_CANCEL_ACCEPT
@WW_CANCEL_CONNECT
@WW_CANCEL_RECEIVE
@WW_CANCEL_POLL
@WW_CANCEL_ROOM

@ww_loop_cancel

@ww_loop_shutdown_write

@ww_loop_close

@ww_loop_release

/* ---- Datagrams ------------------------------------------------------------------------------------------------- */

@ww_loop_send_datagrams

@ww_loop_set_peer

@ww_loop_join

@ww_loop_leave

@ww_loop_set_multicast

@ww_loop_datagram_local

/* ---- Timers ---------------------------------------------------------------------------------------------------- */

@ww_loop_set_timer

/* ---- Other threads and signal handlers ------------------------------------------------------------------------- */

@ww_poster

@ww_loop_poster

@ww_poster_ref

@ww_poster_free

@ww_poster_post

@ww_poster_ring

/* ---- Servers on a loop ----------------------------------------------------------------------------------------- */

@ww_server_new_on

/* ---- In another loop ------------------------------------------------------------------------------------------- */

@ww_loop_handle

@ww_loop_deadline

@ww_loop_flush

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_LOOP_H */
