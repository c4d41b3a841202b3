#include "openssl.h"
#include <openssl/err.h>

SSL_CTX *tls13_context(const SSL_METHOD *method)
{
    SSL_CTX *context = SSL_CTX_new(method);
    must(context != NULL && SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1, "SSL_CTX_new");
    must(SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") == 1, "cipher suite");
    must(SSL_CTX_set1_groups_list(context, "X25519") == 1, "group");
    return context;
}

SSL *over_memory(SSL_CTX *context)
{
    SSL *ssl = SSL_new(context);
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
    must(ssl != NULL && in != NULL && out != NULL, "SSL_new");
    SSL_set_bio(ssl, in, out);
    return ssl;
}

void drain(BIO *bio, struct wire *out)
{
    static char elsewhere[1 << 16];
    int n;
    while ((n = BIO_read(bio, elsewhere, sizeof elsewhere)) > 0) {
        if (out != NULL) wire_append(out, elsewhere, (size_t)n);
    }
}

size_t read_all(SSL *ssl)
{
    static uint8_t plain[1 << 14];
    size_t n, heard = 0;
    ERR_clear_error();
    while (SSL_read_ex(ssl, plain, sizeof plain, &n) == 1) heard += n;
    must(SSL_get_error(ssl, 0) == SSL_ERROR_WANT_READ, "SSL_read");
    return heard;
}

void free_kept(SSL *ssl)
{
    SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl);
}
