//! Files as content: what arrives, what it costs, and what becomes of one that is not as was said.
#![cfg(feature = "service")]

mod service_support;

use service_support::files::*;
use service_support::*;
use std::io::Read;
use std::net::TcpStream;
use wireway::conn::{self, Event, Response, Write};
use wireway::error::Code;
use wireway::service::{Config, EventKind, Id};

/// Less memory than any of the files takes.
const MEMORY: usize = 1 << 20;
const LEN: usize = 5_000_001;

fn harness() -> Harness {
    let mut config = Config::new();
    (config.memory_max, config.held_max) = (MEMORY, MEMORY / 2);
    Harness::with(&config)
}

fn request(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    (client, id)
}

/// Answers with a stretch of a file and nothing else.
fn send(h: &mut Harness, id: Id, file: &conn::File, token: u64) {
    let head = Response { stream: Some(Some(file.len)), ..response("") };
    assert_eq!(h.server.calls().respond(id, &head, none()), Ok(Write::Queued));
    assert_eq!(h.server.calls().send_file(id, file, token), Ok(Write::Queued));
    assert_eq!(h.server.calls().finish(id, none()), Ok(Write::Queued));
}

fn content(client: &mut impl Read) -> Vec<u8> {
    read_octets(client).1
}

#[test]
fn a_file_arrives_as_it_is_through_a_slow_reader() {
    let (octets, mut h) = (octets(LEN), harness());
    let file = file(&octets);
    let (mut client, id) = request(&mut h);
    send(&mut h, id, &stretch(&file, 1, LEN as u64 - 1), 7);
    assert!(h.rest().is_empty(), "more than the system buffers for a peer that does not read");
    let reader = std::thread::spawn(move || (content(&mut client), client));
    h.expect(id, Event::Released(7));
    let (got, mut client) = reader.join().unwrap();
    assert!(got == octets[1..]);
    // The connection goes on.
    get(&mut client, "/");
    h.request(id);
    h.answer(id, "next");
    h.rest();
    expect_content(&mut client, "next");
}

/// Memory has offsets, and the system does not send from it: it is read instead.
#[test]
#[cfg(target_os = "linux")]
fn what_the_system_does_not_send_from_is_read() {
    let mut h = harness();
    let octets = octets(LEN).leak();
    let memory = std::fs::File::open("/proc/self/mem").unwrap();
    let (mut client, id) = request(&mut h);
    send(&mut h, id, &stretch(&memory, octets.as_ptr().addr() as u64, LEN as u64), 8);
    let reader = std::thread::spawn(move || content(&mut client));
    h.expect(id, Event::Released(8));
    assert!(reader.join().unwrap() == octets);
}

#[test]
fn two_connections_share_a_descriptor() {
    let (octets, mut h) = (octets(LEN), harness());
    let file = file(&octets);
    let ((one, first), (other, second)) = (request(&mut h), request(&mut h));
    let half = LEN as u64 / 2;
    send(&mut h, first, &stretch(&file, 0, half), 1);
    send(&mut h, second, &stretch(&file, half, LEN as u64 - half), 2);
    // Each keeps its connection open when it is through: the end of one may come before the other's file is released.
    let readers = [one, other].map(|mut client| std::thread::spawn(move || (content(&mut client), client)));
    let mut released: Vec<_> = (0..2).map(|_| h.event().kind).collect();
    released.sort_by_key(|what| *what == EventKind::Conn(Event::Released(2)));
    assert_eq!(released, [1, 2].map(|token| EventKind::Conn(Event::Released(token))));
    let [(first, _one), (second, _other)] = readers.map(|reader| reader.join().unwrap());
    assert!([first, second].concat() == octets);
}

/// Only the connection that was to send it ends; what there was of the file arrived.
#[test]
fn a_file_that_is_too_short_ends_its_connection() {
    let (octets, mut h) = (octets(100_000), harness());
    let file = file(&octets);
    let ((mut client, id), (mut other, second)) = (request(&mut h), request(&mut h));
    send(&mut h, id, &stretch(&file, 0, 100_001), 9);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::BodyLength));
    h.expect(id, Event::Released(9));
    assert_eq!(h.closed(id), Some(Code::BodyLength));
    let mut all = Vec::new();
    client.read_to_end(&mut all).unwrap();
    assert!(all.ends_with(&octets));
    h.answer(second, "still here");
    h.rest();
    expect_content(&mut other, "still here");
    assert_eq!(h.server.stats().errors, 1);
}

#[test]
fn a_descriptor_that_cannot_be_read_ends_its_connection() {
    let (reads, _writes) = std::io::pipe().unwrap();
    for fd in [system::number_of(&reads), 1 << 30, 1 << 40] {
        let mut h = harness();
        let (_client, id) = request(&mut h);
        send(&mut h, id, &conn::File { fd, offset: 0, len: 10 }, 3);
        assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::BodyLength), "{fd}");
        h.expect(id, Event::Released(3));
        assert_eq!(h.closed(id), Some(Code::BodyLength));
    }
}

