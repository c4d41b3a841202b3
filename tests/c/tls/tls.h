/* Two ww_tls in memory. */
#ifndef TEST_TLS_H
#define TEST_TLS_H
#include "../harness.h"

enum { GOT_MAX = 1 << 19 };

struct end {
    struct memory memory;
    ww_workspace *workspace;
    ww_tls *tls;
    uint8_t got[GOT_MAX];
    size_t got_len;
    ww_status rest; /* how ww_tls_next() ended */
};

struct configs {
    ww_tls_config *server, *client;
};

extern struct end client, server;

/* Makes workspace and handle; the allocation of number `fail_at` fails (0: none). Answers whether both are there. */
int end_open(struct end *e, const ww_tls_config *config, const char *name, size_t fail_at);
/* Frees both; answers whether every octet came back. */
int end_close(struct end *e);
/* Lends a copy of `len` octets and drains it. */
void end_hear(struct end *e, const uint8_t *data, size_t len);
ww_status end_say(struct end *e, const char *text);
/* Carries at most `step` octets at a time from each to the other, until neither has anything. */
void carry(size_t step);
/* Opens both ends and lets them shake hands. */
void open_both(const struct configs *c);
void close_both(void);

/* Each of these is a test. */
void talking(const struct configs *c);
void ending(const struct configs *c);
void refused(const struct configs *c);
void without_memory(const struct configs *c);
void connections(const struct configs *c);
void refusing(const struct configs *c, const char *chain);

#endif
