//! The fast way of receiving: a short message that is whole in the window, as most are.
//!
//! Does the same as [`Incoming::recv`](super::Incoming::recv), and changes nothing where it does not apply.

use super::MessagePart;
use crate::websocket::frame;
use crate::websocket::mask::{unmask, unmask_is_ascii};
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

#[inline(never)]
fn is_text(payload: &[u8]) -> bool {
    let mut text = Utf8::default();
    text.feed(payload).is_ok() && text.finish()
}
