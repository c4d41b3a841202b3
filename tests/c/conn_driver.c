/* Drives connections through the public C API by lines of text on standard input, and prints what comes of it.
 *
 *   new role=server|client [set.NAME=N] [flag=NAME] [messages=whole|parts] [time=SECONDS] [sent=delayed] [tls=1.2|1.3|raw]
 *   answer when=none|head|end|echo|switch|accept MESSAGE
 *   recv HEX   seal FIRST THEN HEX   close-notify   eof clean|unclean   tick MS   hold   release   check   forget
 *   respond|switch|inform|request|accept|open MESSAGE   send HEX   finish MESSAGE   pause   resume   shutdown   abort
 *   open-url HEX
 *   message text|binary[,first|middle|last][,uncompressed] HEX   ping HEX   close CODE HEX
 *   end
 *
 * `seal`: the peer sends octets in records, which come in pieces: the first is so long, and the others are; 0: all. The argument of the
 * program is the folder of the certificates for TLS.
 *
 * MESSAGE: status=N reason=HEX method=HEX target=HEX authority=HEX content=HEX protocol=HEX length=N stream close expect uncompressed
 * field=HEX:HEX. From `forget` on memory is counted.
 *
 * Every received octet is lent in a block of exactly its size that is overwritten and freed when the drain is over, all memory
 * of a workspace is counted, and output that was given out is compared until it is sent. The arguments of a call are written over when
 * it has returned. `BROKEN …` is a promise not kept; `.`
 * ends a run. */
#define _POSIX_C_SOURCE 200809L
#include "driver/driver.h"
#include <stdlib.h>
#include <string.h>

static const char *certificates;

static void command_new(struct driver *d, char *line)
{
    ww_workspace_config workspace = WW_WORKSPACE_CONFIG_INIT;
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    struct setup setup = { 0, 0, 0, 0 };
    static const uint8_t seed[32] = { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 };
    memset(d, 0, sizeof *d);
    if (!parse_setup(line, &config, &setup)) broken("an unknown setting");
    d->delayed = setup.delayed;
    if (setup.is_secured) tls_under(&config, certificates);
    workspace.seed = seed; /* that of the runner: it knows the keys that come of it */
    workspace.allocator = memory_allocator(&d->memory);
    if (ww_workspace_new(&workspace, &d->workspace) != WW_OK) broken("ww_workspace_new");
    if (setup.unix_seconds > 0 && ww_workspace_set_time(d->workspace, setup.unix_seconds) != WW_OK) broken("ww_workspace_set_time");
    d->now = 1000000;
    if (ww_conn_new(&config, d->workspace, d->now, &d->conn) != WW_OK) broken("ww_conn_new");
    if (setup.version != 0) {
        peer_open(&d->peer, config.role, setup.version, certificates);
        peer_hear(&d->peer, NULL, 0, &d->wire.bytes);
    }
    d->baseline = d->memory.peak = d->memory.out;
}

static void command_answer(struct driver *d, const char *line)
{
    static const char *const NAMES[] = { "none", "head", "end", "echo", "switch", "accept", "limit", "gather", "error" };
    char *rest, *word;
    int i;
    rest = d->app.line = strdup(line);
    if (rest == NULL) abort();
    word = next_word(&rest);
    for (i = 0; i < (int)(sizeof NAMES / sizeof NAMES[0]); i++) {
        if (word != NULL && strcmp(word + strlen("when="), NAMES[i]) == 0) d->app.when = (enum when)i;
    }
    parse_message(&d->app.message, rest);
}

static void command_end(struct driver *d)
{
    print_state("FINAL", d);
    peer_close(&d->peer);
    printf("MEMORY %lu\n", (unsigned long)(d->memory.peak - d->baseline));
    ww_conn_free(d->conn);
    forget_lend(d);
    ww_workspace_free(d->workspace);
    if (d->memory.out != 0) broken("memory was not given back");
    if (d->memory.mistakes != 0) broken("memory was given back with another size");
    bytes_free(&d->wire.bytes);
    bytes_free(&d->app.content);
    bytes_free(&d->app.protocol);
    bytes_free(&d->given.copy);
    free(d->app.line);
    printf(".\n");
    fflush(stdout);
}

