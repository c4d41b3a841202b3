/* The header alone, twice: what it needs it includes, and a second inclusion changes nothing. */
#include "wireway.h"
#include "wireway.h"

#include <stdio.h>

#if WW_VERSION_NUMBER < 0x00010000u
#error "WW_VERSION_NUMBER is no number for the preprocessor"
#endif

/* Initialisers of literals are constant expressions, and need no code at the start of the program. */
static const ww_span texts[] = { WW_LIT("one"), WW_LIT(""), WW_SPAN_EMPTY };
static const ww_field fields[] = { WW_FIELD("A", "1"), { WW_LIT("B"), WW_LIT("2"), 0, 0, 0 } };

/* Octets come from any buffer and go to any, and a span is printed as text, without a cast. */
ww_status header_octets(ww_conn *conn, ww_ws_header *frame);
ww_status header_octets(ww_conn *conn, ww_ws_header *frame)
{
    char text[64] = "";
    uint8_t octets[64] = { 0 };
    size_t n;
    const ww_span whole = { octets, sizeof octets };
    if (ww_base64_encode(whole, 0, text, sizeof text, &n) != WW_OK || ww_base64_decode(whole, 0, octets, sizeof octets, &n) != WW_OK)
        printf("%.*s\n", WW_PRINTF(whole));
    if (ww_ws_mask(text, sizeof text, frame->key, 0) != WW_OK || ww_ws_decode_header(octets, 1, frame) != WW_OK)
        return ww_conn_send(conn, text, n);
    return ww_conn_receive(conn, text, n, 0) == WW_OK ? ww_conn_receive_eof(conn, true, 0) : ww_conn_receive(conn, octets, n, 0);
}

size_t header_sizes(const char *text);
size_t header_sizes(const char *text)
{
    ww_response response = WW_RESPONSE_INIT;
    response.content = ww_span_from(text);
    response.fields = fields;
    response.field_count = sizeof fields / sizeof *fields;
    return response.content.len + texts[0].len + response.fields[1].value.len;
}
