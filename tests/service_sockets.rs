//! Sockets that others made, and the options of listeners.
#![cfg(feature = "service")]

mod service_support;

#[cfg(target_os = "linux")]
use core::time::Duration;
use service_support::system::{self, number};
use service_support::*;
#[cfg(unix)]
use std::net::Ipv6Addr;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
#[cfg(unix)]
use std::os::unix::net::{UnixListener, UnixStream};
use wireway::error::{Code, Error};
use wireway::io::descriptor::OwnedSocket;
#[cfg(target_os = "linux")]
use wireway::io::socket::KeepAlive;
use wireway::io::socket::SocketOptions;
use wireway::service::{Config, Id, Security, Server};

const DEFAULT: SocketOptions = SocketOptions {
    backlog: 0,
    reuse_port: false,
    ipv6_only: false,
    keep_alive: None,
    send_buffer: 0,
    receive_buffer: 0,
    delay: false,
    unsent_max: 0,
    fast_open: 0,
    dscp: 0,
    incoming_cpu: None,
    hops: 0,
};

fn plain() -> Security {
    Security::default()
}

fn option(socket: &TcpListener, level: i32, name: i32) -> i32 {
    system::option(system::raw(socket), level, name)
}

/// A server on a socket that somebody else bound.
fn on(fd: impl Into<OwnedSocket>, options: &SocketOptions) -> Server {
    let mut server = Server::new(&Config::new()).unwrap();
    server.sockets().listen_fd(fd.into(), options, plain()).unwrap();
    server
}

/// One exchange with a server at this address, whose connection is accepted.
fn exchange(server: Server, address: SocketAddr) {
    let mut h = Harness { server, address };
    let (mut client, id) = h.connect();
    ask(&mut h, &mut client, id);
}

