#include "address.h"
#include <stdlib.h>
#include <string.h>

ww_status parse(const char *octets, size_t len, ww_address *out, ww_error_info *error)
{
    uint8_t *copy = malloc(len == 0 ? 1 : len);
    ww_span text = { NULL, 0 };
    ww_status status;
    if (copy == NULL) abort();
    memcpy(copy, octets, len);
    text.data = copy;
    text.len = len;
    status = ww_address_parse(text, out, error);
    free(copy);
    return status;
}

ww_address parsed(const char *text)
{
    ww_address address;
    memset(&address, 0xff, sizeof address);
    CHECK(parse(text, strlen(text), &address, NULL) == WW_OK);
    return address;
}

void is_text(const ww_address *address, const char *text)
{
    const size_t size = strlen(text) + 1;
    size_t cap, needed;
    char *out = malloc(size);
    if (out == NULL) abort();
    memset(out, '#', size);
    for (cap = 0; cap < size; cap++) {
        CHECK(ww_address_text(address, out, cap, &needed) == WW_E_BUFFER && needed == size);
        CHECK(out[0] == '#' && out[size - 1] == '#');
    }
    CHECK(ww_address_text(address, NULL, 0, &needed) == WW_E_BUFFER && needed == size);
    CHECK(size <= WW_ADDRESS_TEXT_MAX);
    CHECK(ww_address_text(address, out, size, &needed) == WW_OK && needed == size && memcmp(out, text, size) == 0);
    free(out);
}

/* The layout is part of the ABI: a size of 128, and no padding. */
static void layout(void)
{
    CHECK(sizeof(ww_address) == 128);
    CHECK(offsetof(ww_address, family) == 0 && offsetof(ww_address, scope) == 4);
    CHECK(offsetof(ww_address, port) == 8 && offsetof(ww_address, len) == 10);
    CHECK(offsetof(ww_address, octets) == 12 && offsetof(ww_address, reserved) == 120);
    CHECK(WW_FAMILY_NONE == 0 && WW_FAMILY_IPV4 == 1 && WW_FAMILY_IPV6 == 2 && WW_FAMILY_UNIX == 3 && WW_FAMILY_ANY == 4);
}

static void arguments(void)
{
    static const ww_span NOWHERE = { NULL, 5 };
    ww_address address = parsed("*:80");
    ww_error_info error = WW_ERROR_INFO_INIT, small = WW_ERROR_INFO_INIT;
    char out[WW_ADDRESS_TEXT_MAX];
    size_t needed = 7;
    CHECK(ww_address_parse(NOWHERE, &address, &error) == WW_E_ARGUMENT && error.code == WW_E_ARGUMENT && error.reason[0] != '\0');
    error.code = 0;
    CHECK(ww_address_parse(ww_span_from("*:80"), NULL, &error) == WW_E_ARGUMENT && error.code == WW_E_ARGUMENT);
    error.code = 7;
    CHECK(ww_address_parse(ww_span_from("*:80"), &address, &error) == WW_OK && error.code == 7);
    small.size = 0;
    CHECK(ww_address_parse(ww_span_from("*"), &address, &small) == WW_E_ARGUMENT && small.code == 0);
    CHECK(ww_address_text(NULL, out, sizeof out, &needed) == WW_E_ARGUMENT && needed == 0);
    CHECK(ww_address_text(&address, NULL, 1, &needed) == WW_E_ARGUMENT && needed == 0);
    CHECK(ww_address_text(&address, out, sizeof out, NULL) == WW_E_ARGUMENT);
}

/* Where a server listens is an address in this form. */
static void of_a_server(void)
{
    ww_server *server;
    ww_address address;
    char text[WW_ADDRESS_TEXT_MAX], again[WW_ADDRESS_TEXT_MAX];
    size_t needed, size;
    CHECK(ww_server_new(NULL, &server, NULL) == WW_OK && ww_server_listen(server, "127.0.0.1:0", NULL) == WW_OK);
    CHECK(ww_server_address(server, 0, text, sizeof text, &needed) == WW_OK);
    address = parsed(text);
    CHECK(address.family == WW_FAMILY_IPV4 && address.port != 0);
    CHECK(ww_address_text(&address, again, sizeof again, &size) == WW_OK && size == needed && strcmp(again, text) == 0);
    ww_server_free(server);
}

int main(void)
{
    layout();
    good_texts();
    long_names();
    bad_texts();
    bad_values();
    other_values();
    arguments();
    of_a_server();
    return check_result();
}
