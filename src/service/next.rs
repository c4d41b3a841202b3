//! The pull: what happens next, wherever it happens.

use super::slots::flag;
use super::time::NEVER;
use super::{Event, EventKind, EventSink, EventView, Id, NONE, Next, Polled, Server};
use crate::conn;
use crate::error::Error;
use crate::io::driver::Sent;
use crate::io::fault;
use crate::narrow::place;
use crate::websocket::machine::Heard;
use core::ffi::c_void;

/// Why a wait is over.
enum Waited {
    /// There may be something to do.
    Batch,
    Timeout,
    Done,
}

/// Hands events of connections out by value.
struct Take;

impl EventSink for Take {
    type Made = Event;

    fn show(&mut self, view: EventView<'_>) -> Event {
        Event { id: view.id, user: view.user, kind: EventKind::Conn(view.event) }
    }

    fn message(&mut self, id: Id, user: *mut c_void, _: &[u8], heard: &Heard) -> Event {
        let span = conn::Span { window: conn::Window::Lent, offset: place(heard.offset), len: place(heard.len) };
        Event {
            id,
            user,
            kind: EventKind::Conn(conn::Event::Message { span, text: heard.text, first: true, last: true }),
        }
    }
}

impl Server {
    /// The next event, `Timeout` after `timeout` milliseconds (`None`: never), or `Done` when the server is drained. Ends the
    /// event before: its head and octets are no longer there.
    ///
    /// An error is the system's: a listener or the wait failed. The server can go on.
    pub fn next(&mut self, timeout: Option<u64>) -> Result<Next, Error> {
        if let Some(event) = self.next_in_lane(&mut Take) {
            return Ok(Next::Event(event));
        }
        self.next_into(timeout, &mut Take).map(|pulled| match pulled {
            Polled::Conn(event) | Polled::Own(event) => Next::Event(event),
            Polled::Timeout => Next::Timeout,
            Polled::Done => Next::Done,
        })
    }

    /// As [`next`](Self::next), with an event of a connection given to `show` where it lies instead of being handed out: what is
    /// to be made of it is made without being looked up again. It goes on where [`next_in_lane`](Self::next_in_lane) answered
    /// `None`, whose event it ends otherwise.
    #[inline(always)]
    pub fn next_into<S: EventSink>(&mut self, timeout: Option<u64>, show: &mut S) -> Result<Polled<S::Made>, Error> {
        let mut until = None;
        loop {
            if self.turn == NONE {
                if let Some((token, len)) = self.driver.next_received() {
                    if let Some(made) = self.begin_turn(token, len, show) {
                        return Ok(Polled::Conn(made));
                    }
                } else if let Some(pulled) = self.next_of_none(timeout, &mut until)? {
                    return Ok(pulled);
                }
            }
            if self.turn != NONE
                && let Some(pulled) = self.pull(show)
            {
                return Ok(pulled);
            }
        }
    }

