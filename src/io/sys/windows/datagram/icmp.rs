//! Errors that others report of datagrams.

use crate::io::descriptor::RawSocket;
use crate::io::sys::windows::error::check;
use core::ptr::{from_ref, null_mut};
use std::io;
use windows_sys::Win32::Networking::WinSock::{SIO_UDP_CONNRESET, SOCKET, WSAIoctl};

/// Whether a receive fails when an ICMP message says that a port is closed (`SIO_UDP_CONNRESET`).
pub(in crate::io::sys::windows) fn set_reports(fd: RawSocket, on: bool) -> io::Result<()> {
    let on = u32::from(on);
    let size = size_of_val(&on) as u32;
    let mut written = 0;
    let from = from_ref(&on).cast();
    // SAFETY: an integer of ours is read, and nothing but `written` is written.
    check(unsafe {
        WSAIoctl(fd as SOCKET, SIO_UDP_CONNRESET, from, size, null_mut(), 0, &raw mut written, null_mut(), None)
    })
}
