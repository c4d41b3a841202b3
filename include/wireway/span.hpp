/* Octets and text: views that own nothing. Part of wireway.hpp; uses the standard library and the C header's `ww_span`,
 * `ww_field` and `ww_iovec`. Nothing here allocates, copies octets or looks at them.
 *
 * `wireway::octets` is what every call takes and what every event gives. It is made of a literal, a std::string_view, a
 * std::string, a std::vector<std::uint8_t>, anything with data() and size() over single octets, or a pointer and a size; it turns
 * into a std::string_view (`text()`) and, in C++20, into a std::span of const std::uint8_t or const std::byte. */
#ifndef WIREWAY_SPAN_HPP
#define WIREWAY_SPAN_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <wireway.h>
#if __cplusplus >= 202002L
#include <span>
#endif

namespace wireway {

/** A C span of these characters. In a constant expression of an empty text only: a `ww_span` points to std::uint8_t. For constant
 * spans of literals see `operator""_span` (C++20) and WW_LIT. */
constexpr ww_span to_span(std::string_view text) noexcept
{
    if (text.data() == nullptr && __builtin_is_constant_evaluated())
        return {nullptr, 0};
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

/** The characters of a C span. */
constexpr std::string_view to_text(ww_span span) noexcept
{
    if (span.data == nullptr && __builtin_is_constant_evaluated())
        return {};
    return {reinterpret_cast<const char *>(span.data), span.len};
}

/** Some octets that somebody else owns: two words, passed by value. */
class octets {
    ww_span raw_{nullptr, 0};

    template <class C>
    using if_octets = std::enable_if_t<sizeof(*std::declval<const C &>().data()) == 1 &&
                                       std::is_convertible_v<decltype(std::declval<const C &>().size()), std::size_t>>;

  public:
    using value_type = std::uint8_t;

    constexpr octets() noexcept = default;
    constexpr octets(ww_span span) noexcept : raw_(span) {}
    constexpr octets(std::string_view text) noexcept : raw_(to_span(text)) {}
    /** A NUL-terminated text, without its NUL; not nullptr. */
    constexpr octets(const char *text) noexcept : octets(std::string_view(text)) {}
    octets(const void *data, std::size_t size) noexcept : raw_{static_cast<const std::uint8_t *>(data), size} {}
    template <class C, class = if_octets<C>>
    constexpr octets(const C &container) noexcept : octets(static_cast<const void *>(container.data()), container.size())
    {
    }

    constexpr const std::uint8_t *data() const noexcept { return raw_.data; }
    constexpr std::size_t size() const noexcept { return raw_.len; }
    constexpr bool empty() const noexcept { return raw_.len == 0; }
    constexpr const std::uint8_t *begin() const noexcept { return raw_.data; }
    constexpr const std::uint8_t *end() const noexcept { return raw_.data + raw_.len; }
    constexpr std::uint8_t operator[](std::size_t at) const noexcept { return raw_.data[at]; }
    constexpr std::string_view text() const noexcept { return to_text(raw_); }
    constexpr ww_span span() const noexcept { return raw_; }
    constexpr operator ww_span() const noexcept { return raw_; }
#if __cplusplus >= 202002L
    /* std::span<const std::uint8_t> is made of any range of them. */
    operator std::span<const std::byte>() const noexcept { return std::as_bytes(std::span(raw_.data, raw_.len)); }
#endif
    friend constexpr bool operator==(octets a, octets b) noexcept { return a.text() == b.text(); }
    friend constexpr bool operator!=(octets a, octets b) noexcept { return !(a == b); }
};

/** A field line to send, as WW_FIELD() of two literals. It refers to both texts. */
constexpr ww_field field(std::string_view name, std::string_view value) noexcept
{
    return {to_span(name), to_span(value), 0, 0, 0};
}

namespace detail {
/* Some values of the C API that somebody else owns: of one, of an array, or of anything with data() and size(). Two words. */
template <class T> class array_view {
    const T *data_ = nullptr;
    std::size_t size_ = 0;

  public:
    using value_type = T;

    constexpr array_view() noexcept = default;
    constexpr array_view(const T &one) noexcept : data_(&one), size_(1) {}
    constexpr array_view(const T *data, std::size_t size) noexcept : data_(data), size_(size) {}
    template <std::size_t N>
    constexpr array_view(const T (&all)[N]) noexcept : data_(all), size_(N)
    {
    }
    template <class C, class = std::enable_if_t<std::is_convertible_v<decltype(std::declval<const C &>().data()), const T *>>>
    constexpr array_view(const C &container) noexcept : data_(container.data()), size_(container.size())
    {
    }
    constexpr const T *data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const T *begin() const noexcept { return data_; }
    constexpr const T *end() const noexcept { return data_ + size_; }
    constexpr const T &operator[](std::size_t at) const noexcept { return data_[at]; }
};
} // namespace detail

/** Some fields to send that somebody else owns: of one `ww_field`, of an array, or of anything with data() and size(). */
using field_list = detail::array_view<ww_field>;

/** A piece of what is sent at once, as writev() takes it. It refers to `data`. */
inline ww_iovec piece(octets data) noexcept
{
    ww_iovec made{};
    made.iov_base = const_cast<char *>(reinterpret_cast<const char *>(data.data()));
    made.iov_len = static_cast<decltype(made.iov_len)>(data.size());
    return made;
}

/** Some pieces that somebody else owns, in their order: of one `ww_iovec`, of an array, or of anything with data() and size(). */
using piece_list = detail::array_view<ww_iovec>;

/** Whether both are the same octets, with ASCII letters equal in either case: for options, codings, names of fields. `text` is
 * NUL-terminated. */
inline bool equal_nocase(octets span, const char *text) noexcept
{
    return ww_span_equal_nocase(span, text);
}

#if __cplusplus >= 202002L
namespace detail {
/* The octets of a literal in an array of std::uint8_t, which a constant can point to. */
template <std::size_t N> struct literal {
    std::uint8_t octets[N]{};
    consteval literal(const char (&text)[N]) noexcept
    {
        for (std::size_t i = 0; i < N; ++i)
            octets[i] = static_cast<std::uint8_t>(text[i]);
    }
    static constexpr std::size_t size = N - 1;
};
} // namespace detail

inline namespace literals {
/** C++20: a literal as a `ww_span` that is a constant expression: `constexpr ww_span room = "room"_span;`. */
template <detail::literal text> constexpr ww_span operator""_span() noexcept
{
    return {text.octets, text.size};
}
} // namespace literals
#endif

} // namespace wireway

#endif
