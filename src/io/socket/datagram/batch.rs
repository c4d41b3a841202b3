//! Memory for received datagrams.

use super::config::BatchConfig;
use super::received::Received;
use crate::io::descriptor::RawSocket;
use crate::io::sys::datagram::room::Room;
use core::fmt;
use std::io;

/// The most datagrams that the system receives with one call (UIO_MAXIOV).
const DATAGRAMS_MAX: usize = 1024;

/// A batch of received datagrams, and the memory for it: one allocation, used by every
/// [`Datagram::receive`](super::Datagram::receive) again. One batch serves any number of sockets in turn.
pub struct ReceiveBatch(Room);

impl ReceiveBatch {
    /// An empty batch. Fails without memory (`OutOfMemory`) and for sizes outside their ranges (`InvalidInput`).
    pub fn new(config: &BatchConfig) -> io::Result<Self> {
        if !(1..=DATAGRAMS_MAX).contains(&config.datagrams) || config.octets == 0 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Room::new(config.datagrams, config.octets).map(Self)
    }

    /// The number of datagrams that the last receive brought.
    pub const fn len(&self) -> usize {
        self.0.filled()
    }

    /// Whether the last receive brought none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A datagram, in the order of arrival.
    pub fn get(&self, index: usize) -> Option<Received<'_>> {
        (index < self.len()).then(|| Received::new(&self.0, index))
    }

    /// All datagrams, in the order of arrival.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Received<'_>> {
        (0..self.len()).map(|index| Received::new(&self.0, index))
    }

    /// Receives with one call; returns the number of datagrams.
    pub(super) fn fill(&mut self, fd: RawSocket) -> io::Result<usize> {
        self.0.receive(fd)
    }

    /// Forgets the datagrams.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl fmt::Debug for ReceiveBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiveBatch").field("len", &self.len()).finish_non_exhaustive()
    }
}
