//! TLS alone over a workspace: two pumps in memory.
#![cfg(feature = "tls")]

mod tls_support;

use tls_support::{End, VERSIONS, carry, configs, pair};
use wireway::conn::{Plain, Pump, Workspace, bits};
use wireway::error::Code;
use wireway::memory::Heap;
use wireway::tls::Version;

#[test]
fn both_ways_at_any_step() {
    for version in VERSIONS {
        let (client, server) = configs(version, true);
        for step in [1, 3, 1000, 17_000] {
            let (mut client, mut server) = (End::new(&client, "example.com"), End::new(&server, ""));
            carry(&mut client, &mut server, step);
            assert!(client.send(&[b"head ", b"content"]));
            let large = vec![7; 100_000];
            assert!(server.send(&[&large]));
            carry(&mut client, &mut server, step);
            assert_eq!(server.got, b"head content");
            assert_eq!(client.got, large);
            assert!(server.pump.session().peer_certificate(0).is_some());
        }
    }
}

#[test]
fn what_the_owner_is_told() {
    let (client, server) = configs(Version::Tls13, false);
    let (mut client, mut server) = (End::new(&client, "example.com"), End::new(&server, ""));
    assert_eq!(client.pump.state(), bits::WANT_READ | bits::WANT_WRITE | bits::TLS_HANDSHAKE);
    assert_eq!(server.pump.state(), bits::WANT_READ | bits::TLS_HANDSHAKE);
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!((client.pump.state(), server.pump.state()), (bits::WANT_READ, bits::WANT_READ));

    client.send(&[b"bye"]);
    client.pump.close(&mut client.ws).unwrap();
    assert_eq!(client.pump.state(), bits::WANT_READ | bits::WANT_WRITE);
    let mut octets = client.out(usize::MAX);
    assert_eq!(client.pump.state(), bits::WANT_READ | bits::SHUTDOWN_WRITE);
    server.pump.receive(&mut server.ws, &mut octets).unwrap();
    assert_eq!(server.pump.state(), bits::EVENTS | bits::TLS_PEER_CLOSED);
    server.drain(&octets);
    assert_eq!((&*server.got, &server.rest), (&b"bye"[..], &Ok(Plain::Done)));
    server.pump.receive_eof();
    assert_eq!(server.pump.pull(), Ok(Plain::Done));

    server.pump.close(&mut server.ws).unwrap();
    carry(&mut client, &mut server, usize::MAX);
    let over = bits::SHUTDOWN_WRITE | bits::CLOSE | bits::TLS_PEER_CLOSED;
    assert_eq!((client.pump.state(), server.pump.state()), (over, over));
}

/// Each end is closed after every flight of the handshake; what the peer goes on to send changes nothing.
#[test]
fn a_handshake_that_was_closed_is_not_continued() {
    for version in VERSIONS {
        let (client, server) = configs(version, true);
        for (flights, closes_client) in [(0, true), (0, false), (1, true), (1, false), (2, true), (2, false)] {
            let (mut end, mut peer) = (End::new(&client, "example.com"), End::new(&server, ""));
            if !closes_client {
                core::mem::swap(&mut end, &mut peer);
            }
            for _ in 0..flights {
                let (to_peer, to_end) = (end.out(usize::MAX), peer.out(usize::MAX));
                peer.hear(&to_peer);
                end.hear(&to_end);
            }
            if !end.pump.session().is_handshaking() {
                continue;
            }
            end.pump.close(&mut end.ws).unwrap();
            let _ = end.out(usize::MAX);
            let over = bits::SHUTDOWN_WRITE | bits::CLOSE;
            assert_eq!(end.pump.state(), over, "{version:?}, {flights} flights, client: {closes_client}");
            for byte in peer.out(usize::MAX) {
                end.hear(&[byte]);
                assert_eq!((end.pump.state(), &end.rest), (over, &Ok(Plain::Done)));
            }
            assert_eq!(end.pump.send(&mut end.ws, &[b"x"]).unwrap_err().code(), Code::Closing);
            end.pump.receive_eof();
            assert_eq!((end.pump.state(), end.pump.pull()), (over, Ok(Plain::Done)));
        }
    }
}

#[test]
fn nothing_is_sent_before_the_handshake_or_above_the_mark() {
    let (client, server) = configs(Version::Tls13, false);
    let (mut client, mut server) = (End::new(&client, "example.com"), End::new(&server, ""));
    assert!(!client.send(&[b"early"]));
    carry(&mut client, &mut server, usize::MAX);
    let stretch = vec![7; 100_000];
    let mut sent = 0;
    while server.send(&[&stretch]) {
        sent += stretch.len();
    }
    assert!((256 << 10..400 << 10).contains(&sent));
    assert!(!server.send(&[b"x"]));
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!(client.got.len(), sent);
    assert!(server.send(&[b"x"]));
}

#[test]
fn output_stays_where_it_is_until_it_is_sent() {
    let (mut client, mut server) = pair(Version::Tls13);
    let places = |end: &End| {
        let mut places = Vec::new();
        end.pump.pieces(&end.ws, |piece| {
            places.push((piece.as_ptr(), piece.to_vec()));
            true
        });
        places
    };
    server.send(&[b"first"]);
    let (first, octets) = places(&server).remove(0);
    for len in [1, 3000, 5000, 20_000] {
        server.send(&[&vec![7; len]]);
        let (now, shown) = places(&server).remove(0);
        assert_eq!(now, first);
        assert!(shown.starts_with(&octets));
    }
    carry(&mut client, &mut server, usize::MAX);
    assert!(client.got.starts_with(b"first"));
}

#[test]
fn tls_03_truncation() {
    let (mut client, mut server) = pair(Version::Tls13);
    client.send(&[b"half"]);
    let mut octets = client.out(usize::MAX);
    server.pump.receive(&mut server.ws, &mut octets).unwrap();
    server.pump.receive_eof();
    server.drain(&octets);
    assert_eq!(server.got, b"half", "what came is given out first");
    assert_eq!(server.rest.as_ref().unwrap_err().code(), Code::Truncated);
    assert_eq!(server.pump.state(), bits::SHUTDOWN_WRITE | bits::CLOSE);
    assert_eq!(server.pump.receive(&mut server.ws, &mut [0]).unwrap_err().code(), Code::State);
}

#[test]
fn a_lend_is_drained_before_the_next() {
    let (mut client, mut server) = pair(Version::Tls13);
    client.send(&[b"x"]);
    let mut octets = client.out(usize::MAX);
    server.pump.receive(&mut server.ws, &mut octets).unwrap();
    assert_eq!(server.pump.receive(&mut server.ws, &mut []).unwrap_err().code(), Code::State);
    server.drain(&octets);
    server.hear(&[]);
    assert_eq!(server.pump.sent(&mut server.ws, 1).unwrap_err().code(), Code::State);
}

#[test]
fn memory_comes_from_the_workspace_and_runs_out_softly() {
    let (config, _) = configs(Version::Tls13, false);
    let mut ws = Workspace::new(Heap::new(100), 100);
    let made = Pump::new(&config, b"example.com", &mut ws);
    assert_eq!(made.err().map(|error| error.code()), Some(Code::Nomem));

    let (mut client, mut server) = pair(Version::Tls13);
    let hold = server.ws.heap().reserve((64 << 20) - server.ws.heap().used()).unwrap();
    let error = server.pump.send(&mut server.ws, &[&vec![7; 30_000]]).unwrap_err();
    assert_eq!(error.code(), Code::Nomem);
    drop(hold);
    assert!(server.send(&[b"afterwards"]));
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!(client.got, b"afterwards");
}
