/* One connection's protocol, in a loop of one's own. Part of wireway.hpp. */
#ifndef WIREWAY_CONN_HPP
#define WIREWAY_CONN_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/compose.hpp>
#include <wireway/event.hpp>
#include <wireway/tls.hpp>
#include <wireway/workspace.hpp>

namespace wireway {

using conn_config = ww_conn_config;

/** See `ww_conn`: octets in, events out, octets out, one deadline. It owns no socket and reads no clock: `now_ms` is the caller's
 * monotonic milliseconds. One turn, after anything has happened to a connection:
 *
 *     do {
 *         for (auto event : conn.events())
 *             handle(event);
 *         flush();                             // output(), writev(), sent()
 *     } while (conn.state() & wireway::state::events);
 *
 * One thread at a time, together with its workspace. */
class conn : public detail::handle<ww_conn, ww_conn_free> {
    static status answer(ww_status code) noexcept { return static_cast<status>(code); }

    struct next_event {
        ww_conn *conn;
        ww_status operator()(ww_event *event) const noexcept { return ww_conn_next(conn, event); }
    };

  public:
    using handle::handle;
    /** A connection whose transport was accepted or connected now; `config` nullptr: a server with all defaults. Allocates. */
    static result<conn> create(const workspace &ws, std::uint64_t now_ms, const conn_config *config = nullptr) noexcept
    {
        ww_conn *made = nullptr;
        const ww_status code = ww_conn_new(config, ws.get(), now_ms, &made);
        return {conn(made), answer(code)};
    }
    static result<conn> create(const workspace &ws, std::uint64_t now_ms, const conn_config &config) noexcept
    {
        return create(ws, now_ms, &config);
    }
    /** Fresh for another transport, with the same config: `ww_conn_reset()`. */
    status reset_transport(std::uint64_t now_ms) noexcept { return answer(ww_conn_reset(get(), now_ms)); }

    /** Lends `size` received octets, which may be rewritten, until a loop over events() has ended or next() has answered anything but
     * status::ok. */
    status receive(void *buffer, std::size_t size, std::uint64_t now_ms) noexcept
    {
        return answer(ww_conn_receive(get(), buffer, size, now_ms));
    }
    /** The peer sends no more; `clean`: by a FIN, not a reset. */
    status receive_eof(bool clean, std::uint64_t now_ms) noexcept { return answer(ww_conn_receive_eof(get(), clean, now_ms)); }
    status peer_ended(std::uint64_t now_ms) noexcept { return answer(ww_conn_peer_ended(get(), now_ms)); }
    /** The events there are now. The loop ends with status::need_input, paused, done or an error. */
    event_range<next_event> events() noexcept { return event_range<next_event>(next_event{get()}); }
    /** One event, into storage of the caller's; `wireway::event(storage)` is its view. */
    status next(ww_event &storage) noexcept { return answer(next_event{get()}(&storage)); }
    /** Shows queued output as at most `cap` pieces; they stay until sent() covers them. */
    std::size_t output(ww_iovec *pieces, std::size_t cap) noexcept { return ww_conn_output(get(), pieces, cap); }
    status sent(std::size_t size, std::uint64_t now_ms) noexcept { return answer(ww_conn_sent(get(), size, now_ms)); }
    /** The file that the output stops at; see `ww_conn_output_file()`. */
    status output_file(file &out) noexcept { return answer(ww_conn_output_file(get(), &out)); }
    status send_file_bytes(octets data) noexcept { return answer(ww_conn_send_file_bytes(get(), data.data(), data.size())); }
    status abort(std::uint64_t now_ms) noexcept { return answer(ww_conn_abort(get(), now_ms)); }
    std::uint64_t deadline(std::uint64_t now_ms) noexcept { return ww_conn_deadline(get(), now_ms); }
    status tick(std::uint64_t now_ms) noexcept { return answer(ww_conn_tick(get(), now_ms)); }
    /** Bits of wireway::state: what the owner of the transport should do now. */
    std::uint32_t state() const noexcept { return ww_conn_state(get()); }
    std::size_t memory() const noexcept { return ww_conn_memory(get()); }

