/* cost_cpp http|ws COUNT: takes that many requests or messages and echoes them, all in memory. cost.c is the same in C. */
#include "cost.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <wireway/wireway.hpp>

using namespace wireway;

static unsigned char buffer[COST_BUFFER];
static std::size_t sent;

static void handle(conn &conn, event event)
{
    if (event.is(event_kind::request) && event.head().is_websocket())
        conn.accept_websocket();
    else if (event.is(event_kind::message))
        conn.send_message(event.as_sent(), event.data());
    else if (event.is_last()) {
        static const ww_field type = WW_FIELD("Content-Type", "text/plain");
        conn.respond(response(200).fields(type).content(event.data()));
    }
}

static void turn(conn &conn, const char *octets, std::size_t len)
{
    ww_iovec pieces[4];
    std::size_t count;
    std::memcpy(buffer, octets, len);
    conn.receive(buffer, len, 1);
    for (auto event : conn.events())
        handle(conn, event);
    while ((count = conn.output(pieces, 4)) > 0) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < count; i++)
            size += pieces[i].iov_len;
        conn.sent(size, 1);
        sent += size;
    }
}

int main(int argc, char **argv)
{
    const bool is_ws = argc == 3 && std::strcmp(argv[1], "ws") == 0;
    unsigned long count = argc == 3 ? std::strtoul(argv[2], nullptr, 10) : 0;
    auto memory = workspace::create();
    auto conn = conn::create(*memory, 0);
    if (!memory || !conn)
        return 1;
    if (is_ws)
        turn(*conn, COST_HANDSHAKE, sizeof COST_HANDSHAKE - 1);
    while (count-- > 0)
        turn(*conn, is_ws ? COST_FRAME : COST_REQUEST, is_ws ? sizeof COST_FRAME - 1 : sizeof COST_REQUEST - 1);
    std::printf("%lu\n", static_cast<unsigned long>(sent));
    return 0;
}
