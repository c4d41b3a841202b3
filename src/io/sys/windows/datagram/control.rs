//! Control messages for a datagram to be sent.

use super::header::{VALUE, space};
use crate::io::sys::posix::{IPPROTO_IP, IPPROTO_IPV6};
use core::ffi::c_int;
use core::mem::offset_of;
use windows_sys::Win32::Networking::WinSock::{CMSGHDR, IP_ECN, IPV6_ECN};

/// The ECN mark: the only one that a datagram has.
const ROOM: usize = space(size_of::<c_int>());

/// A control message, aligned as its header is.
#[repr(C)]
pub(in crate::io) struct Control {
    alignment: [CMSGHDR; 0],
    octets: [u8; ROOM],
    used: usize,
    mark: Option<u8>,
}

impl Control {
    /// None yet.
    pub(in crate::io) const fn new() -> Self {
        Self { alignment: [], octets: [0; ROOM], used: 0, mark: None }
    }

    /// The traffic class, of which only ECN is the datagram's own here: the rest is the policy's. The family is the receiver's, which
    /// [`Self::write`] is told.
    pub(in crate::io) fn set_traffic_class(&mut self, class: u8, _: bool) {
        self.mark = Some(class & 0b11);
    }

    /// Writes the messages for a receiver of this family: the system refuses those of the other one.
    pub(super) fn write(&mut self, is_v4: bool) {
        let Some(mark) = self.mark else { return };
        let (level, kind) = if is_v4 { (IPPROTO_IP, IP_ECN) } else { (IPPROTO_IPV6, IPV6_ECN) };
        self.used = 0;
        self.push(level, kind, &c_int::from(mark).to_ne_bytes());
    }

    /// Panics without room.
    pub(super) fn push(&mut self, level: c_int, kind: c_int, value: &[u8]) {
        let to = &mut self.octets[self.used..][..space(value.len())];
        to[offset_of!(CMSGHDR, cmsg_len)..][..size_of::<usize>()].copy_from_slice(&(VALUE + value.len()).to_ne_bytes());
        to[offset_of!(CMSGHDR, cmsg_level)..][..size_of::<c_int>()].copy_from_slice(&level.to_ne_bytes());
        to[offset_of!(CMSGHDR, cmsg_type)..][..size_of::<c_int>()].copy_from_slice(&kind.to_ne_bytes());
        to[VALUE..][..value.len()].copy_from_slice(value);
        self.used += space(value.len());
    }

    /// What is written.
    pub(super) fn octets(&self) -> &[u8] {
        &self.octets[..self.used]
    }
}
