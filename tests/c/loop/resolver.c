/* Host names. None of them asks a name server: numbers, localhost, and what getaddrinfo() reads by itself. */
#include "loop.h"

static ww_resolver *resolver_new(const ww_resolver_config *config)
{
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_resolver *resolver = NULL;
    CHECK(ww_resolver_new(config, &resolver, &error) == WW_OK && resolver != NULL);
    return resolver;
}

static int is_address(ww_loop *loop, size_t index, const char *expected)
{
    char text[WW_ADDRESS_TEXT_MAX];
    ww_address address;
    size_t needed = 0;
    return ww_loop_resolved(loop, index, &address) == WW_OK &&
           ww_address_text(&address, text, sizeof text, &needed) == WW_OK && strcmp(text, expected) == 0;
}

static void finds(ww_loop *loop, ww_resolver *resolver)
{
    ww_completion done;
    ww_address address;
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("localhost"), 80, WW_FAMILY_NONE, 5) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_RESOLVED && done.token == 5 && done.socket == 0);
    CHECK(done.code == WW_OK && done.n == 2);
    CHECK(is_address(loop, 0, "[::1]:80") && is_address(loop, 1, "127.0.0.1:80"));
    CHECK(ww_loop_resolved(loop, 2, &address) == WW_E_ARGUMENT && ww_loop_resolved(loop, 0, NULL) == WW_E_ARGUMENT);
    CHECK(loop_is_quiet(loop) && ww_loop_resolved(loop, 0, &address) == WW_E_ARGUMENT);
}

/* In a thread, which asks the system. */
static void asks_the_system(ww_loop *loop, ww_resolver *resolver)
{
    ww_completion done;
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("127.1"), 81, WW_FAMILY_IPV4, 6) == WW_OK);
    done = loop_next(loop);
    CHECK(done.code == WW_OK && done.token == 6 && done.n == 1 && is_address(loop, 0, "127.0.0.1:81"));
}

static void fails(ww_loop *loop, ww_resolver *resolver)
{
    char label[64];
    ww_span name = {(const uint8_t *)label, sizeof label};
    ww_completion done;
    memset(label, 'x', sizeof label);
    /* A label is at most 63 octets long. */
    CHECK(ww_resolver_lookup(resolver, loop, name, 80, WW_FAMILY_NONE, 7) == WW_OK);
    done = loop_next(loop);
    CHECK(done.kind == WW_COMPLETION_RESOLVED && done.token == 7 && done.n == 0 && done.system != 0);
    CHECK(done.code == WW_E_RESOLVE || done.code == WW_E_SYSTEM);
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("127.0.0.1"), 80, WW_FAMILY_IPV6, 8) == WW_OK);
    done = loop_next(loop);
    CHECK(done.code == WW_E_RESOLVE && done.token == 8 && done.system != 0);
    CHECK(strstr(ww_resolver_reason(done.system), "family") != NULL);
    CHECK(ww_resolver_reason(0)[0] != '\0');
}

static void refuses(ww_loop *loop, ww_resolver *resolver)
{
    char name[254];
    ww_span too_long = {(const uint8_t *)name, sizeof name};
    const ww_span nul = {(const uint8_t *)"a\0b", 3}, empty = WW_SPAN_EMPTY;
    ww_error_info error = WW_ERROR_INFO_INIT;
    memset(name, 'x', sizeof name);
    CHECK(ww_resolver_lookup(resolver, loop, too_long, 80, WW_FAMILY_NONE, 9) == WW_E_ARGUMENT);
    CHECK(ww_resolver_lookup(resolver, loop, nul, 80, WW_FAMILY_NONE, 9) == WW_E_ARGUMENT);
    CHECK(ww_loop_error(loop, &error) == WW_OK && error.offset == 1 && strstr(error.reason, "NUL") != NULL);
    CHECK(ww_resolver_lookup(resolver, loop, empty, 80, WW_FAMILY_NONE, 9) == WW_E_ARGUMENT);
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("a"), 80, WW_FAMILY_UNIX, 9) == WW_E_ARGUMENT);
    CHECK(ww_resolver_lookup(NULL, loop, ww_span_from("a"), 80, WW_FAMILY_NONE, 9) == WW_E_ARGUMENT);
    CHECK(ww_resolver_lookup(resolver, NULL, ww_span_from("a"), 80, WW_FAMILY_NONE, 9) == WW_E_ARGUMENT);
    CHECK(ww_resolver_cancel(resolver, loop, 9) == WW_E_GONE);
    CHECK(ww_resolver_cancel(NULL, loop, 9) == WW_E_ARGUMENT && ww_resolver_cancel(resolver, NULL, 9) == WW_E_ARGUMENT);
    CHECK(loop_is_quiet(loop));
}

static void of_configs(void)
{
    ww_resolver_config config = WW_RESOLVER_CONFIG_INIT;
    ww_error_info error = WW_ERROR_INFO_INIT;
    ww_resolver *resolver = NULL;
    CHECK(ww_resolver_new(NULL, NULL, NULL) == WW_E_ARGUMENT);
    config.threads = 17;
    CHECK(ww_resolver_new(&config, &resolver, &error) == WW_E_ARGUMENT && resolver == NULL);
    CHECK(strstr(error.reason, "threads") != NULL);
    config.threads = 16;
    config.waiting_max = 65537;
    CHECK(ww_resolver_new(&config, &resolver, &error) == WW_E_ARGUMENT && strstr(error.reason, "waiting_max") != NULL);
    ww_resolver_free(NULL);
}

/* What is full, what is cancelled, what goes first. */
static void ends(void)
{
    ww_resolver_config config = WW_RESOLVER_CONFIG_INIT;
    ww_loop *loop = loop_new();
    ww_resolver *resolver;
    config.threads = 1;
    config.waiting_max = 2;
    resolver = resolver_new(&config);
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("::1"), 80, WW_FAMILY_NONE, 1) == WW_OK);
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("127.1"), 80, WW_FAMILY_NONE, 2) == WW_OK);
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("::1"), 80, WW_FAMILY_NONE, 3) == WW_E_LIMIT);
    CHECK(ww_resolver_cancel(resolver, loop, 2) == WW_OK && ww_resolver_cancel(resolver, loop, 2) == WW_E_GONE);
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("::1"), 80, WW_FAMILY_NONE, 3) == WW_OK);
    CHECK(loop_next(loop).token == 1 && loop_next(loop).token == 3 && loop_is_quiet(loop));
    /* With a look-up under way: the loop goes first, or the resolver. */
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("127.2"), 80, WW_FAMILY_NONE, 4) == WW_OK);
    ww_loop_free(loop);
    loop = loop_new();
    CHECK(ww_resolver_lookup(resolver, loop, ww_span_from("127.3"), 80, WW_FAMILY_NONE, 5) == WW_OK);
    ww_resolver_free(resolver);
    ww_loop_free(loop);
}

void test_resolver(void)
{
    ww_loop *const loop = loop_new();
    ww_resolver *const resolver = resolver_new(NULL);
    finds(loop, resolver);
    asks_the_system(loop, resolver);
    fails(loop, resolver);
    refuses(loop, resolver);
    ww_resolver_free(resolver);
    ww_loop_free(loop);
    of_configs();
    ends();
}
