/* Every allocation of the workspace fails once: TLS ends by it, or goes on as if nothing had been; nothing leaks or lies. */
#include "tls.h"

/* Answers whether everything went through. */
static int talk(void)
{
    ww_status said;
    carry(100);
    said = end_say(&server, "something");
    if (said == WW_E_NOMEM) said = end_say(&server, "something");
    carry(3);
    CHECK(server.rest == WW_NEED_INPUT || server.rest == WW_E_NOMEM);
    return said == WW_OK && server.rest == WW_NEED_INPUT && client.got_len == 9;
}

void without_memory(const struct configs *c)
{
    size_t at;
    int is_through = 0, failures = 0;
    for (at = 1; !is_through && at < 100; at++) {
        CHECK(end_open(&client, c->client, "example.com", 0));
        if (end_open(&server, c->server, "", at)) {
            int is_good = talk();
            is_through = is_good && server.memory.calls < at;
            failures += !is_good;
        } else {
            failures++;
        }
        close_both();
    }
    CHECK(is_through && failures > 5);
}
