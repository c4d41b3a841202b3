/*
 * wireway/address.h: addresses of sockets as values, and as text.
 *
 * A ww_address is a plain value of 128 bytes: it owns nothing and is copied by assignment. Its text is what a person writes
 * in a configuration and what a log shows. Nothing here resolves host names.
 *
 *     char text[WW_ADDRESS_TEXT_MAX];
 *     if (ww_address_parse(ww_span_from("[fe80::1%eth0]:8080"), &address, &error) != WW_OK)
 *         fprintf(stderr, "octet %llu: %s\n", (unsigned long long)error.offset, error.reason);
 *     else if (ww_address_text(&address, text, sizeof text, &needed) == WW_OK)
 *         puts(text);
 *
 * In order: parse a text, or fill in a ww_address whose octets are known; then write it as text. ww_server_listen() takes the
 * text itself, and ww_server_address() and ww_server_peer() write it.
 */
#ifndef WIREWAY_ADDRESS_H
#define WIREWAY_ADDRESS_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_family

@ww_address

@ww_address_parse

@WW_ADDRESS_TEXT_MAX

@ww_address_text

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_ADDRESS_H */
