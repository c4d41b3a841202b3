//! A connection whose records are a kernel's: plaintext both ways, and control records beside it.

use wireway::conn::{Event, File, Piece, Response, Write, bits};
use wireway::tls::Version;

use crate::end::{End, OK, pair};
use crate::tls_support::{VERSIONS, configs, configs_with};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";
const KEY_UPDATE: [u8; 5] = [24, 0, 0, 1, 1];

/// A server that has given its records up.
fn server() -> End {
    server_of(Version::Tls13)
}

fn server_of(version: Version) -> End {
    let (_, mut server) = pair(&configs_with(version, false, true));
    assert!(
        server.rig.conn.wants_kernel()
            && server.rig.conn.offload(&mut server.rig.ws).ready_for_kernel().is_some()
            && server.rig.conn.seals()
    );
    server.rig.conn.offload(&mut server.rig.ws).enter_kernel().unwrap();
    assert!(server.rig.conn.is_in_kernel() && server.rig.conn.is_secured() && !server.rig.conn.seals());
    server
}

/// A record comes; whether keys change.
fn record(server: &mut End, kind: u8, content: &[u8]) -> bool {
    let keys = server.rig.conn.offload(&mut server.rig.ws).receive_record(kind, content, server.rig.now);
    server.drain();
    keys.is_some()
}

/// The record that is due is sent; its type and content.
fn send_record(server: &mut End) -> (u8, Vec<u8>) {
    let due = server.rig.conn.offload(&mut server.rig.ws).due_record().expect("a record that is due");
    server.rig.conn.offload(&mut server.rig.ws).record_sent(server.rig.now).unwrap();
    (due.kind, due.octets().to_vec())
}

#[test]
fn plaintext_goes_both_ways() {
    let mut server = server();
    for _ in 0..2 {
        server.hear(REQUEST);
        let answer = server.out(usize::MAX);
        assert!(answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"hello"));
        assert!(server.has(bits::IDLE | bits::WANT_READ) && !server.has(bits::WANT_WRITE));
    }
    assert_eq!(server.log, ["request", "request"]);
}

#[test]
fn what_is_lent_is_not_copied() {
    let mut server = server();
    server.is_silent = true;
    server.hear(REQUEST);
    let content = vec![7; 1000];
    server.respond(&Response { content: &content, lent: Some(5), ..OK });
    let mut lent = 0;
    server.rig.conn.shown(&server.rig.ws).pieces(|piece| {
        if let Piece::Lent(address, len) = piece {
            assert_eq!(address, content.as_ptr().addr());
            lent += len;
        }
        true
    });
    assert_eq!(lent, 1000);
    let queued = server.rig.conn.queued();
    server.rig.conn.sent(&mut server.rig.ws, queued, server.rig.now).unwrap();
    server.go_on();
    assert_eq!(server.log[1..], [format!("{:?}", Event::Released(5))]);
}

#[test]
fn new_keys_go_before_all_data_and_a_close_notify_behind_it() {
    let mut server = server();
    server.is_silent = true;
    server.hear(REQUEST);
    server.respond(&Response { close: true, ..OK });
    let queued = server.rig.conn.queued();
    server.rig.conn.seal(&mut server.rig.ws);
    assert!(server.rig.conn.offload(&mut server.rig.ws).due_record().is_none());
    assert!(record(&mut server, 22, &KEY_UPDATE));
    assert_eq!(server.rig.conn.queued(), queued + 5, "it counts in the queue");
    assert!(server.rig.conn.sent(&mut server.rig.ws, queued + 1, server.rig.now).is_err(), "it is no data");
    assert_eq!(send_record(&mut server), (22, vec![24, 0, 0, 1, 0]));
    assert!(server.rig.conn.offload(&mut server.rig.ws).due_record().is_none(), "data comes first");
    assert_eq!(server.out(usize::MAX).len(), queued);
    assert!(server.has(bits::WANT_WRITE));
    assert_eq!(send_record(&mut server), (21, vec![1, 0]));
    assert_eq!(server.rig.conn.queued(), 0);
    // The kernel may still have some of it: no half-close cuts that off.
    assert!(server.has(bits::WANT_READ) && !server.has(bits::SHUTDOWN_WRITE) && !server.has(bits::CLOSE));
    record(&mut server, 21, &[1, 0]);
    assert!(server.has(bits::CLOSE));
    assert_eq!(server.log, ["request"]);
}

#[test]
fn a_failure_is_told_behind_the_data_before_it_and_the_peer_at_once() {
    let mut server = server();
    server.hear(REQUEST);
    server.hear(REQUEST);
    record(&mut server, 77, b"x");
    assert_eq!(server.log, ["request", "request", "error TlsHandshake"]);
    assert_eq!(send_record(&mut server), (21, vec![2, 10]), "what is queued never leaves");
    assert!(!server.has(bits::WANT_WRITE) && server.out(usize::MAX).is_empty());
}

