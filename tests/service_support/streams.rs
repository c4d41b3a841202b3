//! Responses that other threads stream to clients of a [`Harness`].

use super::{Harness, get, none, stream};
use std::io::Read as _;
use std::net::TcpStream;
use std::thread;
use wireway::conn::Write;
use wireway::http1::write::FieldRef;
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

/// Interim responses that the peer does not read are before all others in the queue, until the system takes no more of them and the server
/// waits again.
pub fn fill(h: &mut Harness, id: Id) {
    let value = vec![b'i'; 60_000];
    let field = FieldRef { name: b"X", value: &value };
    loop {
        while h.server.calls().send_interim(id, 103, [field].into_iter()) == Ok(Write::Queued) {
            h.server.flush();
        }
        h.rest();
        if h.server.calls().send_interim(id, 103, [field].into_iter()) == Ok(Write::Paused) {
            return;
        }
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
