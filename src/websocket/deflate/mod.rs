//! permessage-deflate's data (RFC 7692 §6, §7.2): inflating and compressing the content of messages, over zlib-rs.
//!
//! Both work on pieces of any size and never write beyond the room they are given. Their state is large (see
//! [`Inflater::MEMORY`], [`Deflater::memory`]), so [`Codecs`] shares it between connections wherever a peer agreed to
//! forget its window after each message. Uses [`crate::error`], [`crate::memory`].
//!
//! zlib-rs takes its state from Rust's global allocator in one block, and panics where that fails. So the block is counted
//! against the [`Heap`](crate::memory::Heap)'s budget first, and asked of the global allocator on trial; a caller's own allocator
//! does not see it.

mod codecs;
mod compress;
mod distance_check;
mod free_list;
mod history;
mod inflate;

pub use codecs::Codecs;
pub use compress::Deflater;
pub use free_list::{Index, NONE};
pub use inflate::Inflater;

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Reserved};

/// What the sender strips from the end of a message and the receiver appends: all of an empty stored block but its first three
/// bits (RFC 7692 §7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// What a call did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Octets of the input that need not come again.
    pub used: usize,
    /// Octets written to the start of the output.
    pub written: usize,
    /// What to do next.
    pub next: Next,
}

/// What a codec waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The input is used up and everything due so far is written.
    Input,
    /// The output is full: call again with the rest of the input, which may be empty, and the same `is_last`.
    Room,
    /// The message is complete; the next call begins another one.
    Done,
}

/// Counts `size` octets that zlib-rs is about to allocate, if they are to be had.
fn reserve(heap: &Heap, size: usize) -> Result<Reserved, Error> {
    let reserved = heap.reserve(size)?;
    let mut trial = std::vec::Vec::<u8>::new();
    trial.try_reserve_exact(size).map_err(|_| NO_MEMORY)?;
    Ok(reserved)
}

#[cfg(test)]
mod tests;
