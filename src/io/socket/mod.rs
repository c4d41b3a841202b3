//! Sockets: creation, addresses, connecting, transfer and options. All are created non-blocking and close-on-exec.
//!
//! Nothing here waits: a call that cannot proceed fails with `WouldBlock`, and a [driver](super::driver) reports when
//! to retry.

mod accept;
mod datagram;
#[cfg_attr(windows, path = "file/absent.rs")]
mod file;
mod inherited;
mod listener;
mod options;
mod role;

use crate::io::address::Address;
use crate::io::descriptor::{OwnedSocket, RawSocket};
use crate::io::sys;
use crate::io::sys::name::SocketName;
use crate::io::sys::option::{get, set};
use crate::io::sys::posix;
use crate::io::sys::posix::c_int;
use core::time::Duration;
use std::io::{self, IoSlice};
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
#[cfg(windows)]
use std::os::windows::io::AsRawSocket;

pub use accept::AcceptError;
pub use datagram::{
    BatchConfig, Datagram, Ecn, Local, Multicast, Outgoing, Receipt, ReceiveBatch, Received, SendError,
};
pub use file::SocketFile;
pub use inherited::{FIRST_PASSED, adopt_accepted, adopt_listener, passed};
pub use listener::Listener;
pub use options::{KeepAlive, SocketOptions};
pub use role::Role;

/// Approximate octets per connection that the system holds beyond the peer's window, by default.
const UNSENT_MAX: usize = 128 << 10;

/// The same while a file is sent whose peer takes it: the limit by default would cut it into many small calls. Its octets are
/// in the system's cache anyway.
const UNSENT_MAX_OF_FILE: usize = 1 << 20;

/// A socket. Closed when dropped. Its methods never block.
#[derive(Debug)]
pub struct Socket(OwnedSocket);

impl Socket {
    /// The backlog of a listener that asks for none.
    pub const BACKLOG: u32 = 1024;

    /// A stream socket of the family of `address`, to [connect](Self::connect).
    pub fn stream(address: &Address) -> io::Result<Self> {
        sys::socket::create(address.to_name().family(), posix::SOCK_STREAM).map(Self)
    }

    /// Two stream sockets connected to each other (Unix domain, unnamed).
    pub fn pair() -> io::Result<(Self, Self)> {
        sys::socket::pair(posix::SOCK_STREAM).map(|(one, other)| (Self(one), Self(other)))
    }

    /// Adopts a socket made elsewhere (inherited, passed, from another library), and makes it non-blocking and
    /// close-on-exec.
    pub fn adopt(fd: OwnedSocket) -> io::Result<Self> {
        let socket = Self(fd);
        sys::option::adopt(socket.raw())?;
        Ok(socket)
    }

    /// Starts to connect. `Ok(true)`: connected (always for Unix domain sockets). `Ok(false)`: in progress; when the
    /// socket becomes writable, [`take_error`](Self::take_error) returns the result.
    pub fn connect(&self, address: &Address) -> io::Result<bool> {
        sys::socket::connect(self.raw(), &address.to_name())
    }

    /// Receives at most `into.len()` octets; 0 is the end of the stream (or an empty `into`).
    pub fn receive(&self, into: &mut [u8]) -> io::Result<usize> {
        sys::transfer::receive(self.raw(), into)
    }

    /// Sends as much of the slices as the system accepts, in order; returns the octets sent. Uses at most 1,024 slices.
    /// A connection closed by the peer is an error (`BrokenPipe`), never a signal.
    pub fn send(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        sys::transfer::send(self.raw(), slices)
    }

    /// Ends the sending side: the peer reads an end of stream after all data.
    pub fn shutdown_write(&self) -> io::Result<()> {
        sys::socket::shutdown(self.raw(), posix::SHUT_WR)
    }

    /// Like [`receive`](Self::receive), but leaves the octets for the next receive. An error is taken: a later receive may
    /// find the end in its place.
    pub fn peek(&self, into: &mut [u8]) -> io::Result<usize> {
        sys::transfer::peek(self.raw(), into)
    }

