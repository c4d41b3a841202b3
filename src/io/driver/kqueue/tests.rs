//! What only a refusal of the system shows, and when changes are made.

use super::Kqueue;
use crate::io::driver::drive::Drive;
use crate::io::driver::readiness::watch::Watch;
use crate::io::driver::{Cancel, Config, Event, Interest, Key, Sent, Submission};
use crate::io::socket::{AcceptError, Listener, Socket, SocketOptions};
use crate::io::sys::kqueue::event::Filter;
use std::io::{self, IoSlice};
use std::os::fd::AsRawFd;

const PATIENCE_MS: u64 = 120_000;

fn driver() -> Kqueue {
    Kqueue::new(&Config::default()).unwrap()
}

/// One end of a connection in the driver, and the other end.
fn connection(driver: &mut Kqueue) -> (Key, Socket) {
    let (ours, peer) = Socket::pair().unwrap();
    (driver.attach(ours, 1).unwrap(), peer)
}

/// All completions that there are now.
fn now(driver: &mut Kqueue) -> Vec<Event> {
    driver.wait(Some(0)).unwrap();
    core::iter::from_fn(|| driver.next()).map(|done| done.event).collect()
}

fn refuse(driver: &mut Kqueue, filter: Filter) {
    driver.set_mut().queue_mut().refuses = Some((filter, libc::ENOMEM));
}

fn is_refusal(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ENOMEM)
}

#[test]
fn a_receive_that_is_not_watched_fails_and_its_connection_with_it() {
    let mut driver = driver();
    let (key, peer) = connection(&mut driver);
    peer.send(&[IoSlice::new(b"x")]).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    refuse(&mut driver, Filter::Read);
    let events = now(&mut driver);
    assert!(matches!(&events[..], [Event::Received(Err(error))] if is_refusal(error)), "{events:?}");
    assert!(now(&mut driver).is_empty());
    assert!(driver.look(key).unwrap());
}

#[test]
fn a_wait_for_room_that_is_not_watched_fails_alone() {
    let mut driver = driver();
    let (key, peer) = connection(&mut driver);
    driver.submit(key, Submission::Receive).unwrap();
    driver.submit(key, Submission::Room).unwrap();
    refuse(&mut driver, Filter::Write);
    let events = now(&mut driver);
    assert!(matches!(&events[..], [Event::Sent(Err(error))] if is_refusal(error)), "{events:?}");
    driver.submit(key, Submission::Room).unwrap();
    peer.send(&[IoSlice::new(b"x")]).unwrap();
    let events = now(&mut driver);
    assert_eq!(events.len(), 2, "both are watched: {events:?}");
}

#[test]
fn an_accept_that_is_not_watched_is_exhausted_and_can_be_submitted_again() {
    let mut driver = driver();
    let address = crate::io::address::Address::parse(b"127.0.0.1:0").unwrap();
    let listener = Listener::bind(&address, &SocketOptions::default()).unwrap().into_parts().0;
    let address = listener.local_address().unwrap();
    let key = driver.attach(listener, 1).unwrap();
    driver.submit(key, Submission::Accept).unwrap();
    refuse(&mut driver, Filter::Read);
    let events = now(&mut driver);
    assert!(matches!(events[..], [Event::Accepted(Err(AcceptError::Exhausted(_)))]), "{events:?}");
    driver.submit(key, Submission::Accept).unwrap();
    let client = Socket::stream(&address).unwrap();
    client.connect(&address).unwrap();
    driver.wait(Some(PATIENCE_MS)).unwrap();
    assert!(matches!(driver.next().unwrap().event, Event::Accepted(Ok(_))));
}

#[test]
fn a_connect_that_is_not_watched_fails() {
    let mut driver = driver();
    let address = crate::io::address::Address::parse(b"127.0.0.1:0").unwrap();
    let listener = Listener::bind(&address, &SocketOptions::default()).unwrap();
    let address = listener.socket().local_address().unwrap();
    let key = driver.attach(Socket::stream(&address).unwrap(), 1).unwrap();
    driver.submit(key, Submission::Connect(&address)).unwrap();
    refuse(&mut driver, Filter::Write);
    let events = now(&mut driver);
    assert!(matches!(&events[..], [Event::Connected(Err(error))] if is_refusal(error)), "{events:?}");
}

