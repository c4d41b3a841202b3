//! Headers before TLS.

use crate::harness::HEADER;
use crate::service_support::*;
use crate::tls_support::socket::Client;
use crate::tls_support::{VERSIONS, configs};
use crate::vectors;
use std::io::Write as _;
use std::thread;
use wireway::conn::Event as ConnEvent;
use wireway::error::Code;
use wireway::io::socket::SocketOptions;
use wireway::service::{Config, Event, EventKind, Next, Security, Server};
use wireway::tls::{TlsConfig, Version};

fn harness(tls: &TlsConfig) -> Harness {
    let mut server = Server::new(&Config::new()).unwrap();
    let security = Security::tls(tls).unwrap().behind_proxy();
    server.sockets().listen(b"127.0.0.1:0", &SocketOptions::default(), security).unwrap();
    let address = server.address(0).unwrap().to_string().parse().unwrap();
    Harness { server, address }
}

/// Answers requests, each of this peer, until a connection ends; how many there were.
fn serve(h: &mut Harness, peer: &str) -> usize {
    let mut requests = 0;
    loop {
        match h.server.next(Some(PATIENCE_MS)).unwrap() {
            Next::Event(Event { id, kind: EventKind::Conn(ConnEvent::Request { .. }), .. }) => {
                assert!(h.server.conn(id).unwrap().tls().is_some());
                assert_eq!(h.server.calls().peer(id).unwrap().to_string(), peer);
                h.answer(id, "sealed");
                requests += 1;
            }
            Next::Event(Event { kind: EventKind::Closed(error), .. }) => {
                assert_eq!(error, None);
                return requests;
            }
            Next::Event(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn pp_01_the_header_comes_before_tls() {
    for version in VERSIONS {
        let (client_config, tls) = configs(version, false);
        let mut h = harness(&tls);
        for header in [HEADER.to_vec(), vectors::with_checksum(0x21, 0x11, vectors::V4, &[])] {
            let (address, config) = (h.address, client_config.clone());
            let talking = thread::spawn(move || {
                let mut socket = client(address);
                socket.write_all(&header).unwrap();
                let mut client = Client::over(socket, &config);
                (0..2).for_each(|_| client.ask(6));
                client.pump.close(&mut client.ws).unwrap();
                while client.exchange() {}
            });
            assert_eq!(serve(&mut h, "192.0.2.1:56324"), 2);
            talking.join().unwrap();
        }
    }
}

/// A ClientHello is no header, and gets no alert.
#[test]
fn pp_01_tls_without_a_header_is_dropped() {
    let (_, tls) = configs(Version::Tls13, false);
    let mut h = harness(&tls);
    let mut guilty = client(h.address);
    guilty.write_all(b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03").unwrap();
    let id = h.opened();
    assert!(matches!(h.conn_event(id), ConnEvent::Error(error) if error.code() == Code::ProxyHeader));
    assert_eq!(h.closed(id), Some(Code::ProxyHeader));
    crate::expect_nothing(&mut guilty);
}

/// The header is not a part of what TLS protects: one behind the handshake is a malformed request.
#[test]
fn pp_01_a_header_inside_of_tls_is_none() {
    let (client_config, tls) = configs(Version::Tls13, false);
    let mut h = harness(&tls);
    let address = h.address;
    let talking = thread::spawn(move || {
        let mut socket = client(address);
        socket.write_all(HEADER).unwrap();
        let mut client = Client::over(socket, &client_config);
        assert!(client.pump.send(&mut client.ws, &[HEADER]).unwrap());
        while !client.got.windows(4).any(|end| end == b"\r\n\r\n") {
            if !client.exchange() {
                break;
            }
        }
        client.got
    });
    let id = h.opened();
    assert!(matches!(h.conn_event(id), ConnEvent::Error(error) if error.fault.status == 400));
    h.rest();
    assert!(talking.join().unwrap().starts_with(b"HTTP/1.1 400 "));
}
