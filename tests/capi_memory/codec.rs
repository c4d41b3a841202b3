//! The calls without a handle, each as it is used: those of the codec, of configs and of messages that are made once.

use super::bench::{ignore, span, zeroed};
use super::calls::{RESPONSE, asked};
use super::tls::configs;
use core::ptr::{null, null_mut};
use wireway::ffi::address::{ww_address_parse, ww_address_text};
use wireway::ffi::chunk::*;
use wireway::ffi::head::types::*;
use wireway::ffi::head::*;
use wireway::ffi::lookup::copy::*;
use wireway::ffi::lookup::list::*;
use wireway::ffi::lookup::names::*;
use wireway::ffi::lookup::text::*;
use wireway::ffi::lookup::*;
use wireway::ffi::status::*;
use wireway::ffi::tls_config::*;
use wireway::ffi::url::*;
use wireway::ffi::version::*;
use wireway::ffi::websocket::key::*;
use wireway::ffi::websocket::request::*;
use wireway::ffi::websocket::utf8::*;
use wireway::ffi::websocket::*;
use wireway::ffi::workspace::*;
use wireway::ffi::write::*;
use wireway::ffi::ws_message::WW_SEND_TEXT;
use wireway::ffi::ws_prepared::*;

/// A call as C would make it: pointers are to static octets or to values of the caller's.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}
pub(super) use c;

const REQUEST: &str = "GET /a HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Protocol: a, b\r\n\r\n";
const RESPONSE_HEAD: &str = "HTTP/1.1 200 OK\r\nX: y\r\n\r\n";
const TRAILERS: &str = "X: y\r\n\r\n";

type Parse = unsafe extern "C" fn(
    *const core::ffi::c_void,
    usize,
    *const ww_head_limits,
    *mut ww_scan,
    *mut ww_field,
    usize,
    *mut ww_head,
) -> i32;

/// Parses in two pieces, with the error of what does not belong there, and shows the head.
pub fn parsed(parse: Parse, octets: &str, look: impl FnOnce(&ww_head)) {
    let (mut scan, mut fields, mut head): (ww_scan, [ww_field; 8], ww_head) = (zeroed(), zeroed(), zeroed());
    let mut run = |len| c!(parse(octets.as_ptr().cast(), len, null(), &mut scan, fields.as_mut_ptr(), 8, &mut head));
    run(octets.len() / 2);
    assert_eq!(run(octets.len()), 0);
    look(&head);
}

fn info() -> ww_error_info {
    ww_error_info { size: size_of::<ww_error_info>(), ..zeroed() }
}

pub fn written(write: impl FnOnce(*mut u8, *mut usize) -> i32) {
    let (mut out, mut len) = ([0; 10_000], 0);
    assert_eq!(write(out.as_mut_ptr(), &mut len), 0);
    assert!(len > 0);
}

