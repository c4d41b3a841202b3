//! The sockets of a loop: their operations, what is refused, how they come and go.

use super::io_support::system::{NO_SOCKET, not_a_socket, raw, unknown_socket};
use super::io_support::{listener, nobody};
#[cfg(unix)]
use super::io_support::{socket_path, unix};
use super::support::{accepted, assert_quiet, listening, new_loop, next, send, send_all};
use std::io::{Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use wireway::error::{Code, Error};
use wireway::io::descriptor::OwnedSocket;
use wireway::io::driver::{Cancel, Closing, Interest};
use wireway::io::event_loop::{Completion, Event, SocketId};
use wireway::io::socket::SocketOptions;

#[test]
fn a_loop_serves_and_connects_with_its_own_sockets() {
    let mut event_loop = new_loop();
    let (server, address) = listening(&mut event_loop);
    let client = event_loop.open(u64::MAX).connect(&address, &SocketOptions::default()).unwrap();
    let mut accepted = None;
    let mut is_connected = false;
    while accepted.is_none() || !is_connected {
        match next(&mut event_loop) {
            Completion { socket, token: 1, event: Event::Accepted(Ok(new)) } if socket == server => {
                accepted = Some(new)
            }
            Completion { socket, token: u64::MAX, event: Event::Connected(Ok(())) } if socket == client => {
                is_connected = true
            }
            other => panic!("{other:?}"),
        }
    }
    let accepted = accepted.unwrap();
    event_loop.at(accepted).unwrap().set_token(7 << 40);
    assert_eq!(event_loop.at(client).unwrap().peer().unwrap(), address);
    assert_eq!(event_loop.at(accepted).unwrap().peer(), event_loop.at(client).unwrap().address());
    send_all(&mut event_loop, client, b"hello");
    event_loop.at(accepted).unwrap().receive().unwrap();
    let mut received = Vec::new();
    while received.len() < 5 {
        let done = next(&mut event_loop);
        assert_eq!((done.socket, done.token), (accepted, 7 << 40));
        assert!(matches!(done.event, Event::Received(Ok(1..))), "{done:?}");
        received.extend_from_slice(event_loop.received());
    }
    assert_eq!(received, b"hello");
    event_loop.at(client).unwrap().shutdown_write().unwrap();
    assert!(matches!(next(&mut event_loop).event, Event::Received(Ok(0))));
    for socket in [client, accepted, server] {
        assert_eq!(event_loop.at(socket).unwrap().close(), Ok(Closing::Done));
        assert_eq!(event_loop.at(socket).unwrap_err().code(), Code::Gone);
    }
    assert_quiet(&mut event_loop);
}

#[test]
fn bad_calls_are_refused_each_for_its_own_reason_and_disturb_nothing() {
    let mut event_loop = new_loop();
    let (server, address) = listening(&mut event_loop);
    let mut peer = TcpStream::connect(address.to_string()).unwrap();
    let stream = accepted(&mut event_loop);
    event_loop.at(stream).unwrap().receive().unwrap();
    let code = |result: Result<(), Error>| result.unwrap_err().code();
    // Twice.
    assert_eq!(code(event_loop.at(server).unwrap().accept()), Code::State);
    assert_eq!(code(event_loop.at(stream).unwrap().receive()), Code::State);
    // For another kind.
    assert_eq!(code(event_loop.at(stream).unwrap().accept()), Code::State);
    assert_eq!(code(event_loop.at(server).unwrap().receive()), Code::State);
    assert_eq!(code(event_loop.at(server).unwrap().sends().and_then(|sends| sends.room())), Code::State);
    assert_eq!(code(event_loop.at(stream).unwrap().poll(Interest::READABLE)), Code::State);
    assert_eq!(send(&mut event_loop, server, b"x").unwrap_err().code(), Code::State);
    assert_eq!(
        event_loop.at(server).unwrap().sends().and_then(|sends| sends.send_file(0, 0, 1)).unwrap_err().code(),
        Code::State
    );
    assert_eq!(code(event_loop.at(server).unwrap().shutdown_write()), Code::State);
    // None.
    assert_eq!(event_loop.at(SocketId::NONE).unwrap_err().code(), Code::Gone);
    // No descriptor; no socket; a descriptor that has no readiness.
    assert_eq!(event_loop.open(0).watch(NO_SOCKET).unwrap_err().code(), Code::System);
    let file = not_a_socket();
    assert_eq!(event_loop.open(0).watch(raw(&file)).unwrap_err().code(), Code::System);
    assert_eq!(event_loop.open(0).adopt(file).unwrap_err().code(), Code::System);
    // Nobody there.
    let (_port, empty) = nobody();
    if let Ok(client) = event_loop.open(3).connect(&empty, &SocketOptions::default()) {
        let done = next(&mut event_loop);
        assert!(matches!(done, Completion { token: 3, event: Event::Connected(Err(_)), .. }), "{done:?}");
        event_loop.at(client).unwrap().close().unwrap();
    }
    peer.write_all(b"x").unwrap();
    let done = next(&mut event_loop);
    assert!(done.socket == stream && matches!(done.event, Event::Received(Ok(1))), "{done:?}");
    let _other = TcpStream::connect(address.to_string()).unwrap();
    accepted(&mut event_loop);
}

#[test]
fn what_is_cancelled_comes_first_when_it_is_asked_for_again() {
    let mut event_loop = new_loop();
    let (_server, address) = listening(&mut event_loop);
    let mut peer = TcpStream::connect(address.to_string()).unwrap();
    let stream = accepted(&mut event_loop);
    event_loop.at(stream).unwrap().receive().unwrap();
    event_loop.at(stream).unwrap().cancel(Cancel::Receive).unwrap();
    peer.write_all(b"kept").unwrap();
    assert_quiet(&mut event_loop);
    event_loop.at(stream).unwrap().receive().unwrap();
    let mut received = Vec::new();
    while received.len() < 4 {
        assert!(matches!(next(&mut event_loop).event, Event::Received(Ok(_))));
        received.extend_from_slice(event_loop.received());
    }
    assert_eq!(received, b"kept");
}

#[test]
fn an_adopted_socket_is_what_it_is_and_comes_back_by_release() {
    let mut event_loop = new_loop();
    let (socket, address) = listener();
    let adopted = event_loop.open(1).adopt(socket.into()).unwrap();
    event_loop.at(adopted).unwrap().accept().unwrap();
    let mut peer = TcpStream::connect(address.to_string()).unwrap();
    let stream = accepted(&mut event_loop);
    let released: OwnedSocket = event_loop
        .at(stream)
        .unwrap()
        .release()
        .unwrap()
        .expect("nothing is held")
        .expect("a socket of the loop")
        .into();
    assert_eq!(event_loop.at(stream).unwrap_err().code(), Code::Gone);
    peer.write_all(b"x").unwrap();
    let mut released = TcpStream::from(released);
    released.set_nonblocking(false).unwrap();
    released.read_exact(&mut [0]).unwrap();
    assert_quiet(&mut event_loop);
    let other = unknown_socket();
    assert_eq!(event_loop.open(1).adopt(other).unwrap_err().code(), Code::System);
}

/// What is told of the peer's end does not depend on whether we have ended our side.
#[test]
fn the_end_of_a_peer_is_told_once_whoever_ended_first() {
    for is_shut in [false, true] {
        let mut event_loop = new_loop();
        let (_server, address) = listening(&mut event_loop);
        let peer = TcpStream::connect(address.to_string()).unwrap();
        let stream = accepted(&mut event_loop);
        event_loop.at(stream).unwrap().receive().unwrap();
        event_loop.at(stream).unwrap().cancel(Cancel::Receive).unwrap();
        if is_shut {
            event_loop.at(stream).unwrap().shutdown_write().unwrap();
        }
        peer.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(matches!(next(&mut event_loop).event, Event::HungUp { both: false }), "{is_shut}");
        assert_quiet(&mut event_loop);
        event_loop.at(stream).unwrap().receive().unwrap();
        assert!(matches!(next(&mut event_loop).event, Event::Received(Ok(0))));
        assert_eq!(event_loop.at(stream).unwrap().receive().unwrap_err().code(), Code::State);
        assert_quiet(&mut event_loop);
    }
}

/// That nothing arrives any more is told once, however often one asks for room.
#[test]
fn the_end_of_both_sides_is_told_once() {
    let mut event_loop = new_loop();
    let (_server, address) = listening(&mut event_loop);
    let peer = TcpStream::connect(address.to_string()).unwrap();
    let stream = accepted(&mut event_loop);
    event_loop.at(stream).unwrap().receive().unwrap();
    drop(peer);
    assert!(matches!(next(&mut event_loop).event, Event::Received(Ok(0))));
    // The peer's system answers it with a reset.
    send_all(&mut event_loop, stream, b"x");
    assert!(matches!(next(&mut event_loop).event, Event::HungUp { both: true }));
    for _ in 0..3 {
        event_loop.at(stream).unwrap().sends().unwrap().room().unwrap();
        assert!(matches!(next(&mut event_loop).event, Event::Sent(_)));
    }
    assert_quiet(&mut event_loop);
}

#[test]
#[cfg(unix)]
fn the_file_of_a_released_listener_stays() {
    let mut event_loop = new_loop();
    let path = socket_path("released");
    let listener = event_loop.open(1).listen(&unix(&path), &SocketOptions::default()).unwrap();
    let released = event_loop.at(listener).unwrap().release().unwrap();
    UnixStream::connect(&path).expect("it listens");
    drop(released);
    assert!(path.exists());
    std::fs::remove_file(&path).unwrap();
    let listener = event_loop.open(1).listen(&unix(&path), &SocketOptions::default()).unwrap();
    event_loop.at(listener).unwrap().close().unwrap();
    assert!(!path.exists());
}
