/* The whole C API on paper. Walked through and compiled before anything was built; see ../api.md.
 * What is built lives in include/wireway.h, with its full documentation. */
#ifndef WIREWAY_PAPER_H
#define WIREWAY_PAPER_H
#include <stddef.h>
#include <stdint.h>
#if defined(_WIN32)
typedef struct ww_iovec { unsigned long len; char *base; } ww_iovec; /* the layout of WSABUF */
#else
#include <sys/uio.h>
typedef struct iovec ww_iovec;
#endif
#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- vocabulary, all doors */
typedef int32_t ww_status; /* 0 done, > 0 not an error, < 0 error */
#define WW_OK 0
#define WW_NEED_INPUT 1
#define WW_PAUSED 2
#define WW_TIMEOUT 3
#define WW_DONE 4
#define WW_E_ARGUMENT (-1)
#define WW_E_STATE (-2)
#define WW_E_NOMEM (-3)
#define WW_E_BUFFER (-4)
#define WW_E_GONE (-5)

typedef struct ww_span { const uint8_t *data; size_t len; } ww_span; /* borrowed, not NUL ended */
#define WW_LIT(s) { (const uint8_t *)("" s), sizeof(s) - 1 }

typedef struct ww_field { ww_span name, value; uint16_t id, flags; uint32_t reserved; } ww_field;
#define WW_FIELD(n, v) { WW_LIT(n), WW_LIT(v), 0, 0, 0 }

#define WW_LENGTH_NONE UINT64_MAX
typedef struct ww_head { /* 160 bytes, fixed; pointers live as long as the event (or the codec's input) */
    ww_span method, target, reason;
    const ww_field *fields; size_t field_count;
    ww_span host;                                /* authority the request is for: of the target, else of Host */
    uint64_t content_length;                     /* WW_LENGTH_NONE: not declared */
    size_t head_len;
    uint32_t flags;                              /* WW_HEAD_* */
    uint16_t status; uint8_t method_id, version_minor;
    uint64_t reserved[4];
} ww_head;
const ww_field *ww_head_find(const ww_head *head, uint16_t id);
const ww_field *ww_head_find_name(const ww_head *head, ww_span name);
ww_status ww_head_copy(const ww_head *head, void *out, size_t cap, size_t *needed); /* one flat, self-contained copy */

typedef struct ww_error_info {
    size_t size; int32_t code; uint16_t http_status, reserved; uint64_t offset; const char *rule, *reason;
} ww_error_info;
#define WW_ERROR_INFO_INIT { sizeof(ww_error_info), 0, 0, 0, 0, NULL, NULL }

/* ---------------------------------------------------------------- door 3: codec */
typedef struct ww_scan { uint64_t opaque[16]; } ww_scan;             /* zeroed: fresh */
typedef struct ww_head_limits { size_t size; uint32_t method_max, target_max, line_max, section_max, fields_max, reserved; } ww_head_limits;
ww_status ww_parse_request(const uint8_t *in, size_t len, const ww_head_limits *limits, ww_scan *scan, ww_field *fields, size_t cap, ww_head *head);
ww_status ww_parse_response(const uint8_t *in, size_t len, const ww_head_limits *limits, ww_scan *scan, ww_field *fields, size_t cap, ww_head *head);
ww_status ww_parse_trailers(const uint8_t *in, size_t len, const ww_head_limits *limits, ww_scan *scan, ww_field *fields, size_t cap, ww_head *head);
typedef struct ww_chunk_decoder { uint64_t opaque[6]; } ww_chunk_decoder; /* zeroed: fresh */
ww_status ww_chunk_next(ww_chunk_decoder *d, const uint8_t *in, size_t len, size_t *consumed, ww_span *data);
ww_status ww_chunk_head(uint64_t size, uint8_t out[18], size_t *written);

