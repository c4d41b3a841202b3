//! A receive that brought no octets, or octets that nobody wants now.

use super::entry::Entry;
use super::flag;
use super::kept::Kept;
use super::outcome::Outcome;
use crate::io::driver::Event;
use crate::io::sys::uring::{Completed, Ring};
use std::io;

/// Keeps octets that nobody wants; otherwise the receive has ended.
pub(super) fn unwanted(ring: &mut Ring, entry: &mut Entry, done: Completed) -> Option<Event> {
    entry.completed(flag::RECEIVING | flag::RECEIVE_ENDS | flag::HAS_MORE);
    entry.set(if done.leaves_input() { flag::HAS_MORE } else { 0 });
    if done.lacks_buffer() {
        ring.buffers().add_some();
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
