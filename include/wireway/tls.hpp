/* TLS: what handshakes are made with, and TLS alone as a byte pump. Part of wireway.hpp.
 *
 * A server over TLS needs a tls_config, and server::listen_tls(). A wireway::conn takes one as `tls` of its conn_config. */
#ifndef WIREWAY_TLS_HPP
#define WIREWAY_TLS_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/flags.hpp>
#include <wireway/handle.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>
#include <wireway/workspace.hpp>

namespace wireway {

using tls_options = ww_tls_options;
using tls_certificate = ww_tls_certificate;
using tls_info = ww_tls_info;

/** A certificate and its key in two PEM files, for tls_options. Both texts are NUL-terminated. */
inline tls_certificate certificate_files(const char *chain, const char *key) noexcept
{
    return WW_TLS_CERTIFICATE_FILES(chain, key);
}

/** What TLS handshakes are made with: counted, for any thread; connections keep what they need of it. */
class tls_config : public detail::handle<ww_tls_config, ww_tls_config_free> {
  public:
    using handle::handle;
    /** After everything in `options` was found good. `error`, if given, tells what is not. Reads files, allocates. */
    static result<tls_config> create(const tls_options &options, error_info *error = nullptr) noexcept
    {
        ww_tls_config *raw = nullptr;
        const ww_status code = ww_tls_config_new(&options, &raw, error);
        return {tls_config(raw), static_cast<wireway::status>(code)};
    }
    /** Of a server with one certificate, which is in two files, with all other options as they are by default. */
    static result<tls_config> of_files(const char *chain, const char *key, error_info *error = nullptr) noexcept
    {
        const tls_certificate certificate = certificate_files(chain, key);
        tls_options options = WW_TLS_OPTIONS_INIT;
        options.certificates = &certificate;
        options.certificate_count = 1;
        return create(options, error);
    }
    /** Puts new material in the place of the old, for handshakes that begin from now on. Any thread. See `ww_tls_config_swap()`. */
    status swap_material(const tls_options &options, error_info *error = nullptr) noexcept
    {
        return static_cast<status>(ww_tls_config_swap(get(), &options, error));
    }
    status rotate_tickets() noexcept { return static_cast<status>(ww_tls_config_rotate_tickets(get())); }
    /** Another handle to the same config, as for another thread. Allocates. */
    tls_config ref() const noexcept { return tls_config(ww_tls_config_ref(get())); }
};

/** One connection's TLS as a byte pump; see `ww_tls`. One thread at a time, together with its workspace. */
class tls : public detail::handle<ww_tls, ww_tls_free> {
  public:
    using handle::handle;
    /** `server_name`: client: the host it connects to. Allocates. */
    static result<tls> create(const tls_config &config, const workspace &ws, std::string_view server_name = {}) noexcept
    {
        ww_tls *raw = nullptr;
        const ww_status code = ww_tls_new(config.get(), ws.get(), to_span(server_name), &raw);
        return {tls(raw), static_cast<wireway::status>(code)};
    }
    /** Lends `size` received octets, which are rewritten, until next() answers anything but status::ok. */
    status receive(void *buffer, std::size_t size) noexcept
    {
        return static_cast<status>(ww_tls_receive(get(), buffer, size));
    }
    status receive_eof() noexcept { return static_cast<status>(ww_tls_receive_eof(get())); }
    /** The next stretch of plaintext, which lives until the next next() or receive(). */
    status next(octets &plain) noexcept
    {
        ww_span span{nullptr, 0};
        const ww_status code = ww_tls_next(get(), &span);
        plain = span;
        return static_cast<status>(code);
    }
    /** Encrypts at most tls_parts_max parts as one stretch. status::paused: nothing was done. */
    status send(const ww_iovec *parts, std::size_t count) noexcept { return static_cast<status>(ww_tls_send(get(), parts, count)); }
    status close() noexcept { return static_cast<status>(ww_tls_close(get())); }
    std::size_t output(ww_iovec *pieces, std::size_t cap) noexcept { return ww_tls_output(get(), pieces, cap); }
    status sent(std::size_t size) noexcept { return static_cast<status>(ww_tls_sent(get(), size)); }
    /** Bits of wireway::state. */
    std::uint32_t state() const noexcept { return ww_tls_state(get()); }
    error_info error() const noexcept
    {
        error_info info = detail::no_error();
        ww_tls_error(get(), &info);
        return info;
    }
    tls_info info() const noexcept
    {
        tls_info info = WW_TLS_INFO_INIT;
        ww_tls_session_info(get(), &info);
        return info;
    }
    /** Certificate `index` of the chain the peer sent, in DER; status::done beyond the last. It lives as long as this. */
    status peer_certificate(std::size_t index, octets &der) const noexcept
    {
        ww_span span{nullptr, 0};
        const ww_status code = ww_tls_peer_certificate(get(), index, &span);
        der = span;
        return static_cast<status>(code);
    }
};

} // namespace wireway

#endif
