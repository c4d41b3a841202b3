//! Listeners that require a PROXY header, beside clients that do nothing wrong.
#![cfg(feature = "service")]

#[path = "service_proxy/harness.rs"]
mod harness;
#[path = "service_proxy/limits.rs"]
mod limits;
#[path = "service_proxy/places.rs"]
mod places;
mod service_support;
#[cfg(feature = "tls")]
#[path = "service_proxy/tls.rs"]
mod tls;
#[cfg(feature = "tls")]
mod tls_support;
#[path = "proxy/vectors.rs"]
mod vectors;

use harness::{HEADER, Proxied};
use service_support::*;
use std::io::{Read, Write as _};
#[cfg(unix)]
use std::net::SocketAddr;
use std::net::{Shutdown, TcpListener, TcpStream};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use vectors::{Expected, Vector};
use wireway::conn::Event;
use wireway::error::Code;
use wireway::io::address::UnixName;
use wireway::io::socket::SocketOptions;
use wireway::service::{Config, Security, Server};

/// All that the peer gets is the end, by a reset where it sent more than was read.
#[track_caller]
fn expect_nothing(client: &mut impl Read) {
    let mut answer = Vec::new();
    let _ = client.read_to_end(&mut answer);
    assert_eq!(answer, b"", "{}", answer.escape_ascii());
}

/// An address of a header as the server tells it: without a name that only Linux has.
fn of_this_system(address: &str) -> String {
    if !UnixName::HAS_ABSTRACT && address.starts_with("unix:@") { "unix:".to_owned() } else { address.to_owned() }
}

/// A vector through a live server, in pieces of `step` octets that it reads one by one.
fn check_vector(p: &mut Proxied, vector: &Vector, step: usize) {
    let mut peer = client(p.h.address);
    let pieces: Vec<&[u8]> = vector.octets.chunks(step).collect();
    let (last, before) = pieces.split_last().expect("octets");
    let mut opened = None;
    for piece in before {
        // A server that has seen enough has closed.
        let _ = peer.write_all(piece);
        if opened.is_none() {
            opened = p.h.rest().first().map(|event| event.id);
        }
    }
    let text = vector.octets.escape_ascii();
    match vector.expected {
        Expected::Wrong(_) if opened.is_some() => expect_nothing(&mut peer),
        Expected::Wrong(_) => {
            // The end of its server may be there already.
            let _ = peer.write_all(last);
            p.expect_refused(vector.row);
            expect_nothing(&mut peer);
        }
        expected => {
            assert_eq!(opened, None, "no event before the header is whole: {text}");
            peer.write_all(&[last, &b"GET /behind HTTP/1.1\r\nHost: test\r\n\r\n"[..]].concat()).unwrap();
            let id = p.h.opened();
            let told = match expected {
                Expected::Told(source, destination) => Some([source, destination].map(of_this_system)),
                _ => None,
            };
            let real = [peer.local_addr().unwrap(), p.h.address].map(|address| address.to_string());
            assert_eq!(p.told(id), told, "{text}");
            assert_eq!(p.peer(id), told.map_or_else(|| real[0].clone(), |[source, _]| source), "{text}");
            assert_eq!(p.endpoints(id), real, "{text}");
            assert_eq!(p.h.request(id), "/behind", "{text}");
            p.h.answer(id, "here");
            assert_eq!(p.h.rest(), []);
            expect_content(&mut peer, "here");
            drop(peer);
            assert_eq!(p.h.closed(id), None);
        }
    }
    p.innocent_is_served();
}

/// The vectors of a row in one piece each, and those that are not long an octet at a time.
fn check_row(row: &str) {
    let mut p = Proxied::new();
    for vector in vectors::all().iter().filter(|vector| vector.row == row) {
        check_vector(&mut p, vector, vector.octets.len());
        if vector.octets.len() < 60 {
            check_vector(&mut p, vector, 1);
        }
    }
}

#[test]
fn pp_01_a_listener_that_requires_a_header_drops_everything_else() {
    check_row("PP-01");
}

#[test]
fn pp_02_the_server_takes_lines() {
    check_row("PP-02");
}

#[test]
fn pp_03_the_server_takes_both_commands() {
    check_row("PP-03");
}

#[test]
fn pp_04_the_server_takes_what_the_length_covers() {
    check_row("PP-04");
}

