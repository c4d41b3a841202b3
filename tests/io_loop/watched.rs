//! Descriptors that a loop only watches.

use super::io_support::system::{NO_SOCKET, pair, raw};
use super::support::{assert_quiet, new_loop, next};
use std::io::{Read, Write};
use wireway::error::Code;
use wireway::io::driver::{Cancel, Closing, Interest};
use wireway::io::event_loop::{Completion, Event};

#[test]
fn a_watched_descriptor_is_told_once_for_each_poll_and_stays_open() {
    let mut event_loop = new_loop();
    let (ours, mut peer) = pair();
    let watched = event_loop.open(5).watch(raw(&ours)).unwrap();
    peer.write_all(b"x").unwrap();
    assert_quiet(&mut event_loop);
    event_loop.at(watched).unwrap().poll(Interest::READABLE).unwrap();
    let done = next(&mut event_loop);
    assert!(
        matches!(done, Completion { token: 5, event: Event::Ready(r), .. } if r.readable && !r.writable),
        "{done:?}"
    );
    assert_quiet(&mut event_loop);
    event_loop.at(watched).unwrap().poll(Interest::READABLE | Interest::WRITABLE).unwrap();
    let done = next(&mut event_loop);
    assert!(matches!(done.event, Event::Ready(r) if r.readable && r.writable), "{done:?}");
    event_loop.at(watched).unwrap().poll(Interest::WRITABLE).unwrap();
    event_loop.at(watched).unwrap().cancel(Cancel::Poll).unwrap();
    assert_quiet(&mut event_loop);
    assert_eq!(event_loop.at(watched).unwrap().address().unwrap_err().code(), Code::State);
    assert_eq!(event_loop.at(watched).unwrap().close(), Ok(Closing::Done));
    (&ours).read_exact(&mut [0]).expect("it is open");
}

/// The first watch goes on.
#[test]
fn a_descriptor_is_watched_once() {
    let mut event_loop = new_loop();
    let (ours, mut peer) = pair();
    let watched = event_loop.open(5).watch(raw(&ours)).unwrap();
    assert_eq!(event_loop.open(6).watch(raw(&ours)).unwrap_err().code(), Code::System);
    event_loop.at(watched).unwrap().poll(Interest::READABLE).unwrap();
    assert_eq!(event_loop.open(6).watch(raw(&ours)).unwrap_err().code(), Code::System);
    peer.write_all(b"x").unwrap();
    let done = next(&mut event_loop);
    assert!(matches!(done, Completion { token: 5, event: Event::Ready(_), .. }), "{done:?}");
    assert_quiet(&mut event_loop);
    event_loop.at(watched).unwrap().close().unwrap();
    assert_eq!(event_loop.open(0).watch(NO_SOCKET).unwrap_err().code(), Code::System, "nothing is made room for");
}

/// What its owner has closed is no longer watched, and a number that is another descriptor's by then can be.
#[test]
#[cfg(unix)]
fn a_number_that_is_another_descriptors_by_then_can_be_watched() {
    let mut event_loop = new_loop();
    let (ours, peer) = pair();
    let watched = event_loop.open(5).watch(raw(&ours)).unwrap();
    event_loop.at(watched).unwrap().poll(Interest::READABLE).unwrap();
    // SAFETY: a descriptor of ours takes the number of another one of ours.
    assert_eq!(unsafe { libc::dup2(raw(&peer), raw(&ours)) }, raw(&ours));
    let again = event_loop.open(7).watch(raw(&ours)).unwrap();
    event_loop.at(again).unwrap().poll(Interest::WRITABLE).unwrap();
    let done = next(&mut event_loop);
    assert!(matches!(done, Completion { token: 7, event: Event::Ready(_), .. }), "{done:?}");
    event_loop.at(watched).unwrap().close().unwrap();
    event_loop.at(again).unwrap().close().unwrap();
}
