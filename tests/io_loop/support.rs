//! A loop, and what is waited for.

use super::io_support::{PATIENCE_MS, loopback};
use wireway::error::Error;
use wireway::io::address::Address;
use wireway::io::driver::{Gather, Sent};
use wireway::io::event_loop::{Completion, Config, Event, EventLoop, SocketId, no_guests};
use wireway::io::socket::SocketOptions;

pub fn new_loop() -> EventLoop {
    EventLoop::new(&Config::default()).expect("a loop")
}

/// The next completion, waited for.
pub fn next(event_loop: &mut EventLoop) -> Completion {
    event_loop.next(Some(PATIENCE_MS), no_guests).expect("a wait").expect("a completion in time")
}

/// That nothing is there now. A driver with faults ends waits early, and looks again.
pub fn assert_quiet(event_loop: &mut EventLoop) {
    for _ in 0..3 {
        let done = event_loop.next(Some(0), no_guests).expect("a look");
        assert!(done.is_none(), "{done:?}");
    }
}

/// A listener with token 1, and where it is.
pub fn listening(event_loop: &mut EventLoop) -> (SocketId, Address) {
    let socket = event_loop.open(1).listen(&loopback(), &SocketOptions::default()).expect("a listener");
    let address = event_loop.at(socket).unwrap().address().unwrap();
    event_loop.at(socket).unwrap().accept().unwrap();
    (socket, address)
}

pub fn accepted(event_loop: &mut EventLoop) -> SocketId {
    match next(event_loop) {
        Completion { token: 1, event: Event::Accepted(Ok(socket)), .. } => socket,
        other => panic!("{other:?}"),
    }
}

pub fn send(event_loop: &mut EventLoop, socket: SocketId, octets: &[u8]) -> Result<Sent, Error> {
    let mut gather = Gather::new();
    gather.push(octets);
    event_loop.at(socket)?.sends()?.send(&gather, octets.len() as u64)
}

pub fn send_all(event_loop: &mut EventLoop, socket: SocketId, octets: &[u8]) {
    match send(event_loop, socket, octets).unwrap() {
        Sent::Done(taken) => assert_eq!(taken, octets.len()),
        Sent::Room(taken) => {
            assert!(matches!(next(event_loop).event, Event::Sent(Ok(0))));
            send_all(event_loop, socket, &octets[taken..]);
        }
        Sent::Held => match next(event_loop).event {
            Event::Sent(Ok(taken)) if taken < octets.len() => send_all(event_loop, socket, &octets[taken..]),
            Event::Sent(Ok(_)) => {}
            other => panic!("{other:?}"),
        },
    }
}
