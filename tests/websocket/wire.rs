//! Octets as tests write them.

use wireway::websocket::mask::unmask;

pub const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];
pub const REQUEST: &[u8] =
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
pub const ACCEPTED: &str = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// `81 02 6869`, and `00*5` for five of an octet.
pub fn octets(text: &str) -> Vec<u8> {
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        let (digits, times) = word.split_once('*').unwrap_or((word, "1"));
        let octet = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        let octets: Vec<u8> = (0..digits.len()).step_by(2).map(octet).collect();
        (0..times.parse().unwrap()).for_each(|_: usize| all.extend_from_slice(&octets));
    }
    all
}

pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Text where it is printable ASCII, else hexadecimal.
pub fn show(octets: &[u8]) -> String {
    let one = |&octet: &u8| if octet.is_ascii_graphic() { char::from(octet).into() } else { format!("<{octet:02x}>") };
    octets.iter().map(one).collect()
}

/// The same frames masked with [`KEY`], as a server receives them; or, of masked ones, without.
pub fn masked(mut plain: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    while plain.len() >= 2 {
        let (header, len) = sizes(plain);
        let end = header.saturating_add(len).min(plain.len());
        let mut payload = plain[header..end].to_vec();
        unmask(&mut payload, KEY, 0);
        wire.extend_from_slice(&[plain[0], plain[1] | 0x80]);
        wire.extend_from_slice(&[&plain[2..header], &KEY, &payload].concat());
        plain = &plain[end..];
    }
    [&wire, plain].concat()
}

/// Frames of a client, without their masks.
pub fn unmasked(mut wire: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    while !wire.is_empty() {
        assert!(wire[1] & 0x80 != 0, "a client masks every frame");
        let (header, len) = sizes(&[&[wire[0], wire[1] & 0x7f], &wire[2..]].concat());
        let mut payload = wire[header + 4..header + 4 + len].to_vec();
        unmask(&mut payload, wire[header..header + 4].try_into().unwrap(), 0);
        plain.extend_from_slice(&[wire[0], wire[1] & 0x7f]);
        plain.extend_from_slice(&[&wire[2..header], &payload].concat());
        wire = &wire[header + 4 + len..];
    }
    plain
}

/// Octets of the header, without a mask, and of the payload.
fn sizes(plain: &[u8]) -> (usize, usize) {
    match plain[1] {
        126 if plain.len() >= 4 => (4, u16::from_be_bytes([plain[2], plain[3]]).into()),
        127 if plain.len() >= 10 => (10, u64::from_be_bytes(plain[2..10].try_into().unwrap()) as usize),
        126 | 127 => (plain.len(), 0),
        len => (2, len.into()),
    }
}
