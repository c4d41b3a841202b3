/* The memory of the connections of one loop. Part of wireway.hpp. */
#ifndef WIREWAY_WORKSPACE_HPP
#define WIREWAY_WORKSPACE_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/handle.hpp>
#include <wireway/status.hpp>

namespace wireway {

using workspace_config = ww_workspace_config;

/** See `ww_workspace`. One thread at a time, together with its connections; it may be freed before them. */
class workspace : public detail::handle<ww_workspace, ww_workspace_free> {
  public:
    using handle::handle;
    /** `config` nullptr: all defaults. Allocates. */
    static result<workspace> create(const workspace_config *config = nullptr) noexcept
    {
        ww_workspace *raw = nullptr;
        const ww_status code = ww_workspace_new(config, &raw);
        return {workspace(raw), static_cast<status>(code)};
    }
    static result<workspace> create(const workspace_config &config) noexcept { return create(&config); }
    /** The wall clock for Date, about once a second. */
    status set_time(std::uint64_t unix_seconds) noexcept { return static_cast<status>(ww_workspace_set_time(get(), unix_seconds)); }
    /** The octets its connections use now. */
    std::size_t memory() const noexcept { return ww_workspace_memory(get()); }
};

} // namespace wireway

#endif
