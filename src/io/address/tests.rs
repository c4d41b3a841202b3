mod round_trip;
#[cfg(unix)]
mod unix;

use super::Address;
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
    ] {
        assert_eq!(parse(text).to_string(), canonical);
    }
}

#[test]
fn native_name_round_trips() {
    for text in ["127.0.0.1:9", "[::1]:80", "[fe80::1%2]:80"] {
        let address = parse(text);
        assert_eq!(Address::from_name(&address.to_name()).unwrap(), address);
    }
    assert_eq!(Address::from_name(&parse("*:7").to_name()).unwrap(), parse("[::]:7"));
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

/// Longer than the name of an interface is anywhere.
#[test]
fn a_scope_that_is_too_long_is_refused_with_its_place() {
    let most = crate::io::sys::interface::NAME_MAX;
    let says = format!("{most} octets");
    refuses(&[(&format!("[::1%{}]:80", "x".repeat(most + 1)), 5, &says)]);
}

#[cfg(windows)]
#[test]
fn names_of_unix_sockets_are_refused() {
    refuses(&[
        ("unix:/run/app.sock", 0, "no Unix sockets"),
        ("unix:@name", 0, "no Unix sockets"),
        ("unix:", 0, "no Unix sockets"),
    ]);
}

#[cfg(target_os = "linux")]
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
fn a_dual_stack_peer_is_the_ipv4_it_is() {
    assert_eq!(parse("[::ffff:1.2.3.4]:1").ip().unwrap().to_string(), "1.2.3.4");
    assert_eq!(parse("[::ffff:1.2.3.4]:1").to_string(), "[::ffff:1.2.3.4]:1");
    assert_eq!(parse("*:1").ip(), None);
}
