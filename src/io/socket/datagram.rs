//! UDP, as much of it as small protocols beside a server need.

use super::Socket;
use crate::io::address::Address;
use crate::io::sys;
use std::io;

/// A bound UDP socket. A driver watches it through [`Submission::Poll`](crate::io::driver::Submission::Poll).
#[derive(Debug)]
pub struct Datagram(Socket);

impl Datagram {
    /// A socket bound to `address`; [`Address::Any`] takes both families where the host has both.
    pub fn bind(address: &Address) -> io::Result<Self> {
        super::listener::bind_first(address, libc::SOCK_DGRAM, false, |_| Ok(())).map(Self)
    }

    /// Sends one datagram; how many octets the system took (all of them).
    pub fn send_to(&self, bytes: &[u8], to: &Address) -> io::Result<usize> {
        sys::socket::send_to(self.0.raw(), bytes, &to.to_name())
    }

    /// Receives one datagram: its full size, and its sender. A size beyond `into.len()` means that it was cut.
    pub fn receive_from(&self, into: &mut [u8]) -> io::Result<(usize, Address)> {
        let (size, from) = sys::socket::receive_from(self.0.raw(), into)?;
        Ok((size, Address::from_name(&from)?))
    }

    /// The socket itself, for its addresses and options.
    pub const fn socket(&self) -> &Socket {
        &self.0
    }
}
