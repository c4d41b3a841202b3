/* cost_c http|ws COUNT: takes that many requests or messages and echoes them, all in memory. cost.cpp is the same in C++. */
#include "cost.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wireway.h>

static unsigned char buffer[COST_BUFFER];
static size_t sent;

static void handle(ww_conn *conn, const ww_event *event)
{
    if (event->kind == WW_EVENT_REQUEST && (event->head->flags & WW_HEAD_WEBSOCKET))
        ww_conn_accept_websocket(conn, NULL);
    else if (event->kind == WW_EVENT_MESSAGE)
        ww_conn_send_message(conn, event->flags, event->data.data, event->data.len);
    else if (event->flags & WW_EVENT_FLAG_LAST) {
        static const ww_field type = WW_FIELD("Content-Type", "text/plain");
        ww_response response = WW_RESPONSE_INIT;
        response.status = 200;
        response.fields = &type;
        response.field_count = 1;
        response.content = event->data;
        ww_conn_respond(conn, &response);
    }
}

static void turn(ww_conn *conn, const char *octets, size_t len)
{
    ww_event event;
    ww_iovec pieces[4];
    size_t count, i;
    memcpy(buffer, octets, len);
    ww_conn_receive(conn, buffer, len, 1);
    while (ww_conn_next(conn, &event) == WW_OK)
        handle(conn, &event);
    while ((count = ww_conn_output(conn, pieces, 4)) > 0) {
        size_t size = 0;
        for (i = 0; i < count; i++)
            size += pieces[i].iov_len;
        ww_conn_sent(conn, size, 1);
        sent += size;
    }
}

int main(int argc, char **argv)
{
    const int is_ws = argc == 3 && strcmp(argv[1], "ws") == 0;
    unsigned long count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    ww_workspace *memory;
    ww_conn *conn;
    if (ww_workspace_new(NULL, &memory) != WW_OK || ww_conn_new(NULL, memory, 0, &conn) != WW_OK)
        return 1;
    if (is_ws)
        turn(conn, COST_HANDSHAKE, sizeof COST_HANDSHAKE - 1);
    while (count-- > 0)
        turn(conn, is_ws ? COST_FRAME : COST_REQUEST, is_ws ? sizeof COST_FRAME - 1 : sizeof COST_REQUEST - 1);
    ww_conn_free(conn);
    ww_workspace_free(memory);
    printf("%lu\n", (unsigned long)sent);
    return 0;
}
