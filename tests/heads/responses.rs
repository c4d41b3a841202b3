//! H1-RSP, and H1-LINE for responses.

use wireway::error::Code::{FieldName, LineEnd, StatusLine, Version};
use wireway::http1::head::{Field, Summary};

use crate::feed::{RESPONSE, accepted, refused, unfinished};

#[test]
fn h1_rsp_01_the_status_line() {
    let parsed = accepted(RESPONSE, b"HTTP/1.1 404 Not Found\r\nA: b\r\n\r\nrest");
    let head = parsed.head;
    assert_eq!((head.status, head.version_minor, head.reason.of(&parsed.input)), (404, 1, &b"Not Found"[..]));
    assert_eq!((head.head_len as usize, parsed.value("A")), (parsed.input.len() - 4, &b"b"[..]));
    for (line, status) in [("HTTP/1.1 200\r\n", 200), ("HTTP/1.0 999 \r\n", 999), ("\r\n\r\nHTTP/1.7 000\r\n", 0)] {
        let parsed = accepted(RESPONSE, format!("{line}\r\n").as_bytes());
        assert_eq!((parsed.head.status, parsed.head.reason.of(&parsed.input)), (status, &b""[..]));
    }
    refused(RESPONSE, b"HTTP/1.1 20^ X\r\n", StatusLine, "H1-RSP-01");
    refused(RESPONSE, b"HTTP/1.1 200^0 X\r\n", StatusLine, "H1-RSP-01");
    refused(RESPONSE, b"HTTP/1.1 ^ 200 OK\r\n", StatusLine, "H1-RSP-01");
    refused(RESPONSE, b"HTTP/1.1^\t200 OK\r\n", StatusLine, "H1-RSP-01");
    refused(RESPONSE, b"HTTP/1.1^\r\n", StatusLine, "H1-RSP-01");
}

#[test]
fn h1_rsp_02_the_reason() {
    refused(RESPONSE, b"HTTP/1.1 200 O^\x00K\r\n", StatusLine, "H1-RSP-02");
    refused(RESPONSE, b"HTTP/1.1 200 ^\x7f\r\n", StatusLine, "H1-RSP-02");
    let long = "r".repeat(100);
    for reason in [&b"\xe9"[..], b"a\tb c", b" ", long.as_bytes()] {
        let parsed = accepted(RESPONSE, &[b"HTTP/1.1 200 ", reason, b"\r\n\r\n"].concat());
        assert_eq!(parsed.head.reason.of(&parsed.input), reason);
    }
}

#[test]
fn h1_rsp_05_not_http_1() {
    refused(RESPONSE, b"^ICY 200 OK\r\n\r\n", Version, "H1-RSP-05");
    refused(RESPONSE, b"^<html>", Version, "H1-RSP-05");
    refused(RESPONSE, b"HTTP/^2 200 OK\r\n\r\n", Version, "H1-LINE-04");
    refused(RESPONSE, b"HTTP/1.1^1 200 OK\r\n\r\n", Version, "H1-LINE-03");
    refused(RESPONSE, b"^http/1.1 200 OK\r\n\r\n", Version, "H1-RSP-05");
    refused(RESPONSE, b"HTTP/^x.1 200 OK\r\n\r\n", Version, "H1-LINE-03");
}

#[test]
fn h1_line_07_and_08_line_ends_of_a_response() {
    refused(RESPONSE, b"HTTP/1.1 200 OK^\n\r\n", LineEnd, "H1-LINE-07");
    refused(RESPONSE, b"HTTP/1.1 200^\n\r\n", LineEnd, "H1-LINE-07");
    refused(RESPONSE, b"HTTP/1.1 200 OK\r^X\r\n\r\n", LineEnd, "H1-LINE-08");
    refused(RESPONSE, b"HTTP/1.1 200 OK\r\nX: a\r^b\r\n\r\n", LineEnd, "H1-LINE-08");
}

#[test]
fn h1_line_09_to_12_before_the_status_line() {
    refused(RESPONSE, b"\r\n\r\n\r\n\r\n^\r\nHTTP/1.1 200 OK\r\n", StatusLine, "H1-LINE-09");
    refused(RESPONSE, b"HTTP/1.1 200 OK\r\n^ X: a\r\n\r\n", FieldName, "H1-LINE-10");
    refused(RESPONSE, b"^\x16\x03\x01", StatusLine, "H1-LINE-11");
    refused(RESPONSE, b"^GET / HTTP/1.1\r\n", Version, "H1-RSP-05");
}

#[test]
fn h1_field_08_folds_are_marked() {
    let parsed =
        accepted(RESPONSE, b"HTTP/1.1 200 OK\r\nX: a\r\n\tb\r\nContent-Length: 0\r\nY:\r\n \r\n  c \r\n \r\n\r\n");
    assert_eq!(parsed.fields(), [("X", &b"a\r\n\tb"[..]), ("Content-Length", b"0"), ("Y", b"c")]);
    let flags: Vec<u8> = parsed.fields.iter().map(|field| field.flags).collect();
    assert_eq!(flags, [Field::FOLDED, 0, Field::FOLDED]);
    assert_eq!(parsed.head.summary.flags, Summary::LENGTH);
}

#[test]
fn h1_field_08_folds_in_framing_fields() {
    let flags = |field: &str| {
        let parsed = accepted(RESPONSE, format!("HTTP/1.1 200 OK\r\n{field}\r\n\r\n").as_bytes());
        parsed.head.summary.flags
    };
    assert_eq!(flags("Content-Length:\r\n 5"), Summary::LENGTH | Summary::LENGTH_INVALID);
    assert_eq!(flags("Transfer-Encoding:\r\n chunked"), Summary::TE | Summary::TE_CHUNKED | Summary::TE_INVALID);
    assert_eq!(flags("Connection: x,\r\n close"), Summary::CLOSE);
    assert_eq!(flags("Connection: clo\r\n se"), 0);
}

#[test]
fn h1_conn_10_the_beginning_of_a_response_is_no_error() {
    for vector in [&b""[..], b"HTTP/1.1 2", b"HTTP/1.1 200\r", b"HTTP/1.1 200 OK\r\nX: a\r\n"] {
        unfinished(RESPONSE, vector);
    }
}
