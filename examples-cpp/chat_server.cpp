/* A room to talk in: a page, and a WebSocket that everyone in the room hears. examples-c/chat_server is the same in C.
 *
 *   chat_server [--listen ADDRESS:PORT] [--tls CERT KEY]
 *
 * What one says on /room everyone hears, that one included. The page is at `/`. With --tls it is https, and the
 * WebSocket wss. */
#include "../examples-c/chat_server/page.h"
#include <csignal>
#include <cstdio>
#include <string_view>
#include <wireway/wireway.hpp>

namespace ww = wireway;

struct options {
    const char *listen = "127.0.0.1:8080";
    const char *chain = nullptr, *key = nullptr; // nullptr: no TLS
};

static ww::mailbox mailbox;

// In a signal handler: drain() may be called here.
extern "C" void on_signal(int)
{
    mailbox.drain(2000);
}

/* A page of another site must not speak in the name of whoever looks at it: a browser sends Origin with every WebSocket it opens,
 * and what sends none is no browser. Behind a proxy that ends TLS, `is_secure` is to be true as well. */
static bool is_foreign(ww::head head, bool is_secure)
{
    const ww::field_view origin = head.find(ww::field_id::origin);
    return origin && !ww::is_same_origin(origin.value(), head.host(), is_secure);
}

static ww::status open_room(ww::server &server, ww::event event, bool is_secure)
{
    if (is_foreign(event.head(), is_secure))
        return server.respond(event.conn(), ww::response(403));
    const ww::status status = server.accept_websocket(event.conn());
    return status == ww::status::ok ? server.subscribe(event.conn(), "room") : status; // a handshake that is no good is answered
}

static ww::status on_request(ww::server &server, ww::event event, bool is_secure)
{
    static const ww_field html[] = {WW_FIELD("Content-Type", "text/html; charset=utf-8"), WW_FIELD("Cache-Control", "no-cache")};
    const ww::head head = event.head();
    if (head.is_websocket() && head.target() == "/room")
        return open_room(server, event, is_secure);
    if (head.is(ww::method::get) && head.target() == "/")
        return server.respond(event.conn(), ww::response(200).fields(html).content(page));
    return server.respond(event.conn(), ww::response(404));
}

// Messages come whole, so that what one says is not cut by what another does. Who does not keep up is shown out.
static ww::status run(ww::server &server, bool is_secure)
{
    auto events = server.events();
    for (auto event : events)
        if (event.is(ww::event_kind::request))
            on_request(server, event, is_secure);
        else if (event.is(ww::event_kind::message))
            server.publish("room", event.as_sent() | ww::message::slow_close, event.data());
    return events.ended();
}

// The server keeps what it needs of the config.
static ww::status listen(ww::server &server, const options &chosen)
{
    if (chosen.chain == nullptr)
        return server.listen(chosen.listen);
    ww::error_info error;
    const auto [config, status] = ww::tls_config::of_files(chosen.chain, chosen.key, &error);
    if (status == ww::status::ok)
        return server.listen_tls(chosen.listen, config);
    std::fprintf(stderr, "TLS: %s\n", error.reason);
    return status;
}

static ww::result<ww::server> open_server(const options &chosen)
{
    using namespace ww::conn_flag;
    ww::server_config config;
    config.conn.flags = deflate | deflate_server_forgets | deflate_client_forgets;
    config.conn.message_max = 4096;
    auto made = ww::server::create(config);
    if (made)
        made.status = listen(*made, chosen);
    if (made)
        if (auto box = made->mailbox(); (made.status = box.status) == ww::status::ok)
            mailbox = std::move(box.value);
    return made;
}

// In the words of what failed, where the server has them.
static void complain(ww::server &server, const options &chosen, ww::status status)
{
    const ww::error_info error = server.error();
    const bool is_told = static_cast<ww::status>(error.code) == status;
    std::fprintf(stderr, "%s: %s\n", chosen.listen, is_told ? error.reason : ww::text_of(status));
}

static int usage(std::FILE *to, int status)
{
    std::fputs("usage: chat_server [--listen ADDRESS:PORT] [--tls CERT KEY]\n", to);
    return status;
}

static bool take_options(int argc, char **argv, options &chosen)
{
    for (int i = 1; i < argc;) {
        const std::string_view word = argv[i];
        if (word == "--listen" && i + 1 < argc) {
            chosen.listen = argv[i + 1];
            i += 2;
        } else if (word == "--tls" && i + 2 < argc) {
            chosen.chain = argv[i + 1];
            chosen.key = argv[i + 2];
            i += 3;
        } else
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    options chosen;
    if (argc == 2 && std::string_view(argv[1]) == "--help")
        return usage(stdout, 0);
    if (!take_options(argc, argv, chosen))
        return usage(stderr, 2);
    auto [server, status] = open_server(chosen);
    if (status != ww::status::ok) {
        complain(server, chosen, status);
        return status == ww::status::argument ? usage(stderr, 2) : 1;
    }
    std::printf("listening on %s\n", server.address().c_str());
    std::fflush(stdout);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGINT, on_signal);
    status = run(server, chosen.chain != nullptr);
    std::signal(SIGTERM, SIG_IGN);
    std::signal(SIGINT, SIG_IGN);
    if (status != ww::status::done)
        complain(server, chosen, status);
    return status == ww::status::done ? 0 : 1;
}
