//! H1-FIELD, in requests.

use wireway::error::Code::{FieldName, FieldValue};

use crate::feed::{Parsed, REQUEST, accepted, refused};
use wireway::http1::head::RequestHead;

const G: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n";

fn get(lines: &[u8]) -> Parsed<RequestHead> {
    accepted(REQUEST, &[G, lines, b"\r\n"].concat())
}

fn refuse(lines: &[u8], code: wireway::error::Code, rule: &str) {
    refused(REQUEST, &[G, lines].concat(), code, rule);
}

#[test]
fn core_02_octets_are_not_text() {
    assert_eq!(get(b"X: \xff\xfe\r\n").value("X"), b"\xff\xfe");
}

#[test]
fn h1_field_01_names_are_tokens() {
    refuse(b"^: x\r\n", FieldName, "H1-FIELD-01");
    refuse(b"X^[: y\r\n", FieldName, "H1-FIELD-01");
    refuse(b"X^\xa0: y\r\n", FieldName, "H1-FIELD-01");
    refuse(b"A^ B: c\r\n", FieldName, "H1-FIELD-02");
    refuse(b"X^\x00: y\r\n", FieldName, "H1-FIELD-01");
    refuse(b"^\x80: y\r\n", FieldName, "H1-FIELD-01");
    let tokens = "!#$%&'*+-.^_`|~09azAZ";
    assert_eq!(get(format!("{tokens}: y\r\n").as_bytes()).value(tokens), b"y");
    for octet in 0..=255u8 {
        let line = [b"X-A-Name-That-Is-Longer-Than-A-Block-Of-32-", &[octet][..], b": y\r\n\r\n"].concat();
        let tchar = octet.is_ascii_alphanumeric() || tokens.as_bytes().contains(&octet);
        let outcome = crate::feed::feed(REQUEST, &[G, &line].concat());
        assert_eq!(outcome.is_ok(), tchar || octet == b':', "{octet:#x}");
    }
}

#[test]
fn h1_field_02_no_whitespace_before_the_colon() {
    refuse(b"Content-Length^ : 3\r\n\r\nabc", FieldName, "H1-FIELD-02");
    refuse(b"Transfer-Encoding^\t: chunked\r\n", FieldName, "H1-FIELD-02");
}

#[test]
fn h1_field_03_a_colon_in_every_line() {
    refuse(b"Foo^\r\n\r\n", FieldName, "H1-FIELD-03");
    refuse(b"Content-Length^ 5\r\n", FieldName, "H1-FIELD-02");
    refuse(b"Transfer-^\r\nEncoding: chunked\r\n", FieldName, "H1-FIELD-03");
}

#[test]
fn h1_field_04_whitespace_around_values() {
    assert_eq!(get(b"X: \t a \t\r\n").value("X"), b"a");
    assert_eq!(get(b"X:\r\n").value("X"), b"");
    assert_eq!(get(b"X: \t \r\n").value("X"), b"");
    assert_eq!(get(b"X:a b\r\n").value("X"), b"a b");
    assert_eq!(get(b"X: \xa0a\x85\r\n").value("X"), b"\xa0a\x85");
    refuse(b"X: ^\x0ba\r\n", FieldValue, "H1-FIELD-06");
}

#[test]
fn h1_field_05_and_06_controls_in_values() {
    refuse(b"X: a^\x00b\r\n\r\n", FieldValue, "H1-FIELD-06");
    assert_eq!(get(b"X: a\tb\r\n").value("X"), b"a\tb");
    for octet in 0..=255u8 {
        let line =
            [b"X: a value that is longer than a block of sixty-four octets, for once ", &[octet][..], b"b\r\n\r\n"];
        let outcome = crate::feed::feed(REQUEST, &[G, &line.concat()].concat());
        assert_eq!(outcome.is_ok(), octet == b'\t' || !octet.is_ascii_control(), "{octet:#x}");
    }
}

#[test]
fn h1_field_07_no_folds_in_requests() {
    refuse(b"X: a\r\n^ b\r\n\r\n", FieldValue, "H1-FIELD-07");
    refuse(b"Transfer-Encoding:\r\n^ chunked\r\n\r\n", FieldValue, "H1-FIELD-07");
    refuse(b"Host: a\r\n^\tb\r\n\r\n", FieldValue, "H1-FIELD-07");
}

#[test]
fn h1_field_09_underscores_are_not_hyphens() {
    let parsed = get(b"Content_Length: 5\r\ncONTENT-lENGTH: 6\r\n");
    assert_eq!(parsed.head.summary.content_length, 6);
    assert_eq!((parsed.fields[1].id, parsed.fields[2].id), (0, wireway::http1::head::field_id::CONTENT_LENGTH));
}

#[test]
fn h1_field_10_order_and_number() {
    let parsed = get(b"Set-Cookie: a=1\r\nX: y\r\nset-cookie: b=2\r\n");
    assert_eq!(parsed.fields()[1..], [("Set-Cookie", &b"a=1"[..]), ("X", b"y"), ("set-cookie", b"b=2")]);
    assert_eq!(parsed.head.fields, 4);
}

#[test]
fn lines_may_end_anywhere_in_a_block() {
    for len in 0..200 {
        let value = "v".repeat(len);
        let parsed = accepted(REQUEST, format!("GET / HTTP/1.1\r\nA: {value}\r\nBcd: e\r\n\r\n").as_bytes());
        assert_eq!(parsed.fields(), [("A", value.as_bytes()), ("Bcd", b"e")]);
        let parsed = accepted(REQUEST, format!("GET / HTTP/1.1\r\nA{value}: b\r\n\r\n").as_bytes());
        assert_eq!(parsed.fields(), [(&*format!("A{value}"), &b"b"[..])]);
    }
}
