//! The clients of a simulation, and the sockets in whose places they are.

use super::entry::Entry;
use super::ready::Ready;
use super::simulation::Simulation;
use crate::io::address::Address;
use crate::io::driver::operation::{Completion, Config, Event, Key};
use crate::io::driver::refused::{stale, twice};
use crate::io::socket::{AcceptError, Socket};
use crate::narrow::place;
use std::collections::VecDeque;
use std::io;

/// From one active connection to the next: a prime number, so that all have turns before one has another. Of very many it is
/// far from the one before.
const STEP: usize = 982_451_653;

/// All clients.
#[derive(Debug)]
pub(super) struct Clients {
    simulation: Simulation,
    entries: Vec<Entry>,
    /// The listener that they connect to, while it accepts.
    listener: Option<u32>,
    /// How many have connected, and how many of these are received from.
    connected: u32,
    heard: u32,
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

impl Clients {
    pub fn new(config: &Config, simulation: Simulation) -> io::Result<Self> {
        if !(1..=simulation.connections).contains(&simulation.active) || simulation.request.len() > config.buffer {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Self {
            simulation,
            entries: Vec::new(),
            listener: None,
            connected: 0,
            heard: 0,
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

    pub fn attach(&mut self, socket: Socket, token: u32) -> Key {
        let index = place(self.entries.len());
        self.entries.push(Entry { token, socket: Some(socket), receives: false, is_open: true });
        Key { index, generation: 0 }
    }

    pub fn entry(&self, key: Key) -> io::Result<&Entry> {
        self.entries.get(key.index as usize).filter(|entry| entry.is_open).ok_or_else(stale)
    }

    fn entry_mut(&mut self, key: Key) -> io::Result<&mut Entry> {
        self.entries.get_mut(key.index as usize).filter(|entry| entry.is_open).ok_or_else(stale)
    }

    pub fn close(&mut self, key: Key) -> io::Result<()> {
        self.cancel_accept(key)?;
        let entry = self.entry_mut(key)?;
        entry.is_open = false;
        entry.socket = None;
        Ok(())
    }

    pub fn accept(&mut self, key: Key) -> io::Result<()> {
        self.entry(key)?;
        self.listener = Some(key.index);
        Ok(())
    }

    pub fn cancel_accept(&mut self, key: Key) -> io::Result<()> {
        self.entry(key)?;
        self.listener = self.listener.filter(|&listener| listener != key.index);
        Ok(())
    }

    /// Receives from now on. The socket is dropped: so there need not be as many as connections.
    pub fn receive(&mut self, key: Key) -> io::Result<()> {
        let entry = self.entry_mut(key)?;
        if entry.receives {
            return Err(twice());
        }
        entry.receives = true;
        if entry.socket.take().is_some() {
            self.fresh.push_back(key.index);
            if self.simulation.is_active(self.heard) {
                self.active.push(key.index);
            }
            self.heard += 1;
        }
        Ok(())
    }

    pub fn cancel_receive(&mut self, key: Key) -> io::Result<()> {
        self.entry_mut(key)?.receives = false;
        Ok(())
    }

    /// What is ready, if nothing is left: clients that connect and first requests, or else the active clients in their
    /// turns. Returns how much it is.
    pub fn find(&mut self) -> usize {
        if !self.batch.is_empty() {
            return self.batch.len();
        }
        let left = self.simulation.connections - self.connected;
        let clients = if self.listener.is_some() { left.min(self.accepts) } else { 0 };
        self.batch.extend((0..clients).map(|_| Ready::Client));
        let count = self.fresh.len().min(self.batch_max);
        self.batch.extend(self.fresh.drain(..count).map(Ready::Request));
        if self.batch.is_empty() {
            self.turns();
        }
        self.batch_len = self.batch.len();
        self.batch_len
    }

    fn turns(&mut self) {
        for _ in 0..self.active.len().min(self.batch_max) {
            self.turn = (self.turn + STEP) % self.active.len();
            self.batch.push_back(Ready::Request(self.active[self.turn]));
        }
    }

    /// The next completion of the batch; clients have this address.
    pub fn next(&mut self, address: &Address) -> Option<Completion> {
        while let Some(ready) = self.batch.pop_front() {
            let completion = match ready {
                Ready::Client => self.connect(address),
                Ready::Request(index) => self.request(index),
            };
            if completion.is_some() {
                return completion;
            }
        }
        None
    }

    fn connect(&mut self, address: &Address) -> Option<Completion> {
        let token = self.entries[self.listener? as usize].token;
        let socket = Socket::stream(address).map_err(AcceptError::Exhausted);
        self.connected += u32::from(socket.is_ok());
        Some(Completion { token, event: Event::Accepted(socket) })
    }

    /// The request on a connection that still receives.
    fn request(&mut self, index: u32) -> Option<Completion> {
        let entry = &self.entries[index as usize];
        if !entry.is_open || !entry.receives {
            return None;
        }
        let request = self.simulation.request;
        self.received = request.len();
        self.buffer[..request.len()].copy_from_slice(request);
        Some(Completion { token: entry.token, event: Event::Received(Ok(request.len())) })
    }

    pub fn received(&mut self) -> &mut [u8] {
        &mut self.buffer[..self.received]
    }

    pub fn is_exhausted(&self) -> bool {
        self.batch.is_empty()
    }

    pub fn batch_len(&self) -> usize {
        self.batch_len
    }

    pub fn batch_max(&self) -> usize {
        self.batch_max
    }
}
