//! Errors of one datagram and news of earlier ones: neither ends the socket.

use crate::io_support::system::is_wine;
#[cfg(unix)]
use crate::io_support::system::number;
#[cfg(unix)]
use crate::support::has_ipv6;
use crate::support::{batch, bound, octets, pair, receive, send, to, wait};
use std::io::ErrorKind;
use wireway::io::address::Address;
use wireway::io::socket::{Datagram, Outgoing, Receipt, ReceiveBatch, SendError};

/// A closed port, which nobody else gets while the socket lives: connected to another peer, it is no match for ours.
fn closed() -> (Datagram, Address) {
    let (socket, address) = bound("127.0.0.1:0");
    socket.connect(&"127.0.0.1:9".parse().unwrap()).unwrap();
    (socket, address)
}

/// The next receive must be of a refusal.
#[track_caller]
fn expect_refused(socket: &Datagram, batch: &mut ReceiveBatch) {
    match socket.receive(batch).unwrap() {
        Receipt::Undelivered(error) => assert_eq!(error.kind(), ErrorKind::ConnectionRefused),
        Receipt::Datagrams(count) => panic!("{count} datagrams"),
    }
    assert!(batch.is_empty());
}

const HELLO: Outgoing<'_> = Outgoing::new(b"hello", None);

#[test]
fn a_refusal_is_told_and_the_socket_goes_on() {
    if is_wine() {
        return;
    }
    let (socket, receiver, address) = pair();
    let (_taken, nobody) = closed();
    let mut batch = batch();
    for _ in 0..2 {
        socket.connect(&nobody).unwrap();
        send(&socket, &[HELLO]);
        wait(&socket);
        expect_refused(&socket, &mut batch);
        assert_eq!(socket.receive(&mut batch).unwrap_err().kind(), ErrorKind::WouldBlock);
    }
    socket.connect(&address).unwrap();
    send(&socket, &[HELLO]);
    assert_eq!(octets(&receiver, 1), [b"hello"]);
}

#[test]
fn datagrams_that_wait_beside_a_refusal_are_not_lost() {
    if is_wine() {
        return;
    }
    let (socket, own) = bound("127.0.0.1:0");
    let (peer, address) = bound("127.0.0.1:0");
    send(&peer, &[to(b"first", own)]);
    wait(&socket);
    let (_taken, nobody) = closed();
    socket.connect(&nobody).unwrap();
    send(&socket, &[HELLO]);
    let mut batch = batch();
    let (mut got, mut is_refused) = (0, false);
    while got == 0 || !is_refused {
        wait(&socket);
        match socket.receive(&mut batch).unwrap() {
            Receipt::Datagrams(count) => got += count,
            Receipt::Undelivered(_) => is_refused = true,
        }
    }
    assert_eq!(got, 1);
    socket.connect(&address).unwrap();
    send(&socket, &[HELLO]);
    assert_eq!(octets(&peer, 1), [b"hello"]);
}

#[test]
fn a_refusal_found_by_a_send_is_told_by_the_next_receive() {
    if is_wine() {
        return;
    }
    let (socket, receiver, address) = pair();
    let (_taken, nobody) = closed();
    socket.connect(&nobody).unwrap();
    send(&socket, &[HELLO]);
    wait(&socket);
    // The datagram to the good peer is not the one that was refused.
    send(&socket, &[to(b"good", address)]);
    let mut batch = batch();
    assert_eq!(receive(&receiver, &mut batch), 1);
    assert_eq!(batch.get(0).unwrap().octets(), b"good");
    expect_refused(&socket, &mut batch);
    assert_eq!(socket.receive(&mut batch).unwrap_err().kind(), ErrorKind::WouldBlock);

    send(&socket, &[HELLO]);
    wait(&socket);
    send(&socket, &[to(b"good", address)]);
    assert_eq!(socket.receive_from(&mut [0; 8]).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    assert_eq!(socket.receive_from(&mut [0; 8]).unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn an_error_is_of_its_datagram_and_loses_none_before() {
    let (sender, receiver, address) = pair();
    let long = vec![0; 70_000];
    let datagrams = [to(b"one", address), to(b"two", address), to(&long, address), to(b"three", address)];
    assert_eq!(sender.send(&datagrams).unwrap(), 2);
    assert!(matches!(sender.send(&datagrams[2..]), Err(SendError::TooLong)));
    assert_eq!(sender.send(&datagrams[3..]).unwrap(), 1);
    assert_eq!(octets(&receiver, 3), [&b"one"[..], b"three", b"two"]);
}

/// With the numbers of Unix, where a socket can have an address of another family.
#[test]
#[cfg(unix)]
fn the_reason_is_the_systems() {
    let (sender, _receiver, address) = pair();
    let code = |datagram| match sender.send(&[datagram, to(b"good", address)]) {
        Err(SendError::System(error)) => error.raw_os_error().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(HELLO), number::EDESTADDRREQ);
    assert_eq!(code(to(b"x", "unix:/as-long-as-an-address".parse().unwrap())), number::EAFNOSUPPORT);
    assert_eq!(code(to(b"x", "127.0.0.1:0".parse().unwrap())), number::EINVAL);
    if has_ipv6() {
        assert_eq!(code(to(b"x", "[::1]:9".parse().unwrap())), number::EAFNOSUPPORT);
    }
}

#[test]
#[cfg(unix)]
fn a_socket_is_of_udp() {
    let error = Datagram::bind(&"unix:/wireway-datagram".parse().unwrap()).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(number::EAFNOSUPPORT));
}
