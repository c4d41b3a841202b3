/* wireway's server: ww_tls over one workspace. */
#include "ends.h"
#include "wireway.h"
#include <stdlib.h>
#include <string.h>

static ww_workspace *workspace;
static uint8_t lend[1 << 16];

static void *config(const char *chain, const char *key)
{
    ww_tls_certificate own = WW_TLS_CERTIFICATE_FILES(chain, key);
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_tls_config *made = NULL;
    options.role = WW_ROLE_SERVER;
    options.certificates = &own;
    options.certificate_count = 1;
    must(ww_tls_config_new(&options, &made, &info) == WW_OK, info.reason);
    if (workspace == NULL) must(ww_workspace_new(NULL, &workspace) == WW_OK, "workspace");
    return made;
}

static void config_free(void *made)
{
    ww_tls_config_free(made);
}

static void *open_end(void *made)
{
    ww_span none = {NULL, 0};
    ww_tls *tls = NULL;
    must(ww_tls_new(made, workspace, none, &tls) == WW_OK, "ww_tls_new");
    return tls;
}

static void close_end(void *tls)
{
    ww_tls_free(tls);
}

static void flush(ww_tls *tls, struct wire *out)
{
    ww_iovec iov[16];
    size_t count, i, n;
    while ((count = ww_tls_output(tls, iov, 16)) > 0) {
        for (i = n = 0; i < count; i++) {
            if (out != NULL) wire_append(out, iov[i].iov_base, iov[i].iov_len);
            n += iov[i].iov_len;
        }
        must(ww_tls_sent(tls, n) == WW_OK, "ww_tls_sent");
    }
}

static size_t hear(void *tls, const uint8_t *octets, size_t n, struct wire *out)
{
    ww_span plain;
    ww_status status;
    size_t heard = 0;
    must(n <= sizeof lend, "a lend is too long");
    memcpy(lend, octets, n);
    must(ww_tls_receive(tls, lend, n) == WW_OK, "ww_tls_receive");
    while ((status = ww_tls_next(tls, &plain)) == WW_OK) heard += plain.len;
    must(status == WW_NEED_INPUT, "ww_tls_next");
    flush(tls, out);
    return heard;
}

static void say(void *tls, const uint8_t *octets, size_t n, struct wire *out)
{
    ww_iovec part;
    part.iov_base = (void *)(uintptr_t)octets;
    part.iov_len = n;
    must(ww_tls_send(tls, &part, 1) == WW_OK, "ww_tls_send");
    flush(tls, out);
}

const struct server wireway_server = {"wireway", config, config_free, open_end, close_end, hear, say};
