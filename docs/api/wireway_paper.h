/* The part of the C API that is still on paper: WebSocket, TLS, files. The whole was agreed, walked through and compiled before
 * anything was built (../api.md); what has been built since lives in wireway.h with its full documentation, and leaves this page. */
#ifndef WIREWAY_PAPER_H
#define WIREWAY_PAPER_H
#include <wireway.h>
#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- codec: WebSocket */
typedef struct ww_ws_header { uint64_t payload_len; uint8_t opcode, flags, header_len, mask[4], reserved; } ww_ws_header;
ww_status ww_ws_decode_header(const uint8_t *in, size_t len, ww_ws_header *out);
ww_status ww_ws_encode_header(const ww_ws_header *h, uint8_t out[14], size_t *written);
void ww_ws_mask(uint8_t *data, size_t len, const uint8_t key[4], uint64_t offset);
ww_status ww_ws_accept_key(ww_span key, uint8_t out[28]);
typedef struct ww_utf8 { uint64_t opaque; } ww_utf8;
ww_status ww_utf8_feed(ww_utf8 *state, const uint8_t *in, size_t len, int last, size_t *bad);

/* ---------------------------------------------------------------- events */
#define WW_EVENT_MESSAGE 20
#define WW_EVENT_PING 21
#define WW_EVENT_PONG 22
#define WW_EVENT_CLOSE_FRAME 23
#define WW_EVENT_LOG 30
#define WW_EVENT_FIRST 2u
#define WW_EVENT_TEXT 4u

/* ---------------------------------------------------------------- connection
 * ww_conn_config grows at its end: message_max, frame_max, fragments_max, ping_ms, close_ms, deflate, tls, server_name.
 * ww_workspace_config grows at its end: the seed of the mask generator. */
typedef struct ww_file { size_t size; intptr_t fd; uint64_t offset, len; } ww_file;
ww_status ww_conn_output_file(ww_conn *c, ww_file *out); /* WW_OK: output stops here until the file was sent */
ww_status ww_conn_send_file(ww_conn *c, const ww_file *file, uint64_t token);

typedef struct ww_ws_accept {
    size_t size; ww_span subprotocol; const ww_field *fields; size_t field_count; uint32_t deflate, flags;
} ww_ws_accept;
typedef struct ww_ws_prepared ww_ws_prepared;
ww_status ww_conn_accept_websocket(ww_conn *c, const ww_ws_accept *accept);
ww_status ww_conn_request_websocket(ww_conn *c, const ww_request *r, const ww_ws_accept *offer);
ww_status ww_conn_send_message(ww_conn *c, uint32_t flags, const void *data, size_t len); /* TEXT, FIRST|LAST for parts */
ww_status ww_conn_send_prepared(ww_conn *c, const ww_ws_prepared *m);
ww_status ww_conn_ping(ww_conn *c, const void *data, size_t len);
ww_status ww_conn_close(ww_conn *c, uint16_t code, ww_span reason);
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
ww_status ww_server_accept_websocket(ww_server *s, ww_id conn, const ww_ws_accept *accept);
ww_status ww_server_send_message(ww_server *s, ww_id conn, uint32_t flags, const void *data, size_t len);
ww_status ww_server_close_websocket(ww_server *s, ww_id conn, uint16_t code, ww_span reason);
ww_status ww_server_subscribe(ww_server *s, ww_id conn, ww_span topic);
ww_status ww_server_unsubscribe(ww_server *s, ww_id conn, ww_span topic);
ww_status ww_server_publish(ww_server *s, ww_span topic, const ww_ws_prepared *m); /* here and on the siblings */
ww_status ww_mailbox_send_message(
    ww_mailbox *m, ww_id conn, uint32_t ws_flags, const void *data, size_t len, uint64_t token, uint32_t flags);

#ifdef __cplusplus
}
#endif
#endif
