//! UDP below the driver: sockets, batches of datagrams in both directions, and options.
//!
//! - [`Datagram`]: the socket. One system call receives a batch, and one per 64 datagrams sends one.
//! - [`ReceiveBatch`]: memory for received datagrams, made once; [`Received`] is one of them.
//! - [`Outgoing`]: a datagram to be sent; [`SendError`] says why the first of a list was not.
//! - [`Multicast`]: groups, and how datagrams to them are sent.
//!
//! This module uses `sys` and [`Address`], and no driver. It never waits, retries later, resolves a name or queues a
//! datagram, and it allocates in [`ReceiveBatch::new`] only.

mod batch;
mod config;
mod ecn;
mod local;
mod multicast;
mod outgoing;
mod receipt;
mod received;
mod send_error;
mod sender;
mod undelivered;

use super::{Socket, SocketOptions};
use crate::io::address::Address;
use crate::io::sys;
use crate::io::sys::datagram::{offload, option};
use crate::io::sys::option::set;
use crate::io::sys::posix;
use crate::io::sys::posix::{SOL_SOCKET, c_int};
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use sender::Sender;
use std::io;
use undelivered::Undelivered;

pub use batch::ReceiveBatch;
pub use config::BatchConfig;
pub use ecn::Ecn;
pub use local::Local;
pub use multicast::Multicast;
pub use outgoing::Outgoing;
pub use receipt::Receipt;
pub use received::Received;
pub use send_error::SendError;

/// A bound UDP socket. A driver watches it through [`Submission::Poll`](crate::io::driver::Submission::Poll).
///
/// Options without an error of their own fail only as setsockopt(2) does on a socket of another kind. On a socket of both
/// families each applies to both.
#[derive(Debug)]
pub struct Datagram {
    socket: Socket,
    is_ipv6: bool,
    /// Whether we cut segments because the system does not.
    cuts_itself: AtomicBool,
    /// As last set here: an ECN mark of one datagram replaces the whole octet.
    traffic_class: AtomicU8,
    undelivered: Undelivered,
}

impl Datagram {
    /// Binds a socket to `address`; [`Address::Any`] uses both families if the host has both. Fails for Unix domain
    /// names (`EAFNOSUPPORT`).
    pub fn bind(address: &Address) -> io::Result<Self> {
        Self::bind_with(address, &SocketOptions::default())
    }

    /// The same, with options: reuse of the port, the sizes of buffers, DSCP, hops, and the CPU. Those of streams have no effect.
    pub fn bind_with(address: &Address, options: &SocketOptions) -> io::Result<Self> {
        if address.is_unix() {
            return Err(io::Error::from_raw_os_error(posix::EAFNOSUPPORT));
        }
        let prepare = |socket: &Socket| if options.reuse_port { socket.set_reuse_port() } else { Ok(()) };
        let socket = super::listener::bind_first(address, posix::SOCK_DGRAM, options.ipv6_only, prepare)?;
        options.apply(&socket, false)?;
        options.incoming_cpu.map_or(Ok(()), |cpu| socket.set_incoming_cpu(cpu))?;
        Self::adopt(socket)?.marked(options)
    }

    /// With the options of what is sent.
    fn marked(self, options: &SocketOptions) -> io::Result<Self> {
        if options.dscp > 0 {
            self.set_traffic_class(options.dscp << 2)?;
        }
        if options.hops > 0 {
            self.set_ttl(options.hops)?;
        }
        Ok(self)
    }

    /// A socket for datagrams that was made elsewhere, and is non-blocking.
    pub fn adopt(socket: Socket) -> io::Result<Self> {
        let is_ipv6 = matches!(socket.local_address()?, Address::V6(_));
        let cuts_itself = !offload::cuts(socket.raw());
        Ok(Self {
            socket,
            is_ipv6,
            cuts_itself: AtomicBool::new(cuts_itself),
            traffic_class: AtomicU8::new(0),
            undelivered: Undelivered::none(),
        })
    }

    /// Sends to `peer` what names no peer of its own, and receives from `peer` alone. Only a connected socket learns of
    /// ICMP errors. Does not wait, and does not reach the peer. Fails without a route (`ENETUNREACH`), and for a
    /// broadcast address without [`set_broadcast`](Self::set_broadcast) (`EACCES`).
    pub fn connect(&self, peer: &Address) -> io::Result<()> {
        option::connect(self.socket.raw(), &peer.to_name())
    }

    /// Undoes [`connect`](Self::connect). A port that the system chose is given up: the socket receives again once a send
    /// or connect has given it another one.
    pub fn disconnect(&self) -> io::Result<()> {
        option::disconnect(self.socket.raw())
    }

    /// Receives the datagrams that wait, as many as the batch has room for, with one system call. Replaces what the batch
    /// had. Fails with `WouldBlock` if none waits.
    ///
    /// An ICMP error is [`Receipt::Undelivered`], and the next call goes on.
    pub fn receive(&self, into: &mut ReceiveBatch) -> io::Result<Receipt> {
        let earlier = self.undelivered.take();
        if let Some(error) = earlier {
            into.clear();
            return Ok(Receipt::Undelivered(error));
        }
        match into.fill(self.socket.raw()) {
            Ok(count) => Ok(Receipt::Datagrams(count)),
            Err(error) if undelivered::is_icmp(&error) => Ok(Receipt::Undelivered(error)),
            Err(error) => Err(error),
        }
    }

