/*
 * wireway/content.h: contents of two types, forms with files (multipart) and event streams, and what a request
 * wants of a content: a part of it, or only what changed. Functions of any thread; their readers own nothing.
 *
 *     ww_selection selection = WW_SELECTION_INIT;
 *     ww_representation there = WW_REPRESENTATION_INIT;
 *     there.etag = etag;
 *     there.last_modified = modified;
 *     ww_select_content(event.head, &there, content.len, now, &selection);
 *     response.status = selection.status;               // 200, 206, 304, 412 or 416
 *     response.content.data = content.data + selection.first;
 *     response.content.len = (size_t)selection.len;
 *
 * A reader is started once, then fed as content arrives: `next` until it answers WW_NEED_INPUT or WW_DONE.
 */
#ifndef WIREWAY_CONTENT_H
#define WIREWAY_CONTENT_H

#include "base.h"
#include "message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Preconditions and ranges ---------------------------------------------------------------------------------- */

@ww_representation
@WW_REPRESENTATION_INIT

@WW_REPRESENTATION_ABSENT
@WW_REPRESENTATION_STRONG_DATE

@ww_selection
@WW_SELECTION_INIT

@ww_select_content

@ww_check_preconditions

@WW_VERDICT_*

@ww_range

@ww_range_verdict

@WW_RANGE_*

/* ---- Forms with files ------------------------------------------------------------------------------------------ */

@ww_multipart
@WW_MULTIPART_INIT

@ww_multipart_start

@WW_MULTIPART_ANY

@ww_part
@WW_PART_INIT

@WW_PART_BEGIN
@WW_PART_DATA
@WW_PART_END

@ww_multipart_next

/* ---- Event streams --------------------------------------------------------------------------------------------- */

@ww_sse_event
@WW_SSE_EVENT_INIT

@ww_write_sse_event

@ww_sse_reader
@WW_SSE_READER_INIT

@ww_sse_start

@ww_sse_next

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_CONTENT_H */
