//! What is lent is free again when the peer has it, and not before.

use super::io_support::completion;
use super::support::{Lender, drivers, is_real, octets, try_send};
use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use wireway::io::driver::{Cancel, Driver, Event, Key, Sent, Submission, ZeroCopy};
#[cfg(feature = "fault")]
use wireway::io::driver::{Choice, Closing, Config};
use wireway::io::socket::Socket;

#[test]
fn what_is_lent_is_released_when_the_peer_has_it() {
    for driver in drivers() {
        let mut lender = Lender::new(driver);
        lender.receive();
        lender.fill();
        lender.assert_quiet();
        assert!(!is_real(&lender.driver) || lender.released < lender.lent);
        let total = lender.octets.len();
        let reader = lender.reader(total);
        while lender.sent < total {
            lender.until(|lender| !lender.waits);
            lender.send((total - lender.sent).min(1 << 20));
            lender.until(|lender| !lender.waits);
        }
        lender.until_released();
        reader.join().unwrap();
        assert!(lender.events.is_empty(), "{:?}", lender.events);
        lender.assert_quiet();
    }
}

/// A release is reported by the system as an error is.
#[test]
fn a_release_is_no_failure_of_a_connection_that_pauses() {
    for driver in drivers() {
        let mut lender = Lender::new(driver);
        lender.receive();
        lender.turn(0);
        lender.driver.submit(lender.key, Submission::Cancel(Cancel::Receive)).unwrap();
        lender.fill();
        lender.driver.submit(lender.key, Submission::Cancel(Cancel::Send)).unwrap();
        lender.peer().write_all(b"input").unwrap();
        lender.assert_quiet();
        // The rest of a send that is held goes out by itself, if there is any.
        let mut reader = lender.peer().try_clone().unwrap();
        let thread = std::thread::spawn(move || while reader.read(&mut [0; 1 << 16]).is_ok_and(|count| count != 0) {});
        lender.until_released();
        assert!(lender.events.is_empty(), "{:?}", lender.events);
        lender.receive();
        lender.until(|lender| !lender.events.is_empty());
        assert!(matches!(lender.events[..], [Event::Received(Ok(1..))]), "{:?}", lender.events);
        lender.driver.close(lender.key).unwrap();
        lender.peer().shutdown(Shutdown::Both).unwrap();
        thread.join().unwrap();
    }
}

/// That both sides have ended cannot be masked, and goes on while something is lent.
#[test]
fn what_is_lent_at_the_end_of_both_sides_is_released() {
    for driver in drivers() {
        let mut lender = Lender::new(driver);
        lender.receive();
        lender.fill();
        lender.driver.submit(lender.key, Submission::Cancel(Cancel::Send)).unwrap();
        lender.peer().shutdown(Shutdown::Write).unwrap();
        lender.until(|lender| !lender.events.is_empty());
        assert!(matches!(lender.events[..], [Event::Received(Ok(0))]), "{:?}", lender.events);
        if lender.driver.info().holds_sends {
            let reader = lender.reader(lender.sent);
            lender.until_released();
            reader.join().unwrap();
            continue;
        }
        lender.driver.socket(lender.key).unwrap().shutdown_write().unwrap();
        lender.assert_quiet();
        assert!(lender.released < lender.lent);
        let reader = lender.reader(lender.sent);
        lender.until_released();
        assert_eq!(reader.join().unwrap().read(&mut [0]).unwrap(), 0, "the end comes after the octets");
        assert!(
            lender.events.iter().all(|event| matches!(event, Event::Received(Ok(0)) | Event::HungUp { both: true }))
        );
        lender.assert_quiet();
    }
}

#[test]
fn what_is_lent_on_a_connection_that_is_reset_is_released() {
    for is_paused in [false, true] {
        for driver in drivers() {
            let mut lender = Lender::new(driver);
            lender.receive();
            lender.turn(0);
            if is_paused {
                lender.driver.submit(lender.key, Submission::Cancel(Cancel::Receive)).unwrap();
            }
            lender.fill();
            // With octets unread.
            lender.leave();
            lender.until(|lender| {
                lender.released == lender.lent
                    && lender.events.iter().any(|event| matches!(event, Event::Received(Err(_)) | Event::Sent(Err(_))))
            });
            assert_eq!(lender.events.iter().filter(|event| matches!(event, Event::Received(_))).count(), 1);
            lender.assert_quiet();
            lender.driver.close(lender.key).unwrap();
        }
    }
}

