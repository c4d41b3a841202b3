//! The native driver itself.

use super::drive::Drive;
use super::preferred::Preferred;
use super::{Key, Sent};
use std::io;

/// The native driver of this system, from [`Driver::native`](super::Driver::native), for several calls in a row: each saves
/// finding out which kind of driver it is. It holds no sends.
pub struct Native<'a>(pub(super) &'a mut Preferred);

impl Native<'_> {
    /// [`Driver::send_one`](super::Driver::send_one).
    #[inline(always)]
    pub fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.0.send_one(key, octets)
    }

    /// [`Driver::next_received`](super::Driver::next_received).
    #[inline(always)]
    pub fn next_received(&mut self) -> Option<(u32, usize)> {
        self.0.next_received()
    }
}
