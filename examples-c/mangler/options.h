/* What the command line asks for. */
#ifndef MANGLER_OPTIONS_H
#define MANGLER_OPTIONS_H

#include <stdint.h>
#include <stdio.h>

/* The directions, named by the end that the octets come from. */
enum { FROM_CLIENT, FROM_SERVER };

/* What becomes of the octets of one direction. Zeros pass them on as they are. */
struct rules {
    uint64_t delay_ms;
    uint64_t trickle;     /* octets to a send, one send in a millisecond; 0: no limit */
    uint64_t cut_after;   /* octets; UINT64_MAX: never */
    uint64_t reset_after; /* octets; UINT64_MAX: never */
    int half_close_drop;  /* the end of the direction is not passed on */
};

struct options {
    const char *listen, *to;
    uint64_t seed; /* 0: the numbers of the rules are meant as they are */
    struct rules rules[2];
};

/* Answers 0, or -1 for a command line that is not understood. */
int options_parse(struct options *options, int argc, char **argv);

/* Answers `status`. */
int options_usage(FILE *to, int status);

#endif
