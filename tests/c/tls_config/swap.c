/* New material in the place of the old, also by many threads; secrets for a debugger. */
#define _XOPEN_SOURCE 700
#include "tls_config.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void swap(void)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    ww_tls_certificate other = GOOD;
    ww_tls_options options = server(&GOOD, 1), bad = server(&other, 1);
    ww_tls_config *config = NULL;
    other.key_path = FILES "rsa.key";
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    CHECK(ww_tls_config_swap(config, &bad, &info) == WW_E_TLS_KEY && info.code == WW_E_TLS_KEY);
    CHECK(ww_tls_config_swap(config, NULL, &info) == WW_E_ARGUMENT && info.code == WW_E_ARGUMENT);
    options.role = WW_ROLE_CLIENT;
    options.roots_path = FILES "ca.pem";
    CHECK(ww_tls_config_swap(config, &options, &info) == WW_E_ARGUMENT);
    options = server(&GOOD, 1);
    CHECK(ww_tls_config_swap(config, &options, NULL) == WW_OK);
    ww_tls_config_free(config);
}

static void *swap_often(void *config)
{
    ww_tls_options options = server(&GOOD, 1);
    int i;
    for (i = 0; i < 20; i++) {
        CHECK(ww_tls_config_swap(config, &options, NULL) == WW_OK);
        CHECK(ww_tls_config_rotate_tickets(config) == WW_OK);
    }
    ww_tls_config_free(config);
    return NULL;
}

void threads(void)
{
    pthread_t thread[2];
    ww_tls_options options = server(&GOOD, 1);
    ww_tls_config *config = NULL;
    int i;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    for (i = 0; i < 2; i++)
        CHECK(pthread_create(&thread[i], NULL, swap_often, ww_tls_config_ref(config)) == 0);
    ww_tls_config_free(config);
    for (i = 0; i < 2; i++)
        CHECK(pthread_join(thread[i], NULL) == 0);
}

void key_log(void)
{
    char path[] = P_tmpdir "/wireway-keys-XXXXXX";
    ww_tls_options options = server(&GOOD, 1);
    ww_tls_config *config = NULL;
    int fd = mkstemp(path);
    CHECK(fd >= 0 && close(fd) == 0 && unlink(path) == 0);
    options.key_log_path = "tests/none/keys";
    refuse(&options, WW_E_SYSTEM, 0);
    options.key_log_path = path;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    ww_tls_config_free(config);
    CHECK(unlink(path) == 0);
    CHECK(setenv("SSLKEYLOGFILE", path, 1) == 0);
    options.key_log_path = NULL;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    ww_tls_config_free(config);
    CHECK(access(path, F_OK) != 0);
    options.flags = WW_TLS_KEY_LOG_ENV;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    ww_tls_config_free(config);
    CHECK(unlink(path) == 0);
}
