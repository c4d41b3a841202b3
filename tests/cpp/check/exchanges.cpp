/* A request and its response: events, heads, copies. */
#include "rig.hpp"
#include <string>

using namespace wireway;

static void look_at(head head)
{
    std::string names;
    for (auto field : head)
        names += std::string(field.name()) + "=" + std::string(field.value()) + ";";
    CHECK(names == "Host=example.com;Content-Length=5;X-A=1;X-B=2;");
    CHECK(head.is(method::post));
    CHECK(head.method_name() == "POST");
    CHECK(head.target() == "/echo?a");
    CHECK(head.host() == "example.com");
    CHECK(head.content_length() == 5);
    CHECK(head.field_count() == 4);
    CHECK(head.version_minor() == 1);
    CHECK(!head.is_upgrade());
    CHECK(head[field_id::content_length] == "5");
    CHECK(head["x-b"] == "2");
    CHECK(head["none"].empty());
    CHECK(head[field_id::origin].empty());
    CHECK(head.find("x-a"));
    CHECK(!head.find("none"));
    CHECK(!head.find(field_id::etag));
    CHECK(head.has(head_flag::length));
    CHECK(head.find(field_id::host).id() == field_id::host);
    CHECK(head.find("x-a").id() == field_id::other);
}

static void a_request_is_answered_later()
{
    static const ww_field more[] = {WW_FIELD("X-A", "1"), WW_FIELD("X-B", "2")};
    rig both;
    head_copy kept;
    std::string heard, content, answer;
    std::uint16_t status_code = 0;
    CHECK(both.client.request(request("POST", "example.com", "/echo?a").fields(more).content("hello")) == status::ok);
    const auto on_server = [&](event event) {
        heard += std::to_string(static_cast<int>(event.kind())) + (event.is_last() ? "! " : " ");
        CHECK(event.has_head() == event.is(event_kind::request));
        CHECK(event.conn() == conn_id::none);
        if (event.is(event_kind::request)) {
            look_at(event.head());
            kept = head_copy::of(event.head()).value;
        }
        content += event.text();
    };
    const auto on_client = [&](event event) {
        if (event.is(event_kind::response)) {
            status_code = event.head().status();
            CHECK(event.head().reason() == "I'm here");
            CHECK(event.head()[field_id::content_type] == "text/plain");
        }
        answer += event.text();
    };
    both.run(on_server, on_client);
    CHECK(heard == "1 4! ");
    CHECK(content == "hello");
    CHECK(kept);
    CHECK((both.server.state() & state::can_respond) != 0);
    look_at(kept.head());
    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    CHECK(both.server.respond(response(201).reason("I'm here").fields(type).content(content)) == status::ok);
    both.run(on_server, on_client);
    CHECK(status_code == 201);
    CHECK(answer == "hello");
    CHECK(both.server.respond(response()) == status::state); // no request waits
    file_response file;
    file.fd = -1;
    CHECK(both.server.respond_file(kept.head(), file) == status::argument); // no descriptor
    file.fd = 3;
    CHECK(both.server.respond_file(kept.head(), file) == status::state);
}

static void a_copy_is_a_head_of_its_own()
{
    head_parser<> small, large;
    head_copy copy, moved;
    CHECK(small.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == status::ok);
    CHECK(large.request("GET /a-longer-target HTTP/1.1\r\nHost: a.example\r\nAccept: */*\r\n\r\n") == status::ok);
    CHECK(!copy);
    CHECK(copy.assign(small.head()) == status::ok);
    CHECK(copy.head().target() == "/");
    CHECK(copy.assign(large.head()) == status::ok);
    CHECK(copy.head().target() == "/a-longer-target");
    CHECK(copy.assign(small.head()) == status::ok);
    CHECK(copy.head().target() == "/");
    CHECK(copy.head().field_count() == 1);
    moved = std::move(copy);
    CHECK(!copy);
    CHECK(moved);
    CHECK(moved.head()[field_id::host] == "a");
}

static void streams()
{
    rig both;
    std::string answer, trailers;
    bool is_released = false;
    const auto on_server = [&](event event) { is_released = is_released || (event.is(event_kind::released) && event.token() == 7); };
    const auto on_client = [&](event event) {
        answer += event.text();
        if (event.is(event_kind::end) && event.has_head())
            trailers = event.head()["X-Sum"];
    };
    CHECK(both.client.request(request("GET", "a", "/")) == status::ok);
    both.run(on_server, on_client);
    CHECK(both.server.send_interim(103) == status::ok);
    CHECK(both.server.respond(response(200).stream()) == status::ok);
    CHECK(both.server.send("one ") == status::ok);
    CHECK(both.server.send_lent("two", 7) == status::ok);
    CHECK(both.server.finish(field("X-Sum", "3")) == status::ok);
    both.run(on_server, on_client);
    CHECK(answer == "one two");
    CHECK(trailers == "3");
    CHECK(is_released);
    CHECK(both.client.request(request("GET", "a", "/")) == status::ok);
    both.run(on_server, on_client);
    CHECK(both.server.respond(response().stream(3).close()) == status::ok);
    CHECK(both.server.send("four") == status::body_length);
    CHECK(both.server.error().code == 0);
    CHECK(both.server.abort(0) == status::ok);
    CHECK((both.server.state() & state::close) != 0);
}

static void a_loop_may_be_left()
{
    rig both;
    char heads[] = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
    CHECK(both.server.receive(heads, sizeof heads - 1, 0) == status::ok);
    auto events = both.server.events();
    for (auto event : events) {
        CHECK(event.head().target() == "/1");
        CHECK(both.server.respond(response(204)) == status::ok);
        break;
    }
    CHECK(events.ended() == status::ok);
    ww_event storage;
    CHECK(both.server.next(storage) == status::ok);
    CHECK(event(storage).head().target() == "/2");
    CHECK(both.server.next(storage) == status::need_input);
}

void exchanges()
{
    a_request_is_answered_later();
    a_copy_is_a_head_of_its_own();
    streams();
    a_loop_may_be_left();
    head_copy none;
    CHECK(!none);
}
