/* TLS under a connection, and the peer that speaks it: a ww_tls of the other role. */
#include "driver.h"
#include <stdlib.h>
#include <string.h>

enum { VERSIONS = 3, ROLES = 2 };

/* Made once for each role and version; 0: whatever both speak. */
static ww_tls_config *configs[ROLES][VERSIONS];

static ww_tls_config *config_of(const char *folder, uint32_t role, uint32_t version)
{
    char chain[512], key[512], roots[512];
    ww_tls_certificate certificate = WW_TLS_CERTIFICATE_FILES(chain, key);
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_tls_config **config = &configs[role == WW_ROLE_CLIENT][version == 0 ? 0 : version - WW_TLS_1_2 + 1];
    if (*config != NULL) return *config;
    snprintf(chain, sizeof chain, "%s/server.pem", folder);
    snprintf(key, sizeof key, "%s/server.key", folder);
    snprintf(roots, sizeof roots, "%s/ca.pem", folder);
    options.role = role;
    options.version_min = options.version_max = version;
    if (role == WW_ROLE_CLIENT) {
        options.roots_path = roots;
    } else {
        options.certificates = &certificate;
        options.certificate_count = 1;
    }
    if (ww_tls_config_new(&options, config, NULL) != WW_OK) broken("ww_tls_config_new");
    return *config;
}

void tls_configs_free(void)
{
    size_t i;
    for (i = 0; i < ROLES * VERSIONS; i++) ww_tls_config_free(configs[i / VERSIONS][i % VERSIONS]);
}

void tls_under(ww_conn_config *config, const char *folder)
{
    config->tls = config_of(folder, config->role, 0);
    config->server_name = ww_span_from("a.example:443");
}

void peer_open(struct peer *p, uint32_t role, uint32_t version, const char *folder)
{
    const uint32_t other = role == WW_ROLE_CLIENT ? WW_ROLE_SERVER : WW_ROLE_CLIENT;
    const ww_tls_config *config = config_of(folder, other, version);
    if (ww_workspace_new(NULL, &p->workspace) != WW_OK) broken("a workspace of the peer");
    if (ww_tls_new(config, p->workspace, ww_span_from("a.example:443"), &p->tls) != WW_OK) broken("ww_tls_new");
}

/* Puts what the peer has to send on the wire. */
static void peer_out(struct peer *p, struct bytes *wire)
{
    ww_iovec iov[PIECES_MAX];
    size_t i, count;
    while ((count = ww_tls_output(p->tls, iov, PIECES_MAX)) > 0) {
        size_t len = 0;
        for (i = 0; i < count; i++) {
            bytes_add(wire, iov[i].iov_base, iov[i].iov_len);
            len += iov[i].iov_len;
        }
        if (ww_tls_sent(p->tls, len) != WW_OK) broken("ww_tls_sent");
    }
}

void peer_hear(struct peer *p, const uint8_t *data, size_t len, struct bytes *wire)
{
    uint8_t *lend = malloc(len + 1);
    ww_span plain;
    if (lend == NULL) abort();
    if (len != 0) memcpy(lend, data, len);
    p->rest = ww_tls_receive(p->tls, lend, len);
    while (p->rest == WW_OK && (p->rest = ww_tls_next(p->tls, &plain)) == WW_OK) {
        printf("OUT ");
        for (; plain.len > 0; plain.data++, plain.len--) printf("%02x", *plain.data);
        putchar('\n');
    }
    free(lend);
    peer_out(p, wire);
}

/* What a peer whose TLS has ended cannot send is not sent. */
void peer_seal(struct peer *p, ww_span octets, struct bytes *wire)
{
    ww_iovec part;
    part.iov_base = (void *)octets.data;
    part.iov_len = octets.len;
    (void)ww_tls_send(p->tls, &part, 1);
    peer_out(p, wire);
}

void peer_end(struct peer *p, struct bytes *wire)
{
    (void)ww_tls_close(p->tls);
    peer_out(p, wire);
}

void peer_close(struct peer *p)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    if (p->tls == NULL) return;
    if (p->rest == WW_DONE) {
        printf("PEER done\n");
    } else if (ww_tls_error(p->tls, &error) == WW_OK && error.code != WW_OK) {
        printf("PEER %s\n", error.reason);
    } else {
        printf("PEER open\n");
    }
    ww_tls_free(p->tls);
    ww_workspace_free(p->workspace);
}
