//! Unread input that all connections of a workspace hold together: who holds most pays, and who holds nothing is read (H1-LIM-07).

use super::peer::{GET, HELD_MAX, MUCH, Peer, is_served, workspace};
use super::rig::{OK, STREAM};
use wireway::conn::{Event, NotReady, Response, Write, bits};
use wireway::error::Code;

const POST: &[u8] = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n";

#[test]
fn h1_lim_07_many_that_hold_much_do_not_stop_the_one_that_holds_nothing() {
    let mut ws = workspace();
    let mut innocent = Peer::new(&mut ws);
    is_served(&mut ws, &mut innocent);
    let mut guilty: Vec<_> = (0..50).map(|_| Peer::new(&mut ws)).collect();
    for peer in &mut guilty {
        assert_eq!(peer.feed(&mut ws, &[GET, &[b'G'; 4000]].concat()), [Event::Request { last: true }]);
        is_served(&mut ws, &mut innocent);
    }
    assert!(ws.evicted().0 >= 45, "{:?}", ws.evicted());
    assert!(ws.heap().used() < 2 * HELD_MAX + (64 << 10), "{} octets", ws.heap().used());
    assert!(guilty.iter().all(|peer| !peer.wants_input(&ws)), "as little as possible is read behind a request");
    for peer in &mut guilty {
        peer.conn.release(&mut ws);
    }
    is_served(&mut ws, &mut innocent);
}

#[test]
fn h1_lim_07_an_evicted_connection_gets_its_answer_with_close_and_is_not_read() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    peer.pipeline(&mut ws);
    assert_eq!(ws.evicted(), (1, 0));
    assert!(!peer.wants_input(&ws) && !peer.has_events(&ws));
    assert_eq!(peer.next(&mut ws), Err(NotReady::Paused), "the answer is due, and nothing else");
    assert!(peer.conn.http1(&mut ws).respond_ok(b"x", std::iter::empty()).is_none(), "not in the fast way");
    peer.respond(&mut ws, &OK);
    let sent = peer.sent(&mut ws);
    assert!(sent.contains("\r\nConnection: close\r\n") && sent.ends_with("\r\n\r\nok"), "{sent}");
    assert_eq!(peer.events(&mut ws), []);
    assert_ne!(peer.conn.state(&ws) & bits::SHUTDOWN_WRITE, 0);
    assert!(peer.wants_input(&ws), "what still comes is discarded, so that no reset overtakes the answer");
    assert_eq!(peer.feed(&mut ws, b"GGG"), []);
    peer.conn.receive_eof(&mut ws, true, 0);
    assert_ne!(peer.conn.state(&ws) & bits::CLOSE, 0);
}

#[test]
fn h1_lim_07_a_streamed_answer_goes_on_and_the_request_behind_it_is_refused() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    assert_eq!(peer.feed(&mut ws, GET), [Event::Request { last: true }]);
    peer.respond(&mut ws, &STREAM);
    assert_eq!(peer.feed(&mut ws, &[b'G'; MUCH]), []);
    assert_eq!(ws.evicted().0, 1);
    assert!(!peer.has_events(&ws), "the answer comes first");
    assert_eq!(peer.conn.http1(&mut ws).send(b"content"), Ok(Write::Queued));
    assert_eq!(peer.conn.http1(&mut ws).finish(std::iter::empty()), Ok(Write::Queued));
    peer.expect_error(&mut ws);
    let sent = peer.sent(&mut ws);
    let (answer, refusal) = sent.split_once("0\r\n\r\n").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && refusal.starts_with("HTTP/1.1 503 "), "{sent}");
    assert!(refusal.contains("Connection: close\r\n"));
}

#[test]
fn h1_lim_07_a_part_of_a_head_is_answered_with_503() {
    let mut ws = workspace();
    let (mut innocent, mut other) = (Peer::new(&mut ws), Peer::new(&mut ws));
    let head = [&GET[..GET.len() - 2], b"X: ", &[b'y'; 8000]].concat();
    let mut peers = [(); 3].map(|()| Peer::new(&mut ws));
    for peer in &mut peers {
        assert_eq!(peer.feed(&mut ws, &head), []);
        is_served(&mut ws, &mut innocent);
    }
    assert_eq!(ws.evicted().0, 1);
    let [mut first, second, third] = peers;
    assert!(!second.has_events(&ws) && !third.has_events(&ws), "the first of equal ones pays");
    first.expect_error(&mut ws);
    let sent = first.sent(&mut ws);
    assert!(sent.starts_with("HTTP/1.1 503 ") && sent.contains("Connection: close\r\n"), "{sent}");
    other.pipeline(&mut ws);
    assert!(!second.has_events(&ws) && !third.has_events(&ws), "the other holds more");
}

