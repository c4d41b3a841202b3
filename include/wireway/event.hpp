/* What happened. Part of wireway.hpp; uses heads.
 *
 * An event is a view of one pointer: copy it as you like. What it shows lives until the next event is asked for, as the C header
 * says of `ww_event`. What is to outlive that is copied: data() into a string, head() into a head_copy. */
#ifndef WIREWAY_EVENT_HPP
#define WIREWAY_EVENT_HPP

#include <cstdint>
#include <string_view>
#include <wireway/flags.hpp>
#include <wireway/head.hpp>
#include <wireway/status.hpp>

namespace wireway {

/** The kinds of events; each is explained at its WW_EVENT_* in the C header. A switch without `default` names them all (-Wswitch). */
enum class event_kind : std::int32_t {
    request = WW_EVENT_REQUEST,
    response = WW_EVENT_RESPONSE,
    interim = WW_EVENT_INTERIM,
    data = WW_EVENT_DATA,
    end = WW_EVENT_END,
    raw = WW_EVENT_RAW,
    raw_end = WW_EVENT_RAW_END,
    writable = WW_EVENT_WRITABLE,
    released = WW_EVENT_RELEASED,
    error = WW_EVENT_ERROR,
    opened = WW_EVENT_OPENED,
    closed = WW_EVENT_CLOSED,
    post = WW_EVENT_POST,
    undelivered = WW_EVENT_UNDELIVERED,
    continue_ = WW_EVENT_CONTINUE,
    peer_ended = WW_EVENT_PEER_ENDED,
    message = WW_EVENT_MESSAGE,
    ping = WW_EVENT_PING,
    pong = WW_EVENT_PONG,
    close_frame = WW_EVENT_CLOSE_FRAME,
};

/** A connection of a server. Ids are never used again: a call with a dead one answers status::gone. conn_id::none is the server
 * itself, and no connection. */
enum class conn_id : ww_id { none = 0 };

class event {
    const ww_event *raw_;

  public:
    event(const ww_event &raw) noexcept : raw_(&raw) {}
    const ww_event &get() const noexcept { return *raw_; }

    event_kind kind() const noexcept { return static_cast<event_kind>(raw_->kind); }
    bool is(event_kind kind) const noexcept { return this->kind() == kind; }
    /** The connection; conn_id::none from a wireway::conn. */
    conn_id conn() const noexcept { return static_cast<conn_id>(raw_->conn); }

    /** It completes its message: time to answer a request. Of any kind. */
    bool is_last() const noexcept { return (raw_->flags & event_flag::last) != 0; }
    /** message: it begins with these octets. */
    bool is_first() const noexcept { return (raw_->flags & event_flag::first) != 0; }
    /** message: it is text, which is UTF-8. */
    bool is_text() const noexcept { return (raw_->flags & event_flag::text) != 0; }
    /** message: what sends the same again. */
    message as_sent() const noexcept { return static_cast<message>(raw_->flags); }

    /** request, response, interim, and end with trailers; nothing else has one. */
    bool has_head() const noexcept { return raw_->head != nullptr; }
    wireway::head head() const noexcept { return wireway::head(*raw_->head); }
    /** data, raw, post, message, ping, pong, close_frame, and a request that came whole; else empty. */
    octets data() const noexcept { return raw_->data; }
    std::string_view text() const noexcept { return to_text(raw_->data); }

    /** error: respond() before the next event gives the response that is due; its status is http_status of error(). */
    bool can_respond() const noexcept { return (raw_->flags & event_flag::can_respond) != 0; }
    /** error, undelivered, closed, raw_end: why. */
    status code() const noexcept { return static_cast<status>(raw_->code); }
    /** close_frame: the peer's code; 1005 where it gave none. */
    std::uint16_t close_code() const noexcept { return static_cast<std::uint16_t>(raw_->code); }
    /** released, post, undelivered: what the caller gave. */
    std::uint64_t token() const noexcept { return raw_->token; }
    /** What server::set_user() stored for the connection. */
    template <class T> T *user() const noexcept { return static_cast<T *>(raw_->user); }
};

/** The events of a handle, for range-for: `for (auto event : server.events())`. The loop ends with the first answer that is no
 * event, which ended() then tells; to ask, keep the range in a variable. The range holds the event; nothing is allocated. The
 * completions of a wireway::loop come in the same way. */
template <class Next, class Raw = ww_event, class View = event> class event_range {
    Next next_;
    Raw raw_;
    status ended_ = status::ok;

  public:
    struct end_mark {
    };
    class iterator {
        Next next_;
        event_range *range_;
        ww_status last_;

      public:
        iterator(const Next &next, event_range &range) noexcept : next_(next), range_(&range), last_(next_(&range_->raw_)) {}
        View operator*() const noexcept { return range_->raw_; }
        iterator &operator++() noexcept
        {
            last_ = next_(&range_->raw_);
            return *this;
        }
        bool operator!=(end_mark) const noexcept
        {
            if (last_ == static_cast<ww_status>(status::ok))
                return true;
            range_->ended_ = static_cast<status>(last_);
            return false;
        }
    };

    explicit event_range(const Next &next) noexcept : next_(next) {}
    iterator begin() noexcept { return iterator(next_, *this); }
    end_mark end() const noexcept { return {}; }
    /** The answer that ended the loop; status::ok before that, and where the loop was left. */
    status ended() const noexcept { return ended_; }
};

} // namespace wireway

#endif
