//! Random walks over every call of a connection, in any order, against what always holds.

use super::peer::{REQUESTS, RESPONSES, Random};
use super::rig::{OK, Rig};
use std::collections::BTreeSet;
use wireway::conn::{Config, Event, Response, Span, Window, Workspace, bits};
use wireway::http1::machine::Role;
use wireway::memory::Heap;

/// One walk.
pub struct Walk {
    pub rig: Rig,
    pub random: Random,
    pub role: Role,
    /// Tokens that are with the connection.
    pub tokens: BTreeSet<u64>,
    pub token: u64,
    /// Octets that must be queued.
    queued: usize,
}

impl Walk {
    fn new(role: Role, seed: u64) -> Self {
        let mut config = Config::new(role);
        config.pipeline_max = 4;
        (config.limits.high_water, config.limits.low_water) = (600, 100);
        (config.limits.lend_max, config.limits.drain_max) = (512, 300);
        let budget = if seed.is_multiple_of(4) { 9000 + (seed as usize * 37) % 20_000 } else { 1 << 20 };
        let rig = Rig::within(config, Heap::new(budget), 4096);
        Self { rig, random: Random::new(seed), role, tokens: BTreeSet::new(), token: 0, queued: 0 }
    }

    fn peer(&mut self) -> Vec<u8> {
        let all = if self.role == Role::Server { &REQUESTS } else { &RESPONSES };
        let mut octets = Vec::new();
        for _ in 0..=self.random.below(3) {
            octets.extend_from_slice(all[self.random.below(all.len())]);
        }
        if self.random.below(3) == 0 {
            octets.truncate(self.random.below(octets.len() + 1));
        }
        octets
    }

    /// One call; what it must not do is checked by [`Walk::holds`].
    fn step(&mut self) {
        match self.random.below(32) {
            0..=9 => self.read(),
            10..=14 => self.turn(),
            15..=24 => self.say(),
            25 => self.rig.conn.pause(),
            26 => self.rig.conn.resume(),
            27 => drop(self.next()),
            _ => self.pass(),
        }
    }

    /// The transport and the time.
    fn pass(&mut self) {
        match self.random.below(5) {
            0 => {
                let n = self.random.below(300);
                self.take(n);
            }
            1 => {
                let ms = [0, 1, 50, 900, 6000][self.random.below(5)];
                self.rig.pass(ms);
            }
            2 if self.random.below(8) == 0 => self.rig.eof(),
            3 => self.end(),
            _ => {}
        }
    }

    fn end(&mut self) {
        match self.random.below(24) {
            0 => self.rig.conn.abort(&mut self.rig.ws, self.rig.now),
            1 | 2 => self.rig.conn.shutdown(&mut self.rig.ws),
            3 => {
                self.rig.conn.reset(&mut self.rig.ws, self.rig.now);
                self.rig.lends = false;
                self.tokens.clear();
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

    fn next(&mut self) -> Option<Event> {
        let closed = self.rig.is(bits::CLOSE);
        let lent: &mut [u8] = if self.rig.lends { &mut self.rig.lent } else { &mut [] };
        let event = self.rig.conn.next(&mut self.rig.ws, lent).ok().and_then(Result::ok);
        self.rig.lends &= event.is_some();
        match event {
            Some(Event::Released(token)) => assert!(self.tokens.remove(&token), "{token} is released once"),
            Some(Event::Error(_)) | None => {}
            Some(other) => assert!(!closed, "{other:?} after the end"),
        }
        match event {
            Some(Event::Data { span, .. } | Event::Raw(span)) => self.in_window(span),
            Some(Event::Request { .. } | Event::Response { .. } | Event::Interim | Event::End { trailers: true }) => {
                let (head, fields) = self.rig.conn.head(&self.rig.ws).expect("a head");
                let whole = Span { window: head.window, offset: head.base, len: head.len };
                let inside = |end: u32| assert!(end <= head.len, "a field beyond its head");
                fields.iter().for_each(|field| inside(field.value + field.value_len));
                self.in_window(whole);
            }
            _ => {}
        }
        event
    }

    fn in_window(&self, span: Span) {
        let all = match span.window {
            Window::Lent => self.rig.lent.len(),
            Window::Held => self.rig.conn.held(&self.rig.ws).len(),
        };
        assert!((span.offset + span.len) as usize <= all, "{span:?} of {all}");
    }

    fn holds(&mut self) {
        let mut shown = 0;
        self.rig.conn.pieces(&self.rig.ws, |piece| {
            shown += match piece {
                wireway::conn::Piece::Owned(bytes) => bytes.len(),
                wireway::conn::Piece::Lent(_, len) => len,
            };
            true
        });
        assert_eq!(shown, self.rig.conn.queued());
        self.queued = shown;
        let now = self.rig.now;
        assert!(self.rig.deadline() >= now || !self.rig.lends, "{} at {now}", self.rig.deadline());
        assert!(!self.rig.is(bits::CLOSE) || self.rig.conn.queued() == 0);
        assert!(self.rig.ws.heap().used() < 1 << 20);
    }

    /// Everything ends, by itself, when the peer has and we have said all.
    fn comes_to_an_end(&mut self) {
        self.rig.conn.resume();
        self.drain();
        self.rig.eof();
        for _ in 0..100 {
            self.turn();
            self.take(usize::MAX);
            // 200 would open a tunnel, which is a switch.
            let _ = self.rig.respond(OK).or_else(|_| self.rig.respond(Response { status: 404, ..OK }));
            let _ = self.rig.finish();
            self.rig.pass(100_000);
        }
        assert!(self.rig.is(bits::CLOSE), "state {:#x}, deadline {}", self.rig.state(), self.rig.deadline());
        self.rig.conn.abort(&mut self.rig.ws, self.rig.now);
        self.drain();
        assert_eq!(self.tokens, BTreeSet::new(), "every token comes back");
        self.rig.close();
    }
}

fn walk(role: Role, seeds: core::ops::Range<u64>) {
    for seed in seeds {
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
    let _ = Workspace::HELD_MAX;
}

#[test]
fn server() {
    walk(Role::Server, 0..8000);
}

#[test]
fn client() {
    walk(Role::Client, 0..8000);
}
