/* What the load generator sends, and how it reads what comes back. */
#ifndef LOAD_H
#define LOAD_H

#include <stddef.h>
#include <stdint.h>

/* `depth` binary messages of `size` octets with uneven content: the frames to send, each masked with a key of its own, and the
 * content of all of them in a row. */
struct batch {
    size_t size, depth, frames_len;
    unsigned char *frames, *content;
};

/* 0, or -1 where memory runs out. */
int batch_make(struct batch *batch, size_t size, size_t depth);

/* How much of a batch came back. A server may cut messages into fragments, so content is compared, not frames. Begins as
 * zeros; `messages` is the number of those that are complete. */
struct echo {
    size_t messages, content_len, header_len;
    uint64_t left;
    int is_continued;
    unsigned char header[10];
};

/* 0, or -1 where that is not the echo. */
int echo_take(struct echo *echo, const struct batch *batch, const unsigned char *octets, size_t len);

/* A connection to 127.0.0.1:port that is past its opening handshake for /ws, and does not block; or -1 with the reason said. */
int connect_websocket(unsigned port);

#endif
