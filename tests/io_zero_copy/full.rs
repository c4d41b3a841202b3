//! Zero-copy sends of which nothing is taken, since there is no room.

use super::io_support::{completion, uring};
use super::support::{Lender, try_send};
use std::io::{ErrorKind, IoSlice, Read as _};
use wireway::io::driver::{Driver, Event, Sent};

/// A connection without room, of which nothing is lent.
fn full(driver: Driver) -> Lender {
    let mut lender = Lender::new(driver);
    lender.receive();
    lender.turn(0);
    // What is on its way to the peer makes room once more.
    for _ in 0..3 {
        let socket = lender.driver.socket(lender.key).unwrap();
        let error = loop {
            if let Err(error) = socket.send(&[IoSlice::new(&[7; 1 << 14])]) {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    lender
}

/// Whether the send was told to have taken nothing; what was told of it is in order.
fn is_told_in_order(mut lender: Lender, then_plain: bool) -> bool {
    let octets = vec![7; 100_000];
    let answer = try_send(&mut lender.driver, lender.key, &octets);
    assert_eq!((answer.sent.unwrap(), answer.is_lent), (Sent::Held, true));
    for _ in 0..5 {
        lender.driver.wait(Some(20)).unwrap();
        match lender.driver.next().map(|completion| completion.event) {
            None => {}
            Some(Event::Sent(Ok(1..))) => return false,
            other => panic!("{other:?}"),
        }
    }
    let mut peer = lender.peer().try_clone().unwrap();
    let reader = std::thread::spawn(move || while peer.read(&mut [0; 1 << 16]).is_ok_and(|count| count != 0) {});
    assert!(matches!(completion(&mut lender.driver).event, Event::Sent(Ok(0))));
    if then_plain {
        assert_eq!(lender.driver.send_one(lender.key, b"plain").unwrap(), Sent::Held);
    }
    assert_released(&mut lender, !then_plain);
    drop(lender);
    reader.join().unwrap();
    true
}

/// The release comes, and says no copy; a plain send completes, unless it has been `sent`.
fn assert_released(lender: &mut Lender, mut sent: bool) {
    let mut released = None;
    while released.is_none() || !sent {
        match completion(&mut lender.driver).event {
            Event::Released(release) => released = Some(release),
            Event::Sent(Ok(5)) => sent = true,
            other => panic!("{other:?}"),
        }
    }
    let released = released.unwrap();
    assert_eq!((released.sends, released.is_copied), (1, false), "nothing was sent");
}

#[test]
fn a_release_is_told_after_the_send_that_found_no_room() {
    for then_plain in [false, true] {
        let mut attempts = std::iter::from_fn(uring).peekable();
        if attempts.peek().is_some() {
            assert!(
                attempts.take(20).any(|driver| is_told_in_order(full(driver), then_plain)),
                "there was always room"
            );
        }
    }
}

/// No release follows: it was told to nobody.
#[test]
fn a_close_is_done_after_a_send_that_found_no_room() {
    if let Some(driver) = uring() {
        let mut lender = full(driver);
        try_send(&mut lender.driver, lender.key, &[7; 100]).sent.unwrap();
        lender.driver.wait(Some(50)).unwrap();
        let is_taken = lender.driver.next().is_some();
        let closing = lender.driver.close(lender.key).unwrap();
        assert!(is_taken || closing == wireway::io::driver::Closing::Done, "{closing:?}");
    }
}
