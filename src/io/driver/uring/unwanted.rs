//! Completions that are reported to nobody: of a receive without octets or whose octets nobody wants now, and of sockets that go.

use super::accepted::Accepted;
use super::entry::Entry;
use super::flag;
use super::kept::Kept;
use super::outcome::Outcome;
use super::tag::{Kind, Tag};
use crate::io::driver::Event;
use crate::io::sys::uring::{Completed, Ring};
use std::io;

/// Keeps octets that nobody wants; otherwise the receive has ended.
pub(super) fn unwanted(ring: &mut Ring, entry: &mut Entry, done: Completed) -> Option<Event> {
    entry.completed(flag::RECEIVING | flag::RECEIVE_ENDS | flag::HAS_MORE);
    entry.set(if done.leaves_input() { flag::HAS_MORE } else { 0 });
    if done.lacks_buffer() {
        ring.buffers().note_lack();
        entry.set(flag::LACKS_BUFFER);
    }
    let result = done.result();
    let buffer = done.into_buffer();
    let kept = match (&result, &buffer) {
        (Ok(count @ 1..), Some(buffer)) => Some(Kept::octets(ring.buffers().octets(buffer, *count))),
        _ => None,
    };
    if let Some(buffer) = buffer {
        ring.buffers().give_back(buffer);
    }
    match kept {
        None => Outcome::new(entry).receive_ended(result),
        // Octets are lost, so the connection is.
        Some(None) => Outcome::new(entry).receive_ended(Err(io::ErrorKind::OutOfMemory.into())),
        Some(Some(kept)) => {
            *entry.kept() = Some(Box::new(kept));
            None
        }
    }
}

/// Takes a completion of a socket that is closed or handed back: what arrived is kept. Returns the failure of a receive.
pub(super) fn take_silently(
    ring: &mut Ring,
    accepted: &mut Accepted,
    entry: &mut Entry,
    done: Completed,
) -> Option<Event> {
    let tag = Tag::of(done.tag);
    let flags = match tag.kind {
        Kind::Receive => return unwanted(ring, entry, done),
        Kind::Accept => {
            drop(accepted.arrived(entry, tag.index, done));
            return None;
        }
        // Those of sends that lend are taken apart.
        Kind::Lend | Kind::Kept | Kind::Waker | Kind::Nobody => return None,
        _ if done.has_more() => return None,
        Kind::Send => flag::SENDING,
        Kind::Output => flag::AWAITS_OUTPUT | flag::OUTPUT_ENDS | flag::OUTPUT_IS_OLD,
        Kind::Watch => flag::WATCHED,
        Kind::Poll => flag::POLLED,
    };
    entry.completed(flags);
    None
}
