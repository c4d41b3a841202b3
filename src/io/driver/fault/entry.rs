//! One socket of the driver: what its owner asked for, what the inner driver does, and what is kept between them.

use super::held::Held;
use super::report::Report;
use crate::io::address::Address;
use crate::io::driver::Key;
use crate::io::socket::{AcceptError, Socket};
use std::collections::VecDeque;
use std::io;

/// One socket.
pub(super) struct Entry {
    /// The owner's.
    pub token: u32,
    /// The inner driver's.
    pub inner: Key,
    /// The owner receives; the inner driver does.
    pub wants_input: bool,
    pub is_receiving: bool,
    /// Octets received and not reported, and the end or the error after them.
    pub octets: Vec<u8>,
    pub end: Option<io::Result<()>>,
    /// The peer's end, to be reported while the owner does not receive; whether both directions have ended.
    pub hang_up: Option<bool>,
    /// The owner was told of the peer's end.
    pub knows_end: bool,
    /// The owner accepts; the inner driver does.
    pub wants_connections: bool,
    pub is_accepting: bool,
    /// Connections accepted and not reported, and the error after them.
    pub accepted: VecDeque<(Socket, io::Result<Address>)>,
    pub accept_error: Option<AcceptError>,
    /// A held send.
    pub held: Option<Held>,
    /// Octets that are lent, of each send.
    pub lent: VecDeque<Held>,
    /// The owner waits for room.
    pub waits_for_room: bool,
    /// The owner closed it; one completion follows.
    pub is_closing: bool,
    /// Its TLS records are the kernel's: received without faults.
    pub is_in_kernel: bool,
    /// Batches until what is kept may be reported.
    pub due_in: usize,
}

impl Entry {
    pub fn new(token: u32, inner: Key) -> Self {
        Self {
            token,
            inner,
            wants_input: false,
            is_receiving: false,
            octets: Vec::new(),
            end: None,
            hang_up: None,
            knows_end: false,
            wants_connections: false,
            is_accepting: false,
            accepted: VecDeque::new(),
            accept_error: None,
            held: None,
            lent: VecDeque::new(),
            waits_for_room: false,
            is_closing: false,
            is_in_kernel: false,
            due_in: 0,
        }
    }

    /// All octets that are held or lent.
    pub fn held_and_lent(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().chain(&self.lent)
    }

    /// Whether received octets, or their end, are kept.
    pub fn has_input(&self) -> bool {
        !self.octets.is_empty() || self.end.is_some()
    }

    /// Whether the connection failed, which is reported whether the owner receives or not.
    pub fn has_failed(&self) -> bool {
        matches!(self.end, Some(Err(_)))
    }

    /// Whether the peer's end is to be reported to an owner that does not receive.
    pub fn has_hang_up(&self) -> bool {
        self.hang_up.is_some() && !self.wants_input
    }

    /// Whether input is to be reported.
    pub fn has_due_input(&self) -> bool {
        self.has_failed() || (self.wants_input && self.has_input())
    }

    /// Whether a connection, or the end of accepting, is kept.
    pub fn has_connections(&self) -> bool {
        !self.accepted.is_empty() || self.accept_error.is_some()
    }

    /// Whether anything that arrived is kept.
    pub fn has_arrivals(&self) -> bool {
        self.has_input() || self.has_connections()
    }

    /// Whether a send, or a wait for room, is in progress.
    pub fn is_sending(&self) -> bool {
        self.held.is_some() || self.waits_for_room
    }

    /// Whether there is a held send, and the socket is not known to be full.
    pub fn may_send_held(&self) -> bool {
        self.held.as_ref().is_some_and(|held| !held.is_blocked)
    }

    /// What is to be reported next without another event of the system.
    pub fn next_report(&self) -> Option<Report> {
        if self.is_closing {
            return Some(if self.accepted.is_empty() { Report::Closed } else { Report::Connection });
        }
        let connections = self.wants_connections && self.has_connections();
        let reports = [
            (self.may_send_held(), Report::Held),
            (self.held.is_none() && !self.lent.is_empty(), Report::Release),
            (self.has_due_input(), Report::Input),
            (connections, Report::Connection),
            (self.has_hang_up(), Report::HangUp),
        ];
        reports.into_iter().find_map(|(is_due, report)| is_due.then_some(report))
    }

    /// Whether octets are what is reported next.
    pub fn reports_octets(&self) -> bool {
        self.next_report() == Some(Report::Input) && self.wants_input && !self.octets.is_empty()
    }
}
