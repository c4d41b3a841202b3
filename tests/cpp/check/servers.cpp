/* A server by its mailbox and without a connection; the examples talk to one over sockets. */
#include "check.hpp"
#include <string>
#include <thread>

using namespace wireway;

static void listens()
{
    auto made = server::create();
    CHECK(made);
    CHECK(made->listen("127.0.0.1:0") == status::ok);
    CHECK(made->address().rfind("127.0.0.1:", 0) == 0);
    CHECK(made->address(1).empty());
    CHECK(made->peer(conn_id::none).empty());
    CHECK(made->listen(made->address().c_str()) == status::system);
    CHECK(made->error().code == WW_E_SYSTEM);
    error_info error;
    CHECK(made->listen("nowhere", &error) == status::argument);
    CHECK(error.code == WW_E_ARGUMENT);
    CHECK(error.reason[0] != '\0');
    server_config unusable;
    unusable.size = 1;
    CHECK(server::create(unusable, &error).status == status::argument);
    const std::string longest = "unix:@" + std::string(100, 'x'); // does not fit where the text is written first
    CHECK(made->listen(longest.c_str()) == status::ok);
    CHECK(made->address(1) == longest);
    CHECK(made->native_handle() >= 0);
    CHECK(made->stats().accepted == 0);
    int *user = nullptr;
    CHECK(made->take_user(user) == status::done);
    auto events = made->events(0);
    for (auto event : events)
        CHECK(event.is(event_kind::request)); // none comes
    CHECK(events.ended() == status::timeout);
}

static void dead_ids_are_gone(server &server)
{
    const conn_id dead = conn_id::none;
    octets der;
    CHECK(server.respond(dead, response()) == status::gone);
    file_response file;
    file.fd = 0;
    CHECK(server.respond_file(dead, head_parser<1>().head(), file) == status::gone);
    CHECK(server.send_interim(dead, 103) == status::gone);
    CHECK(server.switch_protocols(dead, response(101)) == status::gone);
    CHECK(server.send(dead, "x") == status::gone);
    CHECK(server.send_lent(dead, "x", 1) == status::gone);
    CHECK(server.send_file(dead, {}, 1) == status::gone);
    CHECK(server.finish(dead) == status::gone);
    CHECK(server.pause(dead) == status::gone);
    CHECK(server.resume(dead) == status::gone);
    CHECK(server.shutdown(dead) == status::gone);
    CHECK(server.abort(dead) == status::gone);
    CHECK(server.set_user(dead, nullptr) == status::gone);
    CHECK(server.accept_websocket(dead) == status::gone);
    CHECK(server.accept_websocket(dead, websocket_handshake()) == status::gone);
    CHECK(server.ping(dead) == status::gone);
    CHECK(server.send_message(dead, message::text, "x") == status::gone);
    CHECK(server.publish_to(dead, message::text, "x") == status::gone);
    CHECK(server.close_websocket(dead, 1000) == status::gone);
    CHECK(server.send_prepared(dead, prepared_message::create(message::text, "x").value) == status::gone);
    CHECK(server.subscribe(dead, "t") == status::gone);
    CHECK(server.unsubscribe(dead, "t") == status::gone);
    CHECK(server.peer_certificate(dead, 0, der) == status::gone);
    CHECK(server.tls_info(dead).version == 0);
}

static void publishes_in_a_group(server &server, wireway::server &other)
{
    auto all = group::create(), some = group::create();
    CHECK(all);
    CHECK(some);
    CHECK(server.join(*all) == status::ok);
    CHECK(other.join(all->ref()) == status::ok);
    CHECK(server.join(*some) == status::state);
    CHECK(server.join({}) == status::argument);
}

/** Posts from another thread, then drains. */
static void hears_other_threads(server &server)
{
    auto box = server.mailbox();
    std::string posted;
    std::uint64_t undelivered = 0; // a bit for each token
    CHECK(box);
    // Of each a piece alone: once a connection is known to be gone, the call says so and nothing is posted.
    std::thread other([box = box->ref()]() mutable {
        CHECK(box.post(conn_id::none, "hello", 7) == status::ok);
        CHECK(box.respond(static_cast<conn_id>(1), response(), 8, delivery::report) == status::ok);
        CHECK(box.send_message(static_cast<conn_id>(1), message::text, "x") == status::ok);
        CHECK(box.send(static_cast<conn_id>(2), "x", 9, delivery::report) == status::ok);
        CHECK(box.finish(static_cast<conn_id>(3), {}, 10, delivery::report) == status::ok);
        CHECK(box.accept_websocket(static_cast<conn_id>(4), nullptr, 11, delivery::report) == status::ok);
        CHECK(box.accept_websocket(static_cast<conn_id>(5), websocket_handshake(), 12, delivery::report) == status::ok);
        CHECK(box.publish("topic", message::text, "x") == status::ok);
        CHECK(box.drain(1000) == status::ok);
    });
    auto events = server.events();
    for (auto event : events) {
        if (event.is(event_kind::post) && event.token() == 7)
            posted = event.text();
        if (event.is(event_kind::undelivered) && event.code() == status::gone)
            undelivered |= 1u << event.token();
    }
    other.join();
    CHECK(events.ended() == status::done);
    CHECK(posted == "hello");
    CHECK(undelivered == 0x1f00);
    server.reset();
    CHECK(box->post(conn_id::none, "late") == status::gone);
    CHECK(box->wait(conn_id::none, 1) == status::gone);
}

void servers()
{
    listens();
    auto [server, code] = server::create();
    auto sibling = server::create();
    std::size_t taken = 1;
    CHECK(code == status::ok);
    CHECK(sibling);
    CHECK(server.flush() == status::ok);
    CHECK(server.deadline() > 0);
    CHECK(server.publish("topic", message::text, "x", 0, &taken) == status::ok);
    CHECK(taken == 0);
    publishes_in_a_group(server, *sibling);
    dead_ids_are_gone(server);
    hears_other_threads(server);
}
