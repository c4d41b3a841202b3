/* OpenSSL's servers: over memory BIOs, and over a BIO that has nothing to do. */
#include "openssl.h"
#include <string.h>

static void *config(const char *chain, const char *key)
{
    SSL_CTX *context = tls13_context(TLS_server_method());
    must(SSL_CTX_use_certificate_chain_file(context, chain) == 1, "certificate");
    must(SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1, "key");
    /* Tickets need none, and keeping sessions besides would cost it time. */
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return context;
}

static void config_free(void *context)
{
    SSL_CTX_free(context);
}

static void close_end(void *ssl)
{
    free_kept(ssl);
}

static void *open_memory(void *context)
{
    SSL *ssl = over_memory(context);
    SSL_set_accept_state(ssl);
    return ssl;
}

static size_t hear_memory(void *ssl, const uint8_t *octets, size_t n, struct wire *out)
{
    size_t heard;
    must(BIO_write(SSL_get_rbio(ssl), octets, (int)n) == (int)n, "BIO_write");
    heard = read_all(ssl);
    drain(SSL_get_wbio(ssl), out);
    return heard;
}

static void say_memory(void *ssl, const uint8_t *octets, size_t n, struct wire *out)
{
    must(SSL_write(ssl, octets, (int)n) == (int)n, "SSL_write");
    drain(SSL_get_wbio(ssl), out);
}

/* What the lean BIOs read from and write to: one end is at work at a time. */
static const uint8_t *input;
static size_t input_len;
static struct wire *output;

static int lean_read(BIO *bio, char *to, size_t cap, size_t *n)
{
    BIO_clear_retry_flags(bio);
    *n = cap < input_len ? cap : input_len;
    if (*n == 0) BIO_set_retry_read(bio);
    memcpy(to, input, *n);
    input += *n;
    input_len -= *n;
    return *n != 0;
}

static int lean_write(BIO *bio, const char *from, size_t n, size_t *written)
{
    (void)bio;
    if (output != NULL) wire_append(output, from, n);
    *written = n;
    return 1;
}

static long lean_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio, (void)number, (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

static BIO *lean_bio(void)
{
    static BIO_METHOD *method;
    BIO *bio;
    if (method == NULL) {
        method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "lean");
        must(method != NULL, "BIO_meth_new");
        BIO_meth_set_read_ex(method, lean_read);
        BIO_meth_set_write_ex(method, lean_write);
        BIO_meth_set_ctrl(method, lean_control);
    }
    bio = BIO_new(method);
    must(bio != NULL, "BIO_new");
    BIO_set_init(bio, 1);
    return bio;
}

static void *open_lean(void *context)
{
    SSL *ssl = SSL_new(context);
    BIO *bio = lean_bio();
    must(ssl != NULL, "SSL_new");
    SSL_set_bio(ssl, bio, bio);
    SSL_set_accept_state(ssl);
    return ssl;
}

static size_t hear_lean(void *ssl, const uint8_t *octets, size_t n, struct wire *out)
{
    size_t heard;
    input = octets;
    input_len = n;
    output = out;
    heard = read_all(ssl);
    must(input_len == 0, "input is left");
    return heard;
}

static void say_lean(void *ssl, const uint8_t *octets, size_t n, struct wire *out)
{
    output = out;
    must(SSL_write(ssl, octets, (int)n) == (int)n, "SSL_write");
}

const struct server memory_bio_server = {"memory BIO", config, config_free, open_memory, close_end, hear_memory, say_memory};
const struct server lean_bio_server = {"lean BIO", config, config_free, open_lean, close_end, hear_lean, say_lean};
