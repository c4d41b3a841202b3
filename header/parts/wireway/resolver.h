/*
 * wireway/resolver.h: ww_resolver, which looks up host names. The system's call for that, getaddrinfo(), blocks for as long as a
 * name server takes; so a resolver has threads, the only ones that the library ever starts, and each result is a completion
 * of a ww_loop.
 *
 *     ww_resolver_new(NULL, &resolver, &error);
 *     ww_resolver_lookup(resolver, loop, ww_span_from("example.org"), 443, WW_FAMILY_NONE, 1);
 *     while (ww_loop_next(loop, &done, -1) == WW_OK) {
 *         if (done.kind != WW_COMPLETION_RESOLVED)
 *             continue;
 *         if (done.code == WW_E_RESOLVE)
 *             fprintf(stderr, "example.org: %s\n", ww_resolver_reason(done.system));
 *         for (size_t i = 0; i < done.n; i++)
 *             ww_loop_resolved(loop, i, &address);                           // for ww_loop_connect()
 *     }
 *     ww_resolver_free(resolver);
 *
 * In order: make one for all loops of the program; look names up; read the addresses at the completion; free it when no call on
 * it is in progress.
 *
 * BLOCKED NAMES. A name whose servers do not answer occupies a thread for as long as the system tries, some 10 s as a rule, also
 * when it was cancelled. The other threads look up the other names meanwhile, and when all are occupied names wait in a
 * queue of `waiting_max`. A limit of time is a timer of the loop and ww_resolver_cancel().
 * ANOTHER RESOLVER. A program that has one of its own (c-ares, systemd-resolved) needs none of this: it watches the descriptors
 * of that library by ww_loop_watch(), or posts from its thread by ww_poster_post(), and fills in each ww_address itself.
 */
#ifndef WIREWAY_RESOLVER_H
#define WIREWAY_RESOLVER_H

#include "address.h"
#include "base.h"
#include "loop.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_resolver

@ww_resolver_config
@WW_RESOLVER_CONFIG_INIT

@ww_resolver_new

@ww_resolver_free

@ww_resolver_lookup

@ww_resolver_cancel

@ww_loop_resolved

@ww_resolver_reason

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_RESOLVER_H */
