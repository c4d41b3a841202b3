//! The driver while receives are paused: what waits, what is still noticed, and that no wait spins.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::is_wine;
use io_support::{
    PATIENCE_MS, completion, completions_now, driver, expect_bytes, expect_quiet, receiving, send_all, tcp_pair,
};
use std::io::{ErrorKind, IoSlice, Write};
use wireway::io::driver::{Cancel, Event, Submission};
use wireway::io::socket::Socket;

#[test]
fn paused_bytes_wait_and_come_after() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    other.send(&[IoSlice::new(b"patience")]).unwrap();
    assert!(completions_now(&mut driver).is_empty());
    assert_eq!(driver.wait(Some(0)).unwrap(), 0, "the system has been told to be quiet");
    driver.submit(key, Submission::Receive).unwrap();
    expect_bytes(&mut driver, 1, b"patience");
}

#[test]
fn a_reset_is_noticed_while_reading_is_paused() {
    for unread in [&b""[..], b"unread"] {
        let mut driver = driver();
        let (ours, mut peer) = tcp_pair();
        let key = receiving(&mut driver, ours, 1);
        driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
        peer.write_all(unread).unwrap();
        assert!(completions_now(&mut driver).is_empty());
        Socket::adopt(peer.into()).unwrap().set_reset_on_close(true).unwrap();
        let done = completion(&mut driver);
        match done.event {
            Event::Received(Err(e)) => assert_eq!(e.kind(), ErrorKind::ConnectionReset),
            other => panic!("{other:?}"),
        }
        assert!(completions_now(&mut driver).is_empty(), "told once");
        // Who reads on does not mistake it for an end, whatever was unread before.
        driver.submit(key, Submission::Receive).unwrap();
        let last = loop {
            match completion(&mut driver).event {
                Event::Received(Ok(n)) if n > 0 => {}
                other => break other,
            }
        };
        assert!(matches!(last, Event::Received(Err(_))), "{last:?}");
    }
}

#[test]
fn a_reset_is_kept_until_it_is_asked_for() {
    let mut driver = driver();
    let (server, peer) = tcp_pair();
    receiving(&mut driver, server, 7);
    Socket::adopt(peer.into()).unwrap().set_reset_on_close(true).unwrap();
    assert!(driver.wait(Some(PATIENCE_MS)).unwrap() > 0);
    // Whoever serves something else between asks twice; reading the error takes it from the socket.
    assert!(driver.next_received().is_none() && driver.next_received().is_none());
    let done = driver.next().unwrap();
    assert!(matches!((done.token, &done.event), (7, Event::Received(Err(_)))), "{done:?}");
}

#[test]
fn a_reset_is_noticed_while_reading() {
    let mut driver = driver();
    let (ours, peer) = tcp_pair();
    receiving(&mut driver, ours, 1);
    Socket::adopt(peer.into()).unwrap().set_reset_on_close(true).unwrap();
    match completion(&mut driver).event {
        Event::Received(Err(e)) => assert_eq!(e.kind(), ErrorKind::ConnectionReset),
        other => panic!("{other:?}"),
    }
    assert!(completions_now(&mut driver).is_empty(), "told once");
}

#[test]
fn an_end_while_paused_is_a_hang_up_told_once_and_its_bytes_are_kept() {
    if is_wine() {
        return;
    }
    let mut driver = driver();
    let (ours, mut peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 1);
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    peer.write_all(b"last words").unwrap();
    peer.shutdown(std::net::Shutdown::Write).unwrap();
    let done = completion(&mut driver);
    assert!(matches!(done.event, Event::HungUp { both: false }), "{done:?}");
    expect_quiet(&mut driver);
    send_all(&mut driver, key, b"still sendable");
    driver.submit(key, Submission::Receive).unwrap();
    expect_bytes(&mut driver, 1, b"last words");
    assert!(matches!(completion(&mut driver).event, Event::Received(Ok(0))));
}

#[test]
#[cfg(unix)]
fn a_unix_peer_that_closes_while_paused_does_not_make_the_wait_spin() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    other.send(&[IoSlice::new(b"bye")]).unwrap();
    drop(other);
    assert!(matches!(completion(&mut driver).event, Event::HungUp { both: true }));
    expect_quiet(&mut driver);
    driver.submit(key, Submission::Receive).unwrap();
    expect_bytes(&mut driver, 1, b"bye");
    assert!(matches!(completion(&mut driver).event, Event::Received(Ok(0))));
}
