//! Peers that end while they are not read: their end is known, and nothing is lost that they sent before.
#![cfg(feature = "service")]

mod service_support;

use service_support::innocent::is_served;
use service_support::*;
#[cfg(unix)]
use std::io::Write as _;
use std::net::Shutdown;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use wireway::conn::Event;
#[cfg(unix)]
use wireway::error::Code;
#[cfg(unix)]
use wireway::service::Id;
use wireway::service::{Config, EventKind};

/// The end of a peer is known before what it sent is read: nothing of that is lost.
#[test]
fn h1_conn_08_a_peer_that_ends_behind_unread_requests_gets_all_answers() {
    if system::is_wine() {
        return;
    }
    let mut h = Harness::with(&Config { receive_size: 64, ..Config::new() });
    let (mut innocent, other) = h.connect();
    let (mut client, id) = h.connect();
    for number in 0..50 {
        get(&mut client, &format!("/{number}"));
    }
    client.shutdown(Shutdown::Write).unwrap();
    let mut told = Vec::new();
    for number in 0..50 {
        assert_eq!(h.request(id), format!("/{number}"));
        if number == 0 {
            // It comes behind so many segments that the system needs a while for it.
            told.push(h.event());
        }
        told.extend(h.rest());
        is_served(&mut h, &mut innocent, other);
        h.answer(id, "yes");
    }
    assert_eq!(h.closed(id), None);
    // Of each request that was due once it was known: of the last one for certain.
    let is_told = told.iter().all(|event| event.kind == EventKind::Conn(Event::PeerEnded));
    assert!(is_told && (1..=50).contains(&told.len()), "{told:?}");
    (0..50).for_each(|_| expect_content(&mut client, "yes"));
    expect_end(&mut client);
}

/// A client and the server's end of a transport whose two ways end together where it is closed.
#[cfg(unix)]
fn connect_unix(h: &mut Harness, name: &str) -> (UnixStream, Id) {
    let path = std::env::temp_dir().join(format!("wireway-hung-up-{}-{name}", std::process::id()));
    h.server.listen(format!("unix:{}", path.display()).as_bytes()).unwrap();
    let client = UnixStream::connect(path).unwrap();
    (client, h.opened())
}

#[test]
#[cfg(unix)]
fn h1_lim_07_a_peer_that_is_gone_ends_though_it_is_not_read() {
    let mut h = Harness::new();
    let (mut innocent, other) = h.connect();
    let (mut client, id) = connect_unix(&mut h, "gone");
    client.write_all(b"GET /slow HTTP/1.1\r\nHost: test\r\n\r\nGGGG").unwrap();
    h.request(id);
    assert!(h.rest().is_empty());
    client.write_all(b"unread").unwrap();
    drop(client);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Aborted));
    assert_eq!(h.closed(id), Some(Code::Aborted));
    is_served(&mut h, &mut innocent, other);
}

#[test]
#[cfg(unix)]
fn h1_conn_08_content_that_was_sent_before_the_end_comes_after_a_pause() {
    let mut h = Harness::new();
    let (mut client, id) = connect_unix(&mut h, "paused");
    write!(client, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 6\r\n\r\n").unwrap();
    h.expect(id, Event::Request { last: false });
    h.server.calls().pause(id).unwrap();
    assert!(h.rest().is_empty());
    client.write_all(b"unread").unwrap();
    drop(client);
    assert!(h.rest().is_empty());
    h.server.calls().resume(id).unwrap();
    let event = h.conn_event(id);
    assert_eq!(h.octets(event), b"unread");
}
