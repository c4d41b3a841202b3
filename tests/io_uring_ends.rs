//! How sockets on io_uring end: reset, handed back, and closed where the ring is another thread's.
#![cfg(all(feature = "io", target_os = "linux"))]

mod io_support;

use io_support::{completion, completions_now, expect_quiet, receiving, tcp_pair, uring};
use std::io::{ErrorKind, IoSlice, Write};
use wireway::io::driver::{Closing, Event, Sent, Submission};
use wireway::io::socket::Socket;

/// The kernel gives a reset away once: to the receive that is cancelled for the hand-over. The next owner must not take it
/// for the end.
#[test]
fn a_socket_with_a_reset_to_tell_is_not_handed_back() {
    let Some(mut driver) = uring() else { return };
    let (ours, peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 1);
    assert!(completions_now(&mut driver).is_empty());
    let peer = Socket::adopt(peer.into()).unwrap();
    peer.set_reset_on_close(true).unwrap();
    drop(peer);
    assert!(driver.wait(None).unwrap() > 0);
    assert_eq!(driver.detach(key).unwrap_err().kind(), ErrorKind::WouldBlock);
    match completion(&mut driver).event {
        Event::Received(Err(error)) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        other => panic!("{other:?}"),
    }
    assert!(driver.detach(key).unwrap().is_some(), "it was told");
}

#[test]
fn a_socket_with_octets_that_nobody_saw_is_handed_back_without_them() {
    let Some(mut driver) = uring() else { return };
    let (ours, mut peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 1);
    assert!(completions_now(&mut driver).is_empty());
    peer.write_all(b"unseen").unwrap();
    assert!(driver.wait(None).unwrap() > 0);
    let ours = driver.detach(key).unwrap().expect("ours");
    assert_eq!(ours.receive(&mut [0; 8]).unwrap_err().kind(), ErrorKind::WouldBlock);
    expect_quiet(&mut driver);
    ours.send(&[IoSlice::new(b"usable")]).unwrap();
}

/// Where the ring is another thread's nothing can be ended: the key is gone, and what is held stays held.
#[test]
fn a_close_on_another_thread_is_pending() {
    let Some(mut driver) = uring() else { return };
    let (ours, peer) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    let block = vec![0; 4 << 20];
    assert_eq!(driver.send(key, &[IoSlice::new(&block)]).unwrap(), Sent::Held);
    assert!(completions_now(&mut driver).len() <= 1);
    let again = driver.send(key, &[IoSlice::new(&block)]);
    assert!(matches!(again, Ok(Sent::Held)) || again.is_err(), "{again:?}");
    driver.flush().unwrap();
    let mut driver = std::thread::scope(|threads| {
        let other = threads.spawn(move || {
            assert_eq!(driver.close(key).unwrap(), Closing::Pending);
            assert_eq!(driver.close(key).unwrap_err().raw_os_error(), Some(libc::EBADF));
            driver
        });
        other.join().unwrap()
    });
    // Its own thread gets the rest.
    loop {
        if matches!(completion(&mut driver).event, Event::Closed) {
            break;
        }
        while peer.receive(&mut vec![0; 1 << 16]).is_ok() {}
    }
    expect_quiet(&mut driver);
}

/// A send that waits for room when its connection fails: its owner gets the octets back all the same.
#[test]
fn what_is_held_comes_back_after_a_reset() {
    let Some(mut driver) = uring() else { return };
    let (ours, peer) = tcp_pair();
    let block = vec![0; 1_000_000];
    while ours.send(&[IoSlice::new(&block)]).is_ok() {}
    let key = driver.attach(ours, 1).unwrap();
    assert_eq!(driver.send(key, &[IoSlice::new(&block)]).unwrap(), Sent::Held);
    expect_quiet(&mut driver);
    // Asked for last, so the failure is its first.
    driver.submit(key, Submission::Receive).unwrap();
    expect_quiet(&mut driver);
    let peer = Socket::adopt(peer.into()).unwrap();
    peer.set_reset_on_close(true).unwrap();
    drop(peer);
    let told = [completion(&mut driver).event, completion(&mut driver).event];
    assert!(told.iter().any(|event| matches!(event, Event::Received(Err(_)))), "{told:?}");
    assert!(told.iter().any(|event| matches!(event, Event::Sent(_))), "{told:?}");
    expect_quiet(&mut driver);
}
