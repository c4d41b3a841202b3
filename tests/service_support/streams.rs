//! Responses that other threads stream to clients of a [`Harness`].

use super::{Harness, get, none, stream};
use std::io::Read as _;
use std::net::TcpStream;
use std::thread;
use wireway::service::{Config, Id, Mailbox, Posted};

pub const PIECE: [u8; 10_000] = [b'x'; 10_000];

/// Connections have a share of five pieces.
pub fn config() -> Config {
    Config { post_conn_max: 55_000, ..Config::new() }
}

/// A request whose response another thread streams.
pub fn asked(h: &mut Harness, mailbox: &Mailbox) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    assert_eq!(mailbox.respond(id, &stream(), none(), 0, true), Ok(Posted::Queued));
    (client, id)
}

/// Posts pieces to a client that does not read, until there is no room for more though the server has turns; how many.
pub fn clog(h: &mut Harness, mailbox: &Mailbox, id: Id) -> usize {
    let (mut count, mut is_full) = (0, false);
    loop {
        match mailbox.send(id, &PIECE, 1, true) {
            Ok(Posted::Queued) => (count, is_full) = (count + 1, false),
            Ok(Posted::Full) if is_full => return count,
            full => is_full = full == Ok(Posted::Full),
        }
        h.rest();
    }
}

/// Reads up to this end, while the server does what it can.
pub fn read_to(h: &mut Harness, mut client: TcpStream, end: &'static [u8]) -> Vec<u8> {
    let reader = thread::spawn(move || {
        let mut all = Vec::new();
        while !all.ends_with(end) {
            let mut part = [0; 4096];
            let len = client.read(&mut part).expect("more");
            assert_ne!(len, 0, "ended early");
            all.extend_from_slice(&part[..len]);
        }
        all
    });
    while !reader.is_finished() {
        h.server.next(Some(1)).unwrap();
    }
    reader.join().unwrap()
}
