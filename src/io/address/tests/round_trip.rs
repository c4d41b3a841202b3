//! Text and address say the same, whatever the address is and wherever the text comes from.

use super::super::{Address, UnixName};
use crate::random::Random;
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

const COUNT: u64 = 20_000;

fn number(random: &mut Random) -> u32 {
    (random.number() >> random.below(64)) as u32
}

fn ipv6(random: &mut Random) -> Ipv6Addr {
    let mut segments = [0u16; 8];
    for segment in &mut segments {
        *segment = [0, 0xffff, number(random) as u16][random.below(3)];
    }
    match random.below(3) {
        0 => Ipv4Addr::from(number(random)).to_ipv6_mapped(),
        1 => Ipv6Addr::from(u128::from(random.number()) | 0xfe80 << 112),
        _ => Ipv6Addr::from(segments),
    }
}

/// A name that its text can say: of printable characters, some of which take several octets.
fn name(random: &mut Random) -> UnixName {
    const CHARACTERS: [&str; 10] = ["/", "@", "a", ":", "%", "]", " ", "ö", "€", "🦀"];
    let (room, mut name) = (1 + random.below(107), String::from("x"));
    loop {
        let next = CHARACTERS[random.below(CHARACTERS.len())];
        if name.len() + next.len() > room {
            break;
        }
        name.push_str(next);
    }
    let made = if random.below(2) == 0 { UnixName::from_path } else { UnixName::from_abstract };
    made(name.as_bytes()).expect("it has 1 to 107 octets")
}

fn address(random: &mut Random) -> Address {
    let port = number(random) as u16;
    // No text says the name of a Unix socket on Windows.
    match random.below(if cfg!(windows) { 3 } else { 4 }) {
        0 => Address::Any(port),
        1 => Address::V4(SocketAddrV4::new(Ipv4Addr::from(number(random)), port)),
        2 => Address::V6(SocketAddrV6::new(ipv6(random), port, 0, number(random))),
        _ => Address::Unix(name(random)),
    }
}

#[test]
fn the_text_of_an_address_is_that_address() {
    for seed in 1..=COUNT {
        let address = address(&mut Random::new(seed));
        let text = address.to_string();
        let again: Address = text.parse().unwrap_or_else(|error| panic!("seed {seed}: {text}: {error}"));
        assert_eq!((again, again.to_string()), (address, text), "seed {seed}");
    }
}

/// A text of pieces that mean something here, and of others.
fn text(random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 24] = [
        b"[",
        b"]",
        b"::",
        b":",
        b"%",
        b"0",
        b"1",
        b"80",
        b"65536",
        b".",
        b"127.0.0.1",
        b"::1",
        b"fe80",
        b"lo",
        b"*",
        b"@",
        b"unix:",
        b"/a",
        b"\0",
        b"\xff",
        b"\n",
        b"-",
        b"ffff",
        b"]:8",
    ];
    let mut text = [&b""[..], b"[::1", b"unix:", b"127.0.0.1:"][random.below(4)].to_vec();
    for _ in 0..random.below(8) {
        text.extend_from_slice(PIECES[random.below(PIECES.len())]);
    }
    if random.below(16) == 0 {
        text.resize(text.len() + random.below(120), random.octet());
    }
    text
}

/// Whether a text says all of the address: what it cannot say of a Unix name is a replacement character.
fn says_all(text: &str) -> bool {
    !text.contains(char::REPLACEMENT_CHARACTER)
}

#[test]
fn any_text_is_refused_at_one_of_its_octets_or_becomes_the_text_of_the_same_address() {
    let (mut taken, mut refused) = (0, 0);
    for seed in 1..=COUNT {
        let text = text(&mut Random::new(seed));
        match Address::parse(&text) {
            Err(error) => {
                assert!(error.offset <= text.len() as u64, "seed {seed}: {error}: {}", text.escape_ascii());
                refused += 1;
            }
            Ok(address) => {
                let canonical = address.to_string();
                assert!(!canonical.contains(char::is_control), "seed {seed}: {}", text.escape_ascii());
                if says_all(&canonical) {
                    assert_eq!(Address::parse(canonical.as_bytes()), Ok(address), "seed {seed}");
                }
                taken += 1;
            }
        }
    }
    // The most texts are of Unix sockets where there are such.
    let least = if cfg!(windows) { 100 } else { 1000 };
    assert!(taken > least && refused > least, "the texts are too much alike: {taken} taken, {refused} refused");
}
