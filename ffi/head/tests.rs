//! The C functions: arguments, pointers that move, errors in full.

use core::ffi::CStr;
use core::ptr::{null, null_mut};

use super::types::*;
use super::*;

const SPAN: ww_span = ww_span { data: null(), len: 0 };
const FIELD: ww_field = ww_field { name: SPAN, value: SPAN, id: 9, flags: 9, reserved: 9 };

struct Room {
    scan: ww_scan,
    fields: [ww_field; 8],
    head: ww_head,
}

fn room() -> Box<Room> {
    // SAFETY: all-zero octets are what these types may hold.
    let head = unsafe { core::mem::zeroed() };
    Box::new(Room { scan: ww_scan { opaque: [0; 16] }, fields: [FIELD; 8], head })
}

impl Room {
    fn request(&mut self, input: &[u8]) -> i32 {
        self.request_with(input, null(), 8)
    }

    fn request_with(&mut self, input: &[u8], limits: *const ww_head_limits, cap: usize) -> i32 {
        let Self { scan, fields, head } = self;
        // SAFETY: live pointers and right lengths.
        unsafe { ww_parse_request(input.as_ptr().cast(), input.len(), limits, scan, fields.as_mut_ptr(), cap, head) }
    }

    fn error(&self) -> ww_error_info {
        let mut info = ww_error_info::of(None);
        // SAFETY: live pointers.
        assert_eq!(unsafe { ww_scan_error(&self.scan, &mut info) }, 0);
        info
    }
}

fn octets(span: &ww_span) -> &[u8] {
    // SAFETY: the tests look only at spans of live inputs.
    if span.len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(span.data, span.len) } }
}

const REQUEST: &[u8] = b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX-Y:\t z \r\n\r\nhello";

#[test]
fn a_request_is_written_as_pointers_into_the_input() {
    let mut room = room();
    assert_eq!(room.request(REQUEST), 0);
    let head = room.head;
    assert_eq!((octets(&head.method), octets(&head.target), octets(&head.reason)), (&b"PUT"[..], &b"/x"[..], &b""[..]));
    assert_eq!((octets(&head.host), head.content_length, head.head_len), (&b"a"[..], 5, REQUEST.len() - 5));
    assert_eq!((head.method_id, head.version_minor, head.status, head.field_count), (flags::WW_METHOD_PUT, 1, 0, 3));
    assert_eq!(head.flags, flags::WW_HEAD_HOST | flags::WW_HEAD_LENGTH);
    assert_eq!(head.fields, room.fields.as_ptr());
    let got = room.fields.map(|field| (octets(&field.name).to_vec(), octets(&field.value).to_vec(), field.id));
    assert_eq!(got[0], (b"Host".to_vec(), b"a".to_vec(), ids::WW_FIELD_HOST));
    assert_eq!(got[2], (b"X-Y".to_vec(), b"z".to_vec(), 0));
    assert_eq!(room.fields[2].flags, 0);
    assert_eq!(room.scan.opaque, [0; 16]);
}

#[test]
fn fields_follow_a_buffer_that_moves() {
    let mut room = room();
    for end in 0..REQUEST.len() - 5 {
        let piece = REQUEST[..end].to_vec();
        assert_eq!(room.request(&piece), 1, "{end}");
    }
    let last = REQUEST.to_vec();
    assert_eq!(room.request(&last), 0);
    for field in &room.fields[..3] {
        for span in [field.name, field.value] {
            assert!(last.as_ptr_range().contains(&span.data));
        }
    }
    assert_eq!(octets(&room.fields[1].value), b"5");
    assert_eq!(octets(&room.fields[2].name), b"X-Y");
    assert_eq!(room.scan.opaque, [0; 16]);
}

#[test]
fn core_03_an_error_stays_and_is_told_in_full() {
    let mut room = room();
    assert_eq!(room.error().code, 0);
    for _ in 0..2 {
        assert_eq!(room.request(b"GET / HTTP/2.0\r\n"), Code::Version as i32);
    }
    assert_eq!(room.request(REQUEST), Code::Version as i32);
    assert_eq!(room.request(b""), Code::Version as i32);
    let error = room.error();
    assert_eq!((error.code, error.http_status, error.offset), (Code::Version as i32, 505, 11));
    // SAFETY: never NULL, and static.
    let (rule, reason) = unsafe { (CStr::from_ptr(error.rule), CStr::from_ptr(error.reason)) };
    assert_eq!((rule, reason), (c"H1-LINE-04", c"the major version is not 1"));
}

#[test]
fn room_for_fields_is_a_limit_at_once() {
    let mut room = room();
    let third = REQUEST.windows(3).position(|octets| octets == b"X-Y").unwrap();
    assert_eq!(room.request_with(&REQUEST[..third], null(), 2), 1);
    assert_eq!(room.request_with(&REQUEST[..=third], null(), 2), Code::TooLarge as i32);
    assert_eq!(room.error().offset, third as u64);
}

