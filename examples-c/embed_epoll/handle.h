/* What the application does, whatever loop it is in. */
#ifndef HANDLE_H
#define HANDLE_H
#include <wireway.h>

void handle(ww_conn *conn, const ww_event *event);

#endif
