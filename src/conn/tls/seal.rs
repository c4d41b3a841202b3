//! Seals the front of a queue into one record.

use super::record_sink::RecordSink;
use crate::conn::send_queue::{Piece, SendQueue};
use crate::conn::workspace::Blocks;
use crate::error::Error;
use crate::tls::Session;

/// Maximum plaintext of a record.
const RECORD: usize = 16 << 10;
/// Maximum stretches of the queue per record.
const PARTS: usize = 16;

/// Seals at most one record from the front of the queue; returns the octets sealed.
pub fn seal_one(
    session: &mut Session,
    queue: &SendQueue,
    blocks: &Blocks,
    sink: &mut RecordSink<'_>,
) -> Result<usize, Error> {
    let mut parts: [&[u8]; PARTS] = [&[]; PARTS];
    let (mut count, mut len) = (0, 0);
    queue.pieces(blocks, |piece| {
        let Piece::Owned(octets) = piece else {
            debug_assert!(false, "over TLS everything is copied");
            return false;
        };
        parts[count] = &octets[..octets.len().min(RECORD - len)];
        len += parts[count].len();
        count += 1;
        count < PARTS && len < RECORD
    });
    if len != 0 {
        session.seal(&parts[..count], sink)?;
    }
    Ok(len)
}