#define WW_MESSAGE_STREAM 1u                     /* content follows with send and finish */
#define WW_MESSAGE_LENGTH 2u                     /* ... and content_length says how much; else chunked or until close */
#define WW_MESSAGE_LENT 4u                       /* content stays the caller's until WW_EVENT_RELEASED */
#define WW_MESSAGE_CLOSE 8u                      /* the connection ends after this message */
typedef struct ww_request {
    size_t size; ww_span method, target, authority; const ww_field *fields; size_t field_count;
    ww_span content; uint64_t content_length; uint32_t flags, reserved; uint64_t token;
} ww_request;
typedef struct ww_response {
    size_t size; uint16_t status, reserved; uint32_t flags; ww_span reason; const ww_field *fields; size_t field_count;
    ww_span content; uint64_t content_length; uint64_t token;
} ww_response;
#define WW_RESPONSE_INIT { sizeof(ww_response), 0, 0, 0, { NULL, 0 }, NULL, 0, { NULL, 0 }, 0, 0 }
#define WW_REQUEST_INIT { sizeof(ww_request), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, 0, { NULL, 0 }, 0, 0, 0, 0 }
ww_status ww_write_request(const ww_request *r, uint8_t *out, size_t cap, size_t *written);
ww_status ww_write_response(const ww_response *r, uint8_t *out, size_t cap, size_t *written);

typedef struct ww_ws_header { uint64_t payload_len; uint8_t opcode, flags, header_len, mask[4], reserved; } ww_ws_header;
ww_status ww_ws_decode_header(const uint8_t *in, size_t len, ww_ws_header *out);
ww_status ww_ws_encode_header(const ww_ws_header *h, uint8_t out[14], size_t *written);
void ww_ws_mask(uint8_t *data, size_t len, const uint8_t key[4], uint64_t offset);
ww_status ww_ws_accept_key(ww_span key, uint8_t out[28]);
typedef struct ww_utf8 { uint64_t opaque; } ww_utf8;
ww_status ww_utf8_feed(ww_utf8 *state, const uint8_t *in, size_t len, int last, size_t *bad);

/* ---------------------------------------------------------------- events, doors 1 and 2 */
typedef uint64_t ww_id;                          /* server tag, slot, generation; 0: none */
typedef struct ww_event {                        /* 64 bytes, fixed */
    int32_t kind; uint32_t flags;
    ww_id conn; uint32_t stream; int32_t code;   /* stream: 0 today; code: WW_E_* of ERROR and CLOSED, close code */
    const ww_head *head;                         /* REQUEST, RESPONSE, INTERIM; END with trailers */
    ww_span data;                                /* DATA, RAW, MESSAGE, PING, PONG, POST */
    uint64_t token;                              /* of send_lent, post */
    void *user;                                  /* of the connection (service) */
} ww_event;
#define WW_EVENT_REQUEST 1
#define WW_EVENT_RESPONSE 2
#define WW_EVENT_INTERIM 3
#define WW_EVENT_DATA 4
#define WW_EVENT_END 5                           /* the message is complete; head: trailers, or NULL */
#define WW_EVENT_RAW 6                           /* bytes after a switch of protocols */
#define WW_EVENT_RAW_END 7
#define WW_EVENT_WRITABLE 8
#define WW_EVENT_RELEASED 9
#define WW_EVENT_ERROR 10
#define WW_EVENT_OPENED 11                       /* service */
#define WW_EVENT_CLOSED 12
#define WW_EVENT_POST 13
#define WW_EVENT_UNDELIVERED 14
#define WW_EVENT_CONTINUE 15                     /* client: send the content now */
#define WW_EVENT_MESSAGE 20                      /* WebSocket */
#define WW_EVENT_PING 21
#define WW_EVENT_PONG 22
#define WW_EVENT_CLOSE_FRAME 23
#define WW_EVENT_LOG 30
#define WW_EVENT_LAST 1u                         /* flag: this event completes its message */
#define WW_EVENT_FIRST 2u
#define WW_EVENT_TEXT 4u
#define WW_EVENT_SUBSCRIPTION 8u

/* ---------------------------------------------------------------- workspace */
typedef struct ww_workspace ww_workspace;
typedef struct ww_allocator {
    void *(*allocate)(void *ctx, size_t size, size_t align);
    void (*release)(void *ctx, void *p, size_t size, size_t align);
    void *ctx;
} ww_allocator;
typedef struct ww_workspace_config { size_t size; size_t memory_max, held_max; ww_allocator allocator; uint8_t seed[32]; uint32_t seeded; uint32_t reserved; } ww_workspace_config;
ww_status ww_workspace_new(const ww_workspace_config *config, ww_workspace **out);
void ww_workspace_free(ww_workspace *ws);
ww_status ww_workspace_set_time(ww_workspace *ws, uint64_t unix_seconds); /* the Date of responses; never set: none */

