//! What a live server reads behind a last response, with an innocent client beside the guilty one. Every wait is for a state.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{ErrorKind, Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Event, Response, Write};
use wireway::service::{Config, Next};

const LEND: u64 = 64 << 10;
/// Octets of a response: what a socket takes as a whole, and more than the system buffers for a peer that does not read. Windows does not
/// tell what waits in a socket for the peer: only what waits in the server keeps it from reading.
const CONTENTS: &[usize] = if cfg!(windows) { &[24 << 20] } else { &[1 << 20, 2 << 20, 3 << 20, 24 << 20] };

/// Sends until the system takes no more; how much it took.
fn flood(client: &mut TcpStream) -> usize {
    let mut sent = 0;
    loop {
        match client.write(&[b'G'; 1 << 16]) {
            Ok(n) => sent += n,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return sent,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Reads what is there.
fn read_some(client: &mut TcpStream, into: &mut Vec<u8>) {
    let mut buffer = vec![0; 1 << 18];
    match client.read(&mut buffer) {
        Ok(n) => into.extend_from_slice(&buffer[..n]),
        Err(error) if error.kind() == ErrorKind::WouldBlock => {}
        Err(error) => panic!("{error}"),
    }
}

fn serve(h: &mut Harness, client: &mut TcpStream, id: wireway::service::Id) {
    get(client, "/");
    h.request(id);
    h.answer(id, "innocent");
    h.rest();
    expect_content(client, "innocent");
}

#[test]
fn h1_lim_09_a_flood_behind_the_last_response_is_not_read() {
    CONTENTS.iter().copied().for_each(flood_behind_the_last_response);
}

fn flood_behind_the_last_response(len: usize) {
    let mut h = Harness::with(&Config::new());
    let (mut innocent, innocent_id) = h.connect();
    let (mut guilty, id) = h.connect();
    get(&mut guilty, "/");
    h.request(id);
    let content = "x".repeat(len);
    let last = Response { close: true, ..response(&content) };
    assert_eq!(h.server.calls().respond(id, &last, none()), Ok(Write::Queued));
    h.rest();
    let before = h.server.stats().octets_in;
    guilty.set_nonblocking(true).unwrap();
    loop {
        let (sent, was) = (flood(&mut guilty), h.server.stats().octets_in);
        assert_eq!(h.rest(), []);
        if sent == 0 && h.server.stats().octets_in == was {
            break;
        }
    }
    // It looks again now and then, and reads no more.
    assert_eq!(h.server.next(Some(150)), Ok(Next::Timeout));
    flood(&mut guilty);
    assert!(h.rest().is_empty());
    let read = h.server.stats().octets_in - before;
    assert!(read <= 2 * LEND, "{read} octets behind the last request, of a response of {len}");
    serve(&mut h, &mut innocent, innocent_id);
    // It reads now, and sends on: it has its whole response all the same.
    let mut came = Vec::new();
    while came.len() < len {
        read_some(&mut guilty, &mut came);
        h.rest();
    }
    let mut more = 0;
    while more < 2 << 20 {
        more += flood(&mut guilty);
        read_some(&mut guilty, &mut came);
        h.rest();
    }
    let head = came.windows(4).position(|octets| octets == b"\r\n\r\n").unwrap();
    assert_eq!(came.len(), head + 4 + len);
    serve(&mut h, &mut innocent, innocent_id);
}

#[test]
fn h1_lim_09_a_client_that_writes_before_it_reads_gets_its_413() {
    let mut h = Harness::with(&Config::new());
    let (mut innocent, innocent_id) = h.connect();
    let (mut eager, id) = h.connect();
    let len = 17 << 20;
    write!(eager, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: {len}\r\n\r\n").unwrap();
    assert!(matches!(h.conn_event(id), Event::Error(_)));
    h.rest();
    serve(&mut h, &mut innocent, innocent_id);
    // Half of it, of which the server reads all: as much as it drains of one that does not stop would be 16 MiB.
    eager.set_nonblocking(true).unwrap();
    let mut sent = 0;
    while sent < len / 2 {
        sent += flood(&mut eager);
        h.rest();
    }
    eager.set_nonblocking(false).unwrap();
    eager.shutdown(std::net::Shutdown::Write).unwrap();
    h.rest();
    let mut text = String::new();
    eager.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 413 "), "{text}");
    serve(&mut h, &mut innocent, innocent_id);
}
