/*
 * wireway: HTTP/1.1, WebSocket and TLS as sans-I/O state machines.
 *
 * Generated from ffi/ by `./dev header`; do not edit. SPDX-License-Identifier: MIT OR Apache-2.0
 */
#ifndef WIREWAY_H
#define WIREWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if !defined(_WIN32)
#include <sys/uio.h>
#endif

/** The version of this header; see ww_version() for that of the loaded library. */
#define WW_VERSION_MAJOR 0
#define WW_VERSION_MINOR 1
#define WW_VERSION_PATCH 0
#define WW_VERSION_NUMBER \
    (WW_VERSION_MAJOR * 0x1000000u + WW_VERSION_MINOR * 0x10000u + WW_VERSION_PATCH * 0x100u)

/* Define WW_STATIC to link the static library; the CMake target and the pkg-config file do. */
#if defined(WW_STATIC)
#define WW_API
#elif defined(_WIN32)
#define WW_API __declspec(dllimport)
#else
#define WW_API __attribute__((visibility("default")))
#endif

/*
 * In C++ the structs that a caller fills have their defaults by themselves: `ww_response response;`, and in C++20
 * `ww_response response{.status = 404};`. In C they start from their WW_*_INIT.
 */
#if defined(__cplusplus)
#define WW_SIZE_OF(type) = sizeof(type)
#define WW_ZERO = {}
#else
#define WW_SIZE_OF(type)
#define WW_ZERO
#endif

/** `content_length` of a head that declares none. */
#define WW_LENGTH_NONE UINT64_MAX

/** A piece of output, in the form the system's own gather-write takes: writev() or WSASend(). */
#if defined(_WIN32)
typedef struct ww_iovec {
    unsigned long iov_len;
    char *iov_base;
} ww_iovec;
#else
typedef struct iovec ww_iovec;
#endif

/** Octets that the line before a chunk has at most: room for `out` of ww_chunk_head(). */
#define WW_CHUNK_HEAD_MAX 18

/** A time of `ww_conn_config` that never runs out. */
#define WW_NEVER_MS UINT32_MAX

/**
 * Config flag: admit requests with Content-Length and Transfer-Encoding. The latter frames them and the connection
 * closes after the response. Reopens request smuggling behind a proxy that believes Content-Length (RFC 9112 §6.3).
 */
#define WW_CONN_LENIENT_LENGTH_AND_CHUNKED 1

/** Config flag: refuse an absolute-form target whose authority differs from Host (RFC 9112 §3.2.2). */
#define WW_CONN_STRICT_HOST 256

/** Config flag: accept an empty Host; the application has a default authority. */
#define WW_CONN_DEFAULT_AUTHORITY 512

/** Config flag: refuse trailers whose names must not be trailers, instead of dropping those fields (RFC 9110 §6.5.1). */
#define WW_CONN_STRICT_TRAILERS 1024

/** Config flag: the transport is secured by the caller, `https` targets are served here (RFC 9110 §7.4). */
#define WW_CONN_SECURE 2048

/**
 * Config flag, both roles: targets are of RFC 3986 octets with whole escapes, see WW_TARGET_STRICT. Without this flag and the next one they are
 * what browsers send, see WW_TARGET_BROWSER.
 */
#define WW_CONN_STRICT_TARGET 4096

/** Config flag, both roles: targets may have every octet above 0x20 but `#` and DEL, see WW_TARGET_LENIENT. Not with WW_CONN_STRICT_TARGET. */
#define WW_CONN_LENIENT_TARGET 8192

/**
 * Config flag: agree to permessage-deflate (RFC 7692) where the peer does. It costs memory and time for each connection that uses
 * it, and a message that mixes a secret with an attacker's text gives the secret away by its length: see WW_SEND_UNCOMPRESSED.
 */
#define WW_CONN_DEFLATE 65536

/** Config flag: the server forgets its compression window after each message, so that an idle connection keeps no compressor. */
#define WW_CONN_DEFLATE_SERVER_FORGETS 131072

/** Config flag: the client forgets its compression window after each message, so that an idle connection keeps no inflater. */
#define WW_CONN_DEFLATE_CLIENT_FORGETS 262144

/** Config flag: WebSocket messages come whole, each as one event. Parts are held until the last has come, up to message_max. */
#define WW_CONN_WHOLE_MESSAGES 524288

/** State: read from the transport and lend what comes. */
#define WW_STATE_WANT_READ 1

/** State: there is output to write. */
#define WW_STATE_WANT_WRITE 2

/** State: ww_conn_next() has something without more input. Run the turn again. */
#define WW_STATE_EVENTS 4

/** State: close the write side of the transport; doing it again is harmless. */
#define WW_STATE_SHUTDOWN_WRITE 8

/** State: close the transport. */
#define WW_STATE_CLOSE 16

/** State: between messages. A client may send a request, a pool may reuse the connection. */
#define WW_STATE_IDLE 32

/** State: a request waits for its final response. */
#define WW_STATE_CAN_RESPOND 64

/**
 * State, with WW_STATE_CLOSE: close the transport by a reset (SO_LINGER on, of 0 seconds, before close()). Content that only the end of the
 * connection delimits was cut off, or the peer does not read: a FIN would make what it has look whole (RFC 9112 section 8).
 */
#define WW_STATE_RESET 512

/** What an event is. `switch ((ww_event_kind)event.kind)` lets -Wswitch name the kinds that it forgets. */
typedef enum ww_event_kind {
    /** A request head, in `head`. WW_EVENT_FLAG_LAST: it has no content. */
    WW_EVENT_REQUEST = 1,
    /** Client: a final response head, in `head`. */
    WW_EVENT_RESPONSE = 2,
    /** Client: an interim (1xx) response head, in `head`. */
    WW_EVENT_INTERIM = 3,
    /** Content, in `data`. WW_EVENT_FLAG_LAST: it completes its message. */
    WW_EVENT_DATA = 4,
    /** The end of a message that no other event marked as the last; trailers in `head`, or NULL. */
    WW_EVENT_END = 5,
    /** Octets after a switch of protocols, in `data`. */
    WW_EVENT_RAW = 6,
    /**
     * The peer sends no more after a switch of protocols. `code` is WW_OK, or WW_E_TRUNCATED where its transport did not end cleanly, as by a
     * FIN without the close_notify of TLS: what came may have been cut short.
     */
    WW_EVENT_RAW_END = 7,
    /** Queued output fell below the low-water mark after a write answered WW_PAUSED. */
    WW_EVENT_WRITABLE = 8,
    /** The octets, or the file, lent with `token` are no longer needed. */
    WW_EVENT_RELEASED = 9,
    /** The peer broke the protocol, a clock ran out or memory did: `code`. A reply is queued where one is due. */
    WW_EVENT_ERROR = 10,
    /** Server: a connection was accepted. */
    WW_EVENT_OPENED = 11,
    /** Server: the connection has ended and its id is dead; `code` is 0 or why. */
    WW_EVENT_CLOSED = 12,
    /** Server: a mailbox post, in `data` and `token`. */
    WW_EVENT_POST = 13,
    /** Server: a post, response or message did not reach its connection, with `token` and the reason in `code` (WW_POST_REPORT). */
    WW_EVENT_UNDELIVERED = 14,
    /** Client: send the content now; the server asked for it, or the wait is over. */
    WW_EVENT_CONTINUE = 15,
    /**
     * In the server role, of ww_conn and ww_server: the peer sends no more, while a response to a whole request is due. It has closed its
     * connection, or only its own side of it. Comes once for each request that is due then. It ends nothing: a response is still sent to whoever
     * reads. To give up on a peer that waits for nothing, as behind a long poll: ww_server_abort(), or close the transport and free the
     * connection.
     */
    WW_EVENT_PEER_ENDED = 16,
    /**
     * WebSocket: octets of a message, in `data`; the WW_EVENT_FLAG_* say which, and are flags to send the same with. A message that is one frame and came
     * whole is one event, and so is every message with WW_CONN_WHOLE_MESSAGES. Text is UTF-8 over all parts of a message.
     */
    WW_EVENT_MESSAGE = 20,
    /** WebSocket: a Ping, with its payload in `data`; the Pong is queued already. */
    WW_EVENT_PING = 21,
    /** WebSocket: a Pong, with its payload in `data`. */
    WW_EVENT_PONG = 22,
    /** WebSocket: the peer's Close, with its code in `code` (1005: none) and its reason in `data`; ours is queued. Nothing follows. */
    WW_EVENT_CLOSE_FRAME = 23,
} ww_event_kind;

/**
 * Flag: the event completes its message. Exactly one event of a message has it, unless the message was answered before it was complete:
 * what is left of it is then dropped, and no event shows it.
 */
#define WW_EVENT_FLAG_LAST 1

/** Flag of MESSAGE: the message begins with these octets. */
#define WW_EVENT_FLAG_FIRST 2

/** Flag of MESSAGE: the message is text. Each of its parts says so, and without it WW_EVENT_FLAG_BINARY is set. */
#define WW_EVENT_FLAG_TEXT 16

/** Flag of MESSAGE: the message is not text. */
#define WW_EVENT_FLAG_BINARY 32

/** Flag of MESSAGE: these octets are not all of the message; WW_EVENT_FLAG_FIRST and WW_EVENT_FLAG_LAST are not both set. */
#define WW_EVENT_FLAG_PART 128

/** Head of a connection: the connection ends after this message. */
#define WW_HEAD_CLOSE (1 << 20)

/** Head of a connection: the content is chunked. */
#define WW_HEAD_CHUNKED (1 << 21)

/** Head of a connection: the client waits for 100 Continue. */
#define WW_HEAD_EXPECT (1 << 22)

/** Head of a connection: a switch of protocols is offered (request) or made (response). */
#define WW_HEAD_UPGRADE (1 << 23)

/** Head of a connection: the target's authority differs from Host. */
#define WW_HEAD_HOST_MISMATCH (1 << 24)

/** Head of a connection: a leniency was used. */
#define WW_HEAD_LENIENT (1 << 25)

/** Host was present. */
#define WW_HEAD_HOST (1 << 0)

/** More than one Host line (H1-TGT-11). */
#define WW_HEAD_HOST_REPEATED (1 << 1)

/** Content-Length was present. */
#define WW_HEAD_LENGTH (1 << 2)

/** The same length again, in a list or another line (H1-CL-05). */
#define WW_HEAD_LENGTH_REPEATED (1 << 3)

/** Two lengths that differ (H1-CL-04). */
#define WW_HEAD_LENGTH_DIFFERS (1 << 4)

/** Not 1*DIGIT, above 2^63-1 or folded (H1-CL-01, -03). */
#define WW_HEAD_LENGTH_INVALID (1 << 5)

/** Transfer-Encoding was present. */
#define WW_HEAD_TE (1 << 6)

/** The final coding over all lines is exactly `chunked` (any case). */
#define WW_HEAD_TE_CHUNKED (1 << 7)

/** A coding other than `chunked` is named (H1-TE-05, -06). */
#define WW_HEAD_TE_OTHER (1 << 8)

/** `chunked` is named twice, or a coding follows it (H1-TE-05, -07). */
#define WW_HEAD_TE_CHUNKED_AGAIN (1 << 9)

/** Not a list of transfer codings, parameters on `chunked`, empty or folded (H1-TE-09, -10). */
#define WW_HEAD_TE_INVALID (1 << 10)

/** Connection names `close`. */
#define WW_HEAD_CONNECTION_CLOSE (1 << 11)

/** Connection names `keep-alive`. */
#define WW_HEAD_CONNECTION_KEEP_ALIVE (1 << 12)

/** Connection names `upgrade`. */
#define WW_HEAD_CONNECTION_UPGRADE (1 << 13)

/** Upgrade was present. */
#define WW_HEAD_UPGRADE_FIELD (1 << 14)

/** Expect names `100-continue`. */
#define WW_HEAD_EXPECT_CONTINUE (1 << 15)

/** Expect names anything else (H1-EXP-04). */
#define WW_HEAD_EXPECT_OTHER (1 << 16)

/** Any other method. */
#define WW_METHOD_OTHER 0

/** GET */
#define WW_METHOD_GET 1

/** HEAD */
#define WW_METHOD_HEAD 2

/** POST */
#define WW_METHOD_POST 3

/** PUT */
#define WW_METHOD_PUT 4

/** DELETE */
#define WW_METHOD_DELETE 5

/** CONNECT */
#define WW_METHOD_CONNECT 6

/** OPTIONS */
#define WW_METHOD_OPTIONS 7

/** TRACE */
#define WW_METHOD_TRACE 8

/** PATCH */
#define WW_METHOD_PATCH 9

/** `flags` of a `ww_field`: the value holds an obs-fold, CRLF and whitespace as they were received (responses only). */
#define WW_FIELD_FOLDED 1

/** Host */
#define WW_FIELD_HOST 1

/** Content-Length */
#define WW_FIELD_CONTENT_LENGTH 2

/** Transfer-Encoding */
#define WW_FIELD_TRANSFER_ENCODING 3

/** Connection */
#define WW_FIELD_CONNECTION 4

/** Expect */
#define WW_FIELD_EXPECT 5

/** Upgrade */
#define WW_FIELD_UPGRADE 6

/** TE */
#define WW_FIELD_TE 7

/** Trailer */
#define WW_FIELD_TRAILER 8

/** Date */
#define WW_FIELD_DATE 9

/** Server */
#define WW_FIELD_SERVER 10

/** Accept */
#define WW_FIELD_ACCEPT 11

/** Accept-Encoding */
#define WW_FIELD_ACCEPT_ENCODING 12

/** Accept-Language */
#define WW_FIELD_ACCEPT_LANGUAGE 13

/** Authorization */
#define WW_FIELD_AUTHORIZATION 14

/** Cache-Control */
#define WW_FIELD_CACHE_CONTROL 15

/** Content-Type */
#define WW_FIELD_CONTENT_TYPE 16

/** Content-Encoding */
#define WW_FIELD_CONTENT_ENCODING 17

/** Content-Range */
#define WW_FIELD_CONTENT_RANGE 18

/** Content-Disposition */
#define WW_FIELD_CONTENT_DISPOSITION 19

/** Cookie */
#define WW_FIELD_COOKIE 20

/** Set-Cookie */
#define WW_FIELD_SET_COOKIE 21

/** ETag */
#define WW_FIELD_ETAG 22

/** If-Match */
#define WW_FIELD_IF_MATCH 23

/** If-None-Match */
#define WW_FIELD_IF_NONE_MATCH 24

/** If-Modified-Since */
#define WW_FIELD_IF_MODIFIED_SINCE 25

/** If-Unmodified-Since */
#define WW_FIELD_IF_UNMODIFIED_SINCE 26

/** If-Range */
#define WW_FIELD_IF_RANGE 27

/** Range */
#define WW_FIELD_RANGE 28

/** Accept-Ranges */
#define WW_FIELD_ACCEPT_RANGES 29

/** Last-Modified */
#define WW_FIELD_LAST_MODIFIED 30

/** Location */
#define WW_FIELD_LOCATION 31

/** Origin */
#define WW_FIELD_ORIGIN 32

/** Referer */
#define WW_FIELD_REFERER 33

/** User-Agent */
#define WW_FIELD_USER_AGENT 34

/** Vary */
#define WW_FIELD_VARY 35

/** WWW-Authenticate */
#define WW_FIELD_WWW_AUTHENTICATE 36

/** Proxy-Authenticate */
#define WW_FIELD_PROXY_AUTHENTICATE 37

/** Proxy-Authorization */
#define WW_FIELD_PROXY_AUTHORIZATION 38

/** Proxy-Connection */
#define WW_FIELD_PROXY_CONNECTION 39

/** Keep-Alive */
#define WW_FIELD_KEEP_ALIVE 40

/** Allow */
#define WW_FIELD_ALLOW 41

/** Age */
#define WW_FIELD_AGE 42

/** Via */
#define WW_FIELD_VIA 43

/** Forwarded */
#define WW_FIELD_FORWARDED 44

/** X-Forwarded-For */
#define WW_FIELD_X_FORWARDED_FOR 45

/** X-Forwarded-Proto */
#define WW_FIELD_X_FORWARDED_PROTO 46

/** X-Forwarded-Host */
#define WW_FIELD_X_FORWARDED_HOST 47

/** X-Request-Id */
#define WW_FIELD_X_REQUEST_ID 48

/** Sec-WebSocket-Key */
#define WW_FIELD_SEC_WEBSOCKET_KEY 49

/** Sec-WebSocket-Version */
#define WW_FIELD_SEC_WEBSOCKET_VERSION 50

/** Sec-WebSocket-Protocol */
#define WW_FIELD_SEC_WEBSOCKET_PROTOCOL 51

/** Sec-WebSocket-Extensions */
#define WW_FIELD_SEC_WEBSOCKET_EXTENSIONS 52

/** Sec-WebSocket-Accept */
#define WW_FIELD_SEC_WEBSOCKET_ACCEPT 53

/** Sec-Fetch-Site */
#define WW_FIELD_SEC_FETCH_SITE 54

/** Sec-Fetch-Mode */
#define WW_FIELD_SEC_FETCH_MODE 55

/** Sec-Fetch-Dest */
#define WW_FIELD_SEC_FETCH_DEST 56

/** Content-Language */
#define WW_FIELD_CONTENT_LANGUAGE 57

/** Content-Location */
#define WW_FIELD_CONTENT_LOCATION 58

/** Retry-After */
#define WW_FIELD_RETRY_AFTER 59

/** Link */
#define WW_FIELD_LINK 60

/** Pragma */
#define WW_FIELD_PRAGMA 61

/** Max-Forwards */
#define WW_FIELD_MAX_FORWARDS 62

/** Traceparent */
#define WW_FIELD_TRACEPARENT 63

/** Tracestate */
#define WW_FIELD_TRACESTATE 64

/** Accept-Charset */
#define WW_FIELD_ACCEPT_CHARSET 65

/** Expires */
#define WW_FIELD_EXPIRES 66

/** Content-Security-Policy */
#define WW_FIELD_CONTENT_SECURITY_POLICY 67

/** Strict-Transport-Security */
#define WW_FIELD_STRICT_TRANSPORT_SECURITY 68

/** Alt-Svc */
#define WW_FIELD_ALT_SVC 69

/** Priority */
#define WW_FIELD_PRIORITY 70

/** X-Real-IP */
#define WW_FIELD_X_REAL_IP 71

/** Sec-Fetch-User */
#define WW_FIELD_SEC_FETCH_USER 72

/** Upgrade-Insecure-Requests */
#define WW_FIELD_UPGRADE_INSECURE_REQUESTS 73

/** DNT */
#define WW_FIELD_DNT 74

/** Access-Control-Request-Method */
#define WW_FIELD_ACCESS_CONTROL_REQUEST_METHOD 75

/** Access-Control-Request-Headers */
#define WW_FIELD_ACCESS_CONTROL_REQUEST_HEADERS 76

/** Access-Control-Allow-Origin */
#define WW_FIELD_ACCESS_CONTROL_ALLOW_ORIGIN 77

/**
 * The octets of a request target that a browser sends (URL Standard, path and query percent-encode sets): in the path every graphic
 * ASCII octet but `"` `#` `<` `>` `?` `` ` `` `{` `}` `\`, in the query every one but `"` `#` `<` `>`. `%` needs no digits. The default.
 */
#define WW_TARGET_BROWSER 0

/** Those of RFC 3986, with whole escapes: refuses `/?a[]=1` and `/100%`, which browsers and common client libraries send. */
#define WW_TARGET_STRICT 1

/** Every octet above 0x20 but `#` and DEL, those from 0x80 included: for clients that do not encode what they send. */
#define WW_TARGET_LENIENT 2

/**
 * Post flag: a post, response or message that does not reach its connection comes back as WW_EVENT_UNDELIVERED, with `token` and the
 * reason in `code`.
 */
#define WW_POST_REPORT 1

/** Message flag: content follows by ww_conn_send() and ends with ww_conn_finish(). */
#define WW_MESSAGE_STREAM 1

/** Message flag: `content_length` says how long the content that follows will be. */
#define WW_MESSAGE_LENGTH 2

/** Message flag: `content` stays the caller's until WW_EVENT_RELEASED with `token`; it is not copied. */
#define WW_MESSAGE_LENT 4

/** Message flag: the connection ends after this message. */
#define WW_MESSAGE_CLOSE 8

/** Request flag: wait for 100 Continue before the content (RFC 9110 §10.1.1). */
#define WW_MESSAGE_EXPECT 16

/** Which side of a connection a config is for. */
typedef enum ww_role {
    /** The connection answers requests. */
    WW_ROLE_SERVER = 0,
    /** The connection sends requests. */
    WW_ROLE_CLIENT = 1,
} ww_role;

/** Flag of the base64 calls: base64url, with `-` and `_` in place of `+` and `/` (RFC 4648 §5). */
#define WW_BASE64_URL 1

/** Flag of the base64 calls: the text ends without `=`, as in JSON Web Tokens. Text with `=` is refused then. */
#define WW_BASE64_UNPADDED 2

/** Flag of ww_multipart_start(): any multipart type is taken. The parts have no `name` and no `filename` then. */
#define WW_MULTIPART_ANY 1

/** `kind` of a ww_part: a part begins. `name`, `filename`, `content_type` and `head` say what it is. */
#define WW_PART_BEGIN 1

/** `kind` of a ww_part: content of the part, in `data`. */
#define WW_PART_DATA 2

/** `kind` of a ww_part: the part is whole. */
#define WW_PART_END 3

/** For ww_percent_decode(): `+` is a space, as in the names and values of a form or a query. In a path `+` is a plus sign. */
#define WW_DECODE_FORM 1

/** For ww_percent_decode(): a `%` without two hexadecimal digits stands for itself, as browsers have it, which send such targets too (`/100%`). */
#define WW_DECODE_LENIENT 2

/** Verdict on preconditions: perform the method. */
#define WW_VERDICT_PROCEED 0

/** Verdict on preconditions: perform GET and ignore Range, since If-Range is about another state of the content. */
#define WW_VERDICT_PROCEED_WHOLE 200

/** Verdict on preconditions: answer GET or HEAD with 304. */
#define WW_VERDICT_NOT_MODIFIED 304

/** Verdict on preconditions: do nothing, and answer with 412. */
#define WW_VERDICT_FAILED 412

/** Flag of ww_representation: nothing is there; a PUT would create it. `etag` and `last_modified` are not looked at. */
#define WW_REPRESENTATION_ABSENT 1

/**
 * Flag of ww_representation: the content did not change twice within the second of `last_modified` (RFC 9110 §8.8.2.2), so that a
 * date in If-Range tells that it is the same. Without this flag it never does, and the whole content is sent.
 */
#define WW_REPRESENTATION_STRONG_DATE 2

/** Verdict on a Range: answer as without the field. It is malformed, of another unit than bytes, or asks for too much. */
#define WW_RANGE_IGNORE 0

/** Verdict on a Range: it is one range, in the table, that is the whole content. Answer with 206, or as without the field. */
#define WW_RANGE_WHOLE 200

/** Verdict on a Range: answer with 206 and the ranges in the table. */
#define WW_RANGE_PARTIAL 206

/** Verdict on a Range: there is no octet of what it asks for. Answer with 416, and with the length in Content-Range (RFC 9110 §15.5.17). */
#define WW_RANGE_UNSATISFIABLE 416

/** `form` of a ww_target: a path and perhaps a query, `/a?b`. */
#define WW_TARGET_FORM_ORIGIN 1

/** `form` of a ww_target: a URL, `http://host/a?b`, as a proxy is sent; servers have to take it too. */
#define WW_TARGET_FORM_ABSOLUTE 2

/** `form` of a ww_target: `host:port`, of CONNECT. */
#define WW_TARGET_FORM_AUTHORITY 3

/** `form` of a ww_target: `*`, of OPTIONS for the server as a whole. */
#define WW_TARGET_FORM_ASTERISK 4

/**
 * Server flag: share TCP ports with other servers that ask the same, each on a thread or process of its own; the system
 * spreads connections over them.
 */
#define WW_SERVER_REUSE_PORT 1

/** Listen flag: as WW_SERVER_REUSE_PORT, for this listener. */
#define WW_LISTEN_REUSE_PORT 1

/** Listen flag: `"*:8080"` takes IPv6 only. Without it it takes IPv4 as well. An IPv6 address takes IPv6 only in any case. */
#define WW_LISTEN_IPV6_ONLY 2

/**
 * Message flag: a connection that is too slow for the message is closed (close code 1008).
 *
 * A connection is slow from the time that its queue is above `high_water` until it is below `low_water` and everything before has gone
 * out. Without any of these three flags the message waits for its turn, and nothing overtakes it; where it would wait beyond
 * `waiting_conn_max` or `waiting_max`, or there is no memory, the connection is closed as well. So without WW_SLOW_DROP and WW_SLOW_NEWEST a
 * connection has every message in order, or is closed. What waits for a connection that ends, or that a Close was sent on, is lost.
 */
#define WW_SLOW_CLOSE 256

/** Message flag: a connection that is too slow for the message misses it. */
#define WW_SLOW_DROP 512

/**
 * Message flag: the message waits, in the place of the one with the same `key` that waits for that connection, which is dropped. For what is of
 * interest in its latest state only, as a price or a position. Keys are the caller's, any 64 bits, and of each connection: one
 * that is used on two topics is one.
 */
#define WW_SLOW_NEWEST 1024

/** The most parts of one ww_tls_send(). */
#define WW_TLS_PARTS_MAX 64

/** State: the TLS handshake is not done. The caller bounds how long. */
#define WW_STATE_TLS_HANDSHAKE 128

/** State: the peer's close_notify came; the end of the transport is a clean one. */
#define WW_STATE_TLS_PEER_CLOSED 256

/** Info flag: the handshake went on from an earlier session. */
#define WW_TLS_INFO_RESUMED 1

