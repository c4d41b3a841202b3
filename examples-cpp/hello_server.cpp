/* A whole server.
 *
 *   hello_server [ADDRESS:PORT|unix:PATH]     127.0.0.1:8080, [::1]:8080, unix:/path */
#include <cstdio>
#include <cstring>
#include <wireway/wireway.hpp>

static int usage(std::FILE *to, int status)
{
    std::fputs("usage: hello_server [ADDRESS:PORT|unix:PATH]\n", to);
    return status;
}

static int serve(const char *address)
{
    wireway::error_info error;
    auto [server, status] = wireway::server::create(nullptr, &error);
    if (status == wireway::status::ok)
        status = server.listen(address, &error);
    if (wireway::failed(status)) {
        std::fprintf(stderr, "%s: %s\n", address, error.reason); // in use, not permitted, no address, ...
        return status == wireway::status::argument ? usage(stderr, 2) : 1;
    }
    const ww_field type = WW_FIELD("Content-Type", "text/plain");
    for (auto event : server.events())
        if (event.is_last())
            server.respond(event.conn(), wireway::response(200).fields(type).content("Hello, World!"));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc > 2 || (argc == 2 && *argv[1] == '-'))
        return usage(stderr, 2);
    return serve(argc == 2 ? argv[1] : "127.0.0.1:8080");
}
