//! TLS in the kernel, by a stand-in that makes real records with the keys it is given: a client that is rustls must notice nothing, and
//! what ends a connection must be told as it is where the records are made here.
#![cfg(all(feature = "service", feature = "tls", unix))]

#[path = "service_support/files.rs"]
mod files;
mod kernel_support;
mod tls_support;

use kernel_support::peer::GET;
use kernel_support::peer::{SUITES, Terms};
use kernel_support::stand_in::{Call, EAGAIN, close_notify};
use kernel_support::{NO_FIELDS, OK, Rig, Seen};
use wireway::conn::Response;
use wireway::error::Code;
use wireway::io::ktls::Direction;

const SEEN: Seen = Seen { requests: 0, error: None, in_kernel: true };

/// What is asked and said until a connection's records are the kernel's, the connection being its first of its kind.
fn entering(calls: &[Call]) -> [u64; 2] {
    let [Call::Attach, Call::Ask(Direction::Send), Call::Ask(Direction::Receive), Call::Attach, send, receive, ..] =
        calls
    else {
        panic!("{calls:?}");
    };
    let (Call::Keys(Direction::Send, send), Call::Keys(Direction::Receive, receive)) = (send, receive) else {
        panic!("{calls:?}")
    };
    [*send, *receive]
}

const KEY_UPDATE: Call = Call::Record(22, Vec::new());

/// The calls from entering on, the content of key updates left out.
fn since(calls: &[Call]) -> Vec<Call> {
    let short = |call: &Call| if matches!(call, Call::Record(22, _)) { KEY_UPDATE } else { call.clone() };
    calls[6..].iter().map(short).collect()
}

#[test]
fn every_suite_goes_on_in_the_kernel() {
    for suite in SUITES {
        let mut rig = Rig::new();
        let content = vec![7; 100_000];
        let client = rig.client(Terms(suite), |peer| {
            (0..3).for_each(|_| assert_eq!(peer.ask(100_000), vec![7; 100_000]));
            peer.close();
            peer.ends_cleanly().unwrap()
        });
        assert_eq!(rig.serve(&content), Seen { requests: 3, ..SEEN }, "{suite:x}");
        assert!(client.join().unwrap());
        let log = rig.log.lock().unwrap();
        // A ticket, or in TLS 1.2 the Finished, was sealed before.
        let [sealed, _] = entering(&log.calls);
        assert!(sealed > 0, "{suite:x}");
        assert_eq!(log.calls[6..], [Call::Record(21, vec![1, 0])]);
        assert!(log.sent > 300_000 && log.received > 60, "{suite:x} {} {}", log.sent, log.received);
        assert_eq!(rig.server.stats().kernel_tls, 1);
    }
}

#[test]
fn ten_megabytes_while_keys_change() {
    const LEN: usize = 10 << 20;
    let content: Vec<u8> = (0..LEN).map(|at| (at / 1000) as u8).collect();
    let mut rig = Rig::new();
    let expected = content.clone();
    let client = rig.client(Terms(0x1301), move |peer| {
        peer.ask(LEN);
        // The answer to the first request is under way, or waits, when keys change; then requests come with new keys.
        peer.send(GET);
        peer.change_keys();
        let second = peer.answer(LEN);
        peer.change_keys();
        let third = peer.ask(LEN);
        peer.close();
        (second == expected, third == expected, peer.ends_cleanly().unwrap())
    });
    assert_eq!(rig.serve(&content), Seen { requests: 3, ..SEEN });
    assert_eq!(client.join().unwrap(), (true, true, true));
    // Both sides: the peer's new keys first, as nothing it sends can be opened without them; ours behind the record that says so.
    let change = [Call::Keys(Direction::Receive, 0), KEY_UPDATE, Call::Keys(Direction::Send, 0)];
    assert_eq!(since(&rig.log.lock().unwrap().calls), [&change[..], &change, &[close_notify()]].concat());
    assert!(rig.log.lock().unwrap().calls.contains(&Call::Record(22, vec![24, 0, 0, 1, 0])));
}

#[test]
fn an_empty_record_is_no_end() {
    let mut rig = Rig::new();
    let log = rig.log.clone();
    let client = rig.client(Terms(0x1301), move |peer| {
        peer.ask(3);
        log.lock().unwrap().empties = 3;
        peer.ask(3);
        peer.close();
        peer.ends_cleanly().unwrap()
    });
    assert_eq!(rig.serve(b"abc"), Seen { requests: 2, ..SEEN });
    assert!(client.join().unwrap());
    assert_eq!(rig.log.lock().unwrap().empties, 0);
}

