/* What is at one URL: the name is looked up, an address connected to, and a ww_conn speaks over the socket. */
#ifndef FETCH_H
#define FETCH_H

#include <wireway.h>

enum { ADDRESSES_MAX = 8 };

/* The clients have these in common. */
struct shared {
    ww_loop *loop;
    ww_resolver *resolver;
    ww_workspace *workspace;
    ww_tls_config *tls; /* NULL without any https:// */
    int is_secure;      /* whether there is one */
    int open, whole;    /* how many are not over yet, and how many came whole */
};

/* One URL. Its number is the token of its socket, of its look-up and of its timer. */
struct fetch {
    struct shared *shared;
    const char *text;
    uint32_t number;
    ww_url url;
    ww_address addresses[ADDRESSES_MAX];
    size_t next, count; /* of the addresses */
    ww_socket socket;   /* 0: none */
    ww_conn *conn;      /* NULL until it is connected */
    int is_receiving, is_sending, is_closing;
    int status, is_whole;
    uint64_t octets;
};

/* Begins with the look-up of the name. */
void fetch_start(struct fetch *fetch);

/* Takes each completion with the token of this one. */
void fetch_on_completion(struct fetch *fetch, const ww_completion *done);

#endif
