/* The servers that are compared, each as a set of functions, and the client they all have: OpenSSL's. */
#ifndef BENCH_TLS_ENDS_H
#define BENCH_TLS_ENDS_H
#include <stddef.h>
#include <stdint.h>

/* Octets on their way. */
struct wire {
    size_t len;
    uint8_t octets[1 << 21];
};

/* A way to be a server. What fails ends the program: a figure that is printed was measured. */
struct server {
    const char *name;
    void *(*config)(const char *chain, const char *key);
    void (*config_free)(void *config);
    void *(*open)(void *config);
    void (*close)(void *end);
    /* Takes what came, the first copy of which is counted as the server's, as recv() would make it; with how many octets of
       plaintext it was. What is to go out is appended to `out`; without one it is let go of, as after a send(). */
    size_t (*hear)(void *end, const uint8_t *octets, size_t n, struct wire *out);
    /* Says `n` octets, at most 64 KiB, in one call. */
    void (*say)(void *end, const uint8_t *octets, size_t n, struct wire *out);
};

extern const struct server wireway_server;
/* OpenSSL over memory BIOs, as programs with a loop of their own have it: octets are copied in and out. */
extern const struct server memory_bio_server;
/* OpenSSL over a BIO of this program, which lets it write from where it encrypts, and costs next to nothing. */
extern const struct server lean_bio_server;

void wire_append(struct wire *wire, const void *octets, size_t n);
/* Ends the program unless `is_good`. */
void must(int is_good, const char *what);

/* The client. It speaks TLS 1.3 with TLS_AES_128_GCM_SHA256 and X25519 only, and thereby chooses them for every server. */
struct client;
void client_begin(void);
void client_end(void);
/* Its hello is in `out`. With `resume` it goes on from the last session whose ticket a client was given. */
struct client *client_open(int resume, struct wire *out);
void client_close(struct client *client);
/* Takes what came; with how many octets of plaintext. */
size_t client_hear(struct client *client, const struct wire *in, struct wire *out);
void client_say(struct client *client, const uint8_t *octets, size_t n, struct wire *out);
int client_is_open(const struct client *client);
int client_is_resumed(const struct client *client);

/* OpenSSL's cryptography alone, with the private key of this file. */
void bare_begin(const char *key);
void bare_end(void);
/* A record of 16 KiB. */
void bare_seal(void);
void bare_open(void);
/* What a server does in a resumed handshake: a new key on X25519, and what it shares with another. */
void bare_exchange(void);
/* And in a full one. */
void bare_exchange_and_sign(void);
#endif
