#include "secure.h"
#include <stdio.h>

ww_tls_config *secure_open(const char *ca)
{
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_tls_config *config;
    ww_status status;
    options.role = WW_ROLE_CLIENT;
    options.roots_path = ca;
    status = ww_tls_config_new(&options, &config, &error);
    if (status != WW_OK)
        fprintf(stderr, "TLS: %s: %s\n", ww_status_text(status), error.reason);
    return config;
}
