//! Clocks over TLS.

use wireway::conn::bits;
use wireway::http1::machine::Role;

use crate::end::{End, carry, ends, pair, whole};
use crate::tls_support::{VERSIONS, configs};

#[test]
fn a_handshake_that_is_dribbled_ends_in_time() {
    let (mut client, mut server) = ends(&configs(VERSIONS[1], false));
    let hello = client.out(usize::MAX);
    for (i, octet) in (0..).zip(&hello) {
        assert_eq!(server.rig.conn.deadline(&server.rig.ws, server.rig.now), 11_000, "never extended");
        server.rig.now = 1000 + i * 20;
        server.rig.conn.tick(&mut server.rig.ws, server.rig.now);
        if server.rig.now >= 11_000 {
            break;
        }
        server.hear(&[*octet]);
    }
    server.drain();
    assert_eq!(server.log, ["error TlsTimeout"]);
    assert!(server.has(bits::CLOSE));
}

#[test]
fn a_client_does_not_wait_for_ever_either_though_its_request_is_queued() {
    let (mut client, _) = ends(&configs(VERSIONS[1], false));
    client.get();
    client.rig.now = 5000;
    client.out(usize::MAX);
    assert_eq!(client.rig.conn.deadline(&client.rig.ws, client.rig.now), 11_000);
    client.rig.conn.tick(&mut client.rig.ws, 11_000);
    client.drain();
    assert_eq!(client.log, ["error TlsTimeout"]);
}

/// What cannot be sealed yet is no octet that the transport does not take.
#[test]
fn h1_time_04_the_write_clock_does_not_run_during_a_handshake() {
    let (config, _) = configs(VERSIONS[1], false);
    let mut client = End::new(Role::Client, &config, |config| config.clocks.write_ms = 1000);
    client.get();
    assert_eq!(client.rig.conn.deadline(&client.rig.ws, client.rig.now), 2000, "its hello is not taken");
    client.out(usize::MAX);
    assert!(!client.has(bits::WANT_WRITE));
    assert_eq!(client.rig.conn.deadline(&client.rig.ws, client.rig.now), 11_000);
    client.rig.conn.tick(&mut client.rig.ws, 5000);
    client.drain();
    assert!(client.log.is_empty(), "{:?}", client.log);
}

#[test]
fn no_other_wait_runs_beside_the_handshake() {
    let (_, config) = configs(VERSIONS[1], false);
    let mut server = End::new(Role::Server, &config, |config| config.clocks.head_ms = 500);
    assert_eq!(server.rig.conn.deadline(&server.rig.ws, server.rig.now), 11_000);
    server.rig.conn.tick(&mut server.rig.ws, 2000);
    assert!(server.has(bits::TLS_HANDSHAKE) && !server.has(bits::EVENTS));
}

#[test]
fn the_clock_of_the_first_head_begins_behind_the_handshake() {
    let (mut client, mut server) = ends(&configs(VERSIONS[1], false));
    server.rig.now = 8000;
    carry(&mut client, &mut server, &whole);
    assert_eq!(server.rig.conn.deadline(&server.rig.ws, server.rig.now), 18_000);
}

#[test]
fn tls_05_an_idle_connection_ends_with_a_close_notify() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    client.get();
    carry(&mut client, &mut server, &whole);
    let deadline = server.rig.conn.deadline(&server.rig.ws, server.rig.now);
    assert_eq!(deadline, server.rig.now + 60_000);
    server.rig.conn.tick(&mut server.rig.ws, deadline);
    assert!(!server.has(bits::CLOSE) && server.has(bits::WANT_WRITE));
    client.hear(&server.out(usize::MAX));
    assert!(client.has(bits::TLS_PEER_CLOSED) && server.has(bits::CLOSE));
}
