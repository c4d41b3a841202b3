/* Who owns a handle of the C API. Part of wireway.hpp; uses nothing.
 *
 * Every class of wireway.hpp that owns something derives from `detail::handle`: one pointer, moved and never copied, freed by its
 * destructor, as std::unique_ptr has it. An empty one is what is left of a moved one; calls on it answer status::argument. */
#ifndef WIREWAY_HANDLE_HPP
#define WIREWAY_HANDLE_HPP

namespace wireway {
namespace detail {

template <class C, void (*free_it)(C *)> class handle {
    C *raw_ = nullptr;

  public:
    handle() noexcept = default;
    /** Takes over a handle of the C API. */
    explicit handle(C *raw) noexcept : raw_(raw) {}
    handle(handle &&other) noexcept : raw_(other.release()) {}
    handle &operator=(handle &&other) noexcept
    {
        reset(other.release());
        return *this;
    }
    ~handle() { reset(); }

    /** The handle for the C API; it stays owned here. */
    C *get() const noexcept { return raw_; }
    explicit operator bool() const noexcept { return raw_ != nullptr; }
    /** Gives the handle up: the caller frees it. */
    C *release() noexcept
    {
        C *raw = raw_;
        raw_ = nullptr;
        return raw;
    }
    /** Frees what is owned, and takes over another one. */
    void reset(C *raw = nullptr) noexcept
    {
        C *old = raw_;
        raw_ = raw;
        if (old != nullptr)
            free_it(old);
    }
};

} // namespace detail
} // namespace wireway

#endif
