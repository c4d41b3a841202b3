//! A driver for benchmarks: clients without a network, so that there can be more than the system has descriptors for.
//!
//! Its clients connect to the first listener that accepts, and each sends a request. Some go on with that: one request
//! with each wait. They take at once whatever is sent to them. It makes a system call for a client that connects, and
//! to wait where nothing is ready, and no others. It has what servers do with connections; what else a driver can do
//! is `Unsupported`.

mod entry;
mod ready;
mod simulation;

use super::drive::Drive;
use super::info::Info;
use super::lending::ZeroCopy;
use super::operation::{Cancel, Config, Event};
use super::preferred::Preferred;
use super::refused::{stale, twice};
use super::{Closing, Completion, Gather, Key, Sent, Submission};
use crate::io::address::Address;
use crate::io::descriptor::{RawFile, RawSocket, RawWaitable};
use crate::io::ktls::{self, Direction, Kernel};
use crate::io::socket::{AcceptError, Socket};
use crate::io::waker::Waker;
use crate::narrow::place;
use entry::Entry;
use ready::Ready;
pub use simulation::Simulation;
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::net::SocketAddr;

/// From one active connection to the next: a prime number, so that all have turns before one has another, and none is near
/// the one before.
const STEP: usize = 982_451_653;

/// The driver.
pub(super) struct Simulated {
    simulation: Simulation,
    /// Waits where nothing is ready, for the waker.
    idle: Preferred,
    /// All clients have the same.
    client: Address,
    /// That of every connection, for what its owner sets.
    socket: Socket,
    entries: Vec<Entry>,
    /// The listener that the clients connect to, while it accepts.
    listener: Option<u32>,
    /// How many clients have connected, and of how many something was received or is to be.
    connected: u32,
    clients: u32,
    accepts: u32,
    batch_max: usize,
    /// Connections whose first request has not come.
    fresh: VecDeque<u32>,
    active: Vec<u32>,
    /// The last of them that had a turn.
    turn: usize,
    batch: VecDeque<Ready>,
    batch_len: usize,
    buffer: Vec<u8>,
    received: usize,
}

