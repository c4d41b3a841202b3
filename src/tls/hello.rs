//! Reads the server name from a ClientHello (RFC 8446 §4.1.2, RFC 6066 §3) as the message arrives.
//!
//! rustls' unbuffered connections do not expose it. The reader stores one number and the name. It checks only what it
//! needs to find the name, since rustls refuses a malformed message anyway.

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// The field that comes next. Most are named after the length that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Kind,
    Message,
    SessionId,
    Suites,
    Compressions,
    Extensions,
    Extension,
    ServerNames,
    ServerName,
    Name,
    Done,
}

/// Reads one ClientHello.
pub(super) struct Hello {
    part: Part,
    /// Octets to skip before the next number, or octets of the name.
    skip: u32,
    /// The number so far, and how many octets of it are missing.
    number: u32,
    missing: u8,
    /// Octets of extensions still to come.
    extensions: u32,
    name: Vec<u8>,
}

impl Hello {
    /// A reader at the start of a handshake.
    pub fn new(heap: &Heap) -> Self {
        Self { part: Part::Kind, skip: 0, number: 0, missing: 1, extensions: 0, name: Vec::new_in(heap.clone()) }
    }

    /// A reader for a client, which has nothing to read.
    pub fn of_client(heap: &Heap) -> Self {
        Self { part: Part::Done, ..Self::new(heap) }
    }

    /// Whether the name was found, or there is none.
    pub fn is_done(&self) -> bool {
        self.part == Part::Done
    }

    /// The name in lower case; `None`: the client sent no host name.
    pub fn name(&self) -> Option<&str> {
        let is_whole = self.is_done() && !self.name.is_empty();
        if is_whole { core::str::from_utf8(&self.name).ok() } else { None }
    }

    /// There is no ClientHello, or no name in it.
    fn stop(&mut self) {
        self.part = Part::Done;
        self.name = Vec::new_in(self.name.allocator().clone());
    }

    /// Reads the next octets of the message.
    pub fn recv(&mut self, mut octets: &[u8]) -> Result<(), Error> {
        while !octets.is_empty() && !self.is_done() {
            let (skipped, rest) = octets.split_at(octets.len().min(self.skip as usize));
            self.skip -= crate::narrow::place(skipped.len());
            octets = rest;
            match octets.split_first() {
                _ if self.part == Part::Name => self.read_name(skipped),
                Some((&octet, rest)) => {
                    octets = rest;
                    self.read_digit(octet)?;
                }
                None => {}
            }
        }
        Ok(())
    }

    fn read_name(&mut self, octets: &[u8]) {
        self.name.extend_from_slice(octets);
        if self.skip == 0 {
            self.part = Part::Done;
            self.name.make_ascii_lowercase();
            if !is_host(&self.name) {
                self.stop();
            }
        }
    }

    fn read_digit(&mut self, octet: u8) -> Result<(), Error> {
        self.number = self.number << 8 | u32::from(octet);
        self.missing -= 1;
        if self.missing == 0 {
            let number = core::mem::take(&mut self.number);
            self.read_number(number)?;
        }
        Ok(())
    }

    /// Continues with `part`, whose number of `digits` octets follows after `skip` others.
    fn expect(&mut self, part: Part, skip: u32, digits: u8) {
        (self.part, self.skip, self.missing) = (part, skip, digits);
    }

    fn read_number(&mut self, number: u32) -> Result<(), Error> {
        const CLIENT_HELLO: u32 = 1;
        const VERSION_AND_RANDOM: u32 = 2 + 32;
        match self.part {
            Part::Kind if number == CLIENT_HELLO => self.expect(Part::Message, 0, 3),
            Part::Message => self.expect(Part::SessionId, VERSION_AND_RANDOM, 1),
            Part::SessionId => self.expect(Part::Suites, number, 2),
            Part::Suites => self.expect(Part::Compressions, number, 1),
            Part::Compressions => self.expect(Part::Extensions, number, 2),
            _ => self.read_extensions_length(number)?,
        }
        Ok(())
    }

    fn read_extensions_length(&mut self, number: u32) -> Result<(), Error> {
        match self.part {
            Part::Extensions => {
                self.extensions = number;
                self.next_extension(0);
            }
            Part::Extension => self.read_extension(number),
            Part::ServerNames => self.expect(Part::ServerName, 0, 3),
            Part::ServerName => self.begin_name(number)?,
            _ => self.stop(),
        }
        Ok(())
    }

    /// Continues with the next extension, if any, after `skip` octets.
    fn next_extension(&mut self, skip: u32) {
        const HEADER: u32 = 4;
        match self.extensions.checked_sub(skip + HEADER) {
            Some(rest) => {
                self.extensions = rest;
                self.expect(Part::Extension, skip, crate::narrow::octet(HEADER as usize));
            }
            None => self.stop(),
        }
    }

    /// Type and length of an extension, two octets each.
    fn read_extension(&mut self, number: u32) {
        const SERVER_NAME: u32 = 0;
        match (number >> 16, number & 0xffff) {
            (SERVER_NAME, _) => self.expect(Part::ServerNames, 0, 2),
            (_, len) => self.next_extension(len),
        }
    }

    /// Type (one octet) and length (two octets) of a name; reserves memory for a host name.
    fn begin_name(&mut self, number: u32) -> Result<(), Error> {
        const HOST_NAME: u32 = 0;
        const LONGEST: u32 = 255;
        match (number >> 16, number & 0xffff) {
            (HOST_NAME, len @ 1..=LONGEST) => {
                self.name.try_reserve_exact(len as usize).map_err(|_| NO_MEMORY)?;
                self.expect(Part::Name, len, 0);
            }
            _ => self.stop(),
        }
        Ok(())
    }
}

/// Whether `name` can be a DNS name: allowed characters only, and not an address (forbidden by RFC 6066 §3).
fn is_host(name: &[u8]) -> bool {
    let is_letter = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_.".contains(octet);
    let is_address = || name.iter().all(|octet| octet.is_ascii_digit() || *octet == b'.');
    name.iter().all(is_letter) && !is_address()
}

#[cfg(test)]
mod tests;