    /// Sends the datagrams in order, with one system call per 64. Returns how many the system took: at least one, unless
    /// the list is empty. If that is not all, it stopped at the next one, and a send of the rest returns the reason.
    ///
    /// An error means that none was taken. [`SendError::WouldBlock`] could be of any datagram; every other error is of
    /// the first, and the caller may leave that one out and go on.
    ///
    /// An ICMP error found here is of an earlier datagram: the next [`receive`](Self::receive) returns it, although the
    /// socket may not become readable.
    ///
    /// Where the system does not cut segments, this does. A datagram is then taken once its first segment is; the others
    /// may get lost if the send buffer is full.
    pub fn send(&self, datagrams: &[Outgoing<'_>]) -> Result<usize, SendError> {
        Sender {
            socket: &self.socket,
            is_ipv6: self.is_ipv6,
            traffic_class: self.traffic_class.load(Ordering::Relaxed),
            cuts_itself: &self.cuts_itself,
            undelivered: &self.undelivered,
        }
        .send(datagrams)
    }

    /// Whether a send came upon an ICMP error, which the next [`receive`](Self::receive) returns.
    pub fn has_news(&self) -> bool {
        self.undelivered.is_some()
    }

    /// Sends one datagram; returns its length.
    pub fn send_to(&self, bytes: &[u8], to: &Address) -> io::Result<usize> {
        sys::socket::send_to(self.socket.raw(), bytes, &to.to_name())
    }

    /// Receives one datagram: its full size, and its sender. A size above `into.len()` means that it was truncated. An
    /// ICMP error is an error here, and the next call goes on.
    pub fn receive_from(&self, into: &mut [u8]) -> io::Result<(usize, Address)> {
        if let Some(error) = self.undelivered.take() {
            return Err(error);
        }
        let (size, from) = sys::socket::receive_from(self.socket.raw(), into)?;
        Ok((size, Address::from_name(&from)?))
    }

    /// The socket itself, for its addresses and buffer sizes.
    pub const fn socket(&self) -> &Socket {
        &self.socket
    }

    /// The socket, without what this knows of it.
    pub fn into_socket(self) -> Socket {
        self.socket
    }

    /// Options of multicast.
    pub const fn multicast(&self) -> Multicast<'_> {
        Multicast::new(&self.socket, self.is_ipv6)
    }

    /// Allows sending to broadcast addresses (SO_BROADCAST), which otherwise fails with `EACCES`. Off at first.
    pub fn set_broadcast(&self, on: bool) -> io::Result<()> {
        set(self.socket.raw(), SOL_SOCKET, posix::SO_BROADCAST, c_int::from(on))
    }

    /// Hops that a datagram to one receiver may take (IP_TTL, IPV6_UNICAST_HOPS). Fails for 0 (`EINVAL`).
    pub fn set_ttl(&self, hops: u8) -> io::Result<()> {
        self.set_both(posix::IP_TTL, posix::IPV6_UNICAST_HOPS, c_int::from(hops))
    }

    /// The octet with DSCP in its upper six bits and ECN in its lower two (IP_TOS, IPV6_TCLASS), for every datagram
    /// without an ECN mark of its own, which replaces the lower two.
    pub fn set_traffic_class(&self, class: u8) -> io::Result<()> {
        self.set_both(posix::IP_TOS, posix::IPV6_TCLASS, c_int::from(class))?;
        self.traffic_class.store(class, Ordering::Relaxed);
        Ok(())
    }

    /// Shows the ECN marks of received datagrams (IP_RECVTOS, IPV6_RECVTCLASS), see [`Received::ecn`]. Off at first.
    /// Fails with `Unsupported` on NetBSD and OpenBSD.
    pub fn set_receive_ecn(&self, on: bool) -> io::Result<()> {
        option::set_receive_class(self.socket.raw(), self.is_ipv6, on)
    }

    /// Shows which local address and interface a datagram came to (IP_PKTINFO, IPV6_RECVPKTINFO), see
    /// [`Received::local`]. Off at first. Fails with `Unsupported` over IPv4 on FreeBSD and OpenBSD.
    pub fn set_receive_local(&self, on: bool) -> io::Result<()> {
        option::set_receive_local(self.socket.raw(), self.is_ipv6, on)
    }

    /// Lets the system join datagrams of one sender and one size (UDP_GRO), see [`Received::segment`]. Use a batch of
    /// [`BatchConfig::COALESCED`], since a smaller one cuts them. Fails with `ENOPROTOOPT` if the system cannot. Off at
    /// first.
    pub fn set_coalesce(&self, on: bool) -> io::Result<()> {
        offload::set_joins(self.socket.raw(), on)
    }

    /// Sets an option of IPv4, and on a socket of IPv6 the one of that family too.
    fn set_both(&self, v4: c_int, v6: c_int, value: c_int) -> io::Result<()> {
        option::set_both(self.socket.raw(), self.is_ipv6, [v4, v6], value)
    }
}
