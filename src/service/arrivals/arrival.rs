//! One arrival: its socket, and the beginning of its header.

use super::step::Step;
use crate::error::{Code, Fault};
use crate::io::driver::{Driver, Key};
use crate::io::socket::Socket;
use crate::memory::{Bytes, Heap, Vec};
use crate::proxy::{Decoded, HEADER_MAX, decode};
use crate::service::incoming::Incoming;
use crate::service::security::Security;
use std::io;

static CUT: Fault = Fault::new(Code::ProxyHeader, 0, c"PP-01", c"the peer ended inside its PROXY header");

/// One arrival.
pub struct Arrival {
    key: Key,
    security: Security,
    at: u64,
    /// The octets taken from the socket: none behind the header, and none of one that comes whole.
    held: Bytes,
    octets_in: u64,
}

impl Arrival {
    /// A socket that was accepted at `at`.
    pub fn new(key: Key, security: Security, at: u64, heap: &Heap) -> Self {
        Self { key, security, at, held: Vec::new_in(heap.clone()), octets_in: 0 }
    }

    pub fn key(&self) -> Key {
        self.key
    }

    /// What becomes a connection, with the socket of [`key`](Self::key).
    pub fn into_incoming(self, socket: Socket) -> Incoming {
        Incoming { socket, security: self.security, at: self.at }
    }

    /// How many octets are held.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// How many octets were received.
    pub fn octets_in(&self) -> u64 {
        self.octets_in
    }

    /// Reads what has come; at most `room` octets more may be held. Never takes an octet behind the header.
    pub fn read(&mut self, driver: &Driver, room: usize) -> Step {
        let Ok(socket) = driver.socket(self.key) else { return Step::Ended };
        let (mut octets, held) = ([0; HEADER_MAX], self.held.len());
        octets[..held].copy_from_slice(&self.held);
        let len = match socket.peek(&mut octets[held..]) {
            Ok(came) if came > 0 => held + came,
            result => return self.without_octets(result),
        };
        match decode(&octets[..len]) {
            Ok(Decoded::NeedMore) if len - held > room => Step::NoRoom,
            Ok(Decoded::NeedMore) => self.hold(socket, &mut octets[held..len]),
            Ok(Decoded::Header(header)) => {
                let is_taken = self.take(socket, &mut octets[held..header.consumed]);
                if is_taken { Step::Decided(Ok(header.told)) } else { Step::Ended }
            }
            Err(error) => Step::Decided(Err(error)),
        }
    }

    /// The peer has ended, its connection failed, or nothing has come after all. A peer that ends without an octet was a
    /// probe of the load balancer, or nobody.
    fn without_octets(&self, result: io::Result<usize>) -> Step {
        match result {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Step::Waits,
            Ok(_) if !self.held.is_empty() => Step::Decided(Err(CUT.at(self.held.len() as u64))),
            _ => Step::Ended,
        }
    }

    /// Takes the octets out of the socket, which would report them again and again, and keeps them.
    fn hold(&mut self, socket: &Socket, octets: &mut [u8]) -> Step {
        if self.held.try_reserve(octets.len()).is_err() {
            return Step::NoRoom;
        }
        if !self.take(socket, octets) {
            return Step::Ended;
        }
        self.held.extend_from_slice(octets);
        Step::Waits
    }

    /// Takes octets that are there; returns whether all of them were.
    fn take(&mut self, socket: &Socket, octets: &mut [u8]) -> bool {
        let len = octets.len();
        self.octets_in += len as u64;
        socket.receive(octets).is_ok_and(|taken| taken == len)
    }
}
