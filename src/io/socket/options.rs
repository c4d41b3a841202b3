//! How a socket listens, and what its connections inherit.

use super::Socket;
use core::time::Duration;
use std::io;

/// Octets that the system holds for one connection and its peer has no window for, about.
const UNSENT_MAX: usize = 128 << 10;

/// How to listen. Every zero is the system's default.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListenOptions {
    /// Connections that may wait to be accepted; the system may limit it further. 0: 1,024, and for a socket that listens already what
    /// it has.
    pub backlog: u32,
    /// Share the port with other sockets that ask the same, which the system then balances (one listener for each
    /// thread or process). TCP only.
    pub reuse_port: bool,
    /// For every address of this host: IPv6 alone, not IPv4 as well.
    pub ipv6_only: bool,
    /// The system probes idle connections. TCP only.
    pub keep_alive: Option<KeepAlive>,
    /// Octets of the send buffer that connections ask for; 0: the system adapts it.
    pub send_buffer: usize,
    /// Octets of the receive buffer that connections ask for; 0: the system adapts it.
    pub receive_buffer: usize,
}

/// When a connection is probed, see [`Socket::set_keep_alive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// How long it is idle before.
    pub idle: Duration,
    /// Between two probes.
    pub interval: Duration,
    /// How many are not answered before it fails.
    pub probes: u8,
}

impl ListenOptions {
    /// What is set before the socket is bound, and not any more then.
    pub(super) fn prepare(&self, socket: &Socket) -> io::Result<()> {
        socket.set_reuse_address()?;
        if self.reuse_port { socket.set_reuse_port() } else { Ok(()) }
    }

    /// What connections inherit from the socket that they are accepted on.
    pub(super) fn apply(&self, socket: &Socket, is_tcp: bool) -> io::Result<()> {
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

/// What every TCP connection of a server has: Linux lets accepted connections inherit it, which spares calls for each of them.
pub(super) fn set_for_server(socket: &Socket) -> io::Result<()> {
    socket.set_no_delay(true)?;
    socket.set_unsent_max(UNSENT_MAX)
}
