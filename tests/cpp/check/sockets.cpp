/* A server whose sockets somebody else made, and a response that another thread could send. */
#include "check.hpp"

#if defined(_WIN32)
void sockets()
{
}
#else
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

using namespace wireway;

static void listens_on_given_sockets()
{
    auto made = server::create();
    error_info error;
    CHECK(made->listen_fd(1000000, {}, &error) == status::system);
    CHECK(error.code == WW_E_SYSTEM);
    CHECK(made->adopt(1000000, nullptr, &error).status == status::system);
    listen_options options;
    options.flags = listen_flag::ipv6_only;
    options.backlog = 5;
    const int bound = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in loopback = {};
    loopback.sin_family = AF_INET;
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(bound, reinterpret_cast<const sockaddr *>(&loopback), sizeof loopback) == 0);
    CHECK(made->listen_fd(bound, options) == status::argument); // it is bound already
    CHECK(made->listen_fd(bound) == status::ok);
    CHECK(made->address().rfind("127.0.0.1:", 0) == 0);
    options.flags = listen_flag::reuse_port;
    CHECK(made->listen("127.0.0.1:0", options) == status::ok);
    options.flags = listen_flag::proxy;
    CHECK(made->listen("127.0.0.1:0", options) == status::ok);
    std::intptr_t first = 0;
    std::size_t count = 1;
    CHECK(listen_fds(first, count) == status::ok);
    CHECK(count == 0); // no service manager started this
}

/** Posts a whole streamed response, as other threads do. */
static void post_response(mailbox &box, conn_id conn)
{
    CHECK(box.respond(conn, response().stream()) == status::ok);
    CHECK(box.wait(conn, 2, 0) == status::ok);
    CHECK(box.wait(conn, std::size_t{1} << 40, 0) == status::limit);
    CHECK(box.send(conn, "ab") == status::ok);
    CHECK(box.finish(conn, field("X-Sum", "1")) == status::ok);
    CHECK(box.drain(10000) == status::ok);
}

static void adopts_a_connection()
{
    static int user;
    int pair[2] = {-1, -1}, *taken = nullptr;
    auto made = server::create();
    auto box = made->mailbox();
    const std::string asked = "GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n";
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    CHECK(write(pair[1], asked.data(), asked.size()) == static_cast<ssize_t>(asked.size()));
    const auto adopted = made->adopt(pair[0]);
    CHECK(adopted.status == status::ok);
    address peer, local;
    CHECK(made->endpoints(adopted.value, &peer, &local) == status::ok);
    CHECK(peer.family == family::unix_socket);
    CHECK(made->proxy_endpoints(adopted.value, &peer, &local) == status::done);
    CHECK(peer.family == family::none);
    CHECK(made->set_user(adopted.value, &user) == status::ok);
    CHECK(made->take_user(taken) == status::ok);
    CHECK(taken == &user);
    CHECK(made->take_user(taken) == status::done);
    CHECK(taken == nullptr);
    auto events = made->events(60000);
    for (auto event : events)
        if (event.is(event_kind::request)) {
            CHECK(event.conn() == adopted.value);
            post_response(*box, event.conn());
        }
    CHECK(events.ended() == status::done);
    std::string answer;
    char buffer[1024];
    for (ssize_t size; (size = read(pair[1], buffer, sizeof buffer)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(size));
    CHECK(answer.find("\r\n\r\n2\r\nab\r\n0\r\n") != std::string::npos);
    close(pair[1]);
}

void sockets()
{
    listens_on_given_sockets();
    adopts_a_connection();
}
#endif
