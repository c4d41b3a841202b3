/* What other threads and signal handlers say to a loop. Part of wireway.hpp. */
#ifndef WIREWAY_POSTER_HPP
#define WIREWAY_POSTER_HPP

#include <cstdint>
#include <wireway/handle.hpp>
#include <wireway/status.hpp>

namespace wireway {

/** A handle to post to a loop, from loop::poster(): any thread, valid after its loop was freed, which its calls then answer by
 * status::gone. */
class poster : public detail::handle<ww_poster, ww_poster_free> {
  public:
    using handle::handle;
    /** Another handle, as for another thread. Allocates. */
    poster ref() const noexcept { return poster(ww_poster_ref(get())); }

    /** `token`, which is not 0, becomes completion_kind::post. status::paused: too many wait. Takes a lock. */
    status post(std::uint64_t token) const noexcept { return static_cast<status>(ww_poster_post(get(), token)); }
    /** One completion_kind::post with token 0 for all rings before it. May be called in a signal handler. */
    status ring() const noexcept { return static_cast<status>(ww_poster_ring(get())); }
};

} // namespace wireway

#endif
