/* A server: sockets, an event loop and connections. Part of wireway.hpp. */
#ifndef WIREWAY_SERVER_HPP
#define WIREWAY_SERVER_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <wireway/compose.hpp>
#include <wireway/event.hpp>
#include <wireway/group.hpp>
#include <wireway/loop.hpp>
#include <wireway/mailbox.hpp>
#include <wireway/tls.hpp>

namespace wireway {

using server_config = ww_server_config;
using listen_options = ww_listen_options;
using stats = ww_stats;

/** Sockets that a service manager passed to this process, each for server::listen_fd(): `count` of them, from `first` on. See
 * `ww_listen_fds()`. */
inline status listen_fds(std::intptr_t &first, std::size_t &count) noexcept
{
    return static_cast<status>(ww_listen_fds(&first, &count));
}

/** See `ww_server`. One thread at a time; others use its mailbox(). Calls that name a connection answer status::gone where it has
 * ended. What they send is copied, all or nothing, unless it was lent; status::paused means that nothing was done because the peer
 * does not read, and event_kind::writable follows. One answer to each event always fits. */
class server : public detail::handle<ww_server, ww_server_free> {
    static ww_id raw(conn_id conn) noexcept { return static_cast<ww_id>(conn); }
    static status answer(ww_status code) noexcept { return static_cast<status>(code); }

    struct next_event {
        ww_server *server;
        std::int64_t timeout_ms;
        ww_status operator()(ww_event *event) const noexcept { return ww_server_next(server, event, timeout_ms); }
    };

    template <class Ask> static std::string written(Ask ask)
    {
        std::string text(63, '\0');
        std::size_t needed = 0;
        status code = answer(ask(&text[0], text.size() + 1, &needed));
        if (code == status::buffer) {
            text.resize(needed - 1);
            code = answer(ask(&text[0], needed, &needed));
        }
        text.resize(code == status::ok ? needed - 1 : 0);
        return text;
    }

  public:
    using handle::handle;
    /** A server that listens nowhere yet; `config` nullptr: all defaults. `error`, if given, tells why there is none. Allocates. */
    static result<server> create(const server_config *config = nullptr, error_info *error = nullptr) noexcept
    {
        ww_server *made = nullptr;
        const ww_status code = ww_server_new(config, &made, error);
        return {server(made), answer(code)};
    }
    static result<server> create(const server_config &config, error_info *error = nullptr) noexcept { return create(&config, error); }
    /** A server that tells by completion_kind::server, with `token`, when it has something to do: ask events(0) then until it ends. It
     * may outlive the loop. See `ww_server_new_on()`. */
    static result<server> create_on(loop &host, std::uint64_t token, const server_config &config = {},
                                    error_info *error = nullptr) noexcept
    {
        ww_server *made = nullptr;
        const ww_status code = ww_server_new_on(host.get(), &config, token, &made, error);
        return {server(made), answer(code)};
    }

    /** Listens on "127.0.0.1:8080", "[::1]:0", "*:8080", "unix:/path" too. `error`, if given, tells why it cannot; so does error(). */
    status listen(const char *at, error_info *error = nullptr) noexcept { return answer(ww_server_listen(get(), at, error)); }
    /** See `ww_server_listen_with()`. */
    status listen(const char *at, const listen_options &options, error_info *error = nullptr) noexcept
    {
        return answer(ww_server_listen_with(get(), at, &options, error));
    }
    status listen_tls(const char *at, const tls_config &config, error_info *error = nullptr) noexcept
    {
        return answer(ww_server_listen_tls(get(), at, config.get(), error));
    }
    /** Listens on a socket that somebody else bound, as one of listen_fds(). It is the server's with status::ok, else the caller's. */
    status listen_fd(std::intptr_t fd, const listen_options &options = {}, error_info *error = nullptr) noexcept
    {
        return answer(ww_server_listen_fd(get(), fd, &options, error));
    }
    /** Takes a connection that somebody else accepted, over TLS with `tls`. The socket is the server's with status::ok, else the
     * caller's. */
    result<conn_id> adopt(std::intptr_t fd, const tls_config *tls = nullptr, error_info *error = nullptr) noexcept
    {
        ww_id made = 0;
        const ww_status code = ww_server_adopt(get(), fd, tls != nullptr ? tls->get() : nullptr, &made, error);
        return {static_cast<conn_id>(made), answer(code)};
    }
    /** Where a listener is bound, in the form listen() takes; empty where there is none. A std::string: may allocate. */
    std::string address(std::size_t listener = 0) const
    {
        return written([&](char *out, std::size_t cap, std::size_t *needed) {
            return ww_server_address(get(), listener, out, cap, needed);
        });
    }
    /** The address of a peer; empty where it is gone. A std::string: may allocate. */
    std::string peer(conn_id conn)
    {
        return written([&](char *out, std::size_t cap, std::size_t *needed) {
            return ww_server_peer(get(), raw(conn), out, cap, needed);
        });
    }