#[test]
fn chunks_of_files_and_of_octets_alternate() {
    let mut h = harness();
    let file = file(b"0123456789");
    let (mut client, id) = request(&mut h);
    assert_eq!(h.server.calls().respond(id, &stream(), none()), Ok(Write::Queued));
    assert_eq!(h.server.calls().send(id, b"a"), Ok(Write::Queued));
    assert_eq!(h.server.calls().send_file(id, &stretch(&file, 2, 3), 1), Ok(Write::Queued));
    assert_eq!(h.server.calls().send_file(id, &stretch(&file, 9, 0), 2), Ok(Write::Queued));
    assert_eq!(h.server.calls().send(id, b"b"), Ok(Write::Queued));
    assert_eq!(h.server.calls().finish(id, none()), Ok(Write::Queued));
    h.expect(id, Event::Released(1));
    h.expect(id, Event::Released(2));
    client.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(h.closed(id), None);
    let mut all = String::new();
    client.read_to_string(&mut all).unwrap();
    assert!(all.ends_with("\r\n\r\n1\r\na\r\n3\r\n234\r\n1\r\nb\r\n0\r\n\r\n"), "{all}");
}

/// A peer that does not read is given up by a clock; its file is the owner's again before the end.
#[test]
fn a_file_is_released_before_the_end_whatever_ends_it() {
    let mut config = Config::new();
    config.conn.clocks.write_ms = 50;
    let mut h = Harness::with(&config);
    let file = file(&octets(32 << 20));
    let (client, id) = request(&mut h);
    send(&mut h, id, &stretch(&file, 0, 32 << 20), 4);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutWrite));
    h.expect(id, Event::Released(4));
    assert_eq!(h.closed(id), Some(Code::TimeoutWrite));
    drop(client);
    let (client, id) = request(&mut h);
    send(&mut h, id, &stretch(&file, 0, 32 << 20), 5);
    h.server.calls().abort(id).unwrap();
    h.expect(id, Event::Released(5));
    assert_eq!(h.closed(id), None);
    drop(client);
}

#[test]
fn a_file_is_released_where_the_peer_goes_or_a_drain_is_over() {
    let file = file(&octets(32 << 20));
    for is_drain in [false, true] {
        let mut h = Harness::new();
        let (client, id) = request(&mut h);
        send(&mut h, id, &stretch(&file, 0, 32 << 20), 6);
        assert!(h.rest().is_empty());
        if is_drain {
            h.server.drain(0);
        } else {
            reset_on_close(&client);
            drop(client);
        }
        h.expect(id, Event::Released(6));
        assert_eq!(h.closed(id), Some(Code::Aborted));
        assert!(h.rest().is_empty(), "once");
    }
}

/// However much the system would take, others have their turns in between; whether the file is sent or read.
#[test]
#[cfg(target_os = "linux")]
fn a_mebibyte_at_most_is_sent_in_one_turn() {
    let octets = octets(3 << 20).leak();
    let (on_disk, memory) = (file(octets), std::fs::File::open("/proc/self/mem").unwrap());
    for file in [stretch(&on_disk, 0, 3 << 20), stretch(&memory, octets.as_ptr().addr() as u64, 3 << 20)] {
        let mut h = harness();
        let (mut client, id) = request(&mut h);
        send(&mut h, id, &file, 1);
        let before = h.server.stats().octets_out;
        h.server.flush();
        assert!(h.server.stats().octets_out - before <= (1 << 20) + 500);
        let reader = std::thread::spawn(move || content(&mut client));
        h.expect(id, Event::Released(1));
        assert!(reader.join().unwrap() == octets);
    }
}

/// There is no room for a piece of it: what is sent from where it lies needs none, and what must be read ends its connection.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_not_read_takes_no_memory() {
    let octets = octets(LEN).leak();
    let (on_disk, memory) = (file(octets), std::fs::File::open("/proc/self/mem").unwrap());
    let mut config = Config::new();
    (config.memory_max, config.held_max) = (60 << 10, 30 << 10);
    let mut h = Harness::with(&config);
    let (mut client, id) = request(&mut h);
    send(&mut h, id, &stretch(&on_disk, 0, LEN as u64), 1);
    let reader = std::thread::spawn(move || (content(&mut client), client));
    h.expect(id, Event::Released(1));
    let (got, mut client) = reader.join().unwrap();
    assert!(got == octets);
    get(&mut client, "/");
    h.request(id);
    send(&mut h, id, &stretch(&memory, octets.as_ptr().addr() as u64, LEN as u64), 2);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Nomem));
    h.expect(id, Event::Released(2));
    assert_eq!(h.closed(id), Some(Code::Nomem));
}
