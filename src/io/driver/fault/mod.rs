//! A driver for tests: the native one behind faults that other drivers and systems produce.
//!
//! It holds sends, and sends them late, in part or not at all; takes part of a send; has no room though the socket has;
//! keeps received octets and accepted connections and reports them batches later, in another order, also after a
//! cancel; ends waits early; and, if asked to, fails sends, runs out of descriptors and reports octets in parts. All by
//! a seed: the same calls with the same events of the system give the same faults.
//!
//! It compares held octets with what they were before it sends or drops them: an owner that frees or overwrites them is
//! found at that call.

mod context;
mod dice;
mod entry;
mod faults;
mod held;
mod receiver;
mod report;
mod reports;
mod sender;
mod sockets;
mod table;

use super::drive::Drive;
use super::info::Info;
use super::lending::ZeroCopy;
use super::preferred::Preferred;
use super::{Closing, Completion, Gather, Key, Sent, Submission};
use crate::io::address::Address;
use crate::io::descriptor::{RawFile, RawSocket, RawWaitable};
use crate::io::ktls::{self, Direction, Kernel};
use crate::io::socket::Socket;
use crate::io::waker::Waker;
pub use faults::Faults;
use reports::Reports;
use sockets::Sockets;
use std::io::{self, IoSlice};

/// The driver: the sockets, and what is reported of them. Neither sees the other but as an argument.
pub(super) struct Fault {
    sockets: Sockets,
    reports: Reports,
}

impl Fault {
    pub fn new(inner: Preferred, faults: Faults) -> Self {
        Self { sockets: Sockets::new(inner, faults), reports: Reports::default() }
    }

    /// The driver that waits.
    #[cfg(windows)]
    pub fn inner(&self) -> &Preferred {
        &self.sockets.inner
    }

    #[cfg(windows)]
    pub fn attach_guest(&mut self, guest: &Preferred, token: u32) -> io::Result<Key> {
        self.sockets.attach_guest(guest, token)
    }
}

impl Drive for Fault {
    fn info(&self) -> Info {
        Info { name: "fault", holds_sends: true, lends: true, ..self.sockets.inner.info() }
    }

    fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        self.sockets.attach(socket, token)
    }

    fn attach_foreign(&mut self, fd: RawSocket, token: u32) -> io::Result<Key> {
        self.sockets.attach_foreign(fd, token)
    }

    fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        self.sockets.detach(key)
    }

    fn close(&mut self, key: Key) -> io::Result<Closing> {
        self.sockets.close(key)
    }

    fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.sockets.socket(key)
    }

    fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        self.sockets.submit(key, submission)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sockets.inner.flush()
    }

    fn keeps_back(&self) -> bool {
        self.sockets.inner.keeps_back()
    }

    fn look(&mut self, key: Key) -> io::Result<bool> {
        self.sockets.look(key)
    }

    fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        self.sockets.send(key, slices)
    }

    fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.sockets.send(key, &[IoSlice::new(octets)])
    }

    fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.sockets.send_gather(key, octets)
    }

    fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy {
        self.sockets.send_zero_copy(key, octets)
    }

    fn send_file(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        self.sockets.send_file(key, from, offset, len)
    }

    fn kernel(&mut self) -> &mut Box<dyn Kernel> {
        self.sockets.inner.kernel()
    }

    fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        self.sockets.attach_kernel(key)
    }

    fn set_keys(&mut self, key: Key, direction: Direction, info: &ktls::Info) -> io::Result<()> {
        self.sockets.set_keys(key, direction, info)
    }

    fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.sockets.send_sealed(key, octets)
    }

    fn send_file_sealed(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        self.sockets.send_file_sealed(key, from, offset, len)
    }

    fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        self.sockets.send_record(key, kind, octets)
    }

    fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        self.reports.wait(&mut self.sockets, timeout_ms)
    }

    fn next(&mut self) -> Option<Completion> {
        self.reports.next(&mut self.sockets)
    }

    fn next_received(&mut self) -> Option<(u32, usize)> {
        self.reports.next_received(&mut self.sockets)
    }

    fn received(&mut self) -> &mut [u8] {
        self.reports.received(&mut self.sockets)
    }

    fn accepted_from(&self) -> io::Result<Address> {
        self.reports.accepted_from()
    }

    fn is_exhausted(&self) -> bool {
        self.reports.is_exhausted(&self.sockets)
    }

    /// As if the batch were full: while something is kept, more may be ready.
    fn batch_len(&self) -> usize {
        self.sockets.inner.batch_max()
    }

    fn batch_max(&self) -> usize {
        self.sockets.inner.batch_max()
    }

    fn waker(&self) -> Waker {
        self.sockets.inner.waker()
    }

    fn handle(&self) -> RawWaitable {
        self.sockets.inner.handle()
    }
}
