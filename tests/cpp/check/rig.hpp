/* A client and a server in memory, joined by hand. */
#ifndef TESTS_CPP_RIG_HPP
#define TESTS_CPP_RIG_HPP

#include "check.hpp"
#include <cstring>

struct rig {
    wireway::workspace memory;
    wireway::conn server, client;

    explicit rig(const wireway::conn_config &server_config = {})
    {
        wireway::conn_config client_config;
        client_config.role = wireway::role::client;
        memory = wireway::workspace::create().value;
        server = wireway::conn::create(memory, 0, server_config).value;
        client = wireway::conn::create(memory, 0, client_config).value;
        CHECK(memory && server && client);
    }

    /** Until neither has anything to say. */
    template <class OnServer, class OnClient> void run(OnServer on_server, OnClient on_client)
    {
        while (move(client, server, on_server) + move(server, client, on_client) > 0) {
        }
    }

  private:
    /** Takes the output of one to the other, whose events are shown; answers the octets. */
    template <class On> static std::size_t move(wireway::conn &from, wireway::conn &to, On on)
    {
        static char buffer[1 << 16];
        ww_iovec pieces[8];
        std::size_t size = 0;
        const std::size_t count = from.output(pieces, 8);
        for (std::size_t i = 0; i < count; i++) {
            std::memcpy(buffer + size, pieces[i].iov_base, pieces[i].iov_len);
            size += pieces[i].iov_len;
        }
        CHECK(from.sent(size, 0) == wireway::status::ok);
        if (size > 0)
            CHECK(to.receive(buffer, size, 0) == wireway::status::ok);
        auto events = to.events();
        for (auto event : events)
            on(event);
        CHECK(!wireway::failed(events.ended()) && events.ended() != wireway::status::ok);
        return size;
    }
};

#endif
