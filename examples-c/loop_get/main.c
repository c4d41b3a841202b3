/* Gets what is at some URLs, all at once on one thread: clients, each a ww_conn whose socket is a ww_loop's.
 *
 *   loop_get [--ca FILE] URL...
 *
 * For each it prints the status, the length of the content and the URL, in the order in which they end. The certificate of
 * an https:// server must lead to one in FILE, or to one that the platform trusts. The exit status is 0 if all responses came
 * whole.
 *
 * What it shows: a ww_resolver looks the names up; the addresses of a name are tried one after the other; and a connection keeps
 * its octets where they are until the loop has let go of them. It has no call of one system, so it runs on Windows too. */
#include "fetch.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DONE = 0, FAILED = 1, USAGE = 2 };
static const char usage[] = "loop_get [--ca FILE] http[s]://HOST[:PORT][/PATH]...";

/* Answers whether it is one to get; its spans point into the text. */
static int parse(struct fetch *fetch)
{
    const ww_span text = ww_span_from(fetch->text);
    ww_error_info error = WW_ERROR_INFO_INIT;
    fetch->url = (ww_url)WW_URL_INIT;
    if (ww_parse_url(text, 0, &fetch->url) == WW_OK && !(fetch->url.flags & WW_URL_WEBSOCKET))
        return 1;
    ww_url_error(text, 0, &error);
    fprintf(stderr, "%s: %s\n", fetch->text, error.code != 0 ? error.reason : "only http:// and https:// are spoken here");
    return 0;
}

static ww_status make(struct shared *shared, const char *ca, ww_error_info *error)
{
    const ww_tls_options trust = { .size = sizeof trust, .role = WW_ROLE_CLIENT, .roots_path = ca };
    ww_status status = ww_loop_new(NULL, &shared->loop, error);
    if (status == WW_OK)
        status = ww_resolver_new(NULL, &shared->resolver, error);
    if (status == WW_OK)
        status = ww_workspace_new(NULL, &shared->workspace);
    if (status == WW_OK && shared->is_secure)
        status = ww_tls_config_new(&trust, &shared->tls, error);
    return status;
}

/* Until all are over. */
static void run(struct shared *shared, struct fetch *fetches)
{
    ww_completion done;
    const int count = shared->open;
    for (int i = 0; i < count; i++)
        fetch_start(&fetches[i]);
    while (shared->open > 0 && ww_loop_next(shared->loop, &done, -1) == WW_OK)
        fetch_on_completion(&fetches[done.token], &done);
}

static int get(struct shared *shared, struct fetch *fetches, const char *ca)
{
    ww_error_info error = { .size = sizeof error, .reason = "there is no memory" };
    const int count = shared->open;
    const ww_status status = make(shared, ca, &error);
    if (status == WW_OK)
        run(shared, fetches);
    else
        fprintf(stderr, "loop_get: %s\n", error.reason);
    for (int i = 0; i < count; i++)
        ww_conn_free(fetches[i].conn); /* none is left but where the loop has failed */
    ww_resolver_free(shared->resolver);
    ww_loop_free(shared->loop);
    ww_workspace_free(shared->workspace);
    ww_tls_config_free(shared->tls);
    return status == WW_OK && shared->whole == count ? DONE : FAILED;
}

static int fail(void)
{
    fprintf(stderr, "usage: %s\n", usage);
    return USAGE;
}

/* Answers 0 if one of the URLs is none to get. */
static int parse_all(struct shared *shared, struct fetch *fetches, char **urls)
{
    for (; *urls != NULL; urls++) {
        struct fetch *const fetch = &fetches[shared->open];
        fetch->shared = shared;
        fetch->text = *urls;
        fetch->number = (uint32_t)shared->open++;
        if (!parse(fetch))
            return 0;
        shared->is_secure |= (fetch->url.flags & WW_URL_SECURE) != 0;
    }
    return 1;
}

static int get_all(char **urls, size_t count, const char *ca)
{
    struct shared shared = { .open = 0 };
    struct fetch *const fetches = calloc(count, sizeof *fetches);
    int status = FAILED;
    if (fetches != NULL)
        status = parse_all(&shared, fetches, urls) ? get(&shared, fetches, ca) : fail();
    free(fetches);
    return status;
}

int main(int argc, char **argv)
{
    const int has_ca = argc > 2 && strcmp(argv[1], "--ca") == 0, first = has_ca ? 3 : 1;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return printf("usage: %s\n", usage) > 0 ? DONE : FAILED;
    if (first >= argc || argv[first][0] == '-')
        return fail();
    return get_all(argv + first, (size_t)(argc - first), has_ca ? argv[2] : NULL);
}
