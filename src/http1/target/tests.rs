//! The rows H1-TGT-* that are decided on the octets of a target or an authority alone.

use super::*;
use crate::error::Code;

fn forms(target: &str) -> [Result<TargetForm, (Code, &'static str, u64)>; 3] {
    [MethodKind::Other, MethodKind::Options, MethodKind::Connect].map(|method| {
        classify(method, target.as_bytes()).map_err(|error| (error.code(), error.fault.rule, error.offset))
    })
}

/// Scheme, host, port, prefix and path of an absolute-form target.
fn absolute(method: MethodKind, target: &str) -> (Scheme, &str, Option<u16>, &'static [u8], &str) {
    let Ok(TargetForm::Absolute { scheme, authority, prefix, path }) = classify(method, target.as_bytes()) else {
        panic!("{target} is not in absolute form");
    };
    let text = |part: Part| str::from_utf8(part.of(target.as_bytes())).unwrap();
    (scheme, text(authority.host), authority.port, prefix.text(), text(path))
}

fn bad<T>(rule: &'static str, offset: u64) -> Result<T, (Code, &'static str, u64)> {
    Err((Code::Target, rule, offset))
}

#[test]
fn h1_tgt_01_form_matches_method() {
    let (origin, asterisk) = (Ok(TargetForm::Origin), Ok(TargetForm::Asterisk));
    assert_eq!(forms("/"), [origin, origin, bad("H1-TGT-09", 0)]);
    assert_eq!(forms("/a?b"), [origin, origin, bad("H1-TGT-09", 0)]);
    assert_eq!(forms("*"), [bad("H1-TGT-01", 0), asterisk, bad("H1-TGT-09", 1)]);
    assert_eq!(forms("a")[..2], [bad("H1-TGT-01", 0), bad("H1-TGT-01", 0)]);
    assert_eq!(forms(""), [bad("H1-TGT-01", 0), bad("H1-TGT-01", 0), bad("H1-TGT-09", 0)]);
    assert_eq!(forms("a:80")[..2], [bad("H1-TGT-01", 0), bad("H1-TGT-01", 0)]);
    assert_eq!(forms("http:/a")[..2], [bad("H1-TGT-01", 0), bad("H1-TGT-01", 0)]);
    assert_eq!(forms("http://a/")[2], bad("H1-TGT-09", 5));
}

#[test]
fn h1_tgt_01_methods_are_case_sensitive() {
    assert_eq!(MethodKind::of(b"CONNECT"), MethodKind::Connect);
    assert_eq!(MethodKind::of(b"OPTIONS"), MethodKind::Options);
    assert_eq!(MethodKind::of(b"connect"), MethodKind::Other);
    assert_eq!(MethodKind::of(b"GET"), MethodKind::Other);
}

#[test]
fn h1_tgt_04_absolute_form() {
    let other = MethodKind::Other;
    assert_eq!(absolute(other, "http://b/x"), (Scheme::Http, "b", None, &b""[..], "/x"));
    assert_eq!(absolute(other, "HTTP://b:8080/x?y"), (Scheme::Http, "b", Some(8080), &b""[..], "/x?y"));
    assert_eq!(absolute(other, "http://[::1]:81/"), (Scheme::Http, "[::1]", Some(81), &b""[..], "/"));
}

#[test]
fn h1_tgt_06_absolute_form_needs_a_host_and_no_userinfo() {
    assert_eq!(forms("http:///x")[0], bad("H1-TGT-06", 7));
    assert_eq!(forms("http://")[0], bad("H1-TGT-06", 7));
    assert_eq!(forms("http://:80/")[0], bad("H1-TGT-06", 7));
    assert_eq!(forms("http://u@b/")[0], bad("H1-TGT-06", 8));
    assert_eq!(forms("http://u:p@b/")[0], bad("H1-TGT-06", 9));
    assert_eq!(forms("ftp://b/")[0], bad("H1-TGT-06", 0));
    assert_eq!(forms("https://b:65536/")[0], bad("H1-TGT-06", 14));
}

#[test]
fn h1_tgt_07_empty_path() {
    assert_eq!(absolute(MethodKind::Options, "http://a"), (Scheme::Http, "a", None, &b"*"[..], ""));
    assert_eq!(absolute(MethodKind::Other, "http://a"), (Scheme::Http, "a", None, &b"/"[..], ""));
    assert_eq!(absolute(MethodKind::Options, "http://a?q"), (Scheme::Http, "a", None, &b"/"[..], "?q"));
    assert_eq!(absolute(MethodKind::Options, "http://a/"), (Scheme::Http, "a", None, &b""[..], "/"));
}

#[test]
fn h1_tgt_08_the_scheme_is_told() {
    assert_eq!(absolute(MethodKind::Other, "https://a/").0, Scheme::Https);
    assert_eq!(absolute(MethodKind::Other, "hTTps://a/").0, Scheme::Https);
    assert_eq!(absolute(MethodKind::Other, "http://a/").0, Scheme::Http);
}

#[test]
fn h1_tgt_09_connect() {
    let connect = |target| forms(target)[2];
    let host = Part { offset: 0, len: 1 };
    assert_eq!(connect("a:443"), Ok(TargetForm::Authority(Authority { host, port: Some(443) })));
    assert_eq!(connect("a:1"), Ok(TargetForm::Authority(Authority { host, port: Some(1) })));
    assert_eq!(connect("a:65535"), Ok(TargetForm::Authority(Authority { host, port: Some(65535) })));
    assert_eq!(connect("a"), bad("H1-TGT-09", 1));
    assert_eq!(connect("a:"), bad("H1-TGT-09", 1));
    assert_eq!(connect("a:0"), bad("H1-TGT-09", 1));
    assert_eq!(connect("a:65536"), bad("H1-TGT-09", 6));
    assert_eq!(connect(":443"), bad("H1-TGT-09", 0));
    assert_eq!(connect("u@a:443"), bad("H1-TGT-09", 1));
    assert_eq!(connect("a:443/"), bad("H1-TGT-09", 5));
}

#[test]
fn h1_tgt_12_bad_hosts() {
    for (value, offset) in [
        ("a, b", 1),
        ("a,b", 1),
        ("u@a", 1),
        ("a/x", 1),
        ("a?x", 1),
        ("a#x", 1),
        ("a:b", 2),
        ("a:1b", 3),
        ("a:-1", 2),
        ("a:80:80", 4),
        ("[::1", 0),
        ("[::1]a", 5),
        ("[::1]]", 5),
        ("[]", 1),
        ("[1.2.3.4]", 1),
        ("[::1%25eth0]", 1),
        ("[1:2:3:4:5:6:7:8:9]", 1),
        ("[::g]", 1),
        ("[v.a]", 1),
        ("[v1.]", 1),
        ("[v1a]", 1),
        ("[v1.a/b]", 1),
        ("a]", 1),
        ("a b", 1),
        ("a:99999", 6),
        ("a:65536", 6),
        ("a%2", 1),
        ("a%zz", 1),
        ("\u{e9}", 0),
        ("a\\b", 1),
        ("a\"b", 1),
        (":80", 0),
    ] {
        let error = parse_host(value.as_bytes()).expect_err(value);
        assert_eq!((error.code(), error.fault.rule, error.offset), (Code::Host, "H1-TGT-12", offset), "{value}");
        assert!(!is_host(value.as_bytes()));
    }
}

#[test]
fn h1_tgt_13_rare_hosts() {
    for (value, host, port) in [
        ("[::1]:8080", "[::1]", Some(8080)),
        ("[::]", "[::]", None),
        ("[2001:DB8::192.0.2.1]:", "[2001:DB8::192.0.2.1]", None),
        ("[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7::]", None),
        ("[v1F.a:b!]:0", "[v1F.a:b!]", Some(0)),
        ("a:", "a", None),
        ("a%2Db", "a%2Db", None),
        ("1.2.3.4", "1.2.3.4", None),
        ("A-1_.~!$&'()*+;=:65535", "A-1_.~!$&'()*+;=", Some(65535)),
        ("a:000080", "a", Some(80)),
    ] {
        let authority = parse_host(value.as_bytes()).expect(value);
        assert_eq!((authority.host.of(value.as_bytes()), authority.port), (host.as_bytes(), port), "{value}");
        assert!(is_host(value.as_bytes()));
    }
}

#[test]
fn h1_tgt_14_empty_host() {
    let error = parse_host(b"").unwrap_err();
    assert_eq!((error.code(), error.fault.rule, error.fault.status), (Code::Host, "H1-TGT-14", 400));
    assert!(!is_host(b""));
}

#[test]
fn h1_tgt_05_mismatch() {
    let differ = |scheme, a: &'static str, b: &'static str| {
        let parsed = |text: &'static str| (text.as_bytes(), parse_host(text.as_bytes()).unwrap());
        host_mismatch(scheme, parsed(a), parsed(b))
    };
    assert!(differ(Scheme::Http, "b", "a"));
    assert!(!differ(Scheme::Http, "Example.com", "eXAMPLE.com"));
    assert!(!differ(Scheme::Http, "a", "a:80"));
    assert!(!differ(Scheme::Http, "a:", "a:080"));
    assert!(!differ(Scheme::Https, "a:443", "a"));
    assert!(differ(Scheme::Https, "a:80", "a"));
    assert!(differ(Scheme::Http, "a:81", "a"));
    assert!(differ(Scheme::Http, "a", "aa"));
    // The authority of a target does not start where the target does.
    let target = b"http://b:80/x";
    let Ok(TargetForm::Absolute { scheme, authority, .. }) = classify(MethodKind::Other, target) else { panic!() };
    assert!(!host_mismatch(scheme, (target, authority), (b"B", parse_host(b"B").unwrap())));
    assert!(host_mismatch(scheme, (target, authority), (b"h", parse_host(b"h").unwrap())));
}

fn sent(method: MethodKind, url: &str) -> [String; 3] {
    let url = Url::parse(url.as_bytes()).expect(url);
    let target = |target: RequestTarget<'_>| {
        let text = target.pieces().concat();
        assert_eq!(text.len(), target.octets());
        assert!(RequestTarget::given(method, &text).is_ok(), "what is made of a URL is valid by itself");
        String::from_utf8(text).unwrap()
    };
    let host = url.host(method);
    let host_text = String::from_utf8(host.pieces().concat()).unwrap();
    assert_eq!(host_text.len(), host.octets());
    assert!(HostText::given(host_text.as_bytes()).is_ok());
    [target(url.direct(method).unwrap()), target(url.proxied(method).unwrap()), host_text]
}

