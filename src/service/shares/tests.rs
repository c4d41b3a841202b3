//! Shares without a mailbox.

use super::*;
use core::time::Duration;
use std::thread;

const ID: Id = Id::from_number(7);
const OTHER: Id = Id::from_number(8);
const NOW: Duration = Duration::ZERO;

fn code<T>(result: Result<T, Error>) -> Option<Code> {
    result.err().map(|error| error.code())
}

fn is_unused(shares: &Shares) -> bool {
    shares.0.lock().used.is_empty()
}

#[test]
fn each_connection_has_a_share_and_one_piece_always_fits() {
    let shares = Shares::new(100);
    let first = shares.take(ID, 60).unwrap();
    assert!(first.is_some() && shares.take(ID, 41).unwrap().is_none());
    let second = shares.take(ID, 40).unwrap();
    assert!(second.is_some() && shares.take(ID, 1).unwrap().is_none());
    let large = shares.take(OTHER, 1000).unwrap();
    assert!(large.is_some() && shares.take(OTHER, 1).unwrap().is_none());
    drop((first, large));
    assert!(shares.take(ID, 60).unwrap().is_some() && shares.take(OTHER, 1).unwrap().is_some());
    drop(second);
    assert!(is_unused(&shares));
}

#[test]
fn who_waits_is_told_of_room_and_not_before() {
    let shares = Shares::new(100);
    let (first, second) = (shares.take(ID, 50).unwrap(), shares.take(ID, 50).unwrap());
    let look = |octets| shares.wait(ID, octets, Until::after(Some(NOW)));
    assert_eq!((look(1), shares.wait(OTHER, 1000, Until::after(None))), (Ok(false), Ok(true)));
    let waiter = thread::spawn({
        let shares = shares.clone();
        move || shares.wait(ID, 80, Until::after(None))
    });
    while shares.0.lock().used[&ID].waiters == 0 {
        thread::yield_now();
    }
    drop(first);
    assert_eq!((look(50), look(51)), (Ok(true), Ok(false)), "there is room, not for the one that waits");
    assert!(!waiter.is_finished());
    drop(second);
    assert_eq!(waiter.join().unwrap(), Ok(true));
    assert!(is_unused(&shares));
}

#[test]
fn who_waits_for_a_connection_that_ends_is_told() {
    for ends_all in [false, true] {
        let shares = Shares::new(1);
        let share = shares.take(ID, 1).unwrap();
        let waiter = thread::spawn({
            let shares = shares.clone();
            move || shares.wait(ID, 1, Until::after(None))
        });
        while shares.0.lock().used[&ID].waiters == 0 {
            thread::yield_now();
        }
        if ends_all {
            shares.close()
        } else {
            shares.end(ID)
        }
        assert_eq!(code(waiter.join().unwrap()), Some(Code::Gone));
        assert_eq!(code(shares.take(ID, 1)), Some(Code::Gone));
        assert_eq!(code(shares.take(OTHER, 1)), ends_all.then_some(Code::Gone));
        drop(share);
        assert!(is_unused(&shares));
    }
}

#[test]
fn the_latest_that_ended_are_remembered() {
    let shares = Shares::new(1);
    for number in 0..=ENDED_MAX as u64 {
        shares.end(Id::from_number(number));
        shares.end(Id::from_number(number));
    }
    assert!(shares.take(Id::from_number(0), 1).unwrap().is_some(), "the first was forgotten");
    assert_eq!(code(shares.take(Id::from_number(1), 1)), Some(Code::Gone));
    assert_eq!(code(shares.take(Id::from_number(ENDED_MAX as u64), 1)), Some(Code::Gone));
}
