//! The data of permessage-deflate (RFC 7692 §6, §7.2): inflating and compressing message content with zlib-rs.
//!
//! Both take pieces of any size and never write past the output. Their state is large (see [`Inflater::MEMORY`],
//! [`Deflater::memory`]), so connections share codecs through [`Codecs`] whenever the window need not survive a
//! message. Uses [`crate::error`], [`crate::memory`].
//!
//! zlib-rs allocates its state as one block from Rust's global allocator and panics on failure. So [`reserve`] first
//! counts the block against the [`Heap`]'s budget and makes a trial allocation. A caller's own
//! allocator does not see this block.

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

/// The sender strips these octets from the end of a message and the receiver appends them: an empty stored block
/// without its first three bits (RFC 7692 §7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// The result of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Octets of input consumed.
    pub used: usize,
    /// Octets written.
    pub written: usize,
    /// What to do next.
    pub next: Next,
}

/// What a codec needs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// More input: it is used up, and all output that can be written has been.
    Input,
    /// More output: call again with the remaining input, which may be empty, and the same `is_last`.
    Room,
    /// Nothing: the message is complete. The next call begins another one.
    Done,
}

/// Reserves `size` octets that zlib-rs is about to allocate, if they are available.
fn reserve(heap: &Heap, size: usize) -> Result<Reserved, Error> {
    let reserved = heap.reserve(size)?;
    let mut trial = std::vec::Vec::<u8>::new();
    trial.try_reserve_exact(size).map_err(|_| NO_MEMORY)?;
    Ok(reserved)
}

#[cfg(test)]
mod tests;
