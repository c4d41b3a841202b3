#include "options.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number from 1 to `most`. */
static int parse_number(const char *text, uint64_t most, uint64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && *out >= 1 && *out <= most ? 0 : -1;
}

static int take(struct options *options, const char *name, const char *value)
{
    uint64_t threads = 0;
    if (value == NULL)
        return -1;
    if (strcmp(name, "--listen") == 0) {
        options->address = value;
        return 0;
    }
    if (strcmp(name, "--max-body") == 0)
        return parse_number(value, UINT64_MAX, &options->body_max);
    if (strcmp(name, "--max-message") == 0)
        return parse_number(value, UINT64_MAX, &options->message_max);
    if (strcmp(name, "--threads") != 0 || parse_number(value, THREADS_MAX, &threads) != 0)
        return -1;
    options->threads = (int)threads;
    return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
    static const char usage[] = "usage: %s [--listen ADDR:PORT|unix:PATH] [--threads N] [--max-body BYTES]\n"
                                "       [--max-message BYTES] [--no-deflate]\n";
    int i = 1;
    *options = (struct options){ "127.0.0.1:8080", 1, 0, 0, 0 };
    while (i < argc) {
        int is_alone = strcmp(argv[i], "--no-deflate") == 0;
        if (is_alone)
            options->no_deflate = 1;
        else if (take(options, argv[i], argv[i + 1]) != 0) {
            fprintf(stderr, usage, argv[0]);
            return -1;
        }
        i += is_alone ? 1 : 2;
    }
    return 0;
}