/** Info flag: the system encrypts and decrypts (WW_TLS_KERNEL). */
#define WW_TLS_INFO_KERNEL 2

/** TLS 1.2 (RFC 5246), for `version_min` and `version_max`. */
#define WW_TLS_1_2 771

/** TLS 1.3 (RFC 8446), for `version_min` and `version_max`. */
#define WW_TLS_1_3 772

/**
 * TLS flag, server: a client that names a host none of the certificates serves is refused, with alert 49. One that names none gets
 * the first certificate all the same.
 */
#define WW_TLS_REFUSE_UNKNOWN_NAMES 1

/** TLS flag, server: with `client_ca`, a client may have no certificate. One that it has must be good. */
#define WW_TLS_CLIENT_CERT_OPTIONAL 2

/** TLS flag: every handshake is a full one. A server gives no tickets, a client keeps no sessions. */
#define WW_TLS_NO_RESUMPTION 4

/** TLS flag: no application protocol is offered or chosen (RFC 7301). */
#define WW_TLS_NO_ALPN 8

/**
 * TLS flag: no post-quantum key exchange. It is X25519MLKEM768 otherwise, if the peer can; X25519 alone saves CPU time and 1.2 KiB
 * in each direction of a handshake, and what is recorded today may be read when there are quantum computers for it.
 */
#define WW_TLS_NO_POST_QUANTUM 16

/** TLS flag: the secrets of all sessions are appended to the file that the environment variable SSLKEYLOGFILE names, if it does. */
#define WW_TLS_KEY_LOG_ENV 32

/**
 * TLS flag, server: ww_server gives the keys of its connections to the system when their handshakes are done, where the system does TLS
 * (Linux, module `tls`; docs/platforms.md), and nothing is encrypted or decrypted in the program from then on. Elsewhere, and where the
 * system does not take them, nothing changes. WW_TLS_INFO_KERNEL tells. Without this flag keys never leave the cryptography they were made
 * by; with it this library can take them out. A peer that changes keys (KeyUpdate) needs Linux 6.14; before it the connection ends.
 */
#define WW_TLS_KERNEL 64

/** Of `flags` in ww_url: https or wss, spoken over TLS. */
#define WW_URL_SECURE 1

/** Of `flags` in ww_url: ws or wss, to be asked for by ww_conn_request_websocket(). */
#define WW_URL_WEBSOCKET 2

/**
 * For ww_parse_url(): http and https URLs may have userinfo. It is for URLs whose author is trusted: in
 * `http://trusted.example@evil.example/` the userinfo passes for the host (RFC 9110 §4.2.4).
 */
#define WW_URL_ALLOW_USERINFO 1

/** For ww_parse_url(): path and query are of RFC 3986 octets with whole escapes, see WW_TARGET_STRICT. */
#define WW_URL_STRICT_TARGET 2

/** For ww_parse_url(): path and query may have every octet above 0x20 but `#` and DEL, see WW_TARGET_LENIENT. Not with WW_URL_STRICT_TARGET. */
#define WW_URL_LENIENT_TARGET 4

/** Octets that a frame header has at most: room for `out` of ww_ws_encode_header(). */
#define WW_WS_HEADER_MAX 14

/** The opcodes of frames (RFC 6455 §5.2). */
typedef enum ww_ws_opcode {
    /** The next part of a message. */
    WW_WS_OP_CONTINUATION = 0,
    /** The first part of a message of UTF-8, or all of it. */
    WW_WS_OP_TEXT = 1,
    /** The first part of a message of any octets, or all of it. */
    WW_WS_OP_BINARY = 2,
    /** No more frames will come from this side. */
    WW_WS_OP_CLOSE = 8,
    /** To be answered with a Pong of the same payload. */
    WW_WS_OP_PING = 9,
    /** The answer to a Ping, or a sign of life. */
    WW_WS_OP_PONG = 10,
} ww_ws_opcode;

/** The frame is the last of its message. */
#define WW_WS_FRAME_FIN 128

/** The first reserved bit: the message is compressed, where that was agreed on. */
#define WW_WS_FRAME_RSV1 64

/** The payload is masked with `key`. */
#define WW_WS_FRAME_MASKED 1

/** Octets of a `Sec-WebSocket-Accept`. */
#define WW_WS_ACCEPT_LEN 28

/**
 * Message flag of ww_write_request() and ww_write_response(): the library says nothing of where the content ends. For content
 * that lasts until the connection ends, for a 2xx to CONNECT, and where there is none.
 */
#define WW_MESSAGE_UNFRAMED 32

/**
 * Message flag of ww_write_request(): the target is of RFC 3986 octets with whole escapes, see WW_TARGET_STRICT. Without this flag and the next
 * one it may have what browsers send, see WW_TARGET_BROWSER.
 */
#define WW_MESSAGE_STRICT_TARGET 64

/**
 * Message flag of ww_write_request(): the target may have every octet above 0x20 but `#` and DEL, see WW_TARGET_LENIENT. Not with
 * WW_MESSAGE_STRICT_TARGET.
 */
#define WW_MESSAGE_LENIENT_TARGET 128

/** Octets of a date as ww_write_date() writes it. */
#define WW_DATE_LEN 29

/**
 * Send flags: a whole message of UTF-8. Send flags are those of WW_EVENT_MESSAGE, so that an event's can be used again; nothing else is taken
 * for them: an opcode (WW_WS_OP_TEXT), or a message that begins and does not end but is no part, is WW_E_ARGUMENT.
 */
#define WW_SEND_TEXT 19

/** Send flags: a whole message of any octets. */
#define WW_SEND_BINARY 35

/** Send flags: a part of a message of UTF-8, in its middle. The first part has WW_SEND_FIRST too, the last one WW_SEND_LAST. */
#define WW_SEND_TEXT_PART 144

/** Send flags: a part of a message of any octets, as WW_SEND_TEXT_PART. */
#define WW_SEND_BINARY_PART 160

/** Send flag of a part: it begins the message. */
#define WW_SEND_FIRST 2

/** Send flag of a part: it ends the message. */
#define WW_SEND_LAST 1

/** Send flag: not compressed, whatever was agreed on. For messages that mix a secret with text an attacker chose (RFC 7692 §8). */
#define WW_SEND_UNCOMPRESSED 64

/** Handshake flag: no permessage-deflate on this connection, whatever its config says. */
#define WW_WS_HANDSHAKE_UNCOMPRESSED 8

/**
 * One connection's protocol: octets in, events out, octets out, one deadline. It owns no socket.
 *
 * ```c
 * ww_conn_receive(c, buf, n, now_ms);
 * do {
 *     while (ww_conn_next(c, &ev) == WW_OK) handle(&ev);
 *     while ((k = ww_conn_output(c, iov, 16)) > 0) {
 *         ssize_t w = writev(fd, iov, (int)k);
 *         if (w < 0) { if (errno != EAGAIN) ww_conn_abort(c, now_ms); break; }
 *         ww_conn_sent(c, (size_t)w, now_ms);
 *     }
 * } while (ww_conn_state(c) & WW_STATE_EVENTS);
 * ```
 *
 * One thread at a time, together with its workspace.
 */
typedef struct ww_conn ww_conn;

/** Servers that publish together, see ww_server_join(): counted, for any thread. */
typedef struct ww_group ww_group;

/** The mailbox of a server: counted, for any thread, valid after its server was freed. */
typedef struct ww_mailbox ww_mailbox;

/**
 * A server: sockets, an event loop and connections.
 *
 * ```c
 * ww_server_new(NULL, &server, &error);
 * ww_server_listen(server, "127.0.0.1:8080", &error);
 * while (ww_server_next(server, &ev, -1) == WW_OK)
 *     if (ev.kind == WW_EVENT_REQUEST) ww_server_respond(server, ev.conn, &response);
 * ww_server_free(server);
 * ```
 *
 * One thread at a time; other threads use its ww_mailbox. Servers share nothing: run one on each thread, with
 * WW_SERVER_REUSE_PORT.
 */
typedef struct ww_server ww_server;

/**
 * One connection's TLS as a byte pump: records in, plaintext out, and the other way round. It owns no socket and has no clock.
 *
 * ```c
 * ww_tls_receive(t, buf, n);                       // what came
 * while ((status = ww_tls_next(t, &plain)) == WW_OK)
 *     handle(plain);                               // in `buf`, for the most part
 * if (status < 0) note(status);                    // the alert for the peer is in the output
 * ww_tls_send(t, parts, count);                    // WW_PAUSED: later
 * while ((k = ww_tls_output(t, iov, 16)) > 0) {
 *     ssize_t w = writev(fd, iov, (int)k);
 *     if (w < 0) break;
 *     ww_tls_sent(t, (size_t)w);
 * }
 * watch(fd, ww_tls_state(t));                      // WANT_READ | WANT_WRITE | SHUTDOWN_WRITE | CLOSE
 * ```
 *
 * The caller bounds the time: while WW_STATE_TLS_HANDSHAKE is set, 10 s are plenty. What a peer may send in that time is bounded
 * here (128 KiB), and so is what is kept of it: a record that was cut, and nothing between records.
 *
 * One thread at a time, together with its workspace.
 */
typedef struct ww_tls ww_tls;

/**
 * What TLS handshakes are made with: counted, for any thread. Calls on one config may overlap, but for the ww_tls_config_free() of a
 * handle with any other use of that handle.
 */
typedef struct ww_tls_config ww_tls_config;

/**
 * The memory of one loop: field tables, held input and output blocks of all connections made from it. Idle connections
 * own nothing in it but themselves. One thread at a time, together with its connections.
 *
 * It is counted: each `ww_conn` and `ww_tls` made from it is an owner beside the program, and its memory goes with the last of them.
 */
typedef struct ww_workspace ww_workspace;

/**
 * A whole message, validated and framed once, and compressed at most once, for any number of connections. It never changes: any
 * threads may send it at the same time, as long as none frees it meanwhile. What was sent is a copy and outlives it.
 */
typedef struct ww_ws_prepared ww_ws_prepared;

/**
 * What a call returns: `WW_OK`, a positive answer that is no error, or a negative `WW_E_*`.
 *
 * `-1` to `-99` are about the call or this machine; `-100` and below say what the peer did. Values never change, and
 * new ones may come: treat an unknown negative value as an error like the others.
 */
typedef int32_t ww_status;

/**
 * Where a chunked message stands between two calls. Zeroed (WW_CHUNK_DECODER_INIT) is before its first chunk. It holds no
 * pointer, owns nothing, and may be copied: the copy goes on from the same place.
 */
typedef struct ww_chunk_decoder {
    /**
     * Not to be looked at.
     */
    uint64_t opaque[8];
} ww_chunk_decoder;

/** Limits of the framing of one message, in octets. 0 is the default. */
typedef struct ww_chunk_limits {
    /**
     * sizeof(ww_chunk_limits); set by WW_CHUNK_LIMITS_INIT.
     */
    size_t size WW_SIZE_OF(ww_chunk_limits);
    /**
     * The longest chunk line, from its size to before its CRLF. Default: 256.
     */
    uint32_t line_max WW_ZERO;
    /**
     * The most octets of chunk extensions in the whole message. Default: 4096.
     */
    uint32_t extensions_max WW_ZERO;
} ww_chunk_limits;

/** Some octets; not NUL-terminated, and not owned. */
typedef struct ww_span {
    /**
     * The first octet; may be NULL when `len` is 0.
     */
    const uint8_t *data;
    /**
     * How many.
     */
    size_t len;
} ww_span;

/** An error in full. */
typedef struct ww_error_info {
    /**
     * `sizeof(ww_error_info)`
     */
    size_t size WW_SIZE_OF(ww_error_info);
    /**
     * `WW_E_*`, or 0 for none.
     */
    int32_t code WW_ZERO;
    /**
     * The status a server answers with, or the close code of a WebSocket; 0 where no answer is due.
     */
    uint16_t http_status WW_ZERO;
    /**
     * Which certificate of `ww_tls_options` it is about, from 0; else 0.
     */
    uint16_t index WW_ZERO;
    /**
     * The first offending octet, from the start of the input; of WW_E_SYSTEM the system's number for the error (errno), where it has one.
     */
    uint64_t offset WW_ZERO;
    /**
     * The rule it breaks, as `"H1-LINE-07"`: a row of `docs/protocol.md`, or empty. Static, never NULL.
     */
    const char *rule WW_ZERO;
    /**
     * One sentence for a log. Static, never NULL.
     */
    const char *reason WW_ZERO;
} ww_error_info;

/**
 * How a connection behaves. Start from WW_CONN_CONFIG_INIT; every zero is the default given here. Copied by the call.
 * Sizes are octets; times are milliseconds, WW_NEVER_MS switches one off.
 */
typedef struct ww_conn_config {
    /**
     * sizeof(ww_conn_config); set by WW_CONN_CONFIG_INIT.
     */
    size_t size WW_SIZE_OF(ww_conn_config);
    /**
     * WW_ROLE_SERVER or WW_ROLE_CLIENT.
     */
    uint32_t role WW_ZERO;
    /**
     * WW_CONN_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * The longest method, default 64 (over it: 501).
     */
    uint32_t method_max WW_ZERO;
    /**
     * The longest request target, default 8192 (over it: 414).
     */
    uint32_t target_max WW_ZERO;
    /**
     * The longest field line, default 8192, at most 65535 (over it: 431).
     */
    uint32_t line_max WW_ZERO;
    /**
     * The longest field section, default 32768, at most 1 MiB (over it: 431).
     */
    uint32_t section_max WW_ZERO;
    /**
     * The most fields, default 100, at most 4096 (over it: 431).
     */
    uint32_t fields_max WW_ZERO;
    /**
     * The longest trailer section, default 8192, at most 1 MiB.
     */
    uint32_t trailers_max WW_ZERO;
    /**
     * The most trailer fields, default 32, at most 4096.
     */
    uint32_t trailer_fields_max WW_ZERO;
    /**
     * The longest chunk line, default 256.
     */
    uint32_t chunk_line_max WW_ZERO;
    /**
     * The most chunk extension octets of one message, default 4096.
     */
    uint32_t chunk_extensions_max WW_ZERO;
    /**
     * Client: the most interim responses before a final one, default 16.
     */
    uint32_t interim_max WW_ZERO;
    /**
     * Octets read and dropped behind a final response or an error, in whatever phase the connection is; default 16 MiB. While output
     * waits to be sent then, at most `lend_max` of them.
     */
    uint32_t drain_max WW_ZERO;
    /**
     * The most octets one ww_conn_receive() may lend, default 64 KiB, at most 16 MiB.
     */
    uint32_t lend_max WW_ZERO;
    /**
     * Queued output above which writes answer WW_PAUSED, default 256 KiB.
     */
    uint32_t high_water WW_ZERO;
    /**
     * Queued output below which WW_EVENT_WRITABLE comes, default 64 KiB.
     */
    uint32_t low_water WW_ZERO;
    /**
     * The longest content of a message, default 16 MiB (over it: 413).
     */
    uint64_t body_max WW_ZERO;
    /**
     * From the first octet of a head (a server's first: from ww_conn_new(), over TLS from the handshake) to its end, never extended;
     * default 10,000.
     */
    uint32_t head_ms WW_ZERO;
    /**
     * Between messages on a kept-alive connection; default 60,000.
     */
    uint32_t idle_ms WW_ZERO;
    /**
     * Between two octets of content; default 30,000.
     */
    uint32_t body_ms WW_ZERO;
    /**
     * The least octets of content per second after the first body_ms; default 100, WW_NEVER_MS: none.
     */
    uint32_t body_rate_min WW_ZERO;
    /**
     * While the transport takes no octet of the queued output; default 30,000.
     */
    uint32_t write_ms WW_ZERO;
    /**
     * After our half-close, while the peer sends nothing and does not end; default 5,000.
     */
    uint32_t linger_ms WW_ZERO;
    /**
     * Client: the wait for 100 Continue; default 1,000.
     */
    uint32_t continue_ms WW_ZERO;
    /**
     * Client: requests that may wait for their responses, default 1, at most 16.
     */
    uint32_t pipeline_max WW_ZERO;
    /**
     * The most frames of one WebSocket message, default 10,000 (over it: close code 1008).
     */
    uint32_t fragments_max WW_ZERO;
    /**
     * The longest WebSocket message, inflated where it was compressed; default 16 MiB (over it: close code 1009). At most 4 GiB less one
     * octet with WW_CONN_WHOLE_MESSAGES.
     */
    uint64_t message_max WW_ZERO;
    /**
     * The longest WebSocket frame on the wire, default message_max (over it: close code 1009).
     */
    uint64_t frame_max WW_ZERO;
    /**
     * WebSocket: from the peer's last frame to our Ping; default 30,000.
     */
    uint32_t ping_ms WW_ZERO;
    /**
     * WebSocket: from our Ping to the peer's next frame; default 10,000.
     */
    uint32_t pong_ms WW_ZERO;
    /**
     * WebSocket: from our Close to the peer's, and from both to the end of the transport; default 10,000.
     */
    uint32_t close_ms WW_ZERO;
    /**
     * permessage-deflate: how hard the compressor tries, 1 to 9; default 6.
     */
    uint8_t deflate_level WW_ZERO;
    /**
     * permessage-deflate: log2 of the server's largest window, 8 to 15; default 15. With 8 bits this library
     * compresses little: runs of an octet, and symbols by their frequency.
     */
    uint8_t server_window_bits WW_ZERO;
    /**
     * permessage-deflate: log2 of the client's largest window, 8 to 15; default 15.
     */
    uint8_t client_window_bits WW_ZERO;
    /**
     * 0.
     */
    uint8_t reserved WW_ZERO;
    /**
     * TLS under the connection, of its role; NULL: none, octets are exchanged as they are. The connection keeps what it needs: the
     * handle may be freed before it. In a server's config NULL: see ww_server_listen_tls().
     */
    const struct ww_tls_config *tls WW_ZERO;
    /**
     * Client with `tls`: the host it connects to, with or without a port, as ww_tls_new() has it. Else it is not looked at.
     */
    struct ww_span server_name WW_ZERO;
    /**
     * TLS: from ww_conn_new() to the end of the handshake, never extended; default 10,000. Other clocks that wait for the peer begin
     * then.
     */
    uint32_t handshake_ms WW_ZERO;
    /**
     * Client: from the end of a request, or of an interim response, to the first octet of the response head; default 300,000.
     */
    uint32_t response_ms WW_ZERO;
    /**
     * The most octets that ww_conn_output() shows at a time, default 256 KiB. In a loop that reports a write only when all of it is done,
     * it is what a peer has write_ms for.
     */
    uint32_t output_max WW_ZERO;
    /**
     * From our half-close to the peer's end, whatever it sends; default 30,000.
     */
    uint32_t drain_ms WW_ZERO;
    /**
     * Server: from the end of a request to the beginning of its final response. It is then answered with 503 and the connection ends with
     * WW_E_TIMEOUT_RESPONSE. Interim responses do not extend it. Default: off, since the time is the application's own.
     */
    uint32_t answer_ms WW_ZERO;
    /**
     * 0.
     */
    uint32_t reserved_1 WW_ZERO;
} ww_conn_config;

/** One field line. */
typedef struct ww_field {
    /**
     * The name as it was received: a token.
     */
    struct ww_span name;
    /**
     * The value as it was received, without whitespace at its ends.
     */
    struct ww_span value;
    /**
     * `WW_FIELD_*`, or 0 for any other name.
     */
    uint16_t id;
    /**
     * `WW_FIELD_FOLDED` or 0.
     */
    uint16_t flags;
    /**
     * 0
     */
    uint32_t reserved;
} ww_field;

/**
 * A response. Start from WW_RESPONSE_INIT. Everything is copied by the call, but lent content.
 *
 * The library writes Date, Content-Length, Transfer-Encoding and Connection; they are not to be among `fields`.
 */
typedef struct ww_response {
    /**
     * sizeof(ww_response); set by WW_RESPONSE_INIT.
     */
    size_t size WW_SIZE_OF(ww_response);
    /**
     * 200 to 599; 101 only for ww_conn_switch().
     */
    uint16_t status WW_ZERO;
    /**
     * 0.
     */
    uint16_t reserved WW_ZERO;
    /**
     * WW_MESSAGE_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * Empty: the standard phrase.
     */
    struct ww_span reason WW_ZERO;
    /**
     * Fields in the order they are sent.
     */
    const struct ww_field *fields WW_ZERO;
    /**
     * How many.
     */
    size_t field_count WW_ZERO;
    /**
     * The whole content, when WW_MESSAGE_STREAM is not set.
     */
    struct ww_span content WW_ZERO;
    /**
     * With WW_MESSAGE_STREAM and WW_MESSAGE_LENGTH: how many octets will follow.
     */
    uint64_t content_length WW_ZERO;
    /**
     * With WW_MESSAGE_LENT: comes back in WW_EVENT_RELEASED.
     */
    uint64_t token WW_ZERO;
} ww_response;

/** A request. Start from WW_REQUEST_INIT. Everything is copied by the call, but lent content. */
typedef struct ww_request {
    /**
     * sizeof(ww_request); set by WW_REQUEST_INIT.
     */
    size_t size WW_SIZE_OF(ww_request);
    /**
     * As `GET`.
     */
    struct ww_span method WW_ZERO;
    /**
     * As `/path?query`, `/` being put before an empty path; `host:port` for CONNECT; `*` for OPTIONS.
     */
    struct ww_span target WW_ZERO;
    /**
     * As `host` or `host:port`: the Host field.
     */
    struct ww_span authority WW_ZERO;
    /**
     * Fields in the order they are sent, behind Host.
     */
    const struct ww_field *fields WW_ZERO;
    /**
     * How many.
     */
    size_t field_count WW_ZERO;
    /**
     * The whole content, when WW_MESSAGE_STREAM is not set.
     */
    struct ww_span content WW_ZERO;
    /**
     * With WW_MESSAGE_STREAM and WW_MESSAGE_LENGTH: how many octets will follow.
     */
    uint64_t content_length WW_ZERO;
    /**
     * WW_MESSAGE_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * 0.
     */
    uint32_t reserved WW_ZERO;
    /**
     * With WW_MESSAGE_LENT: comes back in WW_EVENT_RELEASED.
     */
    uint64_t token WW_ZERO;
} ww_request;

/** A connection of a server: server tag, slot and generation in 64 bits. 0 is none. Never reused. */
typedef uint64_t ww_id;

/** A head, or a trailer section. */
typedef struct ww_head {
    /**
     * The method; empty in a response.
     */
    struct ww_span method;
    /**
     * The request target as it was received; empty in a response.
     */
    struct ww_span target;
    /**
     * The reason phrase; empty in a request.
     */
    struct ww_span reason;
    /**
     * The caller's table of fields, in order of arrival.
     */
    const struct ww_field *fields;
    /**
     * How many fields there are.
     */
    size_t field_count;
    /**
     * The value of the first Host field; empty without one (`WW_HEAD_HOST` tells).
     */
    struct ww_span host;
    /**
     * The Content-Length; `UINT64_MAX` when there is none or it is not valid (`WW_HEAD_LENGTH*` tell).
     */
    uint64_t content_length;
    /**
     * Octets of the head, from `in`: what comes after them is the content.
     */
    size_t head_len;
    /**
     * `WW_HEAD_*` bits.
     */
    uint32_t flags;
    /**
     * The status of a response, 0 to 999, as it came: to be treated as a 5xx below 100 and above 599 (RFC 9110 §15). 0 in a request.
     */
    uint16_t status;
    /**
     * `WW_METHOD_*`; 0 in a response.
     */
    uint8_t method_id;
    /**
     * x of HTTP/1.x.
     */
    uint8_t version_minor;
    /**
     * 0
     */
    uint64_t reserved[2];
} ww_head;

/**
 * One event. 64 octets, fixed. Its pointers are valid until the next `next`, `receive`, `reset` or `free` on the
 * handle it came from; calls that write do not end them.
 */
typedef struct ww_event {
    /**
     * WW_EVENT_*.
     */
    int32_t kind;
    /**
     * WW_EVENT_FLAG_LAST or 0; of MESSAGE the other WW_EVENT_FLAG_* besides.
     */
    uint32_t flags;
    /**
     * The connection; 0 from ww_conn_next().
     */
    ww_id conn;
    /**
     * 0: HTTP/1.1 has no streams.
     */
    uint32_t stream;
    /**
     * WW_E_* of ERROR, UNDELIVERED, and CLOSED and RAW_END (or 0); the close code of CLOSE_FRAME; else 0.
     */
    int32_t code;
    /**
     * REQUEST, RESPONSE, INTERIM, and END with trailers; else NULL.
     */
    const struct ww_head *head;
    /**
     * DATA, RAW, POST, MESSAGE, PING, PONG, CLOSE_FRAME; else empty.
     */
    struct ww_span data;
    /**
     * RELEASED, POST, UNDELIVERED: what the caller gave.
     */
    uint64_t token;
    /**
     * What ww_server_set_user() stored for the connection; NULL from ww_conn_next().
     */
    void *user;
} ww_event;

/** A stretch of an open file. Start from WW_FILE_INIT. */
typedef struct ww_file {
    /**
     * sizeof(ww_file); set by WW_FILE_INIT.
     */
    size_t size WW_SIZE_OF(ww_file);
    /**
     * The descriptor (a handle on Windows) of a file that has offsets, open for reading. It is never looked at by a connection,
     * nor closed; its own position is neither used nor moved, so several connections may share it.
     */
    intptr_t fd WW_ZERO;
    /**
     * Where the stretch begins, in octets.
     */
    uint64_t offset WW_ZERO;
    /**
     * Octets.
     */
    uint64_t len WW_ZERO;
} ww_file;

/**
 * What was agreed on in a TLS handshake; start from WW_TLS_INFO_INIT. Everything is 0 or empty while it is not known. Spans live as
 * long as the handle.
 */
