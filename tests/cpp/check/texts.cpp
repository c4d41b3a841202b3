/* Targets, forms, cookies, parameters, escapes, base64. */
#include "check.hpp"
#include <string>

using namespace wireway;

static void targets()
{
    const std::string in = "GET /a%20b/c?x=1&y HTTP/1.1\r\nHost: a\r\n\r\n";
    head_parser<4> parser;
    target parts;
    CHECK(parser.request(in) == status::ok);
    CHECK(split_target(parser.head(), parts) == status::ok);
    CHECK(to_text(parts.path) == "/a%20b/c");
    CHECK(to_text(parts.query) == "x=1&y");
    CHECK(parts.form == target_form::origin);
    CHECK(split_target("CONNECT", "a:443", parts) == status::ok);
    CHECK(to_text(parts.authority) == "a:443");
    CHECK(parts.form == target_form::authority);
    CHECK(split_target("GET", "*", parts) == status::target);
}

/** All pairs of a walk, as "name=value|". */
template <class Pairs> static std::string all_of(Pairs &&pairs)
{
    std::string all;
    for (auto [name, value] : pairs)
        all += std::string(name) + "=" + std::string(value) + "|";
    return all;
}

static void pairs()
{
    form query("a=1&&b&c=%20");
    CHECK(all_of(query) == "a=1|b=|c=%20|");
    CHECK(query.ended() == status::done);
    for (auto one : form("b"))
        CHECK(one.value.data() == nullptr);
    CHECK(all_of(cookies("a=1; b=\"2\"")) == "a=1|b=\"2\"|");
    media_type type;
    CHECK(parse_media_type("text/html; charset=\"utf-8\";q=1", type) == status::ok);
    CHECK(to_text(type.type) == "text");
    CHECK(to_text(type.subtype) == "html");
    CHECK(all_of(parameters(type.parameters)) == "charset=\"utf-8\"|q=1|");
    parameters broken("; a=1; =");
    CHECK(all_of(broken) == "a=1|");
    CHECK(broken.ended() == status::field_value);
    CHECK(parse_media_type("text", type) == status::field_value);
}

static void decoded()
{
    char out[32];
    std::size_t size = 0, bad = 9;
    CHECK(percent_decode("a%2Fb+c", out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "a/b+c");
    CHECK(percent_decode("b+c", out, sizeof out, size, decode_flag::form) == status::ok);
    CHECK(octets(out, size) == "b c");
    CHECK(percent_decode("ab%", out, sizeof out, size, 0, &bad) == status::encoding);
    CHECK(bad == 2);
    CHECK(percent_decode("ab%", out, 2, size, decode_flag::lenient) == status::buffer);
    CHECK(size == 3);
    CHECK(unquote("\"a\\\"b\"", out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "a\"b");
    CHECK(unquote("a b", out, sizeof out, size) == status::field_value);
    static_assert(base64_size(4) == 8, "");
    CHECK(base64_encode("\xff\xfe!!", out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "//4hIQ==");
    CHECK(base64_encode("\xff\xfe!!", out, sizeof out, size, base64_flag::url | base64_flag::unpadded) == status::ok);
    CHECK(octets(out, size) == "__4hIQ");
    CHECK(base64_decode("//4hIQ==", out, sizeof out, size) == status::ok);
    CHECK(octets(out, size) == "\xff\xfe!!");
    CHECK(base64_decode("//4hIQ", out, sizeof out, size) == status::encoding);
}

void texts()
{
    targets();
    pairs();
    decoded();
}
