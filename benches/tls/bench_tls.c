/* TLS through the C ABI beside OpenSSL: the time a server's side takes, buffer to buffer, on the processor's clock of this
   thread; the client's side is not counted. Rounds of the servers alternate. Usage: bench_tls FOLDER [ROUNDS], a folder with
   ecdsa.pem, ecdsa.key, rsa.pem, rsa.key. */
#define _POSIX_C_SOURCE 199309L
#include "ends.h"
#include "table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RECORD = 16384, RECORDS = 64, HANDSHAKES = 10 };

static const struct server *const servers[SERVERS] = {&wireway_server, &memory_bio_server, &lean_bio_server};

/* One server and what is kept for it from round to round. */
struct trial {
    const struct server *server;
    void *config, *end;
    struct client *client;
};

/* A line of the table. `round` answers the time of one in ns; `bare` does what of it is cryptography. */
struct line {
    const char *name, *certificate;
    double (*round)(struct trial *trial, size_t size);
    size_t size;
    void (*bare)(void);
};

static struct wire to_server, to_client;
static uint8_t content[1 << 16];
static double spent;

void must(int is_good, const char *what)
{
    if (is_good) return;
    fprintf(stderr, "bench_tls: failed: %s\n", what);
    exit(1);
}

void wire_append(struct wire *wire, const void *octets, size_t n)
{
    must(n <= sizeof wire->octets - wire->len, "too much at once");
    memcpy(wire->octets + wire->len, octets, n);
    wire->len += n;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* One handshake. What the server's side takes is added to `spent`. */
static void shake_hands(struct trial *t, int resume)
{
    const struct server *s = t->server;
    double start;
    to_server.len = to_client.len = 0;
    t->client = client_open(resume, &to_server);
    start = now();
    t->end = s->open(t->config);
    spent += now() - start;
    while (to_server.len != 0) {
        start = now();
        s->hear(t->end, to_server.octets, to_server.len, &to_client);
        spent += now() - start;
        to_server.len = 0;
        client_hear(t->client, &to_client, &to_server);
        to_client.len = 0;
    }
    must(client_is_open(t->client) && client_is_resumed(t->client) == resume, "the handshake");
}

static void part(struct trial *t)
{
    double start = now();
    t->server->close(t->end);
    spent += now() - start;
    client_close(t->client);
}

static double handshakes(struct trial *t, size_t resume)
{
    int i;
    if (resume) { /* the ticket of the round's own server */
        shake_hands(t, 0);
        part(t);
    }
    spent = 0;
    for (i = 0; i < HANDSHAKES; i++) {
        shake_hands(t, resume != 0);
        part(t);
    }
    return spent / HANDSHAKES;
}

/* Both directions carry what was said. */
static void connect_pair(struct trial *t)
{
    shake_hands(t, 0);
    t->server->say(t->end, content, sizeof content, &to_client);
    must(client_hear(t->client, &to_client, &to_server) == sizeof content, "what the server said");
    to_client.len = to_server.len = 0;
    client_say(t->client, content, RECORD, &to_server);
    must(t->server->hear(t->end, to_server.octets, to_server.len, NULL) == RECORD, "what the client said");
}

static double sending(struct trial *t, size_t size)
{
    size_t at, total = (size_t)RECORD * RECORDS;
    double start;
    if (t->end == NULL) connect_pair(t);
    start = now();
    for (at = 0; at < total; at += size) t->server->say(t->end, content, size, NULL);
    return (now() - start) / ((double)total / RECORD);
}

static double receiving(struct trial *t, size_t size)
{
    size_t at, n, heard = 0;
    double start;
    int i;
    if (t->end == NULL) connect_pair(t);
    to_server.len = 0;
    for (i = 0; i < RECORDS; i++) client_say(t->client, content, RECORD, &to_server);
    if (size == 0) size = to_server.len / RECORDS;
    start = now();
    for (at = 0; at < to_server.len; at += n) {
        n = to_server.len - at < size ? to_server.len - at : size;
        heard += t->server->hear(t->end, to_server.octets + at, n, NULL);
    }
    start = now() - start;
    must(heard == (size_t)RECORD * RECORDS, "what the client said");
    return start / RECORDS;
}

static double bare_round(void (*bare)(void))
{
    double start = now();
    int i;
    for (i = 0; i < HANDSHAKES; i++) bare();
    return (now() - start) / HANDSHAKES;
}

static void run_rounds(const struct line *line, struct trial *trials, int rounds)
{
    static double times[TIMES][ROUNDS_MAX];
    int r, s;
    for (r = -1; r < rounds; r++) { /* the first is not counted */
        int at = r < 0 ? 0 : r;
        for (s = 0; s < SERVERS; s++) times[s][at] = line->round(&trials[s], line->size);
        times[SERVERS][at] = bare_round(line->bare);
    }
    show_line(line->name, times, rounds);
}

static void measure(const struct line *line, const char *folder, int rounds)
{
    struct trial trials[SERVERS];
    char chain[1024], key[1024];
    int s;
    snprintf(chain, sizeof chain, "%s/%s.pem", folder, line->certificate);
    snprintf(key, sizeof key, "%s/%s.key", folder, line->certificate);
    bare_begin(key);
    memset(trials, 0, sizeof trials);
    for (s = 0; s < SERVERS; s++) {
        trials[s].server = servers[s];
        trials[s].config = servers[s]->config(chain, key);
    }
    run_rounds(line, trials, rounds);
    for (s = 0; s < SERVERS; s++) {
        if (line->round != handshakes) part(&trials[s]);
        servers[s]->config_free(trials[s].config);
    }
    bare_end();
}

int main(int argc, char **argv)
{
    static const struct line lines[] = {
        {"send, 16 KiB", "ecdsa", sending, RECORD, bare_seal},
        {"send, 64 KiB", "ecdsa", sending, 4 * RECORD, bare_seal},
        {"receive, a record", "ecdsa", receiving, 0, bare_open},
        {"receive, 64 KiB", "ecdsa", receiving, 1 << 16, bare_open},
        {"handshake, ECDSA P-256", "ecdsa", handshakes, 0, bare_exchange_and_sign},
        {"handshake, RSA-2048", "rsa", handshakes, 0, bare_exchange_and_sign},
        {"handshake, resumed", "ecdsa", handshakes, 1, bare_exchange},
    };
    int rounds = argc > 2 ? atoi(argv[2]) : 41;
    size_t i;
    must(argc > 1 && rounds > 0 && rounds <= ROUNDS_MAX, "usage: bench_tls FOLDER [ROUNDS]");
    memset(content, 'x', sizeof content);
    client_begin();
    show_heading(servers);
    for (i = 0; i < sizeof lines / sizeof *lines; i++) measure(&lines[i], argv[1], rounds);
    client_end();
    return 0;
}
