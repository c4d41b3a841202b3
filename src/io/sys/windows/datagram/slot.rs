//! What a received datagram has beside its octets.

use super::header::space;
use super::{error::told, extension};
use crate::io::descriptor::RawSocket;
use crate::io::sys::name::SocketName;
use core::ffi::c_int;
use std::io;
use windows_sys::Win32::Networking::WinSock::{
    CMSGHDR, IN_PKTINFO, IN6_PKTINFO, MSG_CTRUNC, MSG_TRUNC, WSABUF, WSAEMSGSIZE, WSAMSG,
};

/// IP_ECN and IPV6_ECN, IP_TOS and IPV6_TCLASS, and the address of either family.
const CONTROL_ROOM: usize =
    4 * space(size_of::<c_int>()) + space(size_of::<IN_PKTINFO>()) + space(size_of::<IN6_PKTINFO>());

/// The name and the control messages of one datagram, and how long it is.
pub(super) struct Slot {
    pub name: SocketName,
    control: Control,
    control_len: usize,
    pub len: usize,
    pub is_cut: bool,
}

/// Room for the control messages that our options ask for, aligned as their headers are.
#[repr(C)]
struct Control {
    alignment: [CMSGHDR; 0],
    octets: [u8; CONTROL_ROOM],
}

impl Slot {
    pub fn new() -> Self {
        let control = Control { alignment: [], octets: [0; CONTROL_ROOM] };
        Self { name: SocketName::room(), control, control_len: 0, len: 0, is_cut: false }
    }

    /// The control messages.
    pub fn control(&self) -> &[u8] {
        &self.control.octets[..self.control_len]
    }

    /// Receives a datagram, and its octets into `into`.
    pub fn receive(&mut self, fd: RawSocket, into: &mut [u8]) -> io::Result<()> {
        self.name = SocketName::room();
        let (name, length) = self.name.parts_mut();
        let mut buffer = buffer(into);
        let mut message = WSAMSG {
            name,
            // SAFETY: it points to the length in `self.name`.
            namelen: unsafe { *length },
            lpBuffers: &raw mut buffer,
            dwBufferCount: 1,
            Control: self::buffer(&mut self.control.octets),
            dwFlags: 0,
        };
        let mut size = 0;
        // SAFETY: a name, octets and room for control messages of ours, which are lent for the call.
        let result = unsafe { extension::receive(fd, &mut message, &mut size) };
        let (flags, size) = (message.dwFlags, (size as usize).min(into.len()));
        self.control_len = (message.Control.len as usize).min(CONTROL_ROOM);
        (self.len, self.is_cut) = match result {
            Ok(()) => (size, flags & MSG_TRUNC != 0),
            // The control messages did not fit, which only options that others have set can cause. The datagram is here.
            Err(error) if is_too_long(&error) && flags & (MSG_TRUNC | MSG_CTRUNC) == MSG_CTRUNC => (size, false),
            Err(error) if is_too_long(&error) => (into.len(), true),
            Err(error) => return Err(told(error)),
        };
        Ok(())
    }
}

fn buffer(octets: &mut [u8]) -> WSABUF {
    WSABUF { len: u32::try_from(octets.len()).unwrap_or(u32::MAX), buf: octets.as_mut_ptr() }
}

fn is_too_long(error: &io::Error) -> bool {
    error.raw_os_error() == Some(WSAEMSGSIZE)
}
