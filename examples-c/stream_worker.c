/* A thread for each request, which streams: lines of numbers, at the pace of whoever reads them.
 *
 *   stream_worker [ADDRESS:PORT]
 *
 * The server's thread never waits for a worker, and a worker waits for nobody but the peer that it writes to. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wireway.h>

enum { LINES = 200000, WAIT_MS = 30000 };

static ww_mailbox *mailbox;

static const ww_response head = { .size = sizeof head, .status = 200, .flags = WW_MESSAGE_STREAM }, busy = { .size = sizeof busy, .status = 503 };

/* On the worker's thread. It gives up when the peer has ended or does not read, which the server notices too: it closes the connection. */
static void *stream(void *job)
{
    const ww_id conn = *(ww_id *)job;
    ww_status status = WW_OK;
    char line[16];
    free(job);
    for (int i = 1; i <= LINES && status == WW_OK; i++) {
        const size_t len = (size_t)snprintf(line, sizeof line, "%d\n", i);
        while ((status = ww_mailbox_send(mailbox, conn, line, len, 0, 0)) == WW_PAUSED && ww_mailbox_wait(mailbox, conn, len, WAIT_MS) == WW_OK) {}
    }
    while (status == WW_OK && ww_mailbox_finish(mailbox, conn, NULL, 0, 0, 0) == WW_PAUSED)
        status = ww_mailbox_wait(mailbox, conn, 0, WAIT_MS);
    return NULL;
}

/* The head goes out before what the worker posts: that waits in the mailbox until this thread asks for the next event. */
static void start(ww_server *server, ww_id conn)
{
    void *job = malloc(sizeof conn);
    pthread_t worker;
    if (job == NULL || pthread_create(&worker, NULL, stream, memcpy(job, &conn, sizeof conn)) != 0) {
        free(job);
        ww_server_respond(server, conn, &busy);
        return;
    }
    pthread_detach(worker);
    ww_server_respond(server, conn, &head);
}

static ww_status open_server(ww_server **server, const char *address, ww_error_info *error)
{
    char name[128];
    size_t len;
    ww_status status = ww_server_new(NULL, server, error);
    if (status == WW_OK && (status = ww_server_listen(*server, address, error)) == WW_OK &&
        (status = ww_server_mailbox(*server, &mailbox)) == WW_OK && (status = ww_server_address(*server, 0, name, sizeof name, &len)) == WW_OK)
        printf("listening on %s\n", name), fflush(stdout);
    return status;
}

int main(int argc, char **argv)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080", *usage = "usage: stream_worker [ADDRESS:PORT]\n";
    ww_error_info error = { .size = sizeof error, .reason = "one address, and nothing else" };
    ww_server *server = NULL;
    ww_event event;
    if (argc == 2 && strcmp(address, "--help") == 0) return fputs(usage, stdout) < 0;
    const ww_status status = argc > 2 ? WW_E_ARGUMENT : open_server(&server, address, &error);
    if (status != WW_OK)
        return fprintf(stderr, "%s: %s\n%s", address, error.reason, status == WW_E_ARGUMENT ? usage : ""), status == WW_E_ARGUMENT ? 2 : 1;
    while (ww_server_next(server, &event, -1) == WW_OK)
        if (event.flags & WW_EVENT_FLAG_LAST)
            start(server, event.conn);
    return 1; /* it serves until it fails */
}