    /** Waits at most `timeout_ms` for each event, for ever where it is negative. The loop ends with a drain (ended(): status::done),
     * with the time (status::timeout), or with an error. */
    event_range<next_event> events(std::int64_t timeout_ms = -1) noexcept
    {
        return event_range<next_event>(next_event{get(), timeout_ms});
    }
    /** One event, into storage of the caller's; `wireway::event(storage)` is its view. */
    status next(ww_event &storage, std::int64_t timeout_ms) noexcept { return answer(next_event{get(), timeout_ms}(&storage)); }
    status flush() noexcept { return answer(ww_server_flush(get())); }
    status drain(std::uint64_t within_ms) noexcept { return answer(ww_server_drain(get(), within_ms)); }
    /** To nest it in another loop: a descriptor that is readable, or a time (ms of CLOCK_MONOTONIC) that has come, when events(0) has
     * something to do. See `ww_server_handle()`. */
    std::intptr_t native_handle() const noexcept { return ww_server_handle(get()); }
    std::uint64_t deadline() noexcept { return ww_server_deadline(get()); }

    status respond(conn_id conn, const ww_response &response) noexcept
    {
        return answer(ww_server_respond(get(), raw(conn), &response));
    }
    status limit_content(conn_id conn, std::uint64_t max) noexcept { return answer(ww_server_limit_content(get(), raw(conn), max)); }
    status gather_content(conn_id conn, std::uint64_t max) noexcept { return answer(ww_server_gather_content(get(), raw(conn), max)); }
    /** Answers with a file: all of it, the range that `request` asks for, or none of it. */
    status respond_file(conn_id conn, head request, const file_response &response) noexcept
    {
        return answer(ww_server_respond_file(get(), raw(conn), &request.get(), &response));
    }
    status send_interim(conn_id conn, std::uint16_t status, field_list fields = {}) noexcept
    {
        return answer(ww_server_send_interim(get(), raw(conn), status, fields.data(), fields.size()));
    }
    /** See `ww_server_switch()`. */
    status switch_protocols(conn_id conn, const ww_response &response) noexcept
    {
        return answer(ww_server_switch(get(), raw(conn), &response));
    }
    status send(conn_id conn, octets data) noexcept { return answer(ww_server_send(get(), raw(conn), data.data(), data.size())); }
    status send_lent(conn_id conn, octets data, std::uint64_t token) noexcept
    {
        return answer(ww_server_send_lent(get(), raw(conn), data.data(), data.size(), token));
    }
    status send_file(conn_id conn, const file &stretch, std::uint64_t token) noexcept
    {
        return answer(ww_server_send_file(get(), raw(conn), &stretch, token));
    }
    status finish(conn_id conn, field_list trailers = {}) noexcept
    {
        return answer(ww_server_finish(get(), raw(conn), trailers.data(), trailers.size()));
    }
    status pause(conn_id conn) noexcept { return answer(ww_server_pause(get(), raw(conn))); }
    status resume(conn_id conn) noexcept { return answer(ww_server_resume(get(), raw(conn))); }
    status shutdown(conn_id conn) noexcept { return answer(ww_server_shutdown(get(), raw(conn))); }
    status abort(conn_id conn) noexcept { return answer(ww_server_abort(get(), raw(conn))); }
    status set_user(conn_id conn, void *user) noexcept { return answer(ww_server_set_user(get(), raw(conn), user)); }
    /** Before the server is freed: gives back, one by one, what set_user() stored for connections that live. status::done: no more. */
    template <class T> status take_user(T *&user) noexcept
    {
        void *taken = nullptr;
        const ww_status code = ww_server_take_user(get(), &taken);
        user = static_cast<T *>(taken);
        return answer(code);
    }

