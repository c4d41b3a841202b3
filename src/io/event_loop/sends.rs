//! The sends of one socket of a loop.
//!
//! A view for one call, of a socket that sends nothing else. Whatever is not sent at once leads to one
//! [`Event::Sent`](super::Event::Sent), and to no other send before it.

use super::entry::{Entry, Kind};
use super::refused::{OTHER, refused};
use super::wants::Wants;
use crate::error::Error;
use crate::io::descriptor::RawFile;
use crate::io::driver::{Driver, Gather, Sent, Submission, ZeroCopy};
use crate::io::fault;
use crate::io::socket::{Outgoing, SendError};
use std::io;

/// A socket that sends.
#[derive(Debug)]
pub struct Sends<'a> {
    driver: &'a mut Driver,
    entry: &'a mut Entry,
}

impl<'a> Sends<'a> {
    pub(super) fn new(driver: &'a mut Driver, entry: &'a mut Entry) -> Self {
        Self { driver, entry }
    }

    /// Waits for room, once.
    pub fn room(self) -> Result<(), Error> {
        if matches!(self.entry.kind, Kind::Datagrams(_)) {
            let wants = Wants { room: true, ..self.entry.wants };
            return self.entry.want(self.driver, wants);
        }
        self.driver.submit(self.entry.key, Submission::Room).map_err(|error| refused(&error))?;
        self.entry.wants.room = true;
        Ok(())
    }

    /// Sends gathered octets, the first of `offered`; see [`Driver::send_gather`].
    pub fn send(self, octets: &Gather<'_>, offered: u64) -> Result<Sent, Error> {
        let Kind::Stream = self.entry.kind else { return Err(OTHER.at(0)) };
        let sent = self.driver.send_gather(self.entry.key, octets);
        self.note(sent, offered)
    }

    /// The same without copying, where the driver can; see [`Driver::send_zero_copy`]. Also tells whether the octets are lent, perhaps
    /// by a send that failed.
    pub fn send_zero_copy(self, octets: &Gather<'_>, offered: u64) -> (Result<Sent, Error>, bool) {
        let Kind::Stream = self.entry.kind else { return (Err(OTHER.at(0)), false) };
        let ZeroCopy { sent, is_lent } = self.driver.send_zero_copy(self.entry.key, octets);
        (self.note(sent, offered), is_lent)
    }

    /// Sends at most `len` octets of a file from `offset`; see [`Driver::send_file`].
    pub fn send_file(self, from: RawFile, offset: u64, len: u64) -> Result<Sent, Error> {
        let Kind::Stream = self.entry.kind else { return Err(OTHER.at(0)) };
        let sent = self.driver.send_file(self.entry.key, from, offset, len);
        self.note(sent, len)
    }

    /// A send that is over before all of the `offered` octets, so that others get their turns, waits for room.
    fn note(self, sent: io::Result<Sent>, offered: u64) -> Result<Sent, Error> {
        let sent = sent.map_err(|error| refused(&error))?;
        match sent {
            Sent::Done(taken) if (taken as u64) < offered => return self.room().map(|()| Sent::Room(taken)),
            Sent::Done(_) => {}
            Sent::Room(_) => self.entry.wants.room = true,
            Sent::Held => (self.entry.wants.room, self.entry.wants.held) = (true, true),
        }
        Ok(sent)
    }

    /// Sends datagrams; see [`Datagram::send`](crate::io::socket::Datagram::send). [`Sent`] counts datagrams. An error is of
    /// the first; where a later one has no room or is wrong, the answer is [`Sent::Room`].
    pub fn send_datagrams(self, datagrams: &[Outgoing<'_>]) -> Result<Sent, Error> {
        let Kind::Datagrams(datagram) = &self.entry.kind else { return Err(OTHER.at(0)) };
        let sent = datagram.send(datagrams);
        if datagram.has_news() && self.entry.wants.input {
            let wants = Wants { news: true, ..self.entry.wants };
            self.entry.want(self.driver, wants)?;
        }
        match sent {
            Ok(taken) if taken == datagrams.len() => Ok(Sent::Done(taken)),
            Ok(taken) => self.room().map(|()| Sent::Room(taken)),
            Err(SendError::WouldBlock) => self.room().map(|()| Sent::Room(0)),
            Err(error) => Err(fault(&error.into())),
        }
    }
}
