//! The server's work besides received octets: other completions, due connections, posts, timers, and the wait for the
//! next batch.
//!
//! A view over the server's parts. The fast way bypasses it.

use super::arrivals::Header;
use super::connections::Connections;
use super::drain::Drain;
use super::event::{Event, EventKind};
use super::held_send::HeldSend;
use super::listeners::Listeners;
use super::mail::Mail;
use super::slots::flag;
use super::time::{LATE_MS, NEVER};
use crate::conn;
use crate::error::Error;
use crate::io::driver;
use crate::narrow::in_memory;
use std::io;

/// The loop besides the fast way.
pub(super) struct ServerLoop<'a> {
    connections: &'a mut Connections,
    mail: &'a mut Mail,
    listeners: &'a mut Listeners,
    drain: &'a mut Drain,
}

/// Why a wait ended.
pub(super) enum Waited {
    /// There may be something to do.
    Batch,
    Timeout,
    Done,
}

/// When something is due next.
#[inline(always)]
pub(super) fn next_time(connections: &Connections, listeners: &Listeners, drain: &Drain) -> u64 {
    connections.engine().time().next().min(listeners.next()).min(drain.next())
}

/// Whether a drain has ended all connections, and no more come.
pub(super) fn has_no_connections(connections: &Connections, listeners: &Listeners) -> bool {
    connections.is_drained() && !listeners.are_closing()
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

    /// Handles an event that also concerns the server; `None`: it is not for the owner.
    pub fn handle_server_event(self) -> Option<conn::Event> {
        let (index, event) = self.connections.turns().take_server_event()?;
        let is_told = match event {
            // An abort by the owner is not an error.
            conn::Event::Error(_) => !self.connections.slots().get(index).has(flag::CLOSED),
            // The owner may write when everything that waited is queued.
            _ => self.mail.posts(self.connections).send_waiting(index),
        };
        is_told.then_some(event)
    }

    /// The work before the next wait.
    pub fn next(mut self) -> Result<Option<Event>, Error> {
        self.connections.engine_mut().owner_returns();
        if let Some(done) = self.connections.engine_mut().driver_mut().next() {
            return self.complete(done.token, done.event);
        }
        if self.connections.start_due() {
            return Ok(self.finish_turn());
        }
        Ok(self.mail.posts(self.connections).next())
    }

    /// Handles a completion; most start a connection's turn.
    fn complete(&mut self, token: u32, event: driver::Event) -> Result<Option<Event>, Error> {
        match event {
            driver::Event::Sent(result) => return Ok(self.sent(token, result)),
            driver::Event::Closed if Listeners::is_token(token) => self.listeners.closed(token),
            driver::Event::Accepted(result) => {
                let (slots, engine) = self.connections.turns().slots_and_engine();
                let opened = self.listeners.accept(token, result, slots, engine)?;
                return Ok(opened.map(|opened| self.opened(opened)));
            }
            // Only for sockets that owe a PROXY header readiness is asked for.
            driver::Event::Ready(_) => return Ok(self.arrival_ready(token)),
            driver::Event::Woken => {
                if let Some(within_ms) = self.mail.inbox_mut().ring() {
                    self.drain(within_ms);
                }
            }
            event => self.connections.start_with(token, event),
        }
        Ok(None)
    }

    /// A send is complete, or there is room. Usually that is all.
    fn sent(&mut self, token: u32, result: io::Result<usize>) -> Option<Event> {
        let (slots, engine) = self.connections.turns().slots_and_engine();
        if result.as_ref().is_ok_and(|&taken| HeldSend::new(slots, engine, token).complete(taken)) {
            return None;
        }
        self.connections.start_with(token, driver::Event::Sent(result));
        if self.connections.has_turn() { self.finish_turn() } else { None }
    }

    /// A PROXY header has come, or a part of it; most start a connection.
    fn arrival_ready(&mut self, token: u32) -> Option<Event> {
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let opened = self.listeners.arrival_ready(token, slots, engine)?;
        Some(self.opened(opened))
    }

    /// There is a new connection.
    fn opened(&mut self, (index, header): (u32, Header)) -> Event {
        self.connections.apply_header(index, header);
        self.connections.event(index, EventKind::Opened)
    }

    /// Ends the turn, unless the connection has more events. The event is the end of a connection.
    #[inline(never)]
    pub fn finish_turn(&mut self) -> Option<Event> {
        self.connections.reclaim_memory();
        let index = self.connections.turns().finish()?;
        self.mail.connection_ended(index, self.connections);
        let closed = self.connections.close(index)?;
        let (slots, engine) = self.connections.turns().slots_and_engine();
        self.listeners.connection_ended(slots, engine);
        Some(closed)
    }

    /// Starts a drain, or shortens it.
    pub fn drain(&mut self, within_ms: u64) {
        self.connections.engine_mut().read_clock();
        self.listeners.close(self.connections.engine_mut());
        self.drain.begin(within_ms, self.connections);
    }

    /// Waits for the next batch. `until` is this method's state over several waits: `None` before the first one and
    /// after the timeout.
    pub fn wait(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Waited, Error> {
        self.connections.reclaim_memory_after_batch();
        let next = self.next_time();
        if let Some(waited) = self.before_wait(next) {
            return Ok(waited);
        }
        let until = match *until {
            Some(until) if until <= self.connections.engine().now() => return Ok(self.time_out()),
            Some(until) => until,
            None => self.first_wait(timeout, until, next),
        };
        let mut wake_at = until.min(next);
        if wake_at <= self.connections.engine().now() {
            wake_at = self.poll();
        }
        self.connections.engine_mut().wait(wake_at)?;
        Ok(Waited::Batch)
    }

    /// Why there is no wait, if there is none.
    #[inline(always)]
    fn before_wait(&mut self, next: u64) -> Option<Waited> {
        if (next <= self.connections.engine().now() && self.expire()) || self.connections.slots().has_due() {
            return Some(Waited::Batch);
        }
        if self.is_drained() {
            return Some(Waited::Done);
        }
        // The end of a drain has handled the last posts.
        self.mail.has_posts().then_some(Waited::Batch)
    }

    /// The first wait behind the owner's work: returns when it ends at the latest. Without a timeout it is short, so that
    /// it also measures the work; with one, the clock is read, since the work must not shorten the timeout.
    #[inline(always)]
    fn first_wait(&mut self, timeout: Option<u64>, until: &mut Option<u64>, next: u64) -> u64 {
        let engine = self.connections.engine_mut();
        if timeout.is_some() || engine.time().is_owner_away() {
            engine.read_clock_after_work(next);
        }
        let Some(timeout) = timeout else {
            *until = Some(NEVER);
            return engine.now() + LATE_MS;
        };
        *until.insert(engine.now().saturating_add(timeout))
    }

    fn time_out(&mut self) -> Waited {
        self.connections.engine_mut().time_mut().owner_leaves();
        Waited::Timeout
    }

    #[inline(always)]
    fn next_time(&self) -> u64 {
        next_time(self.connections, self.listeners, self.drain)
    }

    /// The next poll does not wait: it ends now. If something is due, it reads what is ready first.
    #[cold]
    fn poll(&mut self) -> u64 {
        if self.next_time() <= self.connections.engine().now() {
            let sockets = in_memory(self.connections.slots().live().into()) + self.listeners.sockets();
            // One more for the waker.
            self.connections.engine_mut().poll_before_expiry(sockets + 1);
        }
        self.connections.engine().now()
    }

    /// Handles everything that was due before all that was ready was read; returns whether that was so.
    #[cold]
    fn expire(&mut self) -> bool {
        let Some(at) = self.connections.engine_mut().take_expiry() else { return false };
        self.connections.expire(at);
        let (slots, engine) = self.connections.turns().slots_and_engine();
        self.listeners.expire(at, slots, engine);
        self.drain.expire(self.connections);
        true
    }

    /// Whether everything has ended and every post was handled. Refuses posts from then on.
    fn is_drained(&mut self) -> bool {
        if !has_no_connections(self.connections, self.listeners) {
            return false;
        }
        self.mail.inbox_mut().close();
        !self.mail.has_posts()
    }
}
