//! One arrival: its socket, and the beginning of its header.

use super::step::Step;
use crate::error::{Code, Error, Fault};
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
    /// Since when its header is complete, and it waits for a place among the connections.
    complete_at: Option<u64>,
}

impl Arrival {
    /// A socket that was accepted at `at`.
    pub fn new(key: Key, security: Security, at: u64, heap: &Heap) -> Self {
        Self { key, security, at, held: Vec::new_in(heap.clone()), octets_in: 0, complete_at: None }
    }

    pub fn key(&self) -> Key {
        self.key
    }

    /// What becomes a connection now, with the socket of [`key`](Self::key). Its clocks stood still while it waited for a
    /// place, as they do in the backlog.
    pub fn into_incoming(self, socket: Socket, now: u64) -> Incoming {
        let waited = self.complete_at.map_or(0, |since| now.saturating_sub(since));
        Incoming { socket, security: self.security, at: self.at.saturating_add(waited) }
    }

    /// Whether its header is complete, and it waits for a place among the connections.
    pub fn is_complete(&self) -> bool {
        self.complete_at.is_some()
    }

    /// Its header is complete, and it begins to wait.
    pub fn complete(&mut self, now: u64) {
        self.complete_at.get_or_insert(now);
    }

    /// How many octets are held.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// How many octets were received.
    pub fn octets_in(&self) -> u64 {
        self.octets_in
    }

    /// Reads what has come; at most `room` octets more may be held. Never takes an octet behind the header, and none of
    /// a header that is decided where there is no place for a connection.
    pub fn read(&mut self, driver: &Driver, room: usize, has_place: bool) -> Step {
        let Ok(socket) = driver.socket(self.key) else { return Step::Ended };
        let (mut octets, held) = ([0; HEADER_MAX], self.held.len());
        octets[..held].copy_from_slice(&self.held);
        let len = match socket.peek(&mut octets[held..]) {
            Ok(came) if came > 0 => held + came,
            result => return self.without_octets(result, has_place),
        };
        let decoded = decode(&octets[..len]);
        if matches!(decoded, Ok(Decoded::NeedMore)) {
            return if len - held > room { Step::NoRoom(len) } else { self.hold(socket, &mut octets[held..len]) };
        }
        if has_place { self.decide(socket, decoded, &mut octets[held..]) } else { Step::NoPlace }
    }

    /// Takes the rest of a header, which `octets` begin with.
    fn decide(&mut self, socket: &Socket, decoded: Result<Decoded, Error>, octets: &mut [u8]) -> Step {
        match decoded {
            Ok(Decoded::NeedMore) => Step::Waits,
            Ok(Decoded::Header(header)) => {
                let rest = header.consumed - self.held.len();
                if self.take(socket, &mut octets[..rest]) { Step::Decided(Ok(header.told)) } else { Step::Ended }
            }
            Err(error) => Step::Decided(Err(error)),
        }
    }

    /// The peer has ended, its connection failed, or nothing has come after all. A peer that ends without an octet was a
    /// probe of the load balancer, or nobody.
    fn without_octets(&self, result: io::Result<usize>, has_place: bool) -> Step {
        match result {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Step::Waits,
            Ok(_) if !self.held.is_empty() && !has_place => Step::NoPlace,
            Ok(_) if !self.held.is_empty() => Step::Decided(Err(CUT.at(self.held.len() as u64))),
            _ => Step::Ended,
        }
    }

    /// Takes the octets out of the socket, which would report them again and again, and keeps them.
    fn hold(&mut self, socket: &Socket, octets: &mut [u8]) -> Step {
        if self.held.try_reserve(octets.len()).is_err() {
            return Step::NoRoom(usize::MAX);
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
