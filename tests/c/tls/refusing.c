/* What a peer is refused for: the alert it gets, and the reason that is told here. */
#include "tls.h"
#include <string.h>

struct peer {
    struct memory memory;
    ww_workspace *workspace;
    ww_conn *conn;
};

static void peer_open(struct peer *p, uint32_t role, const ww_tls_config *tls, const char *name)
{
    ww_workspace_config about = WW_WORKSPACE_CONFIG_INIT;
    ww_conn_config config = WW_CONN_CONFIG_INIT;
    memset(p, 0, sizeof *p);
    about.allocator = memory_allocator(&p->memory);
    config.role = role;
    config.tls = tls;
    config.server_name.data = (const uint8_t *)name;
    config.server_name.len = strlen(name);
    CHECK(ww_workspace_new(&about, &p->workspace) == WW_OK);
    CHECK(ww_conn_new(&config, p->workspace, 0, &p->conn) == WW_OK);
}

static void peer_close(struct peer *p)
{
    ww_conn_free(p->conn);
    ww_workspace_free(p->workspace);
    CHECK(p->memory.out == 0 && p->memory.mistakes == 0);
}

static void hear(struct peer *p, const uint8_t *data, size_t len)
{
    static uint8_t lend[1 << 16];
    ww_event event;
    memcpy(lend, data, len);
    CHECK(ww_conn_receive(p->conn, lend, len, 0) == WW_OK);
    while (ww_conn_next(p->conn, &event) == WW_OK) {}
}

static size_t move(struct peer *from, struct peer *to)
{
    ww_iovec iov[1];
    size_t len;
    if (ww_conn_output(from->conn, iov, 1) == 0 || !(ww_conn_state(to->conn) & WW_STATE_WANT_READ)) return 0;
    len = iov[0].iov_len < 1 << 16 ? iov[0].iov_len : 1 << 16;
    hear(to, iov[0].iov_base, len);
    CHECK(ww_conn_sent(from->conn, len, 0) == WW_OK);
    return len;
}

static int has_reason(struct peer *p, ww_status status, const char *reason, const char *rule)
{
    ww_error_info info = WW_ERROR_INFO_INIT;
    CHECK(ww_conn_error(p->conn, &info) == WW_OK);
    return info.code == status && strcmp(info.reason, reason) == 0 && strcmp(info.rule, rule) == 0;
}

/* TLS-06, TLS-07: octets of a client that is no good, and the alert it gets in the clear. */
static void tls_06_tls_07_alerts(const struct configs *c)
{
    static const struct {
        const char *octets;
        size_t len;
        ww_status status;
        const char *reason, *rule;
        uint8_t alert;
    } cases[] = {
        { "\x16\x03\x01\x40\x01", 5, WW_E_TLS_RECORD, "a TLS record is longer than allowed", "TLS-06", 22 },
        { "\x16\x03\x01\xff\xff", 5, WW_E_TLS_RECORD, "a TLS record is longer than allowed", "TLS-06", 22 },
        { "\x16\x03\x01\x00\x09\x01\x01\x00\x00\x03\x03xxx", 14, WW_E_TLS_HANDSHAKE, "a TLS message is malformed", "", 50 },
        { "\x16\x03\x01\x00\x09\x01\xff\xff\xff\x03\x03xxx", 14, WW_E_TLS_HANDSHAKE, "a TLS message is malformed", "", 50 },
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct peer p;
        ww_iovec iov[2];
        peer_open(&p, WW_ROLE_SERVER, c->server, "");
        hear(&p, (const uint8_t *)cases[i].octets, cases[i].len);
        CHECK(has_reason(&p, cases[i].status, cases[i].reason, cases[i].rule));
        CHECK(ww_conn_output(p.conn, iov, 2) == 1 && iov[0].iov_len == 7);
        CHECK(((uint8_t *)iov[0].iov_base)[0] == 21 && ((uint8_t *)iov[0].iov_base)[6] == cases[i].alert);
        CHECK(ww_conn_sent(p.conn, 7, 0) == WW_OK);
        CHECK((ww_conn_state(p.conn) & (WW_STATE_SHUTDOWN_WRITE | WW_STATE_CLOSE)) == WW_STATE_SHUTDOWN_WRITE);
        peer_close(&p);
    }
}

/* TLS-06: behind the handshake the peer can decrypt it. */
static void tls_06_overflow(const struct configs *c)
{
    struct peer a, b;
    peer_open(&a, WW_ROLE_CLIENT, c->client, "example.com");
    peer_open(&b, WW_ROLE_SERVER, c->server, "");
    while (move(&a, &b) + move(&b, &a) != 0) {}
    hear(&b, (const uint8_t *)"\x17\x03\x03\x41\x01", 5);
    CHECK(has_reason(&b, WW_E_TLS_RECORD, "a TLS record is longer than allowed", "TLS-06"));
    while (move(&b, &a) != 0) {}
    CHECK(has_reason(&a, WW_E_TLS_ALERT, "the peer sent the alert record_overflow (22)", ""));
    peer_close(&a);
    peer_close(&b);
}

/* TLS-08: the server's own certificate, in the file `chain`, is the only root; its name still matters. */
static void tls_08_a_root_itself(const struct configs *c, const char *chain)
{
    static const char *const names[] = { "example.com", "other.example" };
    ww_tls_options options = WW_TLS_OPTIONS_INIT;
    ww_tls_config *config;
    int i;
    options.role = WW_ROLE_CLIENT;
    options.roots_path = chain;
    CHECK(ww_tls_config_new(&options, &config, NULL) == WW_OK);
    for (i = 0; i < 2; i++) {
        struct peer a, b;
        peer_open(&a, WW_ROLE_CLIENT, config, names[i]);
        peer_open(&b, WW_ROLE_SERVER, c->server, "");
        while (move(&a, &b) + move(&b, &a) != 0) {}
        if (i == 0) {
            CHECK(!(ww_conn_state(a.conn) & WW_STATE_TLS_HANDSHAKE) && !(ww_conn_state(b.conn) & WW_STATE_TLS_HANDSHAKE));
        } else {
            CHECK(has_reason(&a, WW_E_TLS_VERIFY, "the peer's certificate is for another name", "TLS-08"));
            CHECK(has_reason(&b, WW_E_TLS_ALERT, "the peer sent the alert bad_certificate (42)", ""));
        }
        peer_close(&a);
        peer_close(&b);
    }
    ww_tls_config_free(config);
}

void refusing(const struct configs *c, const char *chain)
{
    tls_06_tls_07_alerts(c);
    tls_06_overflow(c);
    tls_08_a_root_itself(c, chain);
}
