/*
 * wireway/mailbox.h: calls to a server from other threads and from signal handlers.
 *
 * A ww_mailbox is counted and outlives its server: a late call answers WW_E_GONE. Each call copies what it is
 * given; WW_OK means that it is on its way, not that it has arrived. A worker answers a request whose id came to it
 * by a queue of the program's own:
 *
 *     ww_server_mailbox(server, &mailbox);                   // in the server's thread
 *     ww_mailbox_respond(mailbox, conn, &response, 0, 0);    // in the worker
 *     ww_mailbox_free(mailbox);
 *
 * In order: take a mailbox, give each thread its own by ww_mailbox_ref(), post or respond, free. A response may be
 * streamed: respond with WW_MESSAGE_STREAM, then send, wait where that answers WW_PAUSED, and finish.
 *
 * To end a server by SIGTERM, take a mailbox before the handler is installed, in a global variable. The handler calls
 * ww_mailbox_drain(mailbox, 2000) and nothing else; ww_server_next() answers WW_DONE when all connections have ended,
 * about 2 s later at most. The mailbox goes when no handler can use it any more:
 *
 *     ww_server_mailbox(server, &mailbox);
 *     signal(SIGTERM, on_signal);
 *     while ((status = ww_server_next(server, &event, -1)) == WW_OK) handle(&event);
 *     signal(SIGTERM, SIG_DFL);
 *     ww_server_free(server);
 *     ww_mailbox_free(mailbox);
 */
#ifndef WIREWAY_MAILBOX_H
#define WIREWAY_MAILBOX_H

#include "base.h"
#include "message.h"
#include "server.h"

#ifdef __cplusplus
extern "C" {
#endif

@ww_mailbox

@ww_server_mailbox

@ww_mailbox_ref

@ww_mailbox_free

@WW_POST_REPORT

@ww_mailbox_post

@ww_mailbox_respond

@ww_mailbox_send

@ww_mailbox_wait

@ww_mailbox_finish

@ww_mailbox_drain

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_MAILBOX_H */
