/* Preconditions, ranges, dates, Accept. */
#include "check.hpp"
#include <string>

using namespace wireway;

static void of_a_head()
{
    const std::string in = "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\"\r\nAccept: text/html;q=0.5\r\n\r\n";
    head_parser<8> parser;
    CHECK(parser.request(in) == status::ok);
    auto verdict = precondition_verdict::proceed;
    representation there;
    CHECK(check_preconditions(parser.head(), there, 0, verdict) == status::ok);
    CHECK(verdict == precondition_verdict::proceed);
    there.etag = to_span("\"x\"");
    CHECK(check_preconditions(parser.head(), there, 0, verdict) == status::ok);
    CHECK(verdict == precondition_verdict::not_modified);
    there.etag = to_span("no tag");
    CHECK(check_preconditions(parser.head(), there, 0, verdict) == status::argument);
    CHECK(verdict == precondition_verdict::not_modified);
    std::uint16_t weight = 1;
    CHECK(accept_weight(parser.head(), field_id::accept, "text/html", weight) == status::ok);
    CHECK(weight == 500);
    CHECK(accept_weight(parser.head(), field_id::accept_language, "de", weight) == status::ok);
    CHECK(weight == 1000);
    CHECK(accept_weight(parser.head(), field_id::host, "a", weight) == status::argument);
}

static void of_ranges()
{
    byte_range table[2];
    std::size_t count = 9;
    auto verdict = range_verdict::ignore;
    CHECK(check_range("bytes=0-1,8-", 10, table, 2, count, verdict) == status::ok);
    CHECK(verdict == range_verdict::partial);
    CHECK(count == 2);
    CHECK(table[1].first == 8);
    CHECK(table[1].len == 2);
    CHECK(check_range("bytes=20-", 10, table, 2, count, verdict) == status::ok);
    CHECK(verdict == range_verdict::unsatisfiable);
    CHECK(check_range("bytes=0-1", 10, nullptr, 2, count, verdict) == status::argument);
    CHECK(verdict == range_verdict::unsatisfiable);
}

static void of_a_content()
{
    const std::string in = "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=-3\r\n\r\n";
    head_parser<8> parser;
    CHECK(parser.request(in) == status::ok);
    representation there;
    selection found;
    CHECK(select_content(parser.head(), there, 10, 0, found) == status::ok);
    CHECK(found.status == 206);
    CHECK(found.first == 7);
    CHECK(found.len == 3);
    CHECK(found.content_range == std::string("bytes 7-9/10"));
    there.flags = representation_flag::absent;
    CHECK(select_content(parser.head(), there, 10, 0, found) == status::argument);
    CHECK(found.status == 206);
}

void conditions()
{
    of_a_head();
    of_a_content();
    of_ranges();
    std::int64_t seconds = 0;
    CHECK(parse_date("Sun, 06 Nov 1994 08:49:37 GMT", 0, seconds) == status::ok);
    CHECK(seconds == 784111777);
    CHECK(parse_date("today", 0, seconds) == status::field_value);
}
