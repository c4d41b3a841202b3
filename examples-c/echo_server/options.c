#include "options.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wireway.h>

/* A decimal number from 1 to `most`. */
static int parse_number(const char *text, uint64_t most, uint64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && *out >= 1 && *out <= most ? 0 : -1;
}

static int take_number(struct options *options, const char *name, const char *value)
{
    uint64_t threads = 0;
    if (strcmp(name, "--max-body") == 0)
        return parse_number(value, UINT64_MAX, &options->body_max);
    if (strcmp(name, "--max-message") == 0)
        return parse_number(value, UINT64_MAX, &options->message_max);
    if (strcmp(name, "--threads") != 0 || parse_number(value, THREADS_MAX, &threads) != 0)
        return -1;
    options->threads = (int)threads;
    return 0;
}

static int take_driver(struct options *options, const char *name)
{
    static const struct { const char *name; int driver; } drivers[] = { { "epoll", WW_DRIVER_EPOLL }, { "io_uring", WW_DRIVER_URING } };
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (strcmp(name, drivers[i].name) == 0) {
            options->driver = drivers[i].driver;
            return 0;
        }
    return -1;
}

/* An option without a value. */
static int take_switch(struct options *options, const char *name)
{
    if (strcmp(name, "--no-deflate") == 0)
        return options->no_deflate = 1;
    if (strcmp(name, "--kernel-tls") == 0)
        return options->kernel_tls = 1;
    return 0;
}

static int take_text(struct options *options, const char *name, const char *value)
{
    if (strcmp(name, "--listen") == 0)
        options->address = value;
    else if (strcmp(name, "--client-ca") == 0)
        options->client_ca = value;
    else if (strcmp(name, "--file") == 0)
        options->file = value;
    else
        return -1;
    return 0;
}

/* Takes the option that `argv` begins with; answers how many arguments it has with its name, or 0. */
static int take(struct options *options, char **argv)
{
    const char *name = argv[0], *value = argv[1];
    if (take_switch(options, name))
        return 1;
    if (value == NULL)
        return 0;
    if (strcmp(name, "--tls") == 0) {
        options->chain = value;
        options->key = argv[2];
        return argv[2] != NULL ? 3 : 0;
    }
    if (strcmp(name, "--driver") == 0)
        return take_driver(options, value) == 0 ? 2 : 0;
    return take_text(options, name, value) == 0 || take_number(options, name, value) == 0 ? 2 : 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
    int i = 1, taken = 1;
    memset(options, 0, sizeof *options);
    options->address = "127.0.0.1:8080";
    options->threads = 1;
    while (i < argc && (taken = take(options, argv + i)) > 0)
        i += taken;
    return taken == 0 || ((options->client_ca != NULL || options->kernel_tls) && options->chain == NULL) ? -1 : 0;
}

int options_usage(FILE *to, int status)
{
    fputs("usage: echo_server [--listen ADDRESS:PORT|unix:PATH] [--threads N] [--max-body BYTES]\n"
          "       [--max-message BYTES] [--no-deflate] [--file PATH] [--driver epoll|io_uring]\n"
          "       [--tls CERT KEY [--client-ca CA] [--kernel-tls]]\n", to);
    return status;
}
