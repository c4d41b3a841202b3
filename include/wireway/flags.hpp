/* Constants of the C API by families, for the fields of its structs and for calls. Part of wireway.hpp; uses the C header, where
 * each is explained at its C name. */
#ifndef WIREWAY_FLAGS_HPP
#define WIREWAY_FLAGS_HPP

#include <cstddef>
#include <cstdint>
#include <wireway.h>

namespace wireway {

/** `content_length` of a head that declares none. */
inline constexpr std::uint64_t length_none = WW_LENGTH_NONE;
/** A time of a config that never runs out. */
inline constexpr std::uint32_t never_ms = WW_NEVER_MS;

/** `role` of conn_config and tls_options. */
namespace role {
inline constexpr std::uint32_t server = WW_ROLE_SERVER, client = WW_ROLE_CLIENT;
}

/** `flags` of conn_config. */
namespace conn_flag {
inline constexpr std::uint32_t lenient_length_and_chunked = WW_CONN_LENIENT_LENGTH_AND_CHUNKED, strict_host = WW_CONN_STRICT_HOST,
                               default_authority = WW_CONN_DEFAULT_AUTHORITY, strict_trailers = WW_CONN_STRICT_TRAILERS,
                               secure = WW_CONN_SECURE, tunnels = WW_CONN_TUNNELS, strict_target = WW_CONN_STRICT_TARGET,
                               lenient_target = WW_CONN_LENIENT_TARGET, deflate = WW_CONN_DEFLATE,
                               deflate_server_forgets = WW_CONN_DEFLATE_SERVER_FORGETS,
                               deflate_client_forgets = WW_CONN_DEFLATE_CLIENT_FORGETS, message_parts = WW_CONN_MESSAGE_PARTS,
                               whole_content = WW_CONN_WHOLE_CONTENT;
}

/** `flags` of server_config. */
namespace server_flag {
inline constexpr std::uint32_t reuse_port = WW_SERVER_REUSE_PORT;
}

/** `flags` of listen_options. */
namespace listen_flag {
inline constexpr std::uint32_t reuse_port = WW_LISTEN_REUSE_PORT, ipv6_only = WW_LISTEN_IPV6_ONLY,
                               proxy = WW_LISTEN_PROXY;
}

/** `driver` of loop_config and loop_info; `flags` of loop_info. */
namespace driver {
inline constexpr std::int32_t native = WW_DRIVER_NATIVE, epoll = WW_DRIVER_EPOLL, uring = WW_DRIVER_URING,
                              kqueue = WW_DRIVER_KQUEUE;
}
namespace loop_info_flag {
inline constexpr std::uint32_t holds_sends = WW_LOOP_INFO_HOLDS_SENDS, notices_paused = WW_LOOP_INFO_NOTICES_PAUSED,
                               sends_files = WW_LOOP_INFO_SENDS_FILES, lends = WW_LOOP_INFO_LENDS;
}

/** `flags` of socket_options. */
namespace socket_flag {
inline constexpr std::uint32_t reuse_port = WW_SOCKET_REUSE_PORT, ipv6_only = WW_SOCKET_IPV6_ONLY, broadcast = WW_SOCKET_BROADCAST,
                               ecn = WW_SOCKET_ECN, coalesce = WW_SOCKET_COALESCE, delay = WW_SOCKET_DELAY,
                               local = WW_SOCKET_LOCAL;
}

/** `interest` of loop::poll(); `flags` of a ww_completion. */
namespace ready_flag {
inline constexpr std::uint32_t readable = WW_READY_READABLE, writable = WW_READY_WRITABLE, failed = WW_READY_FAILED;
}

/** `flags` of a ww_completion of completion_kind::released. */
namespace release_flag {
inline constexpr std::uint32_t copied = WW_RELEASE_COPIED;
}

/** `operations` of loop::cancel(). */
namespace cancel_flag {
inline constexpr std::uint32_t accept = WW_CANCEL_ACCEPT, connect = WW_CANCEL_CONNECT, receive = WW_CANCEL_RECEIVE,
                               poll = WW_CANCEL_POLL, room = WW_CANCEL_ROOM;
}

/** `flags`, `version_min` and `version_max` of tls_options; `flags` of tls_info. */
namespace tls_flag {
inline constexpr std::uint32_t refuse_unknown_names = WW_TLS_REFUSE_UNKNOWN_NAMES, client_cert_optional = WW_TLS_CLIENT_CERT_OPTIONAL,
                               no_resumption = WW_TLS_NO_RESUMPTION, no_alpn = WW_TLS_NO_ALPN,
                               no_post_quantum = WW_TLS_NO_POST_QUANTUM, key_log_env = WW_TLS_KEY_LOG_ENV, kernel = WW_TLS_KERNEL,
                               trust_anyone = WW_TLS_TRUST_ANYONE;
}
namespace tls_version {
inline constexpr std::uint32_t v1_2 = WW_TLS_1_2, v1_3 = WW_TLS_1_3;
}
namespace tls_info_flag {
inline constexpr std::uint32_t resumed = WW_TLS_INFO_RESUMED, kernel = WW_TLS_INFO_KERNEL;
}

/** Bits of conn::state() and tls::state(): what the owner of the transport should do now. */
namespace state {
inline constexpr std::uint32_t want_read = WW_STATE_WANT_READ, want_write = WW_STATE_WANT_WRITE, events = WW_STATE_EVENTS,
                               shutdown_write = WW_STATE_SHUTDOWN_WRITE, close = WW_STATE_CLOSE, reset = WW_STATE_RESET,
                               idle = WW_STATE_IDLE, can_respond = WW_STATE_CAN_RESPOND, tls_handshake = WW_STATE_TLS_HANDSHAKE,
                               tls_peer_closed = WW_STATE_TLS_PEER_CLOSED;
}

/** `flags` of an event. */
namespace event_flag {
inline constexpr std::uint32_t last = WW_EVENT_FLAG_LAST, first = WW_EVENT_FLAG_FIRST, text = WW_EVENT_FLAG_TEXT,
                               binary = WW_EVENT_FLAG_BINARY, part = WW_EVENT_FLAG_PART, can_respond = WW_EVENT_FLAG_CAN_RESPOND;
}

/** Bits of head::flags(): of a connection's head, then those of every head. */
namespace head_flag {
inline constexpr std::uint32_t close = WW_HEAD_CLOSE, chunked = WW_HEAD_CHUNKED, expect = WW_HEAD_EXPECT, upgrade = WW_HEAD_UPGRADE,
                               host_mismatch = WW_HEAD_HOST_MISMATCH, lenient = WW_HEAD_LENIENT, websocket = WW_HEAD_WEBSOCKET;
inline constexpr std::uint32_t host = WW_HEAD_HOST, host_repeated = WW_HEAD_HOST_REPEATED, length = WW_HEAD_LENGTH,
                               length_repeated = WW_HEAD_LENGTH_REPEATED, length_differs = WW_HEAD_LENGTH_DIFFERS,
                               length_invalid = WW_HEAD_LENGTH_INVALID, te = WW_HEAD_TE, te_chunked = WW_HEAD_TE_CHUNKED,
                               te_other = WW_HEAD_TE_OTHER, te_chunked_again = WW_HEAD_TE_CHUNKED_AGAIN,
                               te_invalid = WW_HEAD_TE_INVALID, connection_close = WW_HEAD_CONNECTION_CLOSE,
                               connection_keep_alive = WW_HEAD_CONNECTION_KEEP_ALIVE,
                               connection_upgrade = WW_HEAD_CONNECTION_UPGRADE, upgrade_field = WW_HEAD_UPGRADE_FIELD,
                               expect_continue = WW_HEAD_EXPECT_CONTINUE, expect_other = WW_HEAD_EXPECT_OTHER;
}

/** `target_rule` of head_limits. */
namespace target_rule {
inline constexpr std::uint32_t browser = WW_TARGET_BROWSER, strict = WW_TARGET_STRICT, lenient = WW_TARGET_LENIENT;
}

/** `flags` of parse_url() and of a url. */
namespace url_flag {
inline constexpr std::uint32_t allow_userinfo = WW_URL_ALLOW_USERINFO, strict_target = WW_URL_STRICT_TARGET,
                               lenient_target = WW_URL_LENIENT_TARGET;
inline constexpr std::uint32_t secure = WW_URL_SECURE, websocket = WW_URL_WEBSOCKET;
}

/** `form` of a target. */
namespace target_form {
inline constexpr std::uint32_t origin = WW_TARGET_FORM_ORIGIN, absolute = WW_TARGET_FORM_ABSOLUTE,
                               authority = WW_TARGET_FORM_AUTHORITY, asterisk = WW_TARGET_FORM_ASTERISK;
}

/** `flags` of percent_decode() and of the base64 calls. */
namespace decode_flag {
inline constexpr std::uint32_t form = WW_DECODE_FORM, lenient = WW_DECODE_LENIENT;
}
namespace base64_flag {
inline constexpr std::uint32_t url = WW_BASE64_URL, unpadded = WW_BASE64_UNPADDED;
}

/** `flags` of a representation. */
namespace representation_flag {
inline constexpr std::uint32_t absent = WW_REPRESENTATION_ABSENT, strong_date = WW_REPRESENTATION_STRONG_DATE;
}

/** `flags` of multipart_reader::start(); `kind` of a part. */
namespace multipart_flag {
inline constexpr std::uint32_t any = WW_MULTIPART_ANY;
}
namespace part_kind {
inline constexpr std::uint32_t begin = WW_PART_BEGIN, data = WW_PART_DATA, end = WW_PART_END;
}

/** `opcode` and `flags` of a frame_header. */
namespace opcode {
inline constexpr std::uint8_t continuation = WW_WS_OP_CONTINUATION, text = WW_WS_OP_TEXT, binary = WW_WS_OP_BINARY, close = WW_WS_OP_CLOSE,
                              ping = WW_WS_OP_PING, pong = WW_WS_OP_PONG;
}
namespace frame_flag {
inline constexpr std::uint8_t fin = WW_WS_FRAME_FIN, rsv1 = WW_WS_FRAME_RSV1, masked = WW_WS_FRAME_MASKED;
}

/** Room for what the codec writes; what goes around chunks. */
inline constexpr std::size_t chunk_head_max = WW_CHUNK_HEAD_MAX, frame_header_max = WW_WS_HEADER_MAX, accept_key_size = WW_WS_ACCEPT_LEN,
                             date_size = WW_DATE_LEN, tls_parts_max = WW_TLS_PARTS_MAX, tls_pin_size = WW_TLS_PIN_LEN;
inline constexpr char chunk_end[] = WW_CHUNK_END, last_chunk[] = WW_LAST_CHUNK, no_trailers[] = WW_NO_TRAILERS;

/** What a WebSocket message is, and what becomes of it where a connection is slow; combined by `|`. A whole message is text or
 * binary; each part of one is text_part or binary_part, the first with `first` and the last with `last`. */
enum class message : std::uint32_t {
    text = WW_SEND_TEXT,
    binary = WW_SEND_BINARY,
    uncompressed = WW_SEND_UNCOMPRESSED,
    text_part = WW_SEND_TEXT_PART,
    binary_part = WW_SEND_BINARY_PART,
    first = WW_SEND_FIRST,
    last = WW_SEND_LAST,
    slow_close = WW_SLOW_CLOSE,
    slow_drop = WW_SLOW_DROP,
    slow_newest = WW_SLOW_NEWEST,
};
constexpr message operator|(message a, message b) noexcept
{
    return static_cast<message>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

/** Whether a post, response or message from another thread comes back as event_kind::undelivered when it cannot reach its connection. */
enum class delivery : std::uint32_t { quiet = 0, report = WW_POST_REPORT };

} // namespace wireway

#endif
