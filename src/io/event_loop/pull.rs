//! The driver's completions as those of a loop.
//!
//! A view for one step: finds the socket of a completion, and brings the table up to date with it.

use super::completion::{Completion, Event};
use super::end_told::EndTold;
use super::entry::Kind;
use super::id::SocketId;
use super::inbox::Inbox;
use super::opening::Opening;
use super::posts::Posts;
use super::sockets::Sockets;
use crate::error::Error;
use crate::io::driver::{self, Cancel, Driver, Interest, Readiness, Submission};
use crate::io::fault;
use crate::io::socket::{AcceptError, Receipt, Socket};
use std::io;

/// A loop, for its next completion.
pub(super) struct Pull<'a> {
    pub driver: &'a mut Driver,
    pub sockets: &'a mut Sockets,
    pub posts: &'a mut Posts,
    pub inbox: &'a mut Inbox,
}

impl Pull<'_> {
    /// The next completion of the driver's batch; `None` at its end.
    pub fn next(mut self) -> Option<Completion> {
        while let Some(done) = self.driver.next() {
            if let Some(completion) = self.convert(done) {
                return Some(completion);
            }
        }
        None
    }

    fn convert(&mut self, done: driver::Completion) -> Option<Completion> {
        if matches!(done.event, driver::Event::Woken) {
            self.posts.take();
            return None;
        }
        let slot = done.token;
        let (socket, token) = (self.sockets.id(slot), self.sockets.get(slot).token);
        let event = match done.event {
            driver::Event::Accepted(result) => Event::Accepted(self.accepted(slot, result)),
            driver::Event::Ready(readiness) => self.ready(slot, readiness)?,
            driver::Event::Closed => {
                drop(self.sockets.empty(slot));
                Event::Closed
            }
            event => self.of_stream(slot, event)?,
        };
        self.note(slot, &event);
        Some(Completion { socket, token, event })
    }

    /// No socket of a loop has records in the kernel.
    fn of_stream(&mut self, slot: u32, event: driver::Event) -> Option<Event> {
        match event {
            _ if matches!(self.sockets.get(slot).kind, Kind::Cancelled) => None,
            // The end comes once; a reset after it says that nothing sent arrives.
            driver::Event::Received(_) if self.sockets.get(slot).has_ended => self.hung_up(slot, true),
            driver::Event::HungUp { both } => self.hung_up(slot, both),
            driver::Event::Connected(result) => Some(Event::Connected(told(result))),
            driver::Event::Received(result) => Some(Event::Received(told(result))),
            driver::Event::Sent(result) => Some(Event::Sent(told(result))),
            driver::Event::Released(release) => Some(Event::Released(release)),
            _ => None,
        }
    }

    /// The owner of a socket that was shut down knows that it sends no more: to it only the peer's end is news.
    fn hung_up(&mut self, slot: u32, both: bool) -> Option<Event> {
        let entry = self.sockets.get_mut(slot);
        let both = both && !entry.is_shut;
        let news = if both { EndTold::Both } else { EndTold::Peer };
        let is_news = news > entry.end_told;
        entry.end_told = news.max(entry.end_told);
        is_news.then_some(Event::HungUp { both })
    }

    /// What the loop knows of a socket after an event of it.
    fn note(&mut self, slot: u32, event: &Event) {
        let entry = self.sockets.get_mut(slot);
        match event {
            Event::Sent(_) => (entry.wants.room, entry.wants.held) = (false, false),
            Event::Received(Ok(0)) => (entry.has_ended, entry.end_told) = (true, entry.end_told.max(EndTold::Peer)),
            Event::Connected(Ok(())) => entry.connects = false,
            // A failed connection waits for nothing any more; what is held comes back.
            Event::Received(Err(_)) | Event::Connected(Err(_)) => {
                entry.connects = false;
                entry.has_ended = true;
                entry.wants.room &= entry.wants.held;
            }
            _ => {}
        }
    }

    /// Without memory for it a connection is closed, and accepting ends, as with every error.
    fn accepted(&mut self, listener: u32, result: Result<Socket, AcceptError>) -> Result<SocketId, Error> {
        match result {
            Ok(socket) => {
                let opened = Opening::new(self.driver, self.sockets, self.inbox, 0).take(socket, Kind::Stream);
                opened.inspect_err(|_| {
                    // It is there, or its close is pending and it accepts no more.
                    let _ = self.driver.submit(self.sockets.get(listener).key, Submission::Cancel(Cancel::Accept));
                })
            }
            Err(AcceptError::Exhausted(error) | AcceptError::Fatal(error) | AcceptError::Transient(error)) => {
                Err(fault(&error))
            }
            Err(AcceptError::WouldBlock) => Err(fault(&io::ErrorKind::WouldBlock.into())),
        }
    }

    /// A guest is polled until it is closed.
    fn ready(&mut self, slot: u32, readiness: Readiness) -> Option<Event> {
        let entry = self.sockets.get(slot);
        match entry.kind {
            Kind::Guest => {
                // Fails only if its owner has closed the descriptor.
                let _ = self.driver.submit(entry.key, Submission::Poll(Interest::READABLE));
                Some(Event::Guest)
            }
            Kind::Datagrams(_) => {
                let event = self.datagrams(slot, readiness);
                let entry = self.sockets.get(slot);
                if let Some(interest) = entry.wants.interest() {
                    // It was polled before.
                    let _ = self.driver.submit(entry.key, Submission::Poll(interest));
                }
                event
            }
            _ => Some(Event::Ready(readiness)),
        }
    }

    /// Of a socket that has both input and room, one is told in each turn, by turns.
    fn datagrams(&mut self, slot: u32, readiness: Readiness) -> Option<Event> {
        let entry = self.sockets.get_mut(slot);
        let Kind::Datagrams(datagram) = &entry.kind else { return None };
        if entry.wants.take_room(readiness) {
            return Some(Event::Sent(Ok(0)));
        }
        if !entry.wants.take_input() {
            return None;
        }
        match datagram.receive(self.inbox.batch_mut()?) {
            Ok(Receipt::Datagrams(_)) => Some(Event::Datagrams(Ok(()))),
            Ok(Receipt::Undelivered(error)) => Some(Event::Undelivered(fault(&error))),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => None,
            Err(error) => {
                entry.wants.input = false;
                Some(Event::Datagrams(Err(fault(&error))))
            }
        }
    }
}

fn told<T>(result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|error| fault(&error))
}
