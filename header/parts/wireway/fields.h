/*
 * wireway/fields.h: names of fields and methods, and what stands in targets, fields and forms. Functions of any
 * thread; they keep nothing and decide nothing.
 *
 *     const ww_field *accept = ww_head_find(event.head, WW_FIELD_ACCEPT_LANGUAGE);
 *     ww_target target = WW_TARGET_INIT;
 *     ww_target_split(event.head->method, event.head->target, &target);
 *     ww_pairs pairs = WW_PAIRS_INIT(target.query);
 *     while (ww_form_next(&pairs, &name, &value) == WW_OK)
 *         use(name, value);
 *
 * Walks (ww_list, ww_pairs) start from their initialiser and end with WW_DONE. What they yield points into the text
 * that was given; what has escapes is written to room of the caller's by ww_percent_decode() or ww_unquote().
 */
#ifndef WIREWAY_FIELDS_H
#define WIREWAY_FIELDS_H

#include "base.h"
#include "message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Targets, queries, forms and cookies ----------------------------------------------------------------------- */

@ww_target
@WW_TARGET_INIT

@WW_TARGET_FORM_*

@ww_target_split

@ww_percent_decode

@WW_DECODE_FORM
@WW_DECODE_LENIENT

@ww_pairs
/** A walk through `text`, a ww_span, as the initialiser of a ww_pairs. */
#define WW_PAIRS_INIT(text) { text, 0, 0 }

@ww_form_next

@ww_cookie_next

/* ---- Values of fields ------------------------------------------------------------------------------------------ */

@ww_list
/** A walk through `value`, a ww_span, as the initialiser of a ww_list. */
#define WW_LIST_INIT(value) { value, 0, 0 }

@ww_list_next

@ww_media_type
@WW_MEDIA_TYPE_INIT

@ww_parse_media_type

@ww_parameter_next

@ww_unquote

@ww_accept_weight

@ww_parse_date

@ww_field_unfold

@ww_base64_encode

/** The length of `n` octets in base64, with `=`. */
#define WW_BASE64_LEN(n) ((n) / 3 * 4 + ((n) % 3 != 0 ? 4 : 0))

@ww_base64_decode

@WW_BASE64_URL
@WW_BASE64_UNPADDED

/* ---- Names ----------------------------------------------------------------------------------------------------- */

@ww_method_name

@WW_METHOD_*

@ww_field_id

@ww_field_name

@WW_FIELD_*

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_FIELDS_H */
