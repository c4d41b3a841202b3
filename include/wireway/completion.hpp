/* What happened on a loop. Part of wireway.hpp.
 *
 * A completion is a view of one pointer: copy it as you like. What it shows lives until the next completion is asked for, as the C
 * header says of `ww_completion`. */
#ifndef WIREWAY_COMPLETION_HPP
#define WIREWAY_COMPLETION_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <wireway/flags.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

/** The kinds of completions; each is explained at its WW_COMPLETION_* in the C header. A switch without `default` names them all
 * (-Wswitch). */
enum class completion_kind : std::int32_t {
    accepted = WW_COMPLETION_ACCEPTED,
    connected = WW_COMPLETION_CONNECTED,
    received = WW_COMPLETION_RECEIVED,
    sent = WW_COMPLETION_SENT,
    hung_up = WW_COMPLETION_HUNG_UP,
    ready = WW_COMPLETION_READY,
    datagrams = WW_COMPLETION_DATAGRAMS,
    closed = WW_COMPLETION_CLOSED,
    timer = WW_COMPLETION_TIMER,
    post = WW_COMPLETION_POST,
    server = WW_COMPLETION_SERVER,
    undelivered = WW_COMPLETION_UNDELIVERED,
    resolved = WW_COMPLETION_RESOLVED,
    released = WW_COMPLETION_RELEASED,
};

/** A socket of a loop. Ids are never used again: a call with a dead one answers status::gone. socket_id::none is no socket. */
enum class socket_id : ww_socket { none = 0 };

/** A plain value; `wireway::datagram{}` is an empty one to the peer of loop::set_peer(). */
using datagram = ww_datagram;

/** Some datagrams that somebody else owns: of one `ww_datagram`, of an array, or of anything with data() and size(). */
using datagram_list = detail::array_view<ww_datagram>;

class completion {
    const ww_completion *raw_;

  public:
    completion(const ww_completion &raw) noexcept : raw_(&raw) {}
    const ww_completion &get() const noexcept { return *raw_; }

    completion_kind kind() const noexcept { return static_cast<completion_kind>(raw_->kind); }
    bool is(completion_kind kind) const noexcept { return this->kind() == kind; }
    /** What the caller gave: for the socket, the timer, the post, the server or the look-up. */
    std::uint64_t token() const noexcept { return raw_->token; }
    /** The socket; socket_id::none for timers, posts and look-ups. */
    socket_id socket() const noexcept { return static_cast<socket_id>(raw_->socket); }
    /** status::ok, or why the operation failed. */
    status code() const noexcept { return static_cast<status>(raw_->code); }
    /** The system's number of the error (errno; of resolved with status::resolve see resolver::reason()), or 0. */
    std::int32_t system() const noexcept { return raw_->system; }

    /** accepted: the new socket; else, and after an error, socket_id::none. */
    socket_id accepted() const noexcept { return static_cast<socket_id>(raw_->accepted); }
    /** received: the octets; else empty. */
    octets data() const noexcept { return raw_->data; }
    std::string_view text() const noexcept { return to_text(raw_->data); }
    /** received: the peer ended its sending side, and nothing more comes. */
    bool is_end() const noexcept { return is(completion_kind::received) && code() == status::ok && raw_->data.len == 0; }
    /** sent: how many more octets were sent. timer: its number. datagrams, resolved: how many. released: how many sends. */
    std::size_t n() const noexcept { return raw_->n; }
    /** datagrams: what came; else empty. */
    datagram_list datagrams() const noexcept { return {raw_->datagrams, raw_->datagrams != nullptr ? raw_->n : 0}; }

    /** released: the system has copied octets that were lent after all. */
    bool is_copied() const noexcept
    {
        return is(completion_kind::released) && (raw_->flags & release_flag::copied) != 0;
    }
    /** ready: a read does not block. */
    bool is_readable() const noexcept { return (raw_->flags & ready_flag::readable) != 0; }
    /** ready: a write does not block. */
    bool is_writable() const noexcept { return (raw_->flags & ready_flag::writable) != 0; }
    /** ready: an error is pending, or both directions have ended. hung_up: both have. */
    bool is_failed() const noexcept { return (raw_->flags & ready_flag::failed) != 0; }
};

} // namespace wireway

#endif
