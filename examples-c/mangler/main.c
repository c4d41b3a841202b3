/* A middleman that does to TCP connections what networks and bad peers do.
 *
 *   mangler --listen ADDRESS --to ADDRESS [--seed N] [[--up|--down] RULE...]...
 *
 *   --delay-ms N          octets are passed on N milliseconds later
 *   --trickle OCTETS      one send in a millisecond, of at most so many octets
 *   --cut-after OCTETS    after so many octets both connections are closed, as if the program had exited
 *   --reset-after OCTETS  after so many octets both connections are reset
 *   --half-close-drop     the end of a direction is not passed on; when both have ended, both connections are closed
 *
 * A rule is for both directions; behind --up it is for what the client sends, behind --down for what the server sends. With
 * --seed N the number of a rule is the greatest one: the program draws from 1 to it, lengths for each connection, delays and
 * trickles for each piece. The same seed draws the same numbers.
 *
 * Without rules everything passes as it is: octets, half closes, resets. A direction holds at most 32 KiB; then its sender has
 * to wait. At most 4,096 connections are open at a time; more are closed. SIGINT and SIGTERM end the program. */
#define _POSIX_C_SOURCE 200809L
#include "flow.h"
#include "options.h"
#include "pair.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Tokens; 0 is that of rings. Each pair has two, which are the numbers of its timers, too. */
enum { LISTENER = 1, FIRST = 2, PAIRS_MAX = 4096, ACCEPT_AGAIN_MS = 100 };

struct mangler {
    ww_loop *loop;
    ww_socket listener;
    ww_address to;
    struct options options;
    uint64_t accepted;
    struct pair *pairs[PAIRS_MAX];
};

static ww_poster *stop; /* for the signal handler */

static void on_signal(int number)
{
    (void)number;
    ww_poster_ring(stop);
}

static void handle_signals(void (*handler)(int))
{
    signal(SIGINT, handler);
    signal(SIGTERM, handler);
}

static void on_accepted(struct mangler *mangler, const ww_completion *done)
{
    const struct options *const options = &mangler->options;
    const uint64_t mixed = options->seed + ++mangler->accepted * 0x9E3779B97F4A7C15u;
    size_t i = 0;
    if (done->code < 0) { /* no more descriptors, as a rule */
        ww_loop_set_timer(mangler->loop, LISTENER, ww_loop_now(mangler->loop) + ACCEPT_AGAIN_MS, LISTENER);
        return;
    }
    while (i < PAIRS_MAX && mangler->pairs[i] != NULL)
        i++;
    if (i == PAIRS_MAX)
        ww_loop_close(mangler->loop, done->accepted);
    else
        mangler->pairs[i] = pair_open(mangler->loop, done->accepted, &mangler->to, options, FIRST + 2 * i, options->seed ? mixed | 1 : 0);
}

static void on_completion(struct mangler *mangler, const ww_completion *done)
{
    const size_t i = (size_t)(done->token - FIRST) / 2;
    if (done->kind == WW_COMPLETION_ACCEPTED)
        on_accepted(mangler, done);
    else if (done->token == LISTENER)
        ww_loop_accept(mangler->loop, mangler->listener);
    else if (mangler->pairs[i] != NULL && !pair_step(mangler->pairs[i], (int)(done->token - FIRST) % 2, done)) {
        free(mangler->pairs[i]);
        mangler->pairs[i] = NULL;
    }
}

static ww_status run(struct mangler *mangler)
{
    ww_completion done;
    ww_status status;
    while ((status = ww_loop_next(mangler->loop, &done, -1)) == WW_OK && done.kind != WW_COMPLETION_POST)
        on_completion(mangler, &done);
    return status;
}

static ww_status announce(struct mangler *mangler)
{
    char text[WW_ADDRESS_TEXT_MAX];
    ww_address bound;
    size_t len;
    ww_status status = ww_loop_address(mangler->loop, mangler->listener, &bound);
    if (status == WW_OK && (status = ww_address_text(&bound, text, sizeof text, &len)) == WW_OK) {
        printf("listening on %s\n", text);
        fflush(stdout);
    }
    return status;
}

/* `at` becomes the address that an error is about. */
static ww_status start(struct mangler *mangler, const char **at, ww_error_info *error)
{
    const ww_loop_config config = { .size = sizeof config, .receive_size = RECEIVE_SIZE };
    ww_address address;
    ww_status status = ww_address_parse(ww_span_from(*at = mangler->options.to), &mangler->to, error);
    if (status != WW_OK || (status = ww_address_parse(ww_span_from(*at = mangler->options.listen), &address, error)) != WW_OK ||
        (status = ww_loop_new(&config, &mangler->loop, error)) != WW_OK || (status = ww_loop_poster(mangler->loop, &stop)) != WW_OK)
        return status;
    handle_signals(on_signal);
    if ((status = ww_loop_listen(mangler->loop, &address, NULL, LISTENER, &mangler->listener, error)) != WW_OK ||
        (status = ww_loop_accept(mangler->loop, mangler->listener)) != WW_OK)
        return status;
    return announce(mangler);
}

static void finish(struct mangler *mangler)
{
    handle_signals(SIG_IGN); /* before the poster goes */
    ww_poster_free(stop);
    ww_loop_free(mangler->loop); /* it reads nothing of the pairs any more */
    for (size_t i = 0; i < PAIRS_MAX; i++)
        free(mangler->pairs[i]);
}

int main(int argc, char **argv)
{
    static struct mangler mangler;
    ww_error_info error = WW_ERROR_INFO_INIT;
    const char *at = NULL;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return options_usage(stdout, 0);
    if (options_parse(&mangler.options, argc, argv) != 0)
        return options_usage(stderr, 2);
    ww_status status = start(&mangler, &at, &error);
    if (status != WW_OK)
        fprintf(stderr, "%s: %s\n", at, error.code == status ? error.reason : ww_status_text(status));
    const int ended = status == WW_OK ? run(&mangler) != WW_OK : status == WW_E_ARGUMENT ? options_usage(stderr, 2) : 1;
    finish(&mangler);
    return ended;
}
