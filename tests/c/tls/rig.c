#include "tls.h"
#include <stdlib.h>
#include <string.h>

struct end client, server;

int end_open(struct end *e, const ww_tls_config *config, const char *name, size_t fail_at)
{
    ww_workspace_config about = WW_WORKSPACE_CONFIG_INIT;
    ww_span host = { NULL, 0 };
    memset(e, 0, sizeof *e);
    e->memory.fail_at = fail_at;
    about.allocator = memory_allocator(&e->memory);
    host.data = (const uint8_t *)name;
    host.len = strlen(name);
    if (ww_workspace_new(&about, &e->workspace) != WW_OK) return 0;
    e->rest = ww_tls_new(config, e->workspace, host, &e->tls);
    CHECK((e->rest == WW_OK) == (e->tls != NULL));
    return e->tls != NULL;
}

int end_close(struct end *e)
{
    ww_tls_free(e->tls);
    ww_workspace_free(e->workspace);
    e->tls = NULL;
    e->workspace = NULL;
    return e->memory.out == 0 && e->memory.mistakes == 0;
}

void end_hear(struct end *e, const uint8_t *data, size_t len)
{
    uint8_t *lend = malloc(len + 1);
    ww_span plain;
    if (lend == NULL) abort();
    memcpy(lend, data, len);
    CHECK(ww_tls_receive(e->tls, lend, len) == WW_OK);
    while ((e->rest = ww_tls_next(e->tls, &plain)) == WW_OK) {
        CHECK(plain.len != 0 && plain.len <= GOT_MAX - e->got_len);
        memcpy(e->got + e->got_len, plain.data, plain.len);
        e->got_len += plain.len;
    }
    free(lend);
}

ww_status end_say(struct end *e, const char *text)
{
    char copy[64];
    ww_iovec part;
    strcpy(copy, text);
    part.iov_base = copy;
    part.iov_len = strlen(copy);
    return ww_tls_send(e->tls, &part, 1);
}

/* Carries a stretch of what one has for the other; answers how long it was. */
static size_t carry_one(struct end *from, struct end *to, size_t step)
{
    ww_iovec iov[2];
    size_t len;
    if (ww_tls_output(from->tls, iov, 2) == 0) return 0;
    len = iov[0].iov_len < step ? iov[0].iov_len : step;
    end_hear(to, iov[0].iov_base, len);
    CHECK(ww_tls_sent(from->tls, len) == WW_OK);
    return len;
}

void carry(size_t step)
{
    while (carry_one(&client, &server, step) + carry_one(&server, &client, step) != 0) {}
}

void open_both(const struct configs *c)
{
    CHECK(end_open(&client, c->client, "example.com:443", 0));
    CHECK(end_open(&server, c->server, "", 0));
    carry(1000);
    CHECK(ww_tls_state(client.tls) == WW_STATE_WANT_READ && ww_tls_state(server.tls) == WW_STATE_WANT_READ);
}

void close_both(void)
{
    CHECK(end_close(&client));
    CHECK(end_close(&server));
}
