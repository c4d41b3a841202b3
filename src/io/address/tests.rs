use super::{Address, UnixName};
use crate::error::Code;

fn parse(text: &str) -> Address {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn canonical_text_round_trips() {
    for text in [
        "127.0.0.1:0",
        "255.255.255.255:65535",
        "[::1]:80",
        "[fe80::1%2]:80",
        "[fe80::1%4294967295]:80",
        "[::ffff:1.2.3.4]:443",
        "*:8080",
        "unix:/run/app.sock",
        "unix:relative",
        "unix:@name",
        "unix:/räksmörgås",
    ] {
        assert_eq!(parse(text).to_string(), text);
    }
}

#[test]
fn other_spellings_become_canonical() {
    for (text, canonical) in [
        (":80", "*:80"),
        ("[0:0:0:0:0:0:0:1]:80", "[::1]:80"),
        ("[FE80::A%0]:80", "[fe80::a]:80"),
        ("unix://double", "unix://double"),
    ] {
        assert_eq!(parse(text).to_string(), canonical);
    }
}

#[test]
fn native_name_round_trips() {
    let longest = "x".repeat(107);
    for text in ["127.0.0.1:9", "[::1]:80", "[fe80::1%2]:80", "unix:/a/b", "unix:@name"] {
        let address = parse(text);
        assert_eq!(Address::from_name(&address.to_name()).unwrap(), address);
    }
    for text in [format!("unix:{longest}"), format!("unix:@{longest}")] {
        let address = parse(&text);
        assert_eq!(Address::from_name(&address.to_name()).unwrap(), address);
    }
    assert_eq!(Address::from_name(&parse("*:7").to_name()).unwrap(), parse("[::]:7"));
    let unnamed = Address::Unix(UnixName::UNNAMED);
    assert_eq!(Address::from_name(&unnamed.to_name()).unwrap(), unnamed);
}

#[test]
fn wrong_text_is_refused_with_its_place() {
    let long = "x".repeat(108);
    for (text, offset, says) in [
        ("", 0, "port"),
        ("127.0.0.1", 9, "port"),
        ("127.0.0.1:", 10, "65535"),
        ("127.0.0.1:65536", 10, "65535"),
        ("127.0.0.1:99999999999", 10, "65535"),
        ("127.0.0.1:080", 10, "65535"),
        ("127.0.0.1:+8", 10, "65535"),
        ("127.0.0.1:8 ", 10, "65535"),
        ("127.0.0.256:80", 0, "IPv4"),
        ("127.1:80", 0, "IPv4"),
        ("::1:80", 0, "brackets"),
        ("[::1]", 5, "port"),
        ("[::1]80", 5, "port"),
        ("[::1", 4, "closed"),
        ("[]:80", 1, "IPv6"),
        ("[1.2.3.4]:80", 1, "IPv6"),
        ("[::1%]:80", 5, "scope"),
        ("[::1%eth0]:80", 5, "scope"),
        ("[::1%4294967296]:80", 5, "scope"),
        ("localhost:80", 0, "names are not resolved"),
        ("unix:", 5, "path"),
        ("unix:@", 6, "path"),
        ("unix:/a\0b", 7, "NUL"),
        (&format!("unix:{long}"), 112, "107"),
        (&format!("unix:@{long}"), 113, "107"),
    ] {
        let error = text.parse::<Address>().expect_err(text);
        assert_eq!(error.code(), Code::Argument, "{text}");
        assert_eq!(error.offset, offset, "{text}: {error}");
        assert!(error.fault.reason.to_string_lossy().contains(says), "{text}: {error}");
    }
}

#[test]
fn a_peer_chosen_name_cannot_forge_log_lines() {
    let name = UnixName::from_abstract(b"a\nb\0c\xffd").unwrap();
    assert_eq!(Address::Unix(name).to_string(), "unix:@a\u{fffd}b\u{fffd}c\u{fffd}d");
}

#[test]
fn names_that_do_not_fit_are_none() {
    assert!(UnixName::from_path(b"").is_none());
    assert!(UnixName::from_path(&[b'x'; 108]).is_none());
    assert!(UnixName::from_path(b"a\0b").is_none());
    assert!(UnixName::from_abstract(&[b'x'; 108]).is_none());
    assert_eq!(UnixName::from_path(b"/x").unwrap().path().unwrap().to_str(), Some("/x"));
    assert_eq!(UnixName::from_abstract(b"x").unwrap().abstract_name(), Some(&b"x"[..]));
}

#[test]
fn a_dual_stack_peer_is_the_ipv4_it_is() {
    assert_eq!(parse("[::ffff:1.2.3.4]:1").ip().unwrap().to_string(), "1.2.3.4");
    assert_eq!(parse("*:1").ip(), None);
}
