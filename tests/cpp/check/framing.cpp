/* The codec: chunks, frames, UTF-8. */
#include "check.hpp"
#include <cstring>
#include <string>

using namespace wireway;

static void chunks()
{
    octets in = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", data;
    chunk_decoder decoder;
    std::string content;
    status code;
    while ((code = decoder.next(in, data)) == status::ok)
        content += data.text();
    CHECK(code == status::done);
    CHECK(content == "abcde");
    CHECK(in == "\r\n");
    chunk_decoder broken;
    octets bad = "x\r\n";
    CHECK(broken.next(bad, data) == status::chunk);
    CHECK(broken.error().code == WW_E_CHUNK);
    std::uint8_t head[chunk_head_max];
    CHECK(octets(head, write_chunk_head(255, head)) == "ff\r\n");
    CHECK(write_chunk_head(0, head) == 0);
    CHECK(octets(chunk_end) == "\r\n");
    CHECK(octets(last_chunk) == "0\r\n");
    CHECK(octets(no_trailers) == "0\r\n\r\n");
}

static void frames()
{
    frame_header header{};
    std::uint8_t out[frame_header_max];
    std::size_t size = 0;
    header.payload_len = 3;
    header.opcode = opcode::text;
    header.flags = frame_flag::fin;
    CHECK(encode_frame_header(header, out, size) == status::ok);
    CHECK(size == 2);
    frame_header read{};
    CHECK(decode_frame_header(octets(out, 1), read) == status::need_input);
    CHECK(decode_frame_header(octets(out, size), read) == status::ok);
    CHECK(read.payload_len == 3);
    CHECK(read.opcode == opcode::text);
    CHECK(decode_frame_header("\xf0\x80", read) == status::ws_frame);
    CHECK(frame_header_error("\xf0\x80").http_status == 1002);
    char text[] = "abc";
    const std::uint8_t key[4] = {1, 2, 3, 4};
    CHECK(mask(text, 3, key) == status::ok);
    CHECK(std::memcmp(text, "abc", 3) != 0);
    CHECK(mask(text, 1, key) == status::ok);
    CHECK(mask(text + 1, 2, key, 1) == status::ok);
    CHECK(std::memcmp(text, "abc", 3) == 0);
    std::uint8_t accept[accept_key_size];
    CHECK(accept_key("dGhlIHNhbXBsZSBub25jZQ==", accept) == status::ok);
    CHECK(octets(accept, sizeof accept) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

void framing()
{
    chunks();
    frames();
    utf8_check text;
    std::size_t bad = 0;
    CHECK(text.feed("\xc3", false, bad) == status::ok);
    CHECK(text.feed("\xa4", true, bad) == status::ok);
    CHECK(utf8_check().feed("a\xff", true, bad) == status::ws_text);
    CHECK(bad == 1);
}
