/* OpenSSL's client, which every server has. */
#include "openssl.h"

static SSL_CTX *context;
static SSL_SESSION *session;

static int keep_session(SSL *ssl, SSL_SESSION *given)
{
    (void)ssl;
    SSL_SESSION_free(session);
    session = given;
    return 1;
}

void client_begin(void)
{
    context = tls13_context(TLS_client_method());
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
}

void client_end(void)
{
    SSL_SESSION_free(session);
    SSL_CTX_free(context);
}

struct client *client_open(int resume, struct wire *out)
{
    SSL *ssl = over_memory(context);
    SSL_set_connect_state(ssl);
    if (resume) must(SSL_set_session(ssl, session) == 1, "SSL_set_session");
    must(SSL_do_handshake(ssl) == -1, "the client's hello");
    drain(SSL_get_wbio(ssl), out);
    return (struct client *)ssl;
}

void client_close(struct client *client)
{
    free_kept((SSL *)client);
}

size_t client_hear(struct client *client, const struct wire *in, struct wire *out)
{
    SSL *ssl = (SSL *)client;
    size_t heard;
    if (in->len != 0) must(BIO_write(SSL_get_rbio(ssl), in->octets, (int)in->len) == (int)in->len, "BIO_write");
    heard = read_all(ssl);
    drain(SSL_get_wbio(ssl), out);
    return heard;
}

void client_say(struct client *client, const uint8_t *octets, size_t n, struct wire *out)
{
    SSL *ssl = (SSL *)client;
    must(SSL_write(ssl, octets, (int)n) == (int)n, "SSL_write");
    drain(SSL_get_wbio(ssl), out);
}

int client_is_open(const struct client *client)
{
    return SSL_is_init_finished((const SSL *)client);
}

int client_is_resumed(const struct client *client)
{
    return SSL_session_reused((const SSL *)client);
}
