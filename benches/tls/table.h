/* The table that is printed. */
#ifndef BENCH_TLS_TABLE_H
#define BENCH_TLS_TABLE_H
#include "ends.h"

/* Times of the servers, wireway first, and of OpenSSL's cryptography alone. */
enum { SERVERS = 3, TIMES = SERVERS + 1, ROUNDS_MAX = 1000 };

void show_heading(const struct server *const *servers);
/* From the times of each round, in ns: the medians in us, and OpenSSL's servers' to wireway's in the same round. */
void show_line(const char *name, double times[TIMES][ROUNDS_MAX], int rounds);
#endif
