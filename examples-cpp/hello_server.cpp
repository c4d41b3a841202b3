/* A whole server.
 *
 *   hello_server [ADDRESS:PORT|unix:PATH]     127.0.0.1:8080, [::1]:8080, unix:/path */
#include <cstdio>
#include <cstring>
#include <wireway/wireway.hpp>

static wireway::status serve(const char *address)
{
    wireway::error_info error;
    auto [server, status] = wireway::server::create(nullptr, &error);
    if (status == wireway::status::ok)
        status = server.listen(address, &error);
    if (wireway::failed(status)) {
        std::fprintf(stderr, "%s: %s\n", address, error.reason);
        return status;
    }
    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    auto events = server.events();
    for (auto event : events)
        if (event.is_last())
            server.respond(event.conn(), wireway::response(200).fields(type).content("Hello, World!"));
    return events.ended();
}

static int usage(std::FILE *to, int status)
{
    std::fputs("usage: hello_server [ADDRESS:PORT|unix:PATH]\n", to);
    return status;
}

int main(int argc, char **argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || (argc == 2 && *argv[1] == '-'))
        return usage(stderr, 2);
    const wireway::status status = serve(argc == 2 ? argv[1] : "127.0.0.1:8080");
    return status == wireway::status::argument ? usage(stderr, 2) : wireway::failed(status);
}
