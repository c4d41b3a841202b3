/* The part of the C API that is still on paper: prepared WebSocket messages, TLS, files. The whole was agreed, walked through and compiled before
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

/* ---------------------------------------------------------------- TLS */
typedef struct ww_tls_config ww_tls_config;
typedef struct ww_tls ww_tls;
typedef struct ww_tls_certificate {
    ww_span chain_pem, key_pem, ocsp; const ww_span *names; size_t name_count;
} ww_tls_certificate;
typedef struct ww_tls_options {
    size_t size; uint32_t role, flags; const ww_tls_certificate *certificates; size_t certificate_count;
    ww_span roots_pem, client_ca_pem; const ww_span *alpn; size_t alpn_count; uint32_t version_min, version_max;
} ww_tls_options;
ww_status ww_tls_config_new(const ww_tls_options *options, ww_tls_config **out, ww_error_info *error);
ww_status ww_tls_config_swap(ww_tls_config *config, const ww_tls_options *options, ww_error_info *error); /* any thread */
void ww_tls_config_free(ww_tls_config *config);
ww_status ww_tls_new(const ww_tls_config *config, ww_workspace *ws, ww_span server_name, ww_tls **out);
void ww_tls_free(ww_tls *t);
ww_status ww_tls_receive(ww_tls *t, uint8_t *buf, size_t n);
ww_status ww_tls_receive_eof(ww_tls *t);
ww_status ww_tls_next(ww_tls *t, ww_span *plain);
ww_status ww_tls_send(ww_tls *t, const ww_iovec *parts, size_t n);
ww_status ww_tls_close(ww_tls *t);
size_t ww_tls_output(ww_tls *t, ww_iovec *iov, size_t cap);
ww_status ww_tls_sent(ww_tls *t, size_t n);
uint32_t ww_tls_state(const ww_tls *t);

/* ---------------------------------------------------------------- service */
ww_status ww_server_send_file(ww_server *s, ww_id conn, const ww_file *file, uint64_t token);
ww_status ww_mailbox_publish(ww_mailbox *m, ww_span topic, uint32_t flags, const void *data, size_t len); /* on a sibling */
ww_status ww_mailbox_send_message(
    ww_mailbox *m, ww_id conn, uint32_t ws_flags, const void *data, size_t len, uint64_t token, uint32_t flags);

#ifdef __cplusplus
}
#endif
#endif
