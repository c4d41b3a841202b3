//! Options of new sockets, and of the connections that listeners accept.

use super::{Socket, UNSENT_MAX};
use core::time::Duration;
use std::io;

/// Options of a new socket; some are for listeners only. Zero is always the system's default.
#[derive(Clone, Copy, Debug, Default)]
pub struct SocketOptions {
    /// Maximum queued connections; the system may limit it further. 0: 1,024, or unchanged for a socket that already
    /// listens.
    pub backlog: u32,
    /// Share the port with other sockets with this option; the system balances them (one listener per thread or
    /// process). TCP only.
    pub reuse_port: bool,
    /// For [`Address::Any`](crate::io::address::Address::Any): only IPv6.
    pub ipv6_only: bool,
    /// Keep-alive probes. TCP only.
    pub keep_alive: Option<KeepAlive>,
    /// Send buffer of connections, in octets; 0: adaptive.
    pub send_buffer: usize,
    /// Receive buffer of connections, in octets; 0: adaptive.
    pub receive_buffer: usize,
    /// Small pieces wait until the peer has acknowledged those before (Nagle's algorithm). Otherwise they are sent at once
    /// (TCP_NODELAY). TCP only.
    pub delay: bool,
    /// Octets per connection that the system takes beyond the peer's window before it is full (TCP_NOTSENT_LOWAT); 0: 128
    /// KiB. TCP only.
    pub unsent_max: usize,
    /// Listeners: connections that may wait while their first octets, which came with their SYN, are not acknowledged
    /// (TCP_FASTOPEN, RFC 7413); 0: off. TCP only. Such octets may come twice.
    pub fast_open: u32,
    /// Differentiated services code point, 0 to 63 (RFC 2474): the upper six bits of IP_TOS or IPV6_TCLASS. TCP and UDP.
    pub dscp: u8,
    /// Prefers what the system handles on this CPU (SO_INCOMING_CPU): with `reuse_port`, one socket per CPU. Linux.
    pub incoming_cpu: Option<u16>,
    /// Hops that a datagram to one receiver may take, 1 to 255 (IP_TTL, IPV6_UNICAST_HOPS). UDP only.
    pub hops: u8,
}

/// Keep-alive parameters, see [`Socket::set_keep_alive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// Idle time before the first probe.
    pub idle: Duration,
    /// Time between probes.
    pub interval: Duration,
    /// Failed probes until the connection fails.
    pub probes: u8,
}

impl SocketOptions {
    /// Sets the options that apply before binding.
    pub(super) fn prepare(&self, socket: &Socket) -> io::Result<()> {
        socket.set_reuse_address()?;
        if self.reuse_port { socket.set_reuse_port() } else { Ok(()) }
    }

    /// Sets the options that only listeners have.
    pub(super) fn apply_to_listener(&self, socket: &Socket, is_tcp: bool) -> io::Result<()> {
        self.apply(socket, is_tcp)?;
        if is_tcp && self.fast_open > 0 {
            socket.set_fast_open(self.fast_open)?;
        }
        self.incoming_cpu.map_or(Ok(()), |cpu| socket.set_incoming_cpu(cpu))
    }

    /// Sets the options of connections, which accepted ones inherit.
    pub(in crate::io) fn apply(&self, socket: &Socket, is_tcp: bool) -> io::Result<()> {
        if is_tcp {
            self.apply_tcp(socket)?;
        }
        if self.send_buffer > 0 {
            socket.set_send_buffer(self.send_buffer)?;
        }
        if self.receive_buffer > 0 { socket.set_receive_buffer(self.receive_buffer) } else { Ok(()) }
    }

    fn apply_tcp(&self, socket: &Socket) -> io::Result<()> {
        socket.set_no_delay(!self.delay)?;
        socket.set_unsent_max(if self.unsent_max == 0 { UNSENT_MAX } else { self.unsent_max })?;
        if self.dscp > 0 {
            socket.set_dscp(self.dscp)?;
        }
        match self.keep_alive {
            Some(KeepAlive { idle, interval, probes }) => socket.set_keep_alive(idle, interval, probes),
            None => Ok(()),
        }
    }
}

/// Options of every TCP connection that was accepted elsewhere. Those of our own listeners inherit theirs, which saves
/// calls: `tests/io_options.rs` proves it for each.
pub(super) fn set_for_server(socket: &Socket) -> io::Result<()> {
    socket.set_no_delay(true)?;
    socket.set_unsent_max(UNSENT_MAX)
}