#[test]
fn h1_tgt_15_direct_requests() {
    let other = MethodKind::Other;
    assert_eq!(sent(other, "http://u@a:81?q#f"), ["/?q", "http://a:81/?q", "a:81"]);
    assert_eq!(sent(other, "http://a"), ["/", "http://a/", "a"]);
    assert_eq!(sent(other, "http://a#f"), ["/", "http://a/", "a"]);
    assert_eq!(sent(other, "HTTPS://u:p%40@[::1]/x/?y=/#f?#"), ["/x/?y=/", "https://[::1]/x/?y=/", "[::1]"]);
}

#[test]
fn h1_tgt_15_bad_urls() {
    for (url, offset) in [
        ("a", 0),
        ("/x", 0),
        ("ftp://a/", 0),
        ("http:///x", 7),
        ("http://u@/x", 9),
        ("http://u@v@a/", 10),
        ("http://u\r\n@a/", 8),
        ("http://u@a:99999/", 15),
        ("http://a/ b", 9),
        ("http://a/\r\nX: y", 9),
        ("http://u@a/x?\u{7f}", 13),
        ("http://a/%0", 9),
    ] {
        let error = Url::parse(url.as_bytes()).expect_err(url);
        assert_eq!((error.code(), error.fault.status, error.offset), (Code::Target, 0, offset), "{url:?}");
    }
}

