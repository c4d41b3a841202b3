//! Memory: what is given back, what is bounded, and what failure leaves behind.

use super::rig::{OK, Rig, STREAM};
use wireway::conn::{Config, Event, File, Response, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::memory::Heap;

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Releases of many small pieces cost by their number, not by its square: a million would not end.
#[test]
fn a_million_empty_pieces_are_released() {
    let mut rig = Rig::tunnels();
    rig.feed(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    rig.conn.http1(&mut rig.ws).switch(&Response { content: b"", ..OK }, std::iter::empty()).unwrap();
    let octets = [0u8; 1];
    let count = 100_000;
    for token in 0..count {
        rig.conn.http1(&mut rig.ws).send_lent(&octets, token).unwrap();
    }
    rig.conn.abort(&mut rig.ws, 0);
    let tokens: Vec<_> = std::iter::from_fn(|| rig.next().ok()).collect();
    assert_eq!(tokens.len() as u64, count + 1);
}

/// Every allocation of an exchange fails once: what is answered is all or nothing, and all memory comes back.
#[test]
fn an_exchange_within_any_budget_is_all_or_nothing() {
    for max in (0..40_000).step_by(509) {
        let heap = Heap::new(max);
        let mut rig = Rig::within(Config::new(Role::Server), heap, 1 << 20);
        let (mut answered, mut output) = (0, String::new());
        for cut in 1..3 {
            rig.receive(&GET[..GET.len() / cut]);
            let lent_to: &mut [u8] = &mut rig.lent;
            let first = rig.conn.next(&mut rig.ws, lent_to);
            if first == Ok(Ok(Event::Request { last: true })) {
                let before = rig.conn.queued();
                match rig.respond(Response { content: &[b'x'; 5000], ..OK }) {
                    Ok(_) => answered += 1,
                    Err(error) => assert_eq!((error.code(), rig.conn.queued()), (Code::Nomem, before)),
                }
            }
            output += &rig.flush();
            rig.lends = first.is_ok_and(|first| first.is_ok());
            loop {
                let lent: &mut [u8] = if rig.lends { &mut rig.lent } else { &mut [] };
                match rig.conn.next(&mut rig.ws, lent) {
                    Ok(Ok(_)) => {}
                    _ => break,
                }
            }
        }
        output += &rig.flush();
        assert_eq!(output.matches("HTTP/1.1 200").count(), answered);
        rig.close();
        let Rig { ws, conn, .. } = rig;
        let used = ws.heap().clone();
        drop((conn, ws));
        assert_eq!(used.used(), 0, "budget {max}");
    }
}

/// A connection within `max` octets that has begun an answer, unless memory did not suffice for that.
fn streaming(max: usize) -> Option<Rig> {
    let mut rig = Rig::within(Config::new(Role::Server), Heap::new(max), 1 << 20);
    rig.receive(GET);
    let event = rig.conn.next(&mut rig.ws, &mut rig.lent);
    let begun = event == Ok(Ok(Event::Request { last: true })) && rig.respond(STREAM).is_ok();
    begun.then_some(rig)
}

/// A chunk that is lent fails whole or is queued whole.
#[test]
fn lent_chunks_are_all_or_nothing() {
    let octets = [0u8; 10];
    for max in (6000..30_000).step_by(251) {
        let Some(mut rig) = streaming(max) else { continue };
        let mut due = Vec::new();
        for token in 0..20 {
            let before = rig.conn.queued();
            match rig.conn.http1(&mut rig.ws).send_lent(&octets, token) {
                Ok(_) => due.push(Event::Released(token)),
                Err(_) => assert_eq!(rig.conn.queued(), before),
            }
        }
        rig.flush();
        assert_eq!(rig.events(), due);
    }
}

/// Every allocation fails once: what was queued was queued whole, what ends says so, and every token comes back.
#[test]
fn files_are_all_or_nothing() {
    for max in (6000..150_000).step_by(509) {
        let Some(mut rig) = streaming(max) else { continue };
        let mut due = Vec::new();
        for token in 0..20 {
            let before = rig.conn.queued();
            match rig.conn.http1(&mut rig.ws).send_file(&File { fd: 5, offset: 0, len: 9000 }, token) {
                Ok(_) => due.push(Event::Released(token)),
                Err(error) => assert_eq!((error.code(), rig.conn.queued()), (Code::Nomem, before)),
            }
        }
        while rig.conn.queued() > 0 {
            let len = rig.shown().len();
            rig.conn.sent(&mut rig.ws, len, 0).unwrap();
            if rig.conn.shown(&rig.ws).file().is_some()
                && let Err(error) = rig.conn.http1(&mut rig.ws).supply_file(|_, room| room.len())
            {
                assert_eq!((error.code(), rig.conn.error()), (Code::Nomem, Some(error)));
                rig.conn.abort(&mut rig.ws, 0);
                due.push(Event::Error(error));
            }
        }
        assert_eq!(rig.events(), due, "budget {max}");
        let heap = rig.ws.heap().clone();
        rig.close();
        drop(rig);
        assert_eq!(heap.used(), 0);
    }
}

/// Where there is no memory for the answer to an error, the peer is not kept waiting for it.
#[test]
fn an_error_without_memory_for_its_answer_ends_the_connection() {
    let mut unanswered = [0, 0];
    let requests = [&b"GET / HTTP/1.1\r\n\r\n"[..], b"GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n"];
    for (request, unanswered) in requests.iter().zip(&mut unanswered) {
        for max in (0..20_000).step_by(97) {
            let mut rig = Rig::within(Config::new(Role::Server), Heap::new(max), 1 << 20);
            rig.receive(request);
            let mut events = Vec::new();
            loop {
                let lent: &mut [u8] = if rig.lends { &mut rig.lent } else { &mut [] };
                match rig.conn.next(&mut rig.ws, lent) {
                    Ok(Ok(event)) => events.push(event),
                    _ => break,
                }
            }
            let is_refused = events.iter().any(|e| matches!(e, Event::Error(error) if error.code() != Code::Nomem));
            if is_refused && rig.flush().is_empty() {
                assert!(rig.is(bits::CLOSE), "within {max}: {events:?}");
                *unanswered += 1;
            }
        }
    }
    assert!(unanswered.iter().all(|&count| count > 0), "{unanswered:?}");
}
