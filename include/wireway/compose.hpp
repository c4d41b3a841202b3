/* Messages to send: responses, requests, WebSocket handshakes, prepared messages, files. Part of wireway.hpp; uses heads' names and spans.
 *
 * A builder is the C struct with chained setters: `response(404).fields(type).content("No such thing.")`. It refers to the texts,
 * fields and octets it is given, which last until the call that sends it; that call copies them, but what was lent. A builder that is
 * made once can be sent any number of times, by any thread. Every call that takes one takes the C struct too, so that in C++20
 * `server.respond(conn, {.status = 204})` is a whole answer. */
#ifndef WIREWAY_COMPOSE_HPP
#define WIREWAY_COMPOSE_HPP

#include <cstdint>
#include <wireway/flags.hpp>
#include <wireway/handle.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

namespace detail {
/* What requests and responses have in common: fields and content. */
template <class Self, class C> class builder {
  protected:
    C raw_;
    explicit builder(const C &init) noexcept : raw_(init) {}
    Self &self() noexcept { return static_cast<Self &>(*this); }
    Self &flag(std::uint32_t bits) noexcept
    {
        raw_.flags |= bits;
        return self();
    }

  public:
    operator const C &() const noexcept { return raw_; }
    const C &get() const noexcept { return raw_; }

    /** The fields, in the order they are sent. Content-Length, Transfer-Encoding, Connection and Date are the library's. */
    Self &fields(field_list all) noexcept
    {
        raw_.fields = all.data();
        raw_.field_count = all.size();
        return self();
    }
    /** The whole content; copied when it is sent. */
    Self &content(octets all) noexcept
    {
        raw_.content = all;
        return self();
    }
    /** The whole content, not copied: it stays as it is until event_kind::released with `token`. */
    Self &lend(octets all, std::uint64_t token) noexcept
    {
        raw_.token = token;
        return flag(WW_MESSAGE_LENT).content(all);
    }
    /** The content follows by send(), and ends with finish(). */
    Self &stream() noexcept { return flag(WW_MESSAGE_STREAM); }
    /** The same, and its length is known. */
    Self &stream(std::uint64_t length) noexcept
    {
        raw_.content_length = length;
        return flag(WW_MESSAGE_LENGTH).stream();
    }
    /** The connection ends after this message. */
    Self &close() noexcept { return flag(WW_MESSAGE_CLOSE); }
    /** Codec: the library says nothing of where the content ends. */
    Self &unframed() noexcept { return flag(WW_MESSAGE_UNFRAMED); }
};
} // namespace detail

/** A response; see `ww_response`. */
class response : public detail::builder<response, ww_response> {
  public:
    explicit response(std::uint16_t status = 200) noexcept : builder(WW_RESPONSE_INIT) { raw_.status = status; }
    response &reason(std::string_view phrase) noexcept
    {
        raw_.reason = to_span(phrase);
        return *this;
    }
};

/** A request of a client; see `ww_request`. `authority` is the Host field. */
class request : public detail::builder<request, ww_request> {
  public:
    request(std::string_view method, std::string_view authority, std::string_view target) noexcept : builder(WW_REQUEST_INIT)
    {
        raw_.method = to_span(method);
        raw_.authority = to_span(authority);
        raw_.target = to_span(target);
    }
    /** Wait for 100 Continue before the content. */
    request &expect_continue() noexcept { return flag(WW_MESSAGE_EXPECT); }
    /** Codec: which octets the target may have; see target_rule. */
    request &strict_target() noexcept { return flag(WW_MESSAGE_STRICT_TARGET); }
    request &lenient_target() noexcept { return flag(WW_MESSAGE_LENIENT_TARGET); }
};

/** Either side of a WebSocket handshake; see `ww_ws_handshake`. */
class websocket_handshake {
    ww_ws_handshake raw_ = WW_WS_HANDSHAKE_INIT;

  public:
    operator const ww_ws_handshake &() const noexcept { return raw_; }
    const ww_ws_handshake &get() const noexcept { return raw_; }

    /** Server: the one chosen; client: those offered, as "a, b". */
    websocket_handshake &protocol(octets names) noexcept
    {
        raw_.protocol = names;
        return *this;
    }
    websocket_handshake &fields(field_list all) noexcept
    {
        raw_.fields = all.data();
        raw_.field_count = all.size();
        return *this;
    }
    /** Client: where to, and the Host field. */
    websocket_handshake &to(std::string_view authority, std::string_view target) noexcept
    {
        raw_.authority = to_span(authority);
        raw_.target = to_span(target);
        return *this;
    }
    /** No permessage-deflate on this connection. */
    websocket_handshake &uncompressed() noexcept
    {
        raw_.flags |= WW_WS_HANDSHAKE_UNCOMPRESSED;
        return *this;
    }
    /** Messages come in parts, as they arrive, or each whole: on this connection, whatever its config says. One of the two. */
    websocket_handshake &parts() noexcept
    {
        raw_.flags |= WW_WS_HANDSHAKE_PARTS;
        return *this;
    }
    websocket_handshake &whole() noexcept
    {
        raw_.flags |= WW_WS_HANDSHAKE_WHOLE;
        return *this;
    }
    /** Client: messages wait while our output does, so that one answer to each always fits. A server always does so. */
    websocket_handshake &answers() noexcept
    {
        raw_.flags |= WW_WS_HANDSHAKE_ANSWERS;
        return *this;
    }
};

/** A stretch of an open file, for send_file(); see `ww_file`. */
using file = ww_file;

/** A file that is the answer to a request, for respond_file(); see `ww_file_response`. */
using file_response = ww_file_response;

/** A whole WebSocket message, validated, framed and at most once compressed for any number of connections. Any threads may send it at
 * the same time. */
class prepared_message : public detail::handle<ww_ws_prepared, ww_ws_prepared_free> {
  public:
    using handle::handle;
    /** Copies `data`. Errors: status::argument (a part), status::utf8, status::nomem. Allocates. See `ww_ws_prepare()`. */
    static result<prepared_message> create(message flags, octets data) noexcept
    {
        ww_ws_prepared *raw = nullptr;
        const ww_status code = ww_ws_prepare(static_cast<std::uint32_t>(flags), data.data(), data.size(), &raw);
        return {prepared_message(raw), static_cast<status>(code)};
    }
};

} // namespace wireway

#endif
