/* Notes over REST, and a WebSocket that hears of every change.
 *
 *   rest_server [ADDRESS:PORT [CERT KEY]]
 *
 *   /notes          GET, HEAD: all notes by their targets, as JSON
 *   /notes/milk     GET, HEAD, PUT, DELETE: one of them
 *   /changes        a WebSocket: "PUT /notes/milk" and the like
 *
 * A note is JSON, and is not looked at; errors are JSON. With a certificate and its key all of it is https and wss. */
#include <csignal>
#include <cstdio>
#include <map>
#include <string>
#include <wireway/wireway.hpp>

namespace ww = wireway;

static std::map<std::string, std::string> notes; // by target, in which there is nothing that JSON escapes: strict_target
static ww::mailbox mailbox;
static const ww_field json = WW_FIELD("Content-Type", "application/json"), allow = WW_FIELD("Allow", "GET, HEAD, PUT, DELETE"),
                      allow_all = WW_FIELD("Allow", "GET, HEAD");

static ww::status answer_all(ww::server &server, ww::conn_id conn, bool reads)
{
    std::string all;
    for (const auto &[target, note] : notes)
        all += (all.empty() ? "\"" : ",\"") + target + "\":" + note;
    return server.respond(conn, reads ? ww::response().fields(json).content("{" + all + "}") : ww::response(405).fields(allow_all));
}

static ww::status answer(ww::server &server, ww::event event)
{
    const auto method = event.head().method();
    const std::string target(event.head().target());
    const auto note = notes.find(target);
    const bool reads = method == ww::method::get || method == ww::method::head, puts = method == ww::method::put;
    if (target == "/notes")
        return answer_all(server, event.conn(), reads);
    if (note == notes.end() && !puts)
        return server.respond(event.conn(), ww::response(404));
    if (reads)
        return server.respond(event.conn(), ww::response().fields(json).content(note->second));
    if (puts && notes.size() - notes.count(target) < 1000)
        notes[target] = event.text();
    else if (method == ww::method::delete_)
        notes.erase(note);
    else
        return server.respond(event.conn(), puts ? ww::response(507) : ww::response(405).fields(allow));
    const std::string change = std::string(ww::name_of(method)) + " " + target;
    server.publish("changes", ww::message::text | ww::message::slow_close, change);
    return server.respond(event.conn(), ww::response(204));
}

// Of browsers, only pages of this server may hear of changes; what is no browser sends no Origin.
static void open_changes(ww::server &server, ww::event event, bool is_secure)
{
    const auto origin = event.head().find(ww::field_id::origin);
    if (event.head().target() != "/changes")
        server.respond(event.conn(), ww::response(404));
    else if (origin && !ww::is_same_origin(origin.value(), event.head().host(), is_secure))
        server.respond(event.conn(), ww::response(403));
    else if (server.accept_websocket(event.conn()) == ww::status::ok)
        server.subscribe(event.conn(), "changes");
}

// Each request comes whole, and what is none is answered as JSON, too.
static void on(ww::server &server, ww::event event, bool is_secure)
{
    if (event.can_respond()) {
        const auto error = server.error(event.conn());
        const std::string content = std::string("{\"error\":\"") + error.reason + "\"}";
        server.respond(event.conn(), ww::response(error.http_status).fields(json).content(content));
    }
    if (!event.is(ww::event_kind::request))
        return;
    if ((std::string(event.head().target()) + "/").rfind("/notes/", 0) == 0)
        answer(server, event);
    else
        open_changes(server, event, is_secure);
}

static ww::status listen(ww::server &server, const char *address, int argc, char **argv)
{
    ww::error_info error;
    if (argc < 4)
        return server.listen(address);
    const auto tls = ww::tls_config::of_files(argv[2], argv[3], &error);
    return tls ? server.listen_tls(address, tls.value) : (std::fprintf(stderr, "%s\n", error.reason), ww::status::argument);
}

int main(int argc, char **argv)
{
    const char *address = argc > 1 ? argv[1] : "127.0.0.1:8080", *usage = "usage: rest_server [ADDRESS:PORT [CERT KEY]]\n";
    if (argc == 2 && address == std::string("--help"))
        return std::fputs(usage, stdout) < 0;
    ww::server_config config;
    config.conn.flags = ww::conn_flag::whole_content | ww::conn_flag::strict_target;
    config.conn.body_max = 1 << 14;
    auto [server, status] = ww::server::create(config);
    status = argc == 3 || argc > 4 ? ww::status::argument : listen(server, address, argc, argv);
    if (const bool is_misused = status == ww::status::argument; status != ww::status::ok)
        return std::fprintf(stderr, "%s: %s\n%s", address, server.error().reason, is_misused ? usage : ""), is_misused ? 2 : 1;
    mailbox = server.mailbox().value;
    std::signal(SIGTERM, [](int) { mailbox.drain(2000); });
    std::printf("listening on %s\n", server.address().c_str());
    std::fflush(stdout);
    for (auto event : server.events())
        on(server, event, argc == 4);
}
