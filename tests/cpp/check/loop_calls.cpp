/* The other calls of a loop: a server on it, sockets and descriptors that come and go, dead sockets, an empty handle. */
#include "check.hpp"
#include <string>

using namespace wireway;

static constexpr std::int64_t patience_ms = 120000;

static address parsed(std::string_view text)
{
    address at{};
    CHECK(parse_address(text, at) == status::ok);
    return at;
}

/** Answers what there is, and drains after the answer. */
static status serves(server &server)
{
    auto events = server.events(0);
    for (auto event : events)
        if (event.is_last()) {
            CHECK(server.respond(event.conn(), response(200).content("Hello, loop!")) == status::ok);
            CHECK(server.drain(1000) == status::ok);
        }
    return events.ended();
}

static void hosts_a_server()
{
    const octets asked("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    auto on = loop::create();
    error_info error;
    auto host = server::create_on(*on, 9, {}, &error);
    CHECK(host);
    CHECK(host->listen("127.0.0.1:0") == status::ok);
    const auto client = on->connect(parsed(host->address()), 2);
    CHECK(client.status == status::ok);
    std::string answer;
    std::size_t taken = 0;
    bool drained = false, ended = false;
    for (auto done : on->completions(patience_ms)) {
        CHECK(done.code() == status::ok);
        answer += done.text();
        ended |= done.is_end();
        if (done.is(completion_kind::server)) {
            CHECK(done.token() == 9);
            drained |= serves(*host) == status::done;
        }
        if (done.is(completion_kind::connected)) {
            CHECK(on->send(client.value, asked, taken) == status::ok);
            CHECK(on->receive(client.value) == status::ok);
        }
        if (ended)
            CHECK(on->close(client.value) == status::ok);
        if (ended)
            break;
    }
    // The peer's end may be what a drain waits for.
    auto rest = on->completions(patience_ms);
    for (auto iterator = rest.begin(); !drained && iterator != rest.end(); ++iterator)
        drained = (*iterator).is(completion_kind::server) && serves(*host) == status::done;
    CHECK(drained);
    CHECK(answer.rfind("HTTP/1.1 200", 0) == 0);
    CHECK(answer.find("Hello, loop!") != std::string::npos);
    on.value.reset();
    CHECK(host->flush() == status::ok); // it outlives its loop
}

/** A loop in a loop. */
static void watches_another()
{
    auto outer = loop::create(), inner = loop::create();
    const auto poster = inner->poster();
    const auto watched = outer->watch(inner->native_handle(), 5);
    CHECK(watched.status == status::ok);
    CHECK(inner->flush() == status::ok);
    CHECK(inner->deadline() == UINT64_MAX);
    CHECK(outer->poll(watched.value, 0) == status::argument);
    CHECK(outer->poll(watched.value, ready_flag::readable) == status::ok);
    ww_completion storage;
    CHECK(outer->next(storage, 0) == status::timeout);
    CHECK(poster.value.post(6) == status::ok);
    CHECK(outer->next(storage, patience_ms) == status::ok);
    const completion done(storage);
    CHECK(done.is(completion_kind::ready));
    CHECK(done.is_readable() && !done.is_writable() && !done.is_failed());
    CHECK(done.token() == 5 && done.socket() == watched.value);
    CHECK(inner->next(storage, 0) == status::ok);
    CHECK(done.is(completion_kind::post) && done.token() == 6);
    const auto [fd, code] = outer->release_socket(watched.value);
    CHECK(code == status::ok);
    CHECK(fd == -1); // it was the caller's all along
}

/** From one loop to another. */
static void moves_a_socket()
{
    auto from = loop::create(), to = loop::create();
    const auto listener = from->listen(parsed("127.0.0.1:0"), 1);
    const auto [fd, code] = from->release_socket(listener.value);
    CHECK(code == status::ok);
    CHECK(fd >= 0);
    CHECK(from->accept(listener.value) == status::gone);
    const auto adopted = to->adopt(fd, 8);
    CHECK(adopted.status == status::ok);
    CHECK(to->accept(adopted.value) == status::ok);
    CHECK(to->cancel(adopted.value, 1u << 31) == status::argument);
    CHECK(to->cancel(adopted.value, cancel_flag::accept) == status::ok);
    CHECK(to->accept(adopted.value) == status::ok);
    const auto client = from->connect(to->address(adopted.value).value, 2);
    CHECK(client.status == status::ok);
    ww_completion storage;
    CHECK(to->next(storage, patience_ms) == status::ok);
    CHECK(completion(storage).is(completion_kind::accepted));
    CHECK(storage.token == 8);
    error_info error;
    CHECK(to->adopt(-1, 8, &error).status == status::argument);
    CHECK(error.reason[0] != '\0');
    CHECK(to->watch(1000000, 8).status == status::system);
}

static void dead_sockets_are_gone()
{
    auto on = loop::create();
    const socket_id dead = socket_id::none;
    std::size_t taken = 1;
    CHECK(on->set_token(dead, 1) == status::gone);
    CHECK(on->address(dead).status == status::gone);
    CHECK(on->peer(dead).status == status::gone);
    CHECK(on->peer(dead).value.family == family::none);
    CHECK(on->accept(dead) == status::gone);
    CHECK(on->receive(dead) == status::gone);
    CHECK(on->send(dead, "x", taken) == status::gone);
    CHECK(taken == 0);
    CHECK(on->send(dead, piece("x"), taken) == status::gone);
    file none;
    none.fd = 0;
    CHECK(on->send_file(dead, none, taken) == status::gone);
    bool lent = true;
    CHECK(on->send_zero_copy(dead, piece("x"), taken, lent) == status::gone);
    CHECK(!lent);
    CHECK(on->room(dead) == status::gone);
    CHECK(on->poll(dead, ready_flag::readable) == status::gone);
    CHECK(on->cancel(dead, cancel_flag::receive) == status::gone);
    CHECK(on->shutdown_write(dead) == status::gone);
    CHECK(on->close(dead) == status::gone);
    CHECK(on->release_socket(dead).status == status::gone);
    CHECK(on->release_socket(dead).value == -1);
    CHECK(on->send_datagrams(dead, datagram{}, taken) == status::gone);
    CHECK(on->set_peer(dead, nullptr) == status::gone);
    CHECK(on->join(dead, parsed("224.0.0.1:0")) == status::gone);
    CHECK(on->leave(dead, parsed("224.0.0.1:0"), 1) == status::gone);
    CHECK(on->error().code == WW_E_GONE);
}

static void tells_what_drives_it()
{
    loop_config config;
    error_info error;
    config.driver = driver::epoll;
    config.posts_max = 1;
    auto on = loop::create(config, &error);
    CHECK(on);
    CHECK(on->info().driver == driver::epoll);
    CHECK((on->info().flags & loop_info_flag::holds_sends) == 0);
    CHECK((on->info().flags & loop_info_flag::lends) != 0);
    CHECK(on->info().refused == 0);
    CHECK(on->error().code == 0);
    CHECK(on->error().reason[0] == '\0');
    const auto poster = on->poster();
    CHECK(poster.value.post(1) == status::ok);
    CHECK(poster.value.post(2) == status::paused);
    config.driver = 99;
    CHECK(loop::create(config, &error).status == status::argument);
    CHECK(error.reason[0] != '\0');
}

static void an_empty_one_refuses()
{
    loop none;
    ww_completion storage;
    CHECK(none.next(storage, 0) == status::argument);
    CHECK(none.flush() == status::argument);
    CHECK(none.set_timer(0, 0, 0) == status::argument);
    CHECK(none.listen(parsed("127.0.0.1:0"), 1).status == status::argument);
    CHECK(!none.poster());
    CHECK(!server::create_on(none, 1));
    CHECK(none.native_handle() == -1);
    CHECK(none.deadline() == UINT64_MAX);
    CHECK(none.now() == 0);
    CHECK(none.error().reason[0] == '\0');
    CHECK(poster().post(1) == status::argument);
    CHECK(poster().ring() == status::argument);
    CHECK(!poster().ref());
}

void loop_calls()
{
    hosts_a_server();
    watches_another();
    moves_a_socket();
    dead_sockets_are_gone();
    tells_what_drives_it();
    an_empty_one_refuses();
}
