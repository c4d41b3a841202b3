//! Request targets as a server receives them.

use super::*;

fn forms(target: &str) -> [Result<TargetForm, (Code, &'static core::ffi::CStr, u64)>; 3] {
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

#[test]
fn h1_tgt_01_form_matches_method() {
    let (origin, asterisk) = (Ok(TargetForm::Origin), Ok(TargetForm::Asterisk));
    assert_eq!(forms("/"), [origin, origin, bad(c"H1-TGT-09", 0)]);
    assert_eq!(forms("/a?b"), [origin, origin, bad(c"H1-TGT-09", 0)]);
    assert_eq!(forms("*"), [bad(c"H1-TGT-01", 0), asterisk, bad(c"H1-TGT-09", 1)]);
    assert_eq!(forms("a")[..2], [bad(c"H1-TGT-01", 0), bad(c"H1-TGT-01", 0)]);
    assert_eq!(forms(""), [bad(c"H1-TGT-01", 0), bad(c"H1-TGT-01", 0), bad(c"H1-TGT-09", 0)]);
    assert_eq!(forms("a:80")[..2], [bad(c"H1-TGT-01", 0), bad(c"H1-TGT-01", 0)]);
    assert_eq!(forms("http:/a")[..2], [bad(c"H1-TGT-01", 0), bad(c"H1-TGT-01", 0)]);
    assert_eq!(forms("http://a/")[2], bad(c"H1-TGT-09", 5));
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
    assert_eq!(forms("http:///x")[0], bad(c"H1-TGT-06", 7));
    assert_eq!(forms("http://")[0], bad(c"H1-TGT-06", 7));
    assert_eq!(forms("http://:80/")[0], bad(c"H1-TGT-06", 7));
    assert_eq!(forms("http://u@b/")[0], bad(c"H1-TGT-06", 8));
    assert_eq!(forms("http://u:p@b/")[0], bad(c"H1-TGT-06", 9));
    assert_eq!(forms("ftp://b/")[0], bad(c"H1-TGT-06", 0));
    assert_eq!(forms("https://b:65536/")[0], bad(c"H1-TGT-06", 14));
}

#[test]
fn h1_tgt_07_empty_path() {
    assert_eq!(absolute(MethodKind::Options, "http://a"), (Scheme::Http, "a", None, &b"*"[..], ""));
    assert_eq!(absolute(MethodKind::Other, "http://a"), (Scheme::Http, "a", None, &b"/"[..], ""));
    assert_eq!(absolute(MethodKind::Options, "http://a?q"), (Scheme::Http, "a", None, &b"/"[..], "?q"));
    assert_eq!(absolute(MethodKind::Options, "http://a/"), (Scheme::Http, "a", None, &b""[..], "/"));
}

#[test]
fn h1_tgt_08_the_scheme_is_reported() {
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
    assert_eq!(connect("a"), bad(c"H1-TGT-09", 1));
    assert_eq!(connect("a:"), bad(c"H1-TGT-09", 1));
    assert_eq!(connect("a:0"), bad(c"H1-TGT-09", 1));
    assert_eq!(connect("a:65536"), bad(c"H1-TGT-09", 6));
    assert_eq!(connect(":443"), bad(c"H1-TGT-09", 0));
    assert_eq!(connect("u@a:443"), bad(c"H1-TGT-09", 1));
    assert_eq!(connect("a:443/"), bad(c"H1-TGT-09", 5));
}
