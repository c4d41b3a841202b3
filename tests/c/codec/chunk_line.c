/* Chunk lines. */
#include "codec.h"
#include <string.h>

static void h1_chunk_01(void)
{
    REFUSES("+5\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 0);
    REFUSES("-1\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 0);
    REFUSES("0x5\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 1);
    REFUSES("1_0\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 1);
    REFUSES("5g\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 1);
    REFUSES(" 5\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 0);
    REFUSES("\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-01", 0);
    ACCEPTS("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n", "01234567890123456789", 0);
}

static void h1_chunk_02(void)
{
    REFUSES("5 \r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-02", 2);
    REFUSES("5 a\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-02", 2);
    ACCEPTS("5 ; a=b\r\nhello\r\n0\r\n", "hello", 0);
}

static void h1_chunk_03(void)
{
    REFUSES("10000000000000005\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-03", 16);
    REFUSES("5\r\nhello\r\nFFFFFFFFFFFFFFFF1\r\n", "hello", WW_E_CHUNK, "H1-CHUNK-03", 26);
}

static void h1_chunk_04(void)
{
    ACCEPTS("0000005\r\nhello\r\n000\r\n", "hello", 0);
}

static void h1_chunk_06(void)
{
    REFUSES("5\nhello\r\n", "", WW_E_LINE_END, "H1-CHUNK-06", 1);
    REFUSES("2\r\r;a\r\nhi\r\n", "", WW_E_LINE_END, "H1-CHUNK-06", 2);
    REFUSES("5;a\nb\r\nhello\r\n", "", WW_E_LINE_END, "H1-CHUNK-06", 3);
}

static void h1_chunk_07(void)
{
    REFUSES("5;\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-07", 2);
    REFUSES("5;=x\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-07", 2);
    REFUSES("5;a\0\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-07", 3);
    REFUSES("5;a=\"x\r\nhello\r\n", "", WW_E_CHUNK, "H1-CHUNK-07", 6);
}

static void h1_chunk_08(void)
{
    ACCEPTS("5;a=b;c=\"d;\\\"e\" ; f\r\nhello\r\n0;z\r\n", "hello", 0);
}

static void h1_lim_04(void)
{
    char line[400], extended[40];
    ww_chunk_limits limits = WW_CHUNK_LIMITS_INIT;
    memset(line, 'a', sizeof line - 1);
    memcpy(line, "1;", 2);
    line[sizeof line - 1] = 0;
    refuses_within(NULL, line, WW_E_TOO_LARGE, 256);
    refuses_within(&limits, line, WW_E_TOO_LARGE, 256);
    limits.line_max = 4;
    refuses_within(&limits, "1\r\na\r\n00001\r\n", WW_E_TOO_LARGE, 10);
    limits.line_max = 0;
    limits.extensions_max = 5;
    strcpy(extended, "1;abc\r\na\r\n1;ab\r\n");
    refuses_within(&limits, extended, WW_E_TOO_LARGE, 12);
}

const struct test CHUNK_LINE_TESTS[] = {
    { "h1_chunk_01", h1_chunk_01 }, { "h1_chunk_02", h1_chunk_02 }, { "h1_chunk_03", h1_chunk_03 },
    { "h1_chunk_04", h1_chunk_04 }, { "h1_chunk_06", h1_chunk_06 }, { "h1_chunk_07", h1_chunk_07 },
    { "h1_chunk_08", h1_chunk_08 }, { "h1_lim_04", h1_lim_04 },     { NULL, NULL },
};
