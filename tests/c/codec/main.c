#include "codec.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct test *const ALL[] = { CHUNK_TESTS, CHUNK_LINE_TESTS, WRITE_TESTS, FRAMING_TESTS, LOOKUP_TESTS, COPY_TESTS,
                                          ARGUMENT_TESTS, WEBSOCKET_TESTS, WEBSOCKET_TEXT_TESTS, WEBSOCKET_REQUEST_TESTS, URL_TESTS, SEMANTICS_TESTS,
                                          VERDICT_TESTS, SELECTION_TESTS, TEXT_TESTS, MULTIPART_TESTS };

uint8_t *exactly(const void *octets, size_t len)
{
    uint8_t *copy = malloc(len == 0 ? 1 : len);
    if (copy == NULL) abort();
    if (len != 0) memcpy(copy, octets, len);
    return copy;
}

/* Without an argument, lists the tests. */
int main(int argc, char **argv)
{
    size_t i, ran = 0;
    for (i = 0; i < sizeof ALL / sizeof ALL[0]; i++) {
        const struct test *test;
        for (test = ALL[i]; test->name != NULL; test++) {
            if (argc < 2) puts(test->name);
            else if (strcmp(test->name, argv[1]) == 0) test->run(), ran++;
        }
    }
    CHECK(ran == 1 || argc < 2);
    return check_result();
}
