/* TLS for wss:// URLs: one config for all connections. */
#ifndef SECURE_H
#define SECURE_H
#include <wireway.h>

/* Makes a config that trusts the certificates in the file `ca`, or with NULL what the platform trusts. Answers NULL after it has said
 * why: that a library built without TLS has none, for one. */
ww_tls_config *secure_open(const char *ca);

#endif
