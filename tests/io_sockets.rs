//! Sockets without a driver: listeners, connections, datagrams, options.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::{is_inherited, is_non_blocking, is_wine};
use io_support::{listener, loopback, nobody, tcp_pair};
use std::io::{ErrorKind, IoSlice, Read};
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use wireway::io::address::Address;
use wireway::io::descriptor::OwnedSocket;
use wireway::io::socket::{Datagram, Listener, Socket, SocketOptions};

fn bind(address: &Address) -> std::io::Result<Listener> {
    Listener::bind(address, &SocketOptions::default())
}

/// Whether this host has IPv6 on loopback; says so where not.
fn has_ipv6() -> bool {
    let has = std::net::TcpListener::bind("[::1]:0").is_ok();
    if !has {
        println!("skipped: no IPv6 here");
    }
    has
}

#[test]
fn every_socket_is_non_blocking_and_closed_on_exec() {
    let (ours, _peer) = tcp_pair();
    let (listener, address) = listener();
    let client = Socket::stream(&address).unwrap();
    let (one, other) = Socket::pair().unwrap();
    let adopted = Socket::adopt(OwnedSocket::from(std::net::TcpListener::bind("127.0.0.1:0").unwrap())).unwrap();
    for socket in [&ours, &listener, &client, &one, &other, &adopted] {
        assert!(!is_inherited(socket.raw()), "{socket:?}");
    }
    // What can receive, also where a system tells only by that.
    for socket in [&ours, &one, &other] {
        assert!(is_non_blocking(socket.raw()), "{socket:?}");
    }
    #[cfg(unix)]
    for socket in [&listener, &client, &adopted] {
        assert!(is_non_blocking(socket.raw()), "{socket:?}");
    }
}

#[test]
fn any_takes_ipv4_and_where_there_is_ipv6_both() {
    let listener = bind(&"*:0".parse().unwrap()).unwrap();
    let port = listener.socket().local_address().unwrap().port().unwrap();
    std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    if has_ipv6() {
        std::net::TcpStream::connect(("::1", port)).unwrap();
    }
}

#[test]
fn an_ipv6_listener_takes_ipv6_only() {
    if !has_ipv6() {
        return;
    }
    let listener = bind(&"[::]:0".parse().unwrap()).unwrap();
    let port = listener.socket().local_address().unwrap().port().unwrap();
    std::net::TcpStream::connect(("::1", port)).unwrap();
    let error = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

/// Windows lets none balance its connections.
#[test]
#[cfg(unix)]
fn a_port_is_shared_only_when_asked_for() {
    let shared = SocketOptions { reuse_port: true, ..SocketOptions::default() };
    let first = Listener::bind(&loopback(), &shared).unwrap();
    let address = first.socket().local_address().unwrap();
    assert_eq!(bind(&address).unwrap_err().kind(), ErrorKind::AddrInUse);
    Listener::bind(&address, &shared).unwrap();
}

#[test]
fn bytes_go_both_ways_and_ends_are_told_apart() {
    let (ours, mut peer) = tcp_pair();
    assert_eq!(ours.peer_address().unwrap().to_string(), peer.local_addr().unwrap().to_string());
    let mut buffer = [0; 16];
    assert_eq!(ours.receive(&mut buffer).unwrap_err().kind(), ErrorKind::WouldBlock);
    assert_eq!(ours.send(&[IoSlice::new(b"one "), IoSlice::new(b""), IoSlice::new(b"two")]).unwrap(), 7);
    ours.shutdown_write().unwrap();
    let mut text = String::new();
    peer.read_to_string(&mut text).unwrap();
    assert_eq!(text, "one two");
    drop(peer);
}

#[test]
#[cfg(unix)]
fn sending_to_a_closed_peer_is_an_error_and_no_signal() {
    static SIGNALLED: AtomicBool = AtomicBool::new(false);

    extern "C" fn handler(_: libc::c_int) {
        SIGNALLED.store(true, Ordering::Relaxed);
    }

    // SAFETY: the handler only stores to an atomic.
    unsafe { libc::signal(libc::SIGPIPE, handler as *const () as libc::sighandler_t) };
    let (ours, other) = Socket::pair().unwrap();
    drop(other);
    for slices in [&[IoSlice::new(b"x")][..], &[IoSlice::new(b"x"), IoSlice::new(b"y")]] {
        assert_eq!(ours.send(slices).unwrap_err().kind(), ErrorKind::BrokenPipe);
    }
    assert!(!SIGNALLED.load(Ordering::Relaxed));
}

#[test]
fn more_slices_than_the_system_takes_are_sent_as_far_as_it_does() {
    let (ours, _other) = Socket::pair().unwrap();
    let slices = vec![IoSlice::new(b"x"); 1500];
    assert_eq!(ours.send(&slices).unwrap(), 1024);
}

#[test]
fn options_are_accepted() {
    let (ours, _peer) = tcp_pair();
    ours.set_no_delay(true).unwrap();
    if !is_wine() {
        ours.set_keep_alive(Duration::from_secs(60), Duration::from_millis(1500), 3).unwrap();
    }
    ours.set_send_buffer(32 << 10).unwrap();
    ours.set_receive_buffer(32 << 10).unwrap();
    let std = std::net::TcpStream::from(OwnedSocket::from(ours));
    assert!(std.nodelay().unwrap());
    let (one, _other) = Socket::pair().unwrap();
    assert_eq!(one.set_no_delay(true).is_ok(), cfg!(windows), "pairs are of TCP there");
}

#[test]
fn reset_on_close_is_seen_as_a_reset() {
    if is_wine() {
        return;
    }
    let (ours, mut peer) = tcp_pair();
    ours.set_reset_on_close(true).unwrap();
    drop(ours);
    assert_eq!(peer.read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[test]
fn connecting_where_nobody_listens_is_refused() {
    let (_taken, address) = nobody();
    let socket = Socket::stream(&address).unwrap();
    let refused = match socket.connect(&address) {
        Err(e) => e.kind(),
        Ok(_) => loop {
            if let Some(e) = socket.take_error().unwrap() {
                break e.kind();
            }
            std::thread::yield_now();
        },
    };
    assert_eq!(refused, ErrorKind::ConnectionRefused);
}

#[test]
fn datagrams_keep_their_edges() {
    let one = Datagram::bind(&loopback()).unwrap();
    let other = Datagram::bind(&loopback()).unwrap();
    let to = other.socket().local_address().unwrap();
    assert_eq!(one.send_to(b"longer than its room", &to).unwrap(), 20);
    assert_eq!(one.send_to(b"", &to).unwrap(), 0);
    let mut room = [0; 6];
    let (size, from) = loop {
        match other.receive_from(&mut room) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
            result => break result.unwrap(),
        }
    };
    assert_eq!(&room, b"longer");
    // Windows does not tell how long it was.
    assert_eq!(size, if cfg!(windows) { room.len() + 1 } else { 20 });
    assert_eq!(from, one.socket().local_address().unwrap());
}
