//! Closes while octets are lent.

use super::support::{Lender, drivers, is_real, read_rest, resets_on_close};
use std::io::ErrorKind;
use wireway::io::driver::{Cancel, Closing, Driver, Event, Submission};

/// A connection of which octets are lent, closed. Its driver does not hold a send besides.
fn closed(driver: Driver) -> (Lender, Closing) {
    let mut lender = Lender::new(driver);
    lender.receive();
    lender.fill();
    lender.driver.submit(lender.key, Submission::Cancel(Cancel::Send)).unwrap();
    let closing = lender.driver.close(lender.key).unwrap();
    (lender, closing)
}

#[test]
fn a_close_waits_until_the_peer_has_what_is_lent() {
    for driver in drivers() {
        let (mut lender, closing) = closed(driver);
        assert_eq!(closing, Closing::Pending);
        // The number may be that of another socket by now, of which octets are lent as well.
        for gone in [lender.driver.close(lender.key).err(), lender.driver.detach(lender.key).err()] {
            assert_eq!(gone.unwrap().raw_os_error(), Some(libc::EBADF));
        }
        lender.assert_quiet();
        assert!(!is_real(&lender.driver) || lender.events.is_empty());
        let (sent, mut peer, octets) = (lender.sent, lender.peer().try_clone().unwrap(), lender.octets.clone());
        let is_real = is_real(&lender.driver);
        let reader = std::thread::spawn(move || {
            let has_failed = read_rest(&mut peer, &octets);
            assert!(!is_real || !has_failed, "the end, after all {sent} octets");
        });
        let released = lender.released;
        lender.until(|lender| !lender.events.is_empty());
        assert!(matches!(lender.events[..], [Event::Closed]), "{:?}", lender.events);
        assert_eq!(lender.released, released, "the close says it");
        reader.join().unwrap();
        lender.assert_quiet();
    }
}

/// Its number is that of a socket of which octets are lent.
#[test]
fn a_detach_by_a_dead_key_leaves_a_close_waiting() {
    for driver in drivers().into_iter().filter(is_real) {
        let (mut lender, closing) = closed(driver);
        assert_eq!(closing, Closing::Pending);
        assert_eq!(lender.driver.detach(lender.key).unwrap_err().raw_os_error(), Some(libc::EBADF));
        // Some of it is released, which the driver looks into.
        let half = lender.sent / 2;
        lender.reader(half).join().unwrap();
        lender.assert_quiet();
        assert!(lender.events.is_empty(), "{:?}: closed with octets unread", lender.events);
    }
}

#[test]
fn a_close_that_resets_waits_for_nobody() {
    for driver in drivers() {
        let mut lender = Lender::new(driver);
        lender.receive();
        lender.fill();
        resets_on_close(&lender.driver, lender.key);
        if lender.driver.close(lender.key).unwrap() == Closing::Pending {
            lender.until(|lender| !lender.events.is_empty());
            assert!(matches!(lender.events[..], [Event::Closed]), "{:?}", lender.events);
        }
        let is_reset = {
            let octets = lender.octets.clone();
            read_rest(lender.peer(), &octets)
        };
        assert!(is_reset);
    }
}

#[test]
fn a_socket_is_not_handed_back_while_octets_are_lent() {
    for driver in drivers().into_iter().filter(is_real) {
        let mut lender = Lender::new(driver);
        lender.receive();
        lender.fill();
        lender.driver.submit(lender.key, Submission::Cancel(Cancel::Send)).unwrap();
        assert_eq!(lender.driver.detach(lender.key).unwrap_err().kind(), ErrorKind::WouldBlock);
        let reader = lender.reader(lender.sent);
        lender.until_released();
        reader.join().unwrap();
        if lender.driver.info().holds_sends {
            continue; // perhaps the room that was waited for is to be told
        }
        assert!(lender.driver.detach(lender.key).unwrap().is_some());
    }
}

/// The owner's memory goes after the driver, and what the peer gets is none but what was lent.
#[test]
fn nothing_lent_is_read_once_the_driver_is_gone() {
    for driver in drivers() {
        let mut lender = Lender::new(driver);
        lender.fill();
        let Lender { driver, peer: Some(mut peer), mut octets, .. } = lender else { panic!("it has not left") };
        let is_real = is_real(&driver);
        drop(driver);
        let expected = octets.clone();
        octets.fill(0xee);
        assert!(read_rest(&mut peer, &expected) || !is_real, "a connection of which octets are lent is reset");
        drop(octets);
    }
}
