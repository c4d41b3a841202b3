//! Segments that the system cuts and joins (`UDP_SEGMENT`, `UDP_GRO`): Linux. Elsewhere it does neither.

use super::control::Control;
use libc::c_int;
use std::io;
use std::os::fd::RawFd;

/// Whether the system knows how to cut. One that does not would ignore the control message, and send one large datagram.
#[cfg(target_os = "linux")]
pub(in crate::io) fn cuts(fd: RawFd) -> bool {
    crate::io::sys::option::get(fd, libc::SOL_UDP, libc::UDP_SEGMENT).is_ok()
}

#[cfg(bsd)]
pub(in crate::io) fn cuts(_: RawFd) -> bool {
    false
}

/// Lets the system join datagrams. Fails with `ENOPROTOOPT` if it cannot.
#[cfg(target_os = "linux")]
pub(in crate::io) fn set_joins(fd: RawFd, on: bool) -> io::Result<()> {
    crate::io::sys::option::set(fd, libc::SOL_UDP, libc::UDP_GRO, c_int::from(on))
}

#[cfg(bsd)]
pub(in crate::io) fn set_joins(_: RawFd, _: bool) -> io::Result<()> {
    Err(io::Error::from_raw_os_error(libc::ENOPROTOOPT))
}

/// Whether a control message is the size of each of the joined datagrams.
#[cfg(target_os = "linux")]
pub(in crate::io) fn is_joined_size(level: c_int, kind: c_int) -> bool {
    level == libc::SOL_UDP && kind == libc::UDP_GRO
}

#[cfg(bsd)]
pub(in crate::io) fn is_joined_size(_: c_int, _: c_int) -> bool {
    false
}

/// Lets the system cut the octets into datagrams of this size.
#[cfg(target_os = "linux")]
pub(in crate::io) fn set_segment(control: &mut Control, size: u16) {
    control.push(libc::SOL_UDP, libc::UDP_SEGMENT, &size.to_ne_bytes());
}

/// Not called, since the system does not [cut](cuts).
#[cfg(bsd)]
pub(in crate::io) fn set_segment(_: &mut Control, _: u16) {}
