//! A server that listens with and without TLS, as its clients see it over sockets.
#![cfg(all(feature = "service", feature = "tls"))]

mod service_support;
mod tls_support;

use std::io::{Read, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;

use service_support::PATIENCE_MS;
use service_support::files::{file, octets, stretch};
use tls_support::socket::{Client, GET};
use tls_support::{VERSIONS, configs};
use wireway::conn::{Event as ConnEvent, Response, bits};
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{Config, Event, EventKind, Next, Security, Server};
use wireway::tls::TlsConfig;

/// A server with TLS at the first address and none at the second.
fn server(tls: &TlsConfig) -> (Server, SocketAddr, SocketAddr) {
    let mut server = Server::new(&Config::new()).unwrap();
    server.listen_tls(b"127.0.0.1:0", tls).unwrap();
    server.listen(b"127.0.0.1:0").unwrap();
    let address = |i: usize| server.address(i).unwrap().to_string().parse().unwrap();
    let (secure, plain) = (address(0), address(1));
    (server, secure, plain)
}

/// Answers requests until a connection ends; the server names asked for, and why it ended.
fn serve(server: &mut Server, content: &[u8]) -> (Vec<Option<String>>, Option<Code>) {
    let response = Response { status: 200, reason: b"", content, stream: None, lent: None, close: false };
    let mut names = vec![];
    loop {
        match server.next(Some(PATIENCE_MS)).unwrap() {
            Next::Event(Event { id, kind: EventKind::Conn(ConnEvent::Request { .. }), .. }) => {
                names.push(
                    server.conn(id).unwrap().tls().map(|session| session.server_name().unwrap_or("-").to_owned()),
                );
                server.calls().respond(id, &response, std::iter::empty::<FieldRef<'_>>()).unwrap();
            }
            Next::Event(Event { kind: EventKind::Closed(error), .. }) => {
                return (names, error.map(|error| error.code()));
            }
            Next::Event(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn one_server_with_and_without_tls() {
    for version in VERSIONS {
        let (client, tls) = configs(version, false);
        let (mut server, secure, plain) = server(&tls);
        let content = vec![7; 1 << 20];
        let talking = thread::spawn(move || {
            let mut client = Client::new(secure, &client);
            (0..3).for_each(|_| client.ask(1 << 20));
            client.pump.close(&mut client.ws).unwrap();
            while client.exchange() {}
        });
        let name = Some("example.com".to_owned());
        assert_eq!(serve(&mut server, &content), (vec![name.clone(), name.clone(), name], None));
        talking.join().unwrap();
        let talking = thread::spawn(move || {
            let mut client = TcpStream::connect(plain).unwrap();
            client.write_all(GET).unwrap();
            client.shutdown(Shutdown::Write).unwrap();
            let mut answer = String::new();
            client.read_to_string(&mut answer).unwrap();
            answer
        });
        assert_eq!(serve(&mut server, b"in the clear"), (vec![None], None));
        assert!(talking.join().unwrap().ends_with("in the clear"));
    }
}

/// TLS begins with the first octet of a connection that was accepted by somebody else, too.
#[test]
fn a_connection_that_another_accepted_over_tls() {
    let (client, tls) = configs(VERSIONS[0], false);
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let talking = thread::spawn(move || {
        let mut client = Client::new(address, &client);
        client.ask(1 << 10);
        client.pump.close(&mut client.ws).unwrap();
        while client.exchange() {}
    });
    let mut server = Server::new(&Config::new()).unwrap();
    let accepted = socket.accept().unwrap().0;
    server.sockets().adopt(accepted.into(), &Security::tls(&tls).unwrap()).unwrap();
    assert_eq!(serve(&mut server, &[7; 1 << 10]), (vec![Some("example.com".to_owned())], None));
    talking.join().unwrap();
}

/// It is read, for the connection must see what it encrypts; and only as fast as the peer reads.
#[test]
fn a_file_over_tls() {
    const LEN: usize = 5_000_001;
    let content = octets(LEN + 5);
    let file = file(&content);
    for version in VERSIONS {
        let (client, tls) = configs(version, false);
        let mut config = Config::new();
        (config.memory_max, config.held_max) = (1 << 20, 1 << 19);
        let mut server = Server::new(&config).unwrap();
        server.listen_tls(b"127.0.0.1:0", &tls).unwrap();
        let secure = server.address(0).unwrap().to_string().parse().unwrap();
        let talking = thread::spawn(move || {
            let mut client = Client::new(secure, &client);
            client.ask(LEN);
            client.got
        });
        let mut events = vec![];
        loop {
            match server.next(Some(PATIENCE_MS)).unwrap() {
                Next::Event(Event { id, kind: EventKind::Conn(ConnEvent::Request { .. }), .. }) => {
                    let stream = Some(Some(LEN as u64));
                    let head = Response { status: 200, reason: b"", content: b"", stream, lent: None, close: false };
                    server.calls().respond(id, &head, std::iter::empty::<FieldRef<'_>>()).unwrap();
                    server.calls().send_file(id, &stretch(&file, 5, LEN as u64), 9).unwrap();
                    server.calls().finish(id, std::iter::empty()).unwrap();
                }
                Next::Event(Event { kind: EventKind::Closed(_), .. }) => break,
                Next::Event(Event { kind, .. }) => events.push(kind),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(events, [EventKind::Opened, EventKind::Conn(ConnEvent::Released(9))], "{version:?}");
        assert!(talking.join().unwrap().ends_with(&content[5..]), "{version:?}");
    }
}

#[test]
fn a_drain_waits_for_a_close_notify_to_leave() {
    let (client, tls) = configs(VERSIONS[1], false);
    let (mut server, secure, _) = server(&tls);
    let mailbox = server.mailbox();
    let talking = thread::spawn(move || {
        let mut client = Client::new(secure, &client);
        client.ask(0);
        mailbox.drain(PATIENCE_MS).unwrap();
        while client.exchange() {}
        client.pump.state() & bits::TLS_PEER_CLOSED != 0
    });
    serve(&mut server, b"");
    assert!(talking.join().unwrap());
    assert_eq!(server.next(Some(PATIENCE_MS)).unwrap(), Next::Done);
}

#[test]
fn http_on_the_wrong_port_is_answered() {
    let (_, tls) = configs(VERSIONS[1], false);
    let (mut server, secure, _) = server(&tls);
    let talking = thread::spawn(move || {
        let mut client = TcpStream::connect(secure).unwrap();
        client.write_all(GET).unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer
    });
    assert_eq!(serve(&mut server, b""), (vec![], Some(Code::TlsPlaintextHttp)));
    assert!(talking.join().unwrap().starts_with("HTTP/1.1 400 "));
    assert_eq!(server.stats().errors, 1);
}

#[test]
fn a_clients_config_does_not_listen() {
    let (client, _) = configs(VERSIONS[1], false);
    let mut server = Server::new(&Config::new()).unwrap();
    let refused = server.listen_tls(b"127.0.0.1:0", &client);
    assert_eq!(refused.map_err(|error| error.code()), Err(Code::Argument));
    assert!(server.address(0).is_err());
}
