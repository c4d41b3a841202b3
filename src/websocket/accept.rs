//! The keys of the opening handshake (RFC 6455 §4.1, §4.2.2).
//!
//! They prove that the peer speaks WebSocket, and nothing more: SHA-1 is not a security measure here.

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

/// The `Sec-WebSocket-Accept` for `key`, the value of `Sec-WebSocket-Key` as received, without surrounding whitespace
/// (WS-HSS-06). Accepts any octets; use [`is_key`] to validate the key.
///
/// Never allocates. Source: RFC 6455 §4.2.2 (5.4).
pub fn accept_key(key: &[u8]) -> [u8; ACCEPT_LEN] {
    let hash = Sha1::new_with_prefix(key).chain_update(GUID).finalize();
    encoded(&hash)
}

/// Whether `key` is 16 octets in base64 (WS-HSS-03). The four spare bits of its last character may have any value, as
/// in the RFC's own example (WS-HSS-04).
///
/// Never allocates. Source: RFC 6455 §4.2.1 (5).
pub fn is_key(key: &[u8]) -> bool {
    const ANY_SPARE_BITS: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
    );
    // Padding is required, so exactly 24 characters decode to 16 octets. Without padding, 24 characters would be 18.
    ANY_SPARE_BITS.decode_slice(key, &mut [0; 18]) == Ok(16)
}

/// The `Sec-WebSocket-Key` for these octets, which must be unpredictable (RFC 6455 §4.1 (7)).
///
/// Never allocates.
pub fn encode_key(octets: [u8; 16]) -> [u8; KEY_LEN] {
    encoded(&octets)
}

/// `N` is the length of `octets` in base64.
fn encoded<const N: usize>(octets: &[u8]) -> [u8; N] {
    let mut text = [b'='; N];
    let len = STANDARD.encode_slice(octets, &mut text);
    debug_assert_eq!(len, Ok(N));
    text
}
