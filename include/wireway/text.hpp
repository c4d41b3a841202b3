/* Texts within targets, fields and forms: taken apart and decoded. Part of wireway.hpp.
 *
 * Nothing here allocates or keeps anything; any thread may call. What is taken apart points into its input. What is written goes to `out`:
 * status::ok with the octets written, or status::buffer with those needed, in `written`. */
#ifndef WIREWAY_TEXT_HPP
#define WIREWAY_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <wireway/flags.hpp>
#include <wireway/head.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

using target = ww_target;
using media_type = ww_media_type;

/** Takes the target of a request apart, whatever its form is: path, query, authority. Nothing is decoded. See `ww_target_split()`. */
inline status split_target(std::string_view method, std::string_view text, target &out) noexcept
{
    return static_cast<status>(ww_target_split(to_span(method), to_span(text), &out));
}
inline status split_target(head request, target &out) noexcept
{
    return split_target(request.method_name(), request.target(), out);
}

/** Writes the octets that a segment of a path, or a name or value of a form, stands for; `flags` are of decode_flag.
 * `out` is not in `text`. status::encoding: `bad`, if given, is the place of what is no escape. */
inline status percent_decode(octets text, void *out, std::size_t cap, std::size_t &written, std::uint32_t flags = 0,
                             std::size_t *bad = nullptr) noexcept
{
    return static_cast<status>(ww_percent_decode(text, flags, out, cap, &written, bad));
}

/** A name and its value, as they stand in the text. A part that is not there is empty, and its data() is nullptr. */
struct pair {
    std::string_view name, value;
};

namespace detail {
/* The pairs of a text, of the kind that `next_pair` takes off it. */
template <ww_status (*next_pair)(ww_pairs *, ww_span *, ww_span *)> class pair_range {
    ww_pairs walk_;
    ww_span name_{nullptr, 0}, value_{nullptr, 0};
    wireway::status ended_ = wireway::status::ok;

  public:
    struct end_mark {
    };
    class iterator {
        pair_range *of_;

      public:
        explicit iterator(pair_range *of) noexcept : of_(of) { ++*this; }
        pair operator*() const noexcept { return {to_text(of_->name_), to_text(of_->value_)}; }
        iterator &operator++() noexcept
        {
            of_->ended_ = static_cast<wireway::status>(next_pair(&of_->walk_, &of_->name_, &of_->value_));
            return *this;
        }
        bool operator!=(end_mark) const noexcept { return of_->ended_ == wireway::status::ok; }
    };

    explicit pair_range(octets text) noexcept : walk_ WW_PAIRS_INIT(text.span()) {}
    iterator begin() noexcept { return iterator(this); }
    end_mark end() const noexcept { return {}; }
    /** status::done after the last pair; of parameters, status::field_value where what follows is none. */
    wireway::status ended() const noexcept { return ended_; }
};
} // namespace detail

/** The pairs of a query, or of content in application/x-www-form-urlencoded: `for (auto [name, value] : form(target.query))`. Nothing is
 * decoded; see percent_decode() with decode_flag::form. There may be as many as octets: bound what you keep.
 * See `ww_form_next()`. */
using form = detail::pair_range<ww_form_next>;

/** The cookies of one value of Cookie: `for (auto [name, value] : cookies(field.value()))`. See `ww_cookie_next()`. */
using cookies = detail::pair_range<ww_cookie_next>;

/** The parameters of a media_type: `for (auto [name, value] : parameters(type.parameters))`. unquote() removes the quotes of a value.
 * See `ww_parameter_next()`. */
using parameters = detail::pair_range<ww_parameter_next>;

/** Takes the value of Content-Type, or an element of Accept, apart. */
inline status parse_media_type(octets text, media_type &out) noexcept
{
    return static_cast<status>(ww_parse_media_type(text, &out));
}

/** Writes a value without its quotes; a token as it is. `out` is not in `value`. */
inline status unquote(octets value, void *out, std::size_t cap, std::size_t &written) noexcept
{
    return static_cast<status>(ww_unquote(value, out, cap, &written));
}

/** The length of `size` octets in base64, with `=`. */
constexpr std::size_t base64_size(std::size_t size) noexcept
{
    return WW_BASE64_LEN(size);
}

/** Base64, written and read; `flags` are of base64_flag. Reading is strict; its time depends on the text. */
inline status base64_encode(octets data, void *out, std::size_t cap, std::size_t &written, std::uint32_t flags = 0) noexcept
{
    return static_cast<status>(ww_base64_encode(data, flags, out, cap, &written));
}
inline status base64_decode(octets text, void *out, std::size_t cap, std::size_t &written, std::uint32_t flags = 0) noexcept
{
    return static_cast<status>(ww_base64_decode(text, flags, out, cap, &written));
}

} // namespace wireway

#endif
