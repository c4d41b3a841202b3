/* A WebSocket client over one blocking socket: the connection door of wireway and poll(). */
#ifndef CLIENT_H
#define CLIENT_H
#include <wireway.h>

struct client {
    int fd;
    ww_workspace *workspace;
    ww_conn *conn;
    uint8_t buffer[1 << 16];
    /* What is done with an event; `data` is the program's. */
    void (*on_event)(struct client *client, const ww_event *event);
    void *data;
    int is_open;    /* the handshake is over: messages may be sent */
    int is_refused; /* the server answered something else */
    int close_code; /* of the peer; 1006 when it left without one */
};

/* Takes a ws:// or wss:// URL apart. Answers 0, or -1 after it has printed what is wrong with it. */
int client_parse(const char *url, ww_url *parts);
/* Connects and asks for the WebSocket at a URL. `config->tls` is that of a client where the URL is wss://, else NULL: that is all the
 * difference there is. Answers 0, or -1 after it has printed why not. */
int client_open(struct client *client, const char *url, const ww_conn_config *config);
/* Waits for the socket, or for `other_fd` (-1: none) to be readable, and does what is due. Answers 1 while the connection
 * lives, 2 when `other_fd` is readable, 0 when it is over. */
int client_step(struct client *client, int other_fd);
/* Sends what is queued. */
void client_flush(struct client *client);
void client_free(struct client *client);

#endif
