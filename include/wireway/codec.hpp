/* Heads, lists, URLs: parsed and written, without a handle. Part of wireway.hpp.
 *
 * Nothing here allocates or keeps anything; any thread may call. What is parsed points into its input. */
#ifndef WIREWAY_CODEC_HPP
#define WIREWAY_CODEC_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <wireway/compose.hpp>
#include <wireway/head.hpp>

namespace wireway {

using head_limits = ww_head_limits;
using url = ww_url;

/** Parses one head, in one piece or in many: call a parse function with the octets there are, and with them and more after
 * status::need_input. After status::ok head() is the head, in those octets, and the parser is fresh for the next. It has room for
 * `fields_max` fields. See `ww_parse_request()`. */
template <std::size_t fields_max = 100> class head_parser {
    ww_field fields_[fields_max];
    ww_scan scan_ = WW_SCAN_INIT;
    ww_head head_;

  public:
    status request(octets in, const head_limits *limits = nullptr) noexcept
    {
        return static_cast<status>(ww_parse_request(in.data(), in.size(), limits, &scan_, fields_, fields_max, &head_));
    }
    status response(octets in, const head_limits *limits = nullptr) noexcept
    {
        return static_cast<status>(ww_parse_response(in.data(), in.size(), limits, &scan_, fields_, fields_max, &head_));
    }
    /** Behind the last chunk. */
    status trailers(octets in, const head_limits *limits = nullptr) noexcept
    {
        return static_cast<status>(ww_parse_trailers(in.data(), in.size(), limits, &scan_, fields_, fields_max, &head_));
    }
    wireway::head head() const noexcept { return wireway::head(head_); }
    /** What was wrong with the octets. */
    error_info error() const noexcept
    {
        error_info info = detail::no_error();
        ww_scan_error(&scan_, &info);
        return info;
    }
};

/** The elements of a list value as Accept, Connection and Vary have it: `for (auto element : list(head[field_id::vary]))`. ended() then is
 * status::done, or status::field_value where the list goes wrong. See `ww_list_next()`. */
class list {
    ww_list walk_;
    ww_span element_{nullptr, 0};
    wireway::status ended_ = wireway::status::ok;

  public:
    struct end_mark {
    };
    class iterator {
        list *of_;

      public:
        explicit iterator(list *of) noexcept : of_(of) { ++*this; }
        std::string_view operator*() const noexcept { return to_text(of_->element_); }
        iterator &operator++() noexcept
        {
            of_->ended_ = static_cast<wireway::status>(ww_list_next(&of_->walk_, &of_->element_));
            return *this;
        }
        bool operator!=(end_mark) const noexcept { return of_->ended_ == wireway::status::ok; }
    };

    explicit list(octets value) noexcept : walk_ WW_LIST_INIT(value.span()) {}
    iterator begin() noexcept { return iterator(this); }
    end_mark end() const noexcept { return {}; }
    wireway::status ended() const noexcept { return ended_; }
};

/** Takes an http, https, ws or wss URL apart; `flags` are of url_flag. The parts point into `text`. */
inline status parse_url(std::string_view text, url &out, std::uint32_t flags = 0) noexcept
{
    return static_cast<status>(ww_parse_url(to_span(text), flags, &out));
}

/** What parse_url() finds wrong. */
inline error_info url_error(std::string_view text, std::uint32_t flags = 0) noexcept
{
    error_info info = detail::no_error();
    ww_url_error(to_span(text), flags, &info);
    return info;
}

/** The write functions: status::ok with the octets written, or status::buffer with those needed, in `written`. */
inline status write_request(const ww_request &request, void *out, std::size_t cap, std::size_t &written) noexcept
{
    return static_cast<status>(ww_write_request(&request, out, cap, &written));
}
inline status write_response(const ww_response &response, void *out, std::size_t cap, std::size_t &written) noexcept
{
    return static_cast<status>(ww_write_response(&response, out, cap, &written));
}
inline status write_trailers(field_list trailers, void *out, std::size_t cap, std::size_t &written) noexcept
{
    return static_cast<status>(ww_write_trailers(trailers.data(), trailers.size(), out, cap, &written));
}
inline status write_date(std::uint64_t unix_seconds, void *out, std::size_t cap, std::size_t &written) noexcept
{
    return static_cast<status>(ww_write_date(unix_seconds, out, cap, &written));
}

/** Whether `origin` is where the request was sent to; `secure`: the browser reached this connection by https. See `ww_ws_is_same_origin()`. */
inline bool is_same_origin(std::string_view origin, std::string_view authority, bool secure) noexcept
{
    return ww_ws_is_same_origin(to_span(origin), to_span(authority), secure);
}

/** The subprotocol of `own` that the client prefers, in `chosen`; empty where it offers none of them. See
 * `ww_ws_choose_subprotocol()`. */
inline status choose_subprotocol(head request, const ww_span *own, std::size_t count, octets &chosen) noexcept
{
    ww_span span{nullptr, 0};
    const ww_status code = ww_ws_choose_subprotocol(&request.get(), own, count, &span);
    chosen = span;
    return static_cast<status>(code);
}

/** The version of the loaded library as 0xMMmmpp00, and as text: `ww_version()`, `ww_version_text()`. */
inline std::uint32_t library_version() noexcept
{
    return ww_version();
}
inline const char *library_version_text() noexcept
{
    return ww_version_text();
}

} // namespace wireway

#endif
