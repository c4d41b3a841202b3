//! Who keeps a workspace, and what a reset gives back.

use super::bench::{Bench, config};
use super::calls::{self, RESPONSE};
use super::states::STATES;
use core::ptr::null_mut;
use wireway::error::Code;
use wireway::ffi::config::*;
use wireway::ffi::conn::answer::*;
use wireway::ffi::conn::drive::*;
use wireway::ffi::conn::info::*;
use wireway::ffi::conn::*;
use wireway::ffi::event::*;
use wireway::ffi::message::*;
use wireway::ffi::workspace::*;

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Destructors and collectors free in any order: connections of a workspace that was freed go on, and the last one takes it along.
#[test]
fn a_workspace_lives_until_its_last_connection() {
    let mut bench = Bench::new(&config(WW_ROLE_SERVER));
    let mut other = null_mut();
    // SAFETY: as C would.
    unsafe {
        assert_eq!(ww_conn_new(&config(WW_ROLE_SERVER), bench.ws, 0, &mut other), 0);
        ww_workspace_free(core::mem::replace(&mut bench.ws, null_mut()));
    }
    bench.receive(GET);
    bench.drain();
    assert_eq!(calls::respond(&mut bench, &RESPONSE), 0);
    assert!(bench.flush() > 6000);
    // SAFETY: as C would.
    unsafe {
        ww_conn_free(core::mem::replace(&mut bench.conn, other));
    }
    assert_ne!(bench.memory.live.get(), 0, "there is a connection");
    assert_eq!(bench.receive(GET), 0);
    assert_eq!(bench.next().unwrap().kind, WW_EVENT_REQUEST);
}

/// What comes back behind a reset, in this order and before anything else.
fn after_reset(bench: &mut Bench) -> Vec<u64> {
    bench.events.clear();
    // SAFETY: as C would.
    assert_eq!(unsafe { ww_conn_reset(bench.conn, 0) }, 0);
    assert_eq!(bench.state() & WW_STATE_CLOSE, 0, "it is fresh");
    assert_ne!(bench.state() & WW_STATE_EVENTS, 0);
    assert_eq!(bench.receive(GET), 0);
    bench.drain();
    let (released, others) = bench.events.split_at(bench.events.len() - 1);
    assert!(released.iter().all(|event| event.kind == WW_EVENT_RELEASED));
    assert_eq!(others[0].kind, WW_EVENT_REQUEST);
    released.iter().map(|event| event.token).collect()
}

/// A response that lends its content, and more behind it.
fn lending() -> Bench {
    let mut bench = Bench::new(&config(WW_ROLE_SERVER));
    bench.receive(GET);
    bench.drain();
    let stream = ww_response { flags: WW_MESSAGE_STREAM, ..calls::STREAM };
    assert_eq!(calls::respond(&mut bench, &stream), 0);
    static OCTETS: [u8; 5] = *b"hello";
    for token in 1..=2 {
        // SAFETY: as C would.
        assert_eq!(unsafe { ww_conn_send_lent(bench.conn, OCTETS.as_ptr().cast(), 5, token) }, 0);
    }
    assert_eq!(calls::send_file(&mut bench), 0);
    bench
}

#[test]
fn what_was_lent_is_released_after_a_reset() {
    assert_eq!(after_reset(&mut lending()), [1, 2, 3], "two stretches of memory, and a file");
}

#[test]
fn what_was_lent_is_released_after_an_abort_and_a_reset() {
    let mut bench = lending();
    // SAFETY: as C would.
    assert_eq!(unsafe { ww_conn_abort(bench.conn, 0) }, 0);
    assert_eq!(after_reset(&mut bench), [1, 2, 3]);
}

/// A release that was due before comes once.
#[test]
fn what_was_released_before_a_reset_is_told_once() {
    let mut bench = lending();
    let mut iov: [ww_iovec; 8] = super::bench::zeroed();
    // SAFETY: as C would; the head and the first chunk leave.
    unsafe {
        let n = ww_conn_output(bench.conn, iov.as_mut_ptr(), 2);
        let octets = iov[..n].iter().map(|piece| piece.iov_len).sum();
        assert_eq!(ww_conn_sent(bench.conn, octets, 0), 0);
    }
    assert_eq!(after_reset(&mut bench), [1, 2, 3]);
    bench.flush();
    bench.drain();
    assert_eq!(bench.events.iter().filter(|event| event.kind == WW_EVENT_RELEASED).count(), 3);
}

/// In whatever state a connection is, it is as new afterwards and has kept nothing.
#[test]
fn a_reset_takes_no_memory_along() {
    for (name, state) in STATES.iter().filter(|(name, _)| !name.contains("tls") && !name.contains("client")) {
        let mut bench = state();
        // SAFETY: as C would.
        assert_eq!(unsafe { ww_conn_reset(bench.conn, 0) }, 0);
        bench.drain();
        assert_eq!(bench.state(), WW_STATE_WANT_READ | WW_STATE_IDLE, "{name}");
        assert_eq!(bench.receive(GET), 0);
        assert_eq!(bench.next().unwrap().kind, WW_EVENT_REQUEST);
    }
}

/// Over TLS making the new session may fail: what was lent comes back all the same.
#[test]
fn what_was_lent_comes_back_where_a_reset_fails() {
    let (_, state) = STATES.iter().find(|(name, _)| *name == "tls server: request").unwrap();
    for fails in 0.. {
        let mut bench = state();
        let response = ww_response { flags: WW_MESSAGE_LENT, token: 9, ..RESPONSE };
        assert_eq!(calls::respond(&mut bench, &response), 0);
        bench.events.clear();
        bench.memory.allowed.set(Some(fails));
        // SAFETY: as C would.
        let status = unsafe { ww_conn_reset(bench.conn, 0) };
        bench.memory.allowed.set(None);
        bench.drain();
        assert_eq!(bench.events.iter().filter(|event| event.token == 9).count(), 1);
        if status == 0 {
            assert!(fails > 0);
            return;
        }
        assert_eq!((status, bench.state()), (Code::Nomem as i32, WW_STATE_CLOSE));
    }
}
