//! Many connections, many listeners, many servers.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::collections::HashSet;
#[cfg(unix)]
use std::io::Write as _;
#[cfg(unix)]
use std::net::{SocketAddr, TcpStream};
#[cfg(unix)]
use std::os::fd::FromRawFd;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::time::Duration;
use wireway::error::Code;
#[cfg(unix)]
use wireway::service::Server;
use wireway::service::{Config, EventKind, Next};

#[test]
fn serves_twelve_hundred_connections() {
    const COUNT: usize = 1200;
    system::raise_limit(2 * COUNT as u64 + 1000);
    let mut h = Harness::new();
    let mut clients: Vec<_> = (0..COUNT).map(|_| h.connect()).collect();
    assert_eq!(h.server.stats().open, COUNT as u64);
    let ids: HashSet<_> = clients.iter().map(|(_, id)| *id).collect();
    assert_eq!(ids.len(), COUNT);
    for round in 0..2 {
        for (i, (client, _)) in clients.iter_mut().enumerate() {
            get(client, &format!("/{round}/{i}"));
        }
        for _ in 0..COUNT {
            let event = h.event();
            assert!(matches!(event.kind, EventKind::Conn(wireway::conn::Event::Request { last: true })), "{event:?}");
            let target = h.target();
            h.answer(event.id, &target);
        }
        assert!(h.rest().is_empty());
        for (i, (client, _)) in clients.iter_mut().enumerate() {
            expect_content(client, &format!("/{round}/{i}"));
        }
    }
    drop(clients);
    let closed: HashSet<_> = (0..COUNT)
        .map(|_| {
            let event = h.event();
            assert_eq!(event.kind, EventKind::Closed(None));
            event.id
        })
        .collect();
    assert_eq!(closed, ids);
    assert_eq!(h.server.stats().open, 0);
}

#[test]
fn accepts_no_more_than_the_most_until_one_ends() {
    let mut h = Harness::with(&Config { connections_max: 2, ..Config::new() });
    let (first, one) = h.connect();
    let (_second, _) = h.connect();
    let mut third = client(h.address);
    get(&mut third, "/third");
    assert_eq!(h.server.next(Some(20)), Ok(Next::Timeout));
    assert_eq!((h.server.stats().open, h.server.stats().accepted), (2, 2));
    drop(first);
    assert_eq!(h.closed(one), None);
    let three = h.opened();
    assert_eq!(h.request(three), "/third");
    assert_eq!((h.server.stats().open, h.server.stats().refused), (2, 0));
}

#[test]
fn without_memory_a_connection_is_refused_and_counted() {
    // Enough for the reserve of fast turns, a chunk of 64 slots and what belongs to them, not for two chunks.
    let mut h = Harness::with(&Config { memory_max: 24 << 10, ..Config::new() });
    let clients: Vec<_> = (0..64).map(|_| h.connect()).collect();
    let mut refused = client(h.address);
    while h.server.stats().refused == 0 {
        assert_eq!(h.server.next(Some(10)), Ok(Next::Timeout));
    }
    expect_end(&mut refused);
    assert_eq!(h.server.stats().open, 64);
    drop(clients);
}

#[test]
#[cfg(unix)]
fn serves_a_unix_domain_socket_beside_tcp() {
    let path = std::env::temp_dir().join(format!("wireway-service-{}", std::process::id()));
    let mut h = Harness::new();
    h.server.listen(format!("unix:{}", path.display()).as_bytes()).unwrap();
    assert_eq!(h.server.address(1).unwrap().to_string(), format!("unix:{}", path.display()));
    let mut client = UnixStream::connect(&path).unwrap();
    client.set_read_timeout(Some(Duration::from_millis(PATIENCE_MS))).unwrap();
    let id = h.opened();
    client.write_all(b"GET /unix HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    assert_eq!(h.request(id), "/unix");
    h.answer(id, "local");
    h.rest();
    expect_content(&mut client, "local");
    drop(h);
    assert!(!path.exists());
}

/// The option of the socket in this process whose peer is `peer`.
#[cfg(unix)]
fn no_delay_towards(peer: SocketAddr) -> Option<bool> {
    let nodelay_of = |fd: i32| {
        // SAFETY: a number that is looked at; if it is an open socket it is not closed here.
        let socket = unsafe { std::mem::ManuallyDrop::new(TcpStream::from_raw_fd(fd)) };
        (socket.peer_addr().ok()? == peer).then(|| socket.nodelay().expect("an option"))
    };
    (3..4096).find_map(nodelay_of)
}

#[test]
#[cfg(unix)]
fn accepted_connections_send_small_responses_at_once() {
    let mut h = Harness::new();
    let (client, _) = h.connect();
    assert_eq!(no_delay_towards(client.local_addr().unwrap()), Some(true));
}

#[test]
fn refuses_an_address_that_is_none_or_in_use() {
    let mut h = Harness::new();
    assert_eq!(h.server.listen(b"localhost:80").unwrap_err().code(), Code::Argument);
    let taken = h.address.to_string();
    assert_eq!(h.server.listen(taken.as_bytes()).unwrap_err().code(), Code::System);
    assert_eq!(h.server.address(1).unwrap_err().code(), Code::Argument);
    let (mut client, id) = h.connect();
    get(&mut client, "/still");
    assert_eq!(h.request(id), "/still");
}

/// One server of several on a port: answers until it is drained; how many requests it had.
#[cfg(unix)]
fn serve(mut server: Server) -> u64 {
    loop {
        match server.next(Some(PATIENCE_MS)).unwrap() {
            Next::Event(event) => {
                if matches!(event.kind, EventKind::Conn(wireway::conn::Event::Request { .. })) {
                    server.calls().respond(event.id, &response("shared"), none()).unwrap();
                }
            }
            Next::Done => return server.stats().requests,
            Next::Timeout => panic!("nobody drained the server"),
        }
    }
}

#[test]
#[cfg(unix)]
fn two_servers_on_two_threads_share_a_port() {
    let config = Config { reuse_port: true, ..Config::new() };
    let (sender, receiver) = std::sync::mpsc::channel();
    let first = sender.clone();
    let one = std::thread::spawn(move || {
        let mut server = Server::new(&config).unwrap();
        server.listen(b"127.0.0.1:0").unwrap();
        let address: SocketAddr = server.address(0).unwrap().to_string().parse().unwrap();
        first.send((server.mailbox(), address)).unwrap();
        serve(server)
    });
    let (mailbox, address) = receiver.recv().unwrap();
    let two = std::thread::spawn(move || {
        let mut server = Server::new(&config).unwrap();
        server.listen(address.to_string().as_bytes()).unwrap();
        sender.send((server.mailbox(), address)).unwrap();
        serve(server)
    });
    let (other, _) = receiver.recv().unwrap();
    // The system spreads connections by a hash of their addresses; both get some of so many.
    for _ in 0..200 {
        let mut client = client(address);
        get(&mut client, "/");
        expect_content(&mut client, "shared");
    }
    mailbox.drain(PATIENCE_MS).unwrap();
    other.drain(PATIENCE_MS).unwrap();
    let (one, two) = (one.join().unwrap(), two.join().unwrap());
    assert_eq!(one + two, 200);
    assert!(one > 0 && two > 0, "{one} and {two}");
}
