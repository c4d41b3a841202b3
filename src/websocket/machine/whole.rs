//! The message that leaves nothing to decide, as nearly every one does: short, and whole in the window.
//!
//! What is done here is what [`Incoming::hear`](super::Incoming::hear) comes to. Changes nothing where it does not apply.

use super::Heard;
use crate::websocket::frame;
use crate::websocket::mask::{unmask, unmask_seen};
use crate::websocket::utf8::Utf8;

/// What the peer says between messages, where it is a message in one frame of at most 125 octets, and `max`, all of it there, masked or
/// not, not compressed, and UTF-8 if it is text. `None`: it is something else, and nothing has changed.
#[inline(always)]
pub fn hear_whole<const MASKED: bool>(bytes: &mut [u8], max: u64) -> Option<Heard> {
    let frame::Short { text, len } = frame::short(bytes, MASKED)?;
    if len as u64 > max {
        return None;
    }
    let offset = if MASKED { 6 } else { 2 };
    let used = offset + len;
    let (header, payload) = bytes.get_mut(..used)?.split_at_mut(offset);
    // Without a mask the key is zero, and the payload only looked through.
    let key = header.get(2..).and_then(|key| key.first_chunk()).copied().unwrap_or_default();
    let is_ascii = unmask_seen(payload, key);
    if text && !is_ascii && !is_text(payload) {
        // The long way finds out where it is wrong, from octets as they came.
        unmask(payload, key, 0);
        return None;
    }
    Some(Heard { offset, len, used, text, first: true, last: true, compressed: false })
}

/// Whether all of it is UTF-8.
#[inline(never)]
fn is_text(payload: &[u8]) -> bool {
    let mut text = Utf8::default();
    text.feed(payload).is_ok() && text.finish()
}
