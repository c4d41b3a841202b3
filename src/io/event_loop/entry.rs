//! One socket of a loop.

use super::end_told::EndTold;
use super::refused::refused;
use super::wants::Wants;
use crate::error::Error;
use crate::io::driver::{Cancel, Driver, Key, Submission};
use crate::io::socket::{Datagram, SocketFile};

/// What a socket is for, which decides the operations that it takes.
#[derive(Debug)]
pub(super) enum Kind {
    /// The slot is not in use.
    Free,
    /// Accepts connections. The file of a Unix domain listener is removed with it.
    Listener { file: Option<Box<SocketFile>> },
    /// A connection.
    Stream,
    /// A connection whose connect was cancelled: whatever becomes of it, nothing of it is reported.
    Cancelled,
    /// Sends and receives datagrams. The driver watches it as a foreign descriptor, and reports only its readiness.
    Datagrams(Box<Datagram>),
    /// A descriptor owned by others.
    Watched,
    /// The descriptor of another loop, which works when this one says so.
    Guest,
}

/// A slot.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: Key,
    pub token: u64,
    /// The use of the slot; the first is 1, so that no id is 0.
    pub generation: u32,
    /// The next free slot.
    pub link: u32,
    pub kind: Kind,
    pub wants: Wants,
    /// A connect is in progress.
    pub connects: bool,
    /// The peer's end or an error was received: nothing else will be.
    pub has_ended: bool,
    /// What was told of the peer's end, received or not.
    pub end_told: EndTold,
    /// Our sending side was ended by a call.
    pub is_shut: bool,
    /// Its close is pending: no call reaches it any more.
    pub is_closing: bool,
}

impl Entry {
    /// What a socket for datagrams waits for from now on.
    pub fn want(&mut self, driver: &mut Driver, wants: Wants) -> Result<(), Error> {
        let poll = wants.interest().map_or(Submission::Cancel(Cancel::Poll), Submission::Poll);
        driver.submit(self.key, poll).map_err(|error| refused(&error))?;
        self.wants = wants;
        Ok(())
    }
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            key: Key::NONE,
            token: 0,
            generation: 0,
            link: 0,
            kind: Kind::Free,
            wants: Wants::default(),
            connects: false,
            has_ended: false,
            end_told: EndTold::Nothing,
            is_shut: false,
            is_closing: false,
        }
    }
}
