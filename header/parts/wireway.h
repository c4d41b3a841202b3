/*
 * wireway: HTTP/1.1, WebSocket and TLS for servers in C and C++. Three doors lead in; each is written on the next:
 *
 *   ww_server    sockets, an event loop and connections: a server in 30 lines               wireway/server.h
 *   ww_conn      one connection without a socket, for a loop of your own                    wireway/conn.h
 *   the codec    heads, chunks, frames and fields; no handle, no allocation, any thread     wireway/codec.h
 *
 * This page has all that the smallest server needs. Build it with `cc hello.c $(pkg-config --cflags --libs wireway)`:
 *
 *     #include <stdio.h>
 *     #include <wireway.h>
 *
 *     static ww_status serve(const char *address)
 *     {
 *         const ww_field type = WW_FIELD("Content-Type", "text/plain");
 *         ww_response hello = WW_RESPONSE_INIT;
 *         ww_error_info error = WW_ERROR_INFO_INIT;
 *         ww_server *server;
 *         ww_status status;
 *         ww_event event;
 *
 *         hello.status = 200;
 *         hello.fields = &type;
 *         hello.field_count = 1;
 *         hello.content = ww_span_from("Hello, World!");
 *         if (ww_server_new(NULL, &server, &error) != WW_OK || ww_server_listen(server, address, &error) != WW_OK) {
 *             fprintf(stderr, "%s: %s\n", address, error.reason);
 *             ww_server_free(server);
 *             return error.code;
 *         }
 *         while ((status = ww_server_next(server, &event, -1)) == WW_OK)
 *             if (event.flags & WW_EVENT_FLAG_LAST)
 *                 ww_server_respond(server, event.conn, &hello);
 *         ww_server_free(server);
 *         return status;
 *     }
 *
 *     int main(void)
 *     {
 *         return serve("127.0.0.1:8080") < 0;
 *     }
 *
 * THE CALLS OF THIS SERVER, in the order one makes them
 *
 *     @ww_server_new
 *         Makes a server. `config` NULL: all defaults. On an error `*out` is NULL, and `error` says why, unless it is NULL.
 *     @ww_server_listen
 *         Listens on "127.0.0.1:8080", "[::1]:8080", "*:8080" or ":8080" (all interfaces), or "unix:/path"; port 0 is one that
 *         is free, see ww_server_address(). WW_E_ARGUMENT: that is no address; WW_E_SYSTEM: the system refuses, as `error`
 *         says. Call it again for each further address.
 *     @ww_server_next
 *         Waits for the next event, at most `timeout_ms` milliseconds; -1 waits for as long as it takes. WW_OK: an event is
 *         in `ev`. WW_TIMEOUT: none came. WW_DONE: the server was drained, see ww_server_drain(). WW_E_SYSTEM: a listener
 *         or the wait failed, and what is open stays open: call again, or give up as above. A listener that fails does not
 *         make the calls spin; a wait that fails may fail again at once, so give up after a few failures in a row. After
 *         any other error free the server. Running out of descriptors is no error: accepting waits.
 *     @ww_server_respond
 *         Answers the request in progress of a connection, now or at any later time. All of `response` is copied. WW_OK: it
 *         is queued. WW_PAUSED: see ONE ANSWER below. WW_E_GONE: the connection has ended, which needs no action. Otherwise
 *         below 0: nothing was sent and the request still waits: answer otherwise, or ww_server_abort(). That cannot
 *         happen here, where status and fields are known to be good; look at it where they come from outside.
 *     @ww_server_free
 *         Frees the server with its listeners and connections. NULL is fine.
 *
 * AN EVENT: what happened on a connection. Its pointers are valid until the next ww_server_next().
 *
 *     @ww_event
 *
 *     kind    WW_EVENT_REQUEST     a request, in `head`: method, target, fields (wireway/message.h)
 *             WW_EVENT_DATA        content of the request, in `data`
 *             WW_EVENT_END         the end of a content that no other event marked as the last
 *             WW_EVENT_WRITABLE    after WW_PAUSED: try again now
 *             and others (wireway/message.h). A server ignores each event that it has no use for.
 *     flags   WW_EVENT_FLAG_LAST   the request is complete. Exactly one event of a request has it, so answer there. (Messages
 *                                  of WebSockets have it too: see wireway/websocket.h, if you accept any.)
 *     conn    which connection, for ww_server_respond(). A ww_id is a 64-bit number: 0 is none, others are never reused.
 *
 * A RESPONSE. Start from WW_RESPONSE_INIT; what is zero has its default. The library writes Date, Content-Length,
 * Transfer-Encoding and Connection, and leaves the content out for HEAD.
 *
 *     @ww_response
 *
 *     status                 200 to 599. 401 needs a field WWW-Authenticate, 405 Allow, 407 Proxy-Authenticate, 426 Upgrade;
 *                            without it, or with another status, ww_server_respond() returns WW_E_ARGUMENT.
 *     fields, field_count    an array of ww_field. WW_FIELD("Name", "value") initialises one from literals,
 *                            ww_field_from(name, value) makes one of NUL-terminated texts.
 *     content                a ww_span. WW_LIT("text") initialises one from a literal, ww_span_from(pointer) makes one of a
 *                            NUL-terminated text.
 *
 *     @ww_span
 *
 * AN ERROR in full. Start from WW_ERROR_INFO_INIT.
 *
 *     @ww_error_info
 *
 *     reason                 why, as a text that lives for ever; NULL until a call has failed, never after. It names neither
 *                            the address nor a file: print that beside it, as above.
 *
 * ONE ANSWER TO EACH EVENT ALWAYS FITS. While a peer does not read what is queued for it, its next request is held back. So
 * one response to the event that completes a request is never refused with WW_PAUSED, and the program above needs no queue
 * of its own. Only a program that sends more than that must handle WW_PAUSED, and continue at WW_EVENT_WRITABLE.
 *
 * STATUS. A ww_status is WW_OK (0), a positive answer that is no error (WW_NEED_INPUT, WW_PAUSED, WW_TIMEOUT, WW_DONE), or
 * a negative error. ww_status_text() says it in words. The other conventions are in wireway/base.h.
 *
 * THE PARTS. Each begins with what it is for, its smallest use, and the order of its calls; each may be included alone.
 */
#ifndef WIREWAY_H
#define WIREWAY_H

#include "wireway/base.h"      /* status, spans, errors, version; the conventions */
#include "wireway/message.h"   /* events, heads, fields, responses */
#include "wireway/config.h"    /* limits, clocks and flags of connections, for both doors */
#include "wireway/address.h"   /* addresses of sockets: values and text */
#include "wireway/server.h"    /* ww_server */
#include "wireway/mailbox.h"   /* what other threads say to a server */
#include "wireway/loop.h"      /* ww_loop: an event loop, for programs that have none */
#include "wireway/resolver.h"  /* ww_resolver: addresses of host names */
#include "wireway/conn.h"      /* ww_conn, ww_workspace */
#include "wireway/client.h"    /* requests of a ww_conn in the client's role; URLs */
#include "wireway/websocket.h" /* handshakes and messages in every door; topics and groups */
#include "wireway/tls.h"       /* certificates, what was agreed on, and TLS alone */
#include "wireway/fields.h"    /* names of fields and methods; what stands in targets, fields and forms */
#include "wireway/content.h"   /* multipart forms, event streams, ranges and preconditions */
#include "wireway/codec.h"     /* heads, chunks and frames without a handle */

#endif /* WIREWAY_H */
