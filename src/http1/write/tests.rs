//! Golden octets of what is written, and all-or-nothing of what is not.

use super::*;
use crate::error::Code;
use crate::http1::target::{HostText, MethodKind, RequestTarget, Url};

type Pairs<'a> = [(&'a str, &'a str)];

fn fields<'a>(pairs: &'a Pairs<'a>) -> impl Iterator<Item = FieldRef<'a>> + Clone {
    pairs.iter().map(|(name, value)| FieldRef { name: name.as_bytes(), value: value.as_bytes() })
}

/// Writes a planned head into a buffer of its exact size, and checks that every smaller one is refused and left alone.
fn written(plan: HeadPlan<'_>, pairs: &Pairs<'_>) -> String {
    for room in [0, plan.size() / 2, plan.size() - 1] {
        let mut small = vec![0xaa; room];
        let error = plan.write(fields(pairs), &mut small).unwrap_err();
        assert_eq!((error.code(), error.offset), (Code::Buffer, plan.size() as u64));
        assert!(small.iter().all(|&octet| octet == 0xaa), "nothing is written");
    }
    let mut out = vec![0xaa; plan.size() + 3];
    assert_eq!(plan.write(fields(pairs), &mut out).unwrap(), plan.size());
    assert_eq!(out.split_off(plan.size()), [0xaa; 3], "nothing is written behind it");
    String::from_utf8(out).unwrap()
}

fn respond(
    status: u16,
    reason: Option<&str>,
    lines: OwnLines<'_>,
    pairs: &Pairs<'_>,
) -> Result<String, (Code, &'static str)> {
    let facts = check_fields(fields(pairs)).unwrap();
    let head = ResponseHead { status, reason: reason.map(str::as_bytes), lines };
    let plan = head.plan(&facts).map_err(|error| (error.code(), error.fault.rule))?;
    Ok(written(plan, pairs))
}

fn refused(pairs: &Pairs<'_>) -> (Code, &'static str, u64) {
    let error = check_fields(fields(pairs)).unwrap_err();
    assert_eq!(error.fault.status, 0);
    (error.code(), error.fault.rule, error.offset)
}

const NO_LINES: OwnLines<'static> =
    OwnLines { host: None, date: None, body: BodyLine::None, connection: ConnectionLine::None };

#[test]
fn h1_gen_01_controls_are_refused() {
    for value in ["x\r\nSet-Cookie: a", "x\ny", "x\ry", "\0", "a\x01b", "aaaaaaaaaaaaaaaaaaa\x7f", "\x0b"] {
        assert_eq!(refused(&[("A", "b"), ("X", value)]), (Code::FieldValue, "H1-GEN-01", 1), "{value:?}");
        let reason = respond(200, Some(value), NO_LINES, &[]);
        assert_eq!(reason, Err((Code::FieldValue, "H1-GEN-01")), "{value:?}");
    }
    assert!(check_fields(fields(&[("X", "a\tb"), ("X", ""), ("X", "\u{e9}"), ("X", " ")])).is_ok());
    assert_eq!(respond(200, Some("O\tK \u{e9}"), NO_LINES, &[]).unwrap(), "HTTP/1.1 200 O\tK \u{e9}\r\n\r\n");
}

#[test]
fn h1_gen_02_names_and_methods_are_tokens() {
    for name in ["X:", "", "X Y", "X\r\nY", "X\0", "Content-Type ", "(a)", "\u{e9}", "LongEnough-To-Be-Wide:"] {
        assert_eq!(refused(&[(name, "b")]), (Code::FieldName, "H1-GEN-02", 0), "{name:?}");
        let target = RequestTarget::given(MethodKind::Other, b"/").unwrap();
        let host = HostText::given(b"a").unwrap();
        let head = RequestHead { method: name.as_bytes(), target, lines: OwnLines { host: Some(host), ..NO_LINES } };
        let error = head.plan(&FieldFacts::default()).unwrap_err();
        assert_eq!((error.code(), error.fault.rule), (Code::RequestLine, "H1-GEN-02"), "{name:?}");
    }
    assert!(check_fields(fields(&[("!#$%&'*+-.^_`|~09azAZ", "")])).is_ok());
}

