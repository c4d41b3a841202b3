//! The keys of the opening handshake (RFC 6455 §4.1, §4.2.2).
//!
//! They prove that the other side speaks WebSocket, and nothing else: SHA-1 is no protection here, and needs to be none.

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use sha1::{Digest, Sha1};

#[cfg(test)]
mod tests;

/// Octets of a `Sec-WebSocket-Key`.
pub const KEY_LEN: usize = 24;
/// Octets of a `Sec-WebSocket-Accept`.
pub const ACCEPT_LEN: usize = 28;

/// RFC 6455 §1.3
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The `Sec-WebSocket-Accept` that answers `key`, the value of `Sec-WebSocket-Key` as it was received, without whitespace at its
/// ends (WS-HSS-06). Any octets have an answer; [`is_key`] tells which are a key.
///
/// Never allocates. Source: RFC 6455 §4.2.2 (5.4).
pub fn accept_key(key: &[u8]) -> [u8; ACCEPT_LEN] {
    let hash = Sha1::new_with_prefix(key).chain_update(GUID).finalize();
    encoded(&hash)
}

/// Whether `key` is 16 octets in base64 (WS-HSS-03). The four bits that its last character has to spare may be any, as in
/// the RFC's own example (WS-HSS-04).
///
/// Never allocates. Source: RFC 6455 §4.2.1 (5).
pub fn is_key(key: &[u8]) -> bool {
    const ANY_SPARE_BITS: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
    );
    // Padding is required, so 16 octets are 24 characters and nothing else is; that many without padding are 18.
    ANY_SPARE_BITS.decode_slice(key, &mut [0; 18]) == Ok(16)
}

/// The `Sec-WebSocket-Key` of these octets, which are to be unpredictable (RFC 6455 §4.1 (7)).
///
/// Never allocates.
pub fn encode_key(octets: [u8; 16]) -> [u8; KEY_LEN] {
    encoded(&octets)
}

/// `N` is the octets that `octets` have in base64.
fn encoded<const N: usize>(octets: &[u8]) -> [u8; N] {
    let mut text = [b'='; N];
    let len = STANDARD.encode_slice(octets, &mut text);
    debug_assert_eq!(len, Ok(N));
    text
}
