//! The turns of a loop: timers, posts, guests, waits, and that each has its turn.

use super::io_support::PATIENCE_MS;
use super::io_support::system::{is_signalled, pair, raw};
use super::support::{assert_quiet, new_loop, next};
use std::io::Write;
use std::time::Duration;
use wireway::error::Code;
use wireway::io::clock::monotonic_ms;
use wireway::io::descriptor::RawWaitable;
use wireway::io::driver::{Cancel, Interest};
use wireway::io::event_loop::{Completion, Config, Event, EventLoop, Posted, SocketId, no_guests};

#[test]
fn timers_come_in_the_order_of_their_deadlines_and_once() {
    let mut event_loop = new_loop();
    let start = monotonic_ms();
    for (number, after) in [(0, 30), (1, 10), (2, 20), (3, 5)] {
        event_loop.set_timer(number, start + after, u64::from(number) + 100).unwrap();
    }
    event_loop.set_timer(3, u64::MAX, 0).unwrap();
    assert!(event_loop.deadline(no_guests) <= start + 10);
    for (number, after) in [(1, 10), (2, 20), (0, 30)] {
        let done = next(&mut event_loop);
        assert!(matches!(done.event, Event::Timer(n) if n == number), "{done:?}");
        assert_eq!((done.token, done.socket), (u64::from(number) + 100, SocketId::NONE));
        assert!(event_loop.now() >= start + after && monotonic_ms() >= start + after);
    }
    assert_quiet(&mut event_loop);
    assert_eq!(event_loop.deadline(no_guests), u64::MAX);
    assert_eq!(event_loop.set_timer(u32::MAX, 1, 1).unwrap_err().code(), Code::Argument);
}

#[test]
fn a_wait_ends_at_its_timeout_and_not_before() {
    let mut event_loop = new_loop();
    let start = monotonic_ms();
    assert!(event_loop.next(Some(20), no_guests).unwrap().is_none());
    assert!(monotonic_ms() >= start + 20);
    // A timer that is due later does not end it.
    event_loop.set_timer(0, start + 10_000_000, 1).unwrap();
    assert!(event_loop.next(Some(1), no_guests).unwrap().is_none());
}

#[test]
fn posts_of_other_threads_come_in_their_order_and_wake_the_loop() {
    const POSTS: u64 = 1_000;
    let mut event_loop = new_loop();
    let threads: Vec<_> = (1..=3u64)
        .map(|thread| {
            let poster = event_loop.poster();
            std::thread::spawn(move || {
                for number in 0..POSTS {
                    assert_eq!(poster.post(thread << 32 | number), Ok(Posted::Queued));
                }
            })
        })
        .collect();
    let mut last = [0; 4];
    for _ in 0..3 * POSTS {
        let done = next(&mut event_loop);
        assert!(matches!(done.event, Event::Posted), "{done:?}");
        let (thread, number) = ((done.token >> 32) as usize, done.token & 0xffff_ffff);
        assert_eq!(number, last[thread]);
        last[thread] += 1;
    }
    for thread in threads {
        thread.join().unwrap();
    }
    assert_quiet(&mut event_loop);
}

#[test]
fn posts_are_bounded_and_a_ring_needs_no_room() {
    let mut event_loop = EventLoop::new(&Config { posts_max: 2, ..Config::default() }).unwrap();
    let poster = event_loop.poster();
    assert_eq!(
        (poster.post(8), poster.post(9), poster.post(10)),
        (Ok(Posted::Queued), Ok(Posted::Queued), Ok(Posted::Full))
    );
    poster.ring().unwrap();
    poster.ring().unwrap();
    let tokens: Vec<_> = (0..3).map(|_| next(&mut event_loop).token).collect();
    assert_eq!(tokens, [0, 8, 9]);
    assert_eq!(poster.post(11), Ok(Posted::Queued), "there is room when all were reported");
    assert_eq!(next(&mut event_loop).token, 11);
    assert_quiet(&mut event_loop);
    assert_eq!(poster.post(0).unwrap_err().code(), Code::Argument);
    drop(event_loop);
    assert_eq!((poster.post(1).unwrap_err().code(), poster.ring().unwrap_err().code()), (Code::Gone, Code::Gone));
}

