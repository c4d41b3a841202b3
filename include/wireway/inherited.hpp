/* Sockets that others have made. Part of wireway.hpp. */
#ifndef WIREWAY_INHERITED_HPP
#define WIREWAY_INHERITED_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/status.hpp>

namespace wireway {

/** Sockets that a service manager passed to this process, each for server::listen_fd(): `count` of them, from `first` on. See
 * `ww_listen_fds()`. */
inline status listen_fds(std::intptr_t &first, std::size_t &count) noexcept
{
    return static_cast<status>(ww_listen_fds(&first, &count));
}

} // namespace wireway

#endif
