/* An event stream: its head, an event, and a comment that keeps a quiet stream open. */
#include <wireway.h>
#include <stdio.h>
#include <string.h>

ww_status stream_begin(ww_server *server, ww_id conn)
{
    static const ww_field FIELDS[] = { WW_FIELD("Content-Type", "text/event-stream"), WW_FIELD("Cache-Control", "no-store") };
    ww_response r = WW_RESPONSE_INIT;
    r.status = 200;
    r.fields = FIELDS;
    r.field_count = sizeof FIELDS / sizeof FIELDS[0];
    r.flags = WW_MESSAGE_STREAM;
    return ww_server_respond(server, conn, &r);
}

/* `text` may have any number of lines. WW_PAUSED: try again when WW_EVENT_WRITABLE has come. */
ww_status stream_event(ww_server *server, ww_id conn, uint64_t number, ww_span text)
{
    ww_sse_event event = WW_SSE_EVENT_INIT;
    uint8_t out[4096];
    char id[24];
    size_t len;
    ww_status status;
    (void)snprintf(id, sizeof id, "%llu", (unsigned long long)number);
    event.id.data = (const uint8_t *)id;
    event.id.len = strlen(id);
    event.data = text;
    status = ww_write_sse_event(&event, out, sizeof out, &len);
    return status == WW_OK ? ww_server_send(server, conn, out, len) : status;
}

ww_status stream_keep_alive(ww_server *server, ww_id conn)
{
    static const char COMMENT[] = ":\n\n";
    return ww_server_send(server, conn, COMMENT, sizeof COMMENT - 1);
}
