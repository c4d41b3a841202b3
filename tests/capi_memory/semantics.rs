//! The calls about targets, fields and contents, each as it is used.

use super::bench::{ignore, span, zeroed};
use super::codec::{c, parsed, written};
use core::ptr::{null, null_mut};
use wireway::ffi::head::ids::WW_FIELD_ACCEPT;
use wireway::ffi::head::types::*;
use wireway::ffi::head::*;
use wireway::ffi::semantics::selection::{ww_select_content, ww_selection};
use wireway::ffi::semantics::{
    base64::*, date::*, event_reader::*, event_stream::*, media_type::*, multipart::*, pairs::*, percent::*,
    preconditions::*, range::*, target::*, weight::*,
};
use wireway::ffi::status::*;

const CONDITIONAL: &str = "GET /a HTTP/1.1\r\nHost: a\r\nAccept: text/*;q=0.5, a/b;c=d\r\nIf-None-Match: \"a\"\r\n\r\n";

/// Walks to the end.
fn paired(next: unsafe extern "C" fn(*mut ww_pairs, *mut ww_span, *mut ww_span) -> ww_status, text: &'static str) {
    let mut pairs = ww_pairs { rest: span(text), ..zeroed() };
    let mut step = || c!(next(&mut pairs, &mut zeroed(), &mut zeroed()));
    while step() == 0 {}
    assert_eq!(step(), WW_DONE);
}

const PARTS: &str = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--";

fn started(room: &mut [u8]) -> ww_multipart {
    let (mut reader, form) = (zeroed(), span("multipart/form-data; boundary=b"));
    assert_eq!(c!(ww_multipart_start(&mut reader, form, 0, room.as_mut_ptr().cast(), room.len())), 0);
    reader
}

/// A function, and its use.
pub const SEMANTICS: &[(&str, fn())] = &[
    ("ww_target_split", || {
        let mut target = ww_target { size: size_of::<ww_target>(), ..zeroed() };
        assert_eq!(c!(ww_target_split(span("GET"), span("http://a/b?c"), &mut target)), 0);
    }),
    ("ww_percent_decode", || {
        written(|out, len| c!(ww_percent_decode(span("a%20b+"), WW_DECODE_FORM, out.cast(), 10_000, len, null_mut())));
    }),
    ("ww_form_next", || paired(ww_form_next, "a=1&b")),
    ("ww_cookie_next", || paired(ww_cookie_next, "a=1; b")),
    ("ww_parameter_next", || paired(ww_parameter_next, "; a=\"b\"")),
    ("ww_parse_media_type", || {
        let mut out = ww_media_type { size: size_of::<ww_media_type>(), ..zeroed() };
        assert_eq!(c!(ww_parse_media_type(span("text/html; a=b"), &mut out)), 0);
    }),
    ("ww_unquote", || written(|out, len| c!(ww_unquote(span("\"a\\\"\""), out.cast(), 10_000, len)))),
    ("ww_base64_encode", || written(|out, len| c!(ww_base64_encode(span("ab"), 0, out.cast(), 10_000, len)))),
    ("ww_base64_decode", || written(|out, len| c!(ww_base64_decode(span("YWI="), 0, out.cast(), 10_000, len)))),
    ("ww_write_sse_event", || {
        let event = ww_sse_event { size: size_of::<ww_sse_event>(), data: span("a\nb"), retry_ms: 10, ..zeroed() };
        written(|out, len| c!(ww_write_sse_event(&event, out.cast(), 10_000, len)));
    }),
    ("ww_sse_start", || {
        assert_eq!(c!(ww_sse_start(&mut zeroed(), [0u8; 8].as_mut_ptr().cast(), 8)), 0);
    }),
    ("ww_sse_next", || {
        let (mut room, mut reader, mut event) = ([0u8; 64], zeroed(), zeroed());
        event = ww_sse_event { size: size_of::<ww_sse_event>(), ..event };
        assert_eq!(c!(ww_sse_start(&mut reader, room.as_mut_ptr().cast(), 64)), 0);
        let stream = "id: 1\ndata: a\n\n";
        assert_eq!(c!(ww_sse_next(&mut reader, stream.as_ptr().cast(), stream.len(), &mut 0, &mut event)), 0);
    }),
    ("ww_multipart_start", || ignore(started(&mut [0; 64]))),
    ("ww_multipart_next", || {
        let (mut room, mut part) = ([0; 64], ww_part { size: size_of::<ww_part>(), ..zeroed() });
        let (mut reader, mut used, mut at) = (started(&mut room), 0, 0);
        while c!(ww_multipart_next(&mut reader, PARTS[at..].as_ptr().cast(), PARTS.len() - at, &mut used, &mut part))
            == 0
        {
            at += used;
        }
        assert_eq!(c!(ww_multipart_next(&mut reader, null(), 0, &mut used, &mut part)), WW_DONE);
    }),
    ("ww_parse_date", || {
        assert_eq!(c!(ww_parse_date(span("Sunday, 06-Nov-94 08:49:37 GMT"), 0, &mut 0)), 0);
    }),
    ("ww_range_verdict", || {
        let mut table: [ww_range; 2] = zeroed();
        assert_eq!(c!(ww_range_verdict(span("bytes=0-1,-1"), 10, table.as_mut_ptr(), 2, &mut 0, &mut 0)), 0);
    }),
    ("ww_check_preconditions", || {
        let there = ww_representation { size: size_of::<ww_representation>(), etag: span("\"a\""), ..zeroed() };
        parsed(ww_parse_request, CONDITIONAL, |head| {
            assert_eq!(c!(ww_check_preconditions(head, &there, 0, &mut 0)), 0);
        });
    }),
    ("ww_select_content", || {
        let there = ww_representation { size: size_of::<ww_representation>(), etag: span("\"b\""), ..zeroed() };
        parsed(ww_parse_request, CONDITIONAL, |head| {
            let mut selection = ww_selection { size: size_of::<ww_selection>(), ..zeroed() };
            assert_eq!(c!(ww_select_content(head, &there, 10, 0, &mut selection)), 0);
        });
    }),
    ("ww_accept_weight", || {
        parsed(ww_parse_request, CONDITIONAL, |head| {
            assert_eq!(c!(ww_accept_weight(head, WW_FIELD_ACCEPT, span("text/html"), &mut 0)), 0);
        });
    }),
];