    /** Accepts the WebSocket that a request offers; status::ws_handshake: it does so badly, and has been answered. */
    status accept_websocket(conn_id conn, const ww_ws_handshake *handshake = nullptr) noexcept
    {
        return answer(ww_server_accept_websocket(get(), raw(conn), handshake));
    }
    status accept_websocket(conn_id conn, const ww_ws_handshake &handshake) noexcept { return accept_websocket(conn, &handshake); }
    status send_message(conn_id conn, message flags, octets data) noexcept
    {
        return answer(ww_server_send_message(get(), raw(conn), static_cast<std::uint32_t>(flags), data.data(), data.size()));
    }
    status send_prepared(conn_id conn, const prepared_message &message) noexcept
    {
        return answer(ww_server_send_prepared(get(), raw(conn), message.get()));
    }
    /** As publish(), to one connection, for a caller that does not wait for event_kind::writable. */
    status publish_to(conn_id conn, message flags, octets data, std::uint64_t key = 0) noexcept
    {
        return answer(ww_server_publish_to(get(), raw(conn), static_cast<std::uint32_t>(flags), key, data.data(), data.size()));
    }
    status ping(conn_id conn, octets data = {}) noexcept { return answer(ww_server_ping(get(), raw(conn), data.data(), data.size())); }
    status close_websocket(conn_id conn, std::uint16_t code, octets reason = {}) noexcept
    {
        return answer(ww_server_close_websocket(get(), raw(conn), code, reason));
    }
    status subscribe(conn_id conn, octets topic) noexcept { return answer(ww_server_subscribe(get(), raw(conn), topic)); }
    status unsubscribe(conn_id conn, octets topic) noexcept { return answer(ww_server_unsubscribe(get(), raw(conn), topic)); }
    /** Sends a whole message to the subscribers of a topic; `taken`, if given, becomes how many of this server have it or will. */
    status publish(octets topic, message flags, octets data, std::uint64_t key = 0, std::size_t *taken = nullptr) noexcept
    {
        return answer(ww_server_publish(get(), topic, static_cast<std::uint32_t>(flags), key, data.data(), data.size(), taken));
    }
    /** publish() reaches the subscribers of all servers of the group. Allocates. */
    status join(const group &group) noexcept { return answer(ww_server_join(get(), group.get())); }
    /** A handle for other threads and signal handlers. Allocates. */
    result<wireway::mailbox> mailbox() noexcept
    {
        ww_mailbox *made = nullptr;
        const ww_status code = ww_server_mailbox(get(), &made);
        return {wireway::mailbox(made), answer(code)};
    }

    /** What ends a connection; of conn_id::none: why the last listen() or wait failed. */
    error_info error(conn_id conn = conn_id::none) noexcept
    {
        error_info info = detail::no_error();
        ww_server_error(get(), raw(conn), &info);
        return info;
    }
    /** What drives its loop: `driver` is one of wireway::driver. */
    wireway::loop_info loop_info() const noexcept
    {
        wireway::loop_info told = WW_LOOP_INFO_INIT;
        ww_server_get_loop_info(get(), &told);
        return told;
    }
    wireway::stats stats() const noexcept
    {
        wireway::stats counts = WW_STATS_INIT;
        ww_server_stats(get(), &counts);
        return counts;
    }
    wireway::tls_info tls_info(conn_id conn) const noexcept
    {
        wireway::tls_info info = WW_TLS_INFO_INIT;
        ww_server_tls_info(get(), raw(conn), &info);
        return info;
    }
    /** Certificate `index` of the chain the peer sent, in DER, until the next event; status::done beyond the last. */
    status peer_certificate(conn_id conn, std::size_t index, octets &der) const noexcept
    {
        ww_span span{nullptr, 0};
        const ww_status code = ww_server_tls_peer_certificate(get(), raw(conn), index, &span);
        der = span;
        return answer(code);
    }
};

} // namespace wireway

#endif