#[test]
fn h1_gen_03_framing_is_said_once() {
    let ambiguous = |at| (Code::AmbiguousFraming, "H1-GEN-03", at);
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
            let both = respond(200, None, OwnLines { body: own, ..NO_LINES }, &[field]);
            assert_eq!(both, Err((Code::AmbiguousFraming, "H1-GEN-03")));
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
        ("CONNECTION", "x", FieldFacts::CONNECTION),
        ("Connection", "x, CLOSE", FieldFacts::CONNECTION | FieldFacts::CLOSE),
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

/// The value of Date at a time.
fn at(cache: &mut DateCache, unix_seconds: u64) -> &str {
    cache.set(unix_seconds);
    str::from_utf8(cache.line()).unwrap().strip_prefix("Date: ").unwrap().strip_suffix("\r\n").unwrap()
}

#[test]
fn h1_gen_07_date() {
    let mut cache = DateCache::new();
    assert_eq!(at(&mut cache, 784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
    let lines = OwnLines { date: Some(&cache), body: BodyLine::Length(0), ..NO_LINES };
    let dated = "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(respond(404, None, lines, &[]).unwrap(), dated);
    // The caller's own Date is the only one.
    let own = respond(200, None, lines, &[("date", "x")]).unwrap();
    assert_eq!(own, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\ndate: x\r\n\r\n");
    assert_eq!(respond(200, None, NO_LINES, &[]).unwrap(), "HTTP/1.1 200 OK\r\n\r\n", "none without a clock");
}

#[test]
fn h1_gen_07_date_at_the_edges() {
    let mut cache = DateCache::default();
    assert_eq!(cache.line(), b"Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
    assert_eq!(at(&mut cache, 0), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_eq!(at(&mut cache, 951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
    assert_eq!(at(&mut cache, 0), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_eq!(at(&mut cache, 253_402_300_799), "Fri, 31 Dec 9999 23:59:59 GMT");
    assert_eq!(at(&mut cache, 253_402_300_800), "Fri, 31 Dec 9999 23:59:59 GMT");
    assert_eq!(at(&mut cache, u64::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
}

#[test]
fn h1_gen_08_status_line() {
    let line = |status, reason| respond(status, reason, NO_LINES, &[]).unwrap();
    assert_eq!(line(200, Some("")), "HTTP/1.1 200 \r\n\r\n");
    assert_eq!(line(200, Some("Fine")), "HTTP/1.1 200 Fine\r\n\r\n");
    assert_eq!(line(299, None), "HTTP/1.1 299 \r\n\r\n");
    assert_eq!(line(599, None), "HTTP/1.1 599 \r\n\r\n");
    assert_eq!(line(511, None), "HTTP/1.1 511 Network Authentication Required\r\n\r\n");
    assert_eq!(line(100, None), "HTTP/1.1 100 Continue\r\n\r\n");
    for status in [0, 99, 600, 999, u16::MAX] {
        assert_eq!(respond(status, None, NO_LINES, &[]), Err((Code::Argument, "H1-GEN-08")));
    }
    assert_eq!((standard_reason(200), standard_reason(306), standard_reason(512)), ("OK", "", ""));
    assert_eq!((standard_reason(0), standard_reason(99), standard_reason(u16::MAX)), ("", "", ""));
    assert_eq!((100..600).filter(|&status| !standard_reason(status).is_empty()).count(), 61);
}

#[test]
fn h1_gen_10_golden_response() {
    let mut date = DateCache::new();
    date.set(784_111_777);
    let lines = OwnLines { host: None, date: Some(&date), body: BodyLine::Chunked, connection: ConnectionLine::Close };
    let head = respond(200, None, lines, &[("Content-Type", "text/plain"), ("X-Empty", "")]).unwrap();
    let golden = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nTransfer-Encoding: chunked\r\n\
                  Connection: close\r\nContent-Type: text/plain\r\nX-Empty: \r\n\r\n";
    assert_eq!(head, golden);
    for (connection, line) in [
        (ConnectionLine::KeepAlive, "Connection: keep-alive\r\n"),
        (ConnectionLine::Upgrade, "Connection: upgrade\r\n"),
        (ConnectionLine::Te, "Connection: TE\r\n"),
    ] {
        let head = respond(200, None, OwnLines { connection, ..NO_LINES }, &[]).unwrap();
        assert_eq!(head, format!("HTTP/1.1 200 OK\r\n{line}\r\n"));
    }
}

#[test]
fn h1_gen_10_content_length_digits() {
    let mut lengths = vec![0, 9, 10, 99, 100, u64::MAX];
    lengths.extend((0..20).map(|digits| 10u64.pow(digits)));
    lengths.extend((0..20).map(|digits| 10u64.pow(digits) - 1));
    for length in lengths {
        let head = respond(200, None, OwnLines { body: BodyLine::Length(length), ..NO_LINES }, &[]).unwrap();
        assert_eq!(head, format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"));
    }
}

#[test]
fn h1_gen_11_companions() {
    for (status, field) in [
        (401, ("WWW-Authenticate", "Basic")),
        (407, ("Proxy-Authenticate", "Basic")),
        (405, ("Allow", "")),
        (426, ("Upgrade", "websocket")),
        (101, ("Upgrade", "websocket")),
    ] {
        assert_eq!(respond(status, None, NO_LINES, &[("X", "y")]), Err((Code::State, "H1-GEN-11")), "{status}");
        assert!(respond(status, None, NO_LINES, &[field]).is_ok(), "{status}");
    }
}

#[test]
fn h1_body_08_no_framing_where_there_is_no_content() {
    for status in [100, 103, 204] {
        for body in [BodyLine::Length(0), BodyLine::Chunked] {
            let head = respond(status, None, OwnLines { body, ..NO_LINES }, &[]);
            assert_eq!(head, Err((Code::State, "H1-BODY-08")));
        }
        for field in [("Content-Length", "0"), ("Transfer-Encoding", "chunked")] {
            assert_eq!(respond(status, None, NO_LINES, &[field]), Err((Code::State, "H1-BODY-08")));
        }
        assert!(respond(status, None, NO_LINES, &[]).is_ok());
    }
    assert!(respond(304, None, NO_LINES, &[("Content-Length", "5")]).is_ok());
}

fn request(head: RequestHead<'_>, pairs: &Pairs<'_>) -> Result<String, (Code, &'static str)> {
    let facts = check_fields(fields(pairs)).unwrap();
    let plan = head.plan(&facts).map_err(|error| (error.code(), error.fault.rule))?;
    Ok(written(plan, pairs))
}

#[test]
fn h1_tgt_15_request_with_host_first() {
    let url = Url::parse(b"http://u@a:81?q#f").unwrap();
    let get = MethodKind::Other;
    let lines = OwnLines { host: Some(url.host(get)), body: BodyLine::Length(3), ..NO_LINES };
    let head = RequestHead { method: b"GET", target: url.direct(get).unwrap(), lines };
    let golden = "GET /?q HTTP/1.1\r\nHost: a:81\r\nContent-Length: 3\r\nX: y\r\n\r\n";
    assert_eq!(request(head, &[("X", "y")]).unwrap(), golden);
    let host = Err((Code::Host, "H1-TGT-15"));
    assert_eq!(request(head, &[("Host", "a")]), host, "not beside the library's own");
    let without = RequestHead { lines: NO_LINES, ..head };
    assert_eq!(request(without, &[]), host);
    assert_eq!(request(without, &[("Host", "a b")]), host);
    assert_eq!(request(without, &[("Host", "a"), ("Host", "a")]), host);
    assert_eq!(request(without, &[("host", "a")]).unwrap(), "GET /?q HTTP/1.1\r\nhost: a\r\n\r\n");
}

#[test]
fn h1_tgt_16_connect_request() {
    let url = Url::parse(b"https://a/").unwrap();
    let connect = MethodKind::Connect;
    let lines = OwnLines { host: Some(url.host(connect)), ..NO_LINES };
    let head = RequestHead { method: b"CONNECT", target: url.direct(connect).unwrap(), lines };
    assert_eq!(request(head, &[]).unwrap(), "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
    let proxied = RequestHead { method: b"GET", target: url.proxied(MethodKind::Other).unwrap(), ..head };
    assert_eq!(request(proxied, &[]).unwrap(), "GET https://a/ HTTP/1.1\r\nHost: a:443\r\n\r\n");
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

/// Fields that are not those of the plan can make the head wrong, never write outside of it.
#[test]
fn core_04_changed_fields_stay_within_the_plan() {
    let head = ResponseHead { status: 200, reason: None, lines: NO_LINES };
    let plan = head.plan(&check_fields(fields(&[("X", "y")])).unwrap()).unwrap();
    let mut out = vec![0xaa; plan.size() + 40];
    assert_eq!(plan.write(fields(&[("X", "a longer value"), ("Y", "z")]), &mut out).unwrap(), plan.size());
    assert!(out[plan.size()..].iter().all(|&octet| octet == 0xaa));
}
