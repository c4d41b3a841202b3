//! Draining: idle, busy and stuck connections; from other threads; twice.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::Event;
use wireway::error::Code;
use wireway::service::{EventKind, Next};

#[track_caller]
fn expect_done(h: &mut Harness) {
    assert_eq!(h.server.next(Some(PATIENCE_MS)), Ok(Next::Done));
    assert_eq!(h.server.next(Some(PATIENCE_MS)), Ok(Next::Done), "and again");
}

#[test]
fn an_empty_server_is_done_at_once_and_listens_no_more() {
    let mut h = Harness::new();
    h.server.drain(u64::MAX);
    expect_done(&mut h);
    assert!(TcpStream::connect(h.address).is_err());
    assert_eq!(h.server.listen(b"127.0.0.1:0").unwrap_err().code(), Code::State);
}

#[test]
fn idle_connections_close_and_busy_ones_finish_their_exchange() {
    let mut h = Harness::new();
    let (mut idle, first) = h.connect();
    let (mut busy, second) = h.connect();
    get(&mut idle, "/");
    h.request(first);
    h.answer(first, "before");
    h.settle();
    get(&mut busy, "/");
    h.request(second);
    h.server.drain(u64::MAX);
    assert_eq!(h.closed(first), None);
    expect_content(&mut idle, "before");
    expect_end(&mut idle);
    assert_eq!(h.server.next(Some(0)), Ok(Next::Timeout), "one is still busy");
    h.answer(second, "finished");
    h.rest();
    let (head, content) = read_response(&mut busy);
    assert!(head.contains("\r\nConnection: close\r\n"), "{head}");
    assert_eq!(content, "finished");
    expect_end(&mut busy);
    drop(busy);
    assert_eq!(h.closed(second), None);
    expect_done(&mut h);
}

/// The time of the first is over, and what it cut off is not told yet.
#[test]
fn a_drain_is_asked_for_again_behind_its_time() {
    let mut h = Harness::new();
    let (mut peer, id) = h.connect();
    get(&mut peer, "/");
    h.request(id);
    h.server.drain(0);
    std::thread::sleep(std::time::Duration::from_millis(2));
    h.server.drain(u64::MAX);
    let closed = h.rest().pop().map(|event| (event.id, event.kind));
    assert!(matches!(closed, Some((of, EventKind::Closed(Some(error)))) if of == id && error.code() == Code::Aborted));
    expect_done(&mut h);
}

#[test]
fn stuck_connections_are_cut_off_at_the_deadline() {
    let mut h = Harness::new();
    let (mut unanswered, first) = h.connect();
    let (mut halfway, second) = h.connect();
    let (mut silent, third) = h.connect();
    get(&mut unanswered, "/");
    h.request(first);
    halfway.write_all(b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nab").unwrap();
    h.expect(second, Event::Request { last: false });
    assert!(matches!(h.conn_event(second), Event::Data { last: false, .. }));
    h.server.drain(30);
    let mut closed = Vec::new();
    let mut errors = Vec::new();
    while closed.len() < 3 {
        let event = h.event();
        match event.kind {
            EventKind::Closed(_) => closed.push(event.id),
            EventKind::Conn(Event::Error(error)) => errors.push((event.id, error.code())),
            other => panic!("{other:?}"),
        }
    }
    // The third was idle: our side is closed and waited for its end, which is no error.
    assert_eq!(errors, [(first, Code::Aborted), (second, Code::Aborted)]);
    for id in [first, second, third] {
        assert!(closed.contains(&id));
    }
    expect_done(&mut h);
    let mut rest = Vec::new();
    let _ = unanswered.read_to_end(&mut rest);
    assert!(rest.is_empty());
    expect_end(&mut silent);
}

#[test]
fn a_second_drain_only_shortens_the_time() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.server.drain(u64::MAX);
    h.server.drain(0);
    h.server.drain(u64::MAX);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Aborted));
    assert_eq!(h.closed(id), Some(Code::Aborted));
    expect_done(&mut h);
}

#[test]
fn another_thread_drains() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let other = std::thread::spawn(move || mailbox.drain(PATIENCE_MS));
    assert_eq!(h.server.next(Some(PATIENCE_MS)), Ok(Next::Done));
    other.join().unwrap().unwrap();
}

#[test]
fn of_several_drains_by_mailbox_the_shortest_counts() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    let mailbox = h.server.mailbox();
    for within_ms in [u64::MAX, 0, u64::MAX] {
        mailbox.drain(within_ms).unwrap();
    }
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Aborted));
    assert_eq!(h.closed(id), Some(Code::Aborted));
    expect_done(&mut h);
}

#[test]
fn posts_are_delivered_before_the_end_and_refused_after_it() {
    let mut h = Harness::new();
    let (client, id) = h.connect();
    drop(client);
    h.closed(id);
    let mailbox = h.server.mailbox();
    h.server.drain(0);
    mailbox.post(id, b"late", 4, true).unwrap();
    assert_eq!(h.event().kind, EventKind::Undelivered(4, Code::Gone));
    expect_done(&mut h);
    assert_eq!(mailbox.post(id, b"later", 5, true).unwrap_err().code(), Code::Gone);
}

#[test]
#[cfg(unix)]
fn a_socket_file_goes_with_its_listener() {
    let path = std::env::temp_dir().join(format!("wireway-drain-{}", std::process::id()));
    let mut h = Harness::new();
    h.server.listen(format!("unix:{}", path.display()).as_bytes()).unwrap();
    assert!(path.exists());
    h.server.drain(0);
    assert!(!path.exists());
}
