//! The pull: what happens next, wherever it happens.

use super::slots::flag;
use super::time::NEVER;
use super::{Event, Id, NONE, Next, Pulled, Server, Show, Shown, What, system};
use crate::conn;
use crate::error::Error;
use crate::io::driver::Sent;
use crate::websocket::machine::Heard;
use core::ffi::c_void;

/// How long the caller will wait.
struct Patience {
    timeout: Option<u64>,
    until: u64,
    /// The system was asked at least once.
    has_waited: bool,
}

/// Hands events of connections out by value.
struct Take;

impl Show for Take {
    type Made = Event;

    fn show(&mut self, shown: Shown<'_>) -> Event {
        Event { id: shown.id, user: shown.user, what: What::Conn(shown.event) }
    }

    fn message(&mut self, id: Id, user: *mut c_void, _: &[u8], heard: &Heard) -> Event {
        let span = conn::Span { window: conn::Window::Lent, offset: heard.offset as u32, len: heard.len as u32 };
        Event { id, user, what: What::Conn(conn::Event::Message { span, text: heard.text, first: true, last: true }) }
    }
}

/// What is no event of a connection.
enum Own {
    Event(Event),
    Timeout,
    Done,
}

impl Own {
    fn of<T>(self) -> Pulled<T> {
        match self {
            Self::Event(event) => Pulled::Own(event),
            Self::Timeout => Pulled::Timeout,
            Self::Done => Pulled::Done,
        }
    }
}

impl Patience {
    fn new(timeout: Option<u64>) -> Self {
        Self { timeout, until: NEVER, has_waited: false }
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
        self.next_shown(timeout, &mut Take).map(|pulled| match pulled {
            Pulled::Conn(event) | Pulled::Own(event) => Next::Event(event),
            Pulled::Timeout => Next::Timeout,
            Pulled::Done => Next::Done,
        })
    }

    /// As [`next`](Self::next), with an event of a connection given to `show` where it lies instead of being handed out: what is
    /// to be made of it is made without being looked up again. It goes on where [`next_in_lane`](Self::next_in_lane) answered
    /// `None`, whose event it ends otherwise.
    #[inline(always)]
    pub fn next_shown<S: Show>(&mut self, timeout: Option<u64>, show: &mut S) -> Result<Pulled<S::Made>, Error> {
        let mut patience = None;
        loop {
            if self.turn == NONE {
                if let Some((token, len)) = self.driver.next_received() {
                    if let Some(made) = self.begin_turn(token as u32, len, show) {
                        return Ok(Pulled::Conn(made));
                    }
                } else if let Some(own) = self.next_rare(patience.get_or_insert(Patience::new(timeout)))? {
                    return Ok(own.of());
                }
            }
            if self.turn != NONE
                && let Some(pulled) = self.pull(show)
            {
                return Ok(pulled);
            }
        }
    }

    /// What else there is to do: other completions, connections that are due, posts, the next batch.
    #[inline(never)]
    fn next_rare(&mut self, patience: &mut Patience) -> Result<Option<Own>, Error> {
        let event = if let Some(done) = self.driver.next() {
            self.complete(done.token, done.event)?
        } else if self.start_due() {
            self.settle()
        } else {
            return self.post_or_wait(patience);
        };
        Ok(event.map(Own::Event))
    }

    /// Nothing is left of the batch: a post, or the next batch, or the end of patience.
    fn post_or_wait(&mut self, patience: &mut Patience) -> Result<Option<Own>, Error> {
        match self.next_post() {
            Some(event) => Ok(Some(Own::Event(event))),
            None => self.wait(patience),
        }
    }

    /// The next event of the connection whose turn it is. When it rests it is settled, which ends its turn or shows that it has
    /// more to say.
    #[inline(always)]
    fn pull<S: Show>(&mut self, show: &mut S) -> Option<Pulled<S::Made>> {
        let (index, tag) = (self.turn, self.slots.tag());
        let slot = self.slots.get_mut(index);
        let (user, generation, is_plain) = (slot.user, slot.generation(), slot.has_only(flag::READING));
        let Some(live) = slot.live.as_mut() else { return self.end_turn().map(Pulled::Own) };
        let lent = if self.lent { self.driver.received() } else { &mut [] };
        match live.conn.next(&mut self.ws, lent) {
            Ok(Ok(event)) => {
                self.stats.requests += u64::from(matches!(event, conn::Event::Request { .. }));
                if matches!(event, conn::Event::Error(_) | conn::Event::Writable) {
                    return self.pull_rare(event, show);
                }
                let id = Id::new(tag, index, generation);
                Some(Pulled::Conn(show.show(Shown { id, user, event, conn: &live.conn, ws: &self.ws, lent })))
            }
            // The end of nearly every turn: all there is goes out in one piece, and nothing else is on.
            Ok(Err(conn::Rest::Idle)) if is_plain => {
                let Some(piece) = live.conn.last_piece(&self.ws) else { return self.settle().map(Pulled::Own) };
                let len = piece.len();
                let sent = self.driver.send_one(live.key, piece);
                if !matches!(sent, Ok(Sent::Done(_))) {
                    return self.sent_not_all(sent).map(Pulled::Own);
                }
                self.stats.octets_out += len as u64;
                let deadline = live.conn.sent_all(&mut self.ws, self.time.now);
                self.time.expire_by(index, deadline);
                (self.turn, self.lent) = (NONE, false);
                None
            }
            // Without memory the connection is closed, which settling finds out.
            Ok(Err(_)) | Err(_) => self.settle().map(Pulled::Own),
        }
    }

    /// An event that means something to the server as well.
    #[cold]
    fn pull_rare<S: Show>(&mut self, event: conn::Event, show: &mut S) -> Option<Pulled<S::Made>> {
        let index = self.turn;
        if !self.note_rare(index, event) {
            return None;
        }
        let slot = self.slots.get(index);
        let lent = if self.lent { self.driver.received() } else { &mut [] };
        let (id, user, conn) = (self.slots.id(index), slot.user, &slot.live.as_ref()?.conn);
        Some(Pulled::Conn(show.show(Shown { id, user, event, conn, ws: &self.ws, lent })))
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

    pub(super) fn event(&self, index: u32, what: What) -> Event {
        Event { id: self.slots.id(index), user: self.slots.get(index).user, what }
    }

    /// Gives a due connection its turn.
    fn start_due(&mut self) -> bool {
        let Some(index) = self.slots.next_due() else { return false };
        self.turn = index;
        true
    }

    /// Waits for the next batch; or answers why not.
    fn wait(&mut self, patience: &mut Patience) -> Result<Option<Own>, Error> {
        if self.expire() {
            return Ok(None);
        }
        if self.is_drained() {
            return Ok(Some(Own::Done));
        }
        if self.slots.has_due() || self.inbox.has_posts() {
            return Ok(None);
        }
        if let (Some(timeout), false) = (patience.timeout, patience.has_waited) {
            // What the owner did since the last batch is not to be taken off its time.
            if timeout > 0 {
                self.read_clock();
            }
            patience.until = self.time.now.saturating_add(timeout);
        } else if patience.until <= self.time.now {
            return Ok(Some(Own::Timeout));
        }
        patience.has_waited = true;
        let until = patience.until.min(self.time.next());
        let limit = if until == NEVER { None } else { Some(until.saturating_sub(self.time.now)) };
        self.driver.wait(limit).map_err(system)?;
        self.read_clock();
        Ok(None)
    }
}
