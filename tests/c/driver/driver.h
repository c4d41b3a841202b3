/* The parts of conn_driver: one connection driven like the loop in wireway.h, by lines of text. See ../conn_driver.c. */
#ifndef DRIVER_H
#define DRIVER_H
#include "../memory.h"
#include <stdio.h>
#include <wireway.h>

enum { FIELDS_MAX = 32, PIECES_MAX = 16, READ_SIZE = 16384 };

/* The arguments of a call, decoded in place: spans point into the line. */
struct message {
    ww_span method, target, authority, reason, content, protocol;
    ww_field fields[FIELDS_MAX];
    size_t field_count;
    uint64_t length;
    uint32_t flags, handshake_flags;
    uint16_t status;
};

/* Octets that grow. */
struct bytes {
    uint8_t *data;
    size_t len, cap;
};

/* What the peer has sent and the connection has not read. */
struct wire {
    struct bytes bytes;
    size_t at;
    int eof, clean;
};

enum when { WHEN_NONE, WHEN_HEAD, WHEN_END, WHEN_ECHO, WHEN_SWITCH, WHEN_ACCEPT, WHEN_LIMIT, WHEN_GATHER, WHEN_ERROR };

/* The application that answers by itself. */
struct application {
    enum when when;
    char *line; /* `message` points into it */
    struct message message;
    int pending; /* an answer was refused with WW_PAUSED */
    int is_connect;
    struct bytes content, protocol;
};

/* Pieces of output that were given out and not given back: they must not move. */
struct given {
    const uint8_t *at[PIECES_MAX];
    size_t len[PIECES_MAX];
    struct bytes copy;
    size_t count;
};

/* TLS at the other end of the transport. */
struct peer {
    ww_workspace *workspace;
    ww_tls *tls; /* NULL: no peer speaks it */
    ww_status rest; /* how ww_tls_next() ended */
};

/* How a connection is set up, beside its config. */
struct setup {
    uint64_t unix_seconds;
    int delayed;
    int is_secured;
    uint32_t version; /* of the peer's TLS; 0: no peer speaks it */
};

struct driver {
    struct memory memory;
    size_t baseline; /* memory when the connection was made */
    ww_workspace *workspace;
    ww_conn *conn;
    uint64_t now;
    int last;       /* what ww_conn_next answered last */
    int hold;       /* the peer does not read */
    int delayed;    /* output is given back late, in odd pieces */
    size_t odd;     /* size of the next odd piece */
    uint8_t *lent;
    size_t lent_len;
    struct wire wire;
    struct application app;
    struct given given;
    struct peer peer;
};

/* bytes.c */
void bytes_add(struct bytes *b, const void *data, size_t len);
void bytes_clear(struct bytes *b);
void bytes_free(struct bytes *b);

/* script.c: words of a line */
char *next_word(char **line);
ww_span hex_span(char *text);
void parse_message(struct message *m, char *line);

/* config.c */
int parse_setup(char *line, ww_conn_config *config, struct setup *setup);

/* report.c: lines of the log */
void print_hex(const char *name, ww_span span);
void print_state(const char *word, struct driver *d);
void print_event(struct driver *d, const ww_event *ev);
void broken(const char *what);

/* answer.c: the application */
void app_event(struct driver *d, const ww_event *ev);
ww_response to_response(const struct message *m);
ww_request to_request(const struct message *m);

/* websocket.c: the calls of WebSocket */
ww_ws_handshake to_handshake(const struct message *m);
int call_websocket(struct driver *d, const char *word, char *line, ww_status *status);

/* output.c */
void take_output(struct driver *d);
int send_odd_piece(struct driver *d);

/* peer.c: TLS of the connection and of its peer, with the certificates of a folder */
void tls_under(ww_conn_config *config, const char *folder);
void tls_configs_free(void);
void peer_open(struct peer *p, uint32_t role, uint32_t version, const char *folder);
void peer_hear(struct peer *p, const uint8_t *data, size_t len, struct bytes *wire);
void peer_seal(struct peer *p, ww_span octets, struct bytes *wire);
void peer_end(struct peer *p, struct bytes *wire);
void peer_close(struct peer *p);

/* turn.c */
void pump(struct driver *d);
void pass_time(struct driver *d, uint64_t ms);
void forget_lend(struct driver *d);

#endif
