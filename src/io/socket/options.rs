//! Options of a socket, those that servers and clients turn.

use super::Socket;
use crate::io::sys::option::set;
use core::time::Duration;
use libc::c_int;
use std::io;

impl Socket {
    /// Sends small pieces at once instead of collecting them (TCP_NODELAY). An error on a socket that is not TCP.
    pub fn set_no_delay(&self, on: bool) -> io::Result<()> {
        set(self.raw(), libc::IPPROTO_TCP, libc::TCP_NODELAY, c_int::from(on))
    }

    /// Lets the system probe an idle TCP connection after `idle`, then every `interval`, and fail it after `probes`
    /// unanswered ones. Durations are rounded up to seconds.
    pub fn set_keep_alive(&self, idle: Duration, interval: Duration, probes: u8) -> io::Result<()> {
        let fd = self.raw();
        set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, seconds(idle))?;
        set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, seconds(interval))?;
        set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPCNT, c_int::from(probes.max(1)))?;
        set(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE, 1)
    }

    /// Asks for a send buffer of `octets` in the system, which may round and limit it.
    pub fn set_send_buffer(&self, octets: usize) -> io::Result<()> {
        set(self.raw(), libc::SOL_SOCKET, libc::SO_SNDBUF, size(octets))
    }

    /// Asks for a receive buffer of `octets` in the system, which may round and limit it.
    pub fn set_receive_buffer(&self, octets: usize) -> io::Result<()> {
        set(self.raw(), libc::SOL_SOCKET, libc::SO_RCVBUF, size(octets))
    }

    /// With `true`, closing drops what is not yet sent and the peer sees a reset; with `false`, the default, the system
    /// goes on sending in the background.
    pub fn set_reset_on_close(&self, reset: bool) -> io::Result<()> {
        crate::io::sys::option::set_linger(self.raw(), reset)
    }

    pub(super) fn set_reuse_address(&self) -> io::Result<()> {
        set(self.raw(), libc::SOL_SOCKET, libc::SO_REUSEADDR, 1)
    }

    pub(super) fn set_reuse_port(&self) -> io::Result<()> {
        set(self.raw(), libc::SOL_SOCKET, libc::SO_REUSEPORT, 1)
    }

    /// The system takes no more than so many octets ahead of what the peer's window lets it send, or there would be megabytes of it for each
    /// peer that does not read. What it sent and keeps until it is acknowledged is as much as before.
    pub(super) fn set_unsent_max(&self, octets: usize) -> io::Result<()> {
        set(self.raw(), libc::IPPROTO_TCP, libc::TCP_NOTSENT_LOWAT, size(octets))
    }

    pub(super) fn set_ipv6_only(&self, on: bool) -> io::Result<()> {
        set(self.raw(), libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, c_int::from(on))
    }
}

fn seconds(time: Duration) -> c_int {
    let rounded = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    c_int::try_from(rounded.max(1)).unwrap_or(c_int::MAX)
}

fn size(octets: usize) -> c_int {
    c_int::try_from(octets).unwrap_or(c_int::MAX)
}
