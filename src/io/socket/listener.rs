//! Listening sockets: TCP and Unix domain.

use super::{Socket, SocketFile};
use crate::io::address::Address;
use crate::io::sys;
use core::net::{Ipv4Addr, SocketAddrV4};
use std::io;

/// Octets that the system holds for one connection and its peer has no window for, about.
const UNSENT_MAX: usize = 128 << 10;

/// How to listen. The default suits a server.
#[derive(Clone, Copy, Debug)]
pub struct ListenOptions {
    /// Connections that may wait to be accepted; the system may limit it further. Default 1,024.
    pub backlog: u32,
    /// Share the port with other sockets that ask the same, which the system then balances (one listener for each
    /// thread or process). Default false. TCP only.
    pub reuse_port: bool,
}

impl Default for ListenOptions {
    fn default() -> Self {
        Self { backlog: 1024, reuse_port: false }
    }
}

/// A listening socket, and the file of a Unix domain one, which is removed when the listener is dropped.
#[derive(Debug)]
pub struct Listener {
    socket: Socket,
    file: Option<SocketFile>,
}

impl Listener {
    /// Binds and listens.
    ///
    /// [`Address::Any`] takes IPv6 and IPv4 in one socket, or IPv4 alone where the host has no IPv6; an IPv6 address
    /// takes IPv6 only. A TCP port in TIME_WAIT can be bound (SO_REUSEADDR).
    ///
    /// A Unix domain path that exists is replaced only if it is a socket on which nobody listens any more; otherwise
    /// the error is `AddrInUse`. Two processes that start on one path at the same moment can both succeed, and the later
    /// one then has it: where that can happen, lock before.
    pub fn bind(address: &Address, options: &ListenOptions) -> io::Result<Self> {
        let listener = match address {
            Address::Unix(name) => {
                let (socket, file) = SocketFile::bind(name)?;
                Self { socket, file }
            }
            address => Self { socket: bind_tcp(address, options)?, file: None },
        };
        let backlog = libc::c_int::try_from(options.backlog).unwrap_or(libc::c_int::MAX);
        sys::socket::listen(listener.socket.raw(), backlog)?;
        Ok(listener)
    }

    /// The socket itself: its address, and to accept without a driver.
    pub const fn socket(&self) -> &Socket {
        &self.socket
    }

    /// The parts: the socket for a driver, and the file (Unix domain paths only) to keep for as long as it listens.
    pub fn into_parts(self) -> (Socket, Option<SocketFile>) {
        (self.socket, self.file)
    }
}

fn bind_tcp(address: &Address, options: &ListenOptions) -> io::Result<Socket> {
    bind_first(address, libc::SOCK_STREAM, |socket| {
        socket.set_reuse_address()?;
        // Its connections inherit it.
        socket.set_unsent_max(UNSENT_MAX)?;
        if options.reuse_port {
            socket.set_reuse_port()?;
        }
        Ok(())
    })
}

/// A socket bound to `address`, or for [`Address::Any`] to the first of both families and IPv4 alone that this host has.
pub(super) fn bind_first(
    address: &Address,
    kind: libc::c_int,
    prepare: impl Fn(&Socket) -> io::Result<()>,
) -> io::Result<Socket> {
    let bind = |address: &Address, ipv6_only: bool| {
        let name = address.to_name();
        let socket = Socket(sys::socket::create(name.family(), kind)?);
        if name.family() == libc::AF_INET6 {
            socket.set_ipv6_only(ipv6_only)?;
        }
        prepare(&socket)?;
        sys::socket::bind(socket.raw(), &name)?;
        Ok(socket)
    };
    let Address::Any(port) = *address else { return bind(address, true) };
    match bind(address, false) {
        Err(e) if is_without_ipv6(&e) => bind(&Address::V4(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port)), false),
        result => result,
    }
}

/// No IPv6 in the system, or it is switched off.
fn is_without_ipv6(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EAFNOSUPPORT | libc::EADDRNOTAVAIL | libc::EPROTONOSUPPORT))
}