/* A call of the application; 0 when `word` is none. */
static int call_with_message(struct driver *d, const char *word, char *line, ww_status *status)
{
    struct message m;
    ww_response response;
    ww_request request;
    static const char *const CALLS[] = { "respond", "switch", "inform", "request", "finish" };
    size_t i = 0;
    while (i < 5 && strcmp(CALLS[i], word) != 0) i++;
    if (i == 5) return 0;
    parse_message(&m, line);
    response = to_response(&m);
    request = to_request(&m);
    switch (i) {
    case 0: *status = ww_conn_respond(d->conn, &response); break;
    case 1: *status = ww_conn_switch(d->conn, &response); break;
    case 2: *status = ww_conn_send_interim(d->conn, m.status, m.fields, m.field_count); break;
    case 3: *status = ww_conn_request(d->conn, &request); break;
    default: *status = ww_conn_finish(d->conn, m.fields, m.field_count);
    }
    return 1;
}

static int call_plain(struct driver *d, const char *word, char *line, ww_status *status)
{
    if (strcmp(word, "send") == 0) {
        ww_span span = hex_span(line);
        *status = ww_conn_send(d->conn, span.data, span.len);
    } else if (strcmp(word, "pause") == 0) {
        *status = ww_conn_pause(d->conn);
    } else if (strcmp(word, "resume") == 0) {
        *status = ww_conn_resume(d->conn);
    } else if (strcmp(word, "shutdown") == 0) {
        *status = ww_conn_shutdown(d->conn);
    } else if (strcmp(word, "abort") == 0) {
        *status = ww_conn_abort(d->conn, d->now);
        d->given.count = 0; /* it says that nothing reads the output any more */
    } else {
        return call_websocket(d, word, line, status);
    }
    return 1;
}

/* The peer sends octets in records, which come in pieces: FIRST THEN HEX. */
static void seal(struct driver *d, char *line)
{
    const size_t first = strtoul(next_word(&line), NULL, 10), then = strtoul(next_word(&line), NULL, 10);
    struct bytes records = { NULL, 0, 0 };
    size_t at = 0, len = first;
    peer_seal(&d->peer, hex_span(line), &records);
    while (at < records.len) {
        if (len == 0 || len > records.len - at) len = records.len - at;
        bytes_add(&d->wire.bytes, records.data + at, len);
        pump(d);
        at += len;
        len = then;
    }
    bytes_free(&records);
}

/* What the peer or the clock does; 0 when `word` is none of it. */
static int world(struct driver *d, const char *word, char *line)
{
    ww_span span;
    if (strcmp(word, "recv") == 0) {
        span = hex_span(line);
        bytes_add(&d->wire.bytes, span.data, span.len);
    } else if (strcmp(word, "seal") == 0) {
        seal(d, line);
    } else if (strcmp(word, "close-notify") == 0) {
        peer_end(&d->peer, &d->wire.bytes);
    } else if (strcmp(word, "eof") == 0) {
        d->wire.eof = 1;
        d->wire.clean = strcmp(line, "clean") == 0;
    } else if (strcmp(word, "tick") == 0) {
        pass_time(d, strtoull(line, NULL, 10));
    } else if (strcmp(word, "hold") == 0) {
        d->hold = 1;
    } else if (strcmp(word, "release") == 0) {
        d->hold = 0;
    } else if (strcmp(word, "check") == 0) {
        print_state("CHECK", d);
    } else if (strcmp(word, "forget") == 0) {
        printf("FORGET\n");
        d->baseline = d->memory.peak = d->memory.out;
    } else {
        return 0;
    }
    return 1;
}

/* One line of `len` octets. */
static void command(struct driver *d, char *line, size_t len)
{
    static char nothing[] = "";
    char *const whole = line, *const word = next_word(&line);
    ww_status status = WW_OK;
    if (word == NULL) return;
    if (line == NULL) line = nothing;
    if (strcmp(word, "new") == 0) {
        command_new(d, line);
    } else if (strcmp(word, "answer") == 0) {
        command_answer(d, line);
    } else if (strcmp(word, "end") == 0) {
        command_end(d);
        return;
    } else if (call_with_message(d, word, line, &status) || call_plain(d, word, line, &status)) {
        printf("RESULT %d\n", (int)status);
        memset(whole, 0xDD, len);
    } else if (!world(d, word, line)) {
        broken("an unknown command");
    }
    pump(d);
}

int main(int argc, char **argv)
{
    static char buffer[1 << 20];
    struct driver d;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    certificates = argc > 1 ? argv[1] : ".";
    (void)setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    while ((n = getline(&line, &cap, stdin)) > 0) {
        line[n - 1] = '\0';
        command(&d, line, (size_t)n - 1);
    }
    free(line);
    tls_configs_free();
    return 0;
}
