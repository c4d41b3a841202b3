//! Sockets with options.

use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsRawFd, RawFd};
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

/// The first CPU, where the system lets one choose it: qemu-user does not know SO_INCOMING_CPU.
pub fn a_cpu() -> Option<u16> {
    let bound = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let cpu = 0i32;
    let size = size_of::<i32>() as libc::socklen_t;
    // SAFETY: the system reads `size` octets of our own integer.
    let set = unsafe {
        libc::setsockopt(bound.as_raw_fd(), libc::SOL_SOCKET, libc::SO_INCOMING_CPU, (&raw const cpu).cast(), size)
    };
    let error = std::io::Error::last_os_error().raw_os_error();
    assert!(set == 0 || error == Some(libc::ENOPROTOOPT), "{error:?}");
    (set == 0).then_some(0)
}
