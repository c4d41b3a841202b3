//! Octets as tests write them.

use crate::notation;
pub use crate::notation::{hex, masked};

pub const REQUEST: &[u8] =
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
pub const ACCEPTED: &str = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

/// `81 02 6869`, and `00*5` for five of an octet.
pub fn octets(text: &str) -> Vec<u8> {
    notation::octets(text).unwrap()
}

/// Frames of a client, without their masks.
pub fn unmasked(wire: &[u8]) -> Vec<u8> {
    notation::unmasked(wire).unwrap()
}

/// Text where it is printable ASCII, else hexadecimal.
pub fn show(octets: &[u8]) -> String {
    let one = |&octet: &u8| if octet.is_ascii_graphic() { char::from(octet).into() } else { format!("<{octet:02x}>") };
    octets.iter().map(one).collect()
}
