//! The driver of systems that report readiness: it turns readiness into completions by making the call.
//!
//! It avoids changes of what the system watches. A connection is registered once, level-triggered, for input. Cancelling
//! or completing an operation only changes a bit of its [`entry::Entry`]; the registration changes only when an unwanted
//! event arrives, which is rare. So the steady state is one wait per batch, and one receive and one send per connection
//! and turn.
//!
//! [`ReadinessDriver`] has three parts, which see each other only as arguments: [`Registry`] has the descriptors and
//! starts operations, [`Completions`] handles the events of one wait, [`Records`] handles sockets with TLS records in the
//! kernel. What differs between the systems is behind [`Watch`]: how readiness is requested, and what an event means.

mod batch;
pub(in crate::io::driver) mod bits;
mod completions;
pub(in crate::io::driver) mod entry;
pub(in crate::io::driver) mod flag;
mod input;
mod lender;
mod lender_event;
pub(in crate::io::driver) mod ready;
mod records;
mod registry;
mod source;
pub(in crate::io::driver) mod watch;

use super::drive::Drive;
use super::info::Info;
use super::lending::ZeroCopy;
use super::refused::stale;
use super::{Closing, Completion, Config, Gather, Key, Sent, Submission, file};
use crate::io::address::Address;
use crate::io::descriptor::{RawFile, RawSocket, RawWaitable};
use crate::io::ktls::{self, Direction, Kernel};
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::waker::Waker;
use completions::Completions;
use records::Records;
use registry::Registry;
use std::io::{self, IoSlice};
use watch::Watch;

/// The driver. Dropped in this order: the registry must not watch a dropped waker.
pub(in crate::io::driver) struct ReadinessDriver<S: Watch> {
    registry: Registry<S>,
    completions: Completions<S>,
    records: Records,
}

impl<S: Watch> ReadinessDriver<S> {
    pub(in crate::io::driver) fn new(config: &Config) -> io::Result<Self> {
        Self::of(S::new()?, config)
    }

    /// One that can be a guest of this one.
    #[cfg(windows)]
    pub(in crate::io::driver) fn beside(&self, config: &Config) -> io::Result<Self> {
        Self::of(self.registry.set().beside()?, config)
    }

    /// Watches a guest, which was made [beside](Self::beside) this one.
    #[cfg(windows)]
    pub(in crate::io::driver) fn attach_guest(&mut self, guest: &Self, token: u32) -> io::Result<Key> {
        self.registry.attach_guest(&guest.registry, token)
    }

    fn of(set: S, config: &Config) -> io::Result<Self> {
        let mut registry = Registry::new(set);
        let completions = Completions::new(config, registry.waker()?)?;
        Ok(Self { registry, completions, records: Records::new() })
    }

    #[cfg(all(test, any(all(kqueue, target_os = "linux"), windows)))]
    pub(in crate::io::driver) fn set_mut(&mut self) -> &mut S {
        self.registry.set_mut()
    }

    #[inline(always)]
    fn send_with(
        &mut self,
        key: Key,
        offered: usize,
        send: impl FnOnce(RawSocket) -> io::Result<usize>,
    ) -> io::Result<Sent> {
        self.registry.source(key).ok_or_else(stale)?.send(offered, send)
    }
}

impl<S: Watch> Drive for ReadinessDriver<S> {
    #[inline(always)]
    fn info(&self) -> Info {
        S::INFO
    }

    fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        self.registry.attach(socket, token)
    }

    fn attach_foreign(&mut self, socket: RawSocket, token: u32) -> io::Result<Key> {
        self.registry.attach_foreign(socket, token)
    }

    fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        self.registry.detach(key)
    }

    /// Nothing is held, so a close is done, unless octets are lent.
    #[inline]
    fn close(&mut self, key: Key) -> io::Result<Closing> {
        self.registry.close(key)
    }

    #[inline]
    fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.registry.socket(key)
    }

    #[inline]
    fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        self.registry.submit(key, submission)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.registry.flush()
    }

    fn keeps_back(&self) -> bool {
        self.registry.set().keeps_back()
    }

    fn look(&mut self, key: Key) -> io::Result<bool> {
        self.registry.look(key)
    }

    #[inline]
    fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        let offered = slices.iter().take(sys::transfer::MAX_SLICES).map(|slice| slice.len()).sum();
        self.send_with(key, offered, |fd| sys::transfer::send(fd, slices))
    }

    #[inline(always)]
    fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.send_with(key, octets.len(), |fd| sys::transfer::send_one(fd, octets))
    }

    #[inline]
    fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.send_with(key, octets.octets(), |fd| octets.send(fd))
    }

    fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy {
        let is_live = self.registry.socket(key).is_ok();
        match self.registry.lender(key).filter(|_| is_live) {
            Some(lender) => lender.send(octets),
            None => ZeroCopy::copied(Err(stale())),
        }
    }

    fn send_file(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        let offered = file::offered(len);
        self.registry.source(key).ok_or_else(stale)?.send_file(offered, |fd| {
            let taken = sys::transfer::send_file(fd, from, offset, file::capped(offered));
            taken.and_then(|taken| file::not_at_end(taken, offered))
        })
    }

    fn kernel(&mut self) -> &mut Box<dyn Kernel> {
        self.records.kernel()
    }

    fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        self.records.attach(&self.registry, key)
    }

    fn set_keys(&mut self, key: Key, direction: Direction, info: &ktls::Info) -> io::Result<()> {
        self.records.set_keys(&mut self.registry, key, direction, info)
    }

    fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.records.send(&mut self.registry, key, octets)
    }

    fn send_file_sealed(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        self.records.send_file(&mut self.registry, key, from, offset, len)
    }

    fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        self.records.send_record(&mut self.registry, key, kind, octets)
    }

    fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        self.completions.wait(&mut self.registry, timeout_ms)
    }

    #[inline]
    fn is_exhausted(&self) -> bool {
        self.completions.is_exhausted()
    }

    fn batch_len(&self) -> usize {
        self.completions.batch_len()
    }

    fn batch_max(&self) -> usize {
        self.completions.batch_max()
    }

    #[inline(always)]
    fn next_received(&mut self) -> Option<(u32, usize)> {
        self.completions.next_received(&mut self.registry)
    }

    #[inline]
    fn next(&mut self) -> Option<Completion> {
        self.completions.next(&mut self.registry, &mut self.records)
    }

    #[inline]
    fn received(&mut self) -> &mut [u8] {
        self.completions.received()
    }

    fn accepted_from(&self) -> io::Result<Address> {
        self.completions.accepted_from()
    }

    fn waker(&self) -> Waker {
        self.completions.waker()
    }

    fn handle(&self) -> RawWaitable {
        self.registry.set().handle()
    }
}

impl<S: Watch> Drop for ReadinessDriver<S> {
    fn drop(&mut self) {
        self.registry.end_lending();
    }
}
