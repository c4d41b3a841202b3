#include "address.h"
#include <stdio.h>
#include <string.h>

/* A value that a program filled wrongly has no text. */
static void no_value(ww_address address, const char *what)
{
    char out[WW_ADDRESS_TEXT_MAX] = "#";
    size_t needed = 7;
    const ww_status status = ww_address_text(&address, out, sizeof out, &needed);
    if (status == WW_E_ARGUMENT && needed == 0 && out[0] == '#') return;
    fprintf(stderr, "%s: %d\n", what, (int)status);
    CHECK(0 && "no address is taken for one");
}
#define NO_VALUE(text, change)               \
    do {                                     \
        ww_address address = parsed(text);   \
        change;                              \
        no_value(address, text ": " #change); \
    } while (0)

void bad_values(void)
{
    NO_VALUE("*:0", memset(&address, 0, sizeof address));
    NO_VALUE("*:0", address.family = 5);
    NO_VALUE("*:0", address.family = -1);
    NO_VALUE("*:0", address.len = 1);
    NO_VALUE("*:0", address.scope = 1);
    NO_VALUE("*:0", address.reserved[0] = 1);
    NO_VALUE("192.0.2.1:80", address.len = 3);
    NO_VALUE("192.0.2.1:80", address.len = 16);
    NO_VALUE("192.0.2.1:80", address.scope = 1);
    NO_VALUE("192.0.2.1:80", address.reserved[1] = 1);
    NO_VALUE("[::1]:80", address.len = 4);
    NO_VALUE("[::1]:80", address.len = 17);
    NO_VALUE("unix:/a", address.len = 109);
    NO_VALUE("unix:/a", address.len = 65535);
    NO_VALUE("unix:/a", address.len = 3);
    NO_VALUE("unix:/a", address.port = 1);
    NO_VALUE("unix:/a", address.scope = 1);
}

/* Values that no text gives, but a peer may have. */
void other_values(void)
{
    char text[WW_ADDRESS_TEXT_MAX];
    size_t needed;
    ww_address address = parsed("192.0.2.1:80");
    memset(address.octets + 4, 0xff, sizeof address.octets - 4);
    is_text(&address, "192.0.2.1:80");
    address = parsed("unix:/a");
    address.len = 0;
    is_text(&address, "unix:");
    memcpy(address.octets, "\0a\nb\0\xff", 6);
    address.len = 6;
    is_text(&address, "unix:@a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd");
    memset(address.octets, 0xff, sizeof address.octets);
    address.len = 108;
    CHECK(ww_address_text(&address, text, sizeof text, &needed) == WW_OK && needed == WW_ADDRESS_TEXT_MAX);
}
