/* What a request wants of a content: only if it changed, a part of it, in which form. Part of wireway.hpp.
 *
 * Nothing here allocates, keeps anything or asks a clock; any thread may call. */
#ifndef WIREWAY_CONDITIONS_HPP
#define WIREWAY_CONDITIONS_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/field_id.hpp>
#include <wireway/flags.hpp>
#include <wireway/head.hpp>
#include <wireway/status.hpp>

namespace wireway {

using representation = ww_representation;
/** Octets of a content: `len` of them, behind the first `first`. */
using byte_range = ww_range;

/** What becomes of a request by its preconditions. */
enum class precondition_verdict : std::uint32_t {
    proceed = WW_VERDICT_PROCEED,
    proceed_whole = WW_VERDICT_PROCEED_WHOLE,
    not_modified = WW_VERDICT_NOT_MODIFIED,
    failed = WW_VERDICT_FAILED,
};

/** Looks at If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since and If-Range, for a request that would be answered with a 2xx
 * otherwise. `there`: what GET would be answered with; `now`: seconds since 1970. */
inline status check_preconditions(head request, const representation &there, std::int64_t now, precondition_verdict &verdict) noexcept
{
    std::uint32_t found = 0;
    const ww_status code = ww_check_preconditions(&request.get(), &there, now, &found);
    if (code == static_cast<ww_status>(status::ok))
        verdict = static_cast<precondition_verdict>(found);
    return static_cast<status>(code);
}

/** What a Range asks for. */
enum class range_verdict : std::uint32_t {
    ignore = WW_RANGE_IGNORE,
    whole = WW_RANGE_WHOLE,
    partial = WW_RANGE_PARTIAL,
    unsatisfiable = WW_RANGE_UNSATISFIABLE,
};

/** Looks at the value of Range, for a content of `length` octets: at most `room` ranges come into `table`, and how many into `count`.
 * For GET alone, and not after precondition_verdict::proceed_whole. See
 * `ww_range_verdict()`. */
inline status check_range(octets value, std::uint64_t length, byte_range *table, std::size_t room, std::size_t &count,
                          range_verdict &verdict) noexcept
{
    std::uint32_t found = 0;
    const ww_status code = ww_range_verdict(value, length, table, room, &count, &found);
    if (code == static_cast<ww_status>(status::ok))
        verdict = static_cast<range_verdict>(found);
    return static_cast<status>(code);
}

/** The answer to a GET or HEAD: its status, the octets to send, its Content-Range; see `ww_selection`. */
using selection = ww_selection;

/** Tells what to send of a content of `length` octets by preconditions, If-Range and Range, into `out`. */
inline status select_content(head request, const representation &there, std::uint64_t length, std::int64_t now, selection &out) noexcept
{
    return static_cast<status>(ww_select_content(&request.get(), &there, length, now, &out));
}

/** Reads an HTTP date as seconds since 1970; `now`, likewise, is for years of two digits. */
inline status parse_date(octets text, std::int64_t now, std::int64_t &seconds) noexcept
{
    return static_cast<status>(ww_parse_date(text, now, &seconds));
}

/** How welcome `offer` is, in thousandths; 0 is not acceptable. `field` is field_id::accept, accept_encoding or accept_language.
 * Send the offer that weighs most, and name the field in Vary. */
inline status accept_weight(head request, field_id field, octets offer, std::uint16_t &weight) noexcept
{
    return static_cast<status>(ww_accept_weight(&request.get(), static_cast<std::uint16_t>(field), offer, &weight));
}

} // namespace wireway

#endif
