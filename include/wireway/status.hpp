/* What calls answer. Part of wireway.hpp; uses the C header's `ww_status` and `ww_error_info`, and <system_error>. Nothing here
 * throws, and nothing is kept between calls.
 *
 * A call answers `wireway::status`: status::ok, another value from 1 on that is no error (paused, timeout, done, need_input), or
 * an error, for which failed() is true. It turns into a std::error_code by itself where one is wanted. What a call made comes in a
 * `wireway::result`, beside the status. */
#ifndef WIREWAY_STATUS_HPP
#define WIREWAY_STATUS_HPP

#include <cstdint>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <wireway.h>

namespace wireway {

/** The values of `ww_status`; each is explained there. New ones may come: what is unknown and below 0 is an error like others. */
enum class status : ww_status {
    ok = WW_OK,
    need_input = WW_NEED_INPUT,
    paused = WW_PAUSED,
    timeout = WW_TIMEOUT,
    done = WW_DONE,
    argument = WW_E_ARGUMENT,
    state = WW_E_STATE,
    nomem = WW_E_NOMEM,
    buffer = WW_E_BUFFER,
    gone = WW_E_GONE,
    system = WW_E_SYSTEM,
    unsupported = WW_E_UNSUPPORTED,
    entropy = WW_E_ENTROPY,
    utf8 = WW_E_UTF8,
    slow = WW_E_SLOW,
    limit = WW_E_LIMIT,
    resolve = WW_E_RESOLVE,
    tls_certificate = WW_E_TLS_CERTIFICATE,
    tls_key = WW_E_TLS_KEY,
    tls_trust = WW_E_TLS_TRUST,
    stalled = WW_E_STALLED,
    panic = WW_E_PANIC,
    request_line = WW_E_REQUEST_LINE,
    status_line = WW_E_STATUS_LINE,
    version = WW_E_VERSION,
    line_end = WW_E_LINE_END,
    field_name = WW_E_FIELD_NAME,
    field_value = WW_E_FIELD_VALUE,
    target = WW_E_TARGET,
    host = WW_E_HOST,
    content_length = WW_E_CONTENT_LENGTH,
    transfer_encoding = WW_E_TRANSFER_ENCODING,
    ambiguous_framing = WW_E_AMBIGUOUS_FRAMING,
    chunk = WW_E_CHUNK,
    trailer = WW_E_TRAILER,
    too_large = WW_E_TOO_LARGE,
    truncated = WW_E_TRUNCATED,
    unexpected_data = WW_E_UNEXPECTED_DATA,
    upgrade = WW_E_UPGRADE,
    expectation = WW_E_EXPECTATION,
    misdirected = WW_E_MISDIRECTED,
    body_length = WW_E_BODY_LENGTH,
    not_switched = WW_E_NOT_SWITCHED,
    closing = WW_E_CLOSING,
    timeout_head = WW_E_TIMEOUT_HEAD,
    timeout_body = WW_E_TIMEOUT_BODY,
    timeout_write = WW_E_TIMEOUT_WRITE,
    timeout_idle = WW_E_TIMEOUT_IDLE,
    timeout_response = WW_E_TIMEOUT_RESPONSE,
    closed = WW_E_CLOSED,
    aborted = WW_E_ABORTED,
    ws_handshake = WW_E_WS_HANDSHAKE,
    ws_subprotocol = WW_E_WS_SUBPROTOCOL,
    ws_extension = WW_E_WS_EXTENSION,
    ws_frame = WW_E_WS_FRAME,
    ws_text = WW_E_WS_TEXT,
    ws_close = WW_E_WS_CLOSE,
    ws_deflate = WW_E_WS_DEFLATE,
    ws_closing = WW_E_WS_CLOSING,
    ws_timeout = WW_E_WS_TIMEOUT,
    tls_record = WW_E_TLS_RECORD,
    tls_plaintext_http = WW_E_TLS_PLAINTEXT_HTTP,
    tls_handshake = WW_E_TLS_HANDSHAKE,
    tls_incompatible = WW_E_TLS_INCOMPATIBLE,
    tls_alpn = WW_E_TLS_ALPN,
    tls_verify = WW_E_TLS_VERIFY,
    tls_decrypt = WW_E_TLS_DECRYPT,
    tls_alert = WW_E_TLS_ALERT,
    tls_timeout = WW_E_TLS_TIMEOUT,
    proxy_header = WW_E_PROXY_HEADER,
    encoding = WW_E_ENCODING,
    multipart = WW_E_MULTIPART,
    method = WW_E_METHOD,
};

/** Whether it is an error. paused, timeout, done and need_input are none. */
constexpr bool failed(status code) noexcept
{
    return static_cast<ww_status>(code) < 0;
}

/** As "WW_E_CHUNK"; static, never nullptr. */
inline const char *name_of(status code) noexcept
{
    return ww_status_name(static_cast<ww_status>(code));
}

/** What it means, in a few words for a log; static, never nullptr. The wording may change. See `ww_status_text()`. */
inline const char *text_of(status code) noexcept
{
    return ww_status_text(static_cast<ww_status>(code));
}

/** An error in full: code, offset, rule, reason. Its texts are static, and from an error() never nullptr. */
using error_info = ww_error_info;

namespace detail {
/* What an error() fills in: no error yet, and texts also where the handle is empty. */
inline error_info no_error() noexcept
{
    error_info info = WW_ERROR_INFO_INIT;
    info.rule = info.reason = "";
    return info;
}
} // namespace detail

namespace detail {
class status_category final : public std::error_category {
  public:
    const char *name() const noexcept override { return "wireway"; }
    std::string message(int code) const override { return text_of(static_cast<status>(code)); }
    std::error_condition default_error_condition(int code) const noexcept override
    {
        switch (static_cast<status>(code)) {
        case status::paused: return std::errc::resource_unavailable_try_again;
        case status::timeout: return std::errc::timed_out;
        case status::argument: return std::errc::invalid_argument;
        case status::nomem: return std::errc::not_enough_memory;
        case status::buffer: return std::errc::no_buffer_space;
        case status::gone: return std::errc::not_connected;
        case status::unsupported: return std::errc::not_supported;
        case status::aborted: return std::errc::connection_reset;
        default: return {code, *this};
        }
    }
};
} // namespace detail

/** The category of std::error_codes made of a status. `==` with std::errc holds for paused (resource_unavailable_try_again),
 * timeout, argument, nomem, buffer, gone, unsupported and aborted. */
inline const std::error_category &category() noexcept
{
    static const detail::status_category one;
    return one;
}

/** The status as a std::error_code. It is `true` for everything but status::ok, for paused and the like too. */
inline std::error_code make_error_code(status code) noexcept
{
    return {static_cast<int>(code), category()};
}

/** What a call made, and what it answered: `auto [server, status] = wireway::server::create();`. `value` is empty unless `status`
 * is status::ok. Move it out: `std::move(result).value`. */
template <class T> struct [[nodiscard]] result {
    T value;
    wireway::status status;

    explicit operator bool() const noexcept { return status == wireway::status::ok; }
    T &operator*() noexcept { return value; }
    T *operator->() noexcept { return &value; }
};

} // namespace wireway

template <> struct std::is_error_code_enum<wireway::status> : std::true_type {
};

#endif
