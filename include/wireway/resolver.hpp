/* Host names to addresses. Part of wireway.hpp. */
#ifndef WIREWAY_RESOLVER_HPP
#define WIREWAY_RESOLVER_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <wireway/address.hpp>
#include <wireway/handle.hpp>
#include <wireway/loop.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

using resolver_config = ww_resolver_config;

/** See `ww_resolver`: any thread. Its look-ups become completion_kind::resolved of a loop. */
class resolver : public detail::handle<ww_resolver, ww_resolver_free> {
    static status answer(ww_status code) noexcept { return static_cast<status>(code); }

  public:
    using handle::handle;
    /** `config` nullptr: all defaults. `error`, if given, tells why there is none. Allocates. */
    static result<resolver> create(const resolver_config *config = nullptr, error_info *error = nullptr) noexcept
    {
        ww_resolver *made = nullptr;
        const ww_status code = ww_resolver_new(config, &made, error);
        return {resolver(made), answer(code)};
    }
    static result<resolver> create(const resolver_config &config, error_info *error = nullptr) noexcept
    {
        return create(&config, error);
    }

    /** Looks a name up for a loop, whose error() tells why that is refused. `of`: family::none is both. Allocates. */
    status lookup(loop &on, std::string_view name, std::uint16_t port, std::uint64_t token, std::int32_t of = family::none) const noexcept
    {
        return answer(ww_resolver_lookup(get(), on.get(), to_span(name), port, of, token));
    }
    /** status::gone: there is no such look-up, it was reported or cancelled. */
    status cancel(loop &on, std::uint64_t token) const noexcept { return answer(ww_resolver_cancel(get(), on.get(), token)); }
    /** What system() of a completion with status::resolve means. */
    static const char *reason(std::int32_t system) noexcept { return ww_resolver_reason(system); }
};

/** One of the n() addresses of completion_kind::resolved, until the next completion is asked for. See `ww_loop_resolved()`. */
inline result<address> resolved(const loop &on, std::size_t index) noexcept
{
    address told{};
    const ww_status code = ww_loop_resolved(on.get(), index, &told);
    return {told, static_cast<status>(code)};
}

} // namespace wireway

#endif
