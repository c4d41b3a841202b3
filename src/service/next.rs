//! The pull: what happens next, wherever it happens.

use super::time::NEVER;
use super::{Event, Id, NONE, Next, Server, What, system};
use crate::conn;
use crate::error::Error;
use crate::io::driver;

/// How long the caller will wait.
struct Patience {
    timeout: Option<u64>,
    until: u64,
    /// The system was asked at least once.
    has_waited: bool,
}

impl Server {
    /// The next event, `Timeout` after `timeout` milliseconds (`None`: never), or `Done` when the server is drained. Ends the
    /// event before: its head and octets are no longer there.
    ///
    /// An error is the system's: a listener or the wait failed. The server can go on.
    #[inline]
    pub fn next(&mut self, timeout: Option<u64>) -> Result<Next, Error> {
        self.inbox.end_event();
        let mut patience = Patience { timeout, until: NEVER, has_waited: false };
        loop {
            let event = if self.turn != NONE {
                self.pull()
            } else if let Some(done) = self.driver.next() {
                match done.event {
                    driver::Event::Received(Ok(len)) if len > 0 => {
                        self.received(done.token as u32, len);
                        continue;
                    }
                    event => self.complete(done.token, event)?,
                }
            } else if self.start_due() {
                self.settle()
            } else {
                match self.post_or_wait(&mut patience)? {
                    Some(next) => return Ok(next),
                    None => None,
                }
            };
            if let Some(event) = event {
                return Ok(Next::Event(event));
            }
        }
    }

    /// Nothing is left of the batch: a post, or the next batch, or the end of patience.
    fn post_or_wait(&mut self, patience: &mut Patience) -> Result<Option<Next>, Error> {
        match self.next_post() {
            Some(event) => Ok(Some(Next::Event(event))),
            None => self.wait(patience),
        }
    }

    /// The next event of the connection whose turn it is. When it rests it is settled, which ends its turn or shows that it
    /// has more to say.
    #[inline(always)]
    fn pull(&mut self) -> Option<Event> {
        let (index, tag) = (self.turn, self.slots.tag());
        let slot = self.slots.get_mut(index);
        let Some(live) = slot.live.as_mut() else { return self.end_turn() };
        let lent = if self.lent { self.driver.received() } else { &mut [] };
        match live.conn.next(&mut self.ws, lent) {
            Ok(Ok(event @ (conn::Event::Error(_) | conn::Event::Writable))) => self.report_rarely(index, event),
            Ok(Ok(event)) => {
                self.stats.requests += u64::from(matches!(event, conn::Event::Request { .. }));
                let id = Id::new(tag, index, slot.generation());
                Some(Event { id, user: slot.user, what: What::Conn(event) })
            }
            // Without memory the connection is closed, which settling finds out.
            Ok(Err(_)) | Err(_) => self.settle(),
        }
    }

    /// The end that the owner asked for is not told as an error.
    #[cold]
    fn report_rarely(&mut self, index: u32, event: conn::Event) -> Option<Event> {
        match event {
            conn::Event::Error(_) if self.is_closed_by_owner(index) => return None,
            conn::Event::Error(_) => self.stats.errors += 1,
            _ => self.unpark(index),
        }
        Some(self.event(index, What::Conn(event)))
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
    fn wait(&mut self, patience: &mut Patience) -> Result<Option<Next>, Error> {
        if self.expire() {
            return Ok(None);
        }
        if self.is_drained() {
            return Ok(Some(Next::Done));
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
            return Ok(Some(Next::Timeout));
        }
        patience.has_waited = true;
        let until = patience.until.min(self.time.next());
        let limit = if until == NEVER { None } else { Some(until.saturating_sub(self.time.now)) };
        self.driver.wait(limit).map_err(system)?;
        self.read_clock();
        Ok(None)
    }
}
