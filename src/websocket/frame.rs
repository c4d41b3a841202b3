//! Frame headers (RFC 6455 §5.2), in and out.

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
    /// The masking key as it stands in the header; zero when `masked` is not set.
    pub key: [u8; 4],
    /// Octets of the header itself, 2 to [`HEADER_MAX`]. Looked at by nothing that writes.
    pub len: u8,
}

impl Header {
    /// Whether [`decode`] would take it, written.
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

/// Reads the header that `input` begins with; `None` means that its end has not come yet.
///
/// What no endpoint may send, whatever was agreed on and whichever side it is, is refused by the first octet that shows
/// it: a reserved opcode, RSV2 or RSV3, a control frame that is no last one or longer than 125, a length that is not minimal or
/// not below 2^63. The error's offset is that octet. Whether there may be a mask or RSV1 is for the caller to decide, and
/// so is whether the opcode fits the frames before it.
///
/// Never allocates; some twenty instructions for a frame of up to 125 octets. Source: RFC 6455 §5.2, §5.5.
#[inline]
pub fn decode(input: &[u8]) -> Result<Option<Header>, Error> {
    let Some(&[first, second, ref key @ ..]) = input.first_chunk::<6>() else { return closely(input) };
    let len = second & !MASKED;
    if faults::IS_SOUND[usize::from(first)] && len < LEN_16 {
        let masked = second & MASKED != 0;
        return Ok(Some(header(first, u64::from(len), masked.then_some(*key), 2)));
    }
    closely(input)
}

/// A message that is one frame of at most 125 octets, not compressed: nearly every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// Whether it is text.
    pub text: bool,
    /// Octets of the payload.
    pub len: usize,
}

/// The first octet of a message that is one frame, not compressed.
#[inline(always)]
pub const fn first_of_whole(text: bool) -> u8 {
    FIN | if text { opcode::TEXT } else { opcode::BINARY }
}

/// The header that `input` begins with, if it is that of a [`Short`] message that is masked, or is not; [`decode`] knows all others.
///
/// Never allocates; some ten instructions. Source: RFC 6455 §5.2.
#[inline(always)]
pub fn short(input: &[u8], masked: bool) -> Option<Short> {
    let &[first, second] = input.first_chunk()?;
    let is_data = first.wrapping_sub(first_of_whole(true)) <= opcode::BINARY - opcode::TEXT;
    // The other way about, the bit makes it longer than 125.
    let len = second ^ if masked { MASKED } else { 0 };
    (is_data && len < LEN_16).then_some(Short { text: first == first_of_whole(true), len: len.into() })
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

/// What [`decode`] does, for every header.
#[inline(never)]
fn closely(input: &[u8]) -> Result<Option<Header>, Error> {
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

/// The length of the payload, and what follows it in `rest`, which is what follows the second octet.
fn payload_len(short: u8, rest: &[u8]) -> Result<Option<(u64, &[u8])>, Error> {
    match short {
        LEN_16 => {
            let Some((octets, rest)) = rest.split_first_chunk() else { return Ok(None) };
            let len = u16::from_be_bytes(*octets).into();
            faults::check_len_16(len)?;
            Ok(Some((len, rest)))
        }
        LEN_64 => {
            // Before the last of the eight has come: the others may show that it cannot be.
            faults::check_len_64(rest)?;
            Ok(rest.split_first_chunk().map(|(octets, rest)| (u64::from_be_bytes(*octets), rest)))
        }
        _ => Ok(Some((short.into(), rest))),
    }
}