/// Each kind of work comes in each turn, however much there is of the others.
#[test]
fn nobody_keeps_the_others_from_their_turn() {
    let mut event_loop = new_loop();
    let (ours, mut peer) = pair();
    peer.write_all(b"x").unwrap();
    let watched = event_loop.open(5).watch(raw(&ours)).unwrap();
    let poster = event_loop.poster();
    let mut counts = [0; 3];
    event_loop.at(watched).unwrap().poll(Interest::READABLE).unwrap();
    poster.post(1).unwrap();
    event_loop.set_timer(0, 0, 0).unwrap();
    while counts.iter().any(|&count| count < 50) {
        assert!(counts.iter().all(|&count| count < 10_000_000), "{counts:?}");
        // Each is there again at once.
        match next(&mut event_loop).event {
            Event::Ready(_) => {
                event_loop.at(watched).unwrap().poll(Interest::READABLE).unwrap();
                counts[0] += 1;
            }
            Event::Posted => {
                poster.post(1).unwrap();
                counts[1] += 1;
            }
            Event::Timer(0) => {
                event_loop.set_timer(0, 0, 0).unwrap();
                counts[2] += 1;
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A guest is told by its descriptor, and by its deadline.
#[test]
fn a_guest_works_when_it_has_something_to_do() {
    let mut event_loop = new_loop();
    let mut inner = EventLoop::new_on(&Config::default(), &event_loop).unwrap();
    let guest = event_loop.hosting().host(inner.driver(), 77).unwrap();
    assert_quiet(&mut event_loop);
    inner.poster().post(5).unwrap();
    let done = next(&mut event_loop);
    assert!(matches!(done, Completion { token: 77, event: Event::Guest, .. }) && done.socket == guest, "{done:?}");
    assert_eq!(next(&mut inner).token, 5);
    assert_quiet(&mut inner);
    while event_loop.next(Some(0), no_guests).unwrap().is_some() {}
    // Its descriptor says nothing of its timers.
    inner.set_timer(0, monotonic_ms() + 10, 6).unwrap();
    let deadline = inner.deadline(no_guests);
    let done = event_loop.next(Some(PATIENCE_MS), |_| deadline).unwrap().expect("in time");
    assert!(matches!(done.event, Event::Guest), "{done:?}");
    assert!(monotonic_ms() >= deadline);
    assert!(matches!(inner.next(Some(PATIENCE_MS), no_guests).unwrap().unwrap().event, Event::Timer(0)));
    event_loop.hosting().leave(guest).unwrap();
    assert_eq!(event_loop.hosting().leave(guest).unwrap_err().code(), Code::Gone);
    inner.poster().post(5).unwrap();
    assert_quiet(&mut event_loop);
}

/// A guest that is gone already leaves nothing behind, and takes nothing with it that has its number by then.
#[test]
fn a_guest_may_go_before_it_leaves() {
    let mut event_loop = new_loop();
    let inner = EventLoop::new_on(&Config::default(), &event_loop).unwrap();
    let number = inner.handle();
    let guest = event_loop.hosting().host(inner.driver(), 77).unwrap();
    assert_eq!(event_loop.at(guest).unwrap().close().unwrap_err().code(), Code::State);
    assert_eq!(event_loop.at(guest).unwrap().release().unwrap_err().code(), Code::State);
    assert_eq!(event_loop.at(guest).unwrap().cancel(Cancel::Poll).unwrap_err().code(), Code::State);
    drop(inner);
    // Other tests may take the number at the same time; then the socket has another one.
    let (ours, mut peer) = pair();
    let ours = if raw(&ours) as RawWaitable == number { ours } else { std::mem::replace(&mut peer, ours) };
    let socket = event_loop.open(5).adopt(ours.into()).unwrap();
    event_loop.at(socket).unwrap().receive().unwrap();
    event_loop.hosting().leave(guest).unwrap();
    assert_eq!(event_loop.hosting().leave(guest).unwrap_err().code(), Code::Gone);
    peer.write_all(b"x").unwrap();
    let done = next(&mut event_loop);
    assert!(done.socket == socket && matches!(done.event, Event::Received(Ok(1))), "{done:?}");
}

/// A descriptor that its owner closed before its id is let go of all the same.
#[test]
fn a_watched_descriptor_may_be_closed_first() {
    let mut event_loop = new_loop();
    let (ours, _peer) = pair();
    let watched = event_loop.open(5).watch(raw(&ours)).unwrap();
    event_loop.at(watched).unwrap().poll(Interest::READABLE).unwrap();
    drop(ours);
    event_loop.at(watched).unwrap().close().unwrap();
    assert_eq!(event_loop.at(watched).unwrap_err().code(), Code::Gone);
    assert_quiet(&mut event_loop);
}

/// The handle of a loop is readable when its next call has something to do.
#[test]
fn a_loop_nests_in_another_by_its_handle() {
    let mut event_loop = new_loop();
    let is_readable = |event_loop: &EventLoop| is_signalled(event_loop.handle(), Duration::ZERO);
    event_loop.flush().unwrap();
    assert!(!is_readable(&event_loop));
    event_loop.poster().ring().unwrap();
    assert!(is_readable(&event_loop));
    assert_eq!(next(&mut event_loop).token, 0);
    assert_quiet(&mut event_loop);
    assert!(!is_readable(&event_loop));
}
