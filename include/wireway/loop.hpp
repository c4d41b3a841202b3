/* An event loop for programs that have none: sockets, timers, posts and servers. Part of wireway.hpp. */
#ifndef WIREWAY_LOOP_HPP
#define WIREWAY_LOOP_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/address.hpp>
#include <wireway/completion.hpp>
#include <wireway/compose.hpp>
#include <wireway/event.hpp>
#include <wireway/handle.hpp>
#include <wireway/poster.hpp>

namespace wireway {

using loop_config = ww_loop_config;
using loop_info = ww_loop_info;
using socket_options = ww_socket_options;

/** See `ww_loop`. One thread at a time; others use its poster(). Calls that name a socket answer status::gone where it was closed or
 * released, and status::state where they do not fit it or are in progress already. Sends copy nothing: after status::paused what they
 * were given stays as it is until completion_kind::sent. For a server on a loop see server::create_on(). */
class loop : public detail::handle<ww_loop, ww_loop_free> {
    static ww_socket raw(socket_id socket) noexcept { return static_cast<ww_socket>(socket); }
    static status answer(ww_status code) noexcept { return static_cast<status>(code); }

    struct next_completion {
        ww_loop *loop;
        std::int64_t timeout_ms;
        ww_status operator()(ww_completion *done) const noexcept { return ww_loop_next(loop, done, timeout_ms); }
    };

    template <class Open> static result<socket_id> opened(Open open) noexcept
    {
        ww_socket made = 0;
        const ww_status code = open(&made);
        return {static_cast<socket_id>(made), answer(code)};
    }

    template <class Ask> static result<wireway::address> asked(Ask ask) noexcept
    {
        wireway::address told{};
        const ww_status code = ask(&told);
        return {told, answer(code)};
    }

  public:
    using handle::handle;
    /** A loop without sockets; `config` nullptr: all defaults. `error`, if given, tells why there is none. Allocates. */
    static result<loop> create(const loop_config *config = nullptr, error_info *error = nullptr) noexcept
    {
        ww_loop *made = nullptr;
        const ww_status code = ww_loop_new(config, &made, error);
        return {loop(made), answer(code)};
    }
    static result<loop> create(const loop_config &config, error_info *error = nullptr) noexcept { return create(&config, error); }

    /** Waits at most `timeout_ms` for each completion, for ever where it is negative. The loop ends with the time (ended():
     * status::timeout) or with an error. */
    event_range<next_completion, ww_completion, completion> completions(std::int64_t timeout_ms = -1) noexcept
    {
        return event_range<next_completion, ww_completion, completion>(next_completion{get(), timeout_ms});
    }
    /** One completion, into storage of the caller's; `wireway::completion(storage)` is its view. */
    status next(ww_completion &storage, std::int64_t timeout_ms) noexcept
    {
        return answer(next_completion{get(), timeout_ms}(&storage));
    }
    status flush() noexcept { return answer(ww_loop_flush(get())); }
    /** To nest it in another loop: a descriptor that is readable, or a time (ms of CLOCK_MONOTONIC) that has come, when completions(0)
     * has something to do. See `ww_loop_handle()`. */
    std::intptr_t native_handle() const noexcept { return ww_loop_handle(get()); }
    std::uint64_t deadline() const noexcept { return ww_loop_deadline(get()); }
    /** The time of this turn in ms of CLOCK_MONOTONIC, for set_timer(). */
    std::uint64_t now() const noexcept { return ww_loop_now(get()); }

    /** A listener, for accept(). `error`, if given, tells why there is none; so does error(), here and below. */
    result<socket_id> listen(const wireway::address &at, std::uint64_t token, const socket_options &options = {},
                             error_info *error = nullptr) noexcept
    {
        return opened([&](ww_socket *out) { return ww_loop_listen(get(), &at, &options, token, out, error); });
    }
    /** A connection to `to`, which completion_kind::connected tells of. */
    result<socket_id> connect(const wireway::address &to, std::uint64_t token, const socket_options &options = {},
                              error_info *error = nullptr) noexcept
    {
        return opened([&](ww_socket *out) { return ww_loop_connect(get(), &to, &options, token, out, error); });
    }
    /** A UDP socket, for receive() and send_datagrams(). */
    result<socket_id> bind_udp(const wireway::address &at, std::uint64_t token, const socket_options &options = {},
                               error_info *error = nullptr) noexcept
    {
        return opened([&](ww_socket *out) { return ww_loop_bind_udp(get(), &at, &options, token, out, error); });
    }
    /** Takes a socket that somebody else made. It is the loop's with status::ok, else the caller's. */
    result<socket_id> adopt(std::intptr_t fd, std::uint64_t token, error_info *error = nullptr) noexcept
    {
        return opened([&](ww_socket *out) { return ww_loop_adopt(get(), fd, token, out, error); });
    }
    /** The descriptor of a socket, which stays the loop's. See `ww_loop_fd()`. */
    status fd(socket_id socket, std::intptr_t &out) noexcept { return answer(ww_loop_fd(get(), raw(socket), &out)); }
    /** Watches a descriptor that stays the caller's, for poll(). */
    result<socket_id> watch(std::intptr_t fd, std::uint64_t token, error_info *error = nullptr) noexcept
    {
        return opened([&](ww_socket *out) { return ww_loop_watch(get(), fd, token, out, error); });
    }

    status set_token(socket_id socket, std::uint64_t token) noexcept { return answer(ww_loop_set_token(get(), raw(socket), token)); }
    result<wireway::address> address(socket_id socket) noexcept
    {
        return asked([&](ww_address *out) { return ww_loop_address(get(), raw(socket), out); });
    }
    result<wireway::address> peer(socket_id socket) noexcept
    {
        return asked([&](ww_address *out) { return ww_loop_peer(get(), raw(socket), out); });
    }

