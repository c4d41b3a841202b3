//! The next event, by the fast way if possible.
//!
//! Usually the lend begins with a short message, or with a whole request on a fresh connection, and nothing else is in
//! progress. [`Pull`] handles everything else. `docs/pairs.md` lists the pairs.

use super::event::{Event, NotReady};
use super::event_sink::EventSink;
use super::http1::{RecvRequest, Whole};
use super::parts::Parts;
use super::pull::Pull;
use super::shown::Shown;
use super::websocket::{FastMessages, Next};
use super::workspace::Workspace;
use crate::error::Error;
use crate::websocket::machine::MessagePart;

/// What the fast way found.
enum Found {
    /// A whole message at this place of the lend.
    Message(MessagePart),
    /// A request that needs no further decision.
    Request,
    /// No event: the lend is used up, and over.
    Drained,
    /// A parsed request, at this offset of the lend, that needs the full way.
    Parsed(u32),
    /// The full way must continue.
    Other,
}

/// A connection, for its next event.
pub struct NextEvent<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> NextEvent<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The next event by value, or why there is none.
    #[inline(always)]
    pub fn next(mut self, lent: &mut [u8]) -> Result<Result<Event, NotReady>, Error> {
        match self.find(lent) {
            Found::Message(message) => Ok(Ok(Event::of_whole_message(&message))),
            Found::Request => Ok(Ok(Event::Request { last: true })),
            Found::Drained => Ok(Err(NotReady::Idle)),
            Found::Parsed(base) => Pull::of(self.parts, self.ws).next_after_head(lent, base),
            Found::Other => Pull::of(self.parts, self.ws).next_in_full(lent),
        }
    }

    /// The same, passed to `sink` in place.
    #[inline(always)]
    pub fn next_into<S: EventSink>(
        mut self,
        lent: &mut [u8],
        mut sink: S,
    ) -> Result<Result<S::Output, NotReady>, Error> {
        let base = match self.find(lent) {
            Found::Message(message) => return Ok(Ok(sink.message(&message, lent))),
            Found::Request => {
                let shown = Shown::of(self.parts, self.ws);
                return sink.event(Event::Request { last: true }, shown, lent).map(Ok);
            }
            Found::Drained => return Ok(Err(NotReady::Idle)),
            Found::Parsed(base) => Some(base),
            Found::Other => None,
        };
        self.next_in_full_into(lent, base, sink)
    }

    /// The full way, apart, so that the fast one has the registers for itself.
    #[inline(never)]
    fn next_in_full_into<S: EventSink>(
        self,
        lent: &mut [u8],
        parsed: Option<u32>,
        mut sink: S,
    ) -> Result<Result<S::Output, NotReady>, Error> {
        let pull = Pull::of(self.parts, self.ws);
        let found = match parsed {
            Some(base) => pull.next_after_head(lent, base),
            None => pull.next_in_full(lent),
        };
        match found? {
            Ok(event) => sink.event(event, Shown::of(self.parts, self.ws), lent).map(Ok),
            Err(not_ready) => Ok(Err(not_ready)),
        }
    }

    #[inline(always)]
    fn find(&mut self, lent: &mut [u8]) -> Found {
        debug_assert!(self.parts.recv.fits(lent), "`lent` is shorter than the lend of the last `receive`");
        if self.parts.is_websocket() {
            return match FastMessages::of(self.parts, self.ws).next(lent) {
                Next::Message(message) => Found::Message(message),
                Next::Drained => Found::Drained,
                Next::Other => Found::Other,
            };
        }
        if !self.parts.is_fresh() {
            return Found::Other;
        }
        match RecvRequest::of(self.parts, self.ws).recv_whole(lent) {
            Whole::Plain => Found::Request,
            Whole::Drained => Found::Drained,
            Whole::Parsed(base) => Found::Parsed(base),
            Whole::Other => Found::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::conn::{Config, Conn, Workspace};
    use crate::http1::machine::Role;
    use crate::memory::Heap;
    use std::rc::Rc;

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "shorter than the lend")]
    fn a_lend_shorter_than_received_is_a_bug_of_the_caller() {
        let mut ws = Workspace::new(Heap::new(1 << 20), 1 << 16);
        let mut conn = Conn::new(Rc::new(Config::new(Role::Server)), 0).unwrap();
        conn.receive(&mut ws, 2, 0).unwrap();
        let _ = conn.next(&mut ws, &mut [b'G']);
    }
}
