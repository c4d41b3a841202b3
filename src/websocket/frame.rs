//! Frame headers (RFC 6455 §5.2): decoding and encoding.

mod encode;
mod faults;
mod layout;
pub mod opcode;
#[cfg(test)]
mod tests;

pub use encode::{HEADER_MAX, encode};

use crate::error::Error;
use layout::{FIN, LEN_16, LEN_64, MASKED, SHORT_MAX};

/// The header of a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Octets of the payload, below 2^63.
    pub payload_len: u64,
    /// One of [`opcode`].
    pub opcode: u8,
    /// Whether the frame is the last of its message.
    pub fin: bool,
    /// [`RSV1`], [`RSV2`] and [`RSV3`].
    pub rsv: u8,
    /// Whether the payload is masked with `key`.
    pub masked: bool,
    /// The masking key; zero unless `masked` is set.
    pub key: [u8; 4],
    /// Length of the header, 2 to [`HEADER_MAX`]. Ignored when encoding.
    pub len: u8,
}

impl Header {
    /// Whether [`decode`] accepts the encoded header.
    pub fn is_legal(&self) -> bool {
        let len_max = if opcode::is_control(self.opcode) { SHORT_MAX } else { u64::MAX >> 1 };
        let fits = self.opcode < 0x10 && self.rsv < 8 && self.payload_len <= len_max;
        fits && faults::IS_SOUND[usize::from(self.first())]
    }

    #[inline(always)]
    fn first(&self) -> u8 {
        let fin = if self.fin { FIN } else { 0 };
        fin | (self.rsv & 7) << 4 | self.opcode & 0x0f
    }
}

/// The first reserved bit: the message is compressed, where permessage-deflate was agreed on (RFC 7692 §6).
pub const RSV1: u8 = 4;
/// The second reserved bit.
pub const RSV2: u8 = 2;
/// The third reserved bit.
pub const RSV3: u8 = 1;

/// Decodes the header at the start of `input`; `None` if it is incomplete.
///
/// Refuses what no endpoint may ever send, at the first octet that shows it: a reserved opcode, RSV2 or RSV3, a control
/// frame that is fragmented or longer than 125 octets, a length that is not minimal or not below 2^63. The offset of
/// the error is that octet. The caller checks the mask, RSV1, and whether the opcode fits the frames before it.
///
/// Never allocates; about twenty instructions for a payload of up to 125 octets. Source: RFC 6455 §5.2, §5.5.
#[inline]
pub fn decode(input: &[u8]) -> Result<Option<Header>, Error> {
    let Some(&[first, second, ref key @ ..]) = input.first_chunk::<6>() else { return decode_full(input) };
    let len = second & !MASKED;
    if faults::IS_SOUND[usize::from(first)] && len < LEN_16 {
        let masked = second & MASKED != 0;
        return Ok(Some(header(first, u64::from(len), masked.then_some(*key), 2)));
    }
    decode_full(input)
}

/// The common message: one uncompressed frame of at most 125 octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// Whether it is text.
    pub text: bool,
    /// Octets of the payload.
    pub len: usize,
}

/// The first octet of an uncompressed single-frame message.
#[inline(always)]
pub const fn first_octet_of_message(text: bool) -> u8 {
    FIN | if text { opcode::TEXT } else { opcode::BINARY }
}

/// Decodes a [`Short`] header that is masked or not, as expected; `None` for any other, which [`decode`] handles.
///
/// Never allocates; about ten instructions. Source: RFC 6455 §5.2.
#[inline(always)]
pub fn decode_short(input: &[u8], masked: bool) -> Option<Short> {
    let &[first, second] = input.first_chunk()?;
    let is_data = first.wrapping_sub(first_octet_of_message(true)) <= opcode::BINARY - opcode::TEXT;
    // An unexpected mask bit makes `len` exceed 125.
    let len = second ^ if masked { MASKED } else { 0 };
    (is_data && len < LEN_16).then_some(Short { text: first == first_octet_of_message(true), len: len.into() })
}

#[inline(always)]
fn header(first: u8, payload_len: u64, key: Option<[u8; 4]>, key_at: u8) -> Header {
    Header {
        payload_len,
        opcode: first & 0x0f,
        fin: first & FIN != 0,
        rsv: first >> 4 & 7,
        masked: key.is_some(),
        key: key.unwrap_or_default(),
        len: if key.is_some() { key_at + 4 } else { key_at },
    }
}

/// The full way of [`decode`].
#[inline(never)]
fn decode_full(input: &[u8]) -> Result<Option<Header>, Error> {
    let Some((&first, rest)) = input.split_first() else { return Ok(None) };
    faults::check_first(first)?;
    let Some((&second, rest)) = rest.split_first() else { return Ok(None) };
    let short = second & !MASKED;
    faults::check_control_len(first, short)?;
    let Some((payload_len, rest)) = payload_len(short, rest)? else { return Ok(None) };
    let key_at = crate::narrow::octet(input.len() - rest.len());
    if second & MASKED == 0 {
        return Ok(Some(header(first, payload_len, None, key_at)));
    }
    Ok(rest.first_chunk().map(|key| header(first, payload_len, Some(*key), key_at)))
}

/// The payload length and what follows it, from the octets after the second one.
fn payload_len(short: u8, rest: &[u8]) -> Result<Option<(u64, &[u8])>, Error> {
    match short {
        LEN_16 => {
            let Some((octets, rest)) = rest.split_first_chunk() else { return Ok(None) };
            let len = u16::from_be_bytes(*octets).into();
            faults::check_len_16(len)?;
            Ok(Some((len, rest)))
        }
        LEN_64 => {
            // Checked early: the first octets may already be invalid.
            faults::check_len_64(rest)?;
            Ok(rest.split_first_chunk().map(|(octets, rest)| (u64::from_be_bytes(*octets), rest)))
        }
        _ => Ok(Some((short.into(), rest))),
    }
}
