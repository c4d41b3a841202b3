/* A loop with its errors told, for the tests of it. */
#ifndef TEST_LOOP_H
#define TEST_LOOP_H
#include "../harness.h"
#include <wireway.h>

/* Longer than any wait here takes on the busiest machine. */
enum { PATIENCE_MS = 120000 };

ww_loop *loop_new(void);
/* A listener at a free port of loopback, which accepts, and where it is. */
ww_socket loop_listen(ww_loop *loop, uint64_t token, ww_address *at);
/* The next completion, which must come. */
ww_completion loop_next(ww_loop *loop);
/* Nothing is there now. */
int loop_is_quiet(ww_loop *loop);
/* All octets, however often that has to wait. Nothing else may complete meanwhile. */
void loop_send(ww_loop *loop, ww_socket socket, const char *octets, size_t len);

void test_echo(void);
void test_arguments(void);
void test_options(void);
void test_others(void);
void test_resolver(void);
void test_server(void);
void test_udp(void);
void test_zero_copy(void);

#endif
