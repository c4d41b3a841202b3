//! H1-LINE and the octets of H1-TGT.

use wireway::error::Code::{FieldName, LineEnd, RequestLine, Target, Version};
use wireway::http1::head::method;

use wireway::guard::{HeadLimits, TargetRule};

use crate::feed::{REQUEST, Request, accepted, refused, status, unfinished};

#[test]
fn h1_line_01_single_spaces() {
    refused(REQUEST, b"GET ^ / HTTP/1.1\r\n", RequestLine, "H1-LINE-01");
    refused(REQUEST, b"GET^\t/ HTTP/1.1\r\n", RequestLine, "H1-LINE-02");
    refused(REQUEST, b"^ GET / HTTP/1.1\r\n", RequestLine, "H1-LINE-11");
    refused(REQUEST, b"GET / HTTP/1.1^ \r\n", RequestLine, "H1-LINE-01");
    refused(REQUEST, b"GET / ^ HTTP/1.1\r\n", RequestLine, "H1-LINE-01");
}

#[test]
fn h1_line_02_methods_are_tokens_and_case_sensitive() {
    refused(REQUEST, b"G^\x00T / HTTP/1.1\r\n", RequestLine, "H1-LINE-02");
    refused(REQUEST, b"G^(T / HTTP/1.1\r\n", RequestLine, "H1-LINE-02");
    for (name, id) in [("GET", method::GET), ("POST", method::POST), ("PATCH", method::PATCH), ("get", 0), ("M-x!", 0)]
    {
        let parsed = accepted(REQUEST, format!("{name} /x HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes());
        assert_eq!((parsed.head.method.of(&parsed.input), parsed.head.method_id), (name.as_bytes(), id));
        assert_eq!(parsed.head.target.of(&parsed.input), b"/x");
    }
}

#[test]
fn h1_line_03_the_version_is_exact() {
    refused(REQUEST, b"GET / ^http/1.1\r\n", Version, "H1-LINE-03");
    refused(REQUEST, b"GET / HTTP/0^1.1\r\n", Version, "H1-LINE-03");
    refused(REQUEST, b"GET / HTTP/1^\r\n", Version, "H1-LINE-03");
    refused(REQUEST, b"GET / HTTP/1.1^0\r\n", Version, "H1-LINE-03");
    refused(REQUEST, b"GET / HTTP^ /1.1\r\n", Version, "H1-LINE-03");
    refused(REQUEST, b"GET / HTTP/1.^x\r\n", Version, "H1-LINE-03");
    assert_eq!(status(b"GET / HTTP/01.1\r\n"), 400);
}

#[test]
fn h1_line_04_other_major_versions() {
    refused(REQUEST, b"PRI * HTTP/^2.0\r\n\r\nSM\r\n\r\n", Version, "H1-LINE-04");
    refused(REQUEST, b"GET / HTTP/0^.9\r\n", Version, "H1-LINE-04");
    assert_eq!(status(b"GET / HTTP/9.1\r\n"), 505);
}

#[test]
fn h1_line_05_higher_minor_versions() {
    assert_eq!(accepted(REQUEST, b"GET / HTTP/1.2\r\nHost: a\r\n\r\n").head.version_minor, 2);
    assert_eq!(accepted(REQUEST, b"GET / HTTP/1.0\r\n\r\n").head.version_minor, 0);
}

#[test]
fn h1_line_06_no_simple_requests() {
    refused(REQUEST, b"GET /^\r\n", RequestLine, "H1-LINE-06");
    refused(REQUEST, b"GET / ^\r\n", RequestLine, "H1-LINE-06");
}

#[test]
fn h1_line_07_bare_lf() {
    refused(REQUEST, b"GET / HTTP/1.1^\nHost: a\n\n", LineEnd, "H1-LINE-07");
    refused(REQUEST, b"GET / HTTP/1.1\r\nHost: a\r\nX: a^\n\r\n", LineEnd, "H1-LINE-07");
    refused(REQUEST, b"GET / HTTP/1.1\r\nHost: a\r\n^\n", LineEnd, "H1-LINE-07");
    refused(REQUEST, b"GET / HTTP/1.1\r\nHo^\nst: a\r\n\r\n", LineEnd, "H1-LINE-07");
    refused(REQUEST, b"GET ^\n/ HTTP/1.1\r\n\r\n", LineEnd, "H1-LINE-07");
    refused(REQUEST, b"GE^\nT / HTTP/1.1\r\n\r\n", LineEnd, "H1-LINE-07");
    refused(REQUEST, b"GET / HT^\nTP/1.1\r\n\r\n", LineEnd, "H1-LINE-07");
}

#[test]
fn h1_line_08_bare_cr() {
    refused(REQUEST, b"GET / HTTP/1.1\r\nHost: a\r\nX: a\r^Y: b\r\n\r\n", LineEnd, "H1-LINE-08");
    refused(REQUEST, b"GET / HTTP/1.1\r\nHost: a\r\n\r^ZGET /b HTTP/1.1\r\n\r\n", LineEnd, "H1-LINE-08");
    refused(REQUEST, b"GET / HTTP/1.1\r^\rHost: a\r\n\r\n", LineEnd, "H1-LINE-08");
    refused(REQUEST, b"\r^GET / HTTP/1.1\r\n\r\n", LineEnd, "H1-LINE-08");
}

#[test]
fn h1_line_09_empty_lines_before() {
    let parsed = accepted(REQUEST, b"\r\n\r\n\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\nrest");
    assert_eq!(parsed.head.head_len as usize, parsed.input.len() - 4);
    assert_eq!((parsed.head.method.of(&parsed.input), parsed.value("Host")), (&b"GET"[..], &b"a"[..]));
    refused(REQUEST, b"\r\n\r\n\r\n\r\n^\r\nGET / HTTP/1.1\r\n", RequestLine, "H1-LINE-09");
    refused(REQUEST, b"^\nGET / HTTP/1.1\r\n\r\n", LineEnd, "H1-LINE-07");
}

#[test]
fn h1_line_10_whitespace_before_the_first_field() {
    refused(REQUEST, b"GET / HTTP/1.1\r\n^ Host: a\r\n\r\n", FieldName, "H1-LINE-10");
    refused(REQUEST, b"GET / HTTP/1.1\r\n^\tHost: a\r\n\r\n", FieldName, "H1-LINE-10");
}

#[test]
fn h1_line_11_what_cannot_begin_a_request() {
    refused(REQUEST, b"^\x16\x03\x01", RequestLine, "H1-LINE-11");
    refused(REQUEST, b"^\x00", RequestLine, "H1-LINE-11");
    refused(REQUEST, b"^\xff", RequestLine, "H1-LINE-11");
}

#[test]
fn h1_line_12_a_response_to_a_server() {
    refused(REQUEST, b"HTTP^/1.1 200 OK\r\n\r\n", RequestLine, "H1-LINE-12");
}

#[test]
fn h1_tgt_02_octets_of_a_target() {
    let bad = [
        &b"GET /^\x00"[..],
        b"GET /^\xc3\xa9",
        b"GET /a^#f",
        b"GET /a^\\b",
        b"GET /^\tx",
        b"GET /^{",
        b"GET /?^\"",
        b"GET /a^\x7f",
    ];
    for vector in bad {
        refused(REQUEST, vector, Target, "H1-TGT-02");
    }
    let path: String = (0x21..0x7f).map(char::from).filter(|octet| !"\"#<>?`{}\\".contains(*octet)).collect();
    let query: String = (0x21..0x7f).map(char::from).filter(|octet| !"\"#<>".contains(*octet)).collect();
    for target in [&format!("/{path}?{query}"), "http://[::1]:80/", "*", "a:1", "/?", "[::1]:1", "/%7e%7E%00", "/%"] {
        let parsed = accepted(REQUEST, format!("GET {target} HTTP/1.1\r\n\r\n").as_bytes());
        assert_eq!(parsed.head.target.of(&parsed.input), target.as_bytes());
    }
    for octet in "\"#<>`{}\\".bytes() {
        assert_eq!(status(&[b"GET /", &[octet][..], b" HTTP/1.1\r\n\r\n"].concat()), 400);
    }
}

#[test]
fn h1_tgt_02_octets_of_a_target_by_the_strict_rule() {
    const STRICT: Request = Request(HeadLimits { target: TargetRule::Strict, ..HeadLimits::DEFAULT });
    let bad = [&b"GET /^["[..], b"GET /a^|", b"GET /?^{", b"GET http://[::1]/^[", b"GET /a^\\b"];
    let escapes = [&b"GET /%^zz"[..], b"GET /%2^ HTTP/1.1", b"GET /%^ HTTP/1.1", b"GET /%41%4^g", b"GET /%^%41"];
    for vector in bad.into_iter().chain(escapes) {
        refused(STRICT, vector, Target, "H1-TGT-02");
    }
    let allowed: String = (0x21..0x7f).map(char::from).filter(|octet| !"\"#%<>[\\]^`{|}".contains(*octet)).collect();
    for target in [&format!("/{allowed}?{allowed}"), "http://[::1]:80/", "*", "a:1", "/?", "[::1]:1", "/%7e%7E%00"] {
        let parsed = accepted(STRICT, format!("GET {target} HTTP/1.1\r\n\r\n").as_bytes());
        assert_eq!(parsed.head.target.of(&parsed.input), target.as_bytes());
    }
}

#[test]
fn h1_tgt_03_targets_are_not_decoded() {
    let parsed = accepted(REQUEST, b"GET /%2e%2e//%0d%0aX:%00 HTTP/1.1\r\n\r\n");
    assert_eq!(parsed.head.target.of(&parsed.input), b"/%2e%2e//%0d%0aX:%00");
}

#[test]
fn h1_conn_09_the_beginning_of_a_request_is_no_error() {
    for vector in [&b""[..], b"\r", b"\r\n", b"GET", b"GET / HT", b"GET / HTTP/1.1\r", b"GET /%4", b"A / HTTP/1.1\r\nX"]
    {
        unfinished(REQUEST, vector);
    }
}
