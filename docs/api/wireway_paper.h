/* The part of the C API that is still on paper: prepared WebSocket messages, TLS in a connection, files. The whole was agreed, walked through and compiled before
 * anything was built (../api.md); what has been built since lives in wireway.h with its full documentation, and leaves this page. */
#ifndef WIREWAY_PAPER_H
#define WIREWAY_PAPER_H
#include <wireway.h>
#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- events */
#define WW_EVENT_LOG 30

/* ---------------------------------------------------------------- connection
 * ww_conn_config grows at its end: tls, server_name. */
typedef struct ww_file { size_t size; intptr_t fd; uint64_t offset, len; } ww_file;
ww_status ww_conn_output_file(ww_conn *c, ww_file *out); /* WW_OK: output stops here until the file was sent */
ww_status ww_conn_send_file(ww_conn *c, const ww_file *file, uint64_t token);

typedef struct ww_ws_prepared ww_ws_prepared;
ww_status ww_conn_send_prepared(ww_conn *c, const ww_ws_prepared *m);
ww_status ww_ws_prepare(uint32_t flags, const void *data, size_t len, ww_ws_prepared **out);
void ww_ws_prepared_free(ww_ws_prepared *m);

/* ---------------------------------------------------------------- service */
ww_status ww_server_send_file(ww_server *s, ww_id conn, const ww_file *file, uint64_t token);
ww_status ww_mailbox_publish(ww_mailbox *m, ww_span topic, uint32_t flags, const void *data, size_t len); /* on a sibling */
ww_status ww_mailbox_send_message(
    ww_mailbox *m, ww_id conn, uint32_t ws_flags, const void *data, size_t len, uint64_t token, uint32_t flags);

#ifdef __cplusplus
}
#endif
#endif
