//! Every short sequence of calls, and long ones at random.

use crate::random::Random;
use crate::subject::Subject;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One call on a connection.
pub type Call = (&'static str, fn(&mut Subject));

pub struct Scenario {
    pub open: fn() -> Subject,
    pub calls: &'static [Call],
}

/// Calls in every order: as many as a debug build has patience for, and one more in a release build.
const DEPTH: u32 = if cfg!(debug_assertions) { 3 } else { 4 };
const LONG: usize = 14;

fn walks() -> u64 {
    let count = if cfg!(debug_assertions) { 8_000 } else { 100_000 };
    if std::env::var_os("WIREWAY_LONG").is_some() { count * 20 } else { count }
}

pub fn all(scenario: &Scenario) {
    let calls = scenario.calls.len();
    for number in 0..calls.pow(DEPTH) {
        run(scenario, (0..DEPTH).map(|place| number / calls.pow(place) % calls).collect());
    }
    for seed in 0..walks() {
        let mut random = Random::new(seed + 1);
        run(scenario, (0..LONG).map(|_| random.below(calls)).collect());
    }
}

/// Walks at random only, of a scenario that takes long to open.
#[cfg(feature = "tls")]
pub fn some(scenario: &Scenario) {
    let calls = scenario.calls.len();
    for seed in 0..walks() / 20 {
        let mut random = Random::new(seed + 1);
        run(scenario, (0..LONG).map(|_| random.below(calls)).collect());
    }
}

fn run(scenario: &Scenario, walk: Vec<usize>) {
    let mut made = 0;
    let result = catch_unwind(AssertUnwindSafe(|| {
        let mut subject = (scenario.open)();
        subject.check();
        for &call in &walk {
            made += 1;
            scenario.calls[call].1(&mut subject);
            subject.check();
        }
        end(subject);
    }));
    if result.is_err() {
        let names: Vec<_> = walk[..made].iter().map(|&call| scenario.calls[call].0).collect();
        panic!("after {}", names.join(", "));
    }
}

/// Whatever came before, an abort is the end: everything lent is released, and no memory is kept.
fn end(mut subject: Subject) {
    subject.rig.conn.abort(&mut subject.rig.ws, subject.rig.now);
    subject.check();
    assert_eq!(subject.released, subject.lent, "released by the end");
    subject.rig.conn.release(&mut subject.rig.ws);
}
