//! The caller's fields and trailers.

use super::*;
use crate::guard::TargetRule;

#[test]
fn h1_gen_01_controls_are_refused() {
    for value in ["x\r\nSet-Cookie: a", "x\ny", "x\ry", "\0", "a\x01b", "aaaaaaaaaaaaaaaaaaa\x7f", "\x0b"] {
        assert_eq!(refused(&[("A", "b"), ("X", value)]), (Code::FieldValue, c"H1-GEN-01", 1), "{value:?}");
        let reason = respond(200, Some(value), NO_LINES, &[]);
        assert_eq!(reason, Err((Code::FieldValue, c"H1-GEN-01")), "{value:?}");
    }
    assert!(check_fields(fields(&[("X", "a\tb"), ("X", ""), ("X", "\u{e9}"), ("X", " ")])).is_ok());
    assert_eq!(respond(200, Some("O\tK \u{e9}"), NO_LINES, &[]).unwrap(), "HTTP/1.1 200 O\tK \u{e9}\r\n\r\n");
}

/// Different fields with the same octets as the cached ones: they are validated again.
#[test]
fn h1_gen_01_cached_lines_do_not_admit_a_split_value() {
    let lines = [("A", "b"), ("Set-Cookie", "c"), ("Content-Type", "text/plain")];
    let joined = [
        &[("A", "b\r\nSet-Cookie: c"), lines[2]][..],
        &[lines[0], ("Set-Cookie", "c\r\nContent-Type: text/plain")],
        &[("A", "b\r\nSet-Cookie: c\r\nContent-Type: text/plain")],
        &[("A: b\r\nSet-Cookie", "c"), lines[2]],
        &[lines[0], ("Set-Cookie: c\r\nContent-Type", "text/plain")],
    ];
    let mut known = FieldLineCache::new();
    for pairs in joined {
        let text = known.of(fields(&lines)).map(<[u8]>::to_vec);
        assert_eq!(text.unwrap(), b"\r\nA: b\r\nSet-Cookie: c\r\nContent-Type: text/plain\r\n\r\n");
        assert!(check_fields(fields(pairs)).is_err());
        assert_eq!(known.of(fields(pairs)), None, "{pairs:?}");
    }
}

/// Whatever the sequence of fields, the cached lines are those that would be written.
#[test]
fn cached_field_lines_are_those_of_the_fields() {
    let all = [
        ("A", "b"),
        ("A", ""),
        ("AB", ""),
        ("", "b"),
        ("A", "b\r\nA: b"),
        ("Content-Type", "text/plain"),
        ("Date", "x"),
    ];
    let mut lists = vec![vec![]];
    for first in all {
        lists.push(vec![first]);
        lists.extend(all.map(|second| vec![first, second]));
    }
    lists.push(vec![("A", "b"); 20]);
    let mut known = FieldLineCache::new();
    for one in &lists {
        for other in &lists {
            known.of(fields(one));
            let is_plain = check_fields(fields(other)).is_ok_and(|facts| facts.flags == 0);
            let mut text = String::from("\r\n");
            other.iter().for_each(|(name, value)| text += &format!("{name}: {value}\r\n"));
            text += "\r\n";
            assert_eq!(known.of(fields(other)), is_plain.then_some(text.as_bytes()), "{other:?} behind {one:?}");
        }
    }
}

#[test]
fn h1_gen_02_names_and_methods_are_tokens() {
    for name in ["X:", "", "X Y", "X\r\nY", "X\0", "Content-Type ", "(a)", "\u{e9}", "LongEnough-To-Be-Wide:"] {
        assert_eq!(refused(&[(name, "b")]), (Code::FieldName, c"H1-GEN-02", 0), "{name:?}");
        let target = RequestTarget::parse(MethodKind::Other, b"/", TargetRule::Browser).unwrap();
        let host = HostText::parse(b"a").unwrap();
        let head =
            RequestHead { method: name.as_bytes(), target, lines: LibraryLines { host: Some(host), ..NO_LINES } };
        let error = head.plan(&FieldFacts::default()).unwrap_err();
        assert_eq!((error.code(), error.fault.rule), (Code::RequestLine, c"H1-GEN-02"), "{name:?}");
    }
    assert!(check_fields(fields(&[("!#$%&'*+-.^_`|~09azAZ", "")])).is_ok());
}

#[test]
fn h1_gen_03_framing_is_declared_once() {
    let ambiguous = |at| (Code::AmbiguousFraming, c"H1-GEN-03", at);
    let (length, chunked) = (("content-LENGTH", "5"), ("transfer-encodinG", "Chunked"));
    assert_eq!(refused(&[length, chunked]), ambiguous(1));
    assert_eq!(refused(&[chunked, length]), ambiguous(1));
    assert_eq!(refused(&[length, ("X", ""), length]), ambiguous(2));
    assert_eq!(refused(&[chunked, chunked]), ambiguous(1));
    for value in ["", "+5", "-0", "5, 5", " 5", "0x5", "5.0", "9223372036854775808", "18446744073709551621", "5a", "/"]
    {
        assert_eq!(refused(&[("Content-Length", value)]), ambiguous(0), "{value:?}");
    }
    for value in ["", "gzip", "gzip, chunked", "chunked, chunked", "chunked;a=b", "xchunked"] {
        assert_eq!(refused(&[("Transfer-Encoding", value)]), ambiguous(0), "{value:?}");
    }
    for own in [BodyLine::Length(5), BodyLine::Chunked] {
        for field in [length, chunked] {
            let both = respond(200, None, LibraryLines { body: own, ..NO_LINES }, &[field]);
            assert_eq!(both, Err((Code::AmbiguousFraming, c"H1-GEN-03")));
        }
    }
}

