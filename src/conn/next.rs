//! The pull: what comes next out of the lend, in order.

use super::Conn;
use super::event::{Event, Rest};
use super::given_up::given_up;
use super::lifecycle::Due;
use super::progress::Gate;
use super::workspace::Workspace;
use crate::error::Error;
use crate::http1::machine::state::Side;

/// What one look at the input led to.
pub(super) enum Look {
    /// An event for the owner.
    Event(Event),
    /// Something moved; look again.
    Again,
    /// The window's octets are used up, or what is left of them is not enough.
    Starved,
    /// Input must wait.
    Held,
    /// Input waits for good: TLS has failed.
    Failed,
}

impl Conn {
    /// The next event, or why there is none. `lent` is the lend of the last `receive`, unchanged but by this function;
    /// empty when there is none. When the answer is not an event the lend is over and everything left of it is held.
    ///
    /// An error is [`Code::Nomem`](crate::error::Code::Nomem): the connection is then closed.
    #[inline(always)]
    pub fn next(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Result<Event, Rest>, Error> {
        if self.is_websocket() {
            return self.next_frame(ws, lent);
        }
        if !self.is_fresh() {
            return self.next_in_full(ws, lent);
        }
        if self.recv.is_drained() {
            self.drop_head(ws);
            self.recv.end_lend();
            return Ok(Err(Rest::Idle));
        }
        if self.is_full() { self.next_in_full(ws, lent) } else { self.next_request(ws, lent) }
    }

    /// Whether the next exchange may begin: the last one is over, and there is nothing but the lend to look at.
    #[inline(always)]
    fn is_fresh(&self) -> bool {
        let is_plain = self.lifecycle.is_plain_but_head();
        let is_free = !self.queue.has_released() && !self.recv.is_held();
        is_plain && is_free && self.machine.is_fresh_server()
    }

    #[inline(never)]
    pub(super) fn next_in_full(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Result<Event, Rest>, Error> {
        self.end_event(ws);
        if let Some(event) = self.due_event(ws) {
            return Ok(Ok(event));
        }
        if self.lifecycle.is_secured() {
            self.open_lend(ws, lent).map_err(|error| self.lose_lend(ws, error))?;
        }
        let look = self.look(ws, lent);
        self.follow(ws, lent, look)
    }

    /// Looks until there is an event, or none to be had.
    #[inline(never)]
    pub(super) fn follow(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        mut look: Result<Look, Error>,
    ) -> Result<Result<Event, Rest>, Error> {
        let rest = loop {
            match look {
                Ok(Look::Event(event)) => return Ok(Ok(event)),
                Ok(Look::Again) => {}
                Ok(Look::Starved) => {
                    if let Some(event) = self.starved(ws, lent) {
                        return Ok(Ok(event));
                    }
                    break Rest::NeedInput;
                }
                Ok(Look::Held) => break Rest::Paused,
                Ok(Look::Failed) => {
                    if let Some(event) = self.end_of_tls(ws) {
                        return Ok(Ok(event));
                    }
                }
                Err(error) => {
                    self.fail(ws, error);
                    if let Some(event) = self.due_event(ws) {
                        return Ok(Ok(event));
                    }
                }
            }
            look = self.look(ws, lent);
        };
        let rest = self.rest(ws, lent, rest)?;
        Ok(self.given_up_at_rest(ws).ok_or(rest))
    }

    /// What was held just now is more than there is room for, and was given up at once: that is the next event.
    #[inline]
    fn given_up_at_rest(&mut self, ws: &mut Workspace) -> Option<Event> {
        if !self.recv.is_given_up(&ws.held) || self.gate(ws, &[]) != Gate::GivenUp {
            return None;
        }
        let error = self.lose_given_up(ws);
        self.fail(ws, error);
        self.due_event(ws)
    }

    /// Input was given up, and nothing is owed: the error that ends the connection.
    #[cold]
    fn lose_given_up(&mut self, ws: &Workspace) -> Error {
        self.recv.use_up(&ws.held);
        given_up(self.is_websocket())
    }

    /// The octets of the last event are no longer looked at.
    #[inline]
    fn end_event(&mut self, ws: &mut Workspace) {
        if self.lifecycle.is_head_kept() {
            self.end_head(ws);
        }
        self.recv.trim(&mut ws.held);
    }

    /// Gives the head slab back, or keeps only the offer of an upgrade that is not decided.
    #[inline]
    fn end_head(&mut self, ws: &mut Workspace) {
        if !self.machine.has_open_offer() {
            self.drop_head(ws);
        } else if self.lifecycle.is_head_shown() {
            ws.heads.get_mut(self.head).clear_head();
            self.lifecycle.keep_only_offer();
        }
    }

    /// Events that need no input.
    #[inline]
    fn due_event(&mut self, ws: &mut Workspace) -> Option<Event> {
        if self.has_event_due() { self.first_due_event(ws) } else { None }
    }

    #[cold]
    fn first_due_event(&mut self, ws: &mut Workspace) -> Option<Event> {
        if self.queue.has_released() {
            return self.queue.next_released(&mut ws.blocks).map(Event::Released);
        }
        if let Some(due) = self.lifecycle.next_due() {
            return Some(match due {
                Due::Error(error) => Event::Error(error),
                Due::Continue => Event::Continue,
                Due::Writable => Event::Writable,
            });
        }
        self.lifecycle.set_peer_end_told(true);
        Some(Event::PeerEnded)
    }

    #[inline]
    fn look(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        match self.gate(ws, lent) {
            Gate::Open => self.look_at_input(ws, lent),
            Gate::Held(_) => Ok(Look::Held),
            Gate::Failed => Ok(Look::Failed),
            Gate::GivenUp => Err(self.lose_given_up(ws)),
            Gate::Closing => Ok(self.discard(ws, lent)),
        }
    }

    #[inline]
    fn look_at_input(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        match self.machine.theirs() {
            Side::Idle | Side::Await => self.look_for_head(ws, lent),
            Side::Body => self.look_for_body(ws, lent),
            Side::Switched => self.look_for_frame(ws, lent),
            // Behind an unanswered request the gate is open only while nothing is there.
            Side::Done | Side::MightSwitch if self.machine.is_held() => Ok(Look::Starved),
            _ => self.look_after_end(ws, lent),
        }
    }

    /// The window is used up: an answer may be owed, or the peer has ended.
    #[inline]
    fn starved(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Option<Event> {
        if !self.lifecycle.is_open() {
            return None;
        }
        if self.machine.owes_continue() {
            self.send_continue(ws);
        }
        if self.lifecycle.is_secured()
            && let Some(event) = self.end_of_tls(ws)
        {
            return Some(event);
        }
        if self.lifecycle.has_peer_ended() { self.end_of_input(ws, lent) } else { None }
    }

    /// Ends the lend.
    #[inline]
    fn rest(&mut self, ws: &mut Workspace, lent: &[u8], rest: Rest) -> Result<Rest, Error> {
        let stashed = self.recv.stash(&mut ws.held, lent);
        self.recv.end_use(&mut ws.held);
        self.lifecycle.set_input_waiting(rest == Rest::Paused);
        self.transport.end_lend();
        stashed.map_err(|error| self.lose_lend(ws, error))?;
        if self.lifecycle.is_closed() {
            return Ok(Rest::Done);
        }
        Ok(rest)
    }
}
