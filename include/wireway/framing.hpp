/* Chunks, WebSocket frames and UTF-8 as they arrive, without a handle. Part of wireway.hpp.
 *
 * Nothing here allocates; any thread may call. What is found points into its input. */
#ifndef WIREWAY_FRAMING_HPP
#define WIREWAY_FRAMING_HPP

#include <cstddef>
#include <cstdint>
#include <wireway/flags.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>

namespace wireway {

using chunk_limits = ww_chunk_limits;
using frame_header = ww_ws_header;

/** The content of a chunked message; see `ww_chunk_next()`. It owns nothing and may be copied. */
class chunk_decoder {
    ww_chunk_decoder raw_ = WW_CHUNK_DECODER_INIT;

  public:
    /** status::ok with the next piece of content in `data`; status::need_input; status::done behind the last chunk. What is done with
     * is taken off the front of `in`. */
    status next(octets &in, octets &data, const chunk_limits *limits = nullptr) noexcept
    {
        std::size_t consumed = 0;
        ww_span piece{nullptr, 0};
        const ww_status code = ww_chunk_next(&raw_, in.data(), in.size(), limits, &consumed, &piece);
        in = ww_span{in.data() + consumed, in.size() - consumed};
        data = piece;
        return static_cast<status>(code);
    }
    error_info error() const noexcept
    {
        error_info info = detail::no_error();
        ww_chunk_error(&raw_, &info);
        return info;
    }
};

/** Writes the line before a chunk of `size` octets, of at most chunk_head_max octets; answers how many. See `ww_chunk_head()`. */
inline std::size_t write_chunk_head(std::uint64_t size, std::uint8_t (&out)[chunk_head_max]) noexcept
{
    std::size_t written = 0;
    ww_chunk_head(size, out, &written);
    return written;
}

/** Reads the frame header at the front of `in`; see `ww_ws_decode_header()`. */
inline status decode_frame_header(octets in, frame_header &out) noexcept
{
    return static_cast<status>(ww_ws_decode_header(in.data(), in.size(), &out));
}

/** What decode_frame_header() finds wrong; `http_status` is the close code. */
inline error_info frame_header_error(octets in) noexcept
{
    error_info info = detail::no_error();
    ww_ws_header_error(in.data(), in.size(), &info);
    return info;
}

/** See `ww_ws_encode_header()`. */
inline status encode_frame_header(const frame_header &header, std::uint8_t (&out)[frame_header_max], std::size_t &written) noexcept
{
    return static_cast<status>(ww_ws_encode_header(&header, out, &written));
}

/** Masks or unmasks in place octets that begin `offset` octets into the payload of a frame. */
inline status mask(void *data, std::size_t size, const std::uint8_t (&key)[4], std::uint64_t offset = 0) noexcept
{
    return static_cast<status>(ww_ws_mask(data, size, key, offset));
}

/** The Sec-WebSocket-Accept that answers a Sec-WebSocket-Key. */
inline status accept_key(octets key, std::uint8_t (&out)[accept_key_size]) noexcept
{
    return static_cast<status>(ww_ws_accept_key(key, out));
}

/** Whether a text that comes in pieces is UTF-8; see `ww_utf8_feed()`. It may be copied. */
class utf8_check {
    ww_utf8 raw_ = WW_UTF8_INIT;

  public:
    /** status::ws_text: the octet at `bad` is the first that the text cannot go on with. `last`: it ends with these. */
    status feed(octets in, bool last, std::size_t &bad) noexcept
    {
        return static_cast<status>(ww_utf8_feed(&raw_, in.data(), in.size(), last, &bad));
    }
};

} // namespace wireway

#endif
