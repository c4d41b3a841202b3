/* A connection of a client, one to the server, and the octets on their way between them. */
#ifndef MANGLER_PAIR_H
#define MANGLER_PAIR_H

#include "options.h"
#include <wireway.h>

struct pair;

/* Connects to the server for a client that was accepted. Completions of the client have `token`, those of the server `token + 1`;
 * the pair uses the timers of these two numbers, with the same tokens. Answers NULL where there is no memory or the connect fails
 * at once: the client is closed then. */
struct pair *pair_open(ww_loop *loop, ww_socket client, const ww_address *to, const struct options *options, uint64_t token, uint64_t seed);

/* Handles a completion with the token of the client (`side` 0) or of the server (1). Answers 0 after the last one: free() the pair. */
int pair_step(struct pair *pair, int side, const ww_completion *done);

#endif
