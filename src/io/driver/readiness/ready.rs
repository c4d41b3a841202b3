//! An event of the system.

use super::super::Key;
use std::io;

/// One event: of which key, and its bits ([`bits`](super::bits)).
pub(in crate::io::driver) trait Ready: Clone {
    /// No event.
    const NONE: Self;

    /// The key; [`WAKER`] for the waker.
    fn key(&self) -> Key;

    fn bits(&self) -> u32;

    /// Keeps only these of its bits.
    fn retain(&mut self, bits: u32);

    /// The error of a request that the system refused, if the bits say so ([`REFUSED`](super::bits::REFUSED)).
    fn refusal(&self) -> io::Error;
}

/// Names the waker: no descriptor has this number.
pub(in crate::io::driver) const WAKER: Key = Key { index: u32::MAX, generation: u32::MAX };
