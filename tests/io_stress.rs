//! Connections opened, fed, paused, ended and closed at random, also between the completions of one batch: every byte comes
//! once and in order, and nothing comes for what is paused or closed.
#![cfg(feature = "io")]

mod io_support;
#[path = "support/random.rs"]
mod random;

use io_support::receiving;
use random::Random;
use std::io::IoSlice;
use wireway::io::driver::{Cancel, Completion, Config, Driver, Event, Key, Submission};
use wireway::io::socket::Socket;

const SLOTS: usize = 12;
const STEPS: usize = if cfg!(windows) { 2_000 } else { 20_000 };

/// One connection, and what is known of it without the driver.
struct Connection {
    key: Key,
    token: u32,
    peer: Option<Socket>,
    paused: bool,
    ended: bool,
    hung_up: bool,
    sent: usize,
    received: usize,
}

impl Connection {
    /// Whether a hang-up may be told: where it is not read, and once, but that both ways have ended.
    fn may_hang_up(&self, both: bool) -> bool {
        let is_read = !self.paused && !self.ended;
        !is_read && self.peer.is_none() && (both || !self.hung_up && !self.ended)
    }
}

struct World {
    driver: Driver,
    slots: [Option<Connection>; SLOTS],
    opened: u64,
    random: Random,
}

fn octet(position: usize) -> u8 {
    (position % 251) as u8
}

impl World {
    fn open(&mut self, slot: usize) {
        self.opened += 1;
        let token = (self.opened as u32) << 8 | slot as u32;
        let (ours, peer) = Socket::pair().unwrap();
        let key = receiving(&mut self.driver, ours, token);
        let peer = Some(peer);
        let connection =
            Connection { key, token, peer, paused: false, ended: false, hung_up: false, sent: 0, received: 0 };
        self.slots[slot] = Some(connection);
    }

    fn act(&mut self) {
        let slot = self.random.below(SLOTS);
        let choice = self.random.below(12);
        let length = 1 + self.random.below(200);
        let Some(connection) = &mut self.slots[slot] else { return self.open(slot) };
        match (choice, &connection.peer) {
            (0, _) => {
                self.driver.close(connection.key).unwrap();
                self.slots[slot] = None;
            }
            (1, _) => connection.peer = None,
            (2..=4, _) if !connection.ended => {
                connection.paused = !connection.paused;
                let submission =
                    if connection.paused { Submission::Cancel(Cancel::Receive) } else { Submission::Receive };
                self.driver.submit(connection.key, submission).unwrap();
            }
            (_, Some(peer)) => {
                let bytes: Vec<u8> = (connection.sent..connection.sent + length).map(octet).collect();
                connection.sent += peer.send(&[IoSlice::new(&bytes)]).unwrap_or(0);
            }
            _ => {}
        }
    }

    fn check(&mut self, done: &Completion) {
        let slot = (done.token & 0xff) as usize;
        let connection = self.slots[slot].as_mut().filter(|c| c.token == done.token).expect("not of a closed one");
        match done.event {
            Event::Received(Ok(0)) => {
                assert!(!connection.paused && !connection.ended && connection.peer.is_none());
                assert_eq!(connection.received, connection.sent, "all came before the end");
                connection.ended = true;
            }
            Event::Received(Ok(n)) => {
                assert!(!connection.paused && !connection.ended);
                for (at, &byte) in self.driver.received().iter().enumerate() {
                    assert_eq!(byte, octet(connection.received + at));
                }
                connection.received += n;
            }
            Event::HungUp { both } => {
                assert!(connection.may_hang_up(both));
                connection.hung_up = true;
            }
            _ => panic!("{done:?}"),
        }
    }

    /// Part of a batch, or all of it, with actions in between.
    fn turn(&mut self, interfere: bool) {
        self.driver.wait(Some(0)).unwrap();
        while let Some(done) = self.driver.next() {
            self.check(&done);
            if interfere && self.random.below(2) == 0 {
                self.act();
            }
            if interfere && self.random.below(8) == 0 {
                break;
            }
        }
    }

    fn settle(&mut self) {
        for connection in self.slots.iter_mut().flatten().filter(|c| c.paused) {
            connection.paused = false;
            self.driver.submit(connection.key, Submission::Receive).unwrap();
        }
        for _ in 0..10_000 {
            self.turn(false);
        }
        for connection in self.slots.iter().flatten() {
            assert_eq!(connection.received, connection.sent);
            assert_eq!(connection.ended, connection.peer.is_none());
        }
        assert_eq!(self.driver.wait(Some(0)).unwrap(), 0, "nothing is left to say");
    }
}

#[test]
fn every_byte_comes_once_and_nothing_comes_for_what_is_closed() {
    let config = Config { buffer: 64, batch: 4, ..Config::default() };
    let mut world = World {
        driver: Driver::new(&config).unwrap(),
        slots: [const { None }; SLOTS],
        opened: 0,
        random: Random::new(1),
    };
    for _ in 0..STEPS {
        world.act();
        if world.random.below(3) == 0 {
            world.turn(true);
        }
    }
    assert!(world.opened > 100, "nothing was tested");
    world.settle();
}
