//! The driver: each operation, and what its completions promise, also in the middle of a batch.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::number;
use io_support::{
    completion, completions_now, driver, expect_bytes, expect_quiet, listener, receiving, send_all, send_now, two_ready,
};
use std::io::IoSlice;
use wireway::io::driver::{Cancel, Config, Driver, Event, Interest, Sent, Submission};
#[cfg(target_os = "linux")]
use wireway::io::driver::{Choice, Info};
use wireway::io::socket::Socket;

#[test]
fn accepts_connects_receives_and_sends() {
    let mut driver = driver();
    let (socket, address) = listener();
    let listener = driver.attach(socket, 1).unwrap();
    driver.submit(listener, Submission::Accept).unwrap();
    let client = driver.attach(Socket::stream(&address).unwrap(), 2).unwrap();
    driver.submit(client, Submission::Connect(&address)).unwrap();

    let (mut server, mut connected) = (None, false);
    while server.is_none() || !connected {
        let done = completion(&mut driver);
        match (done.token, done.event) {
            (1, Event::Accepted(Ok(socket))) => {
                let local = driver.socket(client).unwrap().local_address().unwrap();
                assert_eq!(driver.accepted_from().unwrap(), local);
                server = Some(receiving(&mut driver, socket, 3));
            }
            (2, Event::Connected(Ok(()))) => connected = true,
            other => panic!("{other:?}"),
        }
    }
    let server = server.unwrap();
    send_all(&mut driver, client, b"question");
    expect_bytes(&mut driver, 3, b"question");
    driver.submit(client, Submission::Receive).unwrap();
    let answer = [IoSlice::new(b"an"), IoSlice::new(b"swer")];
    assert_eq!(send_now(&mut driver, server, &answer).unwrap(), Sent::Done(6));
    expect_bytes(&mut driver, 2, b"answer");
    driver.close(server).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Received(Ok(0))));
    assert!(driver.received().is_empty());
    assert!(completions_now(&mut driver).is_empty(), "an end is told once");
}

#[test]
fn a_receive_brings_no_more_than_the_buffer_and_comes_again() {
    let mut driver = Driver::new(&Config { buffer: 4, ..Config::default() }).unwrap();
    let (ours, other) = Socket::pair().unwrap();
    receiving(&mut driver, ours, 1);
    other.send(&[IoSlice::new(b"abcdefghij")]).unwrap();
    for piece in [&b"abcd"[..], b"efgh", b"ij"] {
        expect_bytes(&mut driver, 1, piece);
    }
}

#[test]
fn one_receive_for_each_connection_and_turn() {
    let mut driver = Driver::new(&Config { buffer: 4, ..Config::default() }).unwrap();
    let (busy, busy_peer) = Socket::pair().unwrap();
    let (calm, calm_peer) = Socket::pair().unwrap();
    receiving(&mut driver, busy, 1);
    receiving(&mut driver, calm, 2);
    busy_peer.send(&[IoSlice::new(&b"x".repeat(64))]).unwrap();
    calm_peer.send(&[IoSlice::new(b"y")]).unwrap();
    let mut tokens: Vec<_> = completions_now(&mut driver).iter().map(|done| done.token).collect();
    tokens.sort_unstable();
    assert_eq!(tokens, [1, 2]);
}

#[test]
fn nothing_is_delivered_after_a_cancel_in_the_middle_of_a_batch() {
    let mut driver = driver();
    let (keys, _peers) = two_ready(&mut driver);
    let first = driver.next().unwrap().token as usize;
    driver.submit(keys[1 - first], Submission::Cancel(Cancel::Receive)).unwrap();
    assert!(driver.next().is_none());
    driver.submit(keys[1 - first], Submission::Receive).unwrap();
    // The first one's bytes were taken, so only the second has any.
    expect_bytes(&mut driver, 1 - first as u32, b"pending");
}

#[test]
fn a_closed_key_is_an_error_to_use() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    driver.close(key).unwrap();
    for submission in [Submission::Receive, Submission::Poll(Interest::READABLE)] {
        assert_eq!(driver.submit(key, submission).unwrap_err().raw_os_error(), Some(number::EBADF));
    }
    assert_eq!(driver.close(key).unwrap_err().raw_os_error(), Some(number::EBADF));
    assert!(driver.socket(key).is_err());
    assert_eq!(other.receive(&mut [0; 1]).unwrap(), 0, "really closed");
}

#[test]
fn a_detached_socket_is_the_callers_again() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    other.send(&[IoSlice::new(b"mine")]).unwrap();
    let ours = driver.detach(key).unwrap().unwrap();
    expect_quiet(&mut driver);
    assert_eq!(ours.receive(&mut [0; 8]).unwrap(), 4);
}

#[test]
fn dropping_the_driver_closes_its_sockets() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    receiving(&mut driver, ours, 1);
    drop(driver);
    assert_eq!(other.receive(&mut [0; 1]).unwrap(), 0);
}

#[test]
fn a_second_operation_of_a_kind_is_refused_and_replaces_nothing() {
    let mut driver = driver();
    let again = |driver: &mut Driver, key, submission| {
        driver.submit(key, submission).expect_err("the second one").raw_os_error() == Some(number::EALREADY)
    };
    let (ours, peer) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    assert!(again(&mut driver, key, Submission::Receive));
    driver.submit(key, Submission::Room).unwrap();
    assert!(again(&mut driver, key, Submission::Room));
    peer.send(&[IoSlice::new(b"first")]).unwrap();
    let told = [completion(&mut driver).event, completion(&mut driver).event];
    assert!(told.iter().any(|event| matches!(event, Event::Received(Ok(5)))), "{told:?}");
    assert!(told.iter().any(|event| matches!(event, Event::Sent(Ok(0)))), "the first wait for room: {told:?}");

    let (socket, _) = listener();
    let key = driver.attach(socket, 2).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    assert!(again(&mut driver, key, Submission::Accept));
}

#[test]
#[cfg(target_os = "linux")]
fn a_driver_says_what_it_is() {
    let info = |choice| Driver::new(&Config { choice, ..Config::default() }).unwrap().info();
    let epoll = info(Choice::Epoll);
    let expected = Info {
        name: "epoll",
        holds_sends: false,
        notices_paused: true,
        lends: true,
        sends_files: true,
        fallback: None,
    };
    assert_eq!(epoll, expected);
    let uring = info(Choice::Uring);
    let expected = match uring.fallback {
        None => Info { name: "io_uring", holds_sends: true, ..epoll },
        // It is denied here.
        Some(_) => Info { fallback: uring.fallback, ..epoll },
    };
    assert_eq!(uring, expected);
    #[cfg(feature = "fault")]
    {
        let faults = wireway::io::driver::Faults::hidden(1);
        assert_eq!(info(Choice::Fault(faults)), Info { name: "fault", holds_sends: true, ..epoll });
        assert_eq!(info(Choice::Kqueue), Info { name: "kqueue", lends: false, ..epoll });
        if let (Ok(name), Err(_)) = (std::env::var("WIREWAY_DRIVER"), std::env::var("WIREWAY_FAULT_SEED")) {
            let native = info(Choice::Native);
            assert!(native.name == name || native.fallback.is_some(), "the tests run on what the environment names");
        }
    }
}

#[test]
fn what_was_flushed_completes() {
    let mut driver = driver();
    let (ours, other) = Socket::pair().unwrap();
    receiving(&mut driver, ours, 1);
    driver.flush().unwrap();
    other.send(&[IoSlice::new(b"flushed")]).unwrap();
    expect_bytes(&mut driver, 1, b"flushed");
}
