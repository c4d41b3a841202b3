//! What a connection says of itself agrees with what it does, in every state that a few calls lead to (H1-CONN-17).
//!
//! Each scenario is a connection and the calls that its owner, its peer and its transport may make. Every sequence of so many calls is
//! made, and longer ones at random; after each call the rules of [`subject::Subject::check`] must hold.
#![cfg(not(miri))]

#[path = "../support/random.rs"]
mod random;
#[path = "../support/rig.rs"]
#[allow(dead_code, reason = "the walks use a part of it")]
mod rig;
mod scenarios;
#[cfg(feature = "tls")]
mod secure;
mod subject;
#[cfg(feature = "tls")]
#[path = "../tls_support/mod.rs"]
mod tls_support;
mod twins;
mod walk;

use scenarios::{ANSWERING, CLIENT, SERVER, TUNNEL, WEBSOCKET};

#[test]
fn h1_conn_17_of_a_server() {
    walk::all(&SERVER);
}

#[cfg(feature = "tls")]
#[test]
fn h1_conn_17_over_tls() {
    walk::some(&secure::SERVER);
}

#[cfg(feature = "tls")]
#[test]
fn h1_conn_17_of_a_websocket_over_tls() {
    walk::some(&secure::WEBSOCKET);
}

#[test]
fn h1_conn_17_of_a_client() {
    walk::all(&CLIENT);
}

#[test]
fn h1_conn_17_of_a_tunnel() {
    walk::all(&TUNNEL);
}

#[test]
fn h1_conn_17_of_a_websocket() {
    walk::all(&WEBSOCKET);
}

#[test]
fn h1_conn_17_of_a_client_that_answers_messages() {
    walk::all(&ANSWERING);
}
