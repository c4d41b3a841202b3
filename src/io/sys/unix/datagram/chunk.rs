//! Datagrams for one `sendmmsg`.

use super::control::Control;
use super::many::{self, mmsghdr};
use crate::io::sys::name::SocketName;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, zeroed};
use core::ptr::null_mut;
use libc::iovec;
use std::io;
use std::os::fd::RawFd;

/// Datagrams per call: as many as the segments of one, so that a datagram that we cut ourselves fits.
pub(in crate::io) const CAPACITY: usize = 64;

/// Datagrams to be sent by one call, in order. On the stack (16 KiB, and 4 more during the call); unused entries stay uninitialised.
pub(in crate::io) struct Chunk<'a> {
    entries: [MaybeUninit<Entry>; CAPACITY],
    count: usize,
    of: PhantomData<&'a [u8]>,
}

/// What a header points to.
struct Entry {
    vector: iovec,
    name: Option<SocketName>,
    control: Option<Control>,
}

impl<'a> Chunk<'a> {
    /// Nothing yet.
    pub(in crate::io) const fn new() -> Self {
        Self { entries: [const { MaybeUninit::uninit() }; CAPACITY], count: 0, of: PhantomData }
    }

    /// The number of datagrams.
    pub(in crate::io) const fn len(&self) -> usize {
        self.count
    }

    /// Adds a datagram; without a name it goes to the peer of a connected socket. Panics if the chunk is full.
    #[inline]
    pub(in crate::io) fn push(&mut self, octets: &'a [u8], name: Option<SocketName>, control: Option<Control>) {
        let vector = iovec { iov_base: octets.as_ptr().cast_mut().cast(), iov_len: octets.len() };
        self.entries[self.count].write(Entry { vector, name, control });
        self.count += 1;
    }

    /// Sends; returns how many datagrams the system took. An error means none, and is that of the first.
    pub(in crate::io) fn send(&mut self, fd: RawFd) -> io::Result<usize> {
        let mut headers = [const { MaybeUninit::<mmsghdr>::uninit() }; CAPACITY];
        for (header, entry) in headers.iter_mut().zip(&mut self.entries[..self.count]) {
            // SAFETY: `count` entries are written.
            header.write(unsafe { entry.assume_init_mut() }.header());
        }
        // SAFETY: `count` headers are written.
        let headers = unsafe { core::slice::from_raw_parts_mut(headers.as_mut_ptr().cast(), self.count) };
        // SAFETY: they point into `self`, which does not move during the call and is only read, and to octets borrowed for
        // `'a`.
        unsafe { many::send(fd, headers) }
    }
}

impl Entry {
    /// A header that points here.
    fn header(&mut self) -> mmsghdr {
        // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
        let mut header: mmsghdr = unsafe { zeroed() };
        let message = &mut header.msg_hdr;
        message.msg_iov = &raw mut self.vector;
        message.msg_iovlen = 1;
        if let Some(name) = &self.name {
            let (address, length) = name.parts();
            message.msg_name = address.cast_mut().cast();
            message.msg_namelen = length;
        }
        let (control, length) = self.control.as_mut().map_or((null_mut(), 0), Control::parts);
        message.msg_control = control.cast();
        message.msg_controllen = length as _;
        header
    }
}
