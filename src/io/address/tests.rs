mod round_trip;

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
        "[2001:db8::1%3]:80",
        "[::1%1]:0",
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
        ("[::FFFF:c000:201]:80", "[::ffff:192.0.2.1]:80"),
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

/// Texts, each with the offset of its error and a word of the reason.
fn refuses(rows: &[(&str, u64, &str)]) {
    for &(text, offset, says) in rows {
        let error = text.parse::<Address>().expect_err(text);
        assert_eq!(error.code(), Code::Argument, "{text}");
        assert_eq!(error.offset, offset, "{text}: {error}");
        assert!(error.fault.reason.to_string_lossy().contains(says), "{text}: {error}");
    }
}

#[test]
fn wrong_text_of_ipv4_or_of_nothing_is_refused_with_its_place() {
    refuses(&[
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
        ("127.0.0.01:80", 0, "IPv4"),
        ("127.0.0.1 :80", 0, "not resolved"),
        ("127.0.0.1%1:80", 0, "not resolved"),
        ("*%1:80", 0, "not resolved"),
        ("127.0.0.1\0:80", 0, "not resolved"),
        ("127.0.0.1:80\0", 10, "65535"),
        ("127.0.0.1:00", 10, "65535"),
        ("127.0.0.1:-0", 10, "65535"),
        ("localhost:80", 0, "names are not resolved"),
        ("UNIX:/a", 5, "65535"),
        ("unix", 4, "port"),
    ]);
}

#[test]
fn wrong_text_of_ipv6_is_refused_with_its_place() {
    refuses(&[
        ("::1:80", 0, "brackets"),
        ("[::1]", 5, "port"),
        ("[::1]80", 5, "port"),
        ("[::1", 4, "closed"),
        ("[]:80", 1, "IPv6"),
        ("[1.2.3.4]:80", 1, "IPv6"),
        ("[::1%]:80", 5, "scope"),
        ("[::1%4294967296]:80", 5, "scope"),
        ("[::1%01]:80", 5, "scope"),
        ("[::1%lo:1]:80", 5, "scope"),
        ("[::1%l\0o]:80", 5, "scope"),
        ("[::1%16-octets-is-long]:80", 5, "15 octets"),
        ("[::1%no-such-if]:80", 5, "no interface"),
        ("[::1%-1]:80", 5, "no interface"),
        ("[::g%no-such-if]:80", 1, "IPv6"),
        ("[::1%no-such-if]", 16, "port"),
        ("[::1%1]:65536", 8, "65535"),
        ("[::1%1]:080", 8, "65535"),
        ("[%1]:80", 1, "IPv6"),
        ("[::00001]:80", 1, "IPv6"),
        ("[::ffff:192.0.2.01]:80", 1, "IPv6"),
        ("[::1\0]:80", 1, "IPv6"),
        ("[[::1]]:80", 6, "port"),
        ("::1]:80", 0, "brackets"),
    ]);
}

#[test]
fn wrong_text_of_a_unix_socket_is_refused_with_its_place() {
    let long = "x".repeat(108);
    refuses(&[
        ("unix:", 5, "path"),
        ("unix:@", 6, "path"),
        ("unix:/a\0b", 7, "NUL"),
        ("unix:\0a", 5, "NUL"),
        ("unix:@a\0", 7, "NUL"),
        (&format!("unix:{long}"), 112, "107"),
        (&format!("unix:@{long}"), 113, "107"),
    ]);
}

#[test]
fn a_scope_by_name_is_the_index_of_the_interface() {
    let interfaces = std::fs::read_dir("/sys/class/net").expect("Linux lists its interfaces there");
    let mut found = 0;
    for interface in interfaces.map(|entry| entry.unwrap()).filter(|entry| entry.path().join("ifindex").exists()) {
        let index = std::fs::read_to_string(interface.path().join("ifindex")).unwrap();
        let by_name = format!("[fe80::1%{}]:80", interface.file_name().into_string().unwrap());
        assert_eq!(parse(&by_name).to_string(), format!("[fe80::1%{}]:80", index.trim()), "{by_name}");
        found += 1;
    }
    assert!(found > 0, "this system has no interface, not even a loopback one");
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
    assert!(UnixName::from_octets(&[b'x'; 109]).is_none());
    assert!(UnixName::from_octets(&[0; 109]).is_none());
    assert!(UnixName::from_octets(b"a\0").is_none());
    assert_eq!(UnixName::from_path(b"/x").unwrap().path().unwrap().to_str(), Some("/x"));
    assert_eq!(UnixName::from_abstract(b"x").unwrap().abstract_name(), Some(&b"x"[..]));
}

#[test]
fn a_name_is_the_one_that_the_system_reports() {
    let of_system: [&[u8]; 6] = [b"", b"\0", b"\0a\0b\xff", b"/x", b"\xff", &[b'x'; 108]];
    for octets in of_system {
        let name = UnixName::from_octets(octets).expect("the system may report it");
        assert_eq!(name.sun_path(), octets);
        assert_eq!(name, UnixName::from_sun_path(octets));
    }
    assert_eq!(UnixName::from_octets(b""), Some(UnixName::UNNAMED));
}

#[test]
fn a_dual_stack_peer_is_the_ipv4_it_is() {
    assert_eq!(parse("[::ffff:1.2.3.4]:1").ip().unwrap().to_string(), "1.2.3.4");
    assert_eq!(parse("[::ffff:1.2.3.4]:1").to_string(), "[::ffff:1.2.3.4]:1");
    assert_eq!(parse("*:1").ip(), None);
}
