/* wireway for C++17 and later: HTTP/1.1, WebSocket and TLS. Header only, over wireway.h. SPDX-License-Identifier: MIT OR Apache-2.0
 *
 *     #include <cstdio>
 *     #include <wireway/wireway.hpp>
 *
 *     static wireway::status serve(const char *address)
 *     {
 *         wireway::error_info error;
 *         auto [server, status] = wireway::server::create(nullptr, &error);
 *         if (status == wireway::status::ok)
 *             status = server.listen(address, &error);
 *         if (wireway::failed(status)) {
 *             std::fprintf(stderr, "%s: %s\n", address, error.reason);
 *             return status;
 *         }
 *         const ww_field type = WW_FIELD("Content-Type", "text/plain");
 *         auto events = server.events();
 *         for (auto event : events)
 *             if (event.is_last())
 *                 server.respond(event.conn(), wireway::response(200).fields(type).content("Hello, World!"));
 *         return events.ended();
 *     }
 *
 *     int main()
 *     {
 *         return wireway::failed(serve("127.0.0.1:8080"));
 *     }
 *
 * It throws nothing and never calls you back; it compiles with and without -fno-exceptions and -fno-rtti. Link wireway::wireway, as for C.
 *
 * WHAT THERE IS
 *
 *   server      sockets, loop and connections; connections are named by conn_id                        server.hpp
 *   address     of a socket: a value, and its text                                                 address.hpp
 *   listen_fds  sockets that a service manager passed                                                inherited.hpp
 *   mailbox     what other threads and signal handlers say to a server                                 mailbox.hpp
 *   group       servers that publish together                                                          group.hpp
 *   loop        an event loop for programs that have none: sockets, timers, posts, servers             loop.hpp
 *   completion  what happened on a loop: kind(), socket(), data(); sockets are named by socket_id      completion.hpp
 *   poster      what other threads and signal handlers say to a loop                                   poster.hpp
 *   resolver    host names to addresses, as completions of a loop: resolved()                          resolver.hpp
 *   conn        one connection's protocol, for sockets and a loop of your own; workspace: its memory   conn.hpp, workspace.hpp
 *   tls_config  certificates and keys; tls: TLS alone, as a byte pump                                  tls.hpp
 *   event       what happened: kind(), conn(), head(), data(), is_last()                               event.hpp
 *   head        method, target, fields by number or name; head_copy: one that owns its octets          head.hpp, field_id.hpp
 *   response    and request, websocket_handshake, prepared_message: what is sent                       compose.hpp
 *   octets      a view of octets; field(): a field to send; piece(): a piece of what is sent at once   span.hpp
 *   status      what calls answer; result: with what they made                                         status.hpp
 *   handshakes  is_same_origin(), choose_subprotocol(): before a WebSocket is accepted                 codec.hpp
 *   the codec   head_parser, list, parse_url(), chunk_decoder, frame headers, ...                      codec.hpp, framing.hpp
 *               targets, forms, cookies, parameters, percent-escapes, base64                           text.hpp
 *               preconditions, ranges, dates, Accept                                                   conditions.hpp
 *               multipart content, event streams                                                       content.hpp
 *   constants   conn_flag::deflate, state::want_read, message::text, ...                         flags.hpp
 *
 * Each call is one function of the C header, and the comment of that function is its manual: server::respond() is ww_server_respond(),
 * conn::receive() is ww_conn_receive(). create() is _new(), and the destructor _free(). Where other names differ, the comment says
 * the C name. Comments here say only what C++ adds. Any part can be included alone.
 *
 * CONFIGS are the C structs, by shorter names: server_config, conn_config, workspace_config, loop_config, tls_options, listen_options,
 * socket_options, resolver_config. Declaring one sets its defaults:
 *
 *     wireway::server_config config;                                       // C++17
 *     config.conn.idle_ms = 5'000;
 *     auto [server, status] = wireway::server::create(config);
 *
 *     auto [server, status] = wireway::server::create({.connections_max = 100'000});                         // C++20
 *
 * OWNERSHIP. server, mailbox, group, loop, poster, resolver, conn, workspace, tls_config, tls and prepared_message own one handle of the C
 * API, as std::unique_ptr would: moved, not copied; the destructor frees it; get() lends it to C functions, release() gives it up,
 * reset() frees it. Each is one pointer. create() returns a result: the handle, and the status that says why it is empty. A
 * workspace may be destroyed before its connections. Several threads may use mailbox, poster, group and tls_config, for each of
 * which ref() makes a handle, and may send one prepared_message; all else belongs to one thread at a time.
 *
 * LIFETIMES. event, completion, head, field_view, octets and std::string_view are views; they own nothing. What an event shows
 * lives until the loop asks for the next one. To keep it longer, copy octets into a std::string and a head into a head_copy. A call
 * copies what it is given, if the library needs it later; only send_lent(), send_file() and lend() keep a pointer, and the sends of
 * a loop, until they are complete. A response, a request and a websocket_handshake point to the texts and fields they were given:
 * keep those until it is sent. A range from events() or completions() uses its handle: do not free that while the loop runs.
 *
 * ERRORS. Calls return a status. You may ignore it where you answer each event once, with a status and fields that are known to be
 * good: one answer always fits. Where fields come from outside, look at it: after an error other than status::gone the request
 * still waits. failed(status) is true for errors, and false for status::paused and others that are none. text_of(status) says what
 * it means; error() of a server, a loop or a connection says all that is known. A status converts to a std::error_code of
 * category(): `std::error_code why = server.flush();`. Of this layer itself only head_copy and the functions that return a
 * std::string allocate.
 *
 * COST. Every call is inline, and is the C call with the same arguments. A loop over events() runs the instructions of the loop in C, give
 * or take four for each message, which is what a compiler makes of its registers (tests/cpp counts them). There is no state beside the
 * handle and no virtual call, and nothing is copied on the way.
 *
 * CONSTANT FIELDS AND TEXTS. The compiler makes WW_FIELD() and WW_LIT() of literals, which cost nothing. field() and to_span() are for texts
 * that are known at run time; as initialisers of a static they may run at its first use. In C++20 "text"_span is a constant expression.
 */
#ifndef WIREWAY_WIREWAY_HPP
#define WIREWAY_WIREWAY_HPP

#include <wireway/address.hpp>
#include <wireway/codec.hpp>
#include <wireway/completion.hpp>
#include <wireway/compose.hpp>
#include <wireway/conditions.hpp>
#include <wireway/conn.hpp>
#include <wireway/content.hpp>
#include <wireway/event.hpp>
#include <wireway/field_id.hpp>
#include <wireway/flags.hpp>
#include <wireway/framing.hpp>
#include <wireway/group.hpp>
#include <wireway/handle.hpp>
#include <wireway/head.hpp>
#include <wireway/inherited.hpp>
#include <wireway/loop.hpp>
#include <wireway/mailbox.hpp>
#include <wireway/poster.hpp>
#include <wireway/resolver.hpp>
#include <wireway/server.hpp>
#include <wireway/span.hpp>
#include <wireway/status.hpp>
#include <wireway/text.hpp>
#include <wireway/tls.hpp>
#include <wireway/workspace.hpp>

#endif
