/* What OpenSSL's servers and the client have in common. */
#ifndef BENCH_TLS_OPENSSL_H
#define BENCH_TLS_OPENSSL_H
#include "ends.h"
#include <openssl/bio.h>
#include <openssl/ssl.h>

/* A context for TLS 1.3 with TLS_AES_128_GCM_SHA256 and X25519 only. */
SSL_CTX *tls13_context(const SSL_METHOD *method);
/* A connection over two new memory BIOs. */
SSL *over_memory(SSL_CTX *context);
/* Copies what a memory BIO has: to `out`, or elsewhere. */
void drain(BIO *bio, struct wire *out);
/* Reads until there is nothing more, the handshake included; with how many octets of plaintext. */
size_t read_all(SSL *ssl);
/* Frees it as after a proper end, so that its session is kept. */
void free_kept(SSL *ssl);
#endif
