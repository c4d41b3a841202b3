/* A WebSocket, both sides. */
#include "rig.hpp"
#include <string>

using namespace wireway;

void websockets()
{
    rig both;
    std::string said, pong, reason;
    std::uint16_t close_code = 0, answer = 0;
    const auto on_server = [&](event event) {
        if (event.is(event_kind::request)) {
            octets chosen;
            const ww_span own[] = {WW_LIT("other"), WW_LIT("chat")};
            CHECK(choose_subprotocol(event.head(), own, 2, chosen) == status::ok);
            CHECK(chosen == "chat");
            CHECK(both.server.accept_websocket(websocket_handshake().protocol(chosen)) == status::ok);
        }
        if (event.is(event_kind::message)) // an echo
            CHECK(both.server.send_message(event.as_sent(), event.data()) == status::ok);
    };
    const auto on_client = [&](event event) {
        if (event.is(event_kind::response))
            answer = event.head().status();
        if (event.is(event_kind::message))
            said += std::string(event.is_first() ? "<" : "") + (event.is_text() ? "t:" : "b:") + std::string(event.text()) +
                    (event.is_last() ? ">" : "");
        if (event.is(event_kind::pong))
            pong = event.text();
        if (event.is(event_kind::close_frame)) {
            close_code = event.close_code();
            reason = event.text();
        }
    };
    CHECK(both.client.request_websocket(websocket_handshake().to("a", "/ws").protocol("chat, x")) == status::ok);
    both.run(on_server, on_client);
    CHECK(answer == 101);
    CHECK(both.client.send_message(message::text, "hello") == status::ok);
    CHECK(both.client.send_message(message::binary | message::uncompressed, std::string(1, '\0')) == status::ok);
    CHECK(both.client.send_message(message::text_part | message::first, "a") == status::ok);
    CHECK(both.client.send_message(message::text_part | message::last, "b") == status::ok);
    CHECK(both.client.send_message(message::text, "\xff") == status::utf8);
    CHECK(both.client.ping("p") == status::ok);
    both.run(on_server, on_client);
    CHECK(said == std::string("<t:hello><b:\0><t:ab>", 20)); // parts come together
    CHECK(pong == "p");
    auto prepared = prepared_message::create(message::text, "to all");
    CHECK(both.server.send_prepared(*prepared) == status::ok);
    CHECK(both.server.close_websocket(4000, "bye") == status::ok);
    both.run(on_server, on_client);
    CHECK(said.find("<t:to all>") != std::string::npos);
    CHECK(close_code == 4000);
    CHECK(reason == "bye");
    CHECK(both.client.send_message(message::text, "late") == status::ws_closing);
}
