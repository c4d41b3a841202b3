//! A look at what has arrived for a socket: it sees everything, and takes nothing. On each driver.
#![cfg(feature = "io")]

mod io_support;

use io_support::look::{completion, octets_until_the_end, on_each, see};
use io_support::system::{channel, number, raw};
use io_support::{PATIENCE_MS, listener, receiving, tcp_pair};
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use wireway::io::driver::{Cancel, Event, Key, Submission};
use wireway::io::socket::Socket;

fn reset(peer: TcpStream) {
    Socket::adopt(peer.into()).unwrap().set_reset_on_close(true).unwrap();
}

#[track_caller]
fn assert_is_reset(event: &Event) {
    assert!(matches!(event, Event::Received(Err(e)) if e.kind() == io::ErrorKind::ConnectionReset), "{event:?}");
}

#[test]
fn nothing_is_seen_where_nothing_arrived() {
    on_each(|driver| {
        let (ours, _peer) = tcp_pair();
        let key = driver.attach(ours, 1).unwrap();
        assert!(!driver.look(key).unwrap());
        driver.submit(key, Submission::Receive).unwrap();
        assert!(!driver.look(key).unwrap());
        driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
        assert!(!driver.look(key).unwrap());
    });
}

#[test]
fn octets_are_seen_and_come_after() {
    on_each(|driver| {
        let (ours, mut peer) = tcp_pair();
        let key = driver.attach(ours, 1).unwrap();
        peer.write_all(b"unasked").unwrap();
        see(driver, key);
        peer.shutdown(Shutdown::Write).unwrap();
        driver.submit(key, Submission::Receive).unwrap();
        let (octets, end) = octets_until_the_end(driver);
        assert_eq!(octets, b"unasked");
        assert!(matches!(end, Event::Received(Ok(0))), "{end:?}");
    });
}

#[test]
fn octets_that_were_received_are_seen_no_more() {
    on_each(|driver| {
        let (ours, mut peer) = tcp_pair();
        let key = receiving(driver, ours, 1);
        peer.write_all(b"asked").unwrap();
        let mut received = 0;
        while received < 5 {
            assert!(driver.look(key).unwrap(), "after {received} of 5");
            let done = completion(driver);
            assert!(matches!(done.event, Event::Received(Ok(1..))), "{done:?}");
            received += driver.received().len();
        }
        assert!(!driver.look(key).unwrap());
    });
}

#[test]
fn the_end_is_seen_and_comes_after() {
    on_each(|driver| {
        let (ours, peer) = tcp_pair();
        let key = driver.attach(ours, 1).unwrap();
        drop(peer);
        see(driver, key);
        driver.submit(key, Submission::Receive).unwrap();
        let done = completion(driver);
        assert!(matches!(done.event, Event::Received(Ok(0))), "{done:?}");
        assert!(driver.look(key).unwrap(), "an end that was reported is one still");
    });
}

#[test]
fn a_reset_is_seen_and_comes_after() {
    on_each(|driver| {
        let (ours, peer) = tcp_pair();
        let key = driver.attach(ours, 1).unwrap();
        reset(peer);
        see(driver, key);
        driver.submit(key, Submission::Receive).unwrap();
        assert_is_reset(&completion(driver).event);
        assert!(driver.look(key).unwrap(), "an error that was reported is one still");
    });
}

#[test]
fn a_reset_in_the_middle_of_a_batch_is_seen_and_comes_after() {
    on_each(|driver| {
        let (ours, peer) = tcp_pair();
        let key = receiving(driver, ours, 1);
        reset(peer);
        driver.wait(Some(PATIENCE_MS)).unwrap();
        // It may have been taken from the socket by this call, and is kept for the next.
        assert!(driver.next_received().is_none());
        see(driver, key);
        assert_is_reset(&completion(driver).event);
    });
}

#[test]
fn a_connection_that_waits_is_seen_and_accepted_after() {
    on_each(|driver| {
        let (socket, address) = listener();
        let key = driver.attach(socket, 1).unwrap();
        assert!(!driver.look(key).unwrap());
        let _client = TcpStream::connect(address.to_string()).unwrap();
        see(driver, key);
        driver.submit(key, Submission::Accept).unwrap();
        let done = completion(driver);
        assert!(matches!(done.event, Event::Accepted(Ok(_))), "{done:?}");
        assert!(!driver.look(key).unwrap());
    });
}

#[test]
fn a_key_that_is_gone_or_names_no_socket_is_an_error() {
    on_each(|driver| {
        let (ours, mut peer) = tcp_pair();
        peer.write_all(b"unasked").unwrap();
        let closed = driver.attach(ours, 1).unwrap();
        driver.close(closed).unwrap();
        let detached = driver.attach(tcp_pair().0, 2).unwrap();
        driver.detach(detached).unwrap();
        let (reader, mut writer) = channel();
        writer.write_all(b"x").unwrap();
        let foreign = driver.attach_foreign(raw(&reader), 3).unwrap();
        for key in [closed, detached, foreign, Key::NONE] {
            assert_eq!(driver.look(key).unwrap_err().raw_os_error(), Some(number::EBADF));
        }
        driver.close(foreign).unwrap();
    });
}