typedef struct ww_tls_info {
    /**
     * sizeof(ww_tls_info); set by WW_TLS_INFO_INIT.
     */
    size_t size WW_SIZE_OF(ww_tls_info);
    /**
     * WW_TLS_1_2 or WW_TLS_1_3.
     */
    uint32_t version WW_ZERO;
    /**
     * The cipher suite's number at IANA.
     */
    uint32_t cipher_suite WW_ZERO;
    /**
     * Its name there.
     */
    struct ww_span cipher_name WW_ZERO;
    /**
     * The application protocol (RFC 7301).
     */
    struct ww_span alpn WW_ZERO;
    /**
     * Server: the host the client asked for (RFC 6066 section 3), in lower case.
     */
    struct ww_span server_name WW_ZERO;
    /**
     * How many certificates the peer sent; see ww_tls_peer_certificate().
     */
    size_t peer_certificates WW_ZERO;
    /**
     * WW_TLS_INFO_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * 0.
     */
    uint32_t reserved WW_ZERO;
} ww_tls_info;

/** A handshake, either side of it. Start from WW_WS_HANDSHAKE_INIT. Everything is copied by the call. */
typedef struct ww_ws_handshake {
    /**
     * sizeof(ww_ws_handshake); set by WW_WS_HANDSHAKE_INIT.
     */
    size_t size WW_SIZE_OF(ww_ws_handshake);
    /**
     * Server: the subprotocol chosen, one of those offered; client: those offered, as `a, b`. Empty: none.
     */
    struct ww_span protocol WW_ZERO;
    /**
     * More fields in the order they are sent. Those of the handshake itself are the library's.
     */
    const struct ww_field *fields WW_ZERO;
    /**
     * How many.
     */
    size_t field_count WW_ZERO;
    /**
     * Client: as `/path?query`; `/` is put before an empty path.
     */
    struct ww_span target WW_ZERO;
    /**
     * Client: as `host` or `host:port`.
     */
    struct ww_span authority WW_ZERO;
    /**
     * 0, or WW_WS_HANDSHAKE_UNCOMPRESSED.
     */
    uint32_t flags WW_ZERO;
    /**
     * 0.
     */
    uint32_t reserved WW_ZERO;
} ww_ws_handshake;

/**
 * Limits of one head, in octets and fields; start from WW_HEAD_LIMITS_INIT, every zero is the default given here. No line may be longer than 65,535 octets and no head than 1 GiB, whatever
 * they say.
 */
typedef struct ww_head_limits {
    /**
     * `sizeof(ww_head_limits)`
     */
    size_t size WW_SIZE_OF(ww_head_limits);
    /**
     * The longest method, default 64 (over it: 501).
     */
    uint32_t method_max WW_ZERO;
    /**
     * The longest request target, default 8192 (over it: 414).
     */
    uint32_t target_max WW_ZERO;
    /**
     * The longest field line, and the longest status line, without CRLF, default 8192 (over it: 431).
     */
    uint32_t line_max WW_ZERO;
    /**
     * The longest field section, all lines with their CRLF, default 32768, of trailers 8192 (over it: 431).
     */
    uint32_t section_max WW_ZERO;
    /**
     * The most fields, default 100, of trailers 32 (over it: 431).
     */
    uint32_t fields_max WW_ZERO;
    /**
     * What the target of a request may hold (else: 400): WW_TARGET_BROWSER, WW_TARGET_STRICT or WW_TARGET_LENIENT.
     */
    uint32_t target_rule WW_ZERO;
} ww_head_limits;

/** How far the parsing of one head has come. Zeroed is fresh. No pointer in it is followed; copying it is allowed. */
typedef struct ww_scan {
    /**
     * Not to be looked at.
     */
    uint64_t opaque[16];
} ww_scan;

/** A walk through a list value. Start from WW_LIST_INIT with the value of a field. */
typedef struct ww_list {
    /**
     * What is still to be walked.
     */
    struct ww_span rest;
    /**
     * Empty elements so far.
     */
    uint32_t empty;
    /**
     * What the next call answers, unless 0.
     */
    ww_status state;
} ww_list;

/** A reader of an event stream. It is made ready by ww_sse_start(), and owns nothing: it may be dropped at any time. */
typedef struct ww_sse_reader {
    /**
     * Not to be looked at.
     */
    uint64_t opaque[10];
} ww_sse_reader;

/**
 * One event of an event stream. Start from WW_SSE_EVENT_INIT. For ww_write_sse_event() set what is to be written: a span with a NULL pointer
 * is not written, an empty one with another pointer is written as an empty line of its kind. For ww_sse_next() see there.
 */
typedef struct ww_sse_event {
    /**
     * `sizeof(ww_sse_event)`
     */
    size_t size WW_SIZE_OF(ww_sse_event);
    /**
     * Lines that the reader skips; an empty one keeps proxies from closing a quiet stream.
     */
    struct ww_span comment WW_ZERO;
    /**
     * The type of the event, of one line; without it `message`.
     */
    struct ww_span event WW_ZERO;
    /**
     * The id of the event, of one line, which the reader sends in Last-Event-ID when it connects again. Empty: it forgets the last one.
     */
    struct ww_span id WW_ZERO;
    /**
     * Lines of UTF-8, with CRLF, LF or CR between them; the reader gets each of these as LF. Without it the reader shows no event.
     */
    struct ww_span data WW_ZERO;
    /**
     * Milliseconds that the reader waits before it connects again. 0 is not written.
     */
    uint32_t retry_ms WW_ZERO;
    /**
     * 0
     */
    uint32_t reserved WW_ZERO;
} ww_sse_event;

/** A media type in its parts. Start from WW_MEDIA_TYPE_INIT. The spans point into the text, whose octets are the caller's. */
typedef struct ww_media_type {
    /**
     * `sizeof(ww_media_type)`
     */
    size_t size WW_SIZE_OF(ww_media_type);
    /**
     * What is before the slash; compare it with ww_span_equal_nocase().
     */
    struct ww_span type WW_ZERO;
    /**
     * What is behind the slash; likewise.
     */
    struct ww_span subtype WW_ZERO;
    /**
     * The parameters from the first semicolon on, for ww_parameter_next(); or empty.
     */
    struct ww_span parameters WW_ZERO;
} ww_media_type;

/**
 * A reader of multipart content. It is made ready by ww_multipart_start(), and owns nothing: it may be dropped at any time. It must
 * not be moved while a `data` is used.
 */
typedef struct ww_multipart {
    /**
     * Not to be looked at.
     */
    uint64_t opaque[16];
} ww_multipart;

/**
 * What ww_multipart_next() found. Start from WW_PART_INIT. The spans are valid until the next call on the reader, and `data` as long
 * as the octets given to that call. What does not belong to the kind is empty, with a NULL pointer.
 */
typedef struct ww_part {
    /**
     * `sizeof(ww_part)`
     */
    size_t size WW_SIZE_OF(ww_part);
    /**
     * `name` of Content-Disposition: the field of the form. Without its quotes, and as it came otherwise: browsers write `%22`, `%0D` and `%0A`
     * for a quote, CR and LF.
     */
    struct ww_span name WW_ZERO;
    /**
     * `filename` there, likewise; a NULL pointer where there is none. It is what the peer says: never a path to write to.
     */
    struct ww_span filename WW_ZERO;
    /**
     * Content-Type of the part; a NULL pointer where there is none. See ww_parse_media_type().
     */
    struct ww_span content_type WW_ZERO;
    /**
     * All field lines of the part and the empty line behind them, for ww_parse_trailers().
     */
    struct ww_span head WW_ZERO;
    /**
     * Content, never empty.
     */
    struct ww_span data WW_ZERO;
    /**
     * `WW_PART_*`
     */
    uint32_t kind WW_ZERO;
    /**
     * 0
     */
    uint32_t reserved WW_ZERO;
} ww_part;

/** A walk through names and values. Start from WW_PAIRS_INIT with the text. It owns nothing; copying it is allowed. */
typedef struct ww_pairs {
    /**
     * What is still to be walked.
     */
    struct ww_span rest;
    /**
     * What the next call answers, unless 0.
     */
    ww_status state;
    /**
     * 0
     */
    uint32_t reserved;
} ww_pairs;

/** What GET of the target would be answered with now. Start from WW_REPRESENTATION_INIT: something without an entity tag and a date. */
typedef struct ww_representation {
    /**
     * `sizeof(ww_representation)`
     */
    size_t size WW_SIZE_OF(ww_representation);
    /**
     * Its ETag as it is sent, with quotes: `"x"` or `W/"x"`. Empty: it has none.
     */
    struct ww_span etag WW_ZERO;
    /**
     * Its Last-Modified in seconds since 1970. 0: it has none.
     */
    int64_t last_modified WW_ZERO;
    /**
     * `WW_REPRESENTATION_*` bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * 0
     */
    uint32_t reserved WW_ZERO;
} ww_representation;

/** A part of a content. Its Content-Range is `bytes first-(first + len - 1)/length`. */
typedef struct ww_range {
    /**
     * Octets before it.
     */
    uint64_t first;
    /**
     * Octets of it, at least 1.
     */
    uint64_t len;
} ww_range;

/** A request target in its parts. Start from WW_TARGET_INIT. The spans point into the target, whose octets are the caller's, or are static. */
typedef struct ww_target {
    /**
     * `sizeof(ww_target)`
     */
    size_t size WW_SIZE_OF(ww_target);
    /**
     * The path, without the query. `/` where a URL has none. `*` for the server as a whole, in both forms that OPTIONS has for it. Empty for CONNECT.
     */
    struct ww_span path WW_ZERO;
    /**
     * What is behind the first `?`; empty with a NULL pointer when there is no `?`.
     */
    struct ww_span query WW_ZERO;
    /**
     * Host and port of a URL or of CONNECT, as they stand; else empty.
     */
    struct ww_span authority WW_ZERO;
    /**
     * `WW_TARGET_FORM_*`
     */
    uint32_t form WW_ZERO;
    /**
     * `WW_URL_SECURE` when it is a URL of https; else 0.
     */
    uint32_t flags WW_ZERO;
} ww_target;

/** How a server behaves. Start from WW_SERVER_CONFIG_INIT; every zero is the default given here. Copied by the call. */
typedef struct ww_server_config {
    /**
     * sizeof(ww_server_config); set by WW_SERVER_CONFIG_INIT.
     */
    size_t size WW_SIZE_OF(ww_server_config);
    /**
     * Its connections. `role` is WW_ROLE_SERVER, `tls` NULL: ww_server_listen_tls() says which are over TLS.
     */
    struct ww_conn_config conn WW_ZERO;
    /**
     * The most connections at a time, default 1,048,576, at most 16,777,216. With so many the server stops accepting until one
     * ends; further peers wait in the system's backlog.
     */
    uint32_t connections_max WW_ZERO;
    /**
     * Connections that may wait to be accepted, for each listener; default 1,024. The system may limit it further.
     */
    uint32_t backlog WW_ZERO;
    /**
     * The most octets one receive brings, default 64 KiB, at most `conn.lend_max`. The server has one such buffer.
     */
    uint32_t receive_size WW_ZERO;
    /**
     * WW_SERVER_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * The most memory for connections, in octets; default 1 GiB. When seven eighths of it are in use, the connections that hold most of it
     * are ended with WW_E_NOMEM, so that others go on.
     */
    size_t memory_max WW_ZERO;
    /**
     * The most unread input the connections may hold together, in octets; default 64 MiB. When they hold
     * more, those that hold most lose it: they answer the request at hand, and end.
     */
    size_t held_max WW_ZERO;
    /**
     * The most posts in the mailbox, default 65,536. Beyond it posting answers WW_PAUSED.
     */
    uint32_t posts_max WW_ZERO;
    /**
     * In how many milliseconds a drain closes the WebSockets, one after the other; default 1,000. See ww_server_drain().
     */
    uint32_t drain_spread_ms WW_ZERO;
    /**
     * The most octets in the mailbox, default 64 MiB. Beyond it posting answers WW_PAUSED.
     */
    size_t post_bytes_max WW_ZERO;
    /**
     * The most octets of messages and posted responses that wait for slow connections, all together, beside `memory_max`; default 64 MiB.
     * A message that waits for many counts once. Beyond it the connections for which most waits are closed.
     */
    size_t waiting_max WW_ZERO;
    /**
     * The most octets that wait for one connection, default 1 MiB; with each message about 200 octets for its place in the
     * line. One message or response always may.
     */
    size_t waiting_conn_max WW_ZERO;
    /**
     * The most topics one connection may be subscribed to, default 1,024. Topics and subscriptions are in `memory_max`; see
     * ww_server_subscribe().
     */
    size_t topics_conn_max WW_ZERO;
    /**
     * The most octets of WebSocket messages whose end has not come, all together, with WW_CONN_WHOLE_MESSAGES; default 128 MiB. When they hold
     * more, those that hold most are closed with 1013.
     */
    size_t messages_max WW_ZERO;
    /**
     * The most octets that are on their way to one connection by ww_mailbox_send(), ww_mailbox_finish() and ww_mailbox_accept_websocket():
     * posted, or waiting for a peer that does not read. Default 256 KiB. One call always may. Beyond it they answer WW_PAUSED.
     */
    size_t post_conn_max WW_ZERO;
} ww_server_config;

/** Counts of a server. Start from WW_STATS_INIT. */
typedef struct ww_stats {
    /**
     * sizeof(ww_stats); set by WW_STATS_INIT.
     */
    size_t size WW_SIZE_OF(ww_stats);
    /**
     * Connections accepted.
     */
    uint64_t accepted WW_ZERO;
    /**
     * Connections accepted and closed at once, for lack of memory; they had no events.
     */
    uint64_t refused WW_ZERO;
    /**
     * Connections there are now.
     */
    uint64_t open WW_ZERO;
    /**
     * WW_EVENT_REQUEST events.
     */
    uint64_t requests WW_ZERO;
    /**
     * Final responses taken by ww_server_respond(), ww_server_switch(), ww_server_accept_websocket() and ww_mailbox_respond().
     */
    uint64_t responses WW_ZERO;
    /**
     * Octets received.
     */
    uint64_t bytes_in WW_ZERO;
    /**
     * Octets sent.
     */
    uint64_t bytes_out WW_ZERO;
    /**
     * Connections that an error ended, which WW_EVENT_CLOSED tells: broken protocol, resets, clocks, memory.
     */
    uint64_t errors WW_ZERO;
    /**
     * Connections' clocks that ran out, those of idle connections included.
     */
    uint64_t timeouts WW_ZERO;
    /**
     * Messages that a connection missed because it was slow, those that a newer one replaced included.
     */
    uint64_t missed WW_ZERO;
    /**
     * Connections that were closed because they were too slow.
     */
    uint64_t too_slow WW_ZERO;
    /**
     * Messages published that the mailbox of a sibling did not take, being full.
     */
    uint64_t unposted WW_ZERO;
    /**
     * Connections whose TLS the system took over (WW_TLS_KERNEL).
     */
    uint64_t kernel_tls WW_ZERO;
    /**
     * Connections that were ended with WW_E_STALLED. Each is a bug of the library: please report it.
     */
    uint64_t stalled WW_ZERO;
    /**
     * Connections that lost the unread input they held: all together held more than `held_max`, and they most of it. See docs/budgets.md.
     */
    uint64_t input_evicted WW_ZERO;
    /**
     * WebSockets that lost a message in the making: all together held more than `messages_max`, and they most of it.
     */
    uint64_t messages_evicted WW_ZERO;
    /**
     * Connections that were ended because `memory_max` was nearly used up and they held most of it.
     */
    uint64_t memory_evicted WW_ZERO;
} ww_stats;

/** How a listener behaves. Start from WW_LISTEN_OPTIONS_INIT; every zero is the default given here. Copied by the call. */
typedef struct ww_listen_options {
    /**
     * sizeof(ww_listen_options); set by WW_LISTEN_OPTIONS_INIT.
     */
    size_t size WW_SIZE_OF(ww_listen_options);
    /**
     * Its connections are over TLS, as those of ww_server_listen_tls(). NULL: they are not.
     */
    const struct ww_tls_config *tls WW_ZERO;
    /**
     * WW_LISTEN_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * Connections that may wait to be accepted, default `backlog` of the server's config. A socket that listens already keeps what it has
     * by default. The system may limit it further.
     */
    uint32_t backlog WW_ZERO;
    /**
     * TCP: the system probes a connection that was idle for so many seconds (SO_KEEPALIVE); default none. The clocks of
     * ww_conn_config end a dead peer sooner as a rule; this is for tunnels, whose idle time is the owner's.
     */
    uint32_t keep_alive_s WW_ZERO;
    /**
     * With `keep_alive_s`: seconds between two probes, default 15.
     */
    uint32_t keep_alive_interval_s WW_ZERO;
    /**
     * With `keep_alive_s`: unanswered probes before the connection fails, default 4, at most 127.
     */
    uint32_t keep_alive_probes WW_ZERO;
    /**
     * Bytes of the system's send buffer of each connection (SO_SNDBUF); default: the system adapts it to the path.
     */
    uint32_t send_buffer WW_ZERO;
    /**
     * Bytes of the system's receive buffer of each connection (SO_RCVBUF); default: the system adapts it to the path.
     */
    uint32_t receive_buffer WW_ZERO;
    /**
     * 0.
     */
    uint32_t reserved WW_ZERO;
} ww_listen_options;

/**
 * A certificate of one's own; zero what is not used, or start from WW_TLS_CERTIFICATE_INIT or WW_TLS_CERTIFICATE_FILES(chain, key).
 * Of each pair of span and path at most one is given. Files are read by the call, up to 16 MiB each.
 *
 * It may be expired, so that a server can start; its peers will tell.
 */
typedef struct ww_tls_certificate {
    /**
     * The certificate, then those that lead to a root, each signed by the next; PEM.
     */
    struct ww_span chain_pem WW_ZERO;
    /**
     * Its private key, not encrypted: PKCS #8, SEC 1 or PKCS #1; PEM. RSA of 2048 to 4096 bits, ECDSA on P-256 or P-384, Ed25519.
     */
    struct ww_span key_pem WW_ZERO;
    /**
     * An OCSP response to staple (RFC 6066 section 8), or nothing; DER. Its signature and its age are not checked.
     */
    struct ww_span ocsp WW_ZERO;
    /**
     * The file of `chain_pem`, or NULL. Paths are NUL-terminated.
     */
    const char *chain_path WW_ZERO;
    /**
     * The file of `key_pem`, or NULL.
     */
    const char *key_path WW_ZERO;
    /**
     * The file of `ocsp`, or NULL.
     */
    const char *ocsp_path WW_ZERO;
    /**
     * The host names it serves, `*.` for any one label; NULL: those in the certificate.
     */
    const struct ww_span *names WW_ZERO;
    /**
     * How many.
     */
    size_t name_count WW_ZERO;
    /**
     * 0.
     */
    size_t reserved[2] WW_ZERO;
} ww_tls_certificate;

/**
 * What a TLS config is made from; start from WW_TLS_OPTIONS_INIT, every zero is the default given here. Nothing of it is kept.
 *
 * A server needs a certificate. Of several it shows the one whose name the client asks for, else one with a wildcard for its first
 * label, else the first; of several for one name the first whose key the client can verify, so that ECDSA and RSA stand side by
 * side.
 */
typedef struct ww_tls_options {
    /**
     * sizeof(ww_tls_options); set by WW_TLS_OPTIONS_INIT.
     */
    size_t size WW_SIZE_OF(ww_tls_options);
    /**
     * WW_ROLE_SERVER or WW_ROLE_CLIENT.
     */
    uint32_t role WW_ZERO;
    /**
     * WW_TLS_* bits.
     */
    uint32_t flags WW_ZERO;
    /**
     * Server: at least one. Client: none, or the one to show to servers that ask.
     */
    const struct ww_tls_certificate *certificates WW_ZERO;
    /**
     * How many.
     */
    size_t certificate_count WW_ZERO;
    /**
     * Server: clients must show a certificate that one of these has signed, or one of these themselves, as with `roots_pem`; PEM. NULL:
     * clients are not asked.
     */
    struct ww_span client_ca_pem WW_ZERO;
    /**
     * The file of `client_ca_pem`, or NULL.
     */
    const char *client_ca_path WW_ZERO;
    /**
     * Client: servers must show a certificate that leads to one of these, or one of these themselves, octet for octet, as
     * `openssl req -x509` makes it; its name, times and purpose are checked in either case. One that is no authority's vouches for
     * itself alone. PEM. NULL: what the platform trusts, which on Linux and
     * the like are the distribution's files, or those named by the environment variables SSL_CERT_FILE and SSL_CERT_DIR.
     */
    struct ww_span roots_pem WW_ZERO;
    /**
     * The file of `roots_pem`, or NULL.
     */
    const char *roots_path WW_ZERO;
    /**
     * The application protocols, most wanted first (RFC 7301); NULL: `http/1.1`. A peer with others only is refused, alert 120.
     */
    const struct ww_span *alpn WW_ZERO;
    /**
     * How many.
     */
    size_t alpn_count WW_ZERO;
    /**
     * The oldest version, default WW_TLS_1_2.
     */
    uint32_t version_min WW_ZERO;
    /**
     * The newest version, default WW_TLS_1_3.
     */
    uint32_t version_max WW_ZERO;
    /**
     * Client: the most servers whose sessions are kept, default 256, at most 65536.
     */
    uint32_t sessions_max WW_ZERO;
    /**
     * 0.
     */
    uint32_t reserved WW_ZERO;
    /**
     * For debugging: a file to which the secrets of all sessions are appended, in NSS' format. Whoever has it reads the sessions.
     */
    const char *key_log_path WW_ZERO;
} ww_tls_options;

/** A URL in its parts. Start from WW_URL_INIT. The spans point into the URL, whose octets are the caller's. */
typedef struct ww_url {
    /**
     * `sizeof(ww_url)`
     */
    size_t size WW_SIZE_OF(ww_url);
    /**
     * Whom to connect to: a name or an address, an IPv6 address without its brackets. Never empty, never with a NUL in it.
     */
    struct ww_span host WW_ZERO;
    /**
     * What Host is to be: host and port as they stand.
     */
    struct ww_span authority WW_ZERO;
    /**
     * Path and query as they stand, as ww_request and ww_ws_handshake take them: empty, or beginning in `?`, where the URL has no path.
     */
    struct ww_span target WW_ZERO;
    /**
     * What is before `@`; empty unless WW_URL_ALLOW_USERINFO was given. It is never sent as it is.
     */
    struct ww_span userinfo WW_ZERO;
    /**
     * The port to connect to: the URL's, or that of its scheme.
     */
    uint16_t port WW_ZERO;
    /**
     * 0
     */
    uint16_t reserved WW_ZERO;
    /**
     * `WW_URL_SECURE` and `WW_URL_WEBSOCKET`; 0 is http.
     */
    uint32_t flags WW_ZERO;
} ww_url;

/** The header of a frame (RFC 6455 §5.2). */
typedef struct ww_ws_header {
    /**
     * Octets of the payload, below 2^63.
     */
    uint64_t payload_len;
    /**
     * `WW_WS_OP_CONTINUATION` to `WW_WS_OP_PONG`.
     */
    uint8_t opcode;
    /**
     * `WW_WS_FRAME_FIN`, `WW_WS_FRAME_RSV1` and `WW_WS_FRAME_MASKED`.
     */
    uint8_t flags;
    /**
     * Octets of the header itself: where the payload begins. Not looked at by ww_ws_encode_header().
     */
    uint8_t header_len;
    /**
     * The masking key as it is sent; zero without `WW_WS_FRAME_MASKED`.
     */
    uint8_t key[4];
    /**
     * 0
     */
    uint8_t reserved;
} ww_ws_header;

/** How far a text has come. Zeroed (WW_UTF8_INIT) is before its first octet. It holds no pointer, owns nothing, and may be copied. */
typedef struct ww_utf8 {
    /**
     * Not to be looked at.
     */
    uint64_t opaque;
} ww_utf8;

/** An allocator of the caller's. Both functions are called on the thread that uses the workspace. */
typedef struct ww_allocator {
    /**
     * Returns `size` (> 0) octets aligned to `align` (a power of two), or NULL. NULL here: malloc and free are used.
     */
    void *(*allocate)(void *ctx, size_t size, size_t align) WW_ZERO;
    /**
     * Takes back what `allocate` returned, with the same size and alignment.
     */
    void (*release)(void *ctx, void *ptr, size_t size, size_t align) WW_ZERO;
    /**
     * Passed to both.
     */
    void *ctx WW_ZERO;
} ww_allocator;

/** Start from WW_WORKSPACE_CONFIG_INIT; every zero is the default given here. */
typedef struct ww_workspace_config {
    /**
     * sizeof(ww_workspace_config); set by WW_WORKSPACE_CONFIG_INIT.
     */
    size_t size WW_SIZE_OF(ww_workspace_config);
    /**
     * The most memory connections may use together, in octets; default 1 GiB. Beyond it calls answer WW_E_NOMEM.
     */
    size_t memory_max WW_ZERO;
    /**
     * The most unread input connections may hold together, in octets; default 64 MiB. When they hold
     * more, those that hold most lose it: they answer the request at hand, and end.
     */
    size_t held_max WW_ZERO;
    /**
     * Serves all memory that peers can drive.
     */
    struct ww_allocator allocator WW_ZERO;
    /**
     * 32 octets that nobody can predict, for the masking keys and handshake keys of WebSocket clients; copied. NULL: the system's.
     */
    const uint8_t *seed WW_ZERO;
    /**
     * The most octets of WebSocket messages whose end has not come, all together, with WW_CONN_WHOLE_MESSAGES; default 128 MiB. When they hold
     * more, those that hold most are closed with 1013.
     */
    size_t messages_max WW_ZERO;
} ww_workspace_config;

/** Done. */
#define WW_OK 0

/** Nothing more to say before more input comes. */
#define WW_NEED_INPUT 1

/** Held back for now: a limit on queued output, or a request that is not answered yet. Try again when told. */
#define WW_PAUSED 2

