//! What is known of a socket's sends ends with the socket: the next one has its number.

use super::io_support::{completion, nobody};
use super::support::{Lender, drivers, is_real, try_send};
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use wireway::io::driver::{Closing, Event, Submission};
use wireway::io::socket::Socket;

/// The same socket under a number that nothing else of the process gets: the lowest free one is below.
fn numbered(socket: impl Into<OwnedFd>, number: i32) -> OwnedFd {
    let old = socket.into();
    // SAFETY: the number is ours, and free or that of a socket that is closed.
    unsafe {
        assert_eq!(libc::dup2(old.as_raw_fd(), number), number);
        OwnedFd::from_raw_fd(number)
    }
}

#[test]
fn a_socket_lends_whose_number_one_had_that_never_connected() {
    let (_taken, address) = nobody();
    for mut driver in drivers().into_iter().filter(is_real) {
        let socket = numbered(Socket::stream(&address).unwrap(), 900);
        let key = driver.attach(Socket::adopt(socket).unwrap(), 7).unwrap();
        driver.submit(key, Submission::Connect(&address)).unwrap();
        // Fails where the connect has failed already.
        let early = try_send(&mut driver, key, b"early");
        assert!(!early.is_lent);
        while !matches!(completion(&mut driver).event, Event::Connected(Err(_))) {}
        assert_eq!(driver.close(key).unwrap(), Closing::Done);
        lends(Lender::numbered(driver, |socket| numbered(socket, 900)));
    }
}

#[test]
fn a_socket_lends_whose_number_one_had_that_cannot() {
    for mut driver in drivers().into_iter().filter(is_real) {
        let (ours, _peer) = Socket::pair().unwrap();
        let key = driver.attach(Socket::adopt(numbered(ours, 901)).unwrap(), 7).unwrap();
        assert!(!try_send(&mut driver, key, b"copied").is_lent);
        assert_eq!(driver.close(key).unwrap(), Closing::Done);
        lends(Lender::numbered(driver, |socket| numbered(socket, 901)));
    }
}

/// Also after one that has lent, and was handed back.
#[test]
fn a_socket_lends_whose_number_one_had_that_was_detached() {
    for driver in drivers().into_iter().filter(is_real) {
        let mut lender = Lender::numbered(driver, |socket| numbered(socket, 902));
        lender.send(1);
        lender.until(|lender| !lender.waits);
        lender.until_released();
        assert!(lender.driver.detach(lender.key).unwrap().is_some());
        lends(Lender::numbered(lender.driver, |socket| numbered(socket, 902)));
    }
}

/// Octets are lent, and released when the peer has them.
fn lends(mut lender: Lender) {
    assert!(lender.send(1 << 20).1);
    let reader = lender.reader(1 << 20);
    while lender.sent < 1 << 20 {
        lender.until(|lender| !lender.waits);
        if lender.sent < 1 << 20 {
            lender.send((1 << 20) - lender.sent);
        }
    }
    lender.until_released();
    reader.join().unwrap();
    assert_eq!(lender.driver.close(lender.key).unwrap(), Closing::Done);
}
