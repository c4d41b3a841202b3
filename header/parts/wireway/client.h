/*
 * wireway/client.h: a ww_conn in the client's role sends requests and is told responses. Its loop is that of
 * wireway/conn.h.
 *
 *     config.role = WW_ROLE_CLIENT;
 *     ww_conn_new(&config, workspace, now_ms, &conn);
 *     request.method = ww_span_from("GET");
 *     request.target = ww_span_from("/index.html");
 *     request.authority = ww_span_from("example.com");
 *     ww_conn_request(conn, &request);
 *
 * In order: take the URL apart, connect a socket to its host and port, make the connection, request. Then
 * WW_EVENT_RESPONSE has the head, WW_EVENT_DATA the content, and the event with WW_EVENT_FLAG_LAST is the last one.
 * While the state has WW_STATE_IDLE the next request may be sent. WebSocket: ww_conn_request_websocket().
 */
#ifndef WIREWAY_CLIENT_H
#define WIREWAY_CLIENT_H

#include "base.h"
#include "conn.h"
#include "message.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_request
@WW_REQUEST_INIT

@WW_MESSAGE_EXPECT

@ww_conn_request

/* ---- URLs ------------------------------------------------------------------------------------------------------ */

@ww_url
@WW_URL_INIT

@WW_URL_SECURE
@WW_URL_WEBSOCKET

@ww_parse_url

@WW_URL_ALLOW_USERINFO
@WW_URL_STRICT_TARGET
@WW_URL_LENIENT_TARGET

@ww_url_error

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_CLIENT_H */
