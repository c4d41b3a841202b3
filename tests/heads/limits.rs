//! H1-LIM-01 to -03, H1-LIM-05.

use wireway::error::Code::{Target, TooLarge};
use wireway::guard::HeadLimits;
use wireway::http1::head::{Field, FieldSink, Scan, parse_request};

use crate::feed::{REQUEST, RESPONSE, Request, Response, TRAILERS, Trailers, accepted, refused, refused_at, status};

const SMALL: HeadLimits =
    HeadLimits { method_max: 4, target_max: 8, line_max: 10, section_max: 24, fields_max: 3, ..HeadLimits::DEFAULT };

#[test]
fn h1_lim_01_method_and_target() {
    let small = Request(SMALL);
    accepted(small, b"ABCD /1234567 HTTP/1.1\r\n\r\n");
    refused(small, b"ABCD^E", TooLarge, "H1-LIM-01");
    refused(small, b"GET /1234567^8", TooLarge, "H1-LIM-01");
    refused(small, b"GET /123%410^0", TooLarge, "H1-LIM-01");
    refused(small, b"GET /123456%^41 ", TooLarge, "H1-LIM-01");
    refused(small, b"GET /1234567^%zz", TooLarge, "H1-LIM-01");
    refused(small, b"GET /123456^#", Target, "H1-TGT-02");
    accepted(REQUEST, format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(300)).as_bytes());
    assert_eq!(status("A".repeat(65).as_bytes()), 501);
}

#[test]
fn h1_lim_01_default_target() {
    let line = |len: usize| format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(len - 1)).into_bytes();
    let parse = |input: &[u8]| parse_request(input, &mut Scan::FRESH.clone(), &HeadLimits::DEFAULT, &mut NoRoom);
    assert!(parse(&line(8192)).is_ok_and(|head| head.is_some()));
    let error = parse(&line(8193)).unwrap_err();
    assert_eq!((error.fault.status, error.offset), (414, 4 + 8192));
}

#[test]
fn h1_lim_02_lines_sections_fields() {
    let small = Request(SMALL);
    accepted(small, b"GET / HTTP/1.1\r\nA: 3456789\r\nB: 3456789\r\n\r\n");
    refused(small, b"GET / HTTP/1.1\r\nA: 3456789^0\r\n\r\n", TooLarge, "H1-LIM-02");
    refused(small, b"GET / HTTP/1.1\r\nABCDEFGHIJ^K", TooLarge, "H1-LIM-02");
    refused(small, b"GET / HTTP/1.1\r\nA: 3456789\r\nB: 3456789\r\n^C", TooLarge, "H1-LIM-02");
    refused(small, b"GET / HTTP/1.1\r\nA:\r\nB:\r\nC:\r\n^D:\r\n\r\n", TooLarge, "H1-LIM-02");
    accepted(small, b"GET / HTTP/1.1\r\nA:\r\nB:\r\nC:\r\n\r\n");
    assert_eq!(accepted(REQUEST, &fields(100)).head.fields, 100);
    refused_at(REQUEST, &fields(101), 16 + 100 * 6, TooLarge, "H1-LIM-02");
    assert_eq!(status(&fields(101)), 431);
}

fn fields(count: usize) -> Vec<u8> {
    format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(count)).into_bytes()
}

#[test]
fn h1_lim_02_the_end_of_the_section() {
    let limits = HeadLimits { line_max: 100, section_max: 12, ..SMALL };
    accepted(Request(limits), b"GET / HTTP/1.1\r\nA: b\r\nC: d\r\n\r\n");
    refused(Request(limits), b"GET / HTTP/1.1\r\nA: b\r\nC: de\r^\n\r\n", TooLarge, "H1-LIM-02");
    refused(Request(limits), b"GET / HTTP/1.1\r\nA: b\r\nC: d\r\n^E", TooLarge, "H1-LIM-02");
    refused(Request(limits), b"GET / HTTP/1.1\r\nA: 345678901^2", TooLarge, "H1-LIM-02");
}

#[test]
fn h1_lim_03_responses_and_folds() {
    let small = Response(HeadLimits { line_max: 17, ..SMALL });
    accepted(small, b"HTTP/1.1 200 1234\r\n\r\n");
    refused(small, b"HTTP/1.1 200 1234^5", TooLarge, "H1-LIM-03");
    refused(small, b"HTTP/1.1 200\r\nA: 345678901234\r\n^ 7", TooLarge, "H1-LIM-02");
    refused(small, b"HTTP/1.1 200\r\nA: 3456789\r\n 3456^78", TooLarge, "H1-LIM-02");
    let long = [b"HTTP/1.1 200 ", "r".repeat(300).as_bytes(), b"\r\n\r\n"].concat();
    accepted(RESPONSE, &long);
}

#[test]
fn h1_lim_05_trailers() {
    let lines = |count: usize| format!("{}\r\n", "A: b\r\n".repeat(count)).into_bytes();
    assert_eq!(accepted(TRAILERS, &lines(32)).fields.len(), 32);
    refused_at(TRAILERS, &lines(33), 32 * 6, TooLarge, "H1-LIM-02");
    refused(Trailers(SMALL), b"A: 3456789^0", TooLarge, "H1-LIM-02");
}

struct NoRoom;

impl FieldSink for NoRoom {
    fn push(&mut self, _field: Field) -> bool {
        false
    }
}

#[test]
fn a_sink_without_room_refuses() {
    let error =
        parse_request(b"GET / HTTP/1.1\r\nA: b\r\n\r\n", &mut Scan::FRESH.clone(), &HeadLimits::DEFAULT, &mut NoRoom);
    assert_eq!(error.map_err(|error| (error.code(), error.offset)), Err((TooLarge, 16)));
}

#[test]
fn limits_of_all_ones_do_no_harm() {
    let all = u32::MAX;
    let limits = HeadLimits {
        method_max: all,
        target_max: all,
        line_max: all,
        section_max: all,
        fields_max: all,
        ..HeadLimits::DEFAULT
    };
    accepted(Request(limits), b"GET / HTTP/1.1\r\nA: b\r\n\r\n");
    let line = [b"GET / HTTP/1.1\r\nA: ", "x".repeat(70_000).as_bytes()].concat();
    let error = parse_request(&line, &mut Scan::FRESH.clone(), &limits, &mut NoRoom).unwrap_err();
    assert_eq!((error.code(), error.offset), (TooLarge, 16 + 65535));
}
