//! A server whose clients are simulated: as many as the system has no descriptors for, and each is served as one of a network.
#![cfg(all(feature = "service", feature = "simulated"))]

use std::collections::HashMap;

use wireway::conn::{Event as ConnEvent, Response};
use wireway::io::driver::{Choice, Simulation};
use wireway::service::{Config, EventKind, Id, Next, Server};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

fn server(connections: u32, active: u32) -> Server {
    let driver = Choice::Simulated(Simulation { connections, active, request: REQUEST });
    let mut server = Server::new(&Config { driver, ..Config::new() }).expect("a server");
    server.listen(b"127.0.0.1:0").expect("a port");
    server
}

/// Answers so many requests; returns how many of which connection.
fn serve(server: &mut Server, requests: usize) -> HashMap<Id, usize> {
    let mut of = HashMap::new();
    let mut left = requests;
    while left > 0 {
        let Next::Event(event) = server.next(Some(0)).expect("a wait") else { panic!("requests are always ready") };
        if event.kind != EventKind::Conn(ConnEvent::Request { last: true }) {
            continue;
        }
        let response = Response { status: 204, reason: &[], content: b"", stream: None, lent: None, close: false };
        server.calls().respond(event.id, &response, std::iter::empty()).expect("a response is due");
        *of.entry(event.id).or_default() += 1;
        left -= 1;
    }
    of
}

#[test]
fn all_connect_and_have_one_request_then_the_active_ones_have_turns() {
    let (connections, active) = (100_000, 10);
    let mut server = server(connections, active);
    let first = serve(&mut server, connections as usize);
    assert_eq!((first.len(), server.stats().open), (connections as usize, u64::from(connections)));
    let later = serve(&mut server, 50 * active as usize);
    assert_eq!((later.len(), later.values().max()), (active as usize, Some(&50)));
    assert!(later.keys().all(|id| first.contains_key(id)));
}

#[test]
fn what_is_no_simulation_is_refused() {
    for (connections, active) in [(0, 0), (10, 0), (10, 11)] {
        let driver = Choice::Simulated(Simulation { connections, active, request: REQUEST });
        assert!(Server::new(&Config { driver, ..Config::new() }).is_err(), "{active} of {connections}");
    }
}