#[test]
fn a_poll_of_a_foreign_descriptor_fails_in_the_call() {
    let mut driver = driver();
    let (reader, _writer) = io::pipe().unwrap();
    let key = driver.attach_foreign(reader.as_raw_fd(), 1).unwrap();
    refuse(&mut driver, Filter::Read);
    assert!(is_refusal(&driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap_err()));
    driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap();
    let file = std::fs::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let error = driver.attach_foreign(file.as_raw_fd(), 2).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::EPERM));
}

#[test]
fn a_foreign_descriptor_is_attached_once() {
    let mut driver = driver();
    let (reader, _writer) = io::pipe().unwrap();
    let number = reader.as_raw_fd();
    let key = driver.attach_foreign(number, 1).unwrap();
    driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap();
    assert_eq!(driver.attach_foreign(number, 2).unwrap_err().raw_os_error(), Some(libc::EEXIST));
    driver.detach(key).unwrap();
    driver.attach_foreign(number, 2).unwrap();
}

#[test]
fn more_changes_than_the_list_holds_are_made_too() {
    let mut driver = driver();
    let connections: Vec<_> = (0..300).map(|_| connection(&mut driver)).collect();
    for (key, peer) in &connections {
        driver.submit(*key, Submission::Receive).unwrap();
        peer.send(&[IoSlice::new(b"x")]).unwrap();
    }
    let events = now(&mut driver);
    assert_eq!(events.iter().filter(|event| matches!(event, Event::Received(Ok(1)))).count(), 300);
}

#[test]
fn the_changes_of_a_closed_key_are_not_made() {
    let mut driver = driver();
    let (closed, _peer) = connection(&mut driver);
    driver.submit(closed, Submission::Receive).unwrap();
    driver.close(closed).unwrap();
    // Takes the number of the closed one, and is nothing to the driver.
    let (ours, peer) = Socket::pair().unwrap();
    peer.send(&[IoSlice::new(b"x")]).unwrap();
    assert_eq!(driver.wait(Some(0)).unwrap(), 0);
    assert_eq!(ours.receive(&mut [0; 4]).unwrap(), 1);
}

#[test]
fn an_end_that_came_with_octets_is_told_to_one_who_paused_after_these() {
    let mut driver = driver();
    let (key, peer) = connection(&mut driver);
    driver.submit(key, Submission::Receive).unwrap();
    assert!(now(&mut driver).is_empty());
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    peer.send(&[IoSlice::new(b"x")]).unwrap();
    assert!(now(&mut driver).is_empty(), "unwanted: only ends are watched from now on");
    assert!(now(&mut driver).is_empty());
    peer.shutdown_write().unwrap();
    driver.wait(Some(PATIENCE_MS)).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    assert!(matches!(driver.next().unwrap().event, Event::Received(Ok(1))), "the event of the end");
    assert!(driver.next().is_none());
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    let events = now(&mut driver);
    assert!(matches!(events[..], [Event::HungUp { both: false }]), "{events:?}");
    assert!(now(&mut driver).is_empty(), "once");
}

#[test]
fn a_flush_hands_over_what_was_kept_back() {
    let mut driver = driver();
    let (key, peer) = connection(&mut driver);
    peer.send(&[IoSlice::new(b"x")]).unwrap();
    driver.submit(key, Submission::Receive).unwrap();
    assert!(driver.set_mut().keeps_back());
    refuse(&mut driver, Filter::Read);
    assert!(is_refusal(&driver.flush().unwrap_err()));
    assert!(driver.set_mut().keeps_back(), "it is tried again");
    driver.flush().unwrap();
    assert!(!driver.set_mut().keeps_back());
    assert!(matches!(now(&mut driver)[..], [Event::Received(Ok(1))]));
    assert!(matches!(driver.send(key, &[IoSlice::new(b"x")]), Ok(Sent::Done(1))));
}