#[test]
fn h1_lim_07_content_that_is_paused_and_lost_is_an_error() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    peer.receive(&mut ws, &[POST, &[b'x'; MUCH]].concat());
    assert_eq!(peer.next(&mut ws), Ok(Event::Request { last: false }));
    peer.conn.pause();
    let told = peer.next(&mut ws);
    assert!(matches!(told, Ok(Event::Error(error)) if error.code() == Code::Nomem), "{told:?}");
    assert!(peer.next(&mut ws).is_err(), "paused or not, the error is answered now");
    assert!(peer.sent(&mut ws).starts_with("HTTP/1.1 503 "));
}

#[test]
fn h1_lim_07_what_an_event_points_into_stays() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    // A head, and behind it content, both held.
    assert_eq!(peer.feed(&mut ws, &POST[..20]), []);
    peer.receive(&mut ws, &[&POST[20..], &[b'x'; 10_000]].concat());
    assert_eq!(peer.next(&mut ws), Ok(Event::Request { last: false }));
    let (head, _) = peer.conn.shown(&ws).head().expect("a head");
    let at = head.base as usize + head.parsed.target.offset as usize;
    let mut others: Vec<_> = (0..3).map(|_| Peer::new(&mut ws)).collect();
    for other in &mut others {
        other.pipeline(&mut ws);
    }
    assert_eq!(ws.evicted().0, 3, "each of them pays for itself");
    assert_eq!(peer.conn.shown(&ws).held()[at], b'/');
    assert!(peer.events(&mut ws).iter().all(|event| matches!(event, Event::Data { .. })));
}

#[test]
fn h1_lim_07_no_switch_of_protocols_hides_that_octets_are_missing() {
    const CONNECT: &[u8] = b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n";
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    assert_eq!(peer.feed(&mut ws, &[CONNECT, &[b'x'; MUCH]].concat()), [Event::Request { last: true }]);
    assert!(!peer.has_events(&ws));
    let switched = peer.conn.http1(&mut ws).switch(&Response { content: b"", ..OK }, std::iter::empty());
    assert_eq!(switched, Ok(Write::Queued));
    peer.expect_error(&mut ws);
}

#[test]
fn h1_lim_07_the_end_of_an_evicted_peer_is_noticed() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    peer.pipeline(&mut ws);
    peer.conn.receive_eof(&mut ws, true, 0);
    assert_eq!(peer.events(&mut ws), [Event::PeerEnded]);
    peer.respond(&mut ws, &OK);
    assert!(peer.sent(&mut ws).contains("Connection: close"));
    assert_ne!(peer.conn.state(&ws) & bits::CLOSE, 0, "nobody is waited for");
}

/// The end is announced behind octets that were not read: they are read, and the end is heard in its place.
#[test]
fn h1_conn_08_an_announced_end_loses_nothing() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    assert_eq!(peer.feed(&mut ws, &[GET, GET].concat()), [Event::Request { last: true }]);
    assert!(!peer.wants_input(&ws));
    peer.conn.announce_end(0);
    assert_eq!(peer.events(&mut ws), [Event::PeerEnded], "told once of each request, and nothing is cancelled");
    for _ in 0..2 {
        peer.respond(&mut ws, &OK);
        let sent = peer.sent(&mut ws);
        assert!(sent.starts_with("HTTP/1.1 200 ") && !sent.contains("Connection"), "{sent}");
        let events = peer.events(&mut ws);
        assert!(events.is_empty() || events == [Event::Request { last: true }, Event::PeerEnded]);
    }
    let last = [Event::Request { last: true }, Event::PeerEnded];
    assert_eq!(peer.feed(&mut ws, GET), last, "the last octets before the end");
    peer.conn.receive_eof(&mut ws, true, 0);
    assert_eq!(peer.events(&mut ws), []);
    peer.respond(&mut ws, &OK);
    assert!(peer.sent(&mut ws).contains("Connection: close"));
    assert_ne!(peer.conn.state(&ws) & bits::CLOSE, 0);
}

#[test]
fn a_connection_reports_the_memory_it_holds() {
    let mut ws = workspace();
    let mut peer = Peer::new(&mut ws);
    assert_eq!(peer.conn.shown(&ws).memory(), 0);
    assert_eq!(peer.feed(&mut ws, &[GET, &[b'G'; 5000]].concat()), [Event::Request { last: true }]);
    assert!((5000..6000).contains(&peer.conn.shown(&ws).memory()), "{}", peer.conn.shown(&ws).memory());
    let content = [b'x'; 50_000];
    peer.respond(&mut ws, &Response { content: &content, ..OK });
    assert!((55_000..62_000).contains(&peer.conn.shown(&ws).memory()), "{}", peer.conn.shown(&ws).memory());
    peer.conn.abort(&mut ws, 0);
    peer.events(&mut ws);
    assert_eq!(peer.conn.shown(&ws).memory(), 0);
}
