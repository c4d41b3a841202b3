//! Stretches of octets for one send. Only the kernel reads them, so the borrows need not be held one by one.

use super::vector::{self, Vector};
use crate::io::descriptor::RawSocket;
use crate::io::socket::Socket;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use std::io;

/// Maximum stretches per send.
const STRETCHES_MAX: usize = 32;

/// Octets to send together, in order. On the stack; unused entries stay uninitialised.
pub struct Gather<'a> {
    vectors: [MaybeUninit<Vector>; STRETCHES_MAX],
    count: usize,
    octets: usize,
    of: PhantomData<&'a [u8]>,
}

impl<'a> Gather<'a> {
    /// Nothing yet.
    #[inline]
    pub const fn new() -> Self {
        Self { vectors: [const { MaybeUninit::uninit() }; STRETCHES_MAX], count: 0, octets: 0, of: PhantomData }
    }

    /// Adds octets; returns whether there is room for more stretches. Without room nothing is added.
    #[inline]
    pub fn push(&mut self, octets: &'a [u8]) -> bool {
        self.add(octets.as_ptr(), octets.len())
    }

    /// Adds octets by address. Only the system reads them, and it rejects an invalid address (`EFAULT`).
    #[inline]
    pub fn push_place(&mut self, address: usize, len: usize) -> bool {
        self.add(core::ptr::with_exposed_provenance(address), len)
    }

    fn add(&mut self, start: *const u8, len: usize) -> bool {
        let left = vector::OCTETS_MAX.wrapping_sub(self.octets);
        let is_cut = vector::OCTETS_MAX != usize::MAX && len > left;
        let len = if is_cut { left } else { len };
        if let Some(room) = self.vectors.get_mut(self.count) {
            room.write(vector::of(start, len));
            self.count += 1;
            self.octets += len;
        }
        self.count < STRETCHES_MAX && !is_cut
    }

    /// The stretches by address and length.
    #[cfg(feature = "fault")]
    pub(in crate::io) fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.vectors().iter().map(vector::place)
    }

    /// The stretches as the system takes them.
    #[inline]
    pub(in crate::io) fn vectors(&self) -> &[Vector] {
        // SAFETY: `count` vectors are written, and a written `MaybeUninit` has the layout of its content.
        unsafe { core::slice::from_raw_parts(self.vectors.as_ptr().cast(), self.count) }
    }

    /// Total length.
    #[inline]
    pub const fn octets(&self) -> usize {
        self.octets
    }

    /// Sends on a socket without a driver; returns the octets sent.
    pub fn send_on(&self, socket: &Socket) -> io::Result<usize> {
        self.send(socket.raw())
    }

    /// Sends what the system accepts; a broken pipe is an error, not a signal.
    #[inline]
    pub(in crate::io) fn send(&self, socket: RawSocket) -> io::Result<usize> {
        // SAFETY: octets borrowed for `'a`, or places that the system checks before it reads.
        unsafe { vector::send(socket, self.vectors()) }
    }
}

impl Default for Gather<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Gather<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Gather").field("count", &self.count).field("octets", &self.octets).finish()
    }
}
