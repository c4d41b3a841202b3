/* The part of the C API that is still on paper: files; TLS in a connection. The whole was agreed, walked through and compiled before
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


/* ---------------------------------------------------------------- service */
ww_status ww_server_send_file(ww_server *s, ww_id conn, const ww_file *file, uint64_t token);

#ifdef __cplusplus
}
#endif
#endif