#[test]
fn pp_01_without_the_option_a_header_is_a_malformed_request() {
    let mut h = Harness::new();
    let (mut innocent, innocent_id) = h.connect();
    for header in [HEADER, &vectors::fit(0x21, 0x11, vectors::V4)] {
        let (mut peer, id) = h.connect();
        peer.write_all(header).unwrap();
        peer.write_all(b"GET / HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
        assert!(matches!(h.conn_event(id), Event::Error(error) if error.fault.status == 400));
        assert_eq!(h.rest(), []);
        let mut answer = String::new();
        peer.shutdown(Shutdown::Write).unwrap();
        peer.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        assert!(answer.contains("Connection: close\r\n"), "{answer}");
        assert_eq!(h.server.calls().told(id), Ok(None));
        h.closed(id);
        innocent::is_served(&mut h, &mut innocent, innocent_id);
    }
}

/// The header belongs to the connection: a second one is no request.
#[test]
fn pp_01_there_is_one_header() {
    let mut p = Proxied::new();
    let mut peer = client(p.h.address);
    peer.write_all(&[HEADER, HEADER].concat()).unwrap();
    let id = p.h.opened();
    assert!(matches!(p.h.conn_event(id), Event::Error(error) if error.fault.status == 400));
    p.innocent_is_served();
}

#[test]
fn a_peer_that_ends_without_an_octet_is_told_to_nobody() {
    let mut p = Proxied::new();
    for reset in [false, true] {
        let peer = client(p.h.address);
        if reset {
            reset_on_close(&peer);
        }
        assert_eq!(p.h.rest(), []);
        drop(peer);
        assert_eq!(p.h.rest(), []);
        p.innocent_is_served();
    }
    let stats = p.h.server.stats();
    assert_eq!((stats.accepted, stats.open, stats.errors, stats.refused), (3, 1, 0, 0));
}

#[test]
fn a_peer_that_ends_inside_its_header_is_an_error() {
    let mut p = Proxied::new();
    let mut peer = client(p.h.address);
    peer.write_all(&HEADER[..HEADER.len() - 1]).unwrap();
    assert_eq!(p.h.rest(), []);
    peer.shutdown(Shutdown::Write).unwrap();
    p.expect_refused("PP-01");
    expect_nothing(&mut peer);
    p.innocent_is_served();
}

#[test]
#[cfg(unix)]
fn unix_sockets_have_headers_too() {
    let mut server = Server::new(&Config::new()).unwrap();
    let path = std::env::temp_dir().join(format!("wireway-proxied-{}", std::process::id()));
    let address = format!("unix:{}", path.display());
    let security = Security::default().behind_proxy();
    server.sockets().listen(address.as_bytes(), &SocketOptions::default(), security).unwrap();
    let mut h = Harness { server, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
    let mut peer = UnixStream::connect(&path).unwrap();
    peer.write_all(HEADER).unwrap();
    let id = h.opened();
    assert_eq!(h.server.calls().peer(id).unwrap().to_string(), "192.0.2.1:56324");
    let [peer_address, local] = h.server.calls().endpoints(id).unwrap();
    assert!(peer_address.is_unix() && local.to_string() == address);
}

#[test]
fn a_socket_bound_elsewhere_may_require_a_header() {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let mut server = Server::new(&Config::new()).unwrap();
    let security = Security::default().behind_proxy();
    server.sockets().listen_fd(socket.into(), &SocketOptions::default(), security).unwrap();
    let mut h = Harness { server, address };
    let mut peer = client(address);
    peer.write_all(HEADER).unwrap();
    let id = h.opened();
    assert_eq!(h.server.calls().peer(id).unwrap().to_string(), "192.0.2.1:56324");
}

/// It would have to begin without an event, and nobody knew when it does.
#[test]
fn a_connection_accepted_elsewhere_has_no_header() {
    let mut h = Harness::new();
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let _peer = TcpStream::connect(socket.local_addr().unwrap()).unwrap();
    let accepted = socket.accept().unwrap().0;
    let security = Security::default().behind_proxy();
    let refused = h.server.sockets().adopt(accepted.into(), &security).unwrap_err();
    assert_eq!(refused.code(), Code::Argument);
    assert_eq!(h.server.stats().accepted, 0);
}
