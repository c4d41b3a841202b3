/* /ws: a WebSocket that says everything again. */
#ifndef SOCKET_H
#define SOCKET_H
#include <wireway.h>

/* Opens a WebSocket if that is what the request asks for here. Answers whether the request is answered. */
int socket_open(ww_server *server, const ww_event *request);
/* A message, or a part of one. */
void socket_message(ww_server *server, const ww_event *event);

#endif
