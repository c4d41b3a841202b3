#include "check.hpp"
#include <cstdio>

static int failures;

void check(bool holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s:%d: %s\n", file, line, what);
    failures++;
}

int main()
{
    spans();
    statuses();
    handles();
    structs();
    exchanges();
    websockets();
    heads();
    texts();
    addresses();
    conditions();
    contents();
    framing();
    servers();
    sockets();
    loops();
    loop_calls();
    resolvers();
    datagrams();
    tls_alone();
    return failures == 0 ? 0 : 1;
}