#[test]
fn records_that_find_no_room_go_when_there_is_some() {
    let update = Call::Record(22, vec![24, 0, 0, 1, 0]);
    for waits in [update.clone(), close_notify()] {
        let mut rig = Rig::new();
        rig.log.lock().unwrap().refuse = Some((waits.clone(), EAGAIN));
        let client = rig.client(Terms(0x1301), |peer| {
            peer.ask(3);
            peer.change_keys();
            peer.ask(3);
            peer.close();
            peer.ends_cleanly().unwrap()
        });
        assert_eq!(rig.serve(b"abc"), Seen { requests: 2, ..SEEN });
        assert!(client.join().unwrap());
        // The one that waited was sent once more, at its place.
        let times = |call: &Call| if *call == waits { 2 } else { 1 };
        let change = [
            vec![Call::Keys(Direction::Receive, 0)],
            vec![KEY_UPDATE; times(&update)],
            vec![Call::Keys(Direction::Send, 0)],
        ];
        let end = vec![close_notify(); times(&close_notify())];
        assert_eq!(since(&rig.log.lock().unwrap().calls), [change.concat(), end].concat());
    }
}

#[test]
fn a_file_goes_into_records_of_the_kernel() {
    const LEN: usize = 100_000;
    const OFFSET: usize = 5;
    let content = files::octets(OFFSET + LEN + 7);
    let octets = content[OFFSET..][..LEN].to_vec();
    let (file, mut rig) = (files::file(&content), Rig::new());
    let client = rig.client(Terms(0x1301), |peer| {
        let got = [peer.ask(LEN), peer.ask(LEN)];
        peer.close();
        (got, peer.ends_cleanly().unwrap())
    });
    let seen = rig.serve_by(|server, id, _| {
        server.calls().respond(id, &Response { stream: Some(Some(LEN as u64)), ..OK }, NO_FIELDS).unwrap();
        server.calls().send_file(id, &files::stretch(&file, OFFSET as u64, LEN as u64), 7).unwrap();
        server.calls().finish(id, NO_FIELDS).unwrap();
    });
    assert_eq!(seen, Seen { requests: 2, ..SEEN });
    assert!(client.join().unwrap() == ([octets.clone(), octets], true));
    let log = rig.log.lock().unwrap();
    let records = (OFFSET as u64..(OFFSET + LEN) as u64).step_by(16 << 10).map(Call::File);
    assert!(since(&log.calls).ends_with(&records.chain([close_notify()]).collect::<Vec<_>>()), "{:?}", log.calls);
}

#[test]
fn a_drain_ends_with_a_close_notify() {
    let mut rig = Rig::new();
    let mailbox = rig.server.mailbox();
    let client = rig.client(Terms(0x1302), move |peer| {
        peer.ask(3);
        peer.ask(3);
        mailbox.drain(120_000).unwrap();
        let ended = peer.ends_cleanly().unwrap();
        peer.close();
        ended
    });
    assert_eq!(rig.serve(b"abc"), Seen { requests: 2, ..SEEN });
    assert!(client.join().unwrap());
    assert_eq!(since(&rig.log.lock().unwrap().calls), [close_notify()]);
}

/// What a server has seen of a client that does this behind its first exchange, the records being the kernel's and not.
fn both_ways(suite: u16, what: fn(&mut kernel_support::peer::Peer)) -> Seen {
    let [mut here, mut there] = [Rig::with(false), Rig::new()];
    let seen = [&mut here, &mut there].map(|rig| {
        let client = rig.client(Terms(suite), move |peer| {
            peer.ask(3);
            peer.ask(3);
            what(peer);
        });
        let seen = rig.serve(b"abc");
        client.join().unwrap();
        seen
    });
    let [here, there] = seen;
    assert_eq!(Seen { in_kernel: true, ..here }, there);
    assert!(there.in_kernel);
    there
}

#[test]
fn the_end_is_told_as_without_the_kernel() {
    for suite in [0x1301, 0xc02b] {
        // Between requests a truncation takes nothing away.
        assert_eq!(both_ways(suite, |peer| peer.cut()).error, None);
        let error = both_ways(suite, |peer| {
            peer.send(b"GET / HT");
            peer.cut();
        });
        assert_eq!(error.error, Some(Code::Truncated));
        let error = both_ways(suite, |peer| {
            peer.send_raw(&[23, 3, 3, 0, 30]);
            peer.send_raw(&[7; 30]);
            assert!(peer.ends_cleanly().is_err(), "an alert comes");
        });
        assert_eq!(error.error, Some(Code::TlsDecrypt));
    }
}

#[test]
fn an_alert_of_the_peer_ends_the_connection() {
    let mut rig = Rig::new();
    let log = rig.log.clone();
    let client = rig.client(Terms(0x1303), |peer| {
        peer.ask(3);
        peer.send(GET);
        // What comes was altered, which rustls tells the server.
        let failed = peer.ends_cleanly().is_err();
        peer.flush();
        failed
    });
    let seen = rig.serve_with(b"abc", |requests| log.lock().unwrap().alters = requests == 2);
    assert!(client.join().unwrap());
    assert_eq!(seen, Seen { requests: 2, error: Some(Code::TlsAlert), in_kernel: true });
}
