//! The buffer that receives go to, and the result of one that is still to be told.

use crate::io::sys;
use std::io;
use std::os::fd::RawFd;

/// One buffer for all connections: what is in it stays until the next completion.
pub(super) struct Input {
    buffer: Vec<u8>,
    /// How much of the buffer the last completion filled.
    filled: usize,
    /// What a receive for the event at the cursor came to, when it brought nothing.
    kept: Option<io::Result<usize>>,
}

impl Input {
    pub fn new(size: usize) -> io::Result<Self> {
        let size = size.max(1);
        let mut buffer = Vec::new();
        buffer.try_reserve_exact(size)?;
        buffer.resize(size, 0);
        Ok(Self { buffer, filled: 0, kept: None })
    }

    /// Receives into the buffer.
    #[inline(always)]
    pub fn receive(&mut self, fd: RawFd) -> io::Result<usize> {
        sys::transfer::receive(fd, &mut self.buffer)
    }

    /// The result that was kept, or else that of a receive.
    pub fn kept_or_receive(&mut self, fd: RawFd) -> io::Result<usize> {
        match self.kept.take() {
            Some(result) => result,
            None => self.receive(fd),
        }
    }

    /// Keeps a result: reading an error took it from the socket.
    pub fn keep(&mut self, result: io::Result<usize>) {
        self.kept = Some(result);
    }

    /// All of the buffer.
    pub fn buffer(&mut self) -> &mut [u8] {
        &mut self.buffer
    }

    /// The completion filled `len` octets of the buffer.
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
