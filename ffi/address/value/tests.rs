use super::*;

fn parsed(text: &str) -> ww_address {
    ww_address::from(&text.parse::<Address>().expect(text))
}

#[test]
fn members_are_the_parts_of_an_address() {
    let octets = |start: &[u8]| [start, &vec![0; 108 - start.len()]].concat();
    for (text, family, scope, port, len, start) in [
        ("192.0.2.1:80", WW_FAMILY_IPV4, 0, 80, 4, &[192, 0, 2, 1][..]),
        ("[fe80::1%7]:65535", WW_FAMILY_IPV6, 7, 65535, 16, &[0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        ("[::ffff:192.0.2.1]:1", WW_FAMILY_IPV6, 0, 1, 16, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1]),
        ("unix:/a", WW_FAMILY_UNIX, 0, 0, 2, b"/a"),
        ("unix:@a", WW_FAMILY_UNIX, 0, 0, 2, b"\0a"),
        ("*:80", WW_FAMILY_ANY, 0, 80, 0, b""),
    ] {
        let address = parsed(text);
        assert_eq!((address.family, address.scope, address.port, address.len), (family, scope, port, len), "{text}");
        assert_eq!((&address.octets[..], address.reserved), (&octets(start)[..], [0; 2]), "{text}");
    }
}

/// Those of a peer as well, which no text gives.
#[test]
fn every_address_comes_back() {
    let names = [&b""[..], b"\0", b"\0a\0b", b"/\xff\n", b"@a", &[b'x'; 108], &[0; 108]];
    let unix = names.map(|name| Address::Unix(UnixName::from_octets(name).expect("a name")));
    let others = ["0.0.0.0:0", "[::]:0", "[::1%4294967295]:65535", "*:0", "*:65535"];
    let others = others.map(|text| text.parse().expect("an address"));
    for address in unix.into_iter().chain(others) {
        assert_eq!(ww_address::from(&address).read(), Ok(address));
    }
}

#[test]
fn octets_behind_the_length_are_not_looked_at() {
    for text in ["192.0.2.1:80", "[::1]:80", "unix:/a", "unix:@a", "*:80"] {
        let mut address = parsed(text);
        address.octets[usize::from(address.len)..].fill(0xff);
        assert_eq!(address.read().expect(text).to_string(), text);
    }
}

#[test]
fn what_no_address_can_be_is_refused_with_its_reason() {
    let of = |text: &str, change: fn(&mut ww_address)| {
        let mut address = parsed(text);
        change(&mut address);
        address
    };
    for (address, fault) in [
        (ww_address::NONE, &NO_ADDRESS),
        (of("*:1", |a| a.family = 5), &FAMILY),
        (of("*:1", |a| a.family = -1), &FAMILY),
        (of("192.0.2.1:1", |a| a.len = 3), &LENGTH),
        (of("192.0.2.1:1", |a| a.len = 16), &LENGTH),
        (of("192.0.2.1:1", |a| a.len = 65535), &LENGTH),
        (of("[::1]:1", |a| a.len = 4), &LENGTH),
        (of("[::1]:1", |a| a.len = 0), &LENGTH),
        (of("*:1", |a| a.len = 1), &LENGTH),
        (of("unix:/a", |a| a.len = 109), &LENGTH),
        (of("unix:/a", |a| a.len = 3), &NUL_IN_PATH),
        (of("unix:/abc", |a| a.octets[2] = 0), &NUL_IN_PATH),
        (of("192.0.2.1:1", |a| a.scope = 1), &SCOPE),
        (of("*:1", |a| a.scope = 1), &SCOPE),
        (of("unix:/a", |a| a.scope = 1), &SCOPE),
        (of("unix:/a", |a| a.port = 1), &PORT),
        (of("*:1", |a| a.reserved[0] = 1), &RESERVED),
        (of("[::1]:1", |a| a.reserved[1] = 1), &RESERVED),
    ] {
        assert_eq!(address.read(), Err(fault.at(0)), "{address:?}");
        assert_eq!(fault.code, Code::Argument);
    }
}
