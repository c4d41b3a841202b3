//! Slow peers and slow owners: nothing grows without bound, nothing is lost, and a reset is noticed.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Event, Write};
use wireway::error::Code;
use wireway::service::{EventKind, Id};

const PART: [u8; 16 << 10] = [b'x'; 16 << 10];

/// Sends until the server holds the owner back, also after it has had turns; how many octets were taken.
fn fill(h: &mut Harness, id: Id) -> usize {
    let mut taken = 0;
    let mut is_full = false;
    for _ in 0..10_000 {
        match h.server.calls().send(id, &PART).unwrap() {
            Write::Queued => (taken, is_full) = (taken + PART.len(), false),
            Write::Paused if is_full => return taken,
            // The system may take more yet.
            Write::Paused => (_, is_full) = (h.rest(), true),
        }
        // The system takes its part first.
        h.server.flush();
    }
    panic!("never held back");
}

fn request(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    (client, id)
}

/// Reads until so many octets of content came.
fn read_content(client: &mut TcpStream, buffer: &mut Vec<u8>, octets: usize) {
    let count = |buffer: &[u8]| buffer.iter().filter(|&&octet| octet == b'x').count();
    while count(buffer) < octets {
        let mut part = vec![0; 64 << 10];
        let len = client.read(&mut part).expect("content");
        assert_ne!(len, 0, "ended early");
        buffer.extend_from_slice(&part[..len]);
    }
}

#[test]
fn a_peer_that_does_not_read_holds_the_owner_back_until_it_does() {
    let mut h = Harness::new();
    let (mut client, id) = request(&mut h);
    assert_eq!(h.server.calls().respond(id, &stream(), none()), Ok(Write::Queued));
    let taken = fill(&mut h, id);
    assert!(h.rest().is_empty(), "not writable while the peer does not read");
    let mut text = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| read_content(&mut client, &mut text, taken));
        h.expect(id, Event::Writable);
        h.rest();
        while h.server.stats().octets_out < taken as u64 {
            assert!(h.server.next(Some(10)).is_ok());
        }
    });
    assert_eq!(h.server.calls().send(id, b"more"), Ok(Write::Queued));
    assert_eq!(h.server.calls().finish(id, none()), Ok(Write::Queued));
    h.rest();
    let mut end = [0; 14];
    // What the reader left: the end of its last chunk, then the last ones.
    while !text.ends_with(b"more\r\n0\r\n\r\n") {
        let len = client.read(&mut end).unwrap();
        text.extend_from_slice(&end[..len]);
    }
}

#[test]
fn lent_octets_are_released_when_they_are_sent() {
    let mut h = Harness::new();
    let (mut client, id) = request(&mut h);
    let content = vec![b'x'; 300_000];
    let lent = wireway::conn::Response { content: &content, lent: Some(77), ..response("") };
    assert_eq!(h.server.calls().respond(id, &lent, none()), Ok(Write::Queued));
    let reader = std::thread::spawn(move || {
        let (_, content) = read_response(&mut client);
        (client, content.len())
    });
    h.expect(id, Event::Released(77));
    let (_client, len) = reader.join().unwrap();
    assert_eq!(len, content.len());
}

#[test]
fn lent_octets_are_released_before_the_end_when_the_peer_is_gone() {
    let mut h = Harness::new();
    let (client, id) = request(&mut h);
    assert_eq!(h.server.calls().respond(id, &stream(), none()), Ok(Write::Queued));
    fill(&mut h, id);
    let content = [b'x'; 100];
    // Above the high-water mark nothing is taken, lent or not.
    assert_eq!(h.server.calls().send_lent(id, &content, 5), Ok(Write::Paused));
    let (other, second) = request(&mut h);
    assert_eq!(h.server.calls().respond(second, &stream(), none()), Ok(Write::Queued));
    for _ in 0..10_000 {
        let big = vec![b'x'; 200 << 10].leak();
        if h.server.calls().send_lent(second, big, 6).unwrap() == Write::Paused {
            break;
        }
        h.server.flush();
    }
    reset_on_close(&other);
    drop(other);
    let mut released = 0;
    let mut error = None;
    loop {
        match h.event().kind {
            EventKind::Conn(Event::Released(6)) => released += 1,
            EventKind::Conn(Event::Error(e)) => error = Some(e.code()),
            EventKind::Closed(_) => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(released > 0, "each lend comes back before the end");
    assert_eq!(error, Some(Code::Aborted));
    drop(client);
}

#[test]
fn a_paused_connection_reads_no_more_until_it_is_resumed() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    write!(client, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n").unwrap();
    h.expect(id, Event::Request { last: false });
    h.server.calls().pause(id).unwrap();
    assert!(h.rest().is_empty());
    let writer = std::thread::spawn(move || {
        client.write_all(&vec![b'x'; 1_000_000]).unwrap();
        client
    });
    for _ in 0..20 {
        assert_eq!(h.server.next(Some(5)), Ok(wireway::service::Next::Timeout));
    }
    assert!(h.server.stats().octets_in <= 200_000, "what the pause left in flight, not the whole content");
    h.server.calls().resume(id).unwrap();
    let mut got = 0;
    while got < 1_000_000 {
        let event = h.conn_event(id);
        got += h.octets(event).len();
        // Holding and going on at every event changes nothing.
        h.server.calls().pause(id).unwrap();
        h.server.calls().resume(id).unwrap();
    }
    let mut client = writer.join().unwrap();
    h.answer(id, "all");
    h.rest();
    expect_content(&mut client, "all");
}

#[test]
fn a_reset_is_noticed_while_the_connection_is_paused() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    write!(client, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n").unwrap();
    h.expect(id, Event::Request { last: false });
    h.server.calls().pause(id).unwrap();
    assert!(h.rest().is_empty());
    reset_on_close(&client);
    drop(client);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Aborted));
    assert_eq!(h.closed(id), Some(Code::Aborted));
    assert_eq!(h.server.stats().errors, 1);
}

#[test]
fn a_reset_is_noticed_while_an_answer_is_awaited() {
    let mut h = Harness::new();
    let (client, id) = request(&mut h);
    assert!(h.rest().is_empty());
    reset_on_close(&client);
    drop(client);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Aborted));
    assert_eq!(h.closed(id), Some(Code::Aborted));
}
