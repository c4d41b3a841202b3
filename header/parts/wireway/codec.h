/*
 * wireway/codec.h: heads, chunks and WebSocket frames, parsed and written without a handle, for programs with a
 * state machine of their own. No allocation, no clock, any thread; nothing is kept but in structs of the caller's.
 *
 *     ww_field fields[100];
 *     ww_head head;
 *     ww_scan scan = WW_SCAN_INIT;
 *     switch (ww_parse_request(in, len, NULL, &scan, fields, 100, &head)) {
 *     case WW_OK: content = in + head.head_len; break;
 *     case WW_NEED_INPUT: break;
 *     default: ww_scan_error(&scan, &error);
 *     }
 *
 * In order: parse a head, again with more octets until it is whole, then its content by its framing: ww_chunk_next() where the head
 * has WW_HEAD_TE_CHUNKED. Write a head by ww_write_response(), chunks by ww_chunk_head(). Frames of WebSocket:
 * ww_ws_decode_header(), ww_ws_mask(), ww_utf8_feed(). What a single line cannot show is not judged here; a ww_conn does that.
 */
#ifndef WIREWAY_CODEC_H
#define WIREWAY_CODEC_H

#include "base.h"
#include "client.h"
#include "message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Heads ----------------------------------------------------------------------------------------------------- */

@ww_head_limits
@WW_HEAD_LIMITS_INIT

@WW_TARGET_BROWSER
@WW_TARGET_STRICT
@WW_TARGET_LENIENT

@ww_scan
@WW_SCAN_INIT

@ww_parse_request

@ww_parse_response

@ww_parse_trailers

@ww_scan_error

@ww_write_request

@ww_write_response

@WW_MESSAGE_UNFRAMED
@WW_MESSAGE_STRICT_TARGET
@WW_MESSAGE_LENIENT_TARGET

@ww_write_trailers

@WW_DATE_LEN

@ww_write_date

/* ---- Chunks ---------------------------------------------------------------------------------------------------- */

@ww_chunk_decoder
@WW_CHUNK_DECODER_INIT

@ww_chunk_limits
@WW_CHUNK_LIMITS_INIT

@ww_chunk_next

@ww_chunk_error

@WW_CHUNK_HEAD_MAX

@ww_chunk_head

/** Behind the content of every chunk. */
#define WW_CHUNK_END "\r\n"
/** The line of the last chunk; a trailer section follows, see ww_write_trailers(). */
#define WW_LAST_CHUNK "0\r\n"
/** The last chunk and an empty trailer section: the end of a chunked message. */
#define WW_NO_TRAILERS "0\r\n\r\n"

/* ---- WebSocket ------------------------------------------------------------------------------------------------- */

@ww_ws_opcode

@ww_ws_header

@WW_WS_FRAME_FIN
@WW_WS_FRAME_RSV1
@WW_WS_FRAME_MASKED

@ww_ws_decode_header

@ww_ws_header_error

@WW_WS_HEADER_MAX

@ww_ws_encode_header

@ww_ws_mask

@ww_utf8
@WW_UTF8_INIT

@ww_utf8_feed

@WW_WS_ACCEPT_LEN

@ww_ws_accept_key

#ifdef __cplusplus
}
#endif

#endif /* WIREWAY_CODEC_H */
