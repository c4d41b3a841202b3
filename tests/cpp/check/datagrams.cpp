/* Datagrams of a loop, from a socket to itself. */
#include "check.hpp"
#include <string>

using namespace wireway;

static_assert(sizeof(datagram) == 152 || sizeof(void *) != 8);

/** Two, and once more as they came. */
static void come_back(loop &on, socket_id socket, const address &at)
{
    datagram both[2]{};
    std::size_t taken = 0;
    std::string came;
    both[0].data = octets("one");
    both[1].data = octets("two");
    both[0].peer = both[1].peer = at;
    CHECK(on.receive(socket) == status::ok);
    CHECK(on.send_datagrams(socket, both, taken) == status::ok);
    CHECK(taken == 2);
    for (auto done : on.completions(120000)) {
        CHECK(done.is(completion_kind::datagrams) && done.code() == status::ok && done.token() == 4);
        CHECK(done.n() == done.datagrams().size());
        for (const datagram &one : done.datagrams()) {
            CHECK(one.peer.port == at.port);
            came += to_text(one.data);
        }
        if (came.size() <= 6)
            CHECK(on.send_datagrams(socket, done.datagrams(), taken) == status::ok);
        if (came.size() == 12)
            break;
    }
    CHECK(came == "onetwoonetwo");
}

static void have_a_peer(loop &on, socket_id socket, const address &at)
{
    std::size_t taken = 1;
    ww_completion storage;
    CHECK(on.send_datagrams(socket, datagram{}, taken) == status::system); // to nobody
    CHECK(taken == 0);
    CHECK(on.set_peer(socket, at) == status::ok);
    CHECK(on.send_datagrams(socket, datagram{}, taken) == status::ok);
    CHECK(taken == 1);
    CHECK(on.next(storage, 120000) == status::ok);
    CHECK(completion(storage).datagrams().size() == 1);
    CHECK(completion(storage).datagrams()[0].data.len == 0);
    CHECK(on.set_peer(socket, nullptr) == status::ok);
    CHECK(on.send_datagrams(socket, datagram{}, taken) == status::system);
}

void datagrams()
{
    auto on = loop::create();
    address at{};
    socket_options options;
    options.flags = socket_flag::ecn;
    CHECK(parse_address("127.0.0.1:0", at) == status::ok);
    const auto socket = on->bind_udp(at, 4, options);
    CHECK(socket.status == status::ok);
    at = on->address(socket.value).value;
    come_back(*on, socket.value, at);
    have_a_peer(*on, socket.value, at);
    CHECK(on->join(socket.value, at) == status::system); // no group
    CHECK(on->set_multicast(socket.value, 3) == status::ok);
    CHECK(on->set_multicast(socket.value, 256) == status::argument);
    address local{};
    CHECK(on->datagram_local(0, &local) == status::done); // it was not asked for
    CHECK(on->datagram_local(7, &local) == status::argument);
    CHECK(on->leave(socket.value, at) == status::system);
    CHECK(on->close(socket.value) == status::ok);
}
