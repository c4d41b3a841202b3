/* One exchange: from the head of a request to the end of its answer. */
#ifndef EXCHANGE_H
#define EXCHANGE_H
#include <wireway.h>

/* What the server does with an event of ww_server_next(). */
void exchange_event(ww_server *server, const ww_event *event);

#endif
