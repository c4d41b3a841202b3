/* A GET of something that has an entity tag: whole, in part, or not at all. */
#include <wireway.h>
#include <stdio.h>
#include <string.h>

typedef unsigned long long number;

/* Makes `content` the part that Range asks for, writes Content-Range to `text`, and answers the status. */
static uint16_t clip(const ww_field *range, ww_span *content, char *text, size_t size)
{
    ww_range part;
    uint32_t verdict = WW_RANGE_IGNORE;
    size_t count = 0;
    /* One range at a time: a field with more is ignored. */
    if (range != NULL) (void)ww_range_verdict(range->value, content->len, &part, 1, &count, &verdict);
    if (verdict == WW_RANGE_UNSATISFIABLE) {
        (void)snprintf(text, size, "bytes */%llu", (number)content->len);
        content->len = 0;
        return 416;
    }
    if (count == 0) return 200;
    (void)snprintf(text, size, "bytes %llu-%llu/%llu", (number)part.first, (number)(part.first + part.len - 1), (number)content->len);
    content->data += part.first;
    content->len = (size_t)part.len;
    return 206;
}

/* `etag` comes with its quotes. */
ww_status respond(ww_conn *conn, const ww_head *head, ww_span etag, ww_span content, int64_t unix_seconds)
{
    ww_field fields[2] = { WW_FIELD("ETag", ""), WW_FIELD("Content-Range", "") };
    ww_representation there = WW_REPRESENTATION_INIT;
    ww_response r = WW_RESPONSE_INIT;
    char text[80] = "";
    uint32_t verdict;
    ww_status status;

    there.etag = fields[0].value = etag;
    status = ww_check_preconditions(head, &there, unix_seconds, &verdict);
    if (status != WW_OK) return status;
    r.status = 200;
    if (verdict == WW_VERDICT_NOT_MODIFIED || verdict == WW_VERDICT_FAILED) r.status = (uint16_t)verdict;
    if (verdict == WW_VERDICT_FAILED) content.len = 0;
    if (verdict == WW_VERDICT_PROCEED && head->method_id == WW_METHOD_GET)
        r.status = clip(ww_head_find(head, WW_FIELD_RANGE), &content, text, sizeof text);

    fields[1].value.data = (const uint8_t *)text;
    fields[1].value.len = strlen(text);
    r.fields = fields;
    r.field_count = text[0] == '\0' ? 1 : 2;
    r.content = content;
    return ww_conn_respond(conn, &r);
}
