//! The pull: takes events from the lend, in order.

use crate::conn::discard::Discard;
use crate::conn::ending::Ending;
use crate::conn::event::{Event, NextResult, NotReady, Window};
use crate::conn::evicted::evicted;
use crate::conn::http1::{ErrorAnswer, ExpectContinue, RecvContent, RecvRequest, RecvResponse, WholeContent};
use crate::conn::lifecycle::Due;
use crate::conn::parts::Parts;
use crate::conn::peer_end::PeerEnd;
use crate::conn::place::Place;
use crate::conn::progress::{Gate, Outlook};
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::sealing::Sealing;
use crate::conn::websocket::Recv;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};

/// A connection, for its next event.
pub struct Pull<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Pull<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    #[inline(never)]
    pub fn next_in_full(mut self, lent: &mut [u8]) -> NextResult {
        if self.parts.sides.has(flag::GATHERED) && self.parts.lifecycle.is_head_shown() {
            return self.next_of_gathered(lent);
        }
        self.end_event();
        if let Some(event) = self.due_event() {
            return Ok(Ok(event));
        }
        if self.parts.lifecycle.is_secured() {
            Sealing::of(self.parts, self.ws)
                .open_lend(lent)
                .map_err(|error| Ending::of(self.parts, self.ws).lose_lend(error))?;
        }
        let outcome = self.recv(lent);
        self.follow(lent, outcome)
    }

    /// The last event showed a request whose content is to be gathered: keeps its head.
    #[cold]
    fn next_of_gathered(mut self, lent: &mut [u8]) -> NextResult {
        match WholeContent::of(self.parts, self.ws).begin(lent) {
            Ok(RecvOutcome::Again) => self.next_in_full(lent),
            outcome => self.follow(lent, outcome),
        }
    }

    /// Continues until there is an event, or a reason for none.
    #[inline(never)]
    pub fn follow(&mut self, lent: &mut [u8], mut outcome: Result<RecvOutcome, Error>) -> NextResult {
        let not_ready = loop {
            match outcome {
                Ok(RecvOutcome::Event(event)) => return Ok(Ok(event)),
                Ok(RecvOutcome::Again) => {}
                Ok(RecvOutcome::NeedInput) => {
                    if let Some(event) = self.on_need_input(lent) {
                        return Ok(Ok(event));
                    }
                    break NotReady::NeedInput;
                }
                Ok(RecvOutcome::Paused) => break NotReady::Paused,
                Ok(RecvOutcome::Failed) => {
                    if let Some(event) = Sealing::of(self.parts, self.ws).end_of_tls() {
                        return Ok(Ok(event));
                    }
                }
                Err(error) => {
                    Ending::of(self.parts, self.ws).fail(error);
                    if let Some(event) = self.due_event() {
                        return Ok(Ok(event));
                    }
                }
            }
            outcome = self.recv(lent);
        };
        let not_ready = self.end_lend(lent, not_ready)?;
        Ok(self.evicted_now().ok_or(not_ready))
    }

    /// The octets just held exceed the budget and were evicted at once: that is the next event.
    #[inline]
    fn evicted_now(&mut self) -> Option<Event> {
        if !self.parts.recv.is_evicted(&self.ws.held) || Outlook::of(self.parts, self.ws).gate(&[]) != Gate::Evicted {
            return None;
        }
        let error = self.end_evicted();
        Ending::of(self.parts, self.ws).fail(error);
        self.due_event()
    }

    /// Input was evicted, and no response is owed: the error that ends the connection.
    #[cold]
    fn end_evicted(&mut self) -> Error {
        self.parts.recv.use_up(&self.ws.held);
        evicted(self.parts.is_websocket())
    }

    /// Ends the use of the last event's octets.
    #[inline]
    fn end_event(&mut self) {
        if self.parts.lifecycle.is_head_kept() {
            self.end_head();
        }
        self.parts.recv.trim(&mut self.ws.held);
    }

    /// Returns the head slab, or keeps only the offer of an upgrade that is not decided.
    #[inline]
    fn end_head(&mut self) {
        if !self.parts.protocol.exchange().has_open_offer(&self.parts.sides) {
            self.parts.drop_head(self.ws);
        } else if self.parts.lifecycle.is_head_shown() {
            self.ws.heads.clear(self.parts.head);
            self.parts.lifecycle.keep_only_offer();
        }
    }

    /// Events that need no input.
    #[inline]
    fn due_event(&mut self) -> Option<Event> {
        if self.parts.has_event_due() { self.first_due_event() } else { None }
    }

    #[cold]
    fn first_due_event(&mut self) -> Option<Event> {
        if self.parts.queue.has_released() {
            return self.parts.queue.next_released(&mut self.ws.blocks).map(Event::Released);
        }
        if let Some(due) = self.parts.lifecycle.next_due() {
            return Some(match due {
                Due::Error(error) => Event::Error(error),
                Due::Continue => Event::Continue,
                Due::Writable => Event::Writable,
            });
        }
        self.parts.lifecycle.set_peer_end_reported(true);
        self.parts.timers.report_peer_end(&self.parts.config.clocks);
        Some(Event::PeerEnded)
    }

    #[inline]
    fn recv(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        match Outlook::of(self.parts, self.ws).gate(lent) {
            Gate::Open => self.recv_input(lent),
            Gate::Held(_) => Ok(RecvOutcome::Paused),
            Gate::Failed => Ok(RecvOutcome::Failed),
            Gate::Evicted => Err(self.end_evicted()),
            Gate::Refusing => {
                ErrorAnswer::of(self.parts, self.ws).respond_default()?;
                // Without memory for the response the connection has ended, and reports it.
                Ok(self.due_event().map_or(RecvOutcome::Again, RecvOutcome::Event))
            }
            Gate::Closing => Ok(Discard::of(self.parts, self.ws).discard(lent)),
        }
    }

    #[inline]
    fn recv_input(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        match self.parts.sides.peer_side() {
            Side::Idle | Side::Await => self.recv_head(lent),
            Side::Body => RecvContent::of(self.parts, self.ws).recv_body(lent),
            Side::Switched => Recv::of(self.parts, self.ws).recv_frame(lent),
            // Behind an unanswered request the gate is open only while there is no input.
            Side::Done | Side::MightSwitch if self.parts.sides.must_wait() => Ok(RecvOutcome::NeedInput),
            _ => RecvContent::of(self.parts, self.ws).recv_after_end(lent),
        }
    }

    /// The window is used up: a 100 may be due, or the peer has ended.
    #[inline]
    fn on_need_input(&mut self, lent: &mut [u8]) -> Option<Event> {
        if !self.parts.lifecycle.is_open() {
            return None;
        }
        ExpectContinue::of(self.parts, self.ws).send_if_due();
        if self.parts.lifecycle.is_secured()
            && let Some(event) = Sealing::of(self.parts, self.ws).end_of_tls()
        {
            return Some(event);
        }
        if self.parts.lifecycle.has_peer_ended() { PeerEnd::of(self.parts, self.ws).end_of_input(lent) } else { None }
    }

    /// Ends the lend.
    #[inline]
    fn end_lend(&mut self, lent: &[u8], not_ready: NotReady) -> Result<NotReady, Error> {
        let stashed = self.parts.recv.stash(&mut self.ws.held, lent);
        self.parts.recv.end_use(&mut self.ws.held);
        self.parts.lifecycle.set_input_waiting(not_ready == NotReady::Paused);
        self.parts.transport.end_lend();
        stashed.map_err(|error| Ending::of(self.parts, self.ws).lose_lend(error))?;
        if self.parts.lifecycle.is_closed() {
            return Ok(NotReady::Done);
        }
        Ok(not_ready)
    }

    #[inline]
    fn recv_head(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        if self.parts.recv.is_empty(&self.ws.held) {
            return Ok(RecvOutcome::NeedInput);
        }
        match self.parts.sides.role() {
            Role::Server => RecvRequest::of(self.parts, self.ws).recv_request(lent),
            Role::Client => RecvResponse::of(self.parts, self.ws).recv_response(lent),
        }
    }

    /// A valid, complete request that needs further decisions.
    #[inline(never)]
    pub fn next_after_head(mut self, lent: &mut [u8], base: u32) -> NextResult {
        let parsed = self.ws.heads.get(self.parts.head).head.parsed;
        let outcome =
            RecvRequest::of(self.parts, self.ws).on_request_full(lent, Place { window: Window::Lent, base }, parsed);
        self.follow(lent, outcome)
    }
}
