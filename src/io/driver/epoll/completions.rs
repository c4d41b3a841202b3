//! Completions: the events of one wait, answered one operation at a time.

use super::super::{Completion, Config, Event, Key};
use super::batch::Batch;
use super::input::Input;
use super::records::Records;
use super::registry::Registry;
use super::{bits, flag};
use crate::io::address::Address;
use crate::io::socket::AcceptError;
use crate::io::sys::name::SocketName;
use crate::io::waker::Waker;
use std::io;
use std::os::fd::RawFd;

/// What is left of the batch, and what its completions bring.
pub(super) struct Completions {
    batch: Batch,
    input: Input,
    waker: Waker,
    /// Of the last connection accepted.
    peer: SocketName,
}

impl Completions {
    pub fn new(config: &Config) -> io::Result<Self> {
        let input = Input::new(config.buffer)?;
        let batch = Batch::new(config.batch, config.accepts)?;
        Ok(Self { batch, input, waker: Waker::new()?, peer: SocketName::room() })
    }

    /// Has the waker end waits on the registry.
    pub fn watch_waker(&self, registry: &Registry) -> io::Result<()> {
        registry.watch(self.waker.fd(), Batch::WAKER)
    }

    /// Waits for events, unless some are left.
    pub fn wait(&mut self, registry: &Registry, timeout_ms: Option<u64>) -> io::Result<usize> {
        self.batch.refill(registry.set(), timeout_ms)
    }

    /// Whether no event is left.
    #[inline]
    pub fn is_worked_off(&self) -> bool {
        self.batch.is_worked_off()
    }

    /// The octets of the last completion.
    #[inline]
    pub fn received(&mut self) -> &mut [u8] {
        self.input.filled()
    }

    pub fn accepted_from(&self) -> io::Result<Address> {
        Address::from_name(&self.peer)
    }

    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// The way of almost every completion: the event at the cursor is of octets, and receiving them succeeds. Otherwise the
    /// event stays where it is.
    #[inline(always)]
    pub fn next_received(&mut self, registry: &mut Registry) -> Option<(u32, usize)> {
        self.input.fill(0);
        let (data, bits) = self.batch.current()?;
        let key = Batch::key(data);
        let entry = registry.get(key)?;
        if !entry.receives_without(flag::CONNECT | flag::RECORDS | flag::KEPT) || bits & bits::INPUT == 0 {
            return None;
        }
        let token = entry.token();
        match self.input.receive(key.index as RawFd) {
            Ok(count) if count > 0 => {
                self.batch.leave(bits & bits::ROOM);
                self.input.fill(count);
                Some((token, count))
            }
            result => self.keep_result(registry, key, result),
        }
    }

    /// What a receive came to that brought nothing, until [`Completions::next`] is asked for it.
    #[cold]
    fn keep_result(&mut self, registry: &mut Registry, key: Key, result: io::Result<usize>) -> Option<(u32, usize)> {
        if let Some(entry) = registry.get_mut(key) {
            entry.set(flag::KEPT);
        }
        self.input.keep(result);
        None
    }

    #[inline(never)]
    pub fn next(&mut self, registry: &mut Registry, records: &mut Records) -> Option<Completion> {
        self.input.fill(0);
        while let Some((data, bits)) = self.batch.current() {
            let key = Batch::key(data);
            let Some(entry) = registry.get_mut(key) else {
                self.batch.advance();
                match self.without_entry(data) {
                    None => continue,
                    woken => return woken,
                }
            };
            entry.clear(flag::KEPT);
            let token = entry.token();
            let event = if entry.receives_without(flag::CONNECT) && bits & bits::INPUT != 0 {
                let is_sealed = entry.has(flag::RECORDS);
                self.batch.leave(bits & bits::ROOM);
                if is_sealed { records.receive(registry, key, &mut self.input) } else { self.receive(registry, key) }
            } else {
                self.other(registry, key, bits)
            };
            if let Some(event) = event {
                return Some(Completion { token, event });
            }
        }
        None
    }

    /// Receives for the event at the cursor.
    fn receive(&mut self, registry: &mut Registry, key: Key) -> Option<Event> {
        match self.input.kept_or_receive(key.index as RawFd) {
            Ok(count) if count > 0 => {
                self.input.fill(count);
                Some(Event::Received(Ok(count)))
            }
            result => registry.source(key)?.receive_ended(result),
        }
    }

    /// Whatever is not a receive. What no operation answers is silenced.
    #[inline(never)]
    fn other(&mut self, registry: &mut Registry, key: Key, bits: u32) -> Option<Event> {
        let source = registry.source(key)?;
        if source.has(flag::ACCEPT) {
            return self.accept(registry, key);
        }
        if source.has(flag::CONNECT) && bits & bits::OUTPUT != 0 {
            self.batch.advance();
            return source.connected();
        }
        if source.has(flag::POLL) {
            self.batch.advance();
            return source.ready(bits);
        }
        // A paused connection's error comes before its room: the sender is not to learn it from a failed send. A
        // hang-up is room too, for a send that then fails.
        if bits & bits::INPUT != 0 {
            self.batch.leave(if bits & (bits::ROOM | bits::HANG_UP) != 0 { bits::ROOM } else { 0 });
            return source.stray_input(bits);
        }
        self.batch.advance();
        source.room()
    }

    /// One connection; the event stays at the cursor while there may be more.
    fn accept(&mut self, registry: &mut Registry, key: Key) -> Option<Event> {
        while self.batch.take_accept() {
            let listener = registry.get(key)?.socket()?;
            match listener.accept_named(&mut self.peer) {
                Err(AcceptError::Transient(_)) => {}
                Err(AcceptError::WouldBlock) => break,
                Ok(connection) => return Some(Event::Accepted(Ok(connection))),
                Err(error) => return Some(self.accept_ended(registry, key, error)),
            }
        }
        self.batch.advance();
        None
    }

    /// The connections still wait; their next event, which nobody then asks for, is silenced.
    #[cold]
    fn accept_ended(&mut self, registry: &mut Registry, key: Key, error: AcceptError) -> Event {
        self.batch.advance();
        if let Some(entry) = registry.get_mut(key) {
            entry.clear(flag::ACCEPT);
        }
        Event::Accepted(Err(error))
    }

    /// The waker, or an event whose descriptor was closed after the wait.
    #[cold]
    fn without_entry(&mut self, data: u64) -> Option<Completion> {
        if data != Batch::WAKER {
            return None;
        }
        self.waker.clear();
        Some(Completion { token: 0, event: Event::Woken })
    }
}
