//! Whole heads.

use super::*;
use crate::guard::TargetRule;

/// The value of Date at a time.
fn at(cache: &mut DateCache, unix_seconds: u64) -> &str {
    cache.set(unix_seconds);
    str::from_utf8(cache.line()).unwrap().strip_prefix("Date: ").unwrap().strip_suffix("\r\n").unwrap()
}

#[test]
fn h1_gen_07_date() {
    let mut cache = DateCache::new();
    assert_eq!(at(&mut cache, 784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
    let lines = LibraryLines { date: Some(&cache), body: BodyLine::Length(0), ..NO_LINES };
    let dated = "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(respond(404, None, lines, &[]).unwrap(), dated);
    // The caller's Date replaces ours.
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
        assert_eq!(respond(status, None, NO_LINES, &[]), Err((Code::Argument, c"H1-GEN-08")));
    }
    assert_eq!((standard_reason(200), standard_reason(306), standard_reason(512)), ("OK", "", ""));
    assert_eq!((standard_reason(0), standard_reason(99), standard_reason(u16::MAX)), ("", "", ""));
    assert_eq!((100..600).filter(|&status| !standard_reason(status).is_empty()).count(), 61);
}

#[test]
fn h1_gen_10_golden_response() {
    let mut date = DateCache::new();
    date.set(784_111_777);
    let lines =
        LibraryLines { host: None, date: Some(&date), body: BodyLine::Chunked, connection: ConnectionLine::CLOSE };
    let head = respond(200, None, lines, &[("Content-Type", "text/plain"), ("X-Empty", "")]).unwrap();
    let golden = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nTransfer-Encoding: chunked\r\n\
                  Connection: close\r\nContent-Type: text/plain\r\nX-Empty: \r\n\r\n";
    assert_eq!(head, golden);
    for (connection, line) in [
        (ConnectionLine::KEEP_ALIVE, "Connection: keep-alive\r\n"),
        (ConnectionLine::UPGRADE, "Connection: upgrade\r\n"),
        (ConnectionLine::TE, "Connection: TE\r\n"),
    ] {
        let head = respond(200, None, LibraryLines { connection, ..NO_LINES }, &[]).unwrap();
        assert_eq!(head, format!("HTTP/1.1 200 OK\r\n{line}\r\n"));
    }
}

/// Every set of options, with every set in the caller's fields and every need for one: each needed option appears once.
#[test]
fn h1_gen_12_each_option_once() {
    let options = ["close", "keep-alive", "upgrade", "TE"];
    let said =
        |bits: usize| -> Vec<&str> { (0..4).filter(|bit| bits >> bit & 1 != 0).map(|bit| options[bit]).collect() };
    for (own, given, needs) in (0..64)
        .map(|n| (n & 3, n >> 2 & 3, n >> 4))
        .flat_map(|(own, given, needs)| (0..4).map(move |more| (own, given | more << 2, needs)))
    {
        let value = said(given).join(", ");
        let mut pairs = vec![("Upgrade", "x"), ("TE", "trailers")];
        pairs.retain(|(name, _)| needs & (if *name == "TE" { 2 } else { 1 }) != 0);
        pairs.extend((given != 0).then_some(("Connection", &*value)));
        let facts = check_fields(fields(&pairs)).unwrap();
        let planned = [ConnectionLine::NONE, ConnectionLine::CLOSE, ConnectionLine::KEEP_ALIVE][own % 3];
        let connection = planned.completed(&facts);
        let head = respond(200, None, LibraryLines { connection, ..NO_LINES }, &pairs).unwrap();
        let mut named: Vec<&str> = head.lines().filter_map(|line| line.strip_prefix("Connection: ")).collect();
        named = named.iter().flat_map(|line| line.split(", ")).collect();
        named.sort_unstable();
        let mut all = said(given | needs << 2 | if own % 3 == 1 { 1 } else { 0 });
        if own % 3 == 2 && given & 3 == 0 {
            all.push("keep-alive");
        }
        all.sort_unstable();
        assert_eq!(named, all, "{head}");
    }
}

#[test]
fn h1_gen_10_content_length_digits() {
    let mut lengths = vec![0, 9, 10, 99, 100, u64::MAX];
    lengths.extend((0..20).map(|digits| 10u64.pow(digits)));
    lengths.extend((0..20).map(|digits| 10u64.pow(digits) - 1));
    for length in lengths {
        let head = respond(200, None, LibraryLines { body: BodyLine::Length(length), ..NO_LINES }, &[]).unwrap();
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
        assert_eq!(respond(status, None, NO_LINES, &[("X", "y")]), Err((Code::Argument, c"H1-GEN-11")), "{status}");
        assert!(respond(status, None, NO_LINES, &[field]).is_ok(), "{status}");
    }
}

#[test]
fn h1_body_08_no_framing_where_there_is_no_content() {
    for status in [100, 103, 204] {
        for body in [BodyLine::Length(0), BodyLine::Chunked] {
            let head = respond(status, None, LibraryLines { body, ..NO_LINES }, &[]);
            assert_eq!(head, Err((Code::Argument, c"H1-BODY-08")));
        }
        for field in [("Content-Length", "0"), ("Transfer-Encoding", "chunked")] {
            assert_eq!(respond(status, None, NO_LINES, &[field]), Err((Code::Argument, c"H1-BODY-08")));
        }
        assert!(respond(status, None, NO_LINES, &[]).is_ok());
    }
    assert!(respond(304, None, NO_LINES, &[("Content-Length", "5")]).is_ok());
}

fn request(head: RequestHead<'_>, pairs: &Pairs<'_>) -> Result<String, (Code, &'static core::ffi::CStr)> {
    let facts = check_fields(fields(pairs)).unwrap();
    let plan = head.plan(&facts).map_err(|error| (error.code(), error.fault.rule))?;
    Ok(written(plan, pairs))
}

#[test]
fn h1_tgt_15_request_with_host_first() {
    let url = Url::parse_with_userinfo(b"http://u@a:81?q#f", TargetRule::Browser).unwrap();
    let get = MethodKind::Other;
    let lines = LibraryLines { host: Some(url.host(get)), body: BodyLine::Length(3), ..NO_LINES };
    let head = RequestHead { method: b"GET", target: url.direct(get).unwrap(), lines };
    let golden = "GET /?q HTTP/1.1\r\nHost: a:81\r\nContent-Length: 3\r\nX: y\r\n\r\n";
    assert_eq!(request(head, &[("X", "y")]).unwrap(), golden);
    let host = Err((Code::Host, c"H1-TGT-15"));
    assert_eq!(request(head, &[("Host", "a")]), host, "not beside the library's own");
    let without = RequestHead { lines: NO_LINES, ..head };
    assert_eq!(request(without, &[]), host);
    assert_eq!(request(without, &[("Host", "a b")]), host);
    assert_eq!(request(without, &[("Host", "a"), ("Host", "a")]), host);
    assert_eq!(request(without, &[("host", "a")]).unwrap(), "GET /?q HTTP/1.1\r\nhost: a\r\n\r\n");
}

#[test]
fn h1_tgt_16_connect_request() {
    let url = Url::parse(b"https://a/", TargetRule::Browser).unwrap();
    let connect = MethodKind::Connect;
    let lines = LibraryLines { host: Some(url.host(connect)), ..NO_LINES };
    let head = RequestHead { method: b"CONNECT", target: url.direct(connect).unwrap(), lines };
    assert_eq!(request(head, &[]).unwrap(), "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
    let proxied = RequestHead { method: b"GET", target: url.proxied(MethodKind::Other).unwrap(), ..head };
    assert_eq!(request(proxied, &[]).unwrap(), "GET https://a/ HTTP/1.1\r\nHost: a:443\r\n\r\n");
}

/// Fields other than the planned ones may spoil the head, but are never written outside of it.
#[test]
fn core_04_changed_fields_stay_within_the_plan() {
    let head = ResponseHead { status: 200, reason: None, lines: NO_LINES };
    let plan = head.plan(&check_fields(fields(&[("X", "y")])).unwrap()).unwrap();
    let mut out = vec![0xaa; plan.size() + 40];
    assert_eq!(plan.write(fields(&[("X", "a longer value"), ("Y", "z")]), &mut out).unwrap(), plan.size());
    assert!(out[plan.size()..].iter().all(|&octet| octet == 0xaa));
}