    /// What there is to do where nothing was received.
    #[inline(always)]
    fn next_of_none<T>(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Option<Polled<T>>, Error> {
        if !self.is_calm() {
            return Ok(self.next_rare()?.map(Polled::Own));
        }
        Ok(match self.wait(timeout, until)? {
            Waited::Batch => None,
            Waited::Timeout => Some(Polled::Timeout),
            Waited::Done => Some(Polled::Done),
        })
    }

    /// Whether there is nothing to do but to wait.
    #[inline]
    fn is_calm(&self) -> bool {
        self.driver.is_worked_off() && !self.slots.has_due() && !self.inbox.has_posts()
    }

    /// What else there is than octets: other completions, connections that are due, posts.
    #[inline(never)]
    fn next_rare(&mut self) -> Result<Option<Event>, Error> {
        if let Some(done) = self.driver.next() {
            self.complete(done.token, done.event)
        } else if self.start_due() {
            Ok(self.settle())
        } else {
            Ok(self.next_post())
        }
    }

    /// The next event of the connection whose turn it is. When it rests it is settled, which ends its turn or shows that it has
    /// more to say.
    #[inline(always)]
    fn pull<S: EventSink>(&mut self, show: &mut S) -> Option<Polled<S::Made>> {
        let (index, tag) = (self.turn, self.slots.tag());
        let (slot, user) = self.slots.get_with_user(index);
        let (generation, is_plain) = (slot.generation(), slot.has_only(flag::READING));
        let Some(live) = slot.live.as_mut() else { return self.end_turn().map(Polled::Own) };
        let lent = if self.lent { self.driver.received() } else { &mut [] };
        match live.conn.next(&mut self.ws, lent) {
            Ok(Ok(event)) => {
                self.stats.requests += u64::from(matches!(event, conn::Event::Request { .. }));
                if matches!(event, conn::Event::Error(_) | conn::Event::Writable) {
                    return self.pull_rare(event, show);
                }
                let id = Id::new(tag, index, generation);
                Some(Polled::Conn(show.show(EventView { id, user, event, conn: &live.conn, ws: &self.ws, lent })))
            }
            // The end of nearly every turn: all there is goes out in one piece, and nothing else is on.
            Ok(Err(conn::Rest::Idle)) if is_plain => {
                let Some(piece) = live.conn.last_piece(&self.ws) else { return self.settle().map(Polled::Own) };
                let len = piece.len();
                let sent = self.driver.send_one(live.key, piece);
                if !matches!(sent, Ok(Sent::Done(_))) {
                    return self.sent_not_all(sent).map(Polled::Own);
                }
                self.stats.octets_out += len as u64;
                let deadline = live.conn.sent_all(&mut self.ws, self.time.now);
                self.time.expire_by(index, deadline);
                (self.turn, self.lent) = (NONE, false);
                None
            }
            // Without memory the connection is closed, which settling finds out.
            Ok(Err(_)) | Err(_) => self.settle().map(Polled::Own),
        }
    }

    /// An event that means something to the server as well.
    #[cold]
    fn pull_rare<S: EventSink>(&mut self, event: conn::Event, show: &mut S) -> Option<Polled<S::Made>> {
        let index = self.turn;
        if !self.note_rare(index, event) {
            return None;
        }
        let slot = self.slots.get(index);
        let lent = if self.lent { self.driver.received() } else { &mut [] };
        let (id, user, conn) = (self.slots.id(index), self.slots.user(index), &slot.live.as_ref()?.conn);
        Some(Polled::Conn(show.show(EventView { id, user, event, conn, ws: &self.ws, lent })))
    }

    /// Whether the owner is told: not of the end that it asked for itself as an error.
    fn note_rare(&mut self, index: u32, event: conn::Event) -> bool {
        match event {
            conn::Event::Error(_) if self.is_closed_by_owner(index) => return false,
            conn::Event::Error(_) => self.stats.errors += 1,
            _ => {
                self.unpark(index);
                // Who waits to write is told when those that waited before are done.
                return self.send_waiting(index);
            }
        }
        true
    }

    pub(super) fn event(&self, index: u32, kind: EventKind) -> Event {
        Event { id: self.slots.id(index), user: self.slots.user(index), kind }
    }

    /// Gives a due connection its turn.
    fn start_due(&mut self) -> bool {
        let Some(index) = self.slots.next_due() else { return false };
        self.turn = index;
        true
    }

    /// Waits for the next batch. `until` is for this alone: `None` before the system was asked, and when the time is up then.
    #[inline(never)]
    fn wait(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Waited, Error> {
        self.relieve_batch();
        if self.expire() || self.slots.has_due() {
            return Ok(Waited::Batch);
        }
        if self.is_drained() {
            return Ok(Waited::Done);
        }
        // The end of a drain has looked for what was posted last.
        if self.inbox.has_posts() {
            return Ok(Waited::Batch);
        }
        let until = match *until {
            Some(until) if until <= self.time.now => return Ok(Waited::Timeout),
            Some(until) => until,
            None => *until.insert(self.until(timeout)),
        };
        let until = until.min(self.time.next());
        let limit = if until == NEVER { None } else { Some(until.saturating_sub(self.time.now)) };
        if let Err(error) = self.driver.wait(limit) {
            return Err(self.fail(fault(&error)));
        }
        self.read_clock();
        Ok(Waited::Batch)
    }

    fn until(&mut self, timeout: Option<u64>) -> u64 {
        let Some(timeout) = timeout else { return NEVER };
        // What the owner did since the last batch is not to be taken off its time.
        if timeout > 0 {
            self.read_clock();
        }
        self.time.now.saturating_add(timeout)
    }
}
