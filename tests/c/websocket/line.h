/* An open WebSocket in memory. */
#ifndef TEST_LINE_H
#define TEST_LINE_H
#include "../harness.h"

struct line {
    struct harness h;
};

/* An open WebSocket of the role "server", "client" or "answering client". */
void line_open(struct line *l, const char *role);
/* Frees it; every octet came back. */
void line_close(struct line *l);
/* The peer sends. */
void line_receive(struct line *l, const uint8_t *octets, size_t len);
/* Events, and output into `h.output`. */
void line_turn(struct line *l);
/* Takes the masks off frames with payloads of less than 126 octets; how many octets are left. */
size_t line_unmask(char *frames, size_t len);

#endif
