//! Datagrams of a loop. tests/c/loop/udp.c has what C sees of them, tests/io_datagram what a socket does.

use super::io_support::loopback;
use super::io_support::system::is_wine;
use super::support::{assert_quiet, new_loop, next};
use wireway::error::Code;
use wireway::io::address::Address;
use wireway::io::driver::{Cancel, Sent};
use wireway::io::event_loop::{Event, EventLoop, SocketId};
use wireway::io::socket::{Outgoing, SocketOptions};

fn bound(event_loop: &mut EventLoop) -> (SocketId, Address) {
    let socket = event_loop.open(4).bind_udp(&loopback(), &SocketOptions::default()).unwrap();
    let address = event_loop.at(socket).unwrap().address().unwrap();
    (socket, address)
}

fn send(event_loop: &mut EventLoop, from: SocketId, to: Address, contents: &[&[u8]]) {
    let datagrams: Vec<_> = contents.iter().map(|octets| Outgoing::new(octets, Some(to))).collect();
    assert_eq!(
        event_loop.at(from).unwrap().sends().unwrap().send_datagrams(&datagrams),
        Ok(Sent::Done(contents.len()))
    );
}

/// The contents of all datagrams until there are `count`.
fn received(event_loop: &mut EventLoop, count: usize) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    while all.len() < count {
        let done = next(event_loop);
        assert!(matches!(done.event, Event::Datagrams(Ok(()))) && done.token == 4, "{done:?}");
        let batch = event_loop.datagrams().expect("a batch");
        all.extend(batch.iter().map(|datagram| datagram.octets().to_vec()));
    }
    all
}

#[test]
fn datagrams_come_in_batches_and_none_is_lost_by_a_cancel() {
    let mut event_loop = new_loop();
    let ((from, _), (to, address)) = (bound(&mut event_loop), bound(&mut event_loop));
    event_loop.at(to).unwrap().receive().unwrap();
    assert_eq!(event_loop.at(to).unwrap().receive().unwrap_err().code(), Code::State);
    send(&mut event_loop, from, address, &[b"a", b"", b"ccc"]);
    assert_eq!(received(&mut event_loop, 3), [&b"a"[..], b"", b"ccc"]);
    event_loop.at(to).unwrap().cancel(Cancel::Receive).unwrap();
    send(&mut event_loop, from, address, &[b"kept"]);
    assert_quiet(&mut event_loop);
    event_loop.at(to).unwrap().receive().unwrap();
    assert_eq!(received(&mut event_loop, 1), [b"kept"]);
}

/// Room is told beside input, and once.
#[test]
fn room_and_input_of_one_socket_do_not_hide_each_other() {
    let mut event_loop = new_loop();
    let (socket, address) = bound(&mut event_loop);
    send(&mut event_loop, socket, address, &[b"to itself"]);
    event_loop.at(socket).unwrap().receive().unwrap();
    event_loop.at(socket).unwrap().sends().and_then(|sends| sends.room()).unwrap();
    assert_eq!(event_loop.at(socket).unwrap().sends().and_then(|sends| sends.room()).unwrap_err().code(), Code::State);
    let mut seen = [next(&mut event_loop).event, next(&mut event_loop).event].map(|event| format!("{event:?}"));
    seen.sort();
    assert_eq!(seen, ["Datagrams(Ok(()))", "Sent(Ok(0))"]);
    event_loop.at(socket).unwrap().sends().and_then(|sends| sends.room()).unwrap();
    event_loop.at(socket).unwrap().cancel(Cancel::Send).unwrap();
    assert_quiet(&mut event_loop);
}

#[test]
fn calls_for_streams_are_refused_and_a_released_socket_goes_on() {
    let mut event_loop = new_loop();
    let (socket, address) = bound(&mut event_loop);
    assert_eq!(event_loop.at(socket).unwrap().accept().unwrap_err().code(), Code::State);
    assert_eq!(event_loop.at(socket).unwrap().shutdown_write().unwrap_err().code(), Code::State);
    let released = event_loop.at(socket).unwrap().release().unwrap().expect("nothing is held").expect("a socket");
    assert_eq!(released.local_address().unwrap(), address);
    assert_eq!(event_loop.at(socket).unwrap_err().code(), Code::Gone);
    let adopted = event_loop.open(4).adopt(released.into()).unwrap();
    event_loop.at(adopted).unwrap().receive().unwrap();
    send(&mut event_loop, adopted, address, &[b"again"]);
    assert_eq!(received(&mut event_loop, 1), [b"again"]);
}

/// A sender that asks for room each time it has some does not keep itself from receiving.
#[test]
fn room_that_is_always_asked_for_hides_no_input() {
    let mut event_loop = new_loop();
    let (socket, address) = bound(&mut event_loop);
    event_loop.at(socket).unwrap().receive().unwrap();
    send(&mut event_loop, socket, address, &[b"a"]);
    let mut rooms = 0;
    event_loop.at(socket).unwrap().sends().unwrap().room().unwrap();
    while !matches!(next(&mut event_loop).event, Event::Datagrams(Ok(()))) {
        rooms += 1;
        assert!(rooms < 100, "the input waits for ever");
        event_loop.at(socket).unwrap().sends().unwrap().room().unwrap();
    }
}

/// News of ICMP that a send comes upon is told, though the socket does not become ready for it.
#[test]
fn a_refusal_is_told_even_if_a_send_meets_it_first() {
    if is_wine() {
        return;
    }
    let mut event_loop = new_loop();
    let ((socket, _), (other, other_at), (_good, good_at)) =
        (bound(&mut event_loop), bound(&mut event_loop), bound(&mut event_loop));
    let connect = |event_loop: &mut EventLoop, socket: SocketId, to: &Address| {
        event_loop.at(socket).unwrap().datagram().unwrap().connect(to).unwrap();
    };
    // Connected to itself, it takes nothing from this socket; nobody else has its port.
    connect(&mut event_loop, other, &other_at);
    event_loop.at(socket).unwrap().receive().unwrap();
    for to in [other_at, good_at] {
        connect(&mut event_loop, socket, &to);
        let sends = event_loop.at(socket).unwrap().sends().unwrap();
        assert_eq!(sends.send_datagrams(&[Outgoing::new(b"x", None)]), Ok(Sent::Done(1)));
    }
    assert!(matches!(next(&mut event_loop).event, Event::Undelivered(_)));
}
