/* Host names, which no name server is asked for. */
#include "check.hpp"

using namespace wireway;

static constexpr std::int64_t patience_ms = 120000;

static void finds_names(loop &on, const resolver &names)
{
    ww_completion storage;
    CHECK(names.lookup(on, "localhost", 80, 7) == status::ok);
    CHECK(on.next(storage, patience_ms) == status::ok);
    const completion done(storage);
    CHECK(done.is(completion_kind::resolved));
    CHECK(done.code() == status::ok);
    CHECK(done.token() == 7);
    CHECK(done.n() == 2);
    CHECK(text_of(resolved(on, 0).value) == "[::1]:80");
    CHECK(text_of(resolved(on, 1).value) == "127.0.0.1:80");
    CHECK(resolved(on, 2).status == status::argument);
}

static void tells_why_not(loop &on, const resolver &names)
{
    ww_completion storage;
    CHECK(names.lookup(on, "127.0.0.1", 80, 8, family::ipv6) == status::ok);
    CHECK(on.next(storage, patience_ms) == status::ok);
    CHECK(completion(storage).code() == status::resolve);
    CHECK(std::string_view(resolver::reason(completion(storage).system())).find("family") != std::string_view::npos);
    CHECK(names.lookup(on, "", 80, 9) == status::argument);
    CHECK(names.cancel(on, 9) == status::gone);
}

void resolvers()
{
    auto on = loop::create();
    resolver_config config;
    config.threads = 1;
    auto names = resolver::create(config);
    CHECK(names.status == status::ok);
    finds_names(*on, *names);
    tells_why_not(*on, *names);
    config.threads = 17;
    error_info error;
    CHECK(resolver::create(config, &error).status == status::argument);
    CHECK(error.reason[0] != '\0');
    CHECK(resolver().lookup(*on, "::1", 80, 1) == status::argument);
}
