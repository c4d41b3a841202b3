//! WebSocket frames as cases and tests write them: hexadecimal, without masks.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::HashSet;

use wireway::websocket::mask::unmask;

use super::number::{hexadecimal, narrow};

/// The masking key of frames that a server receives.
pub const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// `81 02 6869`, and `00*5` for five of an octet.
pub fn octets(text: &str) -> Result<Vec<u8>, String> {
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        let (digits, times) = word.split_once('*').unwrap_or((word, "1"));
        let octet = |at: usize| hexadecimal(digits.get(at..at + 2).unwrap_or(digits));
        let octets: Result<Vec<u8>, String> = (0..digits.len()).step_by(2).map(octet).collect();
        all.extend(octets?.repeat(narrow(times)?));
    }
    Ok(all)
}

pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// The same frames masked with [`KEY`], as a server receives them. What is no whole header stays as it is.
pub fn masked(mut plain: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    while let Some((header, len)) = sizes(plain) {
        let end = header.saturating_add(len).min(plain.len());
        let mut payload = plain[header..end].to_vec();
        unmask(&mut payload, KEY, 0);
        wire.extend_from_slice(&[plain[0], plain[1] | 0x80]);
        wire.extend_from_slice(&[&plain[2..header], &KEY, &payload].concat());
        plain = &plain[end..];
    }
    [&wire, plain].concat()
}

/// Whole frames of a client, without their masks. Each has its own (WS-FRM-04).
pub fn unmasked(mut wire: &[u8]) -> Result<Vec<u8>, String> {
    let (mut plain, mut keys) = (Vec::new(), HashSet::new());
    while !wire.is_empty() {
        let is_masked = wire.get(1).is_some_and(|second| second & 0x80 != 0);
        let (header, len) = is_masked.then(|| sizes(wire)).flatten().ok_or("a frame of a client without a mask")?;
        let key = wire.get(header..header + 4).ok_or("a frame without its key")?;
        let mut payload = wire.get(header + 4..header + 4 + len).ok_or("a frame that is cut")?.to_vec();
        let key: [u8; 4] = key.try_into().expect("four octets");
        if !keys.insert(key) {
            return Err("two frames of a client with the same mask".into());
        }
        unmask(&mut payload, key, 0);
        plain.extend_from_slice(&[wire[0], wire[1] & 0x7f]);
        plain.extend_from_slice(&[&wire[2..header], &payload].concat());
        wire = &wire[header + 4 + len..];
    }
    Ok(plain)
}

/// Octets of the header but for the key, and of the payload. `None`: there is no whole header.
fn sizes(frames: &[u8]) -> Option<(usize, usize)> {
    match frames.get(1)? & 0x7f {
        126 => Some((4, u16::from_be_bytes([*frames.get(2)?, *frames.get(3)?]).into())),
        127 => Some((10, u64::from_be_bytes(frames.get(2..10)?.try_into().ok()?) as usize)),
        len => Some((2, len.into())),
    }
}
