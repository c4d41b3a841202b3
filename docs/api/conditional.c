/* A GET of something that has an entity tag: whole, in part, or not at all. */
#include <wireway.h>

/* `etag` comes with its quotes. */
ww_status respond(ww_conn *conn, const ww_head *head, ww_span etag, ww_span content, int64_t unix_seconds)
{
    ww_field fields[2] = { WW_FIELD("ETag", ""), WW_FIELD("Content-Range", "") };
    ww_representation there = WW_REPRESENTATION_INIT;
    ww_selection selection = WW_SELECTION_INIT;
    ww_response r = WW_RESPONSE_INIT;
    ww_status status;

    there.etag = fields[0].value = etag;
    status = ww_select_content(head, &there, content.len, unix_seconds, &selection);
    if (status != WW_OK) return status;
    fields[1].value = ww_span_from(selection.content_range);

    r.status = selection.status;
    r.fields = fields;
    r.field_count = fields[1].value.len == 0 ? 1 : 2;
    r.content.data = content.data + selection.first;
    r.content.len = (size_t)selection.len;
    return ww_conn_respond(conn, &r);
}
