/* Chunked messages, in and out. */
#include "codec.h"
#include <stdio.h>
#include <string.h>

static void h1_chunk_05(void)
{
    REFUSES("5\r\nhelloX\r\n", "hello", WW_E_CHUNK, "H1-CHUNK-05", 8);
    REFUSES("5\r\nhello0\r\n\r\n", "hello", WW_E_CHUNK, "H1-CHUNK-05", 8);
    REFUSES("5\r\nhello\n0\r\n\r\n", "hello", WW_E_CHUNK, "H1-CHUNK-05", 8);
    REFUSES("5\r\nhello\r\r\n", "hello", WW_E_CHUNK, "H1-CHUNK-05", 9);
}

/* The trailer section is not the decoder's: it stops before it, and the parser of trailers judges. */
static void h1_chunk_10(void)
{
    static const char message[] = "5\r\nhello\r\n0\r\nXX\r\n\r\n";
    ww_scan scan = WW_SCAN_INIT;
    ww_field fields[4];
    ww_head head;
    ACCEPTS("5\r\nhello\r\n0\r\nXX\r\n\r\n", "hello", 6);
    CHECK(ww_parse_trailers(message + 13, 6, NULL, &scan, fields, 4, &head) == WW_E_TRAILER);
}

static void h1_chunk_11(void)
{
    REFUSES("INVALID\r\nGET / HTTP/1.1\r\n\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 0);
    REFUSES("1\r\naX\r\n5\r\nhello\r\n0\r\n", "a", WW_E_CHUNK, "H1-CHUNK-05", 4);
}

/* Writes a chunk of these octets, returns how much was written. */
static size_t put_chunk(char *out, const char *content, size_t len)
{
    uint8_t head[WW_CHUNK_HEAD_MAX];
    size_t head_len = 99;
    CHECK(ww_chunk_head(len, head, &head_len) == WW_OK);
    if (len == 0) {
        CHECK(head_len == 0);
        return 0;
    }
    memcpy(out, head, head_len);
    memcpy(out + head_len, content, len);
    memcpy(out + head_len + len, WW_CHUNK_END, 2);
    return head_len + len + 2;
}

static void h1_chunk_12(void)
{
    uint8_t head[WW_CHUNK_HEAD_MAX];
    char out[64], text[32];
    size_t len, bit;
    len = put_chunk(out, "", 0);
    len += put_chunk(out + len, "hi", 2);
    memcpy(out + len, WW_NO_TRAILERS, sizeof WW_NO_TRAILERS);
    CHECK(strcmp(out, "2\r\nhi\r\n0\r\n\r\n") == 0);
    CHECK(strncmp(WW_NO_TRAILERS, WW_LAST_CHUNK, strlen(WW_LAST_CHUNK)) == 0);
    for (bit = 0; bit <= 64; bit++) {
        uint64_t size = bit == 64 ? UINT64_MAX : (uint64_t)1 << bit;
        sprintf(text, "%llx\r\n", (unsigned long long)size);
        CHECK(ww_chunk_head(size, head, &len) == WW_OK);
        CHECK(len == strlen(text) && memcmp(head, text, len) == 0);
    }
}

/* What is encoded is decoded to the same, wherever the octets are cut. */
static void round_trip(void)
{
    char content[500], message[1200];
    size_t sizes[] = { 1, 15, 16, 17, 0, 100, 255 }, at = 0, len = 0, i;
    for (i = 0; i < sizeof content; i++) content[i] = (char)(' ' + i * 7 % 90);
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        len += put_chunk(message + len, content + at, sizes[i]);
        at += sizes[i];
    }
    content[at] = 0;
    memcpy(message + len, WW_LAST_CHUNK, 3);
    accepts(message, len + 3, content, 0);
}

/* A copy of a decoder goes on from the same place. */
static void copy_of_a_decoder(void)
{
    static const uint8_t message[] = "5\r\nhello\r\n0\r\n";
    ww_chunk_decoder decoder = WW_CHUNK_DECODER_INIT, copy;
    size_t consumed;
    ww_span data;
    int i;
    CHECK(ww_chunk_next(&decoder, message, 5, NULL, &consumed, &data) == WW_OK && data.len == 2);
    for (i = 0; i < 2; i++) {
        copy = decoder;
        CHECK(ww_chunk_next(&copy, message + 5, 8, NULL, &consumed, &data) == WW_OK && data.len == 3);
        CHECK(ww_chunk_next(&copy, message + 8, 5, NULL, &consumed, &data) == WW_DONE && consumed == 5);
    }
}

const struct test CHUNK_TESTS[] = {
    { "h1_chunk_05", h1_chunk_05 }, { "h1_chunk_10", h1_chunk_10 },
    { "h1_chunk_11", h1_chunk_11 }, { "h1_chunk_12", h1_chunk_12 },
    { "chunk_round_trip", round_trip }, { "chunk_copy", copy_of_a_decoder }, { NULL, NULL },
};
