//! Sending heads: the library's lines, and queuing a head with its content.
//!
//! Uses the writer of heads and a queue with its blocks. Knows no connection.

use crate::conn::send_queue::{SendQueue, Staged};
use crate::conn::workspace::{Blocks, Lent, Place};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::{Persistence, Plan};
use crate::http1::write::{ConnectionLine, FieldFacts, FieldRef, HeadPlan, LibraryLines, check_fields};

static FRAMED: Fault = Fault::new(
    Code::AmbiguousFraming,
    0,
    c"H1-GEN-03",
    c"Content-Length and Transfer-Encoding are the library's fields",
);

/// The facts of the caller's fields, which must not have framing fields.
#[inline(never)]
pub fn facts_of<'f>(fields: impl Iterator<Item = FieldRef<'f>>) -> Result<FieldFacts, Error> {
    let facts = check_fields(fields)?;
    refuse_framing(&facts).map(|()| facts)
}

/// Framing fields are the library's.
pub fn refuse_framing(facts: &FieldFacts) -> Result<(), Error> {
    if facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) { Err(FRAMED.at(0)) } else { Ok(()) }
}

/// How a message's content is queued.
pub enum Kept<'a> {
    /// As a copy.
    Copied(&'a [u8]),
    /// In place, until it is released with this token.
    Lent(&'a [u8], u64),
    /// As a copy of lent content, which is released when the copy has been sent.
    CopiedOfLent(&'a [u8], u64),
    /// In its file, until it is released; also if the connection seals, since its owner reads it then.
    InFile(Lent),
}

impl<'a> Kept<'a> {
    /// How to queue content that may be lent: if the connection `seals`, records are made from a copy.
    #[inline]
    pub fn of(content: &'a [u8], lent: Option<u64>, seals: bool) -> Self {
        match lent {
            None => Self::Copied(content),
            Some(token) if seals => Self::CopiedOfLent(content, token),
            Some(token) => Self::Lent(content, token),
        }
    }
}

/// Queues a head and its content in one stretch, or nothing.
pub fn queue<'f>(
    output: &mut SendQueue,
    blocks: &mut Blocks,
    head: &HeadPlan<'_>,
    fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    content: Kept<'_>,
) -> Result<(), Error> {
    let (copied, lent) = match content {
        Kept::Copied(content) => return queue_copied(output, blocks, head, fields, content),
        Kept::Lent(content, token) => (&[][..], in_memory(content, token)),
        Kept::CopiedOfLent(content, token) => (content, in_memory(&[], token)),
        Kept::InFile(stretch) => (&[][..], stretch),
    };
    let mut staged = Staged::new(blocks);
    staged.lend(lent)?;
    queue_copied(output, staged.blocks(), head, fields, copied)?;
    staged.commit(output);
    Ok(())
}

fn in_memory(content: &[u8], token: u64) -> Lent {
    Lent { place: Place::Memory(content.as_ptr().expose_provenance()), len: content.len(), token }
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

/// The framing of a plan as lines of its head.
#[inline(always)]
pub fn own_lines(plan: &Plan) -> LibraryLines<'static> {
    let connection = match plan.option {
        Persistence::Silent => ConnectionLine::NONE,
        Persistence::Close => ConnectionLine::CLOSE,
        Persistence::KeepAlive => ConnectionLine::KEEP_ALIVE,
    };
    LibraryLines { body: plan.framing.line(), connection, ..LibraryLines::default() }
}
