//! A connection and its workspace, whose memory is read after every call.

use std::rc::Rc;

use wireway::conn::{Config, Conn, Workspace};
use wireway::http1::machine::Role;
use wireway::memory::Heap;

use crate::support::key::SEED;

pub struct Metered {
    conn: Conn,
    ws: Workspace,
    heap: Heap,
    /// Octets in use when the connection was made, and the most after any call since.
    baseline: usize,
    peak: usize,
}

impl Metered {
    pub fn new(config: &Config, time: Option<u64>, now: u64) -> Result<Self, String> {
        let heap = Heap::new(Workspace::MEMORY_MAX);
        let mut ws = Workspace::new(heap.clone(), Workspace::HELD_MAX);
        ws.seed(SEED);
        if let Some(unix_seconds) = time {
            ws.set_time(unix_seconds);
        }
        let config = ws.intern(config).map_err(|error| format!("Workspace::intern: {error}"))?;
        let baseline = heap.used();
        Ok(Self { conn: Conn::new(config, now).unwrap(), ws, heap, baseline, peak: baseline })
    }

    /// Calls the connection with its workspace.
    pub fn call<T>(&mut self, body: impl FnOnce(&mut Conn, &mut Workspace) -> T) -> T {
        let answer = body(&mut self.conn, &mut self.ws);
        self.peak = self.peak.max(self.heap.used());
        answer
    }

    /// Asks the connection.
    pub fn ask<T>(&self, body: impl FnOnce(&Conn, &Workspace) -> T) -> T {
        body(&self.conn, &self.ws)
    }

    pub fn state(&self) -> u32 {
        self.conn.state(&self.ws)
    }

    /// By how many octets the memory in use grew at most.
    pub fn grown(&self) -> u64 {
        (self.peak - self.baseline) as u64
    }

    /// Counts from here on.
    pub fn forget(&mut self) {
        self.baseline = self.heap.used();
        self.peak = self.baseline;
    }

    /// Releases the connection and drops the workspace; answers whether all memory came back.
    pub fn close(&mut self) -> bool {
        self.conn.release(&mut self.ws);
        // What TLS has goes with the connection itself.
        self.conn = Conn::new(Rc::new(Config::new(Role::Server)), 0).unwrap();
        self.ws = Workspace::new(Heap::new(0), 0);
        self.heap.used() == 0
    }
}