fn ask(h: &mut Harness, client: &mut (impl std::io::Read + std::io::Write), id: Id) {
    write!(client, "GET / HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    h.request(id);
    h.answer(id, "here");
    h.flush();
    expect_content(client, "here");
}

#[test]
fn a_server_listens_on_an_inherited_socket() {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let server = on(socket, &DEFAULT);
    assert_eq!(server.address(0).unwrap().to_string(), address.to_string());
    exchange(server, address);
}

/// Whoever bound it may leave the rest to the server.
#[test]
fn a_socket_that_was_only_bound_listens() {
    let socket = TcpListener::from(system::bound());
    let address = socket.local_addr().unwrap();
    assert_eq!(option(&socket, number::SOL_SOCKET, number::SO_ACCEPTCONN), 0);
    exchange(on(socket, &DEFAULT), address);
}

#[test]
#[cfg(unix)]
fn the_file_of_an_inherited_unix_socket_stays() {
    let path = std::env::temp_dir().join(format!("wireway-inherited-{}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let server = on(UnixListener::bind(&path).unwrap(), &DEFAULT);
    let mut h = Harness { server, address: SocketAddr::from((Ipv6Addr::LOCALHOST, 0)) };
    let mut client = UnixStream::connect(&path).unwrap();
    let id = h.opened();
    ask(&mut h, &mut client, id);
    drop(h);
    assert!(path.exists(), "it is its maker's");
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn what_cannot_be_listened_on_is_refused_with_a_reason() {
    let mut server = Server::new(&Config::new()).unwrap();
    let mut refused = |fd: OwnedSocket| server.sockets().listen_fd(fd, &DEFAULT, plain()).unwrap_err();
    let number = |error: Error| (error.code(), error.offset as i32);
    assert_eq!(number(refused(system::not_a_socket())), (Code::System, number::ENOTSOCK));
    let datagrams = UdpSocket::bind("127.0.0.1:0").unwrap();
    assert_eq!(number(refused(datagrams.into())), (Code::System, number::EPROTOTYPE));
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let connected = TcpStream::connect(socket.local_addr().unwrap()).unwrap();
    assert_eq!(number(refused(connected.into())), (Code::System, number::EINVAL));
    assert!(server.address(0).is_err(), "none of them is a listener");
    assert_eq!(server.sockets().adopt(socket.into(), &plain()).map_err(number), Err((Code::System, number::ENOTCONN)));
    assert_eq!(server.failed().map(number), Some((Code::System, number::ENOTCONN)));
    server.drain(0);
    let late = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(server.sockets().listen_fd(late.into(), &DEFAULT, plain()).unwrap_err().code(), Code::State);
}

#[test]
fn a_connection_that_another_accepted_is_as_any_other() {
    let mut h = Harness::with(&Config { connections_max: 2, ..Config::new() });
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let accept = || {
        let client = client(address);
        (client, socket.accept().unwrap().0)
    };
    let (mut own, other) = h.connect();
    let (mut client, accepted) = accept();
    let witness = accepted.try_clone().unwrap();
    let id = h.server.sockets().adopt(accepted.into(), &plain()).unwrap();
    assert!(witness.nodelay().unwrap(), "with the options that connections have");
    drop(witness);
    ask(&mut h, &mut client, id);
    ask(&mut h, &mut own, other);
    let (_late, third) = accept();
    let full = h.server.sockets().adopt(third.try_clone().unwrap().into(), &plain()).unwrap_err();
    assert_eq!(full.code(), Code::Limit);
    let waiting = service_support::client(h.address);
    assert!(h.rest().is_empty(), "the server's own listener holds to the limit too");
    drop(client);
    assert_eq!(h.closed(id), None);
    drop(own);
    let mut told = [h.event().kind, h.event().kind];
    told.sort_by_key(|kind| matches!(kind, wireway::service::EventKind::Opened));
    assert!(
        matches!(told, [wireway::service::EventKind::Closed(None), wireway::service::EventKind::Opened]),
        "{told:?}"
    );
    assert!(h.server.sockets().adopt(third.into(), &plain()).is_ok());
    assert_eq!(h.server.stats().accepted, 4);
    h.server.drain(0);
    assert_eq!(h.server.sockets().adopt(waiting.into(), &plain()).unwrap_err().code(), Code::State);
}

/// With the names and sizes of Linux.
#[test]
#[cfg(target_os = "linux")]
fn options_are_those_of_the_listener() {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let witness = socket.try_clone().unwrap();
    let get = |level, name| option(&witness, level, name);
    let buffers = || [libc::SO_SNDBUF, libc::SO_RCVBUF].map(|name| get(libc::SOL_SOCKET, name));
    let before = buffers();
    let server = on(socket.try_clone().unwrap(), &DEFAULT);
    assert_eq!((get(libc::SOL_SOCKET, libc::SO_KEEPALIVE), buffers()), (0, before), "the system's by default");
    assert_eq!(get(libc::IPPROTO_TCP, libc::TCP_NODELAY), 1);
    drop(server);
    let keep_alive = KeepAlive { idle: Duration::from_secs(77), interval: Duration::from_secs(7), probes: 5 };
    let options =
        SocketOptions { keep_alive: Some(keep_alive), send_buffer: 20_000, receive_buffer: 30_000, ..DEFAULT };
    exchange(on(socket, &options), witness.local_addr().unwrap());
    let kept = [libc::TCP_KEEPIDLE, libc::TCP_KEEPINTVL, libc::TCP_KEEPCNT].map(|name| get(libc::IPPROTO_TCP, name));
    assert_eq!((get(libc::SOL_SOCKET, libc::SO_KEEPALIVE), kept), (1, [77, 7, 5]));
    // Linux counts what it needs itself.
    assert_eq!(buffers(), [40_000, 60_000]);
}

#[test]
#[cfg(unix)]
fn a_listener_may_share_its_port_where_the_server_does_not() {
    let listen = |address: &str, reuse_port| {
        let mut server = Server::new(&Config::new()).unwrap();
        let options = SocketOptions { reuse_port, ..DEFAULT };
        server.sockets().listen(address.as_bytes(), &options, plain()).map(|()| server)
    };
    let first = listen("127.0.0.1:0", true).unwrap();
    let address = first.address(0).unwrap().to_string();
    assert!(listen(&address, true).is_ok());
    assert_eq!(listen(&address, false).map(drop).unwrap_err().offset as i32, number::EADDRINUSE);
}

#[test]
fn all_interfaces_may_be_those_of_ipv6_alone() {
    let listen = |ipv6_only| {
        let mut server = Server::new(&Config::new()).unwrap();
        server.sockets().listen(b":0", &SocketOptions { ipv6_only, ..DEFAULT }, plain()).map(|()| server)
    };
    // A host without IPv6 has nothing to tell.
    let Ok(server) = listen(true) else { return };
    let port = server.address(0).unwrap().port().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    let both = listen(false).unwrap();
    assert!(TcpStream::connect(("127.0.0.1", both.address(0).unwrap().port().unwrap())).is_ok());
}