/* ---------------------------------------------------------------- door 2: connection */
typedef struct ww_conn ww_conn;
typedef struct ww_tls_config ww_tls_config;
typedef struct ww_conn_config {
    size_t size; uint32_t role, flags;
    uint32_t method_max, target_max, line_max, section_max, fields_max, trailers_max, trailer_fields_max;
    uint32_t chunk_line_max, chunk_extensions_max, interim_max, drain_max, lend_max, high_water, low_water;
    uint64_t body_max;
    uint32_t head_ms, idle_ms, body_ms, body_rate_min, write_ms, linger_ms, continue_ms, lenient;
    uint64_t message_max, frame_max; uint32_t fragments_max, ping_ms, close_ms, deflate;
    const ww_tls_config *tls; ww_span server_name;
} ww_conn_config;
#define WW_ROLE_SERVER 0u
#define WW_ROLE_CLIENT 1u
ww_status ww_conn_new(const ww_conn_config *config, ww_workspace *ws, uint64_t now_ms, ww_conn **out);
void ww_conn_free(ww_conn *c);
ww_status ww_conn_reset(ww_conn *c, uint64_t now_ms);
ww_status ww_conn_receive(ww_conn *c, uint8_t *buf, size_t n, uint64_t now_ms);
ww_status ww_conn_receive_eof(ww_conn *c, int clean, uint64_t now_ms);
ww_status ww_conn_next(ww_conn *c, ww_event *ev);
size_t ww_conn_output(ww_conn *c, ww_iovec *iov, size_t cap);
typedef struct ww_file { size_t size; intptr_t fd; uint64_t offset, len; } ww_file;
ww_status ww_conn_output_file(ww_conn *c, ww_file *out); /* WW_OK: output stops here until the file was sent */
ww_status ww_conn_sent(ww_conn *c, size_t n, uint64_t now_ms);
ww_status ww_conn_abort(ww_conn *c, uint64_t now_ms);
#define WW_STATE_WANT_READ 1u
#define WW_STATE_WANT_WRITE 2u
#define WW_STATE_EVENTS 4u
#define WW_STATE_SHUTDOWN_WRITE 8u
#define WW_STATE_CLOSE 16u
#define WW_STATE_IDLE 32u                        /* between messages: reusable, or free to close */
#define WW_STATE_CAN_RESPOND 64u
uint32_t ww_conn_state(ww_conn *c);
uint64_t ww_conn_deadline(ww_conn *c, uint64_t now_ms); /* UINT64_MAX: none */
ww_status ww_conn_tick(ww_conn *c, uint64_t now_ms);
ww_status ww_conn_error(const ww_conn *c, ww_error_info *out);
ww_status ww_conn_pause(ww_conn *c);
ww_status ww_conn_resume(ww_conn *c);
ww_status ww_conn_shutdown(ww_conn *c);          /* finish the exchange in progress, then close */

ww_status ww_conn_request(ww_conn *c, const ww_request *r);
ww_status ww_conn_respond(ww_conn *c, const ww_response *r);
ww_status ww_conn_inform(ww_conn *c, uint16_t status, const ww_field *fields, size_t n);
ww_status ww_conn_send(ww_conn *c, const void *data, size_t len);
ww_status ww_conn_send_lent(ww_conn *c, const void *data, size_t len, uint64_t token);
ww_status ww_conn_send_file(ww_conn *c, const ww_file *file, uint64_t token);
ww_status ww_conn_finish(ww_conn *c, const ww_field *trailers, size_t n);
ww_status ww_conn_switch(ww_conn *c, const ww_response *r); /* 101, or 2xx to CONNECT: RAW follows */

typedef struct ww_ws_accept { size_t size; ww_span subprotocol; const ww_field *fields; size_t field_count; uint32_t deflate, flags; } ww_ws_accept;
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
typedef struct ww_tls ww_tls;
typedef struct ww_tls_certificate { ww_span chain_pem, key_pem, ocsp; const ww_span *names; size_t name_count; } ww_tls_certificate;
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