/// A function, and its use.
pub const CODEC: &[(&str, fn())] = &[
    ("ww_parse_request", || parsed(ww_parse_request, REQUEST, |_| ())),
    ("ww_parse_response", || parsed(ww_parse_response, RESPONSE_HEAD, |_| ())),
    ("ww_parse_trailers", || parsed(ww_parse_trailers, TRAILERS, |_| ())),
    ("ww_scan_error", || ignore(c!(ww_scan_error(&zeroed(), &mut info())))),
    ("ww_head_find", || parsed(ww_parse_request, REQUEST, |head| ignore(c!(ww_head_find(head, 1))))),
    ("ww_head_find_name", || {
        parsed(ww_parse_request, REQUEST, |head| assert!(!c!(ww_head_find_name(head, span("host"))).is_null()));
    }),
    ("ww_head_copy", || {
        parsed(ww_parse_request, REQUEST, |head| {
            let (mut out, mut needed) = ([0u64; 500], 0);
            assert_eq!(c!(ww_head_copy(head, out.as_mut_ptr().cast(), size_of_val(&out), &mut needed)), 0);
        });
    }),
    ("ww_list_next", || {
        let mut list = ww_list { rest: span("a, b"), ..zeroed() };
        assert_eq!(c!(ww_list_next(&mut list, &mut zeroed())), 0);
    }),
    ("ww_field_id", || assert_ne!(c!(ww_field_id(span("Host"))), 0)),
    ("ww_field_name", || ignore(ww_field_name(1))),
    ("ww_method_name", || ignore(ww_method_name(1))),
    ("ww_span_equal", || assert!(c!(ww_span_equal(span("a"), c"a".as_ptr())))),
    ("ww_field_unfold", || {
        let field = ww_field { name: span("X"), value: span("a\r\n b"), flags: u16::MAX, ..zeroed() };
        let mut out = [0; 16];
        c!(ww_field_unfold(&field, out.as_mut_ptr().cast(), 16, &mut 0));
    }),
    ("ww_chunk_next", || {
        let (mut decoder, mut used, mut data): (ww_chunk_decoder, _, _) = (zeroed(), 0, zeroed());
        let octets = "3\r\nabc\r\n";
        c!(ww_chunk_next(&mut decoder, octets.as_ptr().cast(), octets.len(), null(), &mut used, &mut data));
    }),
    ("ww_chunk_error", || ignore(c!(ww_chunk_error(&zeroed(), &mut info())))),
    ("ww_chunk_head", || written(|out, len| c!(ww_chunk_head(300, out.cast(), len)))),
    ("ww_status_name", || ignore(ww_status_name(-1))),
    ("ww_status_text", || ignore(ww_status_text(-1))),
    ("ww_parse_url", || {
        let mut url = ww_url { size: size_of::<ww_url>(), ..zeroed() };
        assert_eq!(c!(ww_parse_url(span("http://a/b?c"), 0, &mut url)), 0);
    }),
    ("ww_address_parse", || {
        assert_eq!(c!(ww_address_parse(span("[fe80::1%2]:80"), &mut zeroed(), null_mut())), 0);
        assert_ne!(c!(ww_address_parse(span("[fe80::1%no-such-if]:80"), &mut zeroed(), &mut info())), 0);
    }),
    ("ww_address_text", || {
        let mut address = zeroed();
        assert_eq!(c!(ww_address_parse(span("unix:@a"), &mut address, null_mut())), 0);
        written(|out, len| c!(ww_address_text(&address, out.cast(), 64, len)));
    }),
    ("ww_url_error", || ignore(c!(ww_url_error(span("x://"), 0, &mut info())))),
    ("ww_version", || assert_ne!(ww_version(), 0)),
    ("ww_version_text", || assert!(!ww_version_text().is_null())),
    ("ww_ws_decode_header", || assert_eq!(c!(ww_ws_decode_header([0x81, 0].as_ptr().cast(), 2, &mut zeroed())), 0)),
    ("ww_ws_header_error", || ignore(c!(ww_ws_header_error([0xf1, 0].as_ptr().cast(), 2, &mut info())))),
    ("ww_ws_encode_header", || {
        let header = ww_ws_header { payload_len: 3, opcode: 1, flags: 1, ..zeroed() };
        written(|out, len| c!(ww_ws_encode_header(&header, out.cast(), len)));
    }),
    ("ww_ws_mask", || {
        let mut octets = [0; 100];
        assert_eq!(c!(ww_ws_mask(octets.as_mut_ptr().cast(), 100, b"abcd".as_ptr().cast(), 0)), 0);
    }),
    ("ww_ws_accept_key", || {
        let mut out = [0; 32];
        assert_eq!(c!(ww_ws_accept_key(span("dGhlIHNhbXBsZSBub25jZQ=="), out.as_mut_ptr().cast())), 0);
    }),
    ("ww_ws_is_same_origin", || assert!(c!(ww_ws_is_same_origin(span("http://a"), span("a"), false)))),
    ("ww_ws_choose_subprotocol", || {
        parsed(ww_parse_request, REQUEST, |head| {
            assert_eq!(c!(ww_ws_choose_subprotocol(head, &span("b"), 1, &mut zeroed())), 0);
        });
    }),
    ("ww_utf8_feed", || assert_eq!(c!(ww_utf8_feed(&mut zeroed(), b"abc".as_ptr().cast(), 3, true, &mut 0)), 0)),
    ("ww_write_request", || written(|out, len| c!(ww_write_request(&asked("GET", 0), out.cast(), 10_000, len)))),
    ("ww_write_response", || written(|out, len| c!(ww_write_response(&RESPONSE, out.cast(), 10_000, len)))),
    ("ww_write_trailers", || {
        let field = ww_field { name: span("X"), value: span("y"), ..zeroed() };
        written(|out, len| c!(ww_write_trailers(&field, 1, out.cast(), 10_000, len)));
    }),
    ("ww_write_date", || written(|out, len| c!(ww_write_date(1_700_000_000, out.cast(), 10_000, len)))),
    ("ww_ws_prepare", || {
        let mut message = null_mut();
        assert_eq!(c!(ww_ws_prepare(WW_SEND_TEXT, b"abc".as_ptr().cast(), 3, &mut message)), 0);
        c!(ww_ws_prepared_free(message));
    }),
    ("ww_workspace_new", || {
        let mut ws = null_mut();
        assert_eq!(c!(ww_workspace_new(null(), &mut ws)), 0);
        c!(ww_workspace_free(ws));
    }),
    ("ww_tls_config_ref", || c!(ww_tls_config_free(ww_tls_config_ref(configs().server)))),
    ("ww_tls_config_rotate_tickets", || assert_eq!(c!(ww_tls_config_rotate_tickets(configs().server)), 0)),
    ("ww_tls_config_new", || ignore(super::tls::make())),
];
