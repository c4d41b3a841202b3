//! What else is asked of a connection while octets are lent.

use super::support::{Lender, drivers, is_real, octets, try_send};
use std::io::{ErrorKind, Write as _};
use std::os::fd::AsRawFd as _;
use wireway::io::driver::{Cancel, Driver, Event, Interest, Readiness, Submission};
use wireway::io::ktls::{Cipher, Direction, Info};

/// Of which octets are lent, and no send is in progress that the system told of.
fn lending(driver: Driver) -> Lender {
    let mut lender = Lender::new(driver);
    lender.fill();
    lender.driver.submit(lender.key, Submission::Cancel(Cancel::Send)).unwrap();
    lender
}

#[test]
fn a_poll_completes_while_octets_are_lent() {
    for driver in drivers().into_iter().filter(is_real) {
        let mut lender = lending(driver);
        lender.driver.submit(lender.key, Submission::Poll(Interest::READABLE)).unwrap();
        lender.peer().write_all(b"x").unwrap();
        lender.until(|lender| !lender.events.is_empty());
        let readable = matches!(lender.events[..], [Event::Ready(Readiness { readable: true, error: false, .. })]);
        assert!(readable, "{:?}", lender.events);
        assert!(lender.released < lender.lent);
        lender.assert_quiet();
        let reader = lender.reader(lender.sent);
        lender.until_released();
        reader.join().unwrap();
        assert_eq!(lender.events.len(), 1, "{:?}", lender.events);
    }
}

/// The system says an error of a socket with a release to be taken.
#[test]
fn a_release_is_nothing_that_arrived() {
    for driver in drivers().into_iter().filter(|driver| driver.info().name == "epoll") {
        let mut lender = lending(driver);
        assert!(!lender.driver.look(lender.key).unwrap());
        let reader = lender.reader(lender.sent);
        // The system has something to tell, which is not pulled.
        wait_for_error(&lender);
        assert!(!lender.driver.look(lender.key).unwrap());
        reader.join().unwrap();
        assert!(!lender.driver.look(lender.key).unwrap());
        lender.peer().write_all(b"x").unwrap();
        super::io_support::look::see(&mut lender.driver, lender.key);
        lender.until_released();
        assert!(lender.driver.look(lender.key).unwrap());
    }
}

fn wait_for_error(lender: &Lender) {
    let fd = lender.driver.socket(lender.key).unwrap().raw();
    let mut ready = libc::pollfd { fd, events: 0, revents: 0 };
    // SAFETY: one struct of ours.
    let count = unsafe { libc::poll(&raw mut ready, 1, super::io_support::PATIENCE_MS as i32) };
    assert_eq!((count, ready.revents), (1, libc::POLLERR));
}

#[test]
fn a_reset_is_seen_by_a_look_while_octets_are_lent() {
    for driver in drivers().into_iter().filter(is_real) {
        let mut lender = lending(driver);
        lender.leave();
        super::io_support::look::see(&mut lender.driver, lender.key);
    }
}

#[test]
fn records_do_not_begin_while_octets_are_lent() {
    let info = Info::new(0x0304, Cipher::Aes128Gcm, &[1; 16], &[2; 12], 0).unwrap();
    for driver in drivers().into_iter().filter(|driver| driver.info().name != "io_uring") {
        let mut lender = lending(driver);
        let attached = lender.driver.attach_kernel(lender.key);
        assert_eq!(attached.unwrap_err().kind(), ErrorKind::WouldBlock);
        let keys = lender.driver.set_keys(lender.key, Direction::Receive, &info);
        assert_eq!(keys.unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}

/// The system refuses to watch for room, since somebody else has taken the socket out of its set.
#[test]
fn a_send_that_fails_says_whether_octets_are_lent() {
    for driver in drivers().into_iter().filter(|driver| driver.info().name == "epoll") {
        let mut lender = Lender::new(driver);
        lender.receive();
        let fd = lender.driver.socket(lender.key).unwrap().raw();
        // SAFETY: the set is the driver's; nothing is read or written.
        let removed = unsafe {
            libc::epoll_ctl(lender.driver.handle().as_raw_fd(), libc::EPOLL_CTL_DEL, fd, std::ptr::null_mut())
        };
        assert_eq!(removed, 0);
        let answer = try_send(&mut lender.driver, lender.key, &octets(8 << 20));
        assert!(answer.sent.is_err() && answer.is_lent, "{answer:?}");
    }
}
