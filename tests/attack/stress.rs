//! Random walks over every call of a connection, in any order, against what always holds.

use super::messages::RESPONSES;
use super::random::Random;
use super::requests::REQUESTS;
use super::rig::{OK, Rig};
use std::collections::BTreeSet;
use wireway::conn::{Config, Response, bits};
use wireway::error::Code;
use wireway::http1::machine::{Role, policy};
use wireway::memory::Heap;

/// One walk.
pub struct Walk {
    pub rig: Rig,
    pub random: Random,
    pub role: Role,
    /// Octets that are on their way to us.
    coming: Vec<u8>,
    /// Tokens that are with the connection.
    pub tokens: BTreeSet<u64>,
    pub token: u64,
}

impl Walk {
    fn new(role: Role, seed: u64) -> Self {
        let mut config = Config::new(role);
        config.pipeline_max = 4;
        config.flags = if seed.is_multiple_of(5) { 0 } else { policy::TUNNELS };
        (config.limits.high_water, config.limits.low_water) = (600, 100);
        (config.limits.lend_max, config.limits.drain_max) = (512, 300);
        let budget = if seed.is_multiple_of(4) { 9000 + (seed as usize * 37) % 20_000 } else { 1 << 20 };
        let rig = Rig::within(config, Heap::new(budget), 4096);
        Self { rig, random: Random::new(seed), role, coming: Vec::new(), tokens: BTreeSet::new(), token: 0 }
    }

    /// What the peer sends next: a client's peer answers what it was asked, as a rule.
    fn peer(&mut self) -> Vec<u8> {
        let all = if self.role == Role::Server { &REQUESTS } else { &RESPONSES };
        let is_due = self.role == Role::Server || !self.rig.is(bits::IDLE) || self.random.below(30) == 0;
        while self.coming.len() < 60 && is_due {
            let kinds = if self.random.below(4) == 0 { all.len() } else { 3 };
            let message = all[self.random.below(kinds)];
            self.coming.extend_from_slice(message);
            if self.role == Role::Client {
                break;
            }
        }
        if self.random.below(60) == 0 && !self.coming.is_empty() {
            let at = self.random.below(self.coming.len());
            self.coming[at] = b"\r\n\0 0"[self.random.below(5)];
        }
        let n = [1, 9, 70, 200][self.random.below(4)].min(self.coming.len());
        self.coming.drain(..n).collect()
    }

    /// One call; what it must not do is checked by [`Walk::holds`].
    fn step(&mut self) {
        match self.random.below(32) {
            0..=9 => self.read(),
            10..=14 => self.turn(),
            15..=19 => self.begin(),
            20..=22 => self.stream(),
            23 => drop(self.rig.finish()),
            24 => self.switch(),
            25 => self.rig.conn.pause(),
            26 => self.rig.conn.resume(),
            27 => self.supply(),
            _ => self.pass(),
        }
    }

    /// Time, the transport, and the end.
    fn pass(&mut self) {
        match self.random.below(5) {
            0 => drop(self.next()),
            1 => {
                let n = self.random.below(300);
                self.take(n);
            }
            2 => {
                let ms = [0, 1, 50, 900, 6000][self.random.below(5)];
                self.rig.pass(ms);
            }
            3 if self.random.below(8) == 0 => self.rig.eof(),
            _ => self.end(),
        }
    }

    fn end(&mut self) {
        match self.random.below(24) {
            0 => self.rig.conn.abort(&mut self.rig.ws, self.rig.now),
            1 | 2 => self.rig.conn.shutdown(&mut self.rig.ws).unwrap(),
            3 => {
                self.rig.conn.reset(&mut self.rig.ws, self.rig.now).unwrap();
                self.rig.lends = false;
                // What was lent before is released after it.
                self.coming.clear();
            }
            _ => {}
        }
    }

    fn read(&mut self) {
        if !self.rig.is(bits::WANT_READ) && self.random.below(20) != 0 {
            return;
        }
        let octets = self.peer();
        if self.rig.conn.receive(&mut self.rig.ws, octets.len(), self.rig.now).is_ok() {
            (self.rig.lent, self.rig.lends) = (octets, true);
        }
        if self.random.below(8) != 0 {
            self.drain();
        }
    }

    fn drain(&mut self) {
        for _ in 0..200 {
            if self.next().is_none() {
                return;
            }
        }
        panic!("events without end");
    }

    /// The loop of `docs/api.md`.
    fn turn(&mut self) {
        for _ in 0..20 {
            self.drain();
            let n = [usize::MAX, 0, 70][self.random.below(3)];
            self.take(n);
            if !self.rig.is(bits::EVENTS) {
                return;
            }
        }
        panic!("the loop does not settle: {:#x}", self.rig.state());
    }

    fn take(&mut self, max: usize) {
        let before = self.rig.conn.queued();
        let taken = self.rig.send(max).len();
        // What is left is lost only with the connection.
        assert!(self.rig.conn.queued() == before - taken || self.rig.is(bits::CLOSE));
    }

    /// Everything ends, by itself, when the peer has and we have said all.
    fn comes_to_an_end(&mut self) {
        self.rig.conn.resume();
        self.drain();
        self.rig.eof();
        for _ in 0..12 {
            self.turn();
            self.take(usize::MAX);
            let answers = [self.rig.respond(Response { status: 404, ..OK }), self.rig.finish()];
            if answers.iter().any(|answer| answer.is_err_and(|error| error.code() == Code::Nomem)) {
                self.rig.conn.abort(&mut self.rig.ws, self.rig.now);
            }
            self.rig.pass(100_000);
        }
        assert!(self.rig.is(bits::CLOSE), "state {:#x}, deadline {}", self.rig.state(), self.rig.deadline());
        self.rig.conn.abort(&mut self.rig.ws, self.rig.now);
        self.drain();
        assert_eq!(self.tokens, BTreeSet::new(), "every token comes back");
        self.rig.close();
    }
}

fn walk(role: Role) {
    let seeds = std::env::var("WALKS").map_or(3000, |seeds| seeds.parse().expect("a number"));
    for seed in 0..seeds {
        let result = std::panic::catch_unwind(|| {
            let mut walk = Walk::new(role, seed);
            for _ in 0..120 {
                walk.step();
                walk.holds();
            }
            walk.comes_to_an_end();
            let heap = walk.rig.ws.heap().clone();
            drop(walk);
            assert_eq!(heap.used(), 0);
        });
        assert!(result.is_ok(), "{role:?}, seed {seed}");
    }
}

#[test]
fn server() {
    walk(Role::Server);
}

#[test]
fn client() {
    walk(Role::Client);
}
