//! Errors that others report of datagrams.

use crate::io::descriptor::RawSocket;
use crate::io::sys::windows::option::ioctl;
use std::io;
use windows_sys::Win32::Networking::WinSock::SIO_UDP_CONNRESET;

/// Whether a receive fails when an ICMP message says that a port is closed (`SIO_UDP_CONNRESET`).
pub(in crate::io::sys::windows) fn set_reports(fd: RawSocket, on: bool) -> io::Result<()> {
    ioctl(fd, SIO_UDP_CONNRESET, &u32::from(on))
}
