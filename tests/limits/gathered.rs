//! Requests that come whole: where they lie, and what they take.

use crate::phases::with;
use crate::rig::{OK, Rig};
use wireway::conn::{Delivery, Event, NotReady, Response, Window, Write};
use wireway::error::Code;

const HEAD: &[u8] = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";

fn whole() -> Rig {
    with(|config| config.content = Delivery::Whole)
}

/// Lends `octets` and pulls once.
fn pull(rig: &mut Rig, octets: &mut [u8]) -> Result<Event, NotReady> {
    rig.conn.receive(&mut rig.ws, octets.len(), 0).unwrap();
    rig.conn.next(&mut rig.ws, octets).unwrap()
}

#[test]
fn h1_body_10_what_came_whole_lies_where_it_was_received() {
    let mut rig = whole();
    let mut lent = [HEAD, b"hello", HEAD, b"again"].concat();
    let mut at = 0;
    let mut event = pull(&mut rig, &mut lent);
    for content in [&b"hello"[..], b"again"] {
        at += HEAD.len();
        let Ok(Event::Whole { content: span, announced: false }) = event else { panic!("{event:?}") };
        assert_eq!((span.window, span.offset as usize, &lent[at..at + 5]), (Window::Lent, at, content));
        at += 5;
        assert_eq!(rig.conn.shown(&rig.ws).head().unwrap().0.window, Window::Lent);
        assert_eq!(rig.respond(OK), Ok(Write::Queued));
        event = rig.conn.next(&mut rig.ws, &mut lent).unwrap();
    }
    assert_eq!(event, Err(NotReady::Idle));
    // The same where it is asked for, and the lend has all of it.
    let mut rig = with(|_| {});
    assert_eq!(pull(&mut rig, &mut lent), Ok(Event::Request { last: false }));
    rig.conn.http1(&mut rig.ws).gather_content(5).unwrap();
    let event = rig.conn.next(&mut rig.ws, &mut lent).unwrap();
    assert!(
        matches!(event, Ok(Event::Whole { content, announced: true }) if content.window == Window::Lent),
        "{event:?}"
    );
}

#[test]
fn h1_body_10_a_pause_at_the_head_keeps_content_that_is_at_hand() {
    let mut rig = with(|_| {});
    let mut lent = [HEAD, b"hello"].concat();
    assert_eq!(pull(&mut rig, &mut lent), Ok(Event::Request { last: false }));
    rig.conn.http1(&mut rig.ws).gather_content(5).unwrap();
    rig.conn.pause();
    assert_eq!(rig.conn.next(&mut rig.ws, &mut lent), Ok(Err(NotReady::Paused)));
    rig.conn.resume();
    let [Event::Whole { content, announced: true }] = rig.events()[..] else { panic!("the request") };
    assert_eq!(content.len, 5);
}

/// What an event shows is not given up, however much others gather.
#[test]
fn h1_lim_07_an_event_keeps_what_was_gathered() {
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6000\r\n\r\n";
    let (mut shown, mut other) = (whole(), whole());
    shown.ws.limit_messages(10_000);
    shown.feed(head);
    shown.receive(&[b'x'; 6000]);
    let Ok(Event::Whole { content, .. }) = shown.next() else { panic!("the request") };
    assert_eq!((content.window, content.len), (Window::Scratch, 6000));
    let ws = std::mem::replace(&mut shown.ws, wireway::conn::Workspace::new(wireway::memory::Heap::new(0), 0));
    let others = std::mem::replace(&mut other.ws, ws);
    other.feed(head);
    assert!(other.feed(&[b'y'; 5000]).is_empty());
    let scratch = shown.conn.shown(&other.ws).scratch();
    assert_eq!(scratch[content.offset as usize..][..6000], [b'x'; 6000]);
    shown.conn.release(&mut other.ws);
    drop(others);
}

#[test]
fn h1_body_10_it_is_asked_for_at_the_head_and_at_no_other_time() {
    let refused = |rig: &mut Rig| {
        let mut http1 = rig.conn.http1(&mut rig.ws);
        assert_eq!(http1.gather_content(5).unwrap_err().code(), Code::State);
        assert_eq!(http1.limit_content(5).unwrap_err().code(), Code::State);
    };
    let mut rig = with(|_| {});
    refused(&mut rig);
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    refused(&mut rig);
    rig.respond(OK).unwrap();
    rig.flush();
    let mut lent = [HEAD, b"h"].concat();
    assert_eq!(pull(&mut rig, &mut lent), Ok(Event::Request { last: false }));
    assert!(matches!(rig.conn.next(&mut rig.ws, &mut lent).unwrap(), Ok(Event::Data { .. })));
    refused(&mut rig);
    refused(&mut Rig::client());
    // Nor for an answered one.
    let mut rig = with(|_| {});
    assert_eq!(pull(&mut rig, &mut lent), Ok(Event::Request { last: false }));
    rig.respond(OK).unwrap();
    refused(&mut rig);
}

#[test]
fn h1_lim_10_no_more_is_gathered_than_an_event_can_show() {
    let mut rig = with(|config| config.limits.body_max = u64::MAX);
    let mut lent = HEAD.to_vec();
    assert_eq!(pull(&mut rig, &mut lent), Ok(Event::Request { last: false }));
    let mut http1 = rig.conn.http1(&mut rig.ws);
    assert_eq!(http1.gather_content(u64::from(u32::MAX)).unwrap_err().code(), Code::Argument);
    assert_eq!(http1.gather_content(1 << 30), Ok(()));
}

#[test]
fn h1_body_10_what_is_gathered_is_given_back() {
    let mut rig = whole();
    rig.feed(&[HEAD, b"he"].concat());
    assert!(rig.conn.shown(&rig.ws).memory() > HEAD.len());
    rig.feed(b"llo");
    rig.respond(OK).unwrap();
    rig.flush();
    assert_eq!((rig.conn.shown(&rig.ws).memory(), rig.ws.taken()), (0, 0));
    // Also where the answer comes first, and is the last.
    for close in [false, true] {
        let mut rig = with(|_| {});
        let mut lent = [HEAD, b"h"].concat();
        assert_eq!(pull(&mut rig, &mut lent), Ok(Event::Request { last: false }));
        rig.conn.http1(&mut rig.ws).gather_content(5).unwrap();
        assert_eq!(rig.conn.next(&mut rig.ws, &mut lent), Ok(Err(NotReady::NeedInput)));
        assert_eq!(rig.ws.taken(), 1);
        rig.respond(Response { close, ..OK }).unwrap();
        rig.flush();
        assert_eq!(rig.ws.taken(), 0, "{close}");
    }
    // And where it is broken off.
    rig.feed(&[HEAD, b"he"].concat());
    rig.conn.abort(&mut rig.ws, 0);
    assert_eq!(rig.ws.taken(), 0);
}
