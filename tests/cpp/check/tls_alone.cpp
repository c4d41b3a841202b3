/* TLS configs and the pump, as far as they go without a certificate: tests/examples has those. */
#include "check.hpp"

using namespace wireway;

/** A client's first record, which no server answers. */
static void pump(const tls_config &config)
{
    auto memory = workspace::create();
    auto pump = tls::create(config, *memory, "example.com");
    ww_iovec pieces[4];
    octets plain;
    CHECK(pump);
    CHECK((pump->state() & state::tls_handshake) != 0);
    CHECK(pump->output(pieces, 4) == 1);
    CHECK(pump->sent(pieces[0].iov_len) == status::ok);
    CHECK(pump->send(pieces, 0) == status::paused);
    CHECK(pump->next(plain) == status::need_input);
    CHECK(pump->info().version == 0);
    CHECK(pump->error().code == 0);
    CHECK(pump->peer_certificate(0, plain) == status::done);
    char http[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
    CHECK(pump->receive(http, sizeof http - 1) == status::ok);
    CHECK(failed(pump->next(plain)));
    CHECK(pump->error().code != 0);
    CHECK(pump->receive_eof() == status::ok);
}

/** Closed in the handshake, it takes no notice of what still comes. */
static void closed_pump(const tls_config &config)
{
    auto memory = workspace::create();
    auto pump = tls::create(config, *memory, "example.com");
    octets plain;
    CHECK(pump);
    CHECK(pump->close() == status::ok);
    CHECK((pump->state() & state::tls_handshake) == 0);
    char http[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
    CHECK(pump->receive(http, sizeof http - 1) == status::ok);
    CHECK(pump->next(plain) == status::done);
    CHECK(pump->error().code == 0);
}

void tls_alone()
{
    error_info error;
    const auto none = tls_config::of_files("/no/such/chain", "/no/such/key", &error);
    if (none.status == status::unsupported)
        return; // built without TLS
    CHECK(none.status == status::system);
    CHECK(!none.value);
    CHECK(error.code == WW_E_SYSTEM);
    static const char root[] = "tests/tls/ca.pem";
    tls_options options;
    options.role = role::client;
    options.roots_path = root;
    auto config = tls_config::create(options, &error);
    CHECK(config);
    auto other = config->ref();
    CHECK(other.swap_material(options) == status::ok);
    CHECK(other.rotate_tickets() == status::ok);
    options.role = role::server;
    CHECK(other.swap_material(options, &error) == status::argument);
    pump(*config);
    closed_pump(*config);
}
