#include "harness.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

void check(int holds, const char *what, const char *file, int line)
{
    if (holds) return;
    failures++;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

int check_result(void)
{
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int harness_open(struct harness *h, uint32_t role, size_t fail_at)
{
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    config.role = role;
    return harness_open_with(h, &config, fail_at);
}

int harness_open_with(struct harness *h, const ww_conn_config *config, size_t fail_at)
{
    ww_workspace_config workspace = WW_WORKSPACE_CONFIG_INIT;
    memset(h, 0, sizeof *h);
    h->memory.fail_at = fail_at;
    h->now = 1000;
    workspace.allocator = memory_allocator(&h->memory);
    harness_note(h, ww_workspace_new(&workspace, &h->workspace));
    if (h->workspace != NULL) harness_note(h, ww_conn_new(config, h->workspace, h->now, &h->conn));
    return h->conn != NULL;
}

int harness_close(struct harness *h)
{
    ww_conn_free(h->conn);
    ww_workspace_free(h->workspace);
    return h->memory.out == 0 && h->memory.mistakes == 0;
}

void harness_note(struct harness *h, ww_status status)
{
    if (status == WW_E_NOMEM) h->no_memory = 1;
    else if (status < 0 && !h->no_memory && h->surprise == 0) h->surprise = (int)status;
}

ww_response harness_response(const char *content, size_t len)
{
    ww_response r = WW_RESPONSE_INIT;
    r.status = 200;
    r.content.data = (const uint8_t *)content;
    r.content.len = len;
    return r;
}

static void handle(struct harness *h, const ww_event *ev)
{
    ww_response r = harness_response("hello", 5);
    if (ev->kind == WW_EVENT_ERROR && ev->code == WW_E_NOMEM) h->no_memory = 1;
    if (!(ev->flags & WW_EVENT_FLAG_LAST)) return;
    h->messages++;
    if (!h->silent) harness_note(h, ww_conn_respond(h->conn, &r));
}

/* Some of a file that the output stops at: octets of one kind, as no descriptor is looked at. */
static int supply(struct harness *h)
{
    static const char octets[30000];
    ww_file file = WW_FILE_INIT;
    ww_status status = ww_conn_output_file(h->conn, &file);
    if (status != WW_OK && status != WW_NEED_INPUT) return 0;
    status = ww_conn_send_file_bytes(h->conn, octets, sizeof octets);
    harness_note(h, status);
    return status == WW_OK;
}

static void take_shown(struct harness *h)
{
    ww_iovec iov[4];
    size_t i, n, sum;
    while ((n = ww_conn_output(h->conn, iov, 4)) > 0) {
        for (i = 0, sum = 0; i < n; i++) {
            if (iov[i].iov_len > OUTPUT_MAX - h->output_len) h->output_len = 0;
            memcpy(h->output + h->output_len, iov[i].iov_base, iov[i].iov_len);
            h->output_len += iov[i].iov_len;
            sum += iov[i].iov_len;
        }
        harness_note(h, ww_conn_sent(h->conn, sum, h->now));
    }
}

static void take_output(struct harness *h)
{
    do {
        take_shown(h);
    } while (supply(h));
}

void harness_turn(struct harness *h)
{
    ww_event ev;
    ww_status status;
    do {
        while ((status = ww_conn_next(h->conn, &ev)) == WW_OK) handle(h, &ev);
        harness_note(h, status);
        take_output(h);
    } while (ww_conn_state(h->conn) & WW_STATE_EVENTS);
}

void harness_receive(struct harness *h, const char *data, size_t len)
{
    uint8_t *lent;
    ww_status status;
    if (!(ww_conn_state(h->conn) & WW_STATE_WANT_READ)) return;
    lent = malloc(len);
    if (lent == NULL) abort();
    memcpy(lent, data, len);
    status = ww_conn_receive(h->conn, lent, len, ++h->now);
    harness_note(h, status);
    harness_turn(h);
    free(lent);
}

void harness_receive_text(struct harness *h, const char *text)
{
    harness_receive(h, text, strlen(text));
}
