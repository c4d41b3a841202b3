/*
 * wireway/conn.h: ww_conn, one connection without a socket, for an event loop of your own: epoll, libuv, Asio. Octets
 * go in, events come out; octets come out, and one deadline. TLS, HTTP/1.1 and WebSocket are inside.
 *
 * ONE ANSWER TO EACH EVENT ALWAYS FITS: one response to the event that completes a request, or one message in answer to
 * a message of a WebSocket, sent before the next event is asked for, is never refused with WW_PAUSED. Only what is sent
 * beyond that can be. A client that answers messages says so in its handshake (WW_WS_HANDSHAKE_ANSWERS); without that it
 * reads on while its output waits.
 *
 * In order: a ww_workspace for the thread, ww_workspace_set_time() now and then about once a second (a server's responses
 * have no Date without it), a ww_conn for each socket, then one turn whenever the socket is readable or writable, or the
 * deadline has come (then with ww_conn_tick() in place of ww_conn_receive()):
 *
 *     ww_conn_receive(c, buf, n, now_ms);
 *     do {
 *         while (ww_conn_next(c, &ev) == WW_OK) handle(&ev);
 *         while ((k = ww_conn_output(c, iov, 16)) > 0) {
 *             ssize_t w = writev(fd, iov, (int)k);
 *             if (w < 0) { if (errno != EAGAIN && errno != EINTR) ww_conn_abort(c, now_ms); break; }
 *             ww_conn_sent(c, (size_t)w, now_ms);
 *         }
 *     } while (ww_conn_state(c) & WW_STATE_EVENTS);
 *
 * writev() raises SIGPIPE when the peer is gone: ignore the signal, or use sendmsg() with MSG_NOSIGNAL.
 *
 * After a turn the state says what to watch for, ww_conn_deadline() when to wake up. With WW_STATE_CLOSE close the
 * socket and call ww_conn_free(), or ww_conn_reset() to use the connection for another socket. Servers and clients have
 * the same turn; what a client asks is in wireway/client.h.
 */
#ifndef WIREWAY_CONN_H
#define WIREWAY_CONN_H

#include "base.h"
#include "config.h"
#include "message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Memory: one workspace for each thread or loop ------------------------------------------------------------- */

@ww_allocator

@ww_workspace_config
@WW_WORKSPACE_CONFIG_INIT

@ww_workspace

@ww_workspace_new

@ww_workspace_free

@ww_workspace_set_time

@ww_workspace_memory

/* ---- Its life and its turn ------------------------------------------------------------------------------------- */

@ww_conn

@ww_conn_new

@ww_conn_receive

@ww_conn_receive_eof

@ww_conn_next

@ww_conn_output

@ww_conn_sent

@ww_conn_state

@WW_STATE_WANT_READ
@WW_STATE_WANT_WRITE
@WW_STATE_EVENTS
@WW_STATE_SHUTDOWN_WRITE
@WW_STATE_CLOSE
@WW_STATE_IDLE
@WW_STATE_CAN_RESPOND
@WW_STATE_TLS_HANDSHAKE
@WW_STATE_TLS_PEER_CLOSED
@WW_STATE_RESET

@ww_conn_deadline

@ww_conn_tick

@ww_conn_peer_ended

@ww_conn_abort

@ww_conn_reset

@ww_conn_free

/* ---- Answers --------------------------------------------------------------------------------------------------- */

@ww_conn_gather_content

@ww_conn_limit_content

@ww_conn_respond

@ww_conn_respond_file

@ww_conn_send_interim

@ww_conn_send

@ww_conn_send_lent

@ww_conn_send_file

@ww_conn_output_file

@ww_conn_send_file_bytes

@ww_conn_finish

@ww_conn_switch

/* ---- The stream and its end ------------------------------------------------------------------------------------ */

@ww_conn_pause

@ww_conn_resume

@ww_conn_shutdown

@ww_conn_error

@ww_conn_memory

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_CONN_H */
