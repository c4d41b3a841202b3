//! The fast ways of short messages, as most are: one that is whole in the window, and one to send.
//!
//! They do the same as [`Incoming::recv`](super::Incoming::recv) and as encoding what [`Outgoing::plan_part`](super::Outgoing::plan_part)
//! plans, and change nothing where they do not apply.

use super::MessagePart;
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::frame::{self, first_octet_of_message};
use crate::websocket::mask::{copy_is_ascii, unmask, unmask_is_ascii};
use crate::websocket::utf8::Utf8;

/// Receives a message between two messages: one uncompressed frame of at most 125 octets and `max`, complete in the
/// window, UTF-8 if it is text. `None` for anything else; nothing has changed then.
#[inline(always)]
pub fn recv_fast<const MASKED: bool>(bytes: &mut [u8], max: u64) -> Option<MessagePart> {
    let frame::Short { text, len } = frame::decode_short(bytes, MASKED)?;
    if len as u64 > max {
        return None;
    }
    let offset = if MASKED { 6 } else { 2 };
    let used = offset + len;
    let (header, payload) = bytes.get_mut(..used)?.split_at_mut(offset);
    // Without a mask the key is zero, so unmasking only checks for ASCII.
    let key = header.get(2..).and_then(|key| key.first_chunk()).copied().unwrap_or_default();
    let is_ascii = unmask_is_ascii(payload, key);
    if text && !is_ascii && !is_text(payload) {
        // Restore the octets: the full way reports where the text is wrong.
        unmask(payload, key, 0);
        return None;
    }
    Some(MessagePart { offset, len, used, text, first: true, last: true, compressed: false })
}

/// Octets before the payload of a server's short message.
pub const SHORT_HEADER: usize = 2;

/// Writes a server's whole message of at most 125 octets as one frame; `frame` is as long as that. `false`: the message is text that is
/// not ASCII, which the full way has to check.
///
/// # Panics
///
/// When the frame has another length.
#[inline(always)]
pub fn write_fast(text: bool, octets: &[u8], frame: &mut [u8]) -> bool {
    debug_assert!(octets.len() <= PAYLOAD_MAX, "a short message");
    let [first, len, payload @ ..] = frame else { return false };
    (*first, *len) = (first_octet_of_message(text), crate::narrow::octet(octets.len()));
    let is_ascii = copy_is_ascii(octets, payload);
    is_ascii || !text
}

#[inline(never)]
fn is_text(payload: &[u8]) -> bool {
    let mut text = Utf8::default();
    text.feed(payload).is_ok() && text.finish()
}
