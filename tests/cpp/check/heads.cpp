/* The codec: heads, lists, URLs. */
#include "check.hpp"
#include <string>

using namespace wireway;

template class wireway::head_parser<4>;

static void parsed()
{
    const std::string in = "HTTP/1.1 200 OK\r\nVary: a, ,b\r\nX: 1\r\n 2\r\n\r\n";
    head_parser<4> parser;
    CHECK(parser.response(octets(in.data(), 20)) == status::need_input);
    CHECK(parser.response(in) == status::ok);
    CHECK(parser.head().status() == 200);
    CHECK(parser.head().reason() == "OK");
    CHECK(parser.head().size_in_input() == in.size());
    const field_view folded = parser.head().find("x");
    char line[8];
    std::size_t size = 0;
    CHECK(folded.is_folded());
    CHECK(folded.unfold(line, sizeof line, size) == status::ok);
    CHECK(octets(line, size) == "1 2");
    CHECK(folded.unfold(line, 1, size) == status::buffer);
    CHECK(size == 3);
    CHECK(parser.request("GET  /") == status::request_line);
    CHECK(parser.error().code == WW_E_REQUEST_LINE);
    head_parser<4> behind;
    CHECK(behind.trailers("X-Sum: 1\r\n\r\n") == status::ok);
    CHECK(behind.head()["x-sum"] == "1");
    const head_limits none_but_one = {sizeof(head_limits), 0, 0, 0, 0, 1, 0};
    head_parser<4> strict;
    CHECK(strict.request("GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\n\r\n", &none_but_one) == status::too_large);
}

static void listed()
{
    std::string all;
    list elements("a, \"b,c\" ,,d");
    for (auto element : elements)
        all += std::string(element) + "|";
    CHECK(all == "a|\"b,c\"|d|");
    CHECK(elements.ended() == status::done);
    list broken("a, \"b");
    for (auto element : broken)
        CHECK(element == "a");
    CHECK(broken.ended() == status::field_value);
}

static void written()
{
    std::uint8_t out[256];
    std::size_t size = 0;
    CHECK(write_request(request("GET", "a", "/x"), out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(write_response(response(200).content("abc"), out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
    CHECK(write_response(response(200).unframed(), nullptr, 0, size) == status::buffer);
    CHECK(size == 19);
    CHECK(write_trailers(field("X", "1"), out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "X: 1\r\n\r\n");
    CHECK(write_date(784111777, out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(write_request(request("GET", "a", "/{").strict_target(), out, sizeof out, size) == status::target);
    CHECK(write_request(request("GET", "a", "/\xc3\xa4").lenient_target(), out, sizeof out, size) == status::ok);
    CHECK(write_request(request("PUT", "a", "/").expect_continue().stream(3), out, sizeof out, size) == status::ok);
    CHECK(octets(out, size).text().find("Expect: 100-continue") != std::string_view::npos);
}

static void looked_up()
{
    CHECK(field_id_of("CONTENT-type") == field_id::content_type);
    CHECK(field_id_of("x") == field_id::other);
    CHECK(name_of(field_id::etag) == "ETag");
    CHECK(name_of(field_id::other).empty());
    CHECK(name_of(method::delete_) == "DELETE");
    CHECK(name_of(method::other).empty());
    url parts;
    CHECK(parse_url("wss://[::1]:81/a?b", parts) == status::ok);
    CHECK(to_text(parts.host) == "::1");
    CHECK(parts.port == 81);
    CHECK(parts.flags == (url_flag::secure | url_flag::websocket));
    CHECK(to_text(parts.target) == "/a?b");
    CHECK(parse_url("ftp://a", parts) == status::target);
    CHECK(url_error("ftp://a").code == WW_E_TARGET);
    CHECK(is_same_origin("https://a", "a", true));
    CHECK(!is_same_origin("https://b", "a", true));
    CHECK(library_version() == WW_VERSION_NUMBER);
    CHECK(library_version_text()[0] == '0');
}

void heads()
{
    parsed();
    listed();
    written();
    looked_up();
}