impl Simulated {
    pub fn new(config: &Config, simulation: Simulation) -> io::Result<Self> {
        if !(1..=simulation.connections).contains(&simulation.active) || simulation.request.len() > config.buffer {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        // One for documentation (RFC 5737).
        let client = Address::from(SocketAddr::from(([192, 0, 2, 1], 80)));
        Ok(Self {
            simulation,
            idle: Preferred::new(config)?,
            socket: Socket::stream(&client)?,
            client,
            entries: Vec::new(),
            listener: None,
            connected: 0,
            clients: 0,
            accepts: config.accepts,
            batch_max: config.batch,
            fresh: VecDeque::new(),
            active: Vec::new(),
            turn: 0,
            batch: VecDeque::new(),
            batch_len: 0,
            buffer: vec![0; config.buffer],
            received: 0,
        })
    }

    /// The driver that waits.
    #[cfg(windows)]
    pub fn idle(&self) -> &Preferred {
        &self.idle
    }

    fn entry(&mut self, key: Key) -> io::Result<&mut Entry> {
        self.entries.get_mut(key.index as usize).filter(|entry| entry.is_open).ok_or_else(stale)
    }

    /// The clients that connect now, then the first requests, then those of the active clients.
    fn find(&mut self) {
        let left = self.simulation.connections - self.connected;
        let clients = if self.listener.is_some() { left.min(self.accepts) } else { 0 };
        self.batch.extend((0..clients).map(|_| Ready::Client));
        let count = self.fresh.len().min(self.batch_max);
        self.batch.extend(self.fresh.drain(..count).map(Ready::Request));
        if self.batch.is_empty() {
            let count = self.active.len().min(self.batch_max);
            for _ in 0..count {
                let index = self.next_active();
                self.batch.push_back(Ready::Request(index));
            }
        }
        self.batch_len = self.batch.len();
    }

    /// Each active connection in its turn.
    fn next_active(&mut self) -> u32 {
        self.turn = (self.turn + STEP) % self.active.len();
        self.active[self.turn]
    }

    /// Receives from now on. The socket is dropped: so there need not be as many as connections.
    fn receive(&mut self, key: Key) -> io::Result<()> {
        let entry = self.entry(key)?;
        if entry.receives {
            return Err(twice());
        }
        entry.receives = true;
        if entry.socket.take().is_some() {
            self.fresh.push_back(key.index);
            if self.simulation.is_active(self.clients) {
                self.active.push(key.index);
            }
            self.clients += 1;
        }
        Ok(())
    }

    fn accept(&mut self) -> Result<Socket, AcceptError> {
        let socket = Socket::stream(&self.client);
        self.connected += u32::from(socket.is_ok());
        socket.map_err(AcceptError::Exhausted)
    }

    /// The request of a connection that still receives.
    fn request(&mut self, index: u32) -> Option<Completion> {
        let entry = &self.entries[index as usize];
        if !entry.is_open || !entry.receives {
            return None;
        }
        let (token, request) = (entry.token, self.simulation.request);
        self.received = request.len();
        self.buffer[..request.len()].copy_from_slice(request);
        Some(Completion { token, event: Event::Received(Ok(request.len())) })
    }

    fn complete(&mut self, ready: Ready) -> Option<Completion> {
        match ready {
            Ready::Client => {
                let token = self.entries[self.listener? as usize].token;
                Some(Completion { token, event: Event::Accepted(self.accept()) })
            }
            Ready::Request(index) => self.request(index),
        }
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
        let index = place(self.entries.len());
        self.entries.push(Entry { token, socket: Some(socket), receives: false, is_open: true });
        Ok(Key { index, generation: 0 })
    }

    fn attach_foreign(&mut self, _: RawSocket, _: u32) -> io::Result<Key> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn detach(&mut self, _: Key) -> io::Result<Option<Socket>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn close(&mut self, key: Key) -> io::Result<Closing> {
        let entry = self.entry(key)?;
        entry.is_open = false;
        entry.socket = None;
        if self.listener == Some(key.index) {
            self.listener = None;
        }
        Ok(Closing::Done)
    }

    fn socket(&self, key: Key) -> io::Result<&Socket> {
        let entry = self.entries.get(key.index as usize).filter(|entry| entry.is_open).ok_or_else(stale)?;
        Ok(entry.socket.as_ref().unwrap_or(&self.socket))
    }

    fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match submission {
            Submission::Accept => self.listener = Some(key.index),
            Submission::Receive => self.receive(key)?,
            Submission::Cancel(Cancel::Accept) => self.listener = None,
            Submission::Cancel(Cancel::Receive) => self.entry(key)?.receives = false,
            Submission::Cancel(Cancel::Send) => (),
            _ => return Err(io::ErrorKind::Unsupported.into()),
        }
        Ok(())
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
        self.entry(key).map(|_| Sent::Done(slices.iter().map(|slice| slice.len()).sum()))
    }

    fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.entry(key).map(|_| Sent::Done(octets.len()))
    }

    fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.entry(key).map(|_| Sent::Done(octets.octets()))
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
        if self.batch.is_empty() {
            self.find();
        }
        if self.batch.is_empty() { self.idle.wait(timeout_ms) } else { Ok(self.batch.len()) }
    }

    fn next(&mut self) -> Option<Completion> {
        while let Some(ready) = self.batch.pop_front() {
            if let Some(completion) = self.complete(ready) {
                return Some(completion);
            }
        }
        self.idle.next()
    }

    fn next_received(&mut self) -> Option<(u32, usize)> {
        None
    }

    fn received(&mut self) -> &mut [u8] {
        &mut self.buffer[..self.received]
    }

    fn accepted_from(&self) -> io::Result<Address> {
        Ok(self.client)
    }

    fn is_exhausted(&self) -> bool {
        self.batch.is_empty() && self.idle.is_exhausted()
    }

    fn batch_len(&self) -> usize {
        self.batch_len
    }

    fn batch_max(&self) -> usize {
        self.batch_max
    }

    fn waker(&self) -> Waker {
        self.idle.waker()
    }

    fn handle(&self) -> RawWaitable {
        self.idle.handle()
    }
}