    /// Octets sent that wait here because the peer's receive window is full; 0 if the system does not report it.
    pub fn unsent(&self) -> usize {
        sys::option::unsent(self.raw()).unwrap_or(0)
    }

    /// Listens with a backlog; 0: [`BACKLOG`](Self::BACKLOG).
    pub(in crate::io) fn listen(&self, backlog: u32) -> io::Result<()> {
        let backlog = if backlog == 0 { Self::BACKLOG } else { backlog };
        sys::socket::listen(self.raw(), c_int::try_from(backlog).unwrap_or(c_int::MAX))
    }

    /// The local address; after binding port 0, with the port that the system chose.
    pub fn local_address(&self) -> io::Result<Address> {
        Address::from_name(&sys::socket::local_name(self.raw())?)
    }

    /// Whether it is connected. It is not any more once both sides have ended, or after a failure.
    pub(in crate::io) fn has_peer(&self) -> bool {
        sys::socket::peer_name(self.raw()).is_ok()
    }

    /// The address at the other end.
    pub fn peer_address(&self) -> io::Result<Address> {
        Address::from_name(&sys::socket::peer_name(self.raw())?)
    }

    /// Takes the pending error: the result of a connect, or why a connection failed.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        sys::option::take_error(self.raw())
    }

    /// Accepts a connection and stores its peer's name.
    pub(in crate::io) fn accept_named(&self, peer: &mut SocketName) -> Result<Self, AcceptError> {
        Ok(Self(sys::socket::accept(self.raw(), peer)?))
    }

    /// Accepts a connection. Get the peer's address from the connection.
    pub fn accept(&self) -> Result<Self, AcceptError> {
        self.accept_named(&mut SocketName::room())
    }

    /// Sends small pieces at once (TCP_NODELAY). Fails on a socket that is not TCP.
    pub fn set_no_delay(&self, on: bool) -> io::Result<()> {
        set(self.raw(), posix::IPPROTO_TCP, posix::TCP_NODELAY, c_int::from(on))
    }

    /// Enables keep-alive probes: after `idle`, then every `interval`; the connection fails after `probes` without a
    /// response. Rounds durations up to seconds. OpenBSD has one set of times for all sockets, which stays as it is.
    pub fn set_keep_alive(&self, idle: Duration, interval: Duration, probes: u8) -> io::Result<()> {
        let fd = self.raw();
        sys::option::set_keep_alive_times(fd, seconds(idle), seconds(interval), c_int::from(probes.max(1)))?;
        set(fd, posix::SOL_SOCKET, posix::SO_KEEPALIVE, 1)
    }

    /// Requests a send buffer of `octets`, which the system may round and limit.
    pub fn set_send_buffer(&self, octets: usize) -> io::Result<()> {
        set(self.raw(), posix::SOL_SOCKET, posix::SO_SNDBUF, size(octets))
    }

    /// Requests a receive buffer of `octets`, which the system may round and limit.
    pub fn set_receive_buffer(&self, octets: usize) -> io::Result<()> {
        set(self.raw(), posix::SOL_SOCKET, posix::SO_RCVBUF, size(octets))
    }

    /// With `true`, closing drops unsent data and resets the connection; with `false`, the default, the system sends it
    /// in the background.
    pub fn set_reset_on_close(&self, reset: bool) -> io::Result<()> {
        sys::option::set_linger(self.raw(), reset)
    }

    pub(in crate::io) fn set_reuse_address(&self) -> io::Result<()> {
        sys::option::set_reuse_address(self.raw())
    }

    pub(in crate::io) fn set_reuse_port(&self) -> io::Result<()> {
        sys::option::set_reuse_port(self.raw())
    }

    /// Limits how much the system accepts beyond the peer's window; otherwise each peer that does not read would occupy
    /// megabytes. Data sent but not acknowledged is not limited. Only Linux and macOS can; on others it does nothing.
    pub(in crate::io) fn set_unsent_max(&self, octets: usize) -> io::Result<()> {
        match sys::option::UNSENT_MAX {
            Some(name) => set(self.raw(), posix::IPPROTO_TCP, name, size(octets)),
            None => Ok(()),
        }
    }

    /// Raises that limit while a file is sent, or sets it back to the default. A limit that the owner chose stays. Returns
    /// whether it changed.
    pub fn widen_for_file(&self, wide: bool) -> bool {
        let wide_max = UNSENT_MAX_OF_FILE;
        let (before, after) = if wide { (UNSENT_MAX, wide_max) } else { (wide_max, UNSENT_MAX) };
        let is_before = |name| get(self.raw(), posix::IPPROTO_TCP, name).is_ok_and(|max| max == size(before));
        sys::option::UNSENT_MAX.is_some_and(is_before) && self.set_unsent_max(after).is_ok()
    }

    /// Listeners: lets connections begin with their first octets (TCP_FASTOPEN), `queue` of them at a time.
    pub(in crate::io) fn set_fast_open(&self, queue: u32) -> io::Result<()> {
        sys::option::set_fast_open(self.raw(), queue)
    }

    /// Marks what is sent with a differentiated services code point. The lower two bits, ECN, stay the system's.
    pub(in crate::io) fn set_dscp(&self, dscp: u8) -> io::Result<()> {
        let class = c_int::from(dscp) << 2;
        if !matches!(self.local_address()?, Address::V6(_)) {
            return set(self.raw(), posix::IPPROTO_IP, posix::IP_TOS, class);
        }
        set(self.raw(), posix::IPPROTO_IPV6, posix::IPV6_TCLASS, class)?;
        // For peers of IPv4 on a socket of both families, where the system lets one set it.
        if cfg!(target_os = "linux") { set(self.raw(), posix::IPPROTO_IP, posix::IP_TOS, class) } else { Ok(()) }
    }

    /// Prefers what the system handles on this CPU.
    #[cfg(target_os = "linux")]
    pub(in crate::io) fn set_incoming_cpu(&self, cpu: u16) -> io::Result<()> {
        set(self.raw(), posix::SOL_SOCKET, posix::SO_INCOMING_CPU, cpu.into())
    }

    /// This system has no such option.
    #[cfg(not(target_os = "linux"))]
    pub(in crate::io) fn set_incoming_cpu(&self, _: u16) -> io::Result<()> {
        Err(io::Error::from_raw_os_error(posix::ENOPROTOOPT))
    }

    pub(in crate::io) fn set_ipv6_only(&self, on: bool) -> io::Result<()> {
        set(self.raw(), posix::IPPROTO_IPV6, posix::IPV6_V6ONLY, c_int::from(on))
    }

    /// The system's number of it.
    #[inline]
    pub fn raw(&self) -> RawSocket {
        #[cfg(unix)]
        return self.0.as_raw_fd();
        #[cfg(windows)]
        return self.0.as_raw_socket();
    }
}

impl From<OwnedSocket> for Socket {
    /// Takes the descriptor unchanged: it must be non-blocking already. [`Socket::adopt`] makes it so.
    fn from(fd: OwnedSocket) -> Self {
        Self(fd)
    }
}

impl From<Socket> for OwnedSocket {
    fn from(socket: Socket) -> Self {
        socket.0
    }
}

#[cfg(unix)]
impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

#[cfg(unix)]
impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawSocket {
        self.raw()
    }
}

#[cfg(windows)]
impl AsRawSocket for Socket {
    fn as_raw_socket(&self) -> RawSocket {
        self.raw()
    }
}

fn seconds(time: Duration) -> c_int {
    let rounded = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    c_int::try_from(rounded.max(1)).unwrap_or(c_int::MAX)
}

fn size(octets: usize) -> c_int {
    c_int::try_from(octets).unwrap_or(c_int::MAX)
}