/* ---------------------------------------------------------------- door 1: service */
typedef struct ww_server ww_server;
typedef struct ww_mailbox ww_mailbox;
typedef struct ww_server_config {
    size_t size; ww_conn_config conn; uint32_t connections_max, backlog, receive_size, flags; uint32_t driver, reserved;
    size_t memory_max, held_max;
} ww_server_config;
typedef struct ww_server_stats {
    size_t size; uint64_t accepted, refused, open, requests, responses, bytes_in, bytes_out, errors, timeouts;
} ww_server_stats;
ww_status ww_server_new(const ww_server_config *config, ww_server **out);
void ww_server_free(ww_server *s);
ww_status ww_server_listen(ww_server *s, const char *address); /* "127.0.0.1:0", "[::1]:80", "unix:/path" */
ww_status ww_server_address(const ww_server *s, size_t listener, char *out, size_t cap, size_t *needed);
ww_status ww_server_next(ww_server *s, ww_event *ev, int64_t timeout_ms);
ww_status ww_server_flush(ww_server *s);
intptr_t ww_server_handle(const ww_server *s);
uint64_t ww_server_deadline(ww_server *s);
ww_status ww_server_drain(ww_server *s, uint64_t within_ms);
ww_status ww_server_stats_get(const ww_server *s, ww_server_stats *out);
ww_status ww_server_respond(ww_server *s, ww_id conn, const ww_response *r);
ww_status ww_server_inform(ww_server *s, ww_id conn, uint16_t status, const ww_field *fields, size_t n);
ww_status ww_server_send(ww_server *s, ww_id conn, const void *data, size_t len);
ww_status ww_server_send_lent(ww_server *s, ww_id conn, const void *data, size_t len, uint64_t token);
ww_status ww_server_send_file(ww_server *s, ww_id conn, const ww_file *file, uint64_t token);
ww_status ww_server_finish(ww_server *s, ww_id conn, const ww_field *trailers, size_t n);
ww_status ww_server_switch(ww_server *s, ww_id conn, const ww_response *r);
ww_status ww_server_pause(ww_server *s, ww_id conn);
ww_status ww_server_resume(ww_server *s, ww_id conn);
ww_status ww_server_close(ww_server *s, ww_id conn);
ww_status ww_server_set_user(ww_server *s, ww_id conn, void *user);
ww_status ww_server_peer(ww_server *s, ww_id conn, char *out, size_t cap, size_t *needed);
ww_status ww_server_error(ww_server *s, ww_id conn, ww_error_info *out);
ww_status ww_server_accept_websocket(ww_server *s, ww_id conn, const ww_ws_accept *accept);
ww_status ww_server_send_message(ww_server *s, ww_id conn, uint32_t flags, const void *data, size_t len);
ww_status ww_server_close_websocket(ww_server *s, ww_id conn, uint16_t code, ww_span reason);
ww_status ww_server_subscribe(ww_server *s, ww_id conn, ww_span topic);
ww_status ww_server_unsubscribe(ww_server *s, ww_id conn, ww_span topic);
ww_status ww_server_publish(ww_server *s, ww_span topic, const ww_ws_prepared *m); /* here and on the siblings */

ww_status ww_server_mailbox(ww_server *s, ww_mailbox **out); /* counted; outlives the server */
ww_mailbox *ww_mailbox_ref(ww_mailbox *m);
void ww_mailbox_free(ww_mailbox *m);
#define WW_POST_REPORT 1u                        /* a post to a dead connection comes back as UNDELIVERED */
ww_status ww_mailbox_post(ww_mailbox *m, ww_id conn, const void *data, size_t len, uint64_t token, uint32_t flags);
ww_status ww_mailbox_respond(ww_mailbox *m, ww_id conn, const ww_response *r, uint64_t token, uint32_t flags);
ww_status ww_mailbox_send_message(ww_mailbox *m, ww_id conn, uint32_t ws_flags, const void *data, size_t len, uint64_t token, uint32_t flags);
ww_status ww_mailbox_drain(ww_mailbox *m, uint64_t within_ms); /* async-signal-safe */

#ifdef __cplusplus
}
#endif
#endif