    status accept(socket_id listener) noexcept { return answer(ww_loop_accept(get(), raw(listener))); }
    status receive(socket_id socket) noexcept { return answer(ww_loop_receive(get(), raw(socket))); }
    /** Sends pieces without copying them; `taken` becomes how many octets were sent. status::paused: completion_kind::sent follows. */
    status send(socket_id socket, piece_list pieces, std::size_t &taken) noexcept
    {
        return answer(ww_loop_send(get(), raw(socket), pieces.data(), pieces.size(), &taken));
    }
    status send(socket_id socket, octets data, std::size_t &taken) noexcept { return send(socket, piece(data), taken); }
    /** The same without copying them, where the system can: `lent` tells whether they stay as they are until completion_kind::released counts
     * this send. */
    status send_zero_copy(socket_id socket, piece_list pieces, std::size_t &taken, bool &lent) noexcept
    {
        std::uint32_t is_lent = 0;
        const ww_status code = ww_loop_send_zero_copy(get(), raw(socket), pieces.data(), pieces.size(), &taken, &is_lent);
        lent = is_lent != 0;
        return answer(code);
    }
    status send_file(socket_id socket, const file &stretch, std::size_t &taken) noexcept
    {
        return answer(ww_loop_send_file(get(), raw(socket), &stretch, &taken));
    }
    /** Waits for room to send, once: completion_kind::sent with n() 0. */
    status room(socket_id socket) noexcept { return answer(ww_loop_room(get(), raw(socket))); }
    /** Waits until a watched descriptor is ready, once. `interest`: of ready_flag. */
    status poll(socket_id socket, std::uint32_t interest) noexcept { return answer(ww_loop_poll(get(), raw(socket), interest)); }
    /** `operations`: of cancel_flag. */
    status cancel(socket_id socket, std::uint32_t operations) noexcept
    {
        return answer(ww_loop_cancel(get(), raw(socket), operations));
    }
    status shutdown_write(socket_id socket) noexcept { return answer(ww_loop_shutdown_write(get(), raw(socket))); }
    /** status::paused: completion_kind::closed follows. */
    status close(socket_id socket) noexcept { return answer(ww_loop_close(get(), raw(socket))); }
    /** Takes a socket out of the loop: the descriptor is the caller's; -1 for a watched one, and with another status. See
     * `ww_loop_release()`. */
    result<std::intptr_t> release_socket(socket_id socket) noexcept
    {
        std::intptr_t fd = -1;
        const ww_status code = ww_loop_release(get(), raw(socket), &fd);
        return {fd, answer(code)};
    }

    /** Sends datagrams; `taken` becomes how many were taken. status::paused and none: completion_kind::sent follows. */
    status send_datagrams(socket_id socket, datagram_list datagrams, std::size_t &taken) noexcept
    {
        return answer(ww_loop_send_datagrams(get(), raw(socket), datagrams.data(), datagrams.size(), &taken));
    }
    /** The only peer of a socket for datagrams; nullptr: any again. */
    status set_peer(socket_id socket, const wireway::address *peer) noexcept
    {
        return answer(ww_loop_set_peer(get(), raw(socket), peer));
    }
    status set_peer(socket_id socket, const wireway::address &peer) noexcept { return set_peer(socket, &peer); }
    /** Joins a group of multicast on the interface of this index; 0: the system chooses one. */
    status join(socket_id socket, const wireway::address &group, std::uint32_t index = 0) noexcept
    {
        return answer(ww_loop_join(get(), raw(socket), &group, index));
    }
    status leave(socket_id socket, const wireway::address &group, std::uint32_t index = 0) noexcept
    {
        return answer(ww_loop_leave(get(), raw(socket), &group, index));
    }
    /** How datagrams to groups leave: `hops`, the interface of this index, and whether members on this host receive them. */
    status set_multicast(socket_id socket, std::uint32_t hops, std::uint32_t index = 0, bool loops = true) noexcept
    {
        return answer(ww_loop_set_multicast(get(), raw(socket), hops, index, loops));
    }
    /** Where datagram `at` of the last completion came to, with socket_flag::local; `index` is its interface. status::done: not told. */
    status datagram_local(std::size_t at, wireway::address *local, std::uint32_t *index = nullptr) noexcept
    {
        return answer(ww_loop_datagram_local(get(), at, local, index));
    }

    /** Arms timer `number` for a time of now()'s clock: completion_kind::timer, once. Use small numbers. */
    status set_timer(std::uint32_t number, std::uint64_t deadline_ms, std::uint64_t token) noexcept
    {
        return answer(ww_loop_set_timer(get(), number, deadline_ms, token));
    }
    status disarm(std::uint32_t number) noexcept { return set_timer(number, UINT64_MAX, 0); }
    /** A handle for other threads and signal handlers. Allocates. */
    result<wireway::poster> poster() noexcept
    {
        ww_poster *made = nullptr;
        const ww_status code = ww_loop_poster(get(), &made);
        return {wireway::poster(made), answer(code)};
    }

    /** What drives it. See `ww_loop_get_info()`. */
    loop_info info() const noexcept
    {
        loop_info told = WW_LOOP_INFO_INIT;
        ww_loop_get_info(get(), &told);
        return told;
    }
    /** Why the last call that failed did so. */
    error_info error() const noexcept
    {
        error_info info = detail::no_error();
        ww_loop_error(get(), &info);
        return info;
    }
};

} // namespace wireway

#endif
