//! Segments that the system cuts and joins: not asked of this one. `UDP_SEND_MSG_SIZE` and `UDP_RECV_MAX_COALESCED_SIZE` depend on
//! the network adapter, and answer success where they do nothing.

use super::control::Control;
use crate::io::descriptor::RawSocket;
use core::ffi::c_int;
use std::io;
use windows_sys::Win32::Networking::WinSock::WSAENOPROTOOPT;

/// Whether the system knows how to cut.
pub(in crate::io) fn cuts(_: RawSocket) -> bool {
    false
}

/// Lets the system join datagrams. Fails with `ENOPROTOOPT` if it cannot.
pub(in crate::io) fn set_joins(_: RawSocket, _: bool) -> io::Result<()> {
    Err(io::Error::from_raw_os_error(WSAENOPROTOOPT))
}

/// Whether a control message is the size of each of the joined datagrams.
pub(in crate::io) fn is_joined_size(_: c_int, _: c_int) -> bool {
    false
}

/// Not called, since the system does not [cut](cuts).
pub(in crate::io) fn set_segment(_: &mut Control, _: u16) {}
