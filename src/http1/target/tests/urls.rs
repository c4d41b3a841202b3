//! From URLs, and targets as a client sends them.

use super::*;

fn sent(method: MethodKind, url: &str) -> [String; 3] {
    let url = Url::parse_with_userinfo(url.as_bytes(), Browser).expect(url);
    let target = |target: RequestTarget<'_>| {
        let text = target.pieces().concat();
        assert_eq!(text.len(), target.octets());
        assert!(RequestTarget::parse(method, &text, Browser).is_ok(), "what is made of a URL is valid by itself");
        String::from_utf8(text).unwrap()
    };
    let host = url.host(method);
    let host_text = String::from_utf8(host.pieces().concat()).unwrap();
    assert_eq!(host_text.len(), host.octets());
    assert!(HostText::parse(host_text.as_bytes()).is_ok());
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
        ("http://a/\u{e9}", 9),
        ("http://a/p{x}", 10),
        ("http:/a/", 0),
        ("http:", 0),
        ("", 0),
        ("http://[v1.a]/", 8),
        ("http://[::1/", 7),
    ] {
        let error = Url::parse_with_userinfo(url.as_bytes(), Browser).expect_err(url);
        assert_eq!((error.code(), error.fault.status, error.offset), (Code::Target, 0, offset), "{url:?}");
    }
}

#[test]
fn h1_tgt_15_userinfo_is_accepted_only_on_request() {
    for (url, at) in [("http://trusted.example@a/", 22), ("HTTPS://u:p@a", 11), ("http://@a/", 7)] {
        let error = Url::parse(url.as_bytes(), Browser).expect_err(url);
        assert_eq!((error.code(), error.fault.rule, error.offset), (Code::Target, c"H1-TGT-15", at), "{url}");
        let userinfo = Url::parse_with_userinfo(url.as_bytes(), Browser).unwrap().userinfo();
        assert_eq!(userinfo, Some(&url.as_bytes()[url.find("//").unwrap() + 2..at as usize]));
    }
    assert_eq!(Url::parse_with_userinfo(b"http://a/@", Browser).unwrap().userinfo(), None);
    assert!(Url::parse(b"http://a/@?@", Browser).is_ok());
}

#[test]
fn h1_tgt_16_connect_and_options() {
    let (connect, options) = (MethodKind::Connect, MethodKind::Options);
    assert_eq!(sent(connect, "https://a/"), ["a:443", "a:443", "a:443"]);
    assert_eq!(sent(connect, "https://a:/x"), ["a:443", "a:443", "a:443"]);
    assert_eq!(sent(connect, "http://a"), ["a:80", "a:80", "a:80"]);
    assert_eq!(sent(connect, "http://[::1]:"), ["[::1]:80", "[::1]:80", "[::1]:80"]);
    assert_eq!(sent(connect, "http://u@a:81"), ["a:81", "a:81", "a:81"]);
    let zero = Url::parse(b"http://a:0", Browser).unwrap();
    assert_eq!(zero.direct(connect).unwrap_err().code(), Code::Target);
    assert_eq!(zero.proxied(connect).unwrap_err().code(), Code::Target);
    assert_eq!(sent(options, "http://a:81"), ["*", "http://a:81", "a:81"]);
    assert_eq!(sent(options, "http://a/"), ["/", "http://a/", "a"]);
    assert_eq!(sent(options, "http://a?q"), ["/?q", "http://a/?q", "a"]);
}

#[test]
fn h1_gen_02_targets_of_the_caller() {
    use MethodKind::{Connect, Options, Other};
    for (method, target) in
        [(Other, "/"), (Other, "/a?b=%20:@/?"), (Other, "http://a/%7e"), (Options, "*"), (Connect, "a:1")]
    {
        assert!(RequestTarget::parse(method, target.as_bytes(), Browser).is_ok(), "{target}");
    }
    for (method, target, offset) in [
        (Other, "/a b", 2),
        (Other, "/a HTTP/1.1\r\n", 2),
        (Other, "/\0", 1),
        (Other, "/a#f", 2),
        (Other, "/a?b\"", 4),
        (Other, "/\u{e9}", 1),
        (Other, "/a\\b", 2),
        (Other, "http://a/ b", 9),
        (Other, "http://a/{x}", 9),
        (Other, "*", 0),
        (Other, "?a b", 2),
        (Connect, "a", 1),
    ] {
        let error = RequestTarget::parse(method, target.as_bytes(), Browser).expect_err(target);
        assert_eq!((error.code(), error.fault.status, error.offset), (Code::Target, 0, offset), "{target:?}");
    }
}

/// Targets of browsers are sent unchanged, both ways; the other rules only change what is accepted.
#[test]
fn h1_tgt_17_targets_of_browsers_are_sent_as_they_stand() {
    let other = MethodKind::Other;
    for target in ["/?a[]=1&q=a|b", "/?q={x}`\\", "/?q=^", "/100%", "/a[1]", "/?a=%zz", "/?a=%u00e9", "?a[]=1"] {
        let url = format!("http://a{target}#f");
        let url = Url::parse(url.as_bytes(), Browser).expect(&url);
        assert_eq!(url.path_text(), target.as_bytes());
        assert!(url.direct(other).unwrap().pieces().concat().ends_with(target.as_bytes()));
        let absolute = format!("http://a{target}");
        for given in [target, &absolute] {
            let sent = RequestTarget::parse(other, given.as_bytes(), Browser).expect(given).pieces().concat();
            assert!(sent.ends_with(given.as_bytes()), "{given}");
            assert!(RequestTarget::parse(other, given.as_bytes(), Lenient).is_ok(), "{given}");
            assert!(RequestTarget::parse(other, given.as_bytes(), Strict).is_err(), "{given}");
        }
    }
    for (url, at) in [("http://a/\u{e9}", 9), ("http://a/?\u{e9}", 10), ("http://a/<", 9), ("http://a?\"", 9)] {
        let error = Url::parse(url.as_bytes(), Browser).expect_err(url);
        assert_eq!((error.code(), error.fault.rule, error.offset), (Code::Target, c"H1-TGT-17", at), "{url}");
        assert!(Url::parse(url.as_bytes(), Lenient).is_ok(), "{url}");
    }
    for url in ["http://a/ b", "http://a/\u{7f}", "http://a/\t", "http://a\u{e9}/"] {
        assert!(Url::parse(url.as_bytes(), Lenient).is_err(), "{url}");
    }
}
