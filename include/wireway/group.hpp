/* Servers that publish together. Part of wireway.hpp. */
#ifndef WIREWAY_GROUP_HPP
#define WIREWAY_GROUP_HPP

#include <wireway/handle.hpp>
#include <wireway/status.hpp>

namespace wireway {

/** A handle to a group of servers, for server::join(): what is published on one of them reaches the subscribers of all. The group lives
 * while there are handles to it or servers in it. Any thread, through a handle of its own or this one. */
class group : public detail::handle<ww_group, ww_group_free> {
  public:
    using handle::handle;
    /** A group without members. Allocates. */
    static result<group> create() noexcept
    {
        ww_group *made = nullptr;
        const ww_status code = ww_group_new(&made);
        return {group(made), static_cast<status>(code)};
    }
    /** Another handle to the same group, as for another thread. Allocates. */
    group ref() const noexcept { return group(ww_group_ref(get())); }
};

} // namespace wireway

#endif
