/*
 * wireway/config.h: limits, clocks and flags of a connection. A ww_conn is made with them; a ww_server has them in
 * `conn` of its own config, for all its connections.
 *
 *     ww_server_config config = WW_SERVER_CONFIG_INIT;
 *     config.conn.idle_ms = 15000;
 *     config.conn.body_max = 1024 * 1024;
 *     ww_server_new(&config, &server, &error);
 *
 * Zero is the default of everything, and every default is finite: a peer that sends too much, too slowly or nothing
 * ends as the comment of the limit says. Leniencies are flags, off by default.
 */
#ifndef WIREWAY_CONFIG_H
#define WIREWAY_CONFIG_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_role

@ww_tls_config

@ww_conn_config
@WW_CONN_CONFIG_INIT

@WW_NEVER_MS

/* Flags: HTTP. */

@WW_CONN_STRICT_HOST
@WW_CONN_DEFAULT_AUTHORITY
@WW_CONN_STRICT_TRAILERS
@WW_CONN_SECURE
@WW_CONN_TUNNELS
@WW_CONN_STRICT_TARGET
@WW_CONN_LENIENT_TARGET
@WW_CONN_LENIENT_LENGTH_AND_CHUNKED

/* Flags: requests that come whole. */

@WW_CONN_WHOLE_CONTENT

/* Flags: WebSocket. */

@WW_CONN_MESSAGE_PARTS
@WW_CONN_DEFLATE
@WW_CONN_DEFLATE_SERVER_FORGETS
@WW_CONN_DEFLATE_CLIENT_FORGETS

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_CONFIG_H */