#[test]
fn h1_tgt_16_connect_and_options() {
    let (connect, options) = (MethodKind::Connect, MethodKind::Options);
    assert_eq!(sent(connect, "https://a/"), ["a:443", "a:443", "a:443"]);
    assert_eq!(sent(connect, "https://a:/x"), ["a:443", "a:443", "a:443"]);
    assert_eq!(sent(connect, "http://a"), ["a:80", "a:80", "a:80"]);
    assert_eq!(sent(connect, "http://[::1]:"), ["[::1]:80", "[::1]:80", "[::1]:80"]);
    assert_eq!(sent(connect, "http://u@a:81"), ["a:81", "a:81", "a:81"]);
    let zero = Url::parse(b"http://a:0").unwrap();
    assert_eq!(zero.direct(connect).unwrap_err().code(), Code::Target);
    assert_eq!(zero.proxied(connect).unwrap_err().code(), Code::Target);
    assert_eq!(sent(options, "http://a:81"), ["*", "http://a:81", "a:81"]);
    assert_eq!(sent(options, "http://a/"), ["/", "http://a/", "a"]);
    assert_eq!(sent(options, "http://a?q"), ["/?q", "http://a/?q", "a"]);
}

#[test]
fn h1_gen_02_given_targets() {
    use MethodKind::{Connect, Options, Other};
    for (method, target) in
        [(Other, "/"), (Other, "/a?b=%20:@/?"), (Other, "http://a/%7e"), (Options, "*"), (Connect, "a:1")]
    {
        assert!(RequestTarget::given(method, target.as_bytes()).is_ok(), "{target}");
    }
    for (method, target, offset) in [
        (Other, "/a b", 2),
        (Other, "/a HTTP/1.1\r\n", 2),
        (Other, "/\0", 1),
        (Other, "/a#f", 2),
        (Other, "/%zz", 1),
        (Other, "/%a", 1),
        (Other, "/\u{e9}", 1),
        (Other, "/a\\b", 2),
        (Other, "http://a/ b", 9),
        (Other, "*", 0),
        (Other, "", 0),
        (Connect, "a", 1),
    ] {
        let error = RequestTarget::given(method, target.as_bytes()).expect_err(target);
        assert_eq!((error.code(), error.fault.status, error.offset), (Code::Target, 0, offset), "{target:?}");
    }
}
