//! TCP.

use super::{address, waited};
use std::io::{self, IoSlice};
use std::time::Duration;
use wireway::io::address::Address;
use wireway::io::socket::{
    AcceptError, KeepAlive, Listener, Role, Socket, SocketOptions, adopt_accepted, adopt_listener,
};

fn listener(text: &str) -> (Socket, Address) {
    let socket = Listener::bind(&address(text), &SocketOptions::default()).expect("a listener").into_parts().0;
    let address = socket.local_address().expect("its address");
    (socket, address)
}

fn accepted(listener: &Socket) -> Socket {
    let accept = || match listener.accept() {
        Ok(socket) => Ok(socket),
        Err(AcceptError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(other) => panic!("{other}"),
    };
    waited(accept).expect("a connection")
}

/// Both ends of a connection, ours first.
fn connected(text: &str) -> (Socket, Socket) {
    let (listener, to) = listener(text);
    let socket = Socket::stream(&to).expect("a socket");
    socket.connect(&to).expect("a connection begins");
    let peer = accepted(&listener);
    // Done on this side too: it has a peer.
    waited(|| socket.peer_address().map_err(|_| io::ErrorKind::WouldBlock.into())).expect("connected");
    (socket, peer)
}

fn received(socket: &Socket) -> Vec<u8> {
    let mut into = [0; 64];
    let len = waited(|| socket.receive(&mut into)).expect("octets, or the end");
    into[..len].to_vec()
}

#[test]
fn octets_go_both_ways_up_to_the_end() {
    for text in ["127.0.0.1:0", "[::1]:0"] {
        let (one, other) = connected(text);
        assert_eq!(one.local_address().unwrap(), other.peer_address().unwrap());
        assert_eq!(one.send(&[IoSlice::new(b"he"), IoSlice::new(b"llo")]).unwrap(), 5);
        assert_eq!(received(&other), b"hello");
        assert_eq!(other.receive(&mut [0; 8]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(other.send(&[IoSlice::new(b"world")]).unwrap(), 5);
        one.shutdown_write().unwrap();
        assert_eq!(received(&other), b"");
        let mut into = [0; 64];
        assert_eq!(waited(|| one.peek(&mut into)).unwrap(), 5);
        assert_eq!(received(&one), b"world");
    }
}

#[test]
fn a_pair_is_connected_to_itself_and_no_call_waits() {
    let (one, other) = Socket::pair().expect("a pair");
    for socket in [&one, &other] {
        assert_eq!(socket.receive(&mut [0; 8]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }
    one.send(&[IoSlice::new(b"one")]).unwrap();
    other.send(&[IoSlice::new(b"other")]).unwrap();
    assert_eq!((received(&other), received(&one)), (b"one".to_vec(), b"other".to_vec()));
    drop(one);
    assert_eq!(received(&other), b"");
}

#[test]
fn a_socket_has_a_family_before_it_has_an_address() {
    for (text, unspecified) in [("127.0.0.1:9", "0.0.0.0:0"), ("[::1]:9", "[::]:0")] {
        let socket = Socket::stream(&address(text)).unwrap();
        assert_eq!(socket.local_address().unwrap(), address(unspecified));
        assert_eq!(Role::of(&socket).unwrap(), Role::Stream);
        assert!(socket.peer_address().is_err());
        assert!(matches!(socket.accept(), Err(AcceptError::Fatal(_))));
    }
}

#[test]
fn an_address_in_use_is_refused_whatever_its_user_has_set() {
    let (first, taken) = listener("127.0.0.1:0");
    let again = Listener::bind(&taken, &SocketOptions::default()).expect_err("it is in use");
    assert!(matches!(again.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied), "{again}");
    let std = std::net::TcpListener::bind(taken.to_string()).expect_err("nor does another program get it");
    assert!(matches!(std.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied), "{std}");
    drop(first);
    // A connection that was accepted and is gone leaves the port free.
    let (second, address) = listener(&taken.to_string());
    let socket = Socket::stream(&address).unwrap();
    socket.connect(&address).unwrap();
    let peer = accepted(&second);
    drop(peer);
    assert_eq!(received(&socket), b"");
    drop((socket, second));
    let third = Listener::bind(&taken, &SocketOptions::default());
    assert!(third.is_ok(), "{third:?}");
}

#[test]
fn every_interface_is_of_both_families() {
    let (listener, any) = listener("*:0");
    let port = any.port().unwrap();
    for host in ["127.0.0.1", "[::1]"] {
        let to = address(&format!("{host}:{port}"));
        let socket = Socket::stream(&to).unwrap();
        socket.connect(&to).unwrap();
        assert_eq!(accepted(&listener).peer_address().unwrap().ip(), to.ip());
    }
}

#[test]
fn options_of_connections_are_taken() {
    let options = SocketOptions {
        backlog: 300,
        keep_alive: Some(KeepAlive { idle: Duration::from_secs(60), interval: Duration::from_secs(7), probes: 5 }),
        send_buffer: 64 << 10,
        receive_buffer: 64 << 10,
        ..SocketOptions::default()
    };
    for text in ["127.0.0.1:0", "[::1]:0", "*:0"] {
        let listener = Listener::bind(&address(text), &options);
        assert!(listener.is_ok(), "{text}: {listener:?}");
    }
    let (one, other) = connected("127.0.0.1:0");
    one.set_no_delay(true).unwrap();
    one.set_reset_on_close(true).unwrap();
    drop(one);
    match waited(|| other.receive(&mut [0; 8])) {
        // Wine ends the connection before it closes the socket.
        Ok(0) if cfg!(windows) => {}
        Ok(len) => panic!("{len} octets, or the end"),
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
    }
}

#[test]
fn sockets_of_others_are_adopted() {
    let foreign = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let to = foreign.local_addr().unwrap();
    let listener = adopt_listener(foreign.into(), &SocketOptions::default()).expect("adopted").into_parts().0;
    assert_eq!(Role::of(&listener).unwrap(), Role::Listener);
    assert!(matches!(listener.accept(), Err(AcceptError::WouldBlock)), "it does not wait any more");
    let client = std::net::TcpStream::connect(to).unwrap();
    let server = accepted(&listener);
    let client = adopt_accepted(client.into()).expect("adopted");
    assert_eq!(client.receive(&mut [0; 8]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    server.send(&[IoSlice::new(b"x")]).unwrap();
    assert_eq!(received(&client), b"x");
}

#[test]
fn a_refused_connection_is_told_as_its_error() {
    let (listener, to) = listener("127.0.0.1:0");
    drop(listener);
    let socket = Socket::stream(&to).unwrap();
    let refused = match socket.connect(&to) {
        Err(error) => error,
        Ok(_) => waited(|| socket.take_error()?.ok_or(io::ErrorKind::WouldBlock.into())).expect("an error"),
    };
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
}