    status respond(const ww_response &response) noexcept { return answer(ww_conn_respond(get(), &response)); }
    /** At event_kind::request that is not last: this request may have so much content, or comes whole, with so much of it at most. */
    status limit_content(std::uint64_t max) noexcept { return answer(ww_conn_limit_content(get(), max)); }
    status gather_content(std::uint64_t max) noexcept { return answer(ww_conn_gather_content(get(), max)); }
    /** Answers with a file: all of it, the range that `request` asks for, or none of it. */
    status respond_file(head request, const file_response &response) noexcept
    {
        return answer(ww_conn_respond_file(get(), &request.get(), &response));
    }
    status send_interim(std::uint16_t status, field_list fields = {}) noexcept
    {
        return answer(ww_conn_send_interim(get(), status, fields.data(), fields.size()));
    }
    /** See `ww_conn_switch()`. */
    status switch_protocols(const ww_response &response) noexcept { return answer(ww_conn_switch(get(), &response)); }
    /** Client: sends a request. */
    status request(const ww_request &request) noexcept { return answer(ww_conn_request(get(), &request)); }
    status send(octets data) noexcept { return answer(ww_conn_send(get(), data.data(), data.size())); }
    status send_lent(octets data, std::uint64_t token) noexcept
    {
        return answer(ww_conn_send_lent(get(), data.data(), data.size(), token));
    }
    status send_file(const file &stretch, std::uint64_t token) noexcept { return answer(ww_conn_send_file(get(), &stretch, token)); }
    status finish(field_list trailers = {}) noexcept { return answer(ww_conn_finish(get(), trailers.data(), trailers.size())); }
    status pause() noexcept { return answer(ww_conn_pause(get())); }
    status resume() noexcept { return answer(ww_conn_resume(get())); }
    status shutdown() noexcept { return answer(ww_conn_shutdown(get())); }

    /** Server: accepts the WebSocket that the request in progress offers. */
    status accept_websocket(const ww_ws_handshake *handshake = nullptr) noexcept
    {
        return answer(ww_conn_accept_websocket(get(), handshake));
    }
    status accept_websocket(const ww_ws_handshake &handshake) noexcept { return accept_websocket(&handshake); }
    /** Client: asks for a WebSocket; it is open with event_kind::response of status 101. */
    status request_websocket(const ww_ws_handshake &handshake) noexcept { return answer(ww_conn_request_websocket(get(), &handshake)); }
    status send_message(message flags, octets data) noexcept
    {
        return answer(ww_conn_send_message(get(), static_cast<std::uint32_t>(flags), data.data(), data.size()));
    }
    status send_prepared(const prepared_message &message) noexcept { return answer(ww_conn_send_prepared(get(), message.get())); }
    status ping(octets data = {}) noexcept { return answer(ww_conn_ping(get(), data.data(), data.size())); }
    status close_websocket(std::uint16_t code, octets reason = {}) noexcept
    {
        return answer(ww_conn_close_websocket(get(), code, reason));
    }

    /** What ended it, or the last request that the library answered itself. */
    error_info error() const noexcept
    {
        error_info info = detail::no_error();
        ww_conn_error(get(), &info);
        return info;
    }
    wireway::tls_info tls_info() const noexcept
    {
        wireway::tls_info info = WW_TLS_INFO_INIT;
        ww_conn_tls_info(get(), &info);
        return info;
    }
    /** Certificate `index` of the chain the peer sent, in DER; status::done beyond the last. */
    status peer_certificate(std::size_t index, octets &der) const noexcept
    {
        ww_span span{nullptr, 0};
        const ww_status code = ww_conn_tls_peer_certificate(get(), index, &span);
        der = span;
        return answer(code);
    }
};

} // namespace wireway

#endif
