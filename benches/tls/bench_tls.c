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

enum { RECORD = 16384, RECORDS = 64, HANDSHAKES = 16 };

static const struct server *const servers[SERVERS] = {&wireway_server, &memory_bio_server, &lean_bio_server};

/* A connection, and what is on its way. */
struct pair {
    void *end;
    struct client *client;
    struct wire up, down;
};

/* One server and what is kept for it from round to round. */
struct trial {
    const struct server *server;
    void *config;
    struct pair *kept;
};

/* A line of the table. `round` answers the time of one in ns; `bare` does what of it is cryptography. */
struct line {
    const char *name, *certificate;
    double (*round)(struct trial *trial, size_t size);
    size_t size;
    void (*bare)(void);
};

static struct pair pairs[HANDSHAKES], kept[SERVERS];
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

/* Handshakes in step, as a server has them from many clients at once: all of a kind, then all clients' answers. So what is timed is
   the server's code one time after the other, and not the client's code in the processor's caches. What it takes is added to `spent`. */
static void shake_hands(const struct trial *t, struct pair *pairs, int count, int resume)
{
    double start;
    int i;
    for (i = 0; i < count; i++) {
        pairs[i].up.len = pairs[i].down.len = 0;
        pairs[i].client = client_open(resume, &pairs[i].up);
    }
    start = now();
    for (i = 0; i < count; i++) pairs[i].end = t->server->open(t->config);
    spent += now() - start;
    while (pairs->up.len != 0) {
        start = now();
        for (i = 0; i < count; i++) t->server->hear(pairs[i].end, pairs[i].up.octets, pairs[i].up.len, &pairs[i].down);
        spent += now() - start;
        for (i = 0; i < count; i++) {
            pairs[i].up.len = 0;
            client_hear(pairs[i].client, &pairs[i].down, &pairs[i].up);
            pairs[i].down.len = 0;
        }
    }
    for (i = 0; i < count; i++)
        must(client_is_open(pairs[i].client) && client_is_resumed(pairs[i].client) == resume, "the handshake");
}

static void part(const struct trial *t, struct pair *pairs, int count)
{
    double start = now();
    int i;
    for (i = 0; i < count; i++) t->server->close(pairs[i].end);
    spent += now() - start;
    for (i = 0; i < count; i++) client_close(pairs[i].client);
}

static double handshakes(struct trial *t, size_t resume)
{
    if (resume) { /* the ticket of the round's own server */
        shake_hands(t, pairs, 1, 0);
        part(t, pairs, 1);
    }
    spent = 0;
    shake_hands(t, pairs, HANDSHAKES, resume != 0);
    part(t, pairs, HANDSHAKES);
    return spent / HANDSHAKES;
}

/* Both directions carry what was said. */
static void connect_pair(const struct trial *t)
{
    struct pair *pair = t->kept;
    shake_hands(t, pair, 1, 0);
    t->server->say(pair->end, content, sizeof content, &pair->down);
    must(client_hear(pair->client, &pair->down, &pair->up) == sizeof content, "what the server said");
    pair->down.len = pair->up.len = 0;
    client_say(pair->client, content, RECORD, &pair->up);
    must(t->server->hear(pair->end, pair->up.octets, pair->up.len, NULL) == RECORD, "what the client said");
}

static double sending(struct trial *t, size_t size)
{
    size_t at, total = (size_t)RECORD * RECORDS;
    double start;
    if (t->kept->end == NULL) connect_pair(t);
    start = now();
    for (at = 0; at < total; at += size) t->server->say(t->kept->end, content, size, NULL);
    return (now() - start) / ((double)total / RECORD);
}

static double receiving(struct trial *t, size_t size)
{
    struct wire *wire = &t->kept->up;
    size_t at, n, heard = 0;
    double start;
    int i;
    if (t->kept->end == NULL) connect_pair(t);
    wire->len = 0;
    for (i = 0; i < RECORDS; i++) client_say(t->kept->client, content, RECORD, wire);
    if (size == 0) size = wire->len / RECORDS;
    start = now();
    for (at = 0; at < wire->len; at += n) {
        n = wire->len - at < size ? wire->len - at : size;
        heard += t->server->hear(t->kept->end, wire->octets + at, n, NULL);
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
        trials[s].kept = &kept[s];
        kept[s].end = NULL;
        trials[s].config = servers[s]->config(chain, key);
    }
    run_rounds(line, trials, rounds);
    for (s = 0; s < SERVERS; s++) {
        if (line->round != handshakes) part(&trials[s], &kept[s], 1);
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
