/* Connections in coroutines of Asio: the sockets are Asio's, the protocol is wireway::conn's.
 *
 *   asio_conn [ADDRESS:PORT]
 *
 * It greets whoever asks, and says back what comes by WebSocket. */
#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <string>
#include <wireway/wireway.hpp>

using namespace asio::experimental::awaitable_operators;
using asio::ip::tcp, asio::awaitable, asio::use_awaitable, std::chrono::milliseconds, std::chrono::steady_clock;

static const char *const usage = "usage: asio_conn [ADDRESS:PORT]\n";

// What is said to a peer. One answer to an event always fits.
static void handle(wireway::conn &conn, wireway::event event)
{
    if (event.is(wireway::event_kind::message))
        conn.send_message(event.as_sent(), event.data());
    else if (event.is(wireway::event_kind::request) && (event.head().flags() & wireway::head_flag::websocket))
        conn.accept_websocket(); // a handshake that is no good is answered
    else if (event.is_last()) conn.respond(wireway::response().content("Hello, World!"));
}

/* The glue: what a connection has of Asio. Before each turn it waits for what the connection wants. */
static const auto now_ms = [] { return std::uint64_t(std::chrono::duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count()); };

static void flush(tcp::socket &socket, wireway::conn &conn)
{
    ww_iovec piece;
    asio::error_code error;
    while (!error && conn.output(&piece, 1) > 0)
        conn.sent(socket.write_some(asio::buffer(piece.iov_base, piece.iov_len), error), now_ms());
    if (error && error != asio::error::would_block) conn.abort(now_ms());
}

static void receive(tcp::socket &socket, wireway::conn &conn)
{
    static char octets[1 << 16]; // one for all peers: a turn drains what is lent
    asio::error_code error;
    if (const std::size_t size = socket.read_some(asio::buffer(octets), error); size > 0)
        conn.receive(octets, size, now_ms());
    else if (error != asio::error::would_block)
        error == asio::error::eof ? conn.receive_eof(true, now_ms()) : conn.abort(now_ms());
}

static awaitable<void> wait(tcp::socket &socket, bool is_wanted, tcp::socket::wait_type what, std::uint64_t due)
{
    asio::steady_timer timer(socket.get_executor(), steady_clock::time_point(milliseconds(std::min(due, now_ms() + 60'000))));
    if (is_wanted) co_await (socket.async_wait(what, use_awaitable) || timer.async_wait(use_awaitable));
    else co_await timer.async_wait(use_awaitable);
}

static awaitable<void> serve(tcp::socket socket, wireway::conn conn)
{
    using namespace wireway::state;
    asio::error_code error;
    for (std::uint32_t state = conn.state(); !(state & wireway::state::close);) {
        const std::uint64_t due = conn.deadline(now_ms());
        co_await (wait(socket, state & want_read, tcp::socket::wait_read, due) || wait(socket, state & want_write, tcp::socket::wait_write, due));
        if (state & want_read) receive(socket, conn);
        conn.tick(now_ms());
        do {
            for (auto event : conn.events()) handle(conn, event);
            flush(socket, conn);
        } while ((state = conn.state()) & events);
        if (state & shutdown_write) socket.shutdown(tcp::socket::shutdown_send, error);
        if (state & reset) socket.set_option(tcp::socket::linger(true, 0), error);
    }
}
/* So far the glue. */

static awaitable<void> accept(tcp::acceptor &listener, const wireway::workspace &workspace)
{
    for (asio::error_code error;;) {
        auto socket = co_await listener.async_accept(asio::redirect_error(use_awaitable, error));
        ww_workspace_set_time(workspace.get(), std::uint64_t(std::time(nullptr))); // Date
        auto conn = wireway::conn::create(workspace, now_ms());
        if (!error && conn && !socket.non_blocking(true, error))
            asio::co_spawn(listener.get_executor(), serve(std::move(socket), std::move(*conn)), asio::detached);
        else // without descriptors, or memory
            co_await asio::steady_timer(listener.get_executor(), milliseconds(100)).async_wait(use_awaitable);
    }
}

int main(int argc, char **argv)
try {
    char host[64], more;
    unsigned port;
    if (argc == 2 && argv[1] == std::string("--help")) return std::fputs(usage, stdout) < 0;
    if (argc > 2 || std::sscanf(argc > 1 ? argv[1] : "127.0.0.1:8080", "%63[0-9.]:%5u%c", host, &port, &more) != 2 || port > 65535)
        throw std::system_error(std::make_error_code(std::errc::invalid_argument));
    asio::io_context loop;
    tcp::acceptor listener(loop, {asio::ip::make_address(host), asio::ip::port_type(port)});
    auto workspace = wireway::workspace::create();
    std::printf("listening on %s:%d\n", host, listener.local_endpoint().port());
    std::fflush(stdout);
    asio::co_spawn(loop, accept(listener, *workspace), asio::detached);
    loop.run();
} catch (const std::system_error &error) {
    const bool is_misused = error.code().value() == EINVAL;
    return std::fprintf(stderr, "%s: %s\n%s", argc > 1 ? argv[1] : "", error.what(), is_misused ? usage : ""), is_misused ? 2 : 1;
}