#[test]
fn h1_gen_03_facts_of_fields() {
    let facts = |pairs: &Pairs<'_>| check_fields(fields(pairs)).unwrap();
    let length = facts(&[("Content-Length", "010")]);
    assert_eq!((length.length, length.flags), (Some(10), FieldFacts::LENGTH));
    assert_eq!(facts(&[("Content-Length", "9223372036854775807")]).length, Some(i64::MAX as u64));
    assert_eq!(facts(&[]), FieldFacts::default());
    assert_eq!(facts(&[("X", "y"), ("Content-Type", "text/plain")]).octets, 6 + 26);
    for (name, value, flags) in [
        ("Transfer-Encoding", "chunked", FieldFacts::CHUNKED),
        ("CONNECTION", "", FieldFacts::CONNECTION),
        ("Connection", ", CLOSE", FieldFacts::CONNECTION | FieldFacts::CLOSE),
        ("Connection", "Keep-Alive,te", FieldFacts::CONNECTION | FieldFacts::KEEP_ALIVE | FieldFacts::CONNECTION_TE),
        ("Connection", "Upgrade", FieldFacts::CONNECTION | FieldFacts::CONNECTION_UPGRADE),
        ("upgrade", "websocket", FieldFacts::UPGRADE),
        ("Te", "trailers", FieldFacts::TE),
        ("Trailer", "X", FieldFacts::TRAILER),
        ("dATE", "x", FieldFacts::DATE),
        ("Host", "a", FieldFacts::HOST),
        ("Host", "a b", FieldFacts::HOST | FieldFacts::HOST_INVALID),
        ("Expect", "100-continue", FieldFacts::EXPECT),
        ("Allow", "GET", FieldFacts::ALLOW),
        ("WWW-Authenticate", "Basic", FieldFacts::WWW_AUTHENTICATE),
        ("Proxy-Authenticate", "Basic", FieldFacts::PROXY_AUTHENTICATE),
        ("Content_Length", "x", 0),
        ("Dates", "x", 0),
        ("Hose", "x", 0),
    ] {
        assert_eq!(facts(&[(name, value)]).flags, flags, "{name}");
    }
    assert!(facts(&[("Host", "a"), ("Host", "a")]).has(FieldFacts::HOST_INVALID));
    assert_eq!(refused(&[("Connection", "a, \"b")]).0, Code::FieldValue);
}

#[test]
fn h1_trail_03_names_without_effect_in_trailers() {
    for name in [
        "Content-Length",
        "content-encoding",
        "CONTENT-TYPE",
        "content-",
        "Transfer-Encoding",
        "TE",
        "Host",
        "Trailer",
        "Authorization",
        "Cookie",
        "Connection",
        "Upgrade",
        "eXPECT",
    ] {
        assert!(is_forbidden_trailer(name.as_bytes()), "{name}");
    }
    for name in ["X-Sum", "content", "Contents-X", "grpc-status", "Hosts", "", "Content_Length"] {
        assert!(!is_forbidden_trailer(name.as_bytes()), "{name}");
    }
}

#[test]
fn h1_trail_04_trailers_out() {
    let pairs = [("X-Sum", "1"), ("Y", "")];
    let mut out = [0xaa; 20];
    assert_eq!(write_trailers(fields(&pairs), &mut out), Ok(17));
    assert_eq!(&out, b"X-Sum: 1\r\nY: \r\n\r\n\xaa\xaa\xaa");
    assert_eq!(write_trailers(fields(&[]), &mut out), Ok(2));
    assert_eq!(check_trailers(fields(&pairs)), Ok(17));
    let mut small = [0xaa; 16];
    let error = write_trailers(fields(&pairs), &mut small).unwrap_err();
    assert_eq!((error.code(), error.offset, small), (Code::Buffer, 17, [0xaa; 16]));
    for (field, code) in [
        (("content-length", "5"), Code::Trailer),
        (("Host", "a"), Code::Trailer),
        (("X ", "a"), Code::FieldName),
        (("X", "a\r\n"), Code::FieldValue),
    ] {
        let error = write_trailers(fields(&[("A", "b"), field]), &mut out).unwrap_err();
        assert_eq!((error.code(), error.offset), (code, 1));
    }
    assert_eq!(&out[..4], b"\r\nSu", "and nothing of them was written");
}

#[test]
fn h1_gen_12_connection_and_te_name_only_what_they_may() {
    for (name, value) in [
        ("Connection", "Host"),
        ("Connection", "close, X"),
        ("TE", "chunked"),
        ("TE", "trailers, Chunked;q=1"),
        ("TE", "chunked ;q=1"),
    ] {
        let error = check_fields(fields(&[(name, value)])).expect_err(value);
        assert_eq!(
            (error.code(), error.fault.rule, error.offset),
            (Code::FieldValue, c"H1-GEN-12", 0),
            "{name}: {value}"
        );
    }
    assert!(check_fields(fields(&[("TE", "trailers, x-chunked")])).is_ok());
}

#[test]
fn fields_that_are_others_when_walked_again_are_not_cached() {
    let walked = std::cell::Cell::new(0);
    let field = FieldRef { name: b"a", value: b"b" };
    // Three are there for the comparison with the cache and for the check of both, none to be stored.
    let is_there = |_: &u8| walked.replace(walked.get() + 1) < 3;
    let fields = (0..2u8).filter(is_there).map(|_| field);
    assert_eq!(FieldLineCache::new().of(fields), None);
}
