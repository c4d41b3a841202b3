//! A server that has little memory.

use super::bench::zeroed;
use super::calls::RESPONSE;
use super::memory::{note_panics, panics};
use super::service_support::c::{config, listening_with, new};
use super::service_support::client;
use std::io::{Read as _, Write as _};
use wireway::ffi::event::*;
use wireway::ffi::server::answer::*;
use wireway::ffi::server::config::ww_server_config;
use wireway::ffi::server::hold::*;
use wireway::ffi::server::*;

/// A call as C would make it: pointers are to static octets or to values of the caller's.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}

/// A server within `memory_max` octets; whether a client got its response.
fn serves(memory_max: usize) -> bool {
    let Ok(server) = new(&ww_server_config { memory_max, ..config() }) else { return false };
    c!(ww_server_free(server));
    let (server, address) = listening_with(&ww_server_config { memory_max, ..config() });
    let asking = std::thread::spawn(move || {
        let mut client = client(address);
        let asked = client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let mut all = Vec::new();
        let heard = client.read_to_end(&mut all);
        (asked.is_ok() && heard.is_ok()).then_some(all).is_some_and(|all| all.len() > RESPONSE.content.len)
    });
    while !asking.is_finished() {
        let mut found: ww_event = zeroed();
        match c!(ww_server_next(server, &mut found, 1)) {
            0 if found.kind == WW_EVENT_REQUEST => {
                // Without memory for the response there is some for its end.
                if c!(ww_server_respond(server, found.conn, &RESPONSE)) < 0 {
                    assert_eq!(c!(ww_server_abort(server, found.conn)), 0);
                }
            }
            status => assert!(status >= 0, "the loop goes on: {status}"),
        }
    }
    c!(ww_server_free(server));
    asking.join().unwrap()
}

/// With little memory a server refuses, and with a little more it serves: nothing in between stops its loop, or a client for ever.
#[test]
fn a_server_with_little_memory_serves_or_refuses() {
    note_panics();
    let before = panics();
    let served: Vec<_> = (0..400_000).step_by(8191).map(serves).collect();
    assert!(!served[1] && served[served.len() - 1], "both are tried: {served:?}");
    assert_eq!(panics(), before);
}
