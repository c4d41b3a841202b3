//! What only a refusal, or two drivers on one port, show.

use super::super::drive::Drive;
use super::super::{Cancel, Completion, Config, Event, Interest, Key, Submission};
use super::Iocp;
use crate::io::socket::{Listener, Socket, SocketOptions};
use crate::io::sys::posix;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

const PATIENCE_MS: u64 = 120_000;

fn driver() -> Iocp {
    Iocp::new(&Config::default()).unwrap()
}

fn listener() -> Listener {
    Listener::bind(&"127.0.0.1:0".parse().unwrap(), &SocketOptions::default()).unwrap()
}

/// A connection: ours, and the peer's.
fn pair() -> (Socket, TcpStream) {
    let listener = listener();
    let peer = TcpStream::connect(listener.socket().local_address().unwrap().to_string()).unwrap();
    loop {
        match listener.socket().accept() {
            Ok(socket) => return (socket, peer),
            Err(_) => std::thread::yield_now(),
        }
    }
}

fn next(driver: &mut Iocp) -> Completion {
    loop {
        if let Some(done) = driver.next() {
            return done;
        }
        assert!(driver.wait(Some(PATIENCE_MS)).unwrap() > 0, "in time");
    }
}

/// What comes when the next poll is refused.
fn refused(driver: &mut Iocp) -> Event {
    driver.set_mut().table.refuses = 1;
    let done = next(driver);
    assert_eq!(driver.set_mut().table.refuses, 0);
    done.event
}

#[test]
fn a_refused_poll_is_the_failure_of_what_needs_it() {
    let mut driver = driver();
    let listener = listener();
    let address = listener.socket().local_address().unwrap();
    let key = driver.attach(Socket::stream(&address).unwrap(), 1).unwrap();
    driver.submit(key, Submission::Connect(&address)).unwrap();
    assert!(matches!(refused(&mut driver), Event::Connected(Err(_))));

    let (socket, _peer) = pair();
    let key = driver.attach(socket, 2).unwrap();
    driver.submit(key, Submission::Room).unwrap();
    assert!(matches!(refused(&mut driver), Event::Sent(Err(_))));
    driver.submit(key, Submission::Receive).unwrap();
    assert!(matches!(refused(&mut driver), Event::Received(Err(_))));

    let key = driver.attach(listener.into_parts().0, 3).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    assert!(matches!(refused(&mut driver), Event::Accepted(Err(_))));
}

/// Nobody waits for it, so nobody is told: it is started by a later wait.
#[test]
fn a_refused_poll_for_the_end_is_started_again() {
    let mut driver = driver();
    let (socket, peer) = pair();
    let key = driver.attach(socket, 1).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    driver.set_mut().table.refuses = 1;
    assert_eq!(driver.wait(Some(0)).unwrap(), 0);
    drop(peer);
    assert!(matches!(next(&mut driver).event, Event::HungUp { .. } | Event::Received(Err(_))));
}

/// A receiving connection, and what the peer has sent to it.
fn with_octets(driver: &mut Iocp, token: u32) -> (Key, TcpStream) {
    let (socket, mut peer) = pair();
    let key = driver.attach(socket, token).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    peer.write_all(b"octets").unwrap();
    (key, peer)
}

/// Lets `takes` take the packets that come for `keeps`.
fn take_from(takes: &mut Iocp, keeps: &Iocp) {
    while !keeps.keeps_back() {
        takes.wait(Some(1)).unwrap();
        assert!(takes.next().is_none());
    }
}

#[test]
fn a_guest_and_the_sockets_of_its_host_come_in_one_batch() {
    let mut host = driver();
    let mut guest = host.beside(&Config::default()).unwrap();
    let of_guest = host.attach_guest(&guest, 77).unwrap();
    host.submit(of_guest, Submission::Poll(Interest::READABLE)).unwrap();
    let (_, _peer) = with_octets(&mut host, 1);
    let (_, _other) = with_octets(&mut guest, 2);
    guest.flush().unwrap();
    host.flush().unwrap();
    let mut tokens = Vec::new();
    while tokens.len() < 2 {
        tokens.push(next(&mut host).token);
    }
    tokens.sort_unstable();
    assert_eq!(tokens, [1, 77]);
    assert_eq!(next(&mut guest).token, 2);
    host.submit(of_guest, Submission::Poll(Interest::READABLE)).unwrap();
    assert_eq!(host.wait(Some(0)).unwrap(), 0);
}

/// The handle says nothing of what a guest has taken out of the port, until it is announced.
#[test]
fn what_another_one_has_taken_is_announced_by_a_flush() {
    let mut host = driver();
    let mut guest = host.beside(&Config::default()).unwrap();
    let (_, _peer) = with_octets(&mut host, 1);
    host.flush().unwrap();
    take_from(&mut guest, &host);
    host.flush().unwrap();
    assert!(!host.keeps_back(), "it is announced");
    assert_eq!(next(&mut host).token, 1);
    assert!(host.next().is_none());
    assert_eq!(host.wait(Some(0)).unwrap(), 0);
    host.flush().unwrap();
    assert!(!host.keeps_back());
}

#[test]
fn a_guest_that_is_gone_leaves_nothing_behind() {
    let mut host = driver();
    let mut guest = host.beside(&Config::default()).unwrap();
    let waker = guest.waker();
    let (_, mut peer) = with_octets(&mut guest, 2);
    guest.flush().unwrap();
    drop(guest);
    waker.wake();
    assert_eq!(peer.read(&mut [0; 1]).unwrap_or(0), 0);
    assert_eq!(host.wait(Some(0)).unwrap(), 0);
    assert!(!host.keeps_back());
}

#[test]
fn a_second_thread_must_not_wait_on_the_same_port() {
    let mut host = driver();
    let mut guest = host.beside(&Config::default()).unwrap();
    let waker = guest.waker();
    let thread = std::thread::spawn(move || {
        loop {
            // It may be the second one.
            if let Ok(count) = guest.wait(Some(PATIENCE_MS)) {
                return (count, guest);
            }
        }
    });
    let error = loop {
        // The thread may not wait yet.
        if let Err(error) = host.wait(Some(0)) {
            break error;
        }
    };
    assert_eq!(error.raw_os_error(), Some(posix::EALREADY));
    waker.wake();
    assert_eq!(thread.join().unwrap().0, 1);
    assert_eq!(host.wait(Some(0)).unwrap(), 0);
}

#[test]
fn only_a_driver_of_the_same_port_is_a_guest() {
    let mut host = driver();
    let error = host.attach_guest(&driver(), 1).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}
