/* TLS as a byte pump: tls CHAIN KEY ROOTS, three files. */
#include "tls.h"
#include <stdio.h>

static int make(struct configs *c, char **files)
{
    ww_tls_certificate own = WW_TLS_CERTIFICATE_FILES(files[1], files[2]);
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_error_info info = WW_ERROR_INFO_INIT;
    options.role = WW_ROLE_SERVER;
    options.certificates = &own;
    options.certificate_count = 1;
    if (ww_tls_config_new(&options, &c->server, &info) != WW_OK) return fprintf(stderr, "%s\n", info.reason), 0;
    options.role = WW_ROLE_CLIENT;
    options.certificates = NULL;
    options.certificate_count = 0;
    options.roots_path = files[3];
    if (ww_tls_config_new(&options, &c->client, &info) != WW_OK) return fprintf(stderr, "%s\n", info.reason), 0;
    return 1;
}

int main(int argc, char **argv)
{
    struct configs c = { NULL, NULL };
    if (argc != 4 || !make(&c, argv)) return 2;
    talking(&c);
    ending(&c);
    refused(&c);
    without_memory(&c);
    connections(&c);
    refusing(&c, argv[1]);
    ww_tls_config_free(c.server);
    ww_tls_config_free(c.client);
    return check_result();
}
