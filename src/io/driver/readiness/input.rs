//! The receive buffer, and a stored result.

use super::super::{Event, Key, failure};
use super::bits;
use super::registry::Registry;
use super::watch::Watch;
use crate::io::descriptor::RawSocket;
use crate::io::sys;
use std::io;

/// One buffer for all connections; its content is valid until the next completion.
pub(super) struct Input {
    buffer: Vec<u8>,
    /// How much of the buffer the last completion filled.
    filled: usize,
    /// The result of a receive without octets, for the event at the cursor.
    stored: Option<io::Result<usize>>,
}

impl Input {
    pub fn new(size: usize) -> io::Result<Self> {
        let size = size.max(1);
        let mut buffer = Vec::new();
        buffer.try_reserve_exact(size)?;
        buffer.resize(size, 0);
        Ok(Self { buffer, filled: 0, stored: None })
    }

    /// Receives into the buffer.
    #[inline(always)]
    pub fn receive(&mut self, fd: RawSocket) -> io::Result<usize> {
        sys::transfer::receive(fd, &mut self.buffer)
    }

    /// Receives for the socket of an event, which had these bits.
    pub fn receive_for<S: Watch>(&mut self, registry: &mut Registry<S>, key: Key, bits: u32) -> Option<Event> {
        let descriptor = S::descriptor(registry.get(key)?, key.index);
        match self.stored_or_receive(descriptor) {
            Ok(0) if S::ERROR_ENDS && bits & bits::ERROR != 0 => {
                registry.source(key)?.receive_ended(Err(failure::reset()))
            }
            Ok(count) if count > 0 => {
                self.fill(count);
                Some(Event::Received(Ok(count)))
            }
            result => registry.source(key)?.receive_ended(result),
        }
    }

    /// The stored result, or that of a receive.
    pub fn stored_or_receive(&mut self, fd: RawSocket) -> io::Result<usize> {
        match self.stored.take() {
            Some(result) => result,
            None => self.receive(fd),
        }
    }

    /// Stores a result: reading an error removed it from the socket.
    pub fn store(&mut self, result: io::Result<usize>) {
        self.stored = Some(result);
    }

    /// All of the buffer.
    pub fn buffer(&mut self) -> &mut [u8] {
        &mut self.buffer
    }

    /// Marks `len` octets of the buffer as filled.
    #[inline(always)]
    pub fn fill(&mut self, len: usize) {
        self.filled = len;
    }

    /// The octets of the last completion.
    #[inline]
    pub fn filled(&mut self) -> &mut [u8] {
        &mut self.buffer[..self.filled]
    }
}
