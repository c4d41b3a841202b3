//! A driver for benchmarks: clients without a network, so that there can be more than the system has descriptors for.
//!
//! Its clients connect to the listener that accepts, and each sends a request. Some go on with that, in turns. They
//! take at once whatever is sent to them. It makes a system call for a client that connects, and to wait where nothing
//! is ready, and no others. It has what servers do with connections; what else a driver can do is `Unsupported`.

mod clients;
mod entry;
mod ready;
mod simulation;

use super::drive::Drive;
use super::info::Info;
use super::lending::ZeroCopy;
use super::operation::{Cancel, Config};
use super::preferred::Preferred;
use super::{Closing, Completion, Gather, Key, Sent, Submission};
use crate::io::address::Address;
use crate::io::descriptor::{RawFile, RawSocket, RawWaitable};
use crate::io::ktls::{self, Direction, Kernel};
use crate::io::socket::Socket;
use crate::io::waker::Waker;
use clients::Clients;
pub use simulation::Simulation;
use std::io::{self, IoSlice};
use std::net::SocketAddr;

/// The driver.
pub(super) struct Simulated {
    clients: Clients,
    /// Waits where nothing is ready, for the waker.
    idle: Preferred,
    /// That of every connection, for what its owner sets.
    socket: Socket,
    /// All clients have the same.
    address: Address,
}

impl Simulated {
    /// Fails with `InvalidInput` for a simulation that cannot be.
    pub fn new(config: &Config, simulation: Simulation) -> io::Result<Self> {
        // One for documentation (RFC 5737).
        let address = Address::from(SocketAddr::from(([192, 0, 2, 1], 80)));
        let socket = Socket::stream(&address)?;
        Ok(Self { clients: Clients::new(config, simulation)?, idle: Preferred::new(config)?, socket, address })
    }

    /// The driver that waits.
    #[cfg(windows)]
    pub fn idle(&self) -> &Preferred {
        &self.idle
    }
}

impl Drive for Simulated {
    fn info(&self) -> Info {
        Info {
            name: "simulated",
            holds_sends: false,
            notices_paused: false,
            lends: false,
            sends_files: false,
            fallback: None,
        }
    }

    fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        Ok(self.clients.attach(socket, token))
    }

    fn attach_foreign(&mut self, _: RawSocket, _: u32) -> io::Result<Key> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn detach(&mut self, _: Key) -> io::Result<Option<Socket>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn close(&mut self, key: Key) -> io::Result<Closing> {
        self.clients.close(key).map(|()| Closing::Done)
    }

    fn socket(&self, key: Key) -> io::Result<&Socket> {
        Ok(self.clients.entry(key)?.socket.as_ref().unwrap_or(&self.socket))
    }

    fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match submission {
            Submission::Accept => self.clients.accept(key),
            Submission::Receive => self.clients.receive(key),
            Submission::Cancel(Cancel::Accept) => self.clients.cancel_accept(key),
            Submission::Cancel(Cancel::Receive) => self.clients.cancel_receive(key),
            Submission::Cancel(Cancel::Send) => self.clients.entry(key).map(drop),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn keeps_back(&self) -> bool {
        false
    }

    fn look(&mut self, _: Key) -> io::Result<bool> {
        Ok(false)
    }

    fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        self.clients.entry(key).map(|_| Sent::Done(slices.iter().map(|slice| slice.len()).sum()))
    }

    fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.clients.entry(key).map(|_| Sent::Done(octets.len()))
    }

    fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.clients.entry(key).map(|_| Sent::Done(octets.octets()))
    }

    fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy {
        ZeroCopy::copied(self.send_gather(key, octets))
    }

    fn send_file(&mut self, _: Key, _: RawFile, _: u64, _: u64) -> io::Result<Sent> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn kernel(&mut self) -> &mut Box<dyn Kernel> {
        self.idle.kernel()
    }

    fn attach_kernel(&mut self, _: Key) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_keys(&mut self, _: Key, _: Direction, _: &ktls::Info) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn send_sealed(&mut self, _: Key, _: &Gather<'_>) -> io::Result<Sent> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn send_file_sealed(&mut self, _: Key, _: RawFile, _: u64, _: u64) -> io::Result<Sent> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn send_record(&mut self, _: Key, _: u8, _: &[u8]) -> io::Result<Sent> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        match self.clients.find() {
            0 => self.idle.wait(timeout_ms),
            count => Ok(count),
        }
    }

    fn next(&mut self) -> Option<Completion> {
        self.clients.next(&self.address).or_else(|| self.idle.next())
    }

    fn next_received(&mut self) -> Option<(u32, usize)> {
        None
    }

    fn received(&mut self) -> &mut [u8] {
        self.clients.received()
    }

    fn accepted_from(&self) -> io::Result<Address> {
        Ok(self.address)
    }

    fn is_exhausted(&self) -> bool {
        self.clients.is_exhausted() && self.idle.is_exhausted()
    }

    fn batch_len(&self) -> usize {
        self.clients.batch_len()
    }

    fn batch_max(&self) -> usize {
        self.clients.batch_max()
    }

    fn waker(&self) -> Waker {
        self.idle.waker()
    }

    fn handle(&self) -> RawWaitable {
        self.idle.handle()
    }
}