fn send(driver: &mut Driver, key: Key, octets: &[u8]) -> (Sent, bool) {
    let ZeroCopy { sent, is_lent } = try_send(driver, key, octets);
    (sent.unwrap(), is_lent)
}

/// Unix domain sockets copy, and say so.
#[test]
fn what_cannot_be_lent_is_copied() {
    for mut driver in drivers().into_iter().filter(is_real) {
        let (ours, peer) = Socket::pair().unwrap();
        let key = driver.attach(ours, 1).unwrap();
        for text in [b"first ", b"second"] {
            let (sent, is_lent) = send(&mut driver, key, text);
            assert!(!is_lent);
            if sent == Sent::Held {
                assert!(matches!(completion(&mut driver).event, Event::Sent(Ok(6))));
            }
        }
        let mut got = [0; 12];
        assert_eq!(peer.receive(&mut got).unwrap(), 12);
        assert_eq!(&got, b"first second");
        driver.close(key).unwrap();
    }
}

/// A driver that cannot lend copies too.
#[cfg(feature = "fault")]
#[test]
fn what_no_driver_lends_is_copied() {
    let config = Config { choice: Choice::Kqueue, ..Config::default() };
    let mut driver = Driver::new(&config).unwrap();
    assert!(!driver.info().lends);
    let (ours, mut peer) = super::io_support::tcp_pair();
    let key = driver.attach(ours, 1).unwrap();
    assert_eq!(send(&mut driver, key, b"copied"), (Sent::Done(6), false));
    let mut got = [0; 6];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"copied");
    assert_eq!(driver.close(key).unwrap(), Closing::Done);
}

/// Somebody else's sends are counted too, so those of ours would be told wrongly.
#[test]
fn a_socket_on_which_somebody_else_lends_copies() {
    let mut driver = drivers().into_iter().find(|driver| driver.info().name == "epoll").unwrap();
    let (ours, mut peer) = super::io_support::tcp_pair();
    let on: libc::c_int = 1;
    // SAFETY: an integer of ours and its size.
    let set = unsafe {
        let fd = std::os::fd::AsRawFd::as_raw_fd(&ours);
        libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_ZEROCOPY, (&raw const on).cast(), 4)
    };
    assert_eq!(set, 0);
    let key = driver.attach(ours, 1).unwrap();
    assert_eq!(send(&mut driver, key, b"copied"), (Sent::Done(6), false));
    let mut got = [0; 6];
    peer.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"copied");
}

/// One small send after the other, none of which is pulled: in the end they are copied.
#[test]
fn not_more_is_lent_than_the_driver_can_tell() {
    let mut driver = drivers().into_iter().find(|driver| driver.info().name == "epoll").unwrap();
    let (ours, mut peer) = super::io_support::tcp_pair();
    let key = driver.attach(ours, 1).unwrap();
    let octets = octets(40_000);
    let expected = octets.clone();
    let reader = std::thread::spawn(move || {
        let mut got = vec![0; expected.len()];
        peer.read_exact(&mut got).unwrap();
        assert!(got == expected);
        peer
    });
    let (mut lent, mut at) = (0, 0);
    while at < octets.len() {
        match send(&mut driver, key, &octets[at..][..1]) {
            (Sent::Done(1), is_lent) => (lent, at) = (lent + usize::from(is_lent), at + 1),
            (Sent::Room(0), false) => std::thread::yield_now(),
            other => panic!("{other:?}"),
        }
    }
    driver.submit(key, Submission::Cancel(Cancel::Send)).unwrap();
    assert!(lent > 0 && lent < octets.len(), "{lent}");
    let _peer = reader.join().unwrap();
    let mut released = 0;
    while released < lent {
        match completion(&mut driver).event {
            Event::Released(release) => released += release.sends,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(released, lent);
    assert!(send(&mut driver, key, b"x").1, "again");
}
