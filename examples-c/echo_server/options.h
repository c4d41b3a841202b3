/* The command line. */
#ifndef OPTIONS_H
#define OPTIONS_H
#include <stdint.h>

enum { THREADS_MAX = 64 };

struct options {
    const char *address; /* ADDR:PORT or unix:PATH */
    int threads;
    uint64_t body_max, message_max; /* 0: the library's */
    int no_deflate;
    const char *chain, *key; /* NULL: no TLS */
    const char *client_ca;   /* NULL: clients are not asked for certificates */
    int kernel_tls;
    const char *file;        /* NULL: none */
};

/* Answers 0, or -1 after it has printed the usage. */
int options_parse(struct options *options, int argc, char **argv);

#endif