/** The given time passed and nothing happened. */
#define WW_TIMEOUT 3

/** The end: there will be nothing more. */
#define WW_DONE 4

/** An argument is null, out of range or of an unknown value. */
#define WW_E_ARGUMENT (-1)

/** The call is not allowed in this state. */
#define WW_E_STATE (-2)

/**
 * Memory or its budget is used up. Everything whose size a peer or a caller decides fails like this. Handles, tables of the service and what
 * rustls needs are small and of the process's allocator: where it has not even those octets, the process aborts.
 */
#define WW_E_NOMEM (-3)

/** The output buffer is too small; the size needed was written. */
#define WW_E_BUFFER (-4)

/** The connection of this id has ended. */
#define WW_E_GONE (-5)

/** A system call failed. */
#define WW_E_SYSTEM (-6)

/** Not built in, or not on this platform. */
#define WW_E_UNSUPPORTED (-7)

/** The source of unpredictable octets gave none. */
#define WW_E_ENTROPY (-8)

/** Text to be sent is not UTF-8. */
#define WW_E_UTF8 (-9)

/** The connection is slow, and its queue has no room for the message. */
#define WW_E_SLOW (-10)

/** A limit of the config on what the caller may do is reached. */
#define WW_E_LIMIT (-11)

/** A certificate chain of one's own, its names or its OCSP staple are no good. */
#define WW_E_TLS_CERTIFICATE (-20)

/** A private key is no good, or belongs to another certificate. */
#define WW_E_TLS_KEY (-21)

/** Certificates to trust are no good, or the platform has none. */
#define WW_E_TLS_TRUST (-22)

/** A bug in the library: a connection said that it had events and had none. It was ended, and nothing else. */
#define WW_E_STALLED (-98)

/** A bug in the library; the handle is poisoned. */
#define WW_E_PANIC (-99)

/** The request line is malformed. */
#define WW_E_REQUEST_LINE (-100)

/** The status line is malformed. */
#define WW_E_STATUS_LINE (-101)

/** Not HTTP/1.x. */
#define WW_E_VERSION (-102)

/** A line ends in something other than CRLF. */
#define WW_E_LINE_END (-103)

/** A field name is malformed. */
#define WW_E_FIELD_NAME (-104)

/** A field value is malformed. */
#define WW_E_FIELD_VALUE (-105)

/** The request target is malformed or of the wrong form for its method. */
#define WW_E_TARGET (-106)

/** Host is missing, repeated or malformed. */
#define WW_E_HOST (-107)

/** Content-Length is malformed or contradicts itself. */
#define WW_E_CONTENT_LENGTH (-108)

/** Transfer-Encoding is malformed, unsupported or not allowed here. */
#define WW_E_TRANSFER_ENCODING (-109)

/** Content-Length and Transfer-Encoding together. */
#define WW_E_AMBIGUOUS_FRAMING (-110)

/** Chunked framing is malformed. */
#define WW_E_CHUNK (-111)

/** The trailer section is malformed. */
#define WW_E_TRAILER (-112)

/** A limit was crossed. */
#define WW_E_TOO_LARGE (-113)

/** The transport ended inside a message. */
#define WW_E_TRUNCATED (-114)

/** Bytes arrived where no message was due. */
#define WW_E_UNEXPECTED_DATA (-115)

/** An upgrade or CONNECT broke its rules. */
#define WW_E_UPGRADE (-116)

/** An expectation other than 100-continue. */
#define WW_E_EXPECTATION (-117)

/** The target names another scheme or authority than this connection serves. */
#define WW_E_MISDIRECTED (-118)

/** More or fewer content octets than declared. */
#define WW_E_BODY_LENGTH (-119)

/** Raw bytes before the switch of protocols. */
#define WW_E_NOT_SWITCHED (-120)

/** The connection is closing; no further request is possible. */
#define WW_E_CLOSING (-121)

/** Text is not in the encoding that it should be in: percent-escapes, base64. */
#define WW_E_ENCODING (-122)

/** Multipart content is malformed. */
#define WW_E_MULTIPART (-123)

/** The head did not arrive in time. */
#define WW_E_TIMEOUT_HEAD (-130)

/** The content stalled or came too slowly. */
#define WW_E_TIMEOUT_BODY (-131)

/** The peer does not read. */
#define WW_E_TIMEOUT_WRITE (-132)

/** No request came on a kept-alive connection. */
#define WW_E_TIMEOUT_IDLE (-133)

/** The response to a request did not begin in time. */
#define WW_E_TIMEOUT_RESPONSE (-134)

/** The peer closed the transport between messages. */
#define WW_E_CLOSED (-140)

/** The transport was reset or failed. */
#define WW_E_ABORTED (-141)

/** A WebSocket handshake broke RFC 6455 section 4. */
#define WW_E_WS_HANDSHAKE (-150)

/** The subprotocol answered is none of those offered, or the field is malformed. */
#define WW_E_WS_SUBPROTOCOL (-151)

/** The extensions answered are none of those offered, or the field is malformed. */
#define WW_E_WS_EXTENSION (-152)

/** A frame broke RFC 6455 section 5 (close code 1002). */
#define WW_E_WS_FRAME (-153)

/** Text is not UTF-8 (close code 1007). */
#define WW_E_WS_TEXT (-154)

/** A close code or reason is not allowed. */
#define WW_E_WS_CLOSE (-155)

/** Compressed content does not inflate (close code 1007). */
#define WW_E_WS_DEFLATE (-156)

/** A Close was sent or received: no message may follow. */
#define WW_E_WS_CLOSING (-157)

/** The peer did not answer a Ping or a Close in time. */
#define WW_E_WS_TIMEOUT (-158)

/** What came is not a TLS record, or is longer than one may be. */
#define WW_E_TLS_RECORD (-170)

/** HTTP without TLS where TLS is spoken. */
#define WW_E_TLS_PLAINTEXT_HTTP (-171)

/** The peer broke the rules of TLS. */
#define WW_E_TLS_HANDSHAKE (-172)

/** No TLS version, cipher suite or other parameter in common with the peer. */
#define WW_E_TLS_INCOMPATIBLE (-173)

/** No application protocol in common, or one that was not offered. */
#define WW_E_TLS_ALPN (-174)

/** The peer's certificate is missing or not accepted. */
#define WW_E_TLS_VERIFY (-175)

/** A record does not decrypt: it was altered, or the keys differ. */
#define WW_E_TLS_DECRYPT (-176)

/** The peer ended TLS with an alert. */
#define WW_E_TLS_ALERT (-177)

/** The TLS handshake was not done in time. */
#define WW_E_TLS_TIMEOUT (-178)

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Looks at chunked framing (RFC 9112 §7.1) from where `decoder` stands, up to the end of the first piece of content at `in`,
 * where `len` octets are.
 *
 * - `decoder` is zeroed by the caller before the first octet of a message.
 * - `limits` may be NULL for the defaults. They are those of one message: the same in every call.
 * - `consumed` is always written: how many octets of `in` are done with. The next call gets those after them.
 * - `data` is always written: content where it lies in `in`, or empty with a NULL pointer.
 *
 * Returns `WW_OK` with a piece of content of at least one octet, not always a whole chunk. Returns `WW_NEED_INPUT` when
 * all `len` octets are consumed and more have to come. Returns `WW_DONE` after the line of the last chunk, and again in
 * every later call: the trailer section follows the octets consumed, see ww_parse_trailers(), and the message is complete
 * only with it.
 *
 * ```c
 * while ((status = ww_chunk_next(&decoder, in, len, NULL, &consumed, &data)) == WW_OK) {
 *     use(data);
 *     in += consumed, len -= consumed;
 * }
 * ```
 *
 * Returns the error of the first octet that cannot belong to chunked framing, as soon as it is there: `in[*consumed]`.
 * The decoder then keeps it (ww_chunk_error()), and every later call returns it and consumes nothing: a broken message never
 * goes on at the next line. Content, end and error do not depend on how the octets were cut.
 *
 * Errors: `WW_E_CHUNK`, `WW_E_LINE_END`, `WW_E_TOO_LARGE` (a line, the extensions); `WW_E_ARGUMENT` for NULL or a wrong
 * `limits->size`, and nothing has happened then.
 *
 * Any thread; a decoder belongs to one at a time. Does not allocate, copy or look at content: linear in the framing.
 *
 * Requires: `decoder` is zeroed or as a call before left it; `in` points to `len` readable octets (or is NULL with `len` 0);
 * the others are NULL or point to what their types say. None of them overlap.
 */
WW_API ww_status ww_chunk_next(struct ww_chunk_decoder *decoder,
        const uint8_t *in,
        size_t len,
        const struct ww_chunk_limits *limits,
        size_t *consumed,
        struct ww_span *data);

/**
 * Tells the error that ended a chunked message, in `out` (start from WW_ERROR_INFO_INIT): code, the HTTP status to answer a
 * request with, the ledger's rule, a reason for a log. `out->offset` counts from the first octet of the message's
 * framing, over all calls. Everything is 0 or empty while there is no error. The texts are static.
 *
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or a wrong `out->size`.
 *
 * Any thread; a decoder belongs to one at a time. Does not allocate.
 *
 * Requires: `decoder` is NULL, zeroed or as a call before left it; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_chunk_error(const struct ww_chunk_decoder *decoder,
        struct ww_error_info *out);

/**
 * Writes the line before a chunk of `size` octets of content into `out`, and its octets, at most WW_CHUNK_HEAD_MAX, to
 * `*written` (RFC 9112 §7.1). Behind it go the content and WW_CHUNK_END.
 *
 * A chunk without content would be the last one: for `size` 0 nothing is written, and `*written` is 0 (H1-CHUNK-12). The end is
 * WW_NO_TRAILERS, or WW_LAST_CHUNK and what ww_write_trailers() writes.
 *
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `out` is NULL or has room for WW_CHUNK_HEAD_MAX octets, whatever `size` is; `written` is NULL or writable.
 */
WW_API ww_status ww_chunk_head(uint64_t size,
        uint8_t *out,
        size_t *written);

/**
 * Makes a connection whose transport was accepted (WW_ROLE_SERVER) or connected (WW_ROLE_CLIENT) at `now_ms`. `config` NULL means
 * a server with all defaults; it is copied. With `tls` a client's first record is in the output at once, and requests may be queued
 * before the handshake is done. Free it with ww_conn_free(); the workspace may be freed before it.
 *
 * Errors: WW_E_ARGUMENT (`ws` or `out` NULL, a config out of range, a TLS config of the other role, a server name that is no host),
 * WW_E_NOMEM, WW_E_ENTROPY (TLS); `*out` is NULL then. Allocates from the workspace and, what rustls needs, from the global allocator:
 * 4.5 KiB in all for an idle connection over TLS.
 *
 * Requires: `config` is NULL or valid; `ws` is NULL or a workspace; `out` is NULL or writable.
 */
WW_API ww_status ww_conn_new(const struct ww_conn_config *config,
        struct ww_workspace *ws,
        uint64_t now_ms,
        struct ww_conn **out);

/**
 * Frees a connection; what is queued is lost, and lent octets are no longer looked at. NULL is fine.
 *
 * Requires: `conn` came from ww_conn_new() and is not used again.
 */
WW_API void ww_conn_free(struct ww_conn *conn);

/**
 * Makes a connection fresh for another transport, with the same config; over TLS with the material that the TLS config has now. Ends its
 * events; gives back everything it took. Octets and files that were lent are no longer looked at: ww_conn_next() tells so, with a
 * WW_EVENT_RELEASED each, before any other event.
 *
 * Errors: WW_E_ARGUMENT; over TLS WW_E_NOMEM and WW_E_ENTROPY, the connection is closed then. Allocates over TLS only.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_reset(struct ww_conn *conn,
        uint64_t now_ms);

/**
 * Answers the request in progress: head and content are copied into the output queue, all or nothing. To HEAD, and with 304, the
 * length of the content is kept and the content dropped, also content that is streamed. With WW_MESSAGE_STREAM content follows by
 * ww_conn_send() and ends with ww_conn_finish(). From the end of the response on, what is unread of the request's content is dropped,
 * up to drain_max, or the connection closes (RFC 9112 §9.3); until then it comes as WW_EVENT_DATA. An answer other than the switch to a request that offers a WebSocket closes the connection where frames
 * came behind that request already.
 *
 * Answers WW_PAUSED above the high-water mark, whether a request waits or not; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no request waits; 1xx; 2xx to CONNECT, which ww_conn_switch() sends; content or a
 * length with 204; 401, 405, 407, 426 without the field they need); WW_E_FIELD_NAME, WW_E_FIELD_VALUE (an octet that must not be sent);
 * WW_E_AMBIGUOUS_FRAMING (Content-Length or Transfer-Encoding among the fields); WW_E_NOMEM. Allocates when no output block is to spare.
 *
 * Requires: `conn` is NULL or a connection; `response` is NULL or valid. Lent content stays readable until it is released.
 */
WW_API ww_status ww_conn_respond(struct ww_conn *conn,
        const struct ww_response *response);

/**
 * Sends an interim (1xx) response before the final one; never to HTTP/1.0. 100 answers `Expect: 100-continue`, which otherwise
 * is answered when ww_conn_next() wants the content.
 *
 * Answers and errors as ww_conn_respond(); 101 is for ww_conn_switch().
 *
 * Requires: `conn` is NULL or a connection; `fields_` points to `count` valid fields.
 */
WW_API ww_status ww_conn_send_interim(struct ww_conn *conn,
        uint16_t status,
        const struct ww_field *fields_,
        size_t count);

/**
 * Switches protocols: 101 to a request that offers an Upgrade (a field Upgrade names one of the offered protocols; Connection is
 * the library's), or 2xx to CONNECT. What the peer sent after its request comes as WW_EVENT_RAW, exactly once; ww_conn_send() then sends
 * raw octets and ww_conn_finish() ends our side.
 *
 * Answers WW_OK, above the high-water mark too. Errors, nothing done: as ww_conn_respond(); WW_E_STATE (the request's content is not complete);
 * WW_E_UPGRADE (not offered, or h2c).
 *
 * Requires: `conn` is NULL or a connection; `response` is NULL or valid.
 */
WW_API ww_status ww_conn_switch(struct ww_conn *conn,
        const struct ww_response *response);

/**
 * Client: sends a request; head and content are copied into the output queue, all or nothing. Host is written from `authority`.
 *
 * Answers WW_PAUSED above the high-water mark. Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (a request waits for its response and
 * none may be pipelined behind it; content with TRACE or CONNECT; an Expect without content); WW_E_CLOSING (the connection takes
 * no further request); WW_E_TARGET, WW_E_FIELD_NAME, WW_E_FIELD_VALUE, WW_E_AMBIGUOUS_FRAMING; WW_E_NOMEM.
 *
 * Requires: `conn` is NULL or a connection; `request` is NULL or valid.
 */
WW_API ww_status ww_conn_request(struct ww_conn *conn,
        const struct ww_request *request);

/**
 * Sends content of a streamed message, or raw octets after a switch; copied, all or nothing. An empty write emits nothing. Where the
 * response goes without content (to HEAD, and with 304) the octets are accepted and dropped, whatever length was declared: a handler need
 * not look at the method. What was lent is released then, too.
 *
 * Answers WW_PAUSED above the high-water mark; an empty queue always takes one write.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no content is due here); WW_E_BODY_LENGTH (more than declared); WW_E_NOMEM.
 *
 * Requires: `conn` is NULL or a connection; `data` points to `len` octets.
 */
WW_API ww_status ww_conn_send(struct ww_conn *conn,
        const void *data,
        size_t len);

/**
 * Sends content without copying it: `data` stays the library's, unchanged, until WW_EVENT_RELEASED with `token`. A connection
 * that has closed releases what is left after ww_conn_abort(), which says that nothing reads the octets any more, and after
 * ww_conn_reset(); ww_conn_free() releases without an event. Over TLS they are copied, and released when the copy is encrypted. Octets of an
 * event must not be lent. Answers and errors as ww_conn_send().
 *
 * Requires: `conn` is NULL or a connection; `data` points to `len` octets that stay as said.
 */
WW_API ww_status ww_conn_send_lent(struct ww_conn *conn,
        const void *data,
        size_t len,
        uint64_t token);

/**
 * Ends a streamed message, with trailers when it is chunked; after a switch, ends our side. Where the response goes without content
 * its trailers are dropped as well.
 *
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no message is in progress); WW_E_TRAILER (a name that must not be a trailer, or
 * content that is not chunked); WW_E_FIELD_NAME, WW_E_FIELD_VALUE; WW_E_NOMEM. WW_E_BODY_LENGTH (less than declared) ends the connection.
 *
 * Requires: `conn` is NULL or a connection; `trailers` points to `count` valid fields.
 */
WW_API ww_status ww_conn_finish(struct ww_conn *conn,
        const struct ww_field *trailers,
        size_t count);

/**
 * Lends `n` received octets. All are taken, or none. The buffer is the library's, which may rewrite it, until ww_conn_next()
 * answers anything but WW_OK; then it is the caller's again, and what was incomplete has been copied.
 *
 * Errors, none lent: WW_E_ARGUMENT (NULL with `n` > 0, more than lend_max), WW_E_STATE (the lend before is not drained,
 * or reading is off and a whole lend is held already, or after ww_conn_receive_eof()). Does not allocate. Ends events.
 *
 * Requires: `conn` is NULL or a connection; `buf` points to `n` octets that stay the library's as said.
 */
WW_API ww_status ww_conn_receive(struct ww_conn *conn,
        uint8_t *buf,
        size_t n,
        uint64_t now_ms);

/**
 * The peer will send no more. `clean`: by the transport's own rules (a FIN, not a reset), so that a message delimited by the end of
 * the transport is complete. With TLS of the connection's own a FIN is clean too: whether a close_notify came before it, without which
 * such a message is not complete, the connection knows itself. Pull events afterwards.
 *
 * Errors: WW_E_ARGUMENT. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_receive_eof(struct ww_conn *conn,
        int32_t clean,
        uint64_t now_ms);

/**
 * The transport reports that the peer has ended (EPOLLRDHUP) while the state lacks WW_STATE_WANT_READ: octets that came before may be
 * unread. They are read when WANT_READ is back, and behind them ww_conn_receive_eof() tells the end itself. Where a response to a whole
 * request is due, WW_EVENT_PEER_ENDED follows. Pull events afterwards. Saying it again changes nothing: stop watching for it, since
 * poll and epoll report it for as long as it lasts. While WANT_READ is set, read instead. For POLLERR, and for POLLHUP without
 * WANT_READ, call ww_conn_abort().
 *
 * Errors: WW_E_ARGUMENT. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_peer_ended(struct ww_conn *conn,
        uint64_t now_ms);

/**
 * The next event, in `ev`. Its pointers live until the next ww_conn_next(), ww_conn_receive(), ww_conn_reset() or
 * ww_conn_free() on this connection.
 *
 * Answers WW_OK with an event; WW_NEED_INPUT: all input is used up; WW_PAUSED: input waits until an unanswered request is answered,
 * until queued output is sent, or until ww_conn_resume(); WW_DONE: the connection has ended. All but WW_OK give the lent buffer back.
 * Errors: WW_E_ARGUMENT; WW_E_NOMEM: input could not be kept, the connection is closed. Allocates from the workspace when
 * it has no slab to spare for a head.
 *
 * Requires: `conn` is NULL or a connection; `ev` is NULL or writable.
 */
WW_API ww_status ww_conn_next(struct ww_conn *conn,
        struct ww_event *ev);

/**
 * Shows queued output as at most `cap` pieces of at most output_max octets together, and returns how many; 0 when there is none, and for
 * NULL arguments. The octets
 * keep address and content until ww_conn_sent() covers them, whatever else is called. They end before a file, which
 * ww_conn_output_file() names when they are sent.
 *
 * Over TLS the call makes the records of what is queued, up to about 64 KiB ahead of the transport, and so allocates. Where there is no
 * memory for a record it shows those that there are; without any, the connection ends with WW_EVENT_ERROR (WW_E_NOMEM). Allocates over TLS only.
 *
 * Requires: `conn` is NULL or a connection; `iov` is NULL or has room for `cap` pieces.
 */
WW_API size_t ww_conn_output(struct ww_conn *conn,
        ww_iovec *iov,
        size_t cap);

/**
 * The transport took the first `n` octets of the output for good.
 *
 * Errors: WW_E_ARGUMENT; WW_E_STATE: so many are not queued (nothing is done). Allocates over TLS only, for the close_notify behind the
 * last of them.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_sent(struct ww_conn *conn,
        size_t n,
        uint64_t now_ms);

/**
 * The transport failed (reset, broken pipe): queued output and held input are dropped, an exchange in progress ends with
 * WW_EVENT_ERROR, the state becomes WW_STATE_CLOSE.
 *
 * Errors: WW_E_ARGUMENT. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_abort(struct ww_conn *conn,
        uint64_t now_ms);

/**
 * When ww_conn_tick() is due, on the clock of `now_ms`; UINT64_MAX: no wait is on (or `conn` is NULL). Starts the write clock of
 * what was queued since the last call with a time. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API uint64_t ww_conn_deadline(struct ww_conn *conn,
        uint64_t now_ms);

/**
 * Applies the time: waits that are over end, by an error reply, an event or silently, as their clock says. Pull events
 * afterwards. Early calls are harmless.
 *
 * Errors: WW_E_ARGUMENT. May allocate an output block for a reply.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_tick(struct ww_conn *conn,
        uint64_t now_ms);

/**
 * Sends a stretch of a file as content of a streamed message, or as raw octets after a switch; where the message is chunked, as one
 * chunk. Not an octet of it is read here: when its turn has come, ww_conn_output_file() names it. The descriptor stays the caller's,
 * open, and what it holds there as it is, until WW_EVENT_RELEASED with `token`; that comes, or does not, as for ww_conn_send_lent().
 * A `len` of 0 sends nothing and is released in its turn.
 *
 * That event allows the descriptor to be closed. What sendfile() has taken lies in the file's own pages until the peer has it, so who
 * overwrites those octets in place changes them on their way, also after the event: files that change are replaced by others (rename()).
 *
 * Answers WW_PAUSED above the high-water mark, to which a file counts with its whole length; an empty queue always takes one.
 * Errors, nothing done: those of ww_conn_send(); WW_E_ARGUMENT also for a negative descriptor, an end beyond 2^63 - 1, or a length
 * that is greater than the address space has room for. Allocates when no output block is to spare.
 *
 * Requires: `conn` is NULL or a connection; `file` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_conn_send_file(struct ww_conn *conn,
        const struct ww_file *file,
        uint64_t token);

/**
 * The file that the output stops at, in `out` (start from WW_FILE_INIT), as far as it is not sent: ww_conn_output() shows nothing before
 * it. Answers WW_OK where the file may go as it is: send from it, as by sendfile(), and report what the transport took by ww_conn_sent().
 * Answers WW_NEED_INPUT over TLS: read some of it, and ww_conn_send_file_bytes() takes that. WW_DONE: there is none now.
 *
 * ```c
 * ww_file file = WW_FILE_INIT;
 * for (;;) {
 *     if (flush(fd, c, now_ms) < 0) break; // ww_conn_output(), writev(), ww_conn_sent(); < 0: the transport would block
 *     ww_status status = ww_conn_output_file(c, &file);
 *     if (status != WW_OK && status != WW_NEED_INPUT) break;
 *     off_t at = (off_t)file.offset;
 *     if (status == WW_OK) {
 *         ssize_t sent = sendfile(fd, (int)file.fd, &at, file.len < MOST ? file.len : MOST);
 *         if (sent > 0) { ww_conn_sent(c, (size_t)sent, now_ms); continue; }
 *         if (sent < 0 && errno == EAGAIN) break;
 *     }
 *     ssize_t got = pread((int)file.fd, buf, sizeof buf, (off_t)file.offset); // over TLS, and what sendfile() refuses
 *     ww_conn_send_file_bytes(c, buf, got > 0 ? (size_t)got : 0);
 * }
 * ```
 *
 * Without the part about WW_OK the loop is right for every connection too, and copies. sendfile() raises SIGPIPE where the peer is
 * gone: ignore it. Both calls wait for the disk.
 *
 * Errors: WW_E_ARGUMENT. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_conn_output_file(struct ww_conn *conn,
        struct ww_file *out);

/**
 * Takes the next octets of the file that ww_conn_output_file() named, also where it answered WW_OK. They are copied, and become
 * output in the place of those of the file. At most 64 KiB are taken at once, and no more than is left of the file; what else there
 * is in `data` is named again. With `len` 0 the file is shorter than was said, or cannot be read: what was promised cannot be kept, so
 * the connection ends with WW_EVENT_ERROR and WW_E_BODY_LENGTH. Where the end of the transport would be that of the content, as to a client
 * of HTTP/1.0 that was told no length, reset the transport instead of closing it (SO_LINGER of 0), so that it does not look whole.
 *
 * Errors: WW_E_ARGUMENT, WW_E_STATE (no file is at the front), nothing done; WW_E_NOMEM: the connection has ended. Allocates when no
 * output block is to spare.
 *
 * Requires: `conn` is NULL or a connection; `data` points to `len` octets.
 */
WW_API ww_status ww_conn_send_file_bytes(struct ww_conn *conn,
        const void *data,
        size_t len);

