/* WebSocket frames. */
#include "codec.h"
#include <stdlib.h>
#include <string.h>

static const uint8_t KEY[4] = { 0x37, 0xfa, 0x21, 0x3d };

/* The header of `octets` is all of them, and no beginning of it is one. */
static ww_ws_header reads(const char *octets, size_t len)
{
    ww_ws_header header, untouched;
    ww_error_info info = WW_ERROR_INFO_INIT;
    size_t cut;
    memset(&header, 0xee, sizeof header);
    untouched = header;
    for (cut = 0; cut <= len; cut++) {
        uint8_t *in = exactly(octets, cut);
        CHECK(ww_ws_decode_header(in, cut, &header) == (cut < len ? WW_NEED_INPUT : WW_OK));
        CHECK(cut == len || memcmp(&header, &untouched, sizeof header) == 0);
        CHECK(ww_ws_header_error(in, cut, &info) == WW_OK && info.code == 0);
        free(in);
    }
    CHECK(header.header_len == len && header.reserved == 0);
    return header;
}

/* Refused by the octet at `offset`, and not before. */
static void refused(const char *octets, size_t offset, const char *rule)
{
    ww_ws_header header;
    ww_error_info info = WW_ERROR_INFO_INIT;
    uint8_t *in = exactly(octets, offset + 1);
    CHECK(ww_ws_decode_header(in, offset, &header) == WW_NEED_INPUT);
    CHECK(ww_ws_decode_header(in, offset + 1, &header) == WW_E_WS_FRAME);
    CHECK(ww_ws_header_error(in, offset + 1, &info) == WW_OK && info.code == WW_E_WS_FRAME);
    CHECK(info.http_status == 1002 && info.offset == offset && strcmp(info.rule, rule) == 0);
    free(in);
}

static size_t put(const ww_ws_header *header, uint8_t out[WW_WS_HEADER_MAX])
{
    size_t written = 99;
    CHECK(ww_ws_encode_header(header, out, &written) == WW_OK && written <= WW_WS_HEADER_MAX);
    return written;
}

static ww_ws_header header_of(uint8_t opcode, uint8_t flags, uint64_t payload_len)
{
    ww_ws_header header;
    memset(&header, 0, sizeof header);
    header.opcode = opcode;
    header.flags = flags;
    header.payload_len = payload_len;
    memcpy(header.key, KEY, 4);
    return header;
}

static void ws_frm_03(void)
{
    uint8_t out[WW_WS_HEADER_MAX];
    ww_ws_header ping = header_of(WW_WS_OP_PING, WW_WS_FRAME_FIN | WW_WS_FRAME_MASKED, 0);
    CHECK(put(&ping, out) == 6 && memcmp(out, "\x89\x80\x37\xfa\x21\x3d", 6) == 0);
    ping.flags = WW_WS_FRAME_FIN;
    CHECK(put(&ping, out) == 2 && memcmp(out, "\x89\x00", 2) == 0);
}

static void ws_frm_06(void)
{
    ww_ws_header header = reads("\x81\x85\x37\xfa\x21\x3d", 6);
    uint8_t payload[5];
    size_t i;
    CHECK(header.opcode == WW_WS_OP_TEXT && header.flags == (WW_WS_FRAME_FIN | WW_WS_FRAME_MASKED) && header.payload_len == 5);
    CHECK(memcmp(header.key, KEY, 4) == 0);
    memcpy(payload, "\x7f\x9f\x4d\x51\x58", 5);
    for (i = 0; i < 5; i++) CHECK(ww_ws_mask(payload + i, 1, header.key, i) == WW_OK);
    CHECK(memcmp(payload, "Hello", 5) == 0);
    CHECK(ww_ws_mask(payload, 5, header.key, 0) == WW_OK && memcmp(payload, "\x7f\x9f\x4d\x51\x58", 5) == 0);
}

static void ws_frm_08(void)
{
    refused("\x83", 0, "WS-FRM-08");
    refused("\x8b", 0, "WS-FRM-08");
    refused("\xa1", 0, "WS-FRM-07");
}

static void ws_frm_09(void)
{
    CHECK(reads("\x82\x7d", 2).payload_len == 125);
    CHECK(reads("\x82\x7e\x00\x7e", 4).payload_len == 126);
    CHECK(reads("\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10).payload_len == 65536);
    CHECK(reads("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04", 14).payload_len == INT64_MAX);
    CHECK(reads("\xc2\x00", 2).flags == (WW_WS_FRAME_FIN | WW_WS_FRAME_RSV1));
}

static void ws_frm_10(void)
{
    refused("\x82\x7e\x00\x7d", 3, "WS-FRM-10");
    refused("\x82\x7f\x00\x00\x00\x00\x00\x00", 7, "WS-FRM-10");
    refused("\x82\x7f\x80", 2, "WS-FRM-11");
}

static void ws_ctl_02(void)
{
    refused("\x09", 0, "WS-CTL-02");
    refused("\x89\x7e", 1, "WS-CTL-01");
}

/* What would not be read is not written. */
static void illegal(void)
{
    uint8_t out[WW_WS_HEADER_MAX];
    ww_ws_header bad[7];
    size_t i, written;
    bad[0] = header_of(3, WW_WS_FRAME_FIN, 0);
    bad[1] = header_of(16 + WW_WS_OP_TEXT, WW_WS_FRAME_FIN, 0);
    bad[2] = header_of(WW_WS_OP_PING, 0, 0);
    bad[3] = header_of(WW_WS_OP_CLOSE, WW_WS_FRAME_FIN, 126);
    bad[4] = header_of(WW_WS_OP_TEXT, WW_WS_FRAME_FIN, (uint64_t)1 << 63);
    bad[5] = header_of(WW_WS_OP_TEXT, WW_WS_FRAME_FIN | 0x20, 0);
    bad[6] = header_of(WW_WS_OP_TEXT, WW_WS_FRAME_FIN, 0);
    bad[6].reserved = 1;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        written = 9;
        CHECK(ww_ws_encode_header(&bad[i], out, &written) == WW_E_ARGUMENT && written == 0);
    }
}

static void round_trip(void)
{
    static const uint8_t FLAGS[] = { 0, WW_WS_FRAME_FIN, WW_WS_FRAME_RSV1, WW_WS_FRAME_MASKED, WW_WS_FRAME_FIN | WW_WS_FRAME_RSV1 | WW_WS_FRAME_MASKED };
    uint8_t out[WW_WS_HEADER_MAX];
    size_t i, bit;
    for (i = 0; i < sizeof FLAGS; i++) {
        for (bit = 0; bit < 63; bit++) {
            ww_ws_header header = header_of(WW_WS_OP_BINARY, FLAGS[i], ((uint64_t)1 << bit) - 1);
            header.header_len = (uint8_t)put(&header, out);
            if ((FLAGS[i] & WW_WS_FRAME_MASKED) == 0) memset(header.key, 0, 4);
            ww_ws_header again = reads((const char *)out, header.header_len);
            CHECK(memcmp(&again, &header, sizeof header) == 0);
        }
    }
}

const struct test WEBSOCKET_TESTS[] = {
    { "ws_frm_03", ws_frm_03 }, { "ws_frm_06", ws_frm_06 }, { "ws_frm_08", ws_frm_08 }, { "ws_frm_09", ws_frm_09 },
    { "ws_frm_10", ws_frm_10 }, { "ws_ctl_02", ws_ctl_02 }, { "websocket_illegal", illegal },
    { "websocket_round_trip", round_trip }, { NULL, NULL },
};
