#include "address.h"
#include <stdio.h>
#include <string.h>

/* The parts of the address that a text is, and its text again. */
static void is_address(const char *text, const char *canonical, int32_t family, uint16_t port, uint32_t scope, const char *octets, uint16_t len)
{
    ww_address made, again;
    memset(&made, 0, sizeof made);
    made.family = family;
    made.port = port;
    made.scope = scope;
    made.len = len;
    memcpy(made.octets, octets, len);
    again = parsed(text);
    CHECK(memcmp(&again, &made, sizeof made) == 0);
    is_text(&again, canonical);
    again = parsed(canonical);
    CHECK(memcmp(&again, &made, sizeof made) == 0);
}

void good_texts(void)
{
    static const char LOCAL[] = "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", LOOPBACK[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1";
    static const char MAPPED[] = "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\1", GLOBAL[] = "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1";
    is_address("127.0.0.1:8080", "127.0.0.1:8080", WW_FAMILY_IPV4, 8080, 0, "\x7f\0\0\1", 4);
    is_address("255.255.255.255:65535", "255.255.255.255:65535", WW_FAMILY_IPV4, 65535, 0, "\xff\xff\xff\xff", 4);
    is_address("0.0.0.0:0", "0.0.0.0:0", WW_FAMILY_IPV4, 0, 0, "\0\0\0\0", 4);
    is_address("[::1]:80", "[::1]:80", WW_FAMILY_IPV6, 80, 0, LOOPBACK, 16);
    is_address("[0:0:0:0:0:0:0:1]:80", "[::1]:80", WW_FAMILY_IPV6, 80, 0, LOOPBACK, 16);
    is_address("[FE80::1%0]:80", "[fe80::1]:80", WW_FAMILY_IPV6, 80, 0, LOCAL, 16);
    is_address("[fe80::1%4294967295]:80", "[fe80::1%4294967295]:80", WW_FAMILY_IPV6, 80, 4294967295u, LOCAL, 16);
    is_address("[2001:db8::1%3]:80", "[2001:db8::1%3]:80", WW_FAMILY_IPV6, 80, 3, GLOBAL, 16);
    is_address("[::ffff:192.0.2.1]:80", "[::ffff:192.0.2.1]:80", WW_FAMILY_IPV6, 80, 0, MAPPED, 16);
    is_address("*:8080", "*:8080", WW_FAMILY_ANY, 8080, 0, "", 0);
    is_address(":0", "*:0", WW_FAMILY_ANY, 0, 0, "", 0);
    is_address("unix:/run/app.sock", "unix:/run/app.sock", WW_FAMILY_UNIX, 0, 0, "/run/app.sock", 13);
    is_address("unix:@name", "unix:@name", WW_FAMILY_UNIX, 0, 0, "\0name", 5);
}

/* The longest names there may be, and one octet more. */
void long_names(void)
{
    char text[128];
    ww_address address;
    ww_error_info error = WW_ERROR_INFO_INIT;
    memset(text, 'x', sizeof text);
    memcpy(text, "unix:/", 6);
    CHECK(parse(text, 5 + 107, &address, NULL) == WW_OK && address.len == 107);
    CHECK(parse(text, 5 + 108, &address, &error) == WW_E_ARGUMENT && error.offset == 5 + 107);
    memcpy(text, "unix:@", 6);
    CHECK(parse(text, 6 + 107, &address, NULL) == WW_OK && address.len == 108);
    CHECK(parse(text, 6 + 108, &address, &error) == WW_E_ARGUMENT && error.offset == 6 + 107);
}

/* Refused at this octet, with a reason that has this word, and nothing written. */
static void refuses(const char *text, size_t len, uint64_t offset, const char *word)
{
    ww_address address, before;
    ww_error_info error = WW_ERROR_INFO_INIT;
    memset(&address, 0xa5, sizeof address);
    before = address;
    CHECK(parse(text, len, &address, NULL) == WW_E_ARGUMENT);
    CHECK(parse(text, len, &address, &error) == WW_E_ARGUMENT && error.code == WW_E_ARGUMENT);
    CHECK(memcmp(&address, &before, sizeof address) == 0);
    CHECK(error.rule[0] == '\0' && error.http_status == 0);
    if (error.offset == offset && strstr(error.reason, word) != NULL) return;
    fprintf(stderr, "%s: at %d: %s\n", text, (int)error.offset, error.reason);
    CHECK(0 && "another offset or reason");
}
#define REFUSES(text, offset, word) refuses(text, sizeof(text) - 1, offset, word)

void bad_texts(void)
{
    REFUSES("", 0, "port");
    REFUSES("127.0.0.1", 9, "port");
    REFUSES("127.0.0.1:", 10, "65535");
    REFUSES("127.0.0.1:65536", 10, "65535");
    REFUSES("127.0.0.1:080", 10, "65535");
    REFUSES("127.0.0.1:80\0", 10, "65535");
    REFUSES("127.0.0.01:80", 0, "IPv4");
    REFUSES("256.0.0.1:80", 0, "IPv4");
    REFUSES("localhost:80", 0, "not resolved");
    REFUSES("::1:80", 0, "brackets");
    REFUSES("[::1", 4, "closed");
    REFUSES("[::1]", 5, "port");
    REFUSES("[::g]:80", 1, "IPv6");
    REFUSES("[::1\0]:80", 1, "IPv6");
    REFUSES("[fe80::1%]:80", 9, "scope");
    REFUSES("[fe80::1%01]:80", 9, "scope");
    REFUSES("[fe80::1%4294967296]:80", 9, "scope");
    REFUSES("[fe80::1%lo\0]:80", 9, "scope");
    REFUSES("[fe80::1%no-such-if]:80", 9, "no interface");
    REFUSES("unix:", 5, "path");
    REFUSES("unix:@", 6, "path");
    REFUSES("unix:/a\0b", 7, "NUL");
    REFUSES("unix:@a\0", 7, "NUL");
}
