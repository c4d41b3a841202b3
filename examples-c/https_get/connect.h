/* A connection to the host of a URL. */
#ifndef CONNECT_H
#define CONNECT_H
#include <wireway.h>

/* Answers a socket that blocks, or -1 after it has told why there is none. */
int connect_to(const ww_url *url);

#endif
