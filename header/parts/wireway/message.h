/*
 * wireway/message.h: the vocabulary of ww_server and ww_conn: events, heads, fields, responses and files.
 *
 * Both doors hand out the same ww_event, one at a time. A request is one head and then its content, and the last event of
 * it has WW_EVENT_FLAG_LAST:
 *
 *     switch ((ww_event_kind)event.kind) {
 *     case WW_EVENT_REQUEST: begin(event.head); break;
 *     case WW_EVENT_DATA: add(event.data.data, event.data.len); break;
 *     case WW_EVENT_MESSAGE: hear(event.data.data, event.data.len); return; // once a WebSocket was accepted
 *     default: break;
 *     }
 *     if (event.flags & WW_EVENT_FLAG_LAST)
 *         answer();
 *
 * A response is a ww_response: whole, or with WW_MESSAGE_STREAM its head only, with content that follows by `send`
 * and ends with `finish`. To HEAD the same calls are made and the library sends the head alone.
 */
#ifndef WIREWAY_MESSAGE_H
#define WIREWAY_MESSAGE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Heads ----------------------------------------------------------------------------------------------------- */

@ww_field

/** A field of two text literals, as an initialiser. */
#define WW_FIELD(name, value) { WW_LIT(name), WW_LIT(value), 0, 0, 0 }

/** A field of two NUL-terminated texts, which it points to; for what is no literal, and for assignments. */
static inline ww_field ww_field_from(const char *name, const char *value)
{
    ww_field field;
    field.name = ww_span_from(name);
    field.value = ww_span_from(value);
    field.id = 0;
    field.flags = 0;
    field.reserved = 0;
    return field;
}

@WW_FIELD_FOLDED

@ww_head

/** `content_length` of a head that declares none. */
#define WW_LENGTH_NONE UINT64_MAX

/* Flags of a head in an event of ww_server or ww_conn. */

@WW_HEAD_CLOSE
@WW_HEAD_CHUNKED
@WW_HEAD_EXPECT
@WW_HEAD_UPGRADE
@WW_HEAD_WEBSOCKET
@WW_HEAD_HOST_MISMATCH
@WW_HEAD_LENIENT

/* Flags of every head: what was seen in it. */

@WW_HEAD_*

@ww_head_find

@ww_head_find_name

@ww_head_copy

/* ---- Events ---------------------------------------------------------------------------------------------------- */

@ww_event_kind

@WW_EVENT_FLAG_LAST
@WW_EVENT_FLAG_FIRST
@WW_EVENT_FLAG_TEXT
@WW_EVENT_FLAG_BINARY
@WW_EVENT_FLAG_PART
@WW_EVENT_FLAG_CAN_RESPOND

@ww_id

@ww_event

/* ---- Responses and files --------------------------------------------------------------------------------------- */

@ww_response
@WW_RESPONSE_INIT

@WW_MESSAGE_STREAM
@WW_MESSAGE_LENGTH
@WW_MESSAGE_LENT
@WW_MESSAGE_CLOSE

@ww_file
@WW_FILE_INIT

@ww_file_response
@WW_FILE_RESPONSE_INIT

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_MESSAGE_H */
