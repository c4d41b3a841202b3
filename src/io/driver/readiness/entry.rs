//! The driver's state of one descriptor, in 16 octets (Windows: 24). Makes no system call.

use super::flag;
use crate::io::socket::Socket;

/// One descriptor.
#[derive(Default)]
pub(in crate::io::driver) struct Entry {
    token: u32,
    /// `None` for a foreign descriptor, and while not in use.
    socket: Option<Socket>,
    flags: u32,
    /// A key that its owner keeps never names another use of the descriptor's number, before 2^32 of them.
    generation: u32,
}

const _: () = assert!(size_of::<Entry>() == if cfg!(windows) { 24 } else { 16 });

impl Entry {
    /// Starts a use of the entry. If it is in use, its foreign descriptor was closed without
    /// [`release`](Self::release), and that use ends.
    pub fn begin(&mut self, token: u32, socket: Option<Socket>) {
        if self.has(flag::LIVE) {
            self.release();
        }
        self.token = token;
        self.socket = socket;
        self.flags = flag::LIVE;
    }

    /// Ends the use by a key. The socket stays until [`release`](Self::release).
    pub fn end(&mut self) {
        self.flags = self.flags & (flag::OF_SET | flag::EDGE) | flag::CLOSING;
        self.generation = self.generation.wrapping_add(1);
    }

    /// Whether it is closing, and this is the generation since.
    pub fn is_closing(&self, generation: u32) -> bool {
        self.generation() == generation && self.has(flag::CLOSING)
    }

    /// Ends this use of the entry.
    pub fn release(&mut self) -> Option<Socket> {
        self.flags = 0;
        self.generation = self.generation.wrapping_add(1);
        self.socket.take()
    }

    /// Whether this use of the entry is that of `generation`.
    #[inline]
    pub fn is_use(&self, generation: u32) -> bool {
        self.generation() == generation && self.has(flag::LIVE)
    }

    #[inline]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    #[inline]
    pub fn token(&self) -> u32 {
        self.token
    }

    #[inline]
    pub fn socket(&self) -> Option<&Socket> {
        self.socket.as_ref()
    }

    /// All its bits ([`flag`]).
    #[inline]
    pub fn flags(&self) -> u32 {
        self.flags
    }

    /// Whether any of these bits is set.
    #[inline]
    pub fn has(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    #[inline]
    pub fn set(&mut self, flags: u32) {
        self.flags |= flags;
    }

    #[inline]
    pub fn clear(&mut self, flags: u32) {
        self.flags &= !flags;
    }

    /// Whether a receive handles input, and none of `others` is set.
    #[inline]
    pub fn receives_without(&self, others: u32) -> bool {
        self.flags & (flag::RECEIVE | others) == flag::RECEIVE
    }

    /// Replaces the flags of the set.
    #[inline]
    pub fn set_of_set(&mut self, flags: u32) {
        self.flags = (self.flags & !(flag::OF_SET | flag::EDGE)) | flags;
    }

    /// Ends all operations of a failed connection.
    pub fn fail(&mut self) {
        self.flags &= !flag::OPERATIONS;
        self.flags |= flag::ENDED | flag::FAILED;
    }
}
