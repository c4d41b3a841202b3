//! Host and authorities.

use super::*;

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
        assert_eq!((error.code(), error.fault.rule, error.offset), (Code::Host, c"H1-TGT-12", offset), "{value}");
        assert!(!is_host(value.as_bytes()));
    }
}

#[test]
fn h1_tgt_13_unusual_hosts() {
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
    assert_eq!((error.code(), error.fault.rule, error.fault.status), (Code::Host, c"H1-TGT-14", 400));
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
