#define _POSIX_C_SOURCE 200809L
#include "secure.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static struct {
    pthread_t thread;
    sigset_t signals;
    ww_tls_config *config;
    ww_tls_options options;
    ww_tls_certificate certificate;
} renewal;

static void complain(ww_status status, const ww_error_info *error)
{
    fprintf(stderr, "TLS: %s: %s\n", ww_status_text(status), error->reason);
}

/* SIGHUP renews, SIGUSR1 comes from secure_close(). Both are blocked, so that they are taken here and interrupt nothing. */
static void *renew(void *argument)
{
    int number;
    (void)argument;
    while (sigwait(&renewal.signals, &number) == 0 && number == SIGHUP) {
        ww_error_info error = WW_ERROR_INFO_INIT;
        ww_status status = ww_tls_config_swap(renewal.config, &renewal.options, &error);
        if (status != WW_OK)
            complain(status, &error); /* the old certificate stays */
        else
            puts("certificate renewed");
        fflush(stdout);
    }
    return NULL;
}

ww_tls_config *secure_open(const struct options *options)
{
    static const ww_tls_options server = WW_TLS_OPTIONS_INIT;
    static const ww_tls_certificate none = WW_TLS_CERTIFICATE_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_status status;
    renewal.certificate = none;
    renewal.certificate.chain_path = options->chain;
    renewal.certificate.key_path = options->key;
    renewal.options = server;
    renewal.options.certificates = &renewal.certificate;
    renewal.options.certificate_count = 1;
    renewal.options.client_ca_path = options->client_ca;
    renewal.options.flags = options->kernel_tls ? WW_TLS_KERNEL : 0;
    status = ww_tls_config_new(&renewal.options, &renewal.config, &error);
    if (status != WW_OK) {
        complain(status, &error);
        return NULL;
    }
    sigemptyset(&renewal.signals);
    sigaddset(&renewal.signals, SIGHUP);
    sigaddset(&renewal.signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &renewal.signals, NULL);
    if (pthread_create(&renewal.thread, NULL, renew, NULL) == 0)
        return renewal.config;
    ww_tls_config_free(renewal.config);
    fprintf(stderr, "TLS: no thread\n");
    return NULL;
}

void secure_close(ww_tls_config *config)
{
    if (config == NULL)
        return;
    pthread_kill(renewal.thread, SIGUSR1);
    pthread_join(renewal.thread, NULL);
    ww_tls_config_free(config);
}
