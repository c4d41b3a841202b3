/* An origin server that gives back what it is sent.
 *
 *   echo_server [--listen ADDRESS:PORT|unix:PATH] [--threads N] [--max-body BYTES] [--max-message BYTES] [--no-deflate]
 *               [--file PATH] [--driver epoll|io_uring] [--tls CERT KEY [--client-ca CA] [--kernel-tls]]
 *
 *   /                  POST, PUT, PATCH, DELETE: the content of the request; GET: OK
 *   /plaintext         Hello, World!
 *   /echo, /cookie     the field lines of the request; its cookies, one to a line
 *   /stream?bytes=N    N octets, chunked
 *   /file              the file at PATH, as it was long when the server started
 *   /ws                WebSocket: every message again
 *
 * Every thread has a server of its own; the kernel deals the connections out. SIGTERM and SIGINT let the exchanges in
 * progress finish; the second one does not. With --tls everything is over TLS, and SIGHUP reads the certificate again;
 * with --client-ca clients must have one too, and with --kernel-tls the kernel encrypts, where it can. Where the system
 * refuses io_uring, epoll runs in its place. */
#define _POSIX_C_SOURCE 200809L
#include "exchange.h"
#include "file.h"
#include "options.h"
#include "secure.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { DRAIN_MS = 10000, ADDRESS_MAX = 256 };

static struct worker {
    pthread_t thread;
    ww_server *server;
    ww_mailbox *mailbox;
    ww_status ended;
} workers[THREADS_MAX];
static volatile sig_atomic_t worker_count;

/* In a signal handler: ww_mailbox_drain() may be called here. */
static void on_signal(int number)
{
    static volatile sig_atomic_t asked;
    (void)number;
    for (int i = 0; i < worker_count; i++)
        ww_mailbox_drain(workers[i].mailbox, asked ? 0 : DRAIN_MS);
    asked = 1;
}

static void handle_signals(void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    ww_event event;
    while ((worker->ended = ww_server_next(worker->server, &event, -1)) == WW_OK)
        exchange_event(worker->server, &event);
    return NULL;
}

/* Says why another driver runs than the one asked for. */
static void tell_driver(const ww_server *server, int asked)
{
    ww_loop_info info = WW_LOOP_INFO_INIT;
    if (ww_server_get_loop_info(server, &info) == WW_OK && asked == WW_DRIVER_URING && info.driver != asked)
        fprintf(stderr, "io_uring is refused, epoll runs: %s\n", strerror((int)info.refused));
}

/* A server that listens on `address`, which becomes the real one: port 0 is a free port. */
static ww_status open_worker(const struct options *options, const ww_tls_config *tls, char address[ADDRESS_MAX], ww_error_info *error)
{
    struct worker *worker = &workers[worker_count];
    ww_server_config config = WW_SERVER_CONFIG_INIT;
    ww_status status;
    size_t len;
    config.conn.body_max = options->body_max;
    config.conn.message_max = options->message_max;
    config.conn.fragments_max = 1 << 17; /* who sends very small frames gets them back */
    /* Compression windows are forgotten after each message, so that a WebSocket that is idle keeps none. */
    if (!options->no_deflate)
        config.conn.flags = WW_CONN_DEFLATE | WW_CONN_DEFLATE_SERVER_FORGETS | WW_CONN_DEFLATE_CLIENT_FORGETS;
    config.driver = options->driver;
    if (options->threads > 1)
        config.flags = WW_SERVER_REUSE_PORT;
    if ((status = ww_server_new(&config, &worker->server, error)) != WW_OK)
        return status;
    if (worker_count++ == 0)
        tell_driver(worker->server, options->driver);
    if ((status = ww_server_mailbox(worker->server, &worker->mailbox)) != WW_OK)
        return status;
    status = tls ? ww_server_listen_tls(worker->server, address, tls, error) : ww_server_listen(worker->server, address, error);
    if (status != WW_OK)
        return status;
    return ww_server_address(worker->server, 0, address, ADDRESS_MAX, &len);
}

/* In the words of what failed, where there are some. */
static void complain(const char *what, const ww_error_info *error, ww_status status)
{
    fprintf(stderr, "%s: %s\n", what, error->code == status ? error->reason : ww_status_text(status));
}

static ww_status open_workers(const struct options *options, const ww_tls_config *tls)
{
    char address[ADDRESS_MAX];
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_status status = WW_OK;
    snprintf(address, sizeof address, "%s", options->address);
    while (worker_count < options->threads && status == WW_OK)
        status = open_worker(options, tls, address, &error);
    if (status == WW_OK)
        printf("listening on %s\n", address);
    else
        complain(address, &error, status);
    fflush(stdout);
    return status;
}

/* The first worker is this thread. */
static ww_status run_workers(void)
{
    ww_status ended = WW_DONE;
    int started = 1;
    while (started < worker_count && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    if (started < worker_count)
        on_signal(0); /* nobody would serve those */
    work(&workers[0]);
    for (int i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (int i = 0; i < started; i++)
        if (workers[i].ended != WW_DONE)
            ended = workers[i].ended;
    return started == worker_count ? ended : WW_E_SYSTEM;
}

int main(int argc, char **argv)
{
    struct options options;
    ww_tls_config *tls = NULL;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_status opened, status;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return options_usage(stdout, 0);
    if (options_parse(&options, argc, argv) != 0)
        return options_usage(stderr, 2);
    if (file_open(options.file) != 0)
        return 1;
    if (options.chain != NULL && (tls = secure_open(&options)) == NULL)
        return 1;
    handle_signals(on_signal);
    opened = status = open_workers(&options, tls);
    if (opened == WW_OK && (status = run_workers()) != WW_DONE) {
        ww_server_error(workers[0].server, 0, &error);
        complain(argv[0], &error, status);
    }
    handle_signals(SIG_IGN); /* the mailboxes go */
    for (int i = 0; i < worker_count; i++) {
        ww_server_free(workers[i].server);
        ww_mailbox_free(workers[i].mailbox);
    }
    secure_close(tls);
    file_close();
    if (opened == WW_E_ARGUMENT)
        return options_usage(stderr, 2);
    return status == WW_DONE ? 0 : 1;
}
