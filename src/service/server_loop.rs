//! What a server does where no octets were received: other completions, connections that are due, posts, times that have come, and the
//! wait for the next batch.
//!
//! A borrowed view that the server makes over its parts. The fast way, octets received and events pulled, goes by it.

use super::connections::Connections;
use super::drain::Drain;
use super::event::{Event, EventKind};
use super::listeners::Listeners;
use super::mail::Mail;
use super::slots::flag;
use super::time::NEVER;
use crate::conn;
use crate::error::Error;
use crate::io::driver;
use crate::io::fault;

/// The loop beside the fast way.
pub(super) struct ServerLoop<'a> {
    connections: &'a mut Connections,
    mail: &'a mut Mail,
    listeners: &'a mut Listeners,
    drain: &'a mut Drain,
}

/// Why a wait is over.
pub(super) enum Waited {
    /// There may be something to do.
    Batch,
    Timeout,
    Done,
}

/// When something is due.
#[inline(always)]
pub(super) fn next_time(connections: &Connections, listeners: &Listeners, drain: &Drain) -> u64 {
    connections.engine().time().next().min(listeners.next()).min(drain.next())
}

impl<'a> ServerLoop<'a> {
    pub fn new(
        connections: &'a mut Connections,
        mail: &'a mut Mail,
        listeners: &'a mut Listeners,
        drain: &'a mut Drain,
    ) -> Self {
        Self { connections, mail, listeners, drain }
    }

    /// Looks at an event that means something to the server as well; `None`: it is none for the owner.
    pub fn look_at_seen(self) -> Option<conn::Event> {
        let (index, event) = self.connections.turns().take_seen()?;
        let is_told = match event {
            // The end that the owner asked for itself is no error.
            conn::Event::Error(_) => !self.connections.slots().get(index).has(flag::CLOSED),
            // The owner may write when all that waited for the connection is queued.
            _ => self.mail.posts(self.connections).send_waiting(index),
        };
        is_told.then_some(event)
    }

    /// What there is to do before the next wait.
    pub fn next(mut self) -> Result<Option<Event>, Error> {
        if let Some(done) = self.connections.engine_mut().driver_mut().next() {
            return self.complete(done.token, done.event);
        }
        if self.connections.start_due() {
            return Ok(self.finish_turn());
        }
        Ok(self.mail.posts(self.connections).next())
    }

    /// What a completion leads to; most begin the turn of a connection.
    fn complete(&mut self, token: u32, event: driver::Event) -> Result<Option<Event>, Error> {
        match event {
            driver::Event::Sent(_) => {
                self.connections.start_unblocked(token);
                return Ok(self.finish_turn());
            }
            driver::Event::Accepted(result) => {
                let (slots, engine) = self.connections.turns().slots_and_engine();
                let index = self.listeners.accept(token, result, slots, engine)?;
                return Ok(index.map(|index| self.connections.event(index, EventKind::Opened)));
            }
            driver::Event::Woken => {
                if let Some(within_ms) = self.mail.inbox_mut().ring() {
                    self.drain(within_ms);
                }
            }
            event => self.connections.start_with(token, event),
        }
        Ok(None)
    }

    /// Ends the turn, unless the connection has more events. The event is the end of a connection.
    pub fn finish_turn(&mut self) -> Option<Event> {
        self.connections.relieve();
        let index = self.connections.turns().finish()?;
        self.mail.connection_ended(index, self.connections);
        let closed = self.connections.close(index)?;
        let (slots, engine) = self.connections.turns().slots_and_engine();
        self.listeners.connection_ended(slots, engine);
        Some(closed)
    }

    /// Begins a drain, or shortens it.
    pub fn drain(&mut self, within_ms: u64) {
        self.connections.engine_mut().read_clock();
        self.listeners.close(self.connections.engine_mut());
        self.drain.begin(within_ms, self.connections);
    }

    /// Waits for the next batch. `until` is for this alone: `None` before the system was asked, and when the time is up then.
    pub fn wait(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Waited, Error> {
        self.connections.relieve_batch();
        if self.expire() || self.connections.slots().has_due() {
            return Ok(Waited::Batch);
        }
        if self.is_drained() {
            return Ok(Waited::Done);
        }
        // The end of a drain has looked for what was posted last.
        if self.mail.has_posts() {
            return Ok(Waited::Batch);
        }
        let until = match *until {
            Some(until) if until <= self.connections.engine().now() => return Ok(Waited::Timeout),
            Some(until) => until,
            None => *until.insert(self.until(timeout)),
        };
        let until = until.min(self.next_time());
        let engine = self.connections.engine_mut();
        let limit = if until == NEVER { None } else { Some(until.saturating_sub(engine.now())) };
        engine.driver_mut().wait(limit).map_err(|error| fault(&error))?;
        engine.read_clock();
        Ok(Waited::Batch)
    }

    fn until(&mut self, timeout: Option<u64>) -> u64 {
        let Some(timeout) = timeout else { return NEVER };
        // What the owner did since the last batch is not to be taken off its time.
        if timeout > 0 {
            self.connections.engine_mut().read_clock();
        }
        self.connections.engine().now().saturating_add(timeout)
    }

    #[inline(always)]
    fn next_time(&self) -> u64 {
        next_time(self.connections, self.listeners, self.drain)
    }

    /// Lets everything happen whose time has come; whether anything did.
    #[inline(always)]
    fn expire(&mut self) -> bool {
        self.next_time() <= self.connections.engine().now() && self.expire_what_is_due()
    }

    #[cold]
    fn expire_what_is_due(&mut self) -> bool {
        self.connections.expire();
        let (slots, engine) = self.connections.turns().slots_and_engine();
        self.listeners.expire(slots, engine);
        self.drain.expire(self.connections);
        true
    }

    /// Whether everything has ended, and every post was looked at. Posts are refused from then on.
    fn is_drained(&mut self) -> bool {
        if !self.connections.is_drained() {
            return false;
        }
        self.mail.inbox_mut().close();
        !self.mail.has_posts()
    }
}
