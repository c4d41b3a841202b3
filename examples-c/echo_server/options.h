/* The command line. */
#ifndef OPTIONS_H
#define OPTIONS_H
#include <stdint.h>
#include <stdio.h>

enum { THREADS_MAX = 64 };

struct options {
    const char *address; /* ADDRESS:PORT or unix:PATH */
    int threads;
    uint64_t body_max, message_max; /* 0: the library's */
    int no_deflate;
    const char *chain, *key; /* NULL: no TLS */
    const char *client_ca;   /* NULL: clients are not asked for certificates */
    int kernel_tls;
    const char *file;        /* NULL: none */
    int driver;              /* WW_DRIVER_* */
};

/* Answers 0, or -1 where they are not understood. */
int options_parse(struct options *options, int argc, char **argv);
/* Prints them, and answers `status`. */
int options_usage(FILE *to, int status);

#endif
