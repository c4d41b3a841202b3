//! URLs of WebSockets (RFC 6455 §3).

use super::*;

/// URL; scheme, host, port; Host, and the target sent.
const GOOD: [(&str, Scheme, &str, u16, &str, &str); 9] = [
    ("ws://a", Scheme::Ws, "a", 80, "a", "/"),
    ("wss://a?q", Scheme::Wss, "a", 443, "a", "/?q"),
    ("WsS://A.example:8443/x/y?z=/?", Scheme::Wss, "A.example", 8443, "A.example:8443", "/x/y?z=/?"),
    ("ws://a:/", Scheme::Ws, "a", 80, "a:", "/"),
    ("ws://127.0.0.1:81/%23", Scheme::Ws, "127.0.0.1", 81, "127.0.0.1:81", "/%23"),
    ("ws://[::1]/@", Scheme::Ws, "::1", 80, "[::1]", "/@"),
    ("wss://[2001:db8::1]:444", Scheme::Wss, "2001:db8::1", 444, "[2001:db8::1]:444", "/"),
    ("http://a/b", Scheme::Http, "a", 80, "a", "/b"),
    ("https://[::]#f", Scheme::Https, "::", 443, "[::]", "/"),
];

#[test]
fn ws_hsc_09_parts() {
    for (text, scheme, host, port, authority, target) in GOOD {
        let url = Url::parse(text.as_bytes(), Browser).expect(text);
        assert_eq!((url.scheme, url.host_text(), url.port()), (scheme, host.as_bytes(), port), "{text}");
        assert_eq!(url.authority_text(), authority.as_bytes(), "{text}");
        assert_eq!(url.direct(MethodKind::Other).unwrap().pieces().concat(), target.as_bytes(), "{text}");
        let given = RequestTarget::parse(MethodKind::Other, url.path_text(), Browser).unwrap();
        assert_eq!(given.pieces().concat(), target.as_bytes(), "{text}");
    }
}

#[test]
fn ws_hsc_09_bad_urls() {
    for (url, offset) in [
        ("ws://a/#f", 7),
        ("ws://a#", 6),
        ("wss://a/?q#f", 10),
        ("ws://", 5),
        ("ws:///x", 5),
        ("ws://:80/", 5),
        ("ws://?q", 5),
        ("ws://u@a/", 6),
        ("wss://u:p@a/", 9),
        ("ws://@a/", 5),
        ("ws://a:65536/", 11),
        ("ws://a:8o/", 8),
        ("ws://a b/", 6),
        ("ws://a,b/", 6),
        ("ws://[::1/", 5),
        ("ws://[::1]x/", 10),
        ("ws://[v1.a]/", 6),
        ("ws://[fe80::1%25lo]/", 6),
        ("ws://a/ b", 7),
        ("ws://a/\r\nX: y", 7),
        ("ws://a/\0", 7),
        ("ws://a/<", 7),
        ("ws://a\\b", 6),
    ] {
        for parsed in [Url::parse(url.as_bytes(), Browser), Url::parse_with_userinfo(url.as_bytes(), Browser)] {
            let error = parsed.expect_err(url);
            let found = (error.code(), error.fault.rule, error.fault.status, error.offset);
            assert_eq!(found, (Code::Target, c"WS-HSC-09", 0, offset), "{url:?}");
        }
    }
}

#[test]
fn ws_hsc_09_no_other_scheme() {
    for url in ["", "ws", "ws:", "ws:/a", "wss:a", "wsss://a", "file://a/", " ws://a", "//a"] {
        assert_eq!(Url::parse(url.as_bytes(), Browser).expect_err(url).offset, 0, "{url:?}");
    }
}

#[test]
fn ws_hsc_09_through_a_proxy_by_connect() {
    let url = Url::parse(b"wss://a/x", Browser).unwrap();
    assert_eq!(url.proxied(MethodKind::Connect).unwrap().pieces().concat(), b"a:443");
    assert_eq!(url.proxied(MethodKind::Other).unwrap_err().fault.rule, c"WS-HSC-09");
}

/// A request names an http or https URI, whatever it upgrades to.
#[test]
fn h1_tgt_06_no_ws_target() {
    for target in ["ws://a/", "wss://a/"] {
        let error = classify(MethodKind::Other, target.as_bytes()).expect_err(target);
        assert_eq!((error.fault.rule, error.fault.status, error.offset), (c"H1-TGT-06", 400, 0), "{target}");
    }
}
