/* What is no good. */
#include "tls_config.h"
#include <string.h>

void bad_material(void)
{
    ww_tls_certificate two[2] = { GOOD_FILES, GOOD_FILES };
    ww_tls_options options = server(two, 2);
    two[1].key_path = FILES "rsa.key";
    refuse(&options, WW_E_TLS_KEY, 1);
    two[1].key_path = FILES "server.pem";
    refuse(&options, WW_E_TLS_KEY, 1);
    two[1].key_path = FILES "none.key";
    refuse(&options, WW_E_SYSTEM, 1);
    two[1].key_path = "/dev/zero";
    refuse(&options, WW_E_SYSTEM, 1);
    two[1].key_path = "tests";
    refuse(&options, WW_E_SYSTEM, 1);
    two[1] = GOOD;
    two[1].chain_path = FILES "server.key";
    refuse(&options, WW_E_TLS_CERTIFICATE, 1);
    two[1] = GOOD;
    two[1].ocsp_path = FILES "server.pem";
    refuse(&options, WW_E_TLS_CERTIFICATE, 1);
    two[1] = GOOD;
    options.client_ca_path = FILES "server.key";
    refuse(&options, WW_E_TLS_TRUST, 0);
    options.client_ca_path = FILES "none.pem";
    refuse(&options, WW_E_SYSTEM, 0);
    options = server(NULL, 0);
    refuse(&options, WW_E_TLS_CERTIFICATE, 0);
}

void the_place_of_an_error(void)
{
    char pem[8192];
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_tls_certificate cut = GOOD;
    ww_tls_options options = server(&cut, 1);
    ww_tls_config *config = NULL;
    ww_span whole = load(FILES "server.pem");
    size_t len = whole.len < 4000 ? whole.len : 4000;
    memcpy(pem, whole.data, len);
    memcpy(pem + len, whole.data, len - 20);
    cut.chain_path = NULL;
    cut.chain_pem.data = (const uint8_t *)pem;
    cut.chain_pem.len = 2 * len - 20;
    CHECK(ww_tls_config_new(&options, &config, &info) == WW_E_TLS_CERTIFICATE);
    CHECK(info.offset == len && strstr(info.reason, "PEM") != NULL);
}

void bad_arguments(void)
{
    ww_tls_certificate twice = GOOD;
    ww_tls_options options = server(&GOOD, 1);
    refuse(NULL, WW_E_ARGUMENT, 0);
    CHECK(ww_tls_config_new(&options, NULL, NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_config_swap(NULL, &options, NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_config_rotate_tickets(NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_config_ref(NULL) == NULL);
    ww_tls_config_free(NULL);
    twice.key_pem = load(FILES "server.key");
    options.certificates = &twice;
    refuse(&options, WW_E_ARGUMENT, 0);
    options = server(NULL, 1);
    refuse(&options, WW_E_ARGUMENT, 0);
}

/* One member of good options is changed for each. */
void bad_options(void)
{
    static const uint8_t pin[WW_TLS_PIN_LEN] = { 0 };
    ww_tls_options options[17];
    ww_span empty = { NULL, 0 };
    size_t i;
    for (i = 0; i < 17; i++)
        options[i] = server(&GOOD, 1);
    options[0].size = 0;
    options[1].role = 2;
    options[2].flags = 256;
    options[3].version_min = 770;
    options[4].version_max = 773;
    options[5].version_min = WW_TLS_1_3, options[5].version_max = WW_TLS_1_2;
    options[6].reserved = 1;
    options[7].sessions_max = 65537;
    options[8].alpn = &empty, options[8].alpn_count = 1;
    options[9].roots_path = FILES "ca.pem";
    options[10].role = WW_ROLE_CLIENT, options[10].client_ca_path = FILES "ca.pem";
    options[11].flags = WW_TLS_CLIENT_CERT_OPTIONAL;
    options[12].role = WW_ROLE_CLIENT, options[12].certificate_count = 0, options[12].flags = WW_TLS_KERNEL;
    options[13].pins = pin, options[13].pin_count = 1;
    options[14].flags = WW_TLS_TRUST_ANYONE;
    options[15].role = WW_ROLE_CLIENT, options[15].certificate_count = 0, options[15].pin_count = 1;
    options[16].role = WW_ROLE_CLIENT, options[16].certificate_count = 0, options[16].flags = WW_TLS_TRUST_ANYONE;
    options[16].roots_path = FILES "ca.pem";
    for (i = 0; i < 17; i++)
        refuse(&options[i], WW_E_ARGUMENT, 0);
}
