//! The same connections over TLS, whose end and failure come with octets or without.

use crate::scenarios::{self, config, frame, upgrade};
use crate::subject::Subject;
use crate::tls_support::{End, configs};
use crate::walk::{Call, Scenario};
use std::sync::LazyLock;
use wireway::http1::machine::Role;
use wireway::tls::{TlsConfig, Version};

static CONFIGS: LazyLock<(TlsConfig, TlsConfig)> = LazyLock::new(|| configs(Version::Tls13, false));

/// A server that has shaken hands.
fn server() -> Subject {
    let (client, server) = &*CONFIGS;
    let mut subject = Subject::new(config(Role::Server));
    subject.rig.conn.offload(&mut subject.rig.ws).secure(server, b"").unwrap();
    let mut peer = End::new(client, "example.com");
    for _ in 0..2 {
        subject.feed_raw(&peer.out(usize::MAX));
        subject.rig.conn.seal(&mut subject.rig.ws);
        let octets = subject.rig.send(usize::MAX);
        peer.hear(&octets);
    }
    subject.peer = Some(peer);
    subject
}

/// The peer says this and ends its TLS, in one lend.
fn feed_and_close(subject: &mut Subject, octets: &[u8]) {
    let Some(peer) = &mut subject.peer else { return };
    let _ = peer.pump.send(&mut peer.ws, &[octets]);
    let _ = peer.pump.close(&mut peer.ws);
    let sealed = peer.out(usize::MAX);
    subject.feed_raw(&sealed);
}

/// The same, and a record that does not open.
fn feed_and_break(subject: &mut Subject, octets: &[u8]) {
    let Some(peer) = &mut subject.peer else { return };
    let _ = peer.pump.send(&mut peer.ws, &[octets]);
    let sealed = peer.out(usize::MAX);
    subject.feed_raw(&[&sealed[..], b"\x17\x03\x03\x00\x20", &[0; 32]].concat());
}

const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const ENDS: &[Call] = &[
    ("ask and close", |s| feed_and_close(s, &[ASK, ASK].concat())),
    ("ask and break", |s| feed_and_break(s, &[ASK, ASK].concat())),
];
const WEBSOCKET_ENDS: &[Call] = &[
    ("messages and close", |s| feed_and_close(s, &[frame(0x82, 100), frame(0x82, 100)].concat())),
    ("messages and break", |s| feed_and_break(s, &[frame(0x82, 100), frame(0x82, 100)].concat())),
    ("half a message and close", |s| feed_and_close(s, &frame(0x82, 100)[..50])),
];

fn with(calls: &[Call], ends: &[Call]) -> &'static [Call] {
    Vec::leak([calls, ends].concat())
}

pub static SERVER: LazyLock<Scenario> =
    LazyLock::new(|| Scenario { open: server, calls: with(scenarios::SERVER.calls, ENDS) });

pub static WEBSOCKET: LazyLock<Scenario> = LazyLock::new(|| Scenario {
    open: || {
        let mut subject = server();
        upgrade(&mut subject);
        subject
    },
    calls: with(scenarios::WEBSOCKET.calls, WEBSOCKET_ENDS),
});
