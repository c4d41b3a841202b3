//! Every allocation of every call in every state is refused once.
//!
//! A call that says WW_E_NOMEM and leaves the connection open has done nothing: called again with memory, it and all that follows come
//! to what they come to without the failure. One that says otherwise has gone on without the memory, to the same, or the connection
//! has ended and says why. Nothing panics, the state never tells of events that there are not, and all memory comes back.

use super::bench::{Bench, Seen};
use super::calls::{CALLS, Call};
use super::memory::panics;
use super::states::{STATES, State};
use wireway::error::Code;
use wireway::ffi::conn::drive::ww_conn_abort;
use wireway::ffi::conn::info::*;
use wireway::ffi::event::WW_EVENT_ERROR;

const NOMEM: i32 = Code::Nomem as i32;
const PANIC: i32 = Code::Panic as i32;

/// What came of a run.
#[derive(Debug, PartialEq)]
struct Outcome {
    statuses: Vec<i32>,
    events: Vec<Seen>,
    sent: usize,
}

/// What goes on with a connection after the call, whatever that was: input, output, time.
const AFTERWARDS: &[fn(&mut Bench) -> i32] = &[
    Bench::drain,
    |b| (b.flush(), b.drain()).1,
    |b| {
        let status = if b.coming.is_empty() { 0 } else { b.receive_coming() };
        b.drain();
        status
    },
    |b| (b.flush(), b.drain()).1,
    // What a paused connection could not tell comes now.
    |b| (b.resume(), b.drain(), b.flush()).0,
];

/// Runs `step`, again where it has no memory and the connection goes on; `None`: it has ended.
fn run(bench: &mut Bench, step: fn(&mut Bench) -> i32) -> Option<i32> {
    let mut status = step(bench);
    assert_ne!(status, PANIC);
    if status == NOMEM && !has_ended(bench) {
        bench.memory.allowed.set(None);
        status = step(bench);
        assert_ne!(status, NOMEM, "there is memory again");
    }
    (!has_ended(bench)).then_some(status)
}

fn has_ended(bench: &Bench) -> bool {
    let has_said = bench.events.iter().any(|event| event.kind == WW_EVENT_ERROR);
    has_said || bench.state() & WW_STATE_CLOSE != 0 || bench.error() != 0
}

/// All of a run in which the allocation number `fails`, counted over all steps, is refused, and how many were; `None`: the connection has
/// ended by it.
fn outcome(state: State, call: Call, fails: Option<usize>) -> (Option<Outcome>, usize) {
    let mut bench = (state.1)();
    let before = panics();
    bench.events.clear();
    bench.sent.clear();
    if call.0 == "ww_conn_sent" {
        bench.show();
    }
    bench.memory.allowed.set(fails);
    let mut statuses = Vec::new();
    for step in [call.1].iter().chain(AFTERWARDS) {
        match run(&mut bench, *step) {
            Some(status) => statuses.push(status),
            None => break,
        }
        // One that is refused and not told of is refused again, for as long as the step lasts.
        if bench.memory.refused.get() > 0 {
            bench.memory.allowed.set(None);
        }
    }
    bench.memory.allowed.set(None);
    let refused = bench.memory.refused.get();
    let ended = has_ended(&bench);
    end(&mut bench);
    assert_eq!(panics(), before, "nothing panics");
    let Bench { events, sent, .. } = &bench;
    let outcome = Outcome { statuses, events: events.clone(), sent: sent.len() };
    (if ended { None } else { Some(outcome) }, refused)
}

/// Ends the connection: who has ended says why, and everything lent is released.
fn end(bench: &mut Bench) {
    if bench.state() & WW_STATE_CLOSE != 0 && bench.events.iter().any(|event| event.kind == WW_EVENT_ERROR) {
        assert_ne!(bench.error(), 0);
    }
    // SAFETY: as C would.
    unsafe { ww_conn_abort(bench.conn, bench.now) };
    bench.drain();
    const TO_DO: u32 = WW_STATE_WANT_READ | WW_STATE_WANT_WRITE | WW_STATE_EVENTS | WW_STATE_SHUTDOWN_WRITE;
    assert_eq!(bench.state() & TO_DO, 0, "nothing is left to be done");
}

fn fail_each(state: State, call: Call) {
    let (usual, _) = outcome(state, call, None);
    for fails in 0..200 {
        let (outcome, refused) = outcome(state, call, Some(fails));
        if refused == 0 {
            return;
        }
        let is_as_usual = outcome.is_none() || outcome == usual || may_differ(call.0);
        assert!(is_as_usual, "allocation {fails} is refused:\n{outcome:?}\nnot\n{usual:?}");
    }
    panic!("allocations without end");
}

/// A Ping of ours that has no memory is sent later, and what cannot be compressed goes as it is.
fn may_differ(call: &str) -> bool {
    ["ww_conn_tick", "ww_conn_send_prepared"].contains(&call)
}

fn fail_in(is_wanted: impl Fn(&str) -> bool) {
    for &state in STATES.iter().filter(|state| is_wanted(state.0)) {
        for (index, &call) in CALLS.iter().enumerate() {
            println!("{}, {} ({index})", state.0, call.0);
            fail_each(state, call);
        }
    }
}

#[test]
fn http() {
    fail_in(|state| !state.contains("websocket") && !state.contains("tls"));
}

#[test]
fn websockets() {
    fail_in(|state| state.contains("websocket"));
}

#[test]
fn tls() {
    fail_in(|state| state.contains("tls"));
}
