//! Datagrams to be sent together, by a `WSASendMsg` each.

use super::control::Control;
use super::error::told;
use crate::io::descriptor::RawSocket;
use crate::io::sys::name::SocketName;
use crate::io::sys::windows::error::check;
use crate::io::sys::windows::socket::peer_name;
use core::mem::MaybeUninit;
use core::ptr::null_mut;
use std::io;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSABUF, WSAMSG, WSASendMsg};

/// Datagrams per call: as many as the segments of one, so that a datagram that we cut ourselves fits.
pub(in crate::io) const CAPACITY: usize = 64;

/// Datagrams to be sent, in order. On the stack (13 KiB); unused entries stay uninitialised.
pub(in crate::io) struct Chunk<'a> {
    entries: [MaybeUninit<Entry<'a>>; CAPACITY],
    count: usize,
}

struct Entry<'a> {
    octets: &'a [u8],
    name: Option<SocketName>,
    control: Option<Control>,
}

impl<'a> Chunk<'a> {
    /// Nothing yet.
    pub(in crate::io) const fn new() -> Self {
        Self { entries: [const { MaybeUninit::uninit() }; CAPACITY], count: 0 }
    }

    /// The number of datagrams.
    pub(in crate::io) const fn len(&self) -> usize {
        self.count
    }

    /// Adds a datagram; without a name it goes to the peer of a connected socket. Panics if the chunk is full.
    #[inline]
    pub(in crate::io) fn push(&mut self, octets: &'a [u8], name: Option<SocketName>, control: Option<Control>) {
        self.entries[self.count].write(Entry { octets, name, control });
        self.count += 1;
    }

    /// Sends; returns how many datagrams the system took. An error means none, and is that of the first.
    pub(in crate::io) fn send(&mut self, fd: RawSocket) -> io::Result<usize> {
        for (sent, entry) in self.entries[..self.count].iter_mut().enumerate() {
            // SAFETY: `count` entries are written.
            match unsafe { entry.assume_init_mut() }.send(fd) {
                Ok(()) => {}
                Err(error) if sent == 0 => return Err(told(error)),
                Err(_) => return Ok(sent),
            }
        }
        Ok(self.count)
    }
}

impl Entry<'_> {
    fn send(&mut self, fd: RawSocket) -> io::Result<()> {
        if let Some(control) = &mut self.control {
            control.write(match &self.name {
                Some(name) => name.is_v4(),
                None => peer_name(fd)?.is_v4(),
            });
        }
        // More octets than an integer counts are too long for a datagram in any case.
        let mut buffer = buffer(self.octets);
        let (name, namelen) = self.name.as_ref().map_or((null_mut(), 0), |name| {
            let (address, length) = name.parts();
            (address.cast_mut(), length)
        });
        let control = self.control.as_ref().map_or(&[][..], Control::octets);
        let message = WSAMSG {
            name,
            namelen,
            lpBuffers: &raw mut buffer,
            dwBufferCount: 1,
            Control: self::buffer(control),
            dwFlags: 0,
        };
        let mut size = 0;
        // SAFETY: the message points to octets and a name that outlive the call, which only reads them; without an OVERLAPPED it
        // is done when it returns.
        check(unsafe { WSASendMsg(fd as SOCKET, &raw const message, 0, &raw mut size, null_mut(), None) })
    }
}

/// Octets that a call only reads.
fn buffer(octets: &[u8]) -> WSABUF {
    let buf = if octets.is_empty() { null_mut() } else { octets.as_ptr().cast_mut() };
    WSABUF { len: u32::try_from(octets.len()).unwrap_or(u32::MAX), buf }
}
