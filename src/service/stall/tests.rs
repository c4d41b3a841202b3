//! A connection that reports events it does not have, beside a correct one.

use crate::conn::{self, with_false_events};
use crate::error::Code;
use crate::service::{Config, Event, EventKind, Id, Next, Server};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// A client that has sent a request, and the id of its connection.
fn client(server: &mut Server) -> (TcpStream, Id) {
    let mut client = TcpStream::connect(server.address(0).unwrap().to_string()).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    client.write_all(REQUEST).unwrap();
    (client, until(server, |what| matches!(what, EventKind::Conn(conn::Event::Request { .. }))).id)
}

/// The next event that is wanted.
fn until(server: &mut Server, wanted: impl Fn(EventKind) -> bool) -> Event {
    loop {
        match server.next(Some(60_000)).unwrap() {
            Next::Event(event) if wanted(event.kind) => return event,
            Next::Event(_) => {}
            other => panic!("nothing comes: {other:?}"),
        }
    }
}

fn respond(server: &mut Server, id: Id) {
    let response = conn::Response { status: 200, reason: b"", content: b"ok", stream: None, lent: None, close: false };
    server.calls().respond(id, &response, core::iter::empty()).unwrap();
}

#[test]
fn h1_conn_17_one_that_does_not_go_on_ends_alone() {
    let mut server = Server::new(&Config::new()).unwrap();
    server.listen(b"127.0.0.1:0").unwrap();
    let (mut guilty, liar) = client(&mut server);
    let (mut innocent, id) = client(&mut server);
    server.calls().pause(liar).unwrap();
    let told = with_false_events(|| until(&mut server, |what| matches!(what, EventKind::Closed(_))));
    assert_eq!(told.id, liar);
    assert!(matches!(told.kind, EventKind::Closed(Some(error)) if error.code() == Code::Stalled), "{told:?}");
    assert_eq!((server.stats().stalled, server.stats().open), (1, 1));
    assert_eq!(guilty.read(&mut [0; 1]).unwrap_or(0), 0);
    respond(&mut server, id);
    server.flush();
    let mut answer = [0; 12];
    innocent.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
}
