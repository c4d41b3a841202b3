//! An address as the system's socket name, and back.

use super::{Address, UnixName};
use crate::io::sys::name::{SocketName, View};
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::io;

impl Address {
    /// As the system calls take it. [`Address::Any`] as IPv6.
    pub(in crate::io) fn to_name(self) -> SocketName {
        match self.concrete() {
            Self::V4(address) => SocketName::v4(address.ip().octets(), address.port()),
            Self::V6(address) => SocketName::v6(address.ip().octets(), address.port(), address.scope_id()),
            Self::Unix(name) => SocketName::unix(name.sun_path()),
            Self::Any(port) => SocketName::v6([0; 16], port, 0),
        }
    }

    /// As the system calls gave it; an error for a family that is none of ours.
    pub(in crate::io) fn from_name(name: &SocketName) -> io::Result<Self> {
        match name.view() {
            View::V4(octets, port) => Ok(Self::V4(SocketAddrV4::new(Ipv4Addr::from(octets), port))),
            View::V6(octets, port, scope) => Ok(Self::V6(SocketAddrV6::new(Ipv6Addr::from(octets), port, 0, scope))),
            View::Unix(path) => Ok(Self::Unix(UnixName::from_sun_path(path))),
            View::Other => Err(io::Error::from_raw_os_error(libc::EAFNOSUPPORT)),
        }
    }
}
