//! Minimal UDP, for small protocols beside a server.

use super::Socket;
use crate::io::address::Address;
use crate::io::sys;
use std::io;

/// A bound UDP socket. A driver watches it through [`Submission::Poll`](crate::io::driver::Submission::Poll).
#[derive(Debug)]
pub struct Datagram(Socket);

impl Datagram {
    /// Binds a socket to `address`; [`Address::Any`] uses both families if the host has both.
    pub fn bind(address: &Address) -> io::Result<Self> {
        super::listener::bind_first(address, libc::SOCK_DGRAM, false, |_| Ok(())).map(Self)
    }

    /// Sends one datagram; returns its length.
    pub fn send_to(&self, bytes: &[u8], to: &Address) -> io::Result<usize> {
        sys::socket::send_to(self.0.raw(), bytes, &to.to_name())
    }

    /// Receives one datagram: its full size, and its sender. A size above `into.len()` means that it was truncated.
    pub fn receive_from(&self, into: &mut [u8]) -> io::Result<(usize, Address)> {
        let (size, from) = sys::socket::receive_from(self.0.raw(), into)?;
        Ok((size, Address::from_name(&from)?))
    }

    /// The socket itself, for its addresses and options.
    pub const fn socket(&self) -> &Socket {
        &self.0
    }
}
