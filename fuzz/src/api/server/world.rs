//! A server, its peers, and what is known of its connections.

use std::sync::atomic::{AtomicU64, Ordering};

use wireway::ffi::config::WW_ROLE_SERVER;
use wireway::ffi::server::config::ww_server_config;
use wireway::ffi::server::ww_server_drain;
use wireway::ffi::status::*;

use super::conns::Conns;
use super::events;
use super::handle::Handle;
use super::loans::Loans;
use super::peers::Peer;
use super::posts::Posts;
use crate::api::application::Habits;
use crate::api::config;
use crate::api::input::Input;
use crate::api::witness::Witness;

/// Where the server listens: without TLS, with TLS 1.3, with TLS 1.2, and on TCP without.
pub const LISTENERS: usize = 4;

static RUNS: AtomicU64 = AtomicU64::new(0);

pub struct World {
    pub server: Handle,
    pub addresses: Vec<String>,
    pub peers: Vec<Peer>,
    pub conns: Conns,
    pub loans: Loans,
    pub posts: Posts,
    pub habits: Habits,
    pub is_drained: bool,
    witness: Witness,
}

impl World {
    pub fn new(input: &mut Input) -> Self {
        let server = Handle::new(&config(input));
        let run = format!("wireway-api-{}-{}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed));
        let unix = (0..3).map(|tls| server.listen(&format!("unix:@{run}-{tls}"), tls, tls));
        let mut addresses: Vec<_> = unix.collect();
        addresses.push(server.listen("127.0.0.1:0", 0, LISTENERS - 1));
        Self {
            server,
            addresses,
            peers: Vec::new(),
            conns: Conns::default(),
            loans: Loans::default(),
            posts: Posts::default(),
            habits: Habits::of(input),
            is_drained: false,
            witness: Witness::default(),
        }
    }

    /// What is to hold after every call.
    pub fn check(&self) {
        self.witness.check();
    }

    /// The next event, handled; `None` when there is none now.
    pub fn next(&mut self, timeout_ms: i64) -> Option<()> {
        self.witness.end();
        let (status, event) = self.server.next(timeout_ms);
        if status != WW_OK {
            assert!(matches!(status, WW_TIMEOUT | WW_DONE), "status {status}");
            assert!(
                status == WW_DONE || self.server.deadline() != 0,
                "nothing was to be done, and something is at once"
            );
            self.is_drained |= status == WW_DONE;
            return None;
        }
        self.witness.keep(&event);
        self.conns.event(&event);
        events::handle(self, &event);
        Some(())
    }

    /// All events there are now.
    pub fn turn(&mut self) -> usize {
        for count in 0.. {
            assert!(count < 100_000, "a turn without an end");
            if self.next(0).is_none() {
                return count;
            }
        }
        unreachable!()
    }

    /// All peers go, and the server ends.
    pub fn end(mut self) {
        self.turn();
        self.peers.clear();
        self.turn();
        let opened = self.conns.len() as u64;
        assert_eq!(self.server.stats().open, opened, "connections that the statistics do not know");
        // SAFETY: a server of ours.
        assert_eq!(self.server.call(|s| unsafe { ww_server_drain(s, 0) }), WW_OK);
        let mut pauses = 0;
        while !self.is_drained {
            pauses += usize::from(self.next(1000).is_none());
            assert!(pauses < 20, "a drain without an end");
        }
        let stats = self.server.stats();
        assert_eq!((self.conns.len(), stats.open), (0, 0), "drained, with connections");
        assert_eq!(stats.stalled, 0, "a turn without progress");
        assert!(self.posts.are_all_told(), "a post that did not come");
    }
}

fn config(input: &mut Input) -> ww_server_config {
    // SAFETY: integers and pointers only.
    let mut config: ww_server_config = unsafe { std::mem::zeroed() };
    config.size = size_of::<ww_server_config>();
    config.conn = config::plain(input, WW_ROLE_SERVER);
    config.receive_size = config.conn.lend_max;
    let octet = input.octet();
    if octet & 1 != 0 {
        config.connections_max = 3;
    }
    if octet & 2 != 0 {
        (config.posts_max, config.waiting_conn_max) = (3, 500);
    }
    if octet & 4 != 0 {
        config.held_max = 10_000;
    }
    if octet & 24 == 24 {
        config.memory_max = 300_000;
    }
    config
}
