//! Socket addresses and their one text form.
//!
//! | text | address |
//! | --- | --- |
//! | `127.0.0.1:8080` | IPv4 |
//! | `[::1]:8080`, `[::ffff:192.0.2.1]:8080` | IPv6; a v4-mapped address stays one |
//! | `[fe80::1%2]:8080`, `[fe80::1%eth0]:8080` | IPv6 with a scope: an interface by its index or its name |
//! | `*:8080`, `:8080` | all interfaces of this host, both families where the host has both |
//! | `unix:/run/app.sock` | a Unix domain socket's path |
//! | `unix:@name` | an abstract Unix domain socket (Linux) |
//!
//! Port 0 lets the system choose. Host names are refused: resolving one blocks, and is the caller's decision. A scope is allowed with
//! every IPv6 address, link-local or not, as in the system's own calls.

mod decimal;
mod parse;
mod scope;
#[cfg(test)]
mod tests;
mod text;
mod unix;

use crate::error::Error;
use crate::io::sys::name::{SocketName, View};
use crate::io::sys::posix;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use core::str::FromStr;
use std::io;

pub use unix::UnixName;

/// An address to listen on or to connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// Every address of this host, at this port.
    Any(u16),
    /// An IPv4 address and port.
    V4(SocketAddrV4),
    /// An IPv6 address, port and scope.
    V6(SocketAddrV6),
    /// The name of a Unix domain socket.
    Unix(UnixName),
}

impl Address {
    /// Parses the text form. The offset of a [`Code::Argument`](crate::error::Code::Argument) error is that of the first octet that does not
    /// fit. Makes system calls only to look up an interface by its name, whose errors are [`Code::System`](crate::error::Code::System).
    /// Does not allocate.
    pub fn parse(text: &[u8]) -> Result<Self, Error> {
        if let Some(name) = text.strip_prefix(b"unix:") {
            return parse::unix(name).map(Self::Unix);
        }
        if text.first() == Some(&b'[') {
            return parse::bracketed(text).map(Self::V6);
        }
        let (host, port) = parse::host_and_port(text)?;
        match host {
            b"" | b"*" => Ok(Self::Any(port)),
            host => Ok(Self::V4(SocketAddrV4::new(parse::ipv4(host)?, port))),
        }
    }

    /// The port; `None` for a Unix domain socket.
    pub const fn port(&self) -> Option<u16> {
        match self {
            Self::Any(port) => Some(*port),
            Self::V4(address) => Some(address.port()),
            Self::V6(address) => Some(address.port()),
            Self::Unix(_) => None,
        }
    }

    /// The IP address, an IPv4 peer of a dual-stack socket as IPv4; `None` for [`Address::Any`] and Unix.
    pub const fn ip(&self) -> Option<IpAddr> {
        match self {
            Self::V4(address) => Some(IpAddr::V4(*address.ip())),
            Self::V6(address) => Some(address.ip().to_canonical()),
            Self::Any(_) | Self::Unix(_) => None,
        }
    }

    /// Whether this is the name of a Unix domain socket.
    pub const fn is_unix(&self) -> bool {
        matches!(self, Self::Unix(_))
    }

    /// As passed to system calls. [`Address::Any`] as IPv6.
    pub(in crate::io) fn to_name(self) -> SocketName {
        match self.concrete() {
            Self::V4(address) => SocketName::v4(address.ip().octets(), address.port()),
            Self::V6(address) => SocketName::v6(address.ip().octets(), address.port(), address.scope_id()),
            Self::Unix(name) => SocketName::unix(name.sun_path()),
            Self::Any(port) => SocketName::v6([0; 16], port, 0),
        }
    }

    /// As returned by system calls; fails for an unsupported family.
    pub(in crate::io) fn from_name(name: &SocketName) -> io::Result<Self> {
        match name.view() {
            View::V4(octets, port) => Ok(Self::V4(SocketAddrV4::new(Ipv4Addr::from(octets), port))),
            View::V6(octets, port, scope) => Ok(Self::V6(SocketAddrV6::new(Ipv6Addr::from(octets), port, 0, scope))),
            View::Unix(path) => Ok(Self::Unix(UnixName::from_sun_path(path))),
            View::Other => Err(io::Error::from_raw_os_error(posix::EAFNOSUPPORT)),
        }
    }

    /// [`Address::Any`] as IPv6; every other address unchanged.
    pub(in crate::io) const fn concrete(self) -> Self {
        match self {
            Self::Any(port) => Self::V6(SocketAddrV6::new(Ipv6Addr::UNSPECIFIED, port, 0, 0)),
            other => other,
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        match address {
            SocketAddr::V4(address) => Self::V4(address),
            SocketAddr::V6(address) => Self::V6(address),
        }
    }
}

impl FromStr for Address {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text.as_bytes())
    }
}
