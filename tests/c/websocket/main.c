/* The WebSocket rows of the ledger through the C API.
 *
 * `websocket cases`: on standard input are lines "HOW | HEX", what a peer sends as it is on the wire. Each is received whole, octet by octet and cut
 * at every place, which must come to the same; what it came to is a line "EVENTS | HEX of what was sent | octets of memory". */
#include "line.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int sending(void);

struct outcome {
    char log[4096];
    char out[256];
    size_t out_len, grown;
};

/* The first piece has `first` octets, each other one `then`. */
static void run(struct outcome *o, const char *how, const uint8_t *octets, size_t len, size_t first, size_t then)
{
    static struct line l;
    size_t at, piece, before;
    memset(o, 0, sizeof *o);
    line_open(&l, how);
    before = l.h.memory.out;
    for (at = 0, piece = first; at < len; at += piece, piece = then) {
        if (piece > len - at) piece = len - at;
        line_receive(&l, octets + at, piece);
    }
    memcpy(o->log, l.log, sizeof o->log);
    o->out_len = strncmp(how, "client", 6) == 0 ? line_unmask(l.h.output, l.h.output_len) : l.h.output_len;
    CHECK(o->out_len <= sizeof o->out);
    if (o->out_len <= sizeof o->out) memcpy(o->out, l.h.output, o->out_len);
    o->grown = l.h.memory.peak - before;
    line_close(&l);
}

static void same(const struct outcome *whole, const char *how, const uint8_t *octets, size_t len, size_t first, size_t then)
{
    struct outcome cut;
    run(&cut, how, octets, len, first, then);
    CHECK(strcmp(cut.log, whole->log) == 0);
    CHECK(cut.out_len == whole->out_len && memcmp(cut.out, whole->out, cut.out_len) == 0);
}

static void run_case(const char *how, const uint8_t *octets, size_t len)
{
    struct outcome whole;
    size_t at;
    run(&whole, how, octets, len, len, len);
    same(&whole, how, octets, len, 1, 1);
    for (at = 1; at < len; at++) same(&whole, how, octets, len, at, len);
    printf("%s | ", whole.log[0] == 0 ? "" : whole.log + 2);
    for (at = 0; at < whole.out_len; at++) printf("%02x", (unsigned)(uint8_t)whole.out[at]);
    printf(" | %lu\n", (unsigned long)whole.grown);
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static int cases(void)
{
    char text[4096];
    uint8_t octets[2048];
    while (fgets(text, sizeof text, stdin) != NULL) {
        char *hex = strstr(text, " | ");
        size_t len = 0;
        if (hex == NULL) return EXIT_FAILURE;
        *hex = 0;
        for (hex += 3; *hex != '\n' && *hex != 0; hex += 2) octets[len++] = (uint8_t)(digit(hex[0]) * 16 + digit(hex[1]));
        run_case(text, octets, len);
    }
    return check_result();
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "cases") == 0) return cases();
    if (argc == 2 && strcmp(argv[1], "ws_frm_05") == 0) return sending();
    return EXIT_FAILURE;
}