/**
 * What the owner should do now: WW_STATE_* bits, also those of TLS where there is some. Ask when ww_conn_next() has answered anything but
 * WW_OK: before that a lend may have more events than this tells. A handle that is NULL or broken answers WW_STATE_CLOSE. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API uint32_t ww_conn_state(struct ww_conn *conn);

/**
 * The octets of the workspace's memory that the connection holds and that come back when it ends: output that is not sent, unread input, a
 * head or message in the making, a TLS record that is cut, what it knows of permessage-deflate. The connection itself and the state of its
 * TLS come on top. 0 for NULL. With ww_workspace_memory() it tells whom to end with ww_conn_abort() before memory is used up: the largest
 * holder. Costs as much as the connection has blocks of output. Does not allocate.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API size_t ww_conn_memory(struct ww_conn *conn);

/**
 * The last error of the connection, which ended it, unless it was one request that the library answered itself (417, 421), in
 * `out` (start from WW_ERROR_INFO_INIT): code, offset in the input of that call, the HTTP status a
 * server answers with, the ledger's rule, a reason for a log. Everything is 0 or empty while nothing did. The strings are
 * static. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `conn` is NULL or a connection; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_conn_error(const struct ww_conn *conn,
        struct ww_error_info *out);

/**
 * Holds the stream: ww_conn_next() answers WW_PAUSED, WW_STATE_WANT_READ goes, at most one lend is kept, and the peer's clock stands
 * still. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_pause(struct ww_conn *conn);

/**
 * Lets a held stream go on; run a turn afterwards. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_resume(struct ww_conn *conn);

/**
 * Makes the exchange in progress the last: its response says `close`, and the connection is closed in stages after it. An idle
 * connection closes now, one in a handshake of TLS too, and an open WebSocket sends a Close with 1001. A tunnel goes on until both
 * sides have ended it: its octets say nothing of an end, so its owner closes the transport when it has waited long enough. Allocates when no output block is to spare for that Close, and
 * over TLS for a close_notify.
 *
 * Errors: WW_E_ARGUMENT; WW_E_NOMEM: there is no memory for the Close. Nothing was done then, and the call may be made again.
 *
 * Requires: `conn` is NULL or a connection.
 */
WW_API ww_status ww_conn_shutdown(struct ww_conn *conn);

/**
 * What was agreed on in the TLS handshake of a connection, in `out` (start from WW_TLS_INFO_INIT); everything is 0 or empty without TLS
 * and while it is not known. The spans live until ww_conn_reset() or ww_conn_free(). Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `conn` is NULL or a connection; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_conn_tls_info(const struct ww_conn *conn,
        struct ww_tls_info *out);

/**
 * Certificate `index` of the chain the peer sent, 0 its own: ww_tls_peer_certificate() of a connection, which may also have no TLS. The
 * span lives until ww_conn_reset() or ww_conn_free(). Does not allocate.
 *
 * Answers WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT.
 *
 * Requires: `conn` is NULL or a connection; `der` is NULL or writable.
 */
WW_API ww_status ww_conn_tls_peer_certificate(const struct ww_conn *conn,
        size_t index,
        struct ww_span *der);

/**
 * Accepts the WebSocket that the request in progress offers (RFC 6455 §4.2.2): 101 is queued, and the peer's frames come as
 * WW_EVENT_MESSAGE and the other WebSocket events, those included that came before the 101: at most one lend of them is held until
 * then. `handshake` NULL: no subprotocol, no more fields. To refuse, answer the request as any other; the connection closes then if frames
 * came already. A browser's page is known by the Origin among the request's fields.
 *
 * Answers WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no request waits, a field that is the handshake's own); WW_E_WS_SUBPROTOCOL (this one
 * was not offered); WW_E_FIELD_NAME, WW_E_FIELD_VALUE; WW_E_NOMEM.
 * WW_E_WS_HANDSHAKE: the request offers WebSocket badly or not at all, and was answered with 400 or 426; ww_conn_error() tells why.
 *
 * Requires: `conn` is NULL or a connection; `handshake` is NULL or valid.
 */
WW_API ww_status ww_conn_accept_websocket(struct ww_conn *conn,
        const struct ww_ws_handshake *handshake);

/**
 * Client: asks for a WebSocket (RFC 6455 §4.1). The answer is WW_EVENT_RESPONSE: with status 101 the WebSocket is open, its
 * Sec-WebSocket-Accept, subprotocol and extensions verified; any other status is a response like others. A 101 that does not answer what
 * was asked is WW_EVENT_ERROR.
 *
 * Answers WW_PAUSED above the high-water mark.
 * Errors, nothing done: those of ww_conn_request(); WW_E_ENTROPY (the workspace has no seed).
 *
 * Requires: `conn` is NULL or a connection; `handshake` is NULL or valid.
 */
WW_API ww_status ww_conn_request_websocket(struct ww_conn *conn,
        const struct ww_ws_handshake *handshake);

/**
 * Sends a message or a part of one. `flags` are WW_SEND_TEXT or WW_SEND_BINARY; for a message in parts WW_SEND_TEXT_PART or
 * WW_SEND_BINARY_PART, with WW_SEND_FIRST for its first part and WW_SEND_LAST for its last; and WW_SEND_UNCOMPRESSED. The flags of a
 * WW_EVENT_MESSAGE send the same. Copied, all or nothing; each call is one frame.
 *
 * Answers WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open, or parts of two messages are mixed); WW_E_WS_CLOSING; WW_E_UTF8
 * (text that is not, over all its parts); WW_E_ENTROPY; WW_E_NOMEM. Allocates when no output block is to spare, and for compressing.
 *
 * Requires: `conn` is NULL or a connection; `data` points to `len` octets.
 */
WW_API ww_status ww_conn_send_message(struct ww_conn *conn,
        uint32_t flags,
        const void *data,
        size_t len);

/**
 * Sends a message that was prepared, whole: one copy, and neither validating nor framing nor, as a rule, compressing. A client gives each
 * copy a mask of its own. Between the parts of another message it is refused.
 *
 * Answers WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open, or another message is under way); WW_E_WS_CLOSING;
 * WW_E_ENTROPY; WW_E_NOMEM. Allocates when no output block is to spare, and the first time that the message is to be compressed.
 *
 * Requires: `conn` is NULL or a connection; `message` is NULL or came from ww_ws_prepare().
 */
WW_API ww_status ww_conn_send_prepared(struct ww_conn *conn,
        const struct ww_ws_prepared *message);

/**
 * Sends a Ping of at most 125 octets. The Pong comes as WW_EVENT_PONG. The keep-alive of ping_ms needs no call.
 *
 * Answers WW_PAUSED above the high-water mark.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open, more than 125 octets); WW_E_WS_CLOSING; WW_E_NOMEM.
 *
 * Requires: `conn` is NULL or a connection; `data` points to `len` octets.
 */
WW_API ww_status ww_conn_ping(struct ww_conn *conn,
        const void *data,
        size_t len);

/**
 * Closes a WebSocket (RFC 6455 §7): a Close with this code and reason (UTF-8, at most 123 octets) is queued, and nothing may follow.
 * Code 0: without a code. The connection closes when the peer's Close has come, or after close_ms.
 *
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open); WW_E_WS_CLOSING (a Close was sent already); WW_E_WS_CLOSE (a code
 * that must not be sent, a reason that is too long); WW_E_UTF8; WW_E_NOMEM.
 *
 * Requires: `conn` is NULL or a connection; the octets of `reason` are readable.
 */
WW_API ww_status ww_conn_close_websocket(struct ww_conn *conn,
        uint16_t code,
        struct ww_span reason);

/**
 * Makes a group without members. Ends by ww_group_free(); it lives on while servers are in it. Any thread. Allocates.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `out` is NULL or writable.
 */
WW_API ww_status ww_group_new(struct ww_group **out);

/**
 * Another handle to the same group, as for another thread; NULL for NULL. Ends by its own ww_group_free(). Any thread. Allocates.
 *
 * Requires: `group` is NULL or a group.
 */
WW_API struct ww_group *ww_group_ref(const struct ww_group *group);

/**
 * Frees a handle; the group goes with the last one and the last server in it. NULL is fine. Any thread.
 *
 * Requires: `group` came from ww_group_new() or ww_group_ref() and is not used again.
 */
WW_API void ww_group_free(struct ww_group *group);

/**
 * Parses a request head at `in`, where `len` octets are (RFC 9112 §2, §3, §5).
 *
 * - `limits` may be NULL for the defaults (method 64, target 8192, line 8192, section 32768 octets, 100 fields).
 * - `scan` is zeroed by the caller before the first octets of a head, and is zero again after `WW_OK`.
 * - `fields` has room for `fields_cap` fields, which is one more limit on their number.
 * - `head` is written with `WW_OK` only. Its pointers, and those of `fields`, are into `in` and `fields`.
 *
 * Returns `WW_OK` when the head is whole: `head->head_len` octets belong to it, and those after it were not looked at.
 * Returns `WW_NEED_INPUT` when it is not: call again with the same octets and more after them, the same `scan` and
 * the same `fields`. The octets may have moved; pointers in `fields` are moved along. What was seen is not looked at
 * again, so a head costs the same in one piece or in many. Returns the error of the first octet with which `in` can no
 * longer become a request head, as soon as that octet is there; `scan` then keeps it (`ww_scan_error`) for every later
 * call. Which result comes does not depend on the pieces.
 *
 * What a single line cannot show is not judged here: see the `WW_HEAD_*` bits of `head->flags`.
 *
 * Errors: `WW_E_REQUEST_LINE`, `_TARGET`, `_VERSION`, `_LINE_END`, `_FIELD_NAME`, `_FIELD_VALUE`, `_TOO_LARGE`;
 * `WW_E_ARGUMENT` for NULL, a wrong `limits->size`, fewer octets than last time, or fewer fields than were found.
 *
 * Any thread; a scan belongs to one at a time. Does not allocate. Never reads outside `in`.
 *
 * Requires: `in` points to `len` readable octets (or is NULL with `len` 0), `fields` to `fields_cap` fields, the others to what
 * their types say. None of them overlap.
 */
WW_API int32_t ww_parse_request(const uint8_t *in,
        size_t len,
        const struct ww_head_limits *limits,
        struct ww_scan *scan,
        struct ww_field *fields,
        size_t fields_cap,
        struct ww_head *head);

/**
 * Parses a response head at `in` as `ww_parse_request` does a request head (RFC 9112 §2, §4, §5).
 *
 * A value that goes on in the next line (obs-fold) comes as it was received, with its CRLF, and its field has the flag
 * `WW_FIELD_FOLDED`: the octets from CR through the whitespace stand for one space.
 *
 * Errors: `WW_E_STATUS_LINE`, `_VERSION`, `_LINE_END`, `_FIELD_NAME`, `_FIELD_VALUE`, `_TOO_LARGE`, `_ARGUMENT`.
 *
 * Any thread; a scan belongs to one at a time. Does not allocate. Never reads outside `in`.
 *
 * Requires: As `ww_parse_request`.
 */
WW_API int32_t ww_parse_response(const uint8_t *in,
        size_t len,
        const struct ww_head_limits *limits,
        struct ww_scan *scan,
        struct ww_field *fields,
        size_t fields_cap,
        struct ww_head *head);

/**
 * Parses a trailer section at `in`, which begins after the line of the last chunk, as `ww_parse_request` does a head
 * (RFC 9112 §7.1.2). With `limits` NULL it may have 8192 octets and 32 fields.
 *
 * Of `head` only `fields`, `field_count` and `head_len` are set; the rest is zero, and `content_length` is none.
 *
 * Errors: `WW_E_TRAILER`, `_TOO_LARGE`, `_ARGUMENT`.
 *
 * Any thread; a scan belongs to one at a time. Does not allocate. Never reads outside `in`.
 *
 * Requires: As `ww_parse_request`.
 */
WW_API int32_t ww_parse_trailers(const uint8_t *in,
        size_t len,
        const struct ww_head_limits *limits,
        struct ww_scan *scan,
        struct ww_field *fields,
        size_t fields_cap,
        struct ww_head *head);

/**
 * Tells the error that ended a scan: its status code, the octet, the status to answer a request with, and why.
 *
 * `out->size` is set by the caller. Without an error, `out->code` is 0 and the texts are empty. The texts are static.
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or a wrong `out->size`.
 *
 * Any thread; a scan belongs to one at a time. Does not allocate.
 *
 * Requires: The pointers are NULL or point to what their types say.
 */
WW_API int32_t ww_scan_error(const struct ww_scan *scan,
        struct ww_error_info *out);

/**
 * The first field of `head` whose `id` is this `WW_FIELD_*`; NULL when there is none, and for `id` 0. Further ones with the same
 * name are behind it in `head->fields`.
 *
 * Any thread. Does not allocate; looks at each field once.
 *
 * Requires: `head` is NULL or a head whose pointers are alive.
 */
WW_API const struct ww_field *ww_head_find(const struct ww_head *head,
        uint16_t id);

/**
 * The first field of `head` with this name, in any case; NULL when there is none. ww_head_find() is quicker for names that have
 * an id.
 *
 * Any thread. Does not allocate; looks at each field once.
 *
 * Requires: `head` is NULL or a head whose pointers are alive; `name` is empty or readable.
 */
WW_API const struct ww_field *ww_head_find_name(const struct ww_head *head,
        struct ww_span name);

/**
 * Copies a head, its fields and all octets it points to into `out`, for an answer that comes later than the end of the event or
 * of the input. `out` then begins with a ww_head, behind it its fields, behind them the octets; nothing in it points elsewhere, and all
 * functions on heads take it. It ends with the memory of `out`: there is nothing to free. It points into itself: move it by
 * copying it again with this function, not with memcpy().
 *
 * Returns `WW_OK` with the octets used in `*needed`. Returns `WW_E_BUFFER` with the octets needed in `*needed` when they are
 * more than `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask. Errors, with 0 in `*needed`: `WW_E_ARGUMENT`
 * (NULL, or `out` not aligned for a ww_head). Nothing of `out` is touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `head` is NULL or a head whose pointers are alive; `out` points to `out_cap` writable octets, aligned as malloc() does, or is
 * NULL with `out_cap` 0, and does not overlap what is read; `needed` is NULL or writable.
 */
WW_API ww_status ww_head_copy(const struct ww_head *head,
        void *out,
        size_t out_cap,
        size_t *needed);

/**
 * The next element of a list value as Accept, Connection and Vary have it (RFC 9110 §5.6.1), in `element`: whitespace around it
 * removed, empty elements skipped. A comma in a quoted string separates nothing; the quotes stay.
 *
 * ```c
 * ww_list list = WW_LIST_INIT(field->value);
 * while (ww_list_next(&list, &element) == WW_OK) use(element);
 * ```
 *
 * Returns `WW_OK` with an element, `WW_DONE` after the last one, `WW_E_FIELD_VALUE` where the list goes wrong: a quoted string
 * without its end, or more than 32 empty elements. `element` is empty with a NULL pointer then, and later calls say the same. A
 * folded value is to be unfolded first, see ww_field_unfold(). `WW_E_ARGUMENT` for NULL.
 *
 * Any thread; a walk belongs to one at a time. Does not allocate.
 *
 * Requires: `list` is NULL or a walk whose value is readable; `element` is NULL or writable.
 */
WW_API ww_status ww_list_next(struct ww_list *list,
        struct ww_span *element);

/**
 * The `WW_FIELD_*` of a field name, in any case; 0 for any other name.
 *
 * Any thread. Does not allocate; one look into a table.
 *
 * Requires: `name` is empty or readable.
 */
WW_API uint16_t ww_field_id(struct ww_span name);

/**
 * The name of a `WW_FIELD_*` as its standard writes it; empty with a NULL pointer for 0 and unknown values. Static.
 *
 * Any thread. Does not allocate.
 */
WW_API struct ww_span ww_field_name(uint16_t id);

/**
 * The name of a `WW_METHOD_*`; empty with a NULL pointer for WW_METHOD_OTHER and unknown values. Static.
 *
 * Any thread. Does not allocate.
 */
WW_API struct ww_span ww_method_name(uint8_t id);

/**
 * Whether `span` and the NUL-terminated `text` are the same octets. `false` when `text` is NULL.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `span` is empty or readable; `text` is NULL or NUL-terminated.
 */
WW_API bool ww_span_equal(struct ww_span span, const char *text);

/** As ww_span_equal(), with ASCII letters equal in either case: for field names, connection options, codings. */
WW_API bool ww_span_equal_nocase(struct ww_span span,
        const char *text);

/**
 * Writes the value of `field` as one line: each obs-fold in it, from the whitespace before CR through the whitespace behind LF,
 * becomes one space (RFC 9112 §5.2). A value without WW_FIELD_FOLDED is copied as it is.
 *
 * Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more
 * than `out_cap`; `field->value.len` is always enough. Errors, with 0 in `*written`: `WW_E_ARGUMENT`. Nothing of `out` is
 * touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `field` is NULL or a field whose value is readable; `out` points to `out_cap` writable octets or is NULL with `out_cap` 0;
 * `written` is NULL or writable. `out` does not overlap the value.
 */
