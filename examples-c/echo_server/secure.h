/* TLS: one config for all servers, made again from its files on SIGHUP. */
#ifndef SECURE_H
#define SECURE_H
#include "options.h"
#include <wireway.h>

/* Makes the config, and a thread that renews it; before any other thread is made. Answers NULL after it has said why. */
ww_tls_config *secure_open(const struct options *options);

/* Ends the thread and frees the config; NULL is fine. */
void secure_close(ww_tls_config *config);

#endif