#[test]
fn limits_are_read() {
    let limits = ww_head_limits {
        size: size_of::<ww_head_limits>(),
        method_max: 3,
        target_max: 1,
        line_max: 100,
        section_max: 100,
        fields_max: 8,
        target_rule: 0,
    };
    assert_eq!(room().request_with(REQUEST, &limits, 8), Code::TooLarge as i32);
    assert_eq!(room().request_with(REQUEST, &ww_head_limits { target_max: 2, ..limits }, 8), 0);
    assert_eq!(room().request_with(REQUEST, &ww_head_limits { size: 4, ..limits }, 8), Code::Argument as i32);
    let zero = ww_head_limits { method_max: 0, target_max: 0, line_max: 0, section_max: 0, fields_max: 0, ..limits };
    assert_eq!(room().request_with(REQUEST, &zero, 8), 0, "zero is the default");
}

#[test]
fn h1_tgt_02_the_rule_of_targets_is_a_limit() {
    let mut limits = ww_head_limits {
        size: size_of::<ww_head_limits>(),
        method_max: 0,
        target_max: 0,
        line_max: 0,
        section_max: 0,
        fields_max: 0,
        target_rule: 0,
    };
    let wrong = Code::Target as i32;
    for (target, expected) in [
        (&b"/?a[]=1&q={x}"[..], [0, wrong, 0]),
        (b"/100%", [0, wrong, 0]),
        (b"/p{x}", [wrong, wrong, 0]),
        (b"/?\xc3\xa9", [wrong, wrong, 0]),
        (b"/a#f", [wrong; 3]),
        (b"/%20", [0; 3]),
    ] {
        let request = [b"GET ", target, b" HTTP/1.1\r\nHost: a.example\r\n\r\n"].concat();
        for (rule, expected) in [WW_TARGET_BROWSER, WW_TARGET_STRICT, WW_TARGET_LENIENT].into_iter().zip(expected) {
            limits.target_rule = rule;
            let mut room = room();
            assert_eq!(room.request_with(&request, &limits, 8), expected, "{rule} {}", target.escape_ascii());
            assert!(expected != 0 || octets(&room.head.target) == target);
        }
    }
    limits.target_rule = 3;
    assert_eq!(room().request_with(REQUEST, &limits, 8), Code::Argument as i32);
    assert_eq!(room().request_with(&REQUEST[..9], &limits, 8), Code::Argument as i32);
}

#[test]
fn wrong_arguments_are_refused() {
    let Room { mut scan, mut fields, mut head } = *room();
    let (input, table, len) = (REQUEST.as_ptr(), fields.as_mut_ptr(), REQUEST.len());
    // SAFETY: NULL, or live pointers and right lengths.
    unsafe {
        assert_eq!(ww_parse_request(null(), 1, null(), &mut scan, table, 8, &mut head), -1);
        assert_eq!(ww_parse_request(input.cast(), len, null(), null_mut(), table, 8, &mut head), -1);
        assert_eq!(ww_parse_response(input.cast(), len, null(), &mut scan, null_mut(), 8, &mut head), -1);
        assert_eq!(ww_parse_trailers(input.cast(), len, null(), &mut scan, table, 8, null_mut()), -1);
        assert_eq!(ww_parse_request(null(), 0, null(), &mut scan, null_mut(), 0, &mut head), 1);
        assert_eq!(ww_scan_error(null(), &mut ww_error_info::of(None)), -1);
        assert_eq!(ww_scan_error(&scan, null_mut()), -1);
        assert_eq!(ww_scan_error(&scan, &mut ww_error_info { size: 8, ..ww_error_info::of(None) }), -1);
        // Fewer octets than the call before.
        assert_eq!(ww_parse_request(input.cast(), 30, null(), &mut scan, table, 8, &mut head), 1);
        assert_eq!(ww_parse_request(input.cast(), 29, null(), &mut scan, table, 8, &mut head), -1);
        assert_eq!(ww_parse_request(input.cast(), 30, null(), &mut scan, table, 0, &mut head), -1);
        assert_eq!(ww_parse_request(input.cast(), len, null(), &mut scan, table, 8, &mut head), 0);
    }
}

#[test]
fn responses_and_trailers_are_written() {
    let Room { mut scan, mut fields, mut head } = *room();
    let input = b"HTTP/1.0 404 Not Found\r\nX: a\r\n b\r\nContent-Length: 7, 8\r\n\r\n";
    // SAFETY: live pointers and right lengths.
    unsafe {
        let status =
            ww_parse_response(input.as_ptr().cast(), input.len(), null(), &mut scan, &mut fields[0], 8, &mut head);
        assert_eq!((status, head.status, head.version_minor), (0, 404, 0));
        assert_eq!((octets(&head.reason), head.content_length), (&b"Not Found"[..], u64::MAX));
        assert_eq!((octets(&fields[0].value), fields[0].flags), (&b"a\r\n b"[..], ids::WW_FIELD_FOLDED));
        let input = b"X: y\r\nHost: a\r\n\r\n";
        let status =
            ww_parse_trailers(input.as_ptr().cast(), input.len(), null(), &mut scan, &mut fields[0], 8, &mut head);
        assert_eq!((status, head.field_count, head.head_len, head.flags), (0, 2, input.len(), 0));
        assert_eq!((octets(&fields[1].value), head.host.len), (&b"a"[..], 0));
    }
}