WW_API ww_status ww_field_unfold(const struct ww_field *field,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Gives a counted handle to the mailbox of `server`. Each ends by its own ww_mailbox_free(). Allocates.
 *
 * Errors: WW_E_ARGUMENT. `*out` is NULL then.
 *
 * Requires: `server` is NULL or a server, called on its thread; `out` is NULL or writable.
 */
WW_API ww_status ww_server_mailbox(struct ww_server *server,
        struct ww_mailbox **out);

/**
 * Another handle to the same mailbox, as for another thread; NULL for NULL. Any thread. Allocates.
 *
 * Requires: `mailbox` is NULL or a mailbox.
 */
WW_API struct ww_mailbox *ww_mailbox_ref(struct ww_mailbox *mailbox);

/**
 * Frees a handle; the mailbox goes with the last one. NULL is fine. Any thread, but no signal handler.
 *
 * Requires: `mailbox` came from ww_server_mailbox() or ww_mailbox_ref() and is not used again.
 */
WW_API void ww_mailbox_free(struct ww_mailbox *mailbox);

/**
 * Posts a copy of `len` octets to the server's thread, where they come as WW_EVENT_POST of the connection `conn`, with `token`.
 * `conn` 0 is the server itself. Posts of one thread come in their order. Any thread; takes a lock and allocates.
 *
 * Answers WW_OK: queued; WW_PAUSED: the mailbox is full (`posts_max`, `post_bytes_max`), nothing was done.
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE (the server has ended); WW_E_NOMEM. That the connection has ended is known only
 * on the server's thread: see WW_POST_REPORT.
 *
 * Requires: `mailbox` is NULL or a mailbox; `data` points to `len` octets.
 */
WW_API ww_status ww_mailbox_post(struct ww_mailbox *mailbox,
        ww_id conn,
        const void *data,
        size_t len,
        uint64_t token,
        uint32_t flags);

/**
 * Answers the request of a connection from another thread. The response is copied, fields and content; it is queued on
 * the server's thread as by ww_server_respond(), without an event, and waits there while the connection's output is above its
 * high-water mark. With WW_MESSAGE_STREAM content follows by ww_mailbox_send() and ends with ww_mailbox_finish(). Any thread; takes a lock
 * and allocates.
 *
 * Answers and errors as ww_mailbox_post(); WW_E_FIELD_NAME, WW_E_FIELD_VALUE; WW_E_ARGUMENT also for WW_MESSAGE_LENT. Whatever else
 * ww_server_respond() may answer is told by WW_EVENT_UNDELIVERED with WW_POST_REPORT, and not at all without it; WW_E_NOMEM ends the
 * connection with that error, since its request would never be answered.
 *
 * Requires: `mailbox` is NULL or a mailbox; `response` is NULL or valid.
 */
WW_API ww_status ww_mailbox_respond(struct ww_mailbox *mailbox,
        ww_id conn,
        const struct ww_response *response,
        uint64_t token,
        uint32_t flags);

/**
 * Sends a whole WebSocket message to a connection from another thread, without an event: ww_server_publish_to() on the server's thread, with
 * these `ws_flags` and `key`. It is copied, validated and framed here. Messages of one thread come in their order. Any thread; takes
 * a lock and allocates.
 *
 * Answers and errors as ww_mailbox_post(); WW_E_ARGUMENT also for a part of a message; WW_E_UTF8. With WW_POST_REPORT, WW_EVENT_UNDELIVERED
 * tells that the message did not get there, with the error that ww_server_publish_to() would have answered: WW_E_GONE also where it
 * waited and the connection ended, WW_E_SLOW where it was dropped, replaced, or lost with a connection that was closed for being slow.
 *
 * Requires: `mailbox` is NULL or a mailbox; `data` points to `len` octets.
 */
WW_API ww_status ww_mailbox_send_message(struct ww_mailbox *mailbox,
        ww_id conn,
        uint32_t ws_flags,
        uint64_t key,
        const void *data,
        size_t len,
        uint64_t token,
        uint32_t flags);

/**
 * Publishes a whole WebSocket message from another thread: ww_server_publish() on the server's thread, to its subscribers and those of its
 * group. It is copied, validated and framed here. Any thread; takes a lock and allocates.
 *
 * Answers and errors as ww_mailbox_post(); WW_E_ARGUMENT also for a part of a message; WW_E_UTF8. The call does not report how many connections received the message.
 *
 * Requires: `mailbox` is NULL or a mailbox; the octets of `topic` are readable; `data` points to `len` octets.
 */
WW_API ww_status ww_mailbox_publish(struct ww_mailbox *mailbox,
        struct ww_span topic,
        uint32_t ws_flags,
        uint64_t key,
        const void *data,
        size_t len);

/**
 * Asks the server to drain: ww_server_drain() on its thread. Any thread, and async-signal-safe: atomics and at most one write(2), no
 * lock, no allocation; like write(2) it may change errno. A handler may be interrupted by another that calls it too.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE (the server has ended).
 *
 * Requires: `mailbox` is NULL or a mailbox that no thread frees meanwhile.
 */
WW_API ww_status ww_mailbox_drain(struct ww_mailbox *mailbox,
        uint64_t within_ms);

/**
 * Sends content of a streamed response from another thread, or raw octets after a switch: ww_server_send() on the server's thread, without
 * an event. Copied. What one thread posts for a connection comes in its order. Any thread; takes a lock and allocates.
 *
 * ```c
 * ww_mailbox_respond(mailbox, conn, &head, 0, 0);                  // head.flags: WW_MESSAGE_STREAM
 * while ((len = produce(data)) > 0)
 *     while ((status = ww_mailbox_send(mailbox, conn, data, len, 0, 0)) == WW_PAUSED)
 *         if (ww_mailbox_wait(mailbox, conn, len, 30000) != WW_OK) return; // the peer has ended, or does not read
 * ww_mailbox_finish(mailbox, conn, NULL, 0, 0, 0);
 * ```
 *
 * Answers WW_OK: queued. WW_PAUSED, nothing done: what is on its way to this connection and not in its output yet is `post_conn_max` of
 * ww_server_config with these octets, or the mailbox is full; ww_mailbox_wait() waits for room. A peer that does not read holds up those
 * who post to it and nobody else.
 *
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_NOMEM; WW_E_GONE: the server has ended, or the connection and that was found out by a post
 * before. Whatever else ww_server_send() may answer is told by WW_EVENT_UNDELIVERED with WW_POST_REPORT, and not at all without it. No
 * response is sent with a hole: more than the declared content, or no memory for it (WW_E_NOMEM), ends the connection.
 *
 * Requires: `mailbox` is NULL or a mailbox; `data` points to `len` octets.
 */
WW_API ww_status ww_mailbox_send(struct ww_mailbox *mailbox,
        ww_id conn,
        const void *data,
        size_t len,
        uint64_t token,
        uint32_t flags);

/**
 * Ends a streamed response from another thread, with trailers: ww_server_finish() on the server's thread. Where the response is not chunked,
 * as to a client of HTTP/1.0, trailers are dropped. Any thread; takes a lock and allocates.
 *
 * Answers and errors as ww_mailbox_send(), but WW_PAUSED only where the mailbox is full; WW_E_FIELD_NAME, WW_E_FIELD_VALUE, WW_E_TRAILER. Less than the declared content ends the connection.
 *
 * Requires: `mailbox` is NULL or a mailbox; `trailers` points to `count` valid fields.
 */
WW_API ww_status ww_mailbox_finish(struct ww_mailbox *mailbox,
        ww_id conn,
        const struct ww_field *trailers,
        size_t count,
        uint64_t token,
        uint32_t flags);

/**
 * Accepts the WebSocket that the request of a connection offers, from another thread: ww_server_accept_websocket() on the server's thread.
 * Messages that are posted behind it follow it. Any thread; takes a lock and allocates.
 *
 * Answers and errors as ww_mailbox_finish(). What ww_server_accept_websocket() may answer else is told by
 * WW_EVENT_UNDELIVERED with WW_POST_REPORT.
 *
 * Requires: `mailbox` is NULL or a mailbox; `handshake` is NULL or valid.
 */
WW_API ww_status ww_mailbox_accept_websocket(struct ww_mailbox *mailbox,
        ww_id conn,
        const struct ww_ws_handshake *handshake,
        uint64_t token,
        uint32_t flags);

/**
 * Waits until ww_mailbox_send() of `len` octets to a connection would be taken, at most `timeout_ms` milliseconds; 0 only looks, a negative
 * one never ends. For the threads that post, any of them; never on the server's own, which is where room is made. Signals do not end it. A
 * server that is freed ends it, so free the server before threads that wait are joined.
 *
 * Answers WW_OK: there is room, and nobody else who posts to this connection has taken it yet; WW_TIMEOUT: not in this time.
 * Errors: WW_E_ARGUMENT; WW_E_GONE (the connection has ended, and that was found out, or the server); WW_E_LIMIT (the mailbox never takes so
 * many octets); WW_E_NOMEM.
 *
 * Requires: `mailbox` is NULL or a mailbox that no thread frees meanwhile.
 */
WW_API ww_status ww_mailbox_wait(const struct ww_mailbox *mailbox,
        ww_id conn,
        size_t len,
        int64_t timeout_ms);

/**
 * Writes `octets` in base64 (RFC 4648 §4) to `out`, without line ends and without a NUL. `flags` are `WW_BASE64_*` bits.
 * WW_BASE64_LEN() is the length of the text as a constant.
 *
 * Returns `WW_OK` with the length of the text in `*written`. Returns `WW_E_BUFFER` with the length needed in `*written` when it is more than
 * `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask. Errors, with 0 in `*written`: `WW_E_ARGUMENT` for NULL or an unknown
 * flag. Nothing of `out` is touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate; linear.
 *
 * Requires: `octets` is empty or readable; `out` points to `out_cap` writable octets outside of `octets`, or is NULL with `out_cap` 0;
 * `written` is NULL or writable.
 */
WW_API ww_status ww_base64_encode(struct ww_span octets,
        uint32_t flags,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Writes the octets that `text` has in base64 to `out`. It is strict: whitespace, letters of the other alphabet, spare bits that are not 0,
 * and `=` that is missing or too much are refused, so that no two texts are the same octets (RFC 4648 §3). `flags` are as in
 * ww_base64_encode().
 *
 * Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more than
 * `out_cap`; `text.len / 4 * 3 + 2` are always enough. Errors, with 0 in `*written`: `WW_E_ENCODING` for what is not base64, and `out` may
 * have been written to then; `WW_E_ARGUMENT` for NULL or an unknown flag.
 *
 * Any thread. Does not allocate; linear. The time it takes depends on the text: where text is secret, do not use it beside a peer who
 * can measure that.
 *
 * Requires: as ww_base64_encode().
 */
WW_API ww_status ww_base64_decode(struct ww_span text,
        uint32_t flags,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * The seconds since 1970 in UTC of an HTTP date in any of its three forms (RFC 9110 §5.6.7), in `seconds`: negative before 1970.
 * `now`, in seconds since 1970, is for the form with a two-digit year: a date that would be more than 50 years later is of a century
 * before. ww_write_date() is the other way.
 *
 * The day of the week need not be that of the date. A leap second (`:60`) is the second after it.
 *
 * Returns `WW_OK`. Errors, with `*seconds` untouched: `WW_E_FIELD_VALUE` for what is no date, whitespace at its ends included;
 * `WW_E_ARGUMENT` for NULL.
 *
 * Any thread. Does not allocate; asks no clock and no locale.
 *
 * Requires: `text` is empty or readable; `seconds` is NULL or writable.
 */
WW_API ww_status ww_parse_date(struct ww_span text,
        int64_t now,
        int64_t *seconds);

/**
 * Makes `reader` ready for content in `text/event-stream` (HTML Standard §9.2.6). In `room` one event is put together: its `room_len`
 * octets are the limit of its data, type and id, with the line that is being read.
 *
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or no room, with the reader not started.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `reader` is NULL or writable; `room` is NULL or points to `room_len` writable octets that belong to the reader for as long as it
 * is used.
 */
WW_API ww_status ww_sse_start(struct ww_sse_reader *reader,
        uint8_t *room,
        size_t room_len);

/**
 * Looks at an event stream up to the end of the next event, which is in `event`. The stream may come in any pieces: `in` has the next `len`
 * octets of it, and nothing of them has to be kept when they are consumed.
 *
 * ```c
 * while ((status = ww_sse_next(&reader, in, len, &consumed, &event)) == WW_OK) {
 *     in += consumed, len -= consumed;
 *     use(event.data);
 * }
 * ```
 *
 * - `consumed` is always written: how many octets of `in` are done with. The next call gets those after them.
 * - `event` of the event has a NULL pointer for the usual type, `message`. Lines of `data` are separated by LF. `comment` is always NULL.
 * - `id` is what was said last, by this event or one before, and NULL before that: it is for Last-Event-ID. So is `retry_ms`, or 0.
 * - The spans are in the room, and valid until the next call on the reader.
 *
 * Returns `WW_OK` with an event. Returns `WW_NEED_INPUT` when all `len` octets are consumed and more have to come; what of an event is there
 * when the stream ends is none. Comments, and fields that are unknown or malformed, are skipped; every stream is one. Text is not checked
 * to be UTF-8.
 *
 * Errors: `WW_E_TOO_LARGE` for an event that does not fit into the room, and then always; `WW_E_STATE` for a reader that was not started;
 * `WW_E_ARGUMENT` for NULL or a wrong `event->size`, and nothing has happened then.
 *
 * Any thread; a reader belongs to one at a time. Does not allocate; looks at each octet a few times.
 *
 * Requires: `reader` is NULL, zeroed, or as a call before left it, with its room; `in` points to `len` readable octets (or is NULL with `len`
 * 0); `consumed` is NULL or writable; `event` is NULL or a struct of the size its first member says. None of them overlap.
 */
WW_API ww_status ww_sse_next(struct ww_sse_reader *reader,
        const uint8_t *in,
        size_t len,
        size_t *consumed,
        struct ww_sse_event *event);

/**
 * Writes an event of content in `text/event-stream` (HTML Standard §9.2.5) to `out`, with the empty line that ends it. Each line of `data`
 * and of `comment` becomes a line of the stream, so that nothing in them is taken for another field.
 *
 * ```c
 * ww_sse_event event = WW_SSE_EVENT_INIT;
 * event.data = json;
 * if (ww_write_sse_event(&event, out, sizeof out, &n) == WW_OK) ww_server_send(server, conn, out, n);
 * ```
 *
 * Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more
 * than `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask. Errors, with 0 in `*written`: `WW_E_FIELD_VALUE` for CR or LF in
 * `event` or `id`, or NUL in `id`; `WW_E_ARGUMENT` for NULL or a wrong `size`. Nothing of `out` is touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate; looks at each octet a few times. Whether text is UTF-8 is not looked at.
 *
 * Requires: `event` is NULL or a struct of the size its first member says, whose spans are empty or readable; `out` points to `out_cap`
 * writable octets outside of them, or is NULL with `out_cap` 0; `written` is NULL or writable.
 */
WW_API ww_status ww_write_sse_event(const struct ww_sse_event *event,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Takes a media type apart, in `out`: the value of Content-Type, or an element of Accept (RFC 9110 §8.3.1).
 *
 * ```c
 * ww_media_type type = WW_MEDIA_TYPE_INIT;
 * if (ww_parse_media_type(field->value, &type) == WW_OK) walk(type.parameters);
 * ```
 *
 * Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_FIELD_VALUE` for what is not `type/subtype` with parameters behind it or nothing;
 * `WW_E_ARGUMENT` for NULL or a wrong `out->size`. Whether parameters are well-formed their walk tells.
 *
 * Any thread. Does not allocate; looks at each octet a few times.
 *
 * Requires: `text` is empty or readable; `out` is NULL or a struct of the size its first member says, outside of `text`.
 */
WW_API ww_status ww_parse_media_type(struct ww_span text,
        struct ww_media_type *out);

/**
 * Writes a value without its quotes to `out`, and without the backslashes that quote an octet (RFC 9110 §5.6.4). A token is copied
 * as it is.
 *
 * Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more
 * than `out_cap`; `value.len` is always enough. Errors, with 0 in `*written`: `WW_E_FIELD_VALUE` for what is neither a token nor a quoted
 * string, `WW_E_ARGUMENT`. Nothing of `out` is touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate; looks at each octet a few times.
 *
 * Requires: `value` is empty or readable; `out` points to `out_cap` writable octets outside of `value`, or is NULL with `out_cap` 0;
 * `written` is NULL or writable.
 */
WW_API ww_status ww_unquote(struct ww_span value,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Makes `reader` ready for content whose Content-Type is `content_type`: multipart/form-data (RFC 7578), whatever multipart with
 * WW_MULTIPART_ANY (RFC 2046 §5.1). In `room` the head of each part is put together; its `room_len` octets are the limit of a head. 4 KiB are
 * plenty for forms.
 *
 * Returns `WW_OK`. Errors, with the reader not started: `WW_E_FIELD_VALUE` for another type (answer 415), or a boundary that is missing, there
 * twice, or no boundary: 1 to 70 octets of those that RFC 2046 allows (answer 400); `WW_E_ARGUMENT` for NULL or an unknown flag.
 *
 * Any thread. Does not allocate; looks at each octet of `content_type` a few times.
 *
 * Requires: `reader` is NULL or writable; `content_type` is empty or readable, and not needed after the call; `room` points to `room_len`
 * writable octets, or is NULL with `room_len` 0, and belongs to the reader for as long as it is used.
 */
WW_API ww_status ww_multipart_start(struct ww_multipart *reader,
        struct ww_span content_type,
        uint32_t flags,
        uint8_t *room,
        size_t room_len);

/**
 * Looks at multipart content up to the next event, which is in `part`. The content may come in any pieces: `in` has the next `len` octets of
 * it, and nothing of them has to be kept when they are consumed. Events and errors do not depend on the pieces, but for the places where
 * WW_PART_DATA is divided and a head that is too large is found.
 *
 * ```c
 * while ((status = ww_multipart_next(&reader, in, len, &consumed, &part)) == WW_OK) {
 *     in += consumed, len -= consumed;
 *     if (part.kind == WW_PART_DATA) use(part.data);
 * }
 * ```
 *
 * - `consumed` is always written: how many octets of `in` are done with. The next call gets those after them.
 * - Each part is one WW_PART_BEGIN, any number of WW_PART_DATA, and one WW_PART_END.
 * - Octets that could have been a boundary, at the end of an input, are shown later: `data` is in `reader` then.
 * - What is before the first boundary and behind the last one is skipped. Lines end in CRLF; a boundary behind a bare LF is content.
 *
 * Returns `WW_OK` with an event. Returns `WW_NEED_INPUT` when all `len` octets are consumed and more have to come. Returns `WW_DONE` behind
 * the last boundary, and in every later call, with all octets consumed: only then the content is whole, and a content that ends without
 * it was cut off (answer 400). How many parts there are, and how long they are, is for the caller to bound.
 *
 * Errors, which every later call returns too, with the octet at `in[*consumed]`: `WW_E_MULTIPART` for a boundary with something else behind
 * it in its line, a malformed head, and a part of a form that is not `form-data` with one `name`; `WW_E_TOO_LARGE` for a head that does not
 * fit into the room or has more than 32 fields. `WW_E_STATE` for a reader that was not started; `WW_E_ARGUMENT` for NULL or a wrong
 * `part->size`, and nothing has happened then.
 *
 * Any thread; a reader belongs to one at a time. Does not allocate; linear, and copies heads only.
 *
 * Requires: `reader` is NULL, zeroed, or as a call before left it, with its room; `in` points to `len` readable octets (or is NULL with `len`
 * 0); `consumed` is NULL or writable; `part` is NULL or a struct of the size its first member says. None of them overlap.
 */
WW_API ww_status ww_multipart_next(struct ww_multipart *reader,
        const uint8_t *in,
        size_t len,
        size_t *consumed,
        struct ww_part *part);

/**
 * The next pair of a query, or of content in `application/x-www-form-urlencoded` (URL Standard §5.1): what is before the first `=`, in
 * `name`, and what is behind it, in `value`, which is empty with a NULL pointer where there is no `=`. Pairs are separated by `&`;
 * empty ones are skipped. Nothing is decoded, see ww_percent_decode() with WW_DECODE_FORM.
 *
 * ```c
 * ww_pairs pairs = WW_PAIRS_INIT(target.query);
 * while (ww_form_next(&pairs, &name, &value) == WW_OK) use(name, value);
 * ```
 *
 * Returns `WW_OK` with a pair, `WW_DONE` after the last one, `WW_E_ARGUMENT` for NULL. Every text is a form. `name` and `value` point
 * into the text, and are empty with a NULL pointer when there is no pair. A form may have as many pairs as octets: bound what you keep.
 *
 * Any thread; a walk belongs to one at a time. Does not allocate; looks at each octet twice.
 *
 * Requires: `pairs` is NULL or a walk whose text is readable; `name` and `value` are NULL or writable.
 */
WW_API ww_status ww_form_next(struct ww_pairs *pairs,
        struct ww_span *name,
        struct ww_span *value);

/**
 * The next cookie of one value of Cookie (RFC 6265 §4.2, as lenient as browsers need it: they send a cookie without a name by RFC 6265bis): what is before the first `=` and what is behind
 * it, whitespace around both removed. Pairs are separated by `;`; empty ones are skipped, and one without `=` is the value of a cookie
 * without a name. Quotes are part of the value. Otherwise as ww_form_next().
 *
 * Requires: as ww_form_next().
 */
WW_API ww_status ww_cookie_next(struct ww_pairs *pairs,
        struct ww_span *name,
        struct ww_span *value);

/**
 * The next parameter (RFC 9110 §5.6.6) of `parameters` in ww_media_type, or of a text of that form: `; name=value; name="value"`. Case
 * of the name does not matter. A value that is quoted keeps its quotes: ww_unquote() removes them.
 *
 * Returns `WW_OK` with a parameter, `WW_DONE` after the last one, `WW_E_FIELD_VALUE` where what follows is no parameter, and then
 * always; `WW_E_ARGUMENT` for NULL. Otherwise as ww_form_next().
 *
 * Requires: as ww_form_next().
 */
WW_API ww_status ww_parameter_next(struct ww_pairs *pairs,
        struct ww_span *name,
        struct ww_span *value);

/**
 * Writes the octets that `text` stands for to `out`: each `%` with two hexadecimal digits is one octet (RFC 3986 §2.1). Meant for one
 * segment of a path, or one name or value of a form, since what is decoded may have any octet: `/`, `&`, NUL, or no UTF-8. It is decoded
 * once: `%2541` gives `%41`.
 *
 * Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more than
 * `out_cap`; `text.len` is always enough. Errors, with 0 in `*written`: `WW_E_ENCODING` for a `%` that begins no escape, whose place in
 * `text` is in `*bad` unless `bad` is NULL; `WW_E_ARGUMENT` for NULL or an unknown flag. Nothing of `out` is touched unless `WW_OK` is
 * returned, and nothing of `*bad` unless `WW_E_ENCODING` is.
 *
 * Any thread. Does not allocate; looks at each octet twice.
 *
 * Requires: `text` is empty or readable; `out` points to `out_cap` writable octets outside of `text`, or is NULL with `out_cap` 0;
 * `written` and `bad` are NULL or writable.
 */
WW_API ww_status ww_percent_decode(struct ww_span text,
        uint32_t flags,
        uint8_t *out,
        size_t out_cap,
        size_t *written,
        size_t *bad);

/**
 * Tells what becomes of a request by its If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since and If-Range, in `verdict`:
 * `WW_VERDICT_*`. They are looked at in the order of RFC 9110 §13.2.2.
 *
 * ```c
 * ww_representation now_there = WW_REPRESENTATION_INIT;
 * now_there.etag = etag;
 * ww_check_preconditions(head, &now_there, unix_seconds, &verdict);
 * ```
 *
 * Call it when the request would be answered with a 2xx otherwise, and before anything is changed: other answers take no notice of
 * preconditions (§13.2.1). `now` is for dates with a two-digit year, see ww_parse_date(). What is malformed: a date, or one that
 * stands there twice, counts as absent; a list of entity tags counts up to its first element that is none; an If-Range does not match.
 *
 * Returns `WW_OK`. Errors, with `*verdict` untouched: `WW_E_ARGUMENT` for NULL, an `etag` that is none, an unknown flag or a wrong `size`.
 *
 * Any thread. Does not allocate; looks at each field a few times.
 *
 * Requires: `request` is NULL or a head whose pointers are alive; `there` is NULL or a struct of the size its first member says, whose
 * `etag` is empty or readable; `verdict` is NULL or writable.
 */
WW_API ww_status ww_check_preconditions(const struct ww_head *request,
        const struct ww_representation *there,
        int64_t now,
        uint32_t *verdict);

/**
 * What the value of Range (RFC 9110 §14.1.2, §14.2) asks of a content of `length` octets, in `verdict`: `WW_RANGE_*`. The ranges are in
 * `table`, how many in `count`: in the order of the field, clipped to the content, without those of which there is no octet.
 *
 * `room` is how many ranges you are willing to send, 1 if you do not make multipart/byteranges: a field with more of them is ignored.
 * So is one whose ranges have more octets together than the content: they overlap. An answer is never longer than the content for it.
 *
 * Range is for GET alone, and ignored when ww_check_preconditions() says WW_VERDICT_PROCEED_WHOLE.
 *
 * Returns `WW_OK`. Errors: `WW_E_ARGUMENT` for NULL, with nothing touched. Of the table nothing beyond `room` is touched, and what is
 * beyond `count` means nothing. `*count` is 0 but for WW_RANGE_WHOLE and WW_RANGE_PARTIAL.
 *
 * Any thread. Does not allocate; looks at each octet a few times.
 *
 * Requires: `value` is empty or readable; `table` points to `room` writable ranges, or is NULL with `room` 0; the others are NULL
 * or writable. None of them overlap.
 */
WW_API ww_status ww_range_verdict(struct ww_span value,
        uint64_t length,
        struct ww_range *table,
        size_t room,
        size_t *count,
        uint32_t *verdict);

/**
 * Takes the target of a request apart, in `out`, whatever its form is (RFC 9112 §3.2).
 *
 * ```c
 * ww_target target = WW_TARGET_INIT;
 * if (ww_target_split(head->method, head->target, &target) == WW_OK) route(target.path);
 * ```
 *
 * Nothing is decoded or normalised: split the path at its slashes before each part is decoded by ww_percent_decode(), and walk the query
 * with ww_form_next(). Which octets a target may have was decided when it was received; here path and query may have those of
 * WW_TARGET_LENIENT. The method decides which forms there are.
 *
 * Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_TARGET` for what is no target of this method, `WW_E_ARGUMENT` for NULL or a wrong
 * `out->size`. A target that the parser or a connection took is one.
 *
 * Any thread. Does not allocate; looks at each octet twice.
 *
 * Requires: `method` and `target` are empty or readable; `out` is NULL or a struct of the size its first member says, outside of `target`.
 */
WW_API ww_status ww_target_split(struct ww_span method,
        struct ww_span target,
        struct ww_target *out);

/**
 * How welcome `offer` is to who sent `request`, in thousandths, in `out`: 1000 is the most, 0 is not acceptable (RFC 9110 §12.4.2). `field`
 * is what decides:
 *
 * - `WW_FIELD_ACCEPT`: `offer` is a media type, with parameters where they matter, as `text/html;level=1`.
 * - `WW_FIELD_ACCEPT_ENCODING`: `offer` is a content coding, or `identity` for none.
 * - `WW_FIELD_ACCEPT_LANGUAGE`: `offer` is a language tag. `de-CH` is in `de`, but `de` is not in `de-CH` (RFC 4647 §3.3.1).
 *
 * Weigh each of your offers, send the one that weighs most, and name the field in Vary.
 *
 * The most specific element decides, wherever it stands, and all lines of the field are one list. What is no such element is skipped.
 * Without the field, or with nothing in it, media types and languages weigh 1000. Of codings `identity` alone does then, though
 * RFC 9110 §12.5.3 would allow any: a client that does not ask for a coding may not know it. Where codings are asked for and no element
 * is about `identity`, it weighs 1: acceptable when nothing better is to be had.
 *
 * Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_ARGUMENT` for NULL, another field, or an `offer` that is none.
 *
 * Any thread. Does not allocate; looks at each octet of the field a few times, and at the parameters of `offer` for each parameter there.
 *
 * Requires: `request` is NULL or a head whose pointers are alive; `offer` is empty or readable; `out` is NULL or writable.
 */
WW_API ww_status ww_accept_weight(const struct ww_head *request,
        uint16_t field,
        struct ww_span offer,
        uint16_t *out);

/**
 * Makes a server that listens nowhere yet. `config` NULL means all defaults; it is copied. Ends by ww_server_free().
 *
 * Errors: WW_E_ARGUMENT (`out` NULL, a config out of range), WW_E_NOMEM, WW_E_SYSTEM (the process may open no more descriptors, ...);
 * `*out` is NULL then, and `*error` says what is wrong, as for ww_server_listen(). Allocates.
 *
 * Requires: `config` is NULL or valid; `out` is NULL or writable; `error` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_server_new(const struct ww_server_config *config,
        struct ww_server **out,
        struct ww_error_info *error);

/**
 * Frees a server: closes its listeners and its connections, without events; octets that were lent are no longer looked at. Pointers of
 * ww_server_set_user() are had from ww_server_take_user() before.
 * Mailboxes stay valid and answer WW_E_GONE. NULL is fine.
 *
 * Requires: `server` came from ww_server_new() and is not used again.
 */
WW_API void ww_server_free(struct ww_server *server);

/**
 * Waits for the next event and puts it in `ev`; its pointers live until the next ww_server_next() or ww_server_free(). Waits at
 * most `timeout_ms` milliseconds; 0 only looks, a negative one never ends. Signals do not end the wait: a handler that is to end
 * it calls ww_mailbox_drain().
 *
 * Every connection begins with WW_EVENT_OPENED (or ww_server_adopt()) and ends with WW_EVENT_CLOSED, after its last WW_EVENT_RELEASED. What was made for a
 * connection is sent when it has no more events for now, or, for other connections than that of the last event, before the
 * next wait; ww_server_flush() sends it at once.
 *
 * Answers WW_OK with an event, WW_TIMEOUT, or WW_DONE: the server was drained and no connection is left.
 * Errors: WW_E_ARGUMENT; WW_E_SYSTEM: a listener or the wait failed, what is open stays so and the next call goes on.
 * Does not allocate in the steady state; more connections, larger messages and posts do.
 *
 * Requires: `server` is NULL or a server; `ev` is NULL or writable.
 */
WW_API ww_status ww_server_next(struct ww_server *server,
        struct ww_event *ev,
        int64_t timeout_ms);

/**
 * Sends now what was made since the last event, for all connections. ww_server_next() does it by itself before it waits. Ends no
 * events. Allocates when no output block is to spare for messages of this turn, and over TLS, where it makes the records.
 *
 * Errors: WW_E_ARGUMENT. A connection that cannot be written to ends with events.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_flush(struct ww_server *server);

/**
 * Ends a server in good order: it stops listening, idle connections close, the others finish the exchange in progress, whose
 * response says `Connection: close`, WebSockets are closed (1001), and what is left after `within_ms` milliseconds is cut off
 * (WW_EVENT_CLOSED with WW_E_ABORTED). WebSockets are closed one after the other, evenly over `drain_spread_ms` but at most 10
 * ms apart, and within half of `within_ms`, so that their peers do not all come back in the same instant; until then they go
 * on. Go on with ww_server_next() until it answers WW_DONE. Calling it again only ever shortens the time. UINT64_MAX: no
 * limit. Other threads and signal handlers call ww_mailbox_drain(). Allocates when no output block is to spare, for Closes
 * and for messages of this turn.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_drain(struct ww_server *server,
        uint64_t within_ms);

/**
 * Answers the request in progress of a connection, now or at any later time: ww_conn_respond() by id. Head and content are copied into
 * its output queue, all or nothing; with WW_MESSAGE_STREAM content follows by ww_server_send() and ends with ww_server_finish().
 *
 * Answers WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_GONE (the connection has ended); those of ww_conn_respond(). Allocates when no output block is to spare.
 *
 * Requires: `server` is NULL or a server; `response` is NULL or valid. Lent content stays readable until it is released.
 */
WW_API ww_status ww_server_respond(struct ww_server *server,
        ww_id conn,
        const struct ww_response *response);

/**
 * Sends an interim (1xx) response before the final one: ww_conn_send_interim() by id.
 *
 * Answers and errors as ww_server_respond(); 101 is for ww_server_switch().
 *
 * Requires: `server` is NULL or a server; `fields_` points to `count` valid fields.
 */
WW_API ww_status ww_server_send_interim(struct ww_server *server,
        ww_id conn,
        uint16_t status,
        const struct ww_field *fields_,
        size_t count);

/**
 * Switches protocols, or opens the tunnel of CONNECT: ww_conn_switch() by id. The peer's octets then come as WW_EVENT_RAW.
 *
 * Answers and errors as ww_server_respond(), and those of ww_conn_switch().
 *
 * Requires: `server` is NULL or a server; `response` is NULL or valid.
 */
WW_API ww_status ww_server_switch(struct ww_server *server,
        ww_id conn,
        const struct ww_response *response);

/**
 * Sends content of a streamed response, or raw octets after a switch: ww_conn_send() by id. Copied, all or nothing.
 *
 * Answers WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_GONE; those of ww_conn_send(). Allocates when no output block is to spare.
 *
 * Requires: `server` is NULL or a server; `data` points to `len` octets.
 */
WW_API ww_status ww_server_send(struct ww_server *server,
        ww_id conn,
        const void *data,
        size_t len);

/**
 * Sends content without copying it: `data` stays the library's, unchanged, until WW_EVENT_RELEASED with `token`, which comes
 * also when the connection ends, but not after ww_server_free(). Over TLS it is copied, and released when the copy is encrypted, unless
 * the system encrypts (WW_TLS_KERNEL). Octets of an event must not be lent.
 *
 * Answers and errors as ww_server_send().
 *
 * Requires: `server` is NULL or a server; `data` points to `len` octets that stay as said.
 */
WW_API ww_status ww_server_send_lent(struct ww_server *server,
        ww_id conn,
        const void *data,
        size_t len,
        uint64_t token);

/**
 * Sends a stretch of a file as content of a streamed response, or as raw octets after a switch: ww_conn_send_file() by id. The descriptor
 * stays the caller's, open, and what it holds there as it is, until WW_EVENT_RELEASED with `token`, which comes also when the connection
 * ends, but not after ww_server_free(). Files that change are to be replaced by others, as said there: octets that are overwritten in
 * place change on their way to the peer, also after that event.
 *
 * Where the system can, it sends from the file by itself (sendfile() on Linux; over TLS only where the system encrypts), a MiB
 * at most in one turn; else 64 KiB at a time are read and sent. Either way it waits for the disk, and the other connections of
 * this server wait with it: files that are not in the page cache belong on fast disks, or on a server of their own. One that
 * turns out shorter than `len`, or cannot be read, ends its connection with WW_EVENT_ERROR and WW_E_BODY_LENGTH, since what
 * was promised cannot be kept.
 *
 * Say the length (WW_MESSAGE_LENGTH): a response without one goes to a client of HTTP/1.0 up to the end of the
 * connection, and looks whole there when it is not.
 *
 * Answers as ww_server_send(). Errors, nothing done: WW_E_GONE; those of ww_conn_send_file().
 *
 * Requires: `server` is NULL or a server; `file` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_server_send_file(struct ww_server *server,
        ww_id conn,
        const struct ww_file *file,
        uint64_t token);

/**
 * Ends a streamed response, with trailers where it is chunked; after a switch, ends our side: ww_conn_finish() by id.
 *
 * Errors, nothing done: WW_E_GONE; those of ww_conn_finish(). WW_E_BODY_LENGTH (less than declared) ends the connection.
 *
 * Requires: `server` is NULL or a server; `trailers` points to `count` valid fields.
 */
WW_API ww_status ww_server_finish(struct ww_server *server,
        ww_id conn,
        const struct ww_field *trailers,
        size_t count);

/**
 * Holds the stream of a connection, for a slow consumer: no events of its input come, nothing is read, the peer's clock stands
 * still. What was received before is kept, at most one receive. A reset is still noticed.
 * Allocates when no output block is to spare for messages of this turn that are not sent yet.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_pause(struct ww_server *server,
        ww_id conn);

/**
 * Lets a held stream go on. Allocates as ww_server_pause().
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_resume(struct ww_server *server, ww_id conn);

/**
 * Makes the exchange in progress of a connection the last: ww_conn_shutdown() by id. WW_EVENT_CLOSED follows when it is over. A
 * tunnel goes on: ww_server_abort() ends it. Allocates when no output block is to spare.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE; WW_E_NOMEM: there is no memory for the Close of a WebSocket. Nothing was done then, and the call may
 * be made again.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_shutdown(struct ww_server *server,
        ww_id conn);

/**
 * Ends a connection at once: ww_conn_abort() by id. What is queued is offered to the system once and otherwise lost; lent octets are released,
 * then WW_EVENT_CLOSED with code 0 follows. To finish an exchange first: ww_server_shutdown(). Allocates when no output block is to spare
 * for messages of this turn that are not sent yet, and over TLS.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_abort(struct ww_server *server,
        ww_id conn);

/**
 * Stores a pointer that all later events of a connection carry in `user`, WW_EVENT_CLOSED included; see ww_server_take_user() for those of
 * connections that live when the server is freed. The library never looks at it. The first one takes memory, of a pointer for each of 64 connections.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE, WW_E_NOMEM.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API ww_status ww_server_set_user(struct ww_server *server,
        ww_id conn,
        void *user);

/**
 * Gives back one of the pointers that ww_server_set_user() stored and whose connections live, in `*user`: for a program that frees a server
 * before all connections have ended. Each pointer comes back once, here or with WW_EVENT_CLOSED, and later events of its connection
 * carry NULL. All of them together cost one look at each connection there is.
 *
 * ```c
 * while (ww_server_take_user(server, &user) == WW_OK) free(user);
 * ww_server_free(server);
 * ```
 *
 * Answers WW_OK, or WW_DONE when there is none left; `*user` is NULL then. Errors: WW_E_ARGUMENT.
 *
 * Requires: `server` is NULL or a server; `user` is NULL or writable.
 */
WW_API ww_status ww_server_take_user(struct ww_server *server,
        void **user);

/**
 * Writes where a listener is bound as a NUL-terminated text, in the form ww_server_listen() takes; `listener` counts those calls
 * from 0. `*needed` becomes the octets of the text with its NUL, also when `cap` is too small. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT (no such listener; NULL), WW_E_BUFFER.
 *
 * Requires: `server` is NULL or a server; `out` is writable for `cap` octets (NULL with 0); `needed` is NULL or writable.
 */
WW_API ww_status ww_server_address(const struct ww_server *server,
        size_t listener,
        char *out,
        size_t cap,
        size_t *needed);

/**
 * Writes the address of the peer of a connection, as ww_server_address() does. Asks the system. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE, WW_E_BUFFER, WW_E_SYSTEM (the peer is gone already).
 *
 * Requires: as ww_server_address().
 */
WW_API ww_status ww_server_peer(struct ww_server *server,
        ww_id conn,
        char *out,
        size_t cap,
        size_t *needed);

/**
 * What ends a connection, once something does, in `out` (start from WW_ERROR_INFO_INIT): ww_conn_error() by id. Ask with the
 * WW_EVENT_ERROR: after WW_EVENT_CLOSED the id is dead. Does not allocate.
 *
 * With 0 for `conn`: why the last call of ww_server_next() or of a ww_server_listen() function failed that did, NULL arguments apart; later
 * calls that succeed leave it. Of WW_E_SYSTEM `offset` is the system's number for the error (errno) and `reason` a text for it.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE.
 *
 * Requires: `server` is NULL or a server; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_server_error(struct ww_server *server,
        ww_id conn,
        struct ww_error_info *out);

/**
 * What has happened since ww_server_new(), in `out`. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `server` is NULL or a server; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_server_stats(const struct ww_server *server,
        struct ww_stats *out);

/**
 * A descriptor that is readable when ww_server_next() has something to do, to nest the server in another loop; -1 for NULL. When it is
 * readable, or ww_server_deadline() has come, call ww_server_next() with a timeout of 0 until it answers WW_TIMEOUT. It stays the
 * server's: do not read, write or close it. Does not allocate.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API intptr_t ww_server_handle(const struct ww_server *server);

/**
 * When ww_server_next() has something to do though the handle is not readable, in milliseconds of CLOCK_MONOTONIC; 0: at once;
 * UINT64_MAX: never (or `server` is NULL). Ask again after every other call on the server. Does not allocate.
 *
 * Requires: `server` is NULL or a server.
 */
WW_API uint64_t ww_server_deadline(struct ww_server *server);

/**
 * Listens on `address` too: `"127.0.0.1:8080"`, `"[::1]:8080"`, `"*:8080"` or `":8080"` (all interfaces of this host: whoever reaches the
 * host reaches the server), `"unix:/run/app.sock"`, `"unix:@name"` (abstract). Port 0 lets the system choose; ww_server_address() tells.
 * Host names are not resolved. The file of a Unix domain socket is taken over when nobody listens on it, and removed in the end.
 *
 * Errors: WW_E_ARGUMENT (NULL, or not an address), WW_E_STATE (the server drains), WW_E_SYSTEM, WW_E_NOMEM. `*error` (start from
 * WW_ERROR_INFO_INIT) says then what is wrong. Of WW_E_SYSTEM `offset` is the system's number for the error (errno), and `reason` says what
 * to do: the address is in use, is not one of this host, or is not permitted, descriptors are used up, the folder of a Unix domain socket
 * does not exist. Of WW_E_ARGUMENT for a text that is no address, `offset` is the octet of the text that does not fit. A call that
 * succeeds leaves `*error` as it is. Allocates.
 *
 * Requires: `server` is NULL or a server; `address` is NULL or a NUL-terminated text; `error` is NULL or a struct of the size its first
 * member says.
 */
WW_API ww_status ww_server_listen(struct ww_server *server,
        const char *address,
        struct ww_error_info *error);

/**
 * Listens on `address` too, for connections over TLS: else as ww_server_listen(), whose calls ww_server_address() counts together with
 * these. Each connection is made with the material that `config` has when it is accepted, so that ww_tls_config_swap() renews
 * certificates while the server runs; many servers may share one config. The server keeps what it needs: the handle may be freed.
 *
 * WW_EVENT_OPENED comes when a connection is accepted, before its handshake; that this fails is a WW_EVENT_ERROR (WW_E_TLS_*).
 *
 * Errors: WW_E_ARGUMENT (NULL, not an address, a client's config); else as ww_server_listen(). Allocates.
 *
 * Requires: `server` is NULL or a server; `address` is NULL or a NUL-terminated text; `config` is NULL or a config; `error` is NULL or a
 * struct of the size its first member says.
 */
WW_API ww_status ww_server_listen_tls(struct ww_server *server,
        const char *address,
        const struct ww_tls_config *config,
        struct ww_error_info *error);

/**
 * Listens on `address` too, as `options` say: else as ww_server_listen(). NULL options are all defaults.
 *
 * Errors: as ww_server_listen(); WW_E_ARGUMENT also for options out of range. Allocates.
 *
 * Requires: as ww_server_listen(); `options` is NULL or valid.
 */
WW_API ww_status ww_server_listen_with(struct ww_server *server,
        const char *address,
        const struct ww_listen_options *options,
        struct ww_error_info *error);

/**
 * Listens on a socket that somebody else made and bound: inherited from a parent, passed by a service manager (see ww_listen_fds()), or made
 * by the program itself. TCP and Unix domain stream sockets. It is made non-blocking and close-on-exec, and listens from now on if it does
 * not yet. ww_server_address() counts it as a call of ww_server_listen(). With WW_OK the descriptor is the server's; on failure it stays the
 * caller's. The file of a Unix domain socket stays its maker's.
 *
 * Errors: WW_E_ARGUMENT (NULL, options that must be said before a socket is bound: WW_LISTEN_REUSE_PORT, WW_LISTEN_IPV6_ONLY); WW_E_STATE;
 * WW_E_SYSTEM (not open, no socket, no stream, ...); WW_E_NOMEM. `*error` is as for ww_server_listen(). Allocates.
 *
 * Requires: `server` is NULL or a server; `fd` is the caller's to give away; `options` is NULL or valid; `error` is NULL or a struct of the
 * size its first member says.
 */
WW_API ww_status ww_server_listen_fd(struct ww_server *server,
        intptr_t fd,
        const struct ww_listen_options *options,
        struct ww_error_info *error);

/**
 * Takes a connection that somebody else accepted a moment ago, plain or, with `tls`, over TLS from its first octet on. Its id is in `*conn`:
 * it begins with this call and has no WW_EVENT_OPENED; else it is as any other, and its clocks run from now. The socket gets the options that
 * connections of ww_server_listen() have. With WW_OK the descriptor is the server's; on failure it stays the caller's.
 *
 * Errors: WW_E_ARGUMENT (NULL, a client's config); WW_E_LIMIT (there are `connections_max` connections); WW_E_STATE (the server drains);
 * WW_E_SYSTEM (not open, no stream socket, not connected, ...); WW_E_NOMEM. `*conn` is 0 then, and `*error` as for ww_server_listen().
 * Allocates.
 *
 * Requires: `server` is NULL or a server; `fd` is the caller's to give away; `tls` is NULL or a config; `conn` is NULL or writable; `error`
 * is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_server_adopt(struct ww_server *server,
        intptr_t fd,
        const struct ww_tls_config *tls,
        ww_id *conn,
        struct ww_error_info *error);

/**
 * How many descriptors a service manager passed to this process (systemd socket activation: the environment's LISTEN_FDS, where its
 * LISTEN_PID is this process), in `*count`, and the first of them in `*first`; the others follow it. 0 where there are none. Each is for
 * ww_server_listen_fd(). Reads the environment: not while another thread changes it.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `first` and `count` are NULL or writable.
 */
WW_API ww_status ww_listen_fds(intptr_t *first,
        size_t *count);

/**
 * What was agreed on in the TLS handshake of a connection, in `out`: ww_conn_tls_info() by id. The spans live until the next
 * ww_server_next(). Does not allocate.
 *
 * Errors: WW_E_ARGUMENT, WW_E_GONE.
 *
 * Requires: `server` is NULL or a server; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_server_tls_info(const struct ww_server *server,
        ww_id conn,
        struct ww_tls_info *out);

/**
 * Certificate `index` of the chain the peer of a connection sent, 0 its own: ww_tls_peer_certificate() by id. It has been verified. The
 * span lives until the next ww_server_next(). Does not allocate.
 *
 * Answers WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT, WW_E_GONE.
 *
 * Requires: `server` is NULL or a server; `der` is NULL or writable.
 */
WW_API ww_status ww_server_tls_peer_certificate(const struct ww_server *server,
        ww_id conn,
        size_t index,
        struct ww_span *der);

/**
 * Subscribes a connection to a topic: any name of 1 to 255 octets. The subscription ends with the connection. Once is enough; again
 * does nothing.
 *
 * The cost does not depend on how many subscriptions there are, of the topic or of the connection; nor does that of
 * ww_server_unsubscribe(), and a connection that ends pays the same for each of its own. A subscription takes 36 octets of `memory_max`,
 * a topic 52 and its name. Their memory is used again, and given back when nobody is subscribed to anything.
 *
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE; WW_E_LIMIT (the connection has `topics_conn_max` subscriptions); WW_E_NOMEM
 * (`memory_max` is used up). Allocates.
 *
 * Requires: `server` is NULL or a server; the octets of `topic` are readable.
 */
WW_API ww_status ww_server_subscribe(struct ww_server *server,
        ww_id conn,
        struct ww_span topic);

/**
 * Ends the subscription of a connection to a topic; it is no error if there is none. Does not allocate.
 *
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE.
 *
 * Requires: `server` is NULL or a server; the octets of `topic` are readable.
 */
WW_API ww_status ww_server_unsubscribe(struct ww_server *server,
        ww_id conn,
        struct ww_span topic);

/**
 * Sends a whole message to every connection that is subscribed to a topic: `flags` are WW_SEND_TEXT or WW_SEND_BINARY,
 * with WW_SEND_UNCOMPRESSED and one of WW_SLOW_CLOSE, WW_SLOW_DROP, WW_SLOW_NEWEST, which say what becomes of it where a
 * subscriber is slow; without, it waits there. `key` is looked at with WW_SLOW_NEWEST only. How many connections of this
 * server have it or will is in `*taken`, where that is not NULL. It is sent before the server waits for its next batch, or by
 * ww_server_flush().
 *
 * The message is validated, framed and compressed once, and copied for each of them. One that waits for many is there once. Those
 * that are no WebSocket, closing, or in the middle of a message that is sent in parts are passed over.
 *
 * ```c
 * ww_server_publish(server, room, WW_SEND_TEXT, 0, text, len, NULL);
 * ww_server_publish(server, prices, WW_SEND_BINARY | WW_SLOW_NEWEST, symbol, &price, sizeof price, NULL);
 * ```
 *
 * Errors, nothing done: WW_E_ARGUMENT (a part of a message, too); WW_E_UTF8 (text that is not); WW_E_NOMEM. Allocates.
 *
 * Requires: `server` is NULL or a server; the octets of `topic` are readable; `data` points to `len` octets; `taken` is NULL or writable.
 */
WW_API ww_status ww_server_publish(struct ww_server *server,
        struct ww_span topic,
        uint32_t flags,
        uint64_t key,
        const void *data,
        size_t len,
        size_t *taken);

/**
 * Has a server publish together with the others of a group: what ww_server_publish() or ww_mailbox_publish() sends to a topic on one of them
 * is posted to all others too, and each publishes it to its own subscribers. For servers that share a port, each on its thread. The message
 * is validated and framed once for all of them. It lasts until the server is freed; the group stays the caller's to free. Again does nothing.
 *
 * ```c
 * ww_group_new(&group);
 * for (i = 0; i < count; i++) ww_server_join(servers[i], group);
 * ww_group_free(group);
 * ```
 *
 * Where the mailbox of a member is full the message is not heard there; `unposted` of the publisher's ww_stats counts that.
 *
 * Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (the server is in another group); WW_E_NOMEM. Allocates.
 *
 * Requires: `server` is NULL or a server; `group` is NULL or a group.
 */
WW_API ww_status ww_server_join(struct ww_server *server,
        const struct ww_group *group);

/**
 * Sends a whole message to one connection as ww_server_publish() does to each, for a caller that does not wait for WW_EVENT_WRITABLE itself.
 *
 * Answers WW_OK: queued, or it waits. WW_PAUSED: the connection is slow and misses it (WW_SLOW_DROP).
 * Errors: WW_E_SLOW (the connection is slow, and is closed for it); nothing done: WW_E_GONE; those of ww_server_send_message() and
 * ww_server_publish(). Allocates.
 *
 * Requires: `server` is NULL or a server; `data` points to `len` octets.
 */
WW_API ww_status ww_server_publish_to(struct ww_server *server,
        ww_id conn,
        uint32_t flags,
        uint64_t key,
        const void *data,
        size_t len);

/**
 * Accepts the WebSocket that the request in progress of a connection offers, now or at any later time:
 * ww_conn_accept_websocket() by id. The peer's messages then come as WW_EVENT_MESSAGE.
 *
 * Answers WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_GONE (the connection has ended); those of ww_conn_accept_websocket().
 *
 * Requires: `server` is NULL or a server; `handshake` is NULL or valid.
 */
WW_API ww_status ww_server_accept_websocket(struct ww_server *server,
        ww_id conn,
        const struct ww_ws_handshake *handshake);

/**
 * Sends a message or a part of one: ww_conn_send_message() by id. Copied, all or nothing; each call is one frame.
 *
 * ```c
 * if (ev.kind == WW_EVENT_MESSAGE) // an echo
 *     ww_server_send_message(server, ev.conn, ev.flags, ev.data.data, ev.data.len);
 * ```
 *
 * Answers WW_PAUSED above the high-water mark, and while messages wait for the connection (see WW_SLOW_CLOSE); nothing was done,
 * WW_EVENT_WRITABLE follows.
 * Errors, nothing done: WW_E_GONE; those of ww_conn_send_message(). Allocates when no output block is to spare, and for compressing.
 *
 * Requires: `server` is NULL or a server; `data` points to `len` octets.
 */
WW_API ww_status ww_server_send_message(struct ww_server *server,
        ww_id conn,
        uint32_t flags,
        const void *data,
        size_t len);

/**
 * Sends a message that was prepared: ww_conn_send_prepared() by id.
 *
 * Answers WW_PAUSED as ww_server_send_message().
 * Errors, nothing done: WW_E_GONE; those of ww_conn_send_prepared().
 *
 * Requires: `server` is NULL or a server; `message` is NULL or came from ww_ws_prepare().
 */
WW_API ww_status ww_server_send_prepared(struct ww_server *server,
        ww_id conn,
        const struct ww_ws_prepared *message);

/**
 * Sends a Ping of at most 125 octets: ww_conn_ping() by id.
 *
 * Answers WW_PAUSED above the high-water mark.
 * Errors, nothing done: WW_E_GONE; those of ww_conn_ping().
 *
 * Requires: `server` is NULL or a server; `data` points to `len` octets.
 */
WW_API ww_status ww_server_ping(struct ww_server *server, ww_id conn, const void *data, size_t len);

/**
 * Closes the WebSocket of a connection with a code and a reason: ww_conn_close_websocket() by id. WW_EVENT_CLOSED follows when the
 * peer's Close has come, or after close_ms. To end the connection at once: ww_server_abort().
 *
 * Errors, nothing done: WW_E_GONE; those of ww_conn_close_websocket().
 *
 * Requires: `server` is NULL or a server; the octets of `reason` are readable.
 */
WW_API ww_status ww_server_close_websocket(struct ww_server *server,
        ww_id conn,
        uint16_t code,
        struct ww_span reason);

/**
 * Returns the name of `status` as written in this header, as `"WW_E_CHUNK"`, or `"WW_E_UNKNOWN"` for a value it does
 * not define: static, NUL-terminated, never NULL.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API const char *ww_status_name(ww_status status);

/**
 * Returns what `status` means in a few words for a log, as `"chunked framing is malformed"`, or `"unknown status"`:
 * static, NUL-terminated, never NULL. The wording may change.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API const char *ww_status_text(ww_status status);

/**
 * Makes the TLS of one connection, of the role of `config`, with the material that it has now. A client gives the host it connects
 * to, with or without a port: `example.com`, `example.com:443`, `192.0.2.1`, `[::1]:443`. The server's certificate must be for it,
 * and a name is told to the server (RFC 6066 section 3: without port and trailing dot; an address is not told). A client's first
 * record is in the output. A server's `server_name` is not looked at. Free it with ww_tls_free(); the config and the
 * workspace may be freed before it.
 *
 * Errors: WW_E_ARGUMENT (`config`, `ws` or `out` NULL, no host), WW_E_NOMEM, WW_E_ENTROPY, WW_E_UNSUPPORTED (built without TLS);
 * `*out` is NULL then. Allocates, from the workspace and, what rustls needs, from the global allocator: 4.5 KiB in all while idle.
 *
 * Requires: `config` is NULL or a config; `ws` is NULL or a workspace; `server_name` points to its octets;
 * `out` is NULL or writable.
 */
WW_API ww_status ww_tls_new(const struct ww_tls_config *config,
        struct ww_workspace *ws,
        struct ww_span server_name,
        struct ww_tls **out);

/**
 * Frees a handle; what is queued is lost. NULL is fine.
 *
 * Requires: `tls` came from ww_tls_new() and is not used again.
 */
WW_API void ww_tls_free(struct ww_tls *tls);

/**
 * Lends `n` received octets, all of which are taken at once. The buffer is the library's, which rewrites it, until ww_tls_next()
 * answers anything but WW_OK; then it is the caller's again, and a record that was cut has been copied. What is wrong with the
 * octets is told by ww_tls_next(), behind the plaintext that came before it.
 *
 * Answers and alerts go to the output: write it after every call.
 *
 * Errors, none lent: WW_E_ARGUMENT (NULL with `n` > 0), WW_E_STATE (the lend before is not drained, or after ww_tls_receive_eof()).
 * Allocates while a record is cut, and in the handshake. Ends spans of plaintext.
 *
 * Requires: `tls` is NULL or a handle; `buf` points to `n` octets that stay the library's as said.
 */
WW_API ww_status ww_tls_receive(struct ww_tls *tls,
        uint8_t *buf,
        size_t n);

/**
 * The transport ends. ww_tls_next() then tells a clean end (WW_DONE: a close_notify came, RFC 8446 section 6.1) from a truncation
 * (WW_E_TRUNCATED), as which an attacker could end the stream anywhere.
 *
 * Errors: WW_E_ARGUMENT. Does not allocate.
 *
 * Requires: `tls` is NULL or a handle.
 */
WW_API ww_status ww_tls_receive_eof(struct ww_tls *tls);

/**
 * The next stretch of plaintext, in `plain`: at most two of one lend, for neighbouring records are moved together. It may be
 * rewritten in place, and lives until the next ww_tls_next(), ww_tls_receive() or ww_tls_free() on this handle.
 *
 * Answers WW_OK with a span; WW_NEED_INPUT: all input is used up; WW_DONE: the peer said close_notify, nothing more comes, and what
 * it sends after it is ignored. All but WW_OK give the lent buffer back.
 * Errors: WW_E_ARGUMENT; else the one that ended TLS, again and again, see ww_tls_error(): WW_E_TLS_* for what the peer did,
 * WW_E_TOO_LARGE, WW_E_TRUNCATED, WW_E_NOMEM. Does not allocate.
 *
 * Requires: `tls` is NULL or a handle; `plain` is NULL or writable.
 */
WW_API ww_status ww_tls_next(struct ww_tls *tls,
        struct ww_span *plain);

/**
 * Encrypts `n` parts as one stretch of plaintext, in records of at most 16 KiB; small parts share a record, large ones are
 * encrypted where they lie. The parts are the caller's again afterwards.
 *
 * All or nothing: WW_PAUSED when nothing was done, because the handshake is not done yet or 256 KiB are queued.
 * Errors: WW_E_ARGUMENT (more than WW_TLS_PARTS_MAX parts, a NULL part with a length), WW_E_CLOSING (after ww_tls_close()),
 * WW_E_NOMEM (nothing was done); else the one that ended TLS. Allocates from the workspace.
 *
 * Requires: `tls` is NULL or a handle; `parts` points to `n` parts, each to its octets.
 */
WW_API ww_status ww_tls_send(struct ww_tls *tls,
        const ww_iovec *parts,
        size_t n);

/**
 * Says close_notify: nothing is sent after it. When the output is written, WW_STATE_SHUTDOWN_WRITE is set. The peer may go on
 * sending. In the handshake, and after an error, nothing is said. A second call does nothing.
 *
 * Errors: WW_E_ARGUMENT, WW_E_NOMEM (TLS has ended by it). Allocates from the workspace.
 *
 * Requires: `tls` is NULL or a handle.
 */
WW_API ww_status ww_tls_close(struct ww_tls *tls);

/**
 * Shows queued records as at most `cap` pieces and returns how many; 0 when there is none, and for NULL arguments. The octets keep
 * address and content until ww_tls_sent() covers them, whatever else is called. Does not allocate.
 *
 * Requires: `tls` is NULL or a handle; `iov` is NULL or has room for `cap` pieces.
 */
WW_API size_t ww_tls_output(struct ww_tls *tls,
        ww_iovec *iov,
        size_t cap);

/**
 * The transport took the first `n` octets of the output for good.
 *
 * Errors: WW_E_ARGUMENT; WW_E_STATE: so many are not queued (nothing is done). Does not allocate.
 *
 * Requires: `tls` is NULL or a handle.
 */
WW_API ww_status ww_tls_sent(struct ww_tls *tls, size_t n);

/**
 * What the owner should do now: the WW_STATE_* bits WANT_READ, WANT_WRITE, EVENTS (ww_tls_next() has plaintext), SHUTDOWN_WRITE, CLOSE,
 * TLS_HANDSHAKE and TLS_PEER_CLOSED. A handle that is NULL or broken answers WW_STATE_CLOSE. Does not allocate.
 *
 * Requires: `tls` is NULL or a handle.
 */
WW_API uint32_t ww_tls_state(const struct ww_tls *tls);

/**
 * The error that ended TLS, in `out` (start from WW_ERROR_INFO_INIT): code, offset of the record in its lend, a reason for a log. Everything
 * is 0 or empty while there is none. `http_status` is 400 for WW_E_TLS_PLAINTEXT_HTTP: nothing was answered, and the program may send a
 * response of its own in the clear. The strings are static. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `tls` is NULL or a handle; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_tls_error(const struct ww_tls *tls,
        struct ww_error_info *out);

/**
 * What was agreed on, in `out` (start from WW_TLS_INFO_INIT). Does not allocate.
 *
 * Errors: WW_E_ARGUMENT.
 *
 * Requires: `tls` is NULL or a handle; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_tls_session_info(const struct ww_tls *tls, struct ww_tls_info *out);

/**
 * Certificate `index` of the chain the peer sent, 0 its own, in DER, in `der`; it lives as long as the handle. A server has them when its
 * config asks for them; by then they have been verified.
 *
 * Answers WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT. Does not allocate.
 *
 * Requires: `tls` is NULL or a handle; `der` is NULL or writable.
 */
WW_API ww_status ww_tls_peer_certificate(const struct ww_tls *tls,
        size_t index,
        struct ww_span *der);

/**
 * Makes a config, after everything in `options` was found good. Ends by ww_tls_config_free(); connections made with it keep what
 * they need. Reads files, parses, allocates: some milliseconds with the platform's trust, else much less.
 *
 * Errors: WW_E_ARGUMENT; WW_E_TLS_CERTIFICATE, WW_E_TLS_KEY, WW_E_TLS_TRUST (bad material); WW_E_SYSTEM (a file cannot be read, or
 * the key log not be opened); WW_E_ENTROPY; WW_E_UNSUPPORTED (built without TLS). `*out` is NULL then, and `*error` says what is wrong,
 * in which certificate (`index`) and at which octet of its PEM (`offset`), where there is one.
 *
 * Requires: `options` is NULL or valid, with all it points to; `out` is NULL or writable; `error` is NULL or a struct of the size its
 * first member says.
 */
WW_API ww_status ww_tls_config_new(const struct ww_tls_options *options,
        struct ww_tls_config **out,
        struct ww_error_info *error);

/**
 * Puts new material in the place of the old: handshakes that begin from now on are made with it, those under way go on with what
 * they began with, none fails. Any thread, at any time; the material is read and parsed before anything is replaced.
 *
 * The keys of session tickets stay, so that clients can resume, unless `client_ca` or WW_TLS_CLIENT_CERT_OPTIONAL has changed: a
 * client that resumes is not asked for its certificate again. A client's kept sessions are dropped.
 *
 * Errors as ww_tls_config_new(); WW_E_ARGUMENT also for another role. Nothing has changed then.
 *
 * Requires: `config` is NULL or a config; else as ww_tls_config_new().
 */
WW_API ww_status ww_tls_config_swap(struct ww_tls_config *config,
        const struct ww_tls_options *options,
        struct ww_error_info *error);

/**
 * Server: gives session tickets new keys now. Tickets of the present keys are taken until the next call, so that two calls end the
 * resumption of all earlier sessions. Without it keys are renewed every six hours and tickets taken for at least six and at most
 * twelve. Does nothing to a client. Any thread. Allocates.
 *
 * Errors: WW_E_ARGUMENT, WW_E_ENTROPY.
 *
 * Requires: `config` is NULL or a config.
 */
WW_API ww_status ww_tls_config_rotate_tickets(struct ww_tls_config *config);

/**
 * Another handle to the same config, as for another thread; NULL for NULL. Ends by its own ww_tls_config_free(). Any thread.
 * Allocates.
 *
 * Requires: `config` is NULL or a config.
 */
WW_API struct ww_tls_config *ww_tls_config_ref(const struct ww_tls_config *config);

/**
 * Frees a handle; the config goes with the last one and the last connection made with it. NULL is fine. Any thread.
 *
 * Requires: `config` came from ww_tls_config_new() or ww_tls_config_ref() and is not used again.
 */
WW_API void ww_tls_config_free(struct ww_tls_config *config);

/**
 * Takes an http, https, ws or wss URL apart, in `out` (RFC 9110 §4.2, RFC 6455 §3).
 *
 * ```c
 * ww_url parts = WW_URL_INIT;
 * if (ww_parse_url(url, 0, &parts) == WW_OK) connect_to(parts.host, parts.port);
 * ```
 *
 * Every octet is checked, and nothing decoded or normalised: the parts can be sent as they are. Path and query may have what a browser
 * sends (WW_TARGET_BROWSER), unless `flags` says otherwise; whoever sends a target of WW_URL_LENIENT_TARGET needs a connection with
 * WW_CONN_LENIENT_TARGET. The scheme may be in any case. A
 * fragment is dropped from http and https URLs and is an error in ws and wss, where `#` is to be written `%23`. Userinfo is an error,
 * unless `flags` has WW_URL_ALLOW_USERINFO and the URL is not a WebSocket's.
 *
 * Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_TARGET` for anything that is not such a URL, see ww_url_error();
 * `WW_E_ARGUMENT` for NULL, flags that are unknown or contradict each other, or a wrong `out->size`.
 *
 * Any thread. Does not allocate; looks at each octet a few times.
 *
 * Requires: `url` is valid; `out` is NULL or a struct of the size its first member says, outside of `url`.
 */
WW_API ww_status ww_parse_url(struct ww_span url,
        uint32_t flags,
        struct ww_url *out);

/**
 * Tells what ww_parse_url() finds wrong with this URL, in `out` (start from WW_ERROR_INFO_INIT): `offset` counts from the start of the
 * URL. Everything is 0 or empty when nothing is wrong. The texts are static.
 *
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL, an unknown flag or a wrong `out->size`.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `url` is valid; `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_url_error(struct ww_span url,
        uint32_t flags,
        struct ww_error_info *out);

/**
 * Returns the version of the loaded library as `0xMMmmpp00` (major, minor, patch), comparable as a number.
 * `WW_VERSION_NUMBER` is the version of this header: before 1.0 the two must agree in major and minor.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API uint32_t ww_version(void);

/**
 * Returns the version of the loaded library as text, as `"0.1.0"`: static, NUL-terminated, never NULL.
 *
 * Any thread, any time. Does not allocate.
 */
WW_API const char *ww_version_text(void);

/**
 * Reads the frame header at `in`, where `len` octets are (RFC 6455 §5.2).
 *
 * Returns `WW_OK` with the header in `*out`: the payload begins `header_len` octets from `in`. Returns `WW_NEED_INPUT` when the
 * header has not come in full; call again with the same octets and those that came since. `*out` is not touched then.
 *
 * Returns `WW_E_WS_FRAME` as soon as there is an octet that no endpoint may send: a reserved opcode, the second or third
 * reserved bit, a control frame that is fragmented or longer than 125 octets, a length that takes more octets than it needs or
 * is not below 2^63. The connection is then to be failed with close code 1002; ww_ws_header_error() tells which it was.
 *
 * What depends on the connection is for the caller to check: a server refuses frames without WW_WS_FRAME_MASKED and a client those with it,
 * WW_WS_FRAME_RSV1 has to be agreed on, the opcode has to fit the frames before, and `payload_len` the caller's limits.
 *
 * Errors: `WW_E_WS_FRAME`; `WW_E_ARGUMENT` for NULL.
 *
 * Any thread. Does not allocate; some twenty instructions for a frame of up to 125 octets.
 *
 * Requires: `in` points to `len` readable octets (or is NULL with `len` 0); `out` is NULL or writable.
 */
WW_API ww_status ww_ws_decode_header(const uint8_t *in,
        size_t len,
        struct ww_ws_header *out);

/**
 * Tells what ww_ws_decode_header() found wrong with these octets, in `out` (start from WW_ERROR_INFO_INIT): `http_status` is the close
 * code to fail the connection with, `offset` counts from `in`. Everything is 0 or empty when nothing is wrong. The texts are
 * static.
 *
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or a wrong `out->size`.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `in` points to `len` readable octets (or is NULL with `len` 0); `out` is NULL or a struct of the size its first member says.
 */
WW_API ww_status ww_ws_header_error(const uint8_t *in,
        size_t len,
        struct ww_error_info *out);

/**
 * Writes a frame header to `out`, its length in the shortest form, and its octets, at most WW_WS_HEADER_MAX, to `*written`
 * (RFC 6455 §5.2). Behind it goes the payload, masked by ww_ws_mask() when the header says so. `*written` is 0 on an error.
 *
 * A client masks every frame, also an empty one, with a key of four new octets that nobody can foresee; a server masks none.
 *
 * Errors: `WW_E_ARGUMENT` for NULL and for a header that ww_ws_decode_header() would refuse: an unknown opcode or flag, a
 * control frame without WW_WS_FRAME_FIN or longer than 125, a length not below 2^63; and for a `reserved` that is not 0.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `header` is NULL or readable; `out` is NULL or has room for WW_WS_HEADER_MAX octets, all of which may change;
 * `written` is NULL or writable. They do not overlap.
 */
WW_API ww_status ww_ws_encode_header(const struct ww_ws_header *header,
        uint8_t *out,
        size_t *written);

/**
 * Masks or unmasks the `len` octets at `data` in place, which begin `offset` octets into the payload of a frame with this `key` of 4
 * octets (RFC 6455 §5.3).
 *
 * A payload may so be worked on in pieces, as they come. Each frame has a key of its own and begins with `offset` 0.
 *
 * Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL: nothing has happened then.
 *
 * Any thread. Does not allocate; as fast as a copy.
 *
 * Requires: `data` points to `len` writable octets (or is NULL with `len` 0); `key` is NULL or points to 4 readable octets
 * outside of `data`.
 */
WW_API ww_status ww_ws_mask(uint8_t *data,
        size_t len,
        const uint8_t *key,
        uint64_t offset);

/**
 * Writes the value of `Sec-WebSocket-Accept` that answers `key`, the value of `Sec-WebSocket-Key` as it was received, to `out`:
 * WW_WS_ACCEPT_LEN octets without a NUL (RFC 6455 §4.2.2). A client calls it to know what answer to expect.
 *
 * Returns `WW_OK`. Errors, with `out` untouched: `WW_E_WS_HANDSHAKE` when `key` is not 16 octets in base64, whatever the spare bits of its
 * last character are (answer 400); `WW_E_ARGUMENT` for NULL.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `key` is valid; `out` is NULL or has room for WW_WS_ACCEPT_LEN octets outside of `key`.
 */
WW_API ww_status ww_ws_accept_key(struct ww_span key,
        uint8_t *out);

/**
 * Whether `origin`, the value of Origin, is where the request was sent to: scheme, host and port (RFC 6454 §5). `authority` is the
 * `host` of the request's head; `secure` is not 0 when browsers reach this server by https, also through a proxy that ends their TLS.
 *
 * A browser lets any page open a WebSocket to any server, and sends the cookies of that server along: only Origin tells whose page
 * it is (RFC 6455 §10.2). A server that knows its users by cookies, or is not for everyone who is in the same network, answers 403
 * unless this is true or the origin is another one it trusts. A request without Origin comes from no browser.
 *
 * Hosts are the same in any case, and a port that is the scheme's own is like none. `false` for anything that is no origin, as `null`,
 * for empty spans, and for a span of NULL with a length.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `origin` and `authority` are valid.
 */
WW_API bool ww_ws_is_same_origin(struct ww_span origin,
        struct ww_span authority,
        int32_t secure);

/**
 * Chooses the subprotocol to answer a request for a WebSocket with: of the `count` ones at `own`, the one that the client prefers
 * (RFC 6455 §4.2.2). For the order of the server, ask with one at a time.
 *
 * ```c
 * static const ww_span own[] = { WW_LIT("chat.v2"), WW_LIT("chat.v1") };
 * ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
 * ww_ws_choose_subprotocol(event->head, own, 2, &handshake.protocol);
 * ```
 *
 * Returns `WW_OK` with the element of `own` in `*chosen`, empty when the client offers none of them: it then gets no subprotocol,
 * unless the server answers with a status instead. Names are compared octet by octet.
 *
 * Errors, with an empty `*chosen`: `WW_E_WS_SUBPROTOCOL` when the offer is not a list of distinct tokens, and `WW_E_TOO_LARGE` when it has more
 * than 64; ww_conn_accept_websocket() refuses such a request with 400 by itself. `WW_E_ARGUMENT` for NULL.
 *
 * Any thread. Does not allocate; compares each name offered with those before it and with `own`.
 *
 * Requires: `head` is NULL or the head of a request whose pointers are alive; `own` points to `count` valid spans (or is NULL with `count` 0);
 * `chosen` is NULL or writable.
 */
WW_API ww_status ww_ws_choose_subprotocol(const struct ww_head *head,
        const struct ww_span *own,
        size_t count,
        struct ww_span *chosen);

/**
 * Looks at the next `len` octets of a text, at `in` (RFC 3629 §4). A text may be cut anywhere, within a character too: frames,
 * fragments and reads make no difference.
 *
 * - `state` is zeroed by the caller before the first octet of a text.
 * - `last` is not 0 with the last octets of the text, which may be none: it must not end within a character.
 * - `bad` is always written: the index of the first octet at `in` that the text cannot go on with, or `len`.
 *
 * Returns `WW_OK`. Returns `WW_E_WS_TEXT` at the first octet that makes the text impossible, even when the character it belongs to
 * is not complete, or with `*bad` at `len` for a text that ends within a character. A WebSocket is then to be failed with close code
 * 1007. Every later call with octets fails at the first of them.
 *
 * Errors: `WW_E_WS_TEXT`; `WW_E_ARGUMENT` for NULL, and nothing has happened then.
 *
 * Any thread; a state belongs to one at a time. Does not allocate or copy; linear, in blocks.
 *
 * Requires: `state` is NULL, zeroed or as a call before left it; `in` points to `len` readable octets (or is NULL with `len` 0); `bad` is
 * NULL or writable. They do not overlap.
 */
WW_API ww_status ww_utf8_feed(struct ww_utf8 *state,
        const uint8_t *in,
        size_t len,
        int32_t last,
        size_t *bad);

/**
 * Makes a workspace; `config` NULL means all defaults. Free it with ww_workspace_free().
 *
 * Errors: WW_E_ARGUMENT (`out` NULL, half an allocator), WW_E_NOMEM. `*out` is NULL then. Allocates.
 *
 * Requires: `config` is NULL or points to a valid config whose allocator outlives the workspace and all that is made from it; `out` is NULL or writable.
 */
WW_API ww_status ww_workspace_new(const struct ww_workspace_config *config,
        struct ww_workspace **out);

/**
 * Gives a workspace up. Connections made from it live on: its memory goes with the last of them, at once when there is none. NULL is
 * fine.
 *
 * Requires: `ws` came from ww_workspace_new() and is not used again.
 */
WW_API void ww_workspace_free(struct ww_workspace *ws);

/**
 * Sets the wall clock for Date, in seconds since 1970; call it about once a second. Before the first call responses carry no
 * Date. Does not allocate.
 *
 * Errors: WW_E_ARGUMENT (`ws` NULL, a time after the year 9999).
 *
 * Requires: `ws` is NULL or a workspace.
 */
WW_API ww_status ww_workspace_set_time(struct ww_workspace *ws,
        uint64_t unix_seconds);

/**
 * The octets the connections of a workspace use now; 0 for NULL. Does not allocate.
 *
 * Requires: `ws` is NULL or a workspace.
 */
WW_API size_t ww_workspace_memory(const struct ww_workspace *ws);

/**
 * Writes the head of a request, with the empty line that ends it, and nothing of its content (RFC 9112 §3, §5).
 *
 * Lines in order: the request line; Host from `authority`, unless that is empty and Host is among the fields; the
 * line that says where the content ends; Connection, when there is something to say; the fields as given. What the framing line says:
 *
 * - WW_MESSAGE_STREAM with WW_MESSAGE_LENGTH: Content-Length of `content_length`
 * - WW_MESSAGE_STREAM alone: Transfer-Encoding: chunked; only for a server known to speak HTTP/1.1
 * - else: Content-Length of `content`; none where `content` is empty and the method is not POST, PUT or PATCH
 * - nothing with WW_MESSAGE_UNFRAMED, or when the fields have Content-Length or Transfer-Encoding and `content` and
 *   `content_length` say no other
 *
 * Connection gets `close` for WW_MESSAGE_CLOSE and names Upgrade and TE when they are among the fields. WW_MESSAGE_EXPECT adds
 * `Expect: 100-continue`. WW_MESSAGE_LENT is not for this call.
 *
 * Returns `WW_OK` with the octets of the head in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when
 * they are more than `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask.
 *
 * Errors, with 0 in `*written`: `WW_E_REQUEST_LINE` (the method), `WW_E_TARGET`, `WW_E_HOST` (malformed, missing, or said twice),
 * `WW_E_FIELD_NAME`, `WW_E_FIELD_VALUE` (an octet that must not be sent), `WW_E_AMBIGUOUS_FRAMING` (Content-Length and
 * Transfer-Encoding repeated, malformed, or against the rules above), `WW_E_STATE` (content with TRACE or CONNECT; an Expect without
 * content), `WW_E_ARGUMENT`. Nothing of `out` is touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `request` is NULL or valid; `out` points to `out_cap` writable octets or is NULL with `out_cap` 0; `written` is NULL or writable.
 * `out` does not overlap what is read.
 */
WW_API ww_status ww_write_request(const struct ww_request *request,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Writes the head of a response, interim ones included, with the empty line that ends it, and nothing of its content
 * (RFC 9112 §4, §5).
 *
 * Lines in order: the status line; the line that says where the content ends; Connection, when there is something to say; the fields
 * as given. An empty `reason` means the standard phrase. No Date is written: it is a field like others here, see
 * ww_write_date(). What the framing line says:
 *
 * - WW_MESSAGE_STREAM with WW_MESSAGE_LENGTH: Content-Length of `content_length`; also the way to answer HEAD
 * - WW_MESSAGE_STREAM alone: Transfer-Encoding: chunked, but nothing with 304; never for a client that speaks HTTP/1.0
 * - else: Content-Length of `content`; none with 1xx and 204, nor with 304 when `content` is empty
 * - nothing with WW_MESSAGE_UNFRAMED, or when the fields have Content-Length or Transfer-Encoding and `content` and
 *   `content_length` say no other
 *
 * Connection gets `close` for WW_MESSAGE_CLOSE and names Upgrade and TE when they are among the fields. WW_MESSAGE_LENT and
 * WW_MESSAGE_EXPECT are not for this call.
 *
 * Returns `WW_OK` or `WW_E_BUFFER` as ww_write_request() does.
 *
 * Errors, with 0 in `*written`: `WW_E_FIELD_NAME`, `WW_E_FIELD_VALUE` (an octet that must not be sent, also in `reason`),
 * `WW_E_AMBIGUOUS_FRAMING` (Content-Length and Transfer-Encoding repeated, malformed, or against the rules above), `WW_E_STATE`
 * (content, a length or chunked with 1xx or 204, content with 205; 101, 401, 405, 407, 426 without the field they need),
 * `WW_E_ARGUMENT` (also: a status outside of 100 to 599). Nothing of `out` is touched unless `WW_OK` is returned.
 *
 * Any thread. Does not allocate.
 *
 * Requires: As ww_write_request().
 */
WW_API ww_status ww_write_response(const struct ww_response *response,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Writes a trailer section and the empty line that ends it; it goes behind WW_LAST_CHUNK (RFC 9112 §7.1.2).
 *
 * Returns `WW_OK` or `WW_E_BUFFER` as ww_write_request() does.
 *
 * Errors, with 0 in `*written`: `WW_E_TRAILER` (a field that means nothing there: it frames, routes, authenticates or says how to
 * process the content; RFC 9110 §6.5.1), `WW_E_FIELD_NAME`, `WW_E_FIELD_VALUE`, `WW_E_ARGUMENT`.
 *
 * Any thread. Does not allocate.
 *
 * Requires: `trailers` points to `count` valid fields, or is NULL with `count` 0; the others as ww_write_request().
 */
WW_API ww_status ww_write_trailers(const struct ww_field *trailers,
        size_t count,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Writes `unix_seconds` since 1970, UTC, as the value of Date, as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). Do it once
 * a second, not once a response. Seconds after the year 9999 count as its last one.
 *
 * Returns `WW_OK` or `WW_E_BUFFER` as ww_write_request() does; the size is always WW_DATE_LEN. Errors: `WW_E_ARGUMENT`.
 *
 * Any thread. Does not allocate, and reads no clock.
 *
 * Requires: As ww_write_request().
 */
WW_API ww_status ww_write_date(uint64_t unix_seconds,
        uint8_t *out,
        size_t out_cap,
        size_t *written);

/**
 * Prepares a message of `len` octets, which are copied: `flags` are WW_SEND_TEXT or WW_SEND_BINARY, and WW_SEND_UNCOMPRESSED. It is
 * compressed for the first connection that agreed on that and whose window holds all of it, where compressing makes it shorter; by itself,
 * so that the compressor of that connection begins anew behind it. Ends by ww_ws_prepared_free(). Any thread. Allocates, and when it is
 * compressed once more.
 *
 * Errors: WW_E_ARGUMENT (a part of a message; NULL), WW_E_UTF8 (text that is not), WW_E_NOMEM; `*out` is NULL then.
 *
 * Requires: `data` points to `len` octets; `out` is NULL or writable.
 */
WW_API ww_status ww_ws_prepare(uint32_t flags,
        const void *data,
        size_t len,
        struct ww_ws_prepared **out);

/**
 * Frees a message that was prepared. NULL is fine. Any thread.
 *
 * Requires: `message` came from ww_ws_prepare() and is not used again.
 */
WW_API void ww_ws_prepared_free(struct ww_ws_prepared *message);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

/** A text literal as the initialiser of a ww_span, a static one too: a constant expression in C. */
#define WW_LIT(text) { (const uint8_t *)("" text), sizeof(text) - 1 }
/** A field of two text literals, as an initialiser. */
#define WW_FIELD(name, value) { WW_LIT(name), WW_LIT(value), 0, 0, 0 }

/** The octets of a NUL-terminated text, without its NUL; for what is no literal, and for assignments. `text` is not NULL. */
static inline struct ww_span ww_span_from(const char *text)
{
    struct ww_span span;
    span.data = (const uint8_t *)text;
    span.len = strlen(text);
    return span;
}

#define WW_SCAN_INIT { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } }
/** Behind the content of every chunk. */
#define WW_CHUNK_END "\r\n"
/** The line of the last chunk; a trailer section follows, see ww_write_trailers(). */
#define WW_LAST_CHUNK "0\r\n"
/** The last chunk and an empty trailer section: the end of a chunked message. */
#define WW_NO_TRAILERS "0\r\n\r\n"

#define WW_CHUNK_DECODER_INIT { { 0, 0, 0, 0, 0, 0, 0, 0 } }
#define WW_CHUNK_LIMITS_INIT { sizeof(ww_chunk_limits), 0, 0 }
#define WW_UTF8_INIT { 0 }
/** A walk through `value`, a ww_span, as the initialiser of a ww_list. */
#define WW_LIST_INIT(value) { value, 0, 0 }
#define WW_HEAD_LIMITS_INIT { sizeof(ww_head_limits), 0, 0, 0, 0, 0, 0 }
#define WW_FILE_INIT { sizeof(ww_file), 0, 0, 0 }
#define WW_ERROR_INFO_INIT { sizeof(ww_error_info), 0, 0, 0, 0, NULL, NULL }
#define WW_URL_INIT { sizeof(ww_url), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, 0 }
#define WW_TARGET_INIT { sizeof(ww_target), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0 }
/** A walk through `text`, a ww_span, as the initialiser of a ww_pairs. */
#define WW_PAIRS_INIT(text) { text, 0, 0 }
#define WW_MULTIPART_INIT { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } }
#define WW_PART_INIT \
    { sizeof(ww_part), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0 }
#define WW_SSE_READER_INIT { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } }
#define WW_SSE_EVENT_INIT { sizeof(ww_sse_event), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0 }
/** The length of `n` octets in base64, with `=`. */
#define WW_BASE64_LEN(n) ((n) / 3 * 4 + ((n) % 3 != 0 ? 4 : 0))
#define WW_REPRESENTATION_INIT { sizeof(ww_representation), { NULL, 0 }, 0, 0, 0 }
#define WW_MEDIA_TYPE_INIT { sizeof(ww_media_type), { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }
#define WW_WORKSPACE_CONFIG_INIT { sizeof(ww_workspace_config), 0, 0, { NULL, NULL, NULL }, NULL, 0 }
#define WW_CONN_CONFIG_INIT \
    { sizeof(ww_conn_config), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \
      0, 0, NULL, { NULL, 0 }, 0, 0, 0, 0, 0, 0 }
#define WW_SERVER_CONFIG_INIT \
    { sizeof(ww_server_config), WW_CONN_CONFIG_INIT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
#define WW_LISTEN_OPTIONS_INIT { sizeof(ww_listen_options), NULL, 0, 0, 0, 0, 0, 0, 0, 0 }
#define WW_STATS_INIT { sizeof(ww_stats), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
#define WW_RESPONSE_INIT { sizeof(ww_response), 0, 0, 0, { NULL, 0 }, NULL, 0, { NULL, 0 }, 0, 0 }
#define WW_REQUEST_INIT \
    { sizeof(ww_request), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, 0, { NULL, 0 }, 0, 0, 0, 0 }
#define WW_TLS_CERTIFICATE_INIT \
    { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, NULL, NULL, NULL, 0, { 0, 0 } }
/** A certificate in two files, as the initialiser of a ww_tls_certificate. */
#define WW_TLS_CERTIFICATE_FILES(chain, key) \
    { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, chain, key, NULL, NULL, 0, { 0, 0 } }
#define WW_TLS_OPTIONS_INIT \
    { sizeof(ww_tls_options), 0, 0, NULL, 0, { NULL, 0 }, NULL, { NULL, 0 }, NULL, NULL, 0, 0, 0, 0, 0, NULL }
#define WW_TLS_INFO_INIT \
    { sizeof(ww_tls_info), 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, 0 }
#define WW_WS_HANDSHAKE_INIT \
    { sizeof(ww_ws_handshake), { NULL, 0 }, NULL, 0, { NULL, 0 }, { NULL, 0 }, 0, 0 }

#endif /* WIREWAY_H */
