//! Listening sockets: TCP and Unix domain.

use super::options::SocketOptions;
use super::{Socket, SocketFile};
use crate::io::address::Address;
use crate::io::sys;
use crate::io::sys::posix;
use core::net::{Ipv4Addr, SocketAddrV4};
use std::io;

/// A listening socket, and the file of a Unix domain one, removed on drop.
#[derive(Debug)]
pub struct Listener {
    socket: Socket,
    file: Option<SocketFile>,
}

impl Listener {
    /// Binds and listens.
    ///
    /// [`Address::Any`] accepts IPv6 and IPv4 in one socket, or only IPv4 if the host has no IPv6; an IPv6 address
    /// accepts only IPv6. A TCP port in TIME_WAIT can be bound (SO_REUSEADDR).
    ///
    /// An existing Unix domain path is replaced only if it is a socket without a listener; otherwise the error is
    /// `AddrInUse`. Two processes that start on one path at the same time may both succeed, and the later one has it:
    /// use a lock if that can happen.
    pub fn bind(address: &Address, options: &SocketOptions) -> io::Result<Self> {
        let (socket, file) = match address {
            Address::Unix(name) => SocketFile::bind(name)?,
            address => (bind_tcp(address, options)?, None),
        };
        let listener = Self::new(socket, file);
        options.apply_to_listener(&listener.socket, !address.is_unix())?;
        listener.socket.listen(options.backlog)?;
        Ok(listener)
    }

    /// From a bound socket and its file.
    pub(super) const fn new(socket: Socket, file: Option<SocketFile>) -> Self {
        Self { socket, file }
    }

    /// The socket, for its address, and to accept without a driver.
    pub const fn socket(&self) -> &Socket {
        &self.socket
    }

    /// The socket, for a driver, and the file (Unix domain paths only), to be kept while listening.
    pub fn into_parts(self) -> (Socket, Option<SocketFile>) {
        (self.socket, self.file)
    }
}

fn bind_tcp(address: &Address, options: &SocketOptions) -> io::Result<Socket> {
    bind_first(address, posix::SOCK_STREAM, options.ipv6_only, |socket| options.prepare(socket))
}

/// A socket bound to `address`. For [`Address::Any`]: to both families, or else IPv4 alone; with `any_ipv6_only` only
/// to IPv6.
pub(super) fn bind_first(
    address: &Address,
    kind: posix::c_int,
    any_ipv6_only: bool,
    prepare: impl Fn(&Socket) -> io::Result<()>,
) -> io::Result<Socket> {
    let bind = |address: &Address, ipv6_only: bool| {
        let name = address.to_name();
        let socket = Socket(sys::socket::create(name.family(), kind)?);
        if name.family() == posix::AF_INET6 {
            socket.set_ipv6_only(ipv6_only)?;
        }
        prepare(&socket)?;
        sys::socket::bind(socket.raw(), &name)?;
        Ok(socket)
    };
    let Address::Any(port) = *address else { return bind(address, true) };
    match bind(address, any_ipv6_only) {
        Err(e) if is_without_ipv6(&e) && !any_ipv6_only => {
            bind(&Address::V4(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port)), false)
        }
        result => result,
    }
}

/// IPv6 is missing or disabled.
fn is_without_ipv6(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(posix::EAFNOSUPPORT | posix::EADDRNOTAVAIL | posix::EPROTONOSUPPORT))
}
