/* A connection of a client, one to the server, and the octets on their way between them. */
#ifndef MANGLER_PAIR_H
#define MANGLER_PAIR_H

#include "options.h"
#include <wireway.h>

struct pair;

/* Connects to the server for a client that was accepted. Completions of the client and of the first timer have `token`, those of the
 * server and of the second one `token + 1`; the timers have these numbers, too. NULL: it cannot be, and the client is closed. */
struct pair *pair_open(ww_loop *loop, ww_socket client, const ww_address *to, const struct options *options, uint64_t token, uint64_t seed);

/* A completion with the token of the client (`side` 0) or of the server. Answers 0 when it was the last one: free() the pair then. */
int pair_step(struct pair *pair, int side, const ww_completion *done);

#endif