#[test]
fn a_failure_takes_the_place_of_new_keys_that_wait() {
    for (kind, content, alert) in [(77, &b"x"[..], Some((21, vec![2, 10]))), (21, &[2, 20], None)] {
        let mut server = server();
        assert!(record(&mut server, 22, &KEY_UPDATE));
        assert_eq!(server.rig.conn.queued(), 5);
        record(&mut server, kind, content);
        assert_eq!(server.rig.conn.queued(), alert.as_ref().map_or(0, |_| 2));
        assert_eq!(alert.is_some().then(|| send_record(&mut server)), alert);
        assert_eq!(server.rig.conn.queued(), 0);
    }
}

#[test]
fn no_new_keys_follow_a_close_notify() {
    let mut server = server();
    server.is_silent = true;
    server.hear(REQUEST);
    server.respond(&Response { close: true, ..OK });
    server.out(usize::MAX);
    assert_eq!(send_record(&mut server), (21, vec![1, 0]));
    assert!(record(&mut server, 22, &KEY_UPDATE), "the peer's own do change");
    assert!(server.rig.conn.offload(&mut server.rig.ws).due_record().is_none() && server.rig.conn.queued() == 0);
}

#[test]
fn data_between_them_permits_more_changes_of_keys() {
    let mut server = server();
    for _ in 0..3 {
        assert!((0..32).all(|_| record(&mut server, 22, &[24, 0, 0, 1, 0])));
        server.hear(REQUEST);
        server.out(usize::MAX);
    }
    assert_eq!(server.log, ["request"; 3]);
    assert!((0..32).all(|_| record(&mut server, 22, &[24, 0, 0, 1, 0])));
    assert!(!record(&mut server, 22, &[24, 0, 0, 1, 0]));
    assert_eq!(server.log[3..], ["error TlsHandshake"]);
}

/// A kernel counts records, and stops for none.
#[test]
fn keys_seal_so_much_and_no_more() {
    const RECORD: u64 = 16 << 10;
    const MOST: u64 = RECORD << 23;
    for version in VERSIONS {
        let mut server = server_of(version);
        server.is_silent = true;
        server.hear(REQUEST);
        server.respond(&Response { stream: Some(Some(MOST)), content: b"", ..OK });
        let file = File { fd: 3, offset: 0, len: MOST };
        assert_eq!(server.rig.conn.http1(&mut server.rig.ws).send_file(&file, 7), Ok(Write::Queued));
        // The head is one record.
        assert!(server.out(usize::MAX).starts_with(b"HTTP/1.1 200 "));
        server.rig.conn.sent(&mut server.rig.ws, (MOST - 2 * RECORD) as usize, server.rig.now).unwrap();
        assert!(server.rig.conn.offload(&mut server.rig.ws).due_record().is_none());
        server.rig.conn.sent(&mut server.rig.ws, 1, server.rig.now).unwrap();
        server.go_on();
        if version == Version::Tls13 {
            assert_eq!(send_record(&mut server), (22, vec![24, 0, 0, 1, 0]));
            assert_eq!((server.log.len(), server.rig.conn.shown(&server.rig.ws).file().is_some()), (1, true));
        } else {
            assert!(server.rig.conn.offload(&mut server.rig.ws).due_record().is_none() && server.has(bits::CLOSE));
            assert_eq!(server.log, ["request", "error Closing"]);
        }
    }
}

#[test]
fn a_paused_connection_is_told_later() {
    let mut server = server();
    server.rig.conn.pause();
    record(&mut server, 21, &[2, 20]);
    assert!(server.log.is_empty());
    server.rig.conn.resume();
    server.drain();
    assert_eq!(server.log, ["error TlsAlert"]);
    assert!(server.rig.conn.offload(&mut server.rig.ws).due_record().is_none(), "an alert is not answered");
    assert!(server.has(bits::CLOSE));
}

#[test]
fn a_websocket_goes_on_in_the_kernel() {
    let mut server = server();
    let upgrade = b"GET / HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    server.hear(upgrade);
    assert!(server.out(usize::MAX).starts_with(b"HTTP/1.1 101 "));
    server.hear(b"\x81\x82\0\0\0\0hi");
    assert_eq!(server.out(usize::MAX), b"\x81\x02hi");
    server.hear(b"\x88\x82\0\0\0\0\x03\xe8");
    assert_eq!(server.out(usize::MAX), b"\x88\x02\x03\xe8");
    assert_eq!(send_record(&mut server), (21, vec![1, 0]));
    assert_eq!(server.log, ["request", "message hi", "close 1000"]);
}

#[test]
fn the_end_without_a_close_notify_is_a_truncation() {
    let mut server = server();
    server.hear(&REQUEST[..9]);
    server.eof();
    assert_eq!(server.log, ["error Truncated"]);
}

#[test]
fn connections_without_the_flag_are_not_offloaded() {
    let (_, mut server) = pair(&configs(Version::Tls13, false));
    assert!(
        !server.rig.conn.wants_kernel() && server.rig.conn.offload(&mut server.rig.ws).ready_for_kernel().is_none()
    );
    let (_, mut server) = pair(&configs_with(Version::Tls13, false, true));
    server.rig.conn.offload(&mut server.rig.ws).decline_offload();
    assert!(!server.rig.conn.wants_kernel() && server.rig.conn.seals());
}
