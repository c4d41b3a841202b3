/* Multipart content and event streams, in pieces. */
#include "check.hpp"
#include <string>

using namespace wireway;

static void multipart()
{
    const std::string content = "--b\r\nContent-Disposition: form-data; name=\"n\"; filename=\"f\"\r\n\r\nhello\r\n--b--\r\n";
    multipart_reader reader;
    char room[256];
    std::string seen;
    octets none;
    part found;
    CHECK(reader.next(none, found) == status::state);
    CHECK(reader.start("text/plain", room, sizeof room) == status::field_value);
    CHECK(reader.start("multipart/form-data; boundary=b", room, sizeof room) == status::ok);
    auto code = status::need_input;
    for (const char &octet : content) {
        octets in(&octet, 1);
        while ((code = reader.next(in, found)) == status::ok)
            if (found.kind == part_kind::begin)
                seen += std::string(to_text(found.name)) + "," + std::string(to_text(found.filename)) + ":";
            else
                seen += found.kind == part_kind::end ? "." : std::string(to_text(found.data));
        CHECK(in.empty());
    }
    CHECK(code == status::done);
    CHECK(seen == "n,f:hello.");
    CHECK(reader.start("multipart/mixed; boundary=b", room, sizeof room, multipart_flag::any) == status::ok);
}

static void event_stream()
{
    sse_event event;
    event.event = to_span("note");
    event.data = to_span("a\nb");
    std::uint8_t out[64];
    std::size_t size = 0;
    CHECK(write_sse_event(event, nullptr, 0, size) == status::buffer);
    CHECK(write_sse_event(event, out, sizeof out, size) == status::ok);
    sse_reader reader;
    char room[64];
    sse_event read;
    octets in(out, size - 1);
    CHECK(reader.start(room, 0) == status::argument);
    CHECK(reader.start(room, sizeof room) == status::ok);
    CHECK(reader.next(in, read) == status::need_input);
    CHECK(in.empty());
    in = octets(out + size - 1, 1);
    CHECK(reader.next(in, read) == status::ok);
    CHECK(to_text(read.event) == "note");
    CHECK(to_text(read.data) == "a\nb");
    event.id = to_span("1\n2");
    CHECK(write_sse_event(event, out, sizeof out, size) == status::field_value);
}

void contents()
{
    multipart();
    event_stream();
}
