//! Connections that io_uring accepts ahead of its owner.
#![cfg(all(feature = "io", target_os = "linux"))]

mod io_support;

use io_support::{completion, completions_now, expect_quiet, listener, uring};
use std::net::TcpStream;
use wireway::io::driver::{Cancel, Closing, Event, Submission};

#[test]
fn connections_accepted_ahead_are_told_when_they_are_wanted() {
    let Some(mut driver) = uring() else { return };
    let (socket, address) = listener();
    let key = driver.attach(socket, 1).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    assert!(completions_now(&mut driver).is_empty());
    let peers: Vec<_> = (0..3).map(|_| TcpStream::connect(address.to_string()).unwrap()).collect();
    // The system accepts when it is entered; what of it is told is cancelled before.
    assert!(driver.wait(None).unwrap() > 0);
    driver.submit(key, Submission::Cancel(Cancel::Accept)).unwrap();
    expect_quiet(&mut driver);
    driver.submit(key, Submission::Accept).unwrap();
    let mut told = Vec::new();
    for _ in &peers {
        match completion(&mut driver).event {
            Event::Accepted(Ok(socket)) => told.push((driver.accepted_from().unwrap(), socket)),
            other => panic!("{other:?}"),
        }
    }
    let mut told: Vec<_> = told.iter().map(|(peer, _)| peer.to_string()).collect();
    let mut expected: Vec<_> = peers.iter().map(|peer| peer.local_addr().unwrap().to_string()).collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn a_listener_that_closes_tells_of_those_it_has_accepted() {
    let Some(mut driver) = uring() else { return };
    let (socket, address) = listener();
    let key = driver.attach(socket, 1).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    assert!(completions_now(&mut driver).is_empty());
    let _peers: Vec<_> = (0..3).map(|_| TcpStream::connect(address.to_string()).unwrap()).collect();
    assert!(driver.wait(None).unwrap() > 0);
    assert_eq!(driver.close(key).unwrap(), Closing::Pending);
    assert!(TcpStream::connect(address.to_string()).is_err(), "it listens no more");
    assert_eq!(driver.close(key).unwrap_err().raw_os_error(), Some(libc::EBADF));
    for _ in 0..3 {
        let told = completion(&mut driver).event;
        assert!(matches!(told, Event::Accepted(Ok(_))), "{told:?}");
    }
    assert!(matches!(completion(&mut driver).event, Event::Closed));
    expect_quiet(&mut driver);
}
