/* What happens on a loop: both ends of a connection, a timer, posts. Everything waits by completions. */
#include "check.hpp"
#include <string>
#include <thread>

using namespace wireway;

/* Longer than any wait takes here. */
static constexpr std::int64_t patience_ms = 120000;

static address loopback()
{
    address at{};
    CHECK(parse_address("127.0.0.1:0", at) == status::ok);
    return at;
}

struct ends {
    socket_id client, server;
};

/** Connects the loop to itself. */
static ends connected(loop &on)
{
    auto [listener, code] = on.listen(loopback(), 1);
    CHECK(code == status::ok);
    CHECK(on.accept(listener) == status::ok);
    const auto at = on.address(listener);
    CHECK(at.status == status::ok);
    CHECK(at.value.port != 0);
    ends made{on.connect(at.value, 2).value, socket_id::none};
    bool is_connected = false;
    for (auto done : on.completions(patience_ms)) {
        CHECK(done.code() == status::ok);
        CHECK(done.socket() == (done.is(completion_kind::connected) ? made.client : listener));
        CHECK(done.token() == (done.is(completion_kind::connected) ? 2 : 1));
        is_connected |= done.is(completion_kind::connected);
        if (done.is(completion_kind::accepted))
            made.server = done.accepted();
        if (is_connected && made.server != socket_id::none)
            break;
    }
    CHECK(on.set_token(made.server, 3) == status::ok);
    CHECK(text_of(on.peer(made.client).value) == text_of(at.value));
    CHECK(on.close(listener) == status::ok);
    return made;
}

/** What comes to a socket before the end, while `rest` is sent from another one. */
static std::string received(loop &on, socket_id to, socket_id from, octets rest)
{
    std::string all;
    std::size_t taken = 0;
    for (auto done : on.completions(patience_ms)) {
        CHECK(done.code() == status::ok);
        if (done.is_end())
            break;
        if (done.is(completion_kind::received)) {
            CHECK(done.socket() == to);
            all += done.text();
            continue;
        }
        if (done.is(completion_kind::hung_up)) // both sides have ended, which is no news
            continue;
        CHECK(done.is(completion_kind::sent) && done.socket() == from);
        rest = octets(rest.data() + done.n(), rest.size() - done.n());
        const status code = on.send(from, rest, taken);
        CHECK(!failed(code));
        rest = octets(rest.data() + taken, rest.size() - taken);
        if (code == status::ok)
            CHECK(on.shutdown_write(from) == status::ok);
    }
    return all;
}

static void exchanges_octets(loop &on)
{
    const auto [client, server] = connected(on);
    const ww_iovec pieces[] = {piece("hello"), piece(std::string_view(", ")), piece("loop")};
    std::size_t taken = 0;
    CHECK(on.receive(server) == status::ok);
    CHECK(on.receive(server) == status::state);
    CHECK(on.send(client, pieces, taken) == status::ok);
    CHECK(taken == 11);
    CHECK(on.shutdown_write(client) == status::ok);
    CHECK(received(on, server, client, {}) == "hello, loop");
    // The other way, into a socket that was told to rest.
    CHECK(on.receive(client) == status::ok);
    CHECK(on.cancel(client, cancel_flag::receive) == status::ok);
    CHECK(on.send(server, "back", taken) == status::ok);
    CHECK(on.shutdown_write(server) == status::ok);
    CHECK(on.receive(client) == status::ok);
    CHECK(received(on, client, server, {}) == "back");
    CHECK(on.close(client) == status::ok);
    CHECK(on.close(server) == status::ok);
}

/** status::paused, and the rest at each completion. */
static void sends_more_than_fits(loop &on)
{
    const auto [client, server] = connected(on);
    const std::string large(std::size_t{16} << 20, 'x');
    std::size_t taken = 0;
    CHECK(on.receive(client) == status::ok);
    CHECK(on.send(server, large, taken) == status::paused);
    CHECK(taken < large.size());
    CHECK(on.room(server) == status::state);
    CHECK(received(on, client, server, octets(large.data() + taken, large.size() - taken)) == large);
    CHECK(on.close(client) == status::ok);
    CHECK(on.close(server) == status::ok);
}

static void tells_why_a_connect_failed(loop &on)
{
    const auto listener = on.listen(loopback(), 1);
    const auto at = on.address(listener.value);
    error_info error;
    CHECK(on.listen(at.value, 1, {}, &error).status == status::system);
    CHECK(error.reason[0] != '\0');
    CHECK(error.offset != 0); // errno
    CHECK(on.error().code == WW_E_SYSTEM);
    CHECK(on.close(listener.value) == status::ok);
    const auto refused = on.connect(at.value, 2, {}, &error);
    if (refused.status == status::system) // a system may know at once
        return;
    CHECK(refused.status == status::ok);
    ww_completion storage;
    CHECK(on.next(storage, patience_ms) == status::ok);
    const completion done(storage);
    CHECK(done.is(completion_kind::connected));
    CHECK(done.code() == status::system);
    CHECK(done.system() != 0);
    CHECK(done.socket() == refused.value);
    CHECK(on.close(refused.value) == status::ok);
}

static void tells_the_time(loop &on)
{
    const std::uint64_t start = on.now();
    ww_completion storage;
    CHECK(start > 0);
    CHECK(on.set_timer(0, start + 20, 100) == status::ok);
    CHECK(on.set_timer(1, start + 1, 101) == status::ok);
    CHECK(on.disarm(1) == status::ok);
    CHECK(on.deadline() <= start + 20);
    CHECK(on.next(storage, patience_ms) == status::ok);
    const completion done(storage);
    CHECK(done.is(completion_kind::timer));
    CHECK(done.n() == 0);
    CHECK(done.token() == 100);
    CHECK(done.socket() == socket_id::none);
    CHECK(on.now() >= start + 20);
    auto none = on.completions(0);
    for (auto other : none)
        CHECK(other.is(completion_kind::timer)); // none comes
    CHECK(none.ended() == status::timeout);
}

static void hears_other_threads(loop &on)
{
    const auto made = on.poster();
    CHECK(made);
    std::thread other([poster = made.value.ref()] {
        CHECK(poster.post(7) == status::ok);
        CHECK(poster.ring() == status::ok);
    });
    bool posted = false, rang = false;
    for (auto done : on.completions(patience_ms)) {
        CHECK(done.is(completion_kind::post));
        posted |= done.token() == 7;
        rang |= done.token() == 0;
        if (posted && rang)
            break;
    }
    other.join();
    on.reset();
    CHECK(made.value.post(7) == status::gone);
    CHECK(made.value.ring() == status::gone);
}

void loops()
{
    auto on = loop::create();
    CHECK(on);
    exchanges_octets(*on);
    sends_more_than_fits(*on);
    tells_why_a_connect_failed(*on);
    tells_the_time(*on);
    hears_other_threads(*on);
}
