/* TLS configs: made of files and of octets, swapped, shared, refused. */
#define _POSIX_C_SOURCE 200809L
#include "tls_config.h"
#include <stdio.h>
#include <stdlib.h>

const ww_tls_certificate GOOD = GOOD_FILES;

ww_tls_options server(const ww_tls_certificate *certificates, size_t count)
{
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    options.role = WW_ROLE_SERVER;
    options.certificates = certificates;
    options.certificate_count = count;
    return options;
}

ww_span load(const char *path)
{
    static char octets[2][8192];
    static int which;
    ww_span span = { NULL, 0 };
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    if (!file)
        return span;
    which = !which;
    span.data = (const uint8_t *)octets[which];
    span.len = fread(octets[which], 1, sizeof octets[which], file);
    fclose(file);
    return span;
}

void refuse(const ww_tls_options *options, ww_status status, unsigned index)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_tls_config *config = (ww_tls_config *)&info;
    CHECK(ww_tls_config_new(options, &config, &info) == status);
    CHECK(config == NULL);
    if (info.code != status || info.index != index || !info.reason[0])
        fprintf(stderr, "status %d, told %d, certificate %u: %s\n", (int)status, (int)info.code, info.index, info.reason);
    CHECK(info.code == status && info.index == index && info.reason[0]);
    CHECK(ww_tls_config_new(options, &config, NULL) == status);
}

static void good(void)
{
    ww_tls_certificate octets = WW_TLS_CERTIFICATE_INIT;
    ww_span names[2] = { WW_LIT("b.example"), WW_LIT("*.b.example") }, alpn = WW_LIT("http/1.1");
    ww_tls_certificate two[2];
    ww_tls_options options;
    ww_tls_config *config = NULL, *other;
    octets.chain_pem = load(FILES "server.pem");
    octets.key_pem = load(FILES "server.key");
    octets.names = names;
    octets.name_count = 2;
    two[0] = GOOD;
    two[1] = octets;
    options = server(two, 2);
    options.flags = WW_TLS_REFUSE_UNKNOWN_NAMES | WW_TLS_CLIENT_CERT_OPTIONAL | WW_TLS_NO_RESUMPTION | WW_TLS_NO_POST_QUANTUM;
    options.client_ca_path = FILES "ca.pem";
    options.alpn = &alpn;
    options.alpn_count = 1;
    options.version_min = options.version_max = WW_TLS_1_3;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK && config != NULL);
    other = ww_tls_config_ref(config);
    ww_tls_config_free(config);
    options = server(&GOOD, 1);
    CHECK(ww_tls_config_swap(other, &options, NULL) == WW_OK);
    CHECK(ww_tls_config_rotate_tickets(other) == WW_OK);
    ww_tls_config_free(other);
}

/* Whom a client believes: roots it was given, or the platform's, which on Linux a variable can replace. */
static void clients(void)
{
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_tls_config *config = NULL;
    options.role = WW_ROLE_CLIENT;
    options.roots_path = FILES "ca.pem";
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    ww_tls_config_free(config);
    options.certificates = &GOOD;
    options.certificate_count = 1;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    ww_tls_config_free(config);
    options.roots_path = FILES "server.key";
    refuse(&options, WW_E_TLS_TRUST, 0);
#if defined(__linux__)
    options.roots_path = NULL;
    CHECK(setenv("SSL_CERT_FILE", FILES "none.pem", 1) == 0 && unsetenv("SSL_CERT_DIR") == 0);
    refuse(&options, WW_E_TLS_TRUST, 0);
    CHECK(setenv("SSL_CERT_FILE", FILES "ca.pem", 1) == 0);
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    ww_tls_config_free(config);
#endif
}

/* Of a library without TLS: the functions are there and say so. */
static void without_tls(void)
{
    ww_tls_options options = server(&GOOD, 1);
    refuse(&options, WW_E_UNSUPPORTED, 0);
    refuse(NULL, WW_E_UNSUPPORTED, 0);
    CHECK(ww_tls_config_swap(NULL, &options, NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_config_rotate_tickets(NULL) == WW_E_ARGUMENT);
    CHECK(ww_tls_config_ref(NULL) == NULL);
    ww_tls_config_free(NULL);
}

/* Any argument: the library is one without TLS. */
int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) {
        without_tls();
        return check_result();
    }
    good();
    bad_material();
    the_place_of_an_error();
    bad_arguments();
    bad_options();
    swap();
    threads();
    clients();
    key_log();
    return check_result();
}
