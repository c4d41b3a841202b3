//! How a message goes into the queue: its head and its content in one stretch, or nothing.

use super::send_queue::{SendQueue, Staged};
use super::workspace::{Blocks, Lent, Place};
use crate::error::Error;
use crate::http1::write::{FieldRef, HeadPlan};

/// How a message's content gets into the queue.
pub(super) enum Kept<'a> {
    /// As a copy.
    Copied(&'a [u8]),
    /// Where it lies, until it is released with this token.
    Lent(&'a [u8], u64),
    /// As a copy, though it was lent: it is released as soon as that has left the queue.
    CopiedOfLent(&'a [u8], u64),
}

/// Queues a head and its content in one stretch, or nothing.
pub(super) fn queue<'f>(
    output: &mut SendQueue,
    blocks: &mut Blocks,
    head: &HeadPlan<'_>,
    fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    content: Kept<'_>,
) -> Result<(), Error> {
    let (copied, lent, token) = match content {
        Kept::Copied(content) => return queue_copied(output, blocks, head, fields, content),
        Kept::Lent(content, token) => (&[][..], content, token),
        Kept::CopiedOfLent(content, token) => (content, &[][..], token),
    };
    let place = Place::Memory(lent.as_ptr().expose_provenance());
    let mut staged = Staged::new(blocks);
    staged.lend(Lent { place, len: lent.len(), token })?;
    queue_copied(output, staged.blocks(), head, fields, copied)?;
    staged.commit(output);
    Ok(())
}

/// Queues a head and a copy of its content in one stretch, or nothing.
#[inline(always)]
fn queue_copied<'f>(
    output: &mut SendQueue,
    blocks: &mut Blocks,
    head: &HeadPlan<'_>,
    fields: impl Iterator<Item = FieldRef<'f>>,
    content: &[u8],
) -> Result<(), Error> {
    let room = output.extend(blocks, head.size() + content.len())?;
    let (head_room, content_room) = room.split_at_mut(head.size());
    content_room.copy_from_slice(content);
    head.write(fields, head_room).map(drop)
}
