//! Names of Unix domain sockets.

use super::super::{Address, UnixName};
use super::{parse, refuses};

#[test]
fn canonical_text_round_trips() {
    for text in ["unix:/run/app.sock", "unix:relative", "unix:@name", "unix:/räksmörgås", "unix://double"] {
        assert_eq!(parse(text).to_string(), text);
    }
}

#[test]
fn native_name_round_trips() {
    let longest = "x".repeat(107);
    for text in ["unix:/a/b", "unix:@name", &format!("unix:{longest}"), &format!("unix:@{longest}")] {
        let address = parse(text);
        assert_eq!(Address::from_name(&address.to_name()).unwrap(), address);
    }
    let unnamed = Address::Unix(UnixName::UNNAMED);
    assert_eq!(Address::from_name(&unnamed.to_name()).unwrap(), unnamed);
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
