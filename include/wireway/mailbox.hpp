/* What other threads say to a server. Part of wireway.hpp. */
#ifndef WIREWAY_MAILBOX_HPP
#define WIREWAY_MAILBOX_HPP

#include <cstdint>
#include <wireway/compose.hpp>
#include <wireway/event.hpp>
#include <wireway/flags.hpp>
#include <wireway/handle.hpp>

namespace wireway {

/** A handle to the mailbox of a server, from server::mailbox(): any thread, valid after its server was freed. Each call takes a lock and
 * allocates, but drain(). Those that post answer status::paused where the mailbox is full; all answer status::gone where the server has
 * ended. */
class mailbox : public detail::handle<ww_mailbox, ww_mailbox_free> {
  public:
    using handle::handle;
    /** Another handle, as for another thread. */
    mailbox ref() const noexcept { return mailbox(ww_mailbox_ref(get())); }

    /** A copy of `data` becomes event_kind::post of `conn`, with `token`; of conn_id::none it is for the server itself. */
    status post(conn_id conn, octets data, std::uint64_t token = 0, delivery report = delivery::quiet) noexcept
    {
        return static_cast<status>(
            ww_mailbox_post(get(), static_cast<ww_id>(conn), data.data(), data.size(), token, static_cast<std::uint32_t>(report)));
    }
    /** Answers the request of a connection; the whole response is copied. */
    status respond(conn_id conn, const ww_response &response, std::uint64_t token = 0, delivery report = delivery::quiet) noexcept
    {
        return static_cast<status>(
            ww_mailbox_respond(get(), static_cast<ww_id>(conn), &response, token, static_cast<std::uint32_t>(report)));
    }
    /** Sends a whole WebSocket message to a connection; `key` is looked at with message::slow_newest only. */
    status send_message(conn_id conn, message flags, octets data, std::uint64_t key = 0, std::uint64_t token = 0,
                        delivery report = delivery::quiet) noexcept
    {
        return static_cast<status>(ww_mailbox_send_message(get(), static_cast<ww_id>(conn), static_cast<std::uint32_t>(flags), key,
                                                           data.data(), data.size(), token, static_cast<std::uint32_t>(report)));
    }
    /** Sends a whole WebSocket message to the subscribers of a topic. */
    status publish(octets topic, message flags, octets data, std::uint64_t key = 0) noexcept
    {
        return static_cast<status>(
            ww_mailbox_publish(get(), topic, static_cast<std::uint32_t>(flags), key, data.data(), data.size()));
    }
    /** Sends content of a streamed response to a connection: a copy, in the order of this thread. status::paused: wait(). */
    status send(conn_id conn, octets data, std::uint64_t token = 0, delivery report = delivery::quiet) noexcept
    {
        return static_cast<status>(
            ww_mailbox_send(get(), static_cast<ww_id>(conn), data.data(), data.size(), token, static_cast<std::uint32_t>(report)));
    }
    /** Ends a streamed response; trailers are dropped where it is not chunked. */
    status finish(conn_id conn, field_list trailers = {}, std::uint64_t token = 0, delivery report = delivery::quiet) noexcept
    {
        return static_cast<status>(ww_mailbox_finish(get(), static_cast<ww_id>(conn), trailers.data(), trailers.size(), token,
                                                     static_cast<std::uint32_t>(report)));
    }
    /** Accepts the WebSocket that the request of a connection offers. */
    status accept_websocket(conn_id conn, const ww_ws_handshake *handshake = nullptr, std::uint64_t token = 0,
                            delivery report = delivery::quiet) noexcept
    {
        return static_cast<status>(
            ww_mailbox_accept_websocket(get(), static_cast<ww_id>(conn), handshake, token, static_cast<std::uint32_t>(report)));
    }
    status accept_websocket(conn_id conn, const ww_ws_handshake &handshake, std::uint64_t token = 0,
                            delivery report = delivery::quiet) noexcept
    {
        return accept_websocket(conn, &handshake, token, report);
    }
    /** Waits at most `timeout_ms`, for ever where it is negative, until send() of `size` octets would be taken. Never on the thread of the
     * server. status::timeout: not in this time. */
    status wait(conn_id conn, std::size_t size, std::int64_t timeout_ms = -1) const noexcept
    {
        return static_cast<status>(ww_mailbox_wait(get(), static_cast<ww_id>(conn), size, timeout_ms));
    }
    /** server::drain() on its thread. May be called in a signal handler. */
    status drain(std::uint64_t within_ms) noexcept { return static_cast<status>(ww_mailbox_drain(get(), within_ms)); }
};

} // namespace wireway

#endif
