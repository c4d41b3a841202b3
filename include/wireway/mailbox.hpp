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
 * allocates, but drain(). All answer status::paused where the mailbox is full, and status::gone where the server has ended. */
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
    /** server::drain() on its thread. May be called in a signal handler. */
    status drain(std::uint64_t within_ms) noexcept { return static_cast<status>(ww_mailbox_drain(get(), within_ms)); }
};

} // namespace wireway

#endif
