//! Completions: handles the events of one wait, one operation at a time.

use super::super::{Completion, Config, Event, Key};
use super::batch::Batch;
use super::input::Input;
use super::ready::WAKER;
use super::records::Records;
use super::registry::Registry;
use super::source::Source;
use super::watch::Watch;
use super::{bits, flag, lender_event};
use crate::io::address::Address;
use crate::io::socket::AcceptError;
use crate::io::sys::name::SocketName;
use crate::io::waker::Waker;
use std::io;

/// With any of these a receive is none of the fast way.
const SLOW: u32 = flag::CONNECT | flag::RECORDS | flag::RESULT_STORED | flag::LENDS;

/// The remaining batch, and the data of its completions.
pub(super) struct Completions<S: Watch> {
    batch: Batch<S::Event>,
    input: Input,
    waker: Waker,
    /// The peer of the last accepted connection.
    peer: SocketName,
}

impl<S: Watch> Completions<S> {
    pub fn new(config: &Config, waker: Waker) -> io::Result<Self> {
        let input = Input::new(config.buffer)?;
        let batch = Batch::new(config.batch, config.accepts)?;
        Ok(Self { batch, input, waker, peer: SocketName::room() })
    }

    /// Waits for events, unless some are left.
    pub fn wait(&mut self, registry: &mut Registry<S>, timeout_ms: Option<u64>) -> io::Result<usize> {
        registry.refill(&mut self.batch, timeout_ms)
    }

    /// Whether no event is left.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.batch.is_exhausted()
    }

    /// How many events the last wait brought.
    pub fn batch_len(&self) -> usize {
        self.batch.len()
    }

    /// The most events that a wait brings.
    pub fn batch_max(&self) -> usize {
        self.batch.max()
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

    /// The fast way: the event at the cursor is input, and the receive succeeds. Otherwise the event stays at the
    /// cursor.
    #[inline(always)]
    pub fn next_received(&mut self, registry: &mut Registry<S>) -> Option<(u32, usize)> {
        self.input.fill(0);
        let (key, bits) = self.batch.current()?;
        let entry = registry.get(key)?;
        if !entry.receives_without(SLOW) || bits & S::RECEIVABLE == 0 {
            return None;
        }
        let token = entry.token();
        match self.input.receive(S::descriptor(entry, key.index)) {
            Ok(count) if count > 0 => {
                self.batch.retain(bits & bits::ROOM);
                self.input.fill(count);
                Some((token, count))
            }
            result => self.store_result(registry, key, result),
        }
    }

    /// Stores the result of a receive without octets for [`Completions::next`].
    #[cold]
    fn store_result(
        &mut self,
        registry: &mut Registry<S>,
        key: Key,
        result: io::Result<usize>,
    ) -> Option<(u32, usize)> {
        if let Some(entry) = registry.get_mut(key) {
            entry.set(flag::RESULT_STORED);
        }
        self.input.store(result);
        None
    }

    #[inline(never)]
    pub fn next(&mut self, registry: &mut Registry<S>, records: &mut Records) -> Option<Completion> {
        self.input.fill(0);
        while let Some((key, bits)) = self.batch.current() {
            let Some(entry) = registry.get_mut(key) else {
                self.batch.advance();
                match self.without_entry(registry, key) {
                    None => continue,
                    woken => return woken,
                }
            };
            entry.clear(flag::RESULT_STORED);
            let token = entry.token();
            let event = if entry.receives_without(flag::CONNECT | flag::LENDS) && bits & S::RECEIVABLE != 0 {
                let is_sealed = entry.has(flag::RECORDS);
                self.batch.retain(bits & bits::ROOM);
                if is_sealed {
                    records.receive(registry, key, &mut self.input)
                } else {
                    self.input.receive_for(registry, key, bits)
                }
            } else {
                self.other(registry, key, bits)
            };
            if let Some(event) = event {
                return Some(Completion { token, event });
            }
        }
        None
    }

    /// Handles everything but receives. Silences events that no operation wants.
    #[inline(never)]
    fn other(&mut self, registry: &mut Registry<S>, key: Key, bits: u32) -> Option<Event> {
        if S::REFUSES_LATE && bits & bits::REFUSED != 0 {
            return self.refused(registry, key, bits);
        }
        let source = registry.source(key)?;
        if source.has(flag::ACCEPT | flag::LENDS) {
            return self.accept_or_release(registry, key, bits);
        }
        if source.has(flag::CONNECT) && bits & S::CONNECTED != 0 {
            self.batch.advance();
            return source.connected();
        }
        if source.has(flag::POLL) {
            self.batch.advance();
            return source.ready(bits);
        }
        if bits & bits::INPUT != 0 && !is_received_apart(&source) {
            self.batch.retain_room(bits);
            return source.stray_input(bits);
        }
        self.batch.advance();
        source.room()
    }

    /// A listener lends nothing.
    fn accept_or_release(&mut self, registry: &mut Registry<S>, key: Key, bits: u32) -> Option<Event> {
        if registry.get(key)?.has(flag::LENDS) {
            return lender_event::handle(&mut self.batch, &mut self.input, registry, key, bits);
        }
        self.accept(registry, key)
    }

    /// Accepts one connection; the event stays at the cursor while there may be more.
    fn accept(&mut self, registry: &mut Registry<S>, key: Key) -> Option<Event> {
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

    /// Connections are still queued; their next event is silenced if nobody accepts.
    #[cold]
    fn accept_ended(&mut self, registry: &mut Registry<S>, key: Key, error: AcceptError) -> Event {
        self.batch.advance();
        if let Some(entry) = registry.get_mut(key) {
            entry.clear(flag::ACCEPT);
        }
        Event::Accepted(Err(error))
    }

    /// The system refused to watch a descriptor.
    #[cold]
    fn refused(&mut self, registry: &mut Registry<S>, key: Key, bits: u32) -> Option<Event> {
        let error = self.batch.refusal()?;
        self.batch.advance();
        registry.source(key)?.refused(bits, error)
    }

    /// The waker, a socket that is closing, or an event whose descriptor was closed after the wait.
    #[cold]
    fn without_entry(&mut self, registry: &mut Registry<S>, key: Key) -> Option<Completion> {
        if key != WAKER {
            return registry.closed(key).map(|token| Completion { token, event: Event::Closed });
        }
        self.waker.clear();
        Some(Completion { token: 0, event: Event::Woken })
    }
}

/// Whether an event for room, which may tell a failure too, leaves that to the event of a receive: octets come first.
#[inline(always)]
fn is_received_apart<S: Watch>(source: &Source<'_, S>) -> bool {
    S::RECEIVABLE != bits::INPUT && source.has(flag::RECEIVE)
}
