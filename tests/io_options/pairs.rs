//! Sockets with options.

use std::net::{TcpListener, TcpStream};
use std::os::fd::RawFd;
use wireway::io::event_loop::{Config, EventLoop};
use wireway::io::socket::{AcceptError, Datagram, Listener, Socket, SocketOptions, adopt_listener};

pub fn listener(address: &str, options: &SocketOptions) -> Listener {
    Listener::bind(&address.parse().expect("an address"), options).expect("a listener")
}

/// A listener that somebody else bound.
pub fn listener_from(bound: TcpListener, options: &SocketOptions) -> Listener {
    adopt_listener(bound.into(), options).expect("a listener")
}

pub fn udp(address: &str, options: &SocketOptions) -> Datagram {
    Datagram::bind_with(&address.parse().expect("an address"), options).expect("a socket")
}

/// The connection that waits, or that comes soon.
pub fn accept(listener: &Listener) -> Socket {
    loop {
        match listener.socket().accept() {
            Ok(socket) => return socket,
            Err(AcceptError::WouldBlock) => std::thread::yield_now(),
            Err(error) => panic!("{error}"),
        }
    }
}

pub fn accepted(listener: &Listener) -> (Socket, TcpStream) {
    let address = listener.socket().local_address().expect("an address").to_string();
    let peer = TcpStream::connect(address).expect("a connection");
    (accept(listener), peer)
}

/// A connection that a loop makes.
pub fn connected(listener: &Listener, options: &SocketOptions) -> (EventLoop, RawFd) {
    let address = listener.socket().local_address().expect("an address");
    let mut event_loop = EventLoop::new(&Config::default()).expect("a loop");
    let socket = event_loop.open(1).connect(&address, options).expect("a socket");
    let fd = event_loop.at(socket).expect("a socket").descriptor().expect("a descriptor");
    (event_loop, fd)
}

pub fn has_ipv6() -> bool {
    std::net::TcpListener::bind("[::1]:0").is_ok()
}
