//! Options of new sockets, and of the connections that listeners accept.

use super::Socket;
use core::time::Duration;
use std::io;

/// Approximate octets per connection that the system holds beyond the peer's window.
const UNSENT_MAX: usize = 128 << 10;

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

    /// Sets the options of connections, which accepted ones inherit.
    pub(in crate::io) fn apply(&self, socket: &Socket, is_tcp: bool) -> io::Result<()> {
        if is_tcp {
            set_for_server(socket)?;
            if let Some(KeepAlive { idle, interval, probes }) = self.keep_alive {
                socket.set_keep_alive(idle, interval, probes)?;
            }
        }
        if self.send_buffer > 0 {
            socket.set_send_buffer(self.send_buffer)?;
        }
        if self.receive_buffer > 0 { socket.set_receive_buffer(self.receive_buffer) } else { Ok(()) }
    }
}

/// Options of every TCP connection: Linux lets accepted connections inherit them, which saves calls.
pub(super) fn set_for_server(socket: &Socket) -> io::Result<()> {
    socket.set_no_delay(true)?;
    socket.set_unsent_max(UNSENT_MAX)
}
