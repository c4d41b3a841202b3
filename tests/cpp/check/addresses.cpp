/* Addresses as values and as text. */
#include "check.hpp"
#include <string>

using namespace wireway;

static_assert(sizeof(wireway::address) == 128);

void addresses()
{
    wireway::address one{};
    error_info error;
    CHECK(one.family == family::none);
    CHECK(text_of(one).empty());
    CHECK(parse_address("[fe80::1%7]:80", one) == status::ok);
    CHECK(one.family == family::ipv6);
    CHECK(one.scope == 7);
    CHECK(one.port == 80);
    CHECK(text_of(one) == "[fe80::1%7]:80");
    CHECK(parse_address("[fe80::1%7]", one, &error) == status::argument);
    CHECK(error.offset == 11);
    CHECK(one.port == 80);
    CHECK(parse_address("127.0.0.1:1", one) == status::ok);
    CHECK(one.family == family::ipv4);
    CHECK(parse_address(":1", one) == status::ok);
    CHECK(one.family == family::any);
    const std::string longest = "unix:@" + std::string(107, 'x');
    CHECK(parse_address(longest, one) == status::ok);
    CHECK(one.family == family::unix_socket);
    CHECK(text_of(one) == longest);
}
