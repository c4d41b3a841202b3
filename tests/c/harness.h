/* One connection in memory, for the C tests: octets in by lends, an application that answers, octets out into a buffer. */
#ifndef TEST_HARNESS_H
#define TEST_HARNESS_H
#include "memory.h"

enum { OUTPUT_MAX = 1 << 20 };

struct harness {
    struct memory memory;
    ww_workspace *workspace;
    ww_conn *conn;
    uint64_t now;
    int silent;      /* the application does not answer */
    int no_memory;   /* WW_E_NOMEM was answered, or told by an event */
    int surprise;    /* the first other error before that, or 0 */
    size_t messages; /* complete ones received */
    char output[OUTPUT_MAX];
    size_t output_len;
};

/* Makes workspace and connection; the allocation of number `fail_at` fails (0: none). Answers whether both are there. */
int harness_open(struct harness *h, uint32_t role, size_t fail_at);
/* The same, of a connection with this config. */
int harness_open_with(struct harness *h, const ww_conn_config *config, size_t fail_at);
/* Frees both; answers whether every octet came back. */
int harness_close(struct harness *h);
/* Lends `len` octets, drains the events, takes the output. */
void harness_receive(struct harness *h, const char *data, size_t len);
void harness_receive_text(struct harness *h, const char *text);
/* Drains events and takes output. */
void harness_turn(struct harness *h);
/* Notes the answer of a call. */
void harness_note(struct harness *h, ww_status status);
/* 200 with this content. */
ww_response harness_response(const char *content, size_t len);

/* Fails the test program, with the place, when `holds` is 0. */
#define CHECK(holds) check((holds), #holds, __FILE__, __LINE__)
void check(int holds, const char *what, const char *file, int line);
/* What main answers: 0 when every check held. */
int check_result(void);

#endif
