/* Contents of two types: multipart, as of forms with files, and event streams. Part of wireway.hpp.
 *
 * A reader is given room of the caller's, takes content in any pieces, and allocates nothing. One thread at a time. */
#ifndef WIREWAY_CONTENT_HPP
#define WIREWAY_CONTENT_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/flags.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

using part = ww_part;
using sse_event = ww_sse_event;

/** Multipart content as it arrives; see `ww_multipart_next()`. What a part shows may be in the reader, so that it stays where it is. */
class multipart_reader {
    ww_multipart raw_ = WW_MULTIPART_INIT;

  public:
    multipart_reader() noexcept = default;
    multipart_reader(const multipart_reader &) = delete;
    multipart_reader &operator=(const multipart_reader &) = delete;

    /** Begins with content of this Content-Type; `flags` are of multipart_flag. `room` is the reader's while it is used: its size is the
     * limit of a head, of which 4 KiB are plenty. status::field_value: another type, or no good boundary. */
    status start(octets content_type, void *room, std::size_t size, std::uint32_t flags = 0) noexcept
    {
        return static_cast<status>(ww_multipart_start(&raw_, content_type, flags, room, size));
    }
    /** status::ok with the next event in `out`, whose `kind` is of part_kind; status::need_input; status::done behind the last boundary,
     * without which the content was cut off. What is done with is taken off the front of `in`. */
    status next(octets &in, part &out) noexcept
    {
        std::size_t consumed = 0;
        const ww_status code = ww_multipart_next(&raw_, in.data(), in.size(), &consumed, &out);
        in = ww_span{in.data() + consumed, in.size() - consumed};
        return static_cast<status>(code);
    }
};

/** An event stream as it arrives; see `ww_sse_next()`. */
class sse_reader {
    ww_sse_reader raw_ = WW_SSE_READER_INIT;

  public:
    sse_reader() noexcept = default;
    sse_reader(const sse_reader &) = delete;
    sse_reader &operator=(const sse_reader &) = delete;

    /** Begins a stream. `room` is the reader's while it is used; its size is the limit of an event. */
    status start(void *room, std::size_t size) noexcept
    {
        return static_cast<status>(ww_sse_start(&raw_, room, size));
    }
    /** status::ok with the next event in `out`, which lives until the next call; status::need_input. What is done with is taken off the
     * front of `in`. */
    status next(octets &in, sse_event &out) noexcept
    {
        std::size_t consumed = 0;
        const ww_status code = ww_sse_next(&raw_, in.data(), in.size(), &consumed, &out);
        in = ww_span{in.data() + consumed, in.size() - consumed};
        return static_cast<status>(code);
    }
};

/** Writes an event of an event stream: status::ok with the octets written, or status::buffer with those needed, in `written`. */
inline status write_sse_event(const sse_event &event, void *out, std::size_t cap, std::size_t &written) noexcept
{
    return static_cast<status>(ww_write_sse_event(&event, out, cap, &written));
}

} // namespace wireway

#endif
