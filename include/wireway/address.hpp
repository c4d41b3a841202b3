/* Addresses of sockets, as values and as text. Part of wireway.hpp; any thread may call. */
#ifndef WIREWAY_ADDRESS_HPP
#define WIREWAY_ADDRESS_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

/** A plain value. `wireway::address{}` is no address: its family is family::none. */
using address = ww_address;

/** `family` of an address. */
namespace family {
inline constexpr std::int32_t none = WW_FAMILY_NONE, ipv4 = WW_FAMILY_IPV4, ipv6 = WW_FAMILY_IPV6, unix_socket = WW_FAMILY_UNIX,
                              any = WW_FAMILY_ANY;
}

/** The size of the longest text of an address, with its NUL. */
inline constexpr std::size_t address_text_max = WW_ADDRESS_TEXT_MAX;

/** Parses "127.0.0.1:8080", "[fe80::1%eth0]:80", "*:8080", "unix:/path". `error`, if given, tells what is wrong. See `ww_address_parse()`. */
inline status parse_address(std::string_view text, address &out, error_info *error = nullptr) noexcept
{
    return static_cast<status>(ww_address_parse(to_span(text), &out, error));
}

/** An address as parse_address() takes it; empty where it is none. A std::string: may allocate. See `ww_address_text()`. */
inline std::string text_of(const address &value)
{
    char text[address_text_max];
    std::size_t needed = 0;
    const ww_status code = ww_address_text(&value, text, sizeof text, &needed);
    return static_cast<status>(code) == status::ok ? std::string(text, needed - 1) : std::string();
}

namespace detail {
/* The text of an address that a call writes; empty where it fails. */
template <class Ask> std::string written(Ask ask)
{
    std::string text(63, '\0');
    std::size_t needed = 0;
    status code = static_cast<status>(ask(&text[0], text.size() + 1, &needed));
    if (code == status::buffer) {
        text.resize(needed - 1);
        code = static_cast<status>(ask(&text[0], needed, &needed));
    }
    text.resize(code == status::ok ? needed - 1 : 0);
    return text;
}
} // namespace detail

} // namespace wireway

#endif
