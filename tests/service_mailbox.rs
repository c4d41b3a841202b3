//! The mailbox: posts and responses of other threads, reports, limits, and its life after the server.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::thread;
use wireway::conn::Response;
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{Config, EventKind, Id, Posted};

#[test]
fn posts_of_another_thread_come_in_order() {
    let mut h = Harness::new();
    let (_client, id) = h.connect();
    let mailbox = h.server.mailbox();
    let poster = thread::spawn(move || {
        for token in 0..1000 {
            assert_eq!(mailbox.post(id, format!("post {token}").as_bytes(), token, false), Ok(Posted::Queued));
        }
    });
    for token in 0..1000 {
        let event = h.event();
        assert_eq!((event.id, event.kind), (id, EventKind::Post(token)));
        assert_eq!(h.server.posted(), format!("post {token}").as_bytes());
    }
    poster.join().unwrap();
    assert!(h.rest().is_empty());
    assert!(h.server.posted().is_empty(), "the octets end with their event");
}

#[test]
fn a_post_wakes_a_waiting_server_and_may_be_for_no_connection() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let poster = thread::spawn(move || mailbox.post(Id::NONE, b"for the server", 9, true));
    let event = h.event();
    assert_eq!((event.id, event.kind), (Id::NONE, EventKind::Post(9)));
    assert_eq!(h.server.posted(), b"for the server");
    assert_eq!(poster.join().unwrap(), Ok(Posted::Queued));
}

#[test]
fn another_thread_answers_a_request() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    let mailbox = h.server.mailbox();
    let worker = thread::spawn(move || {
        let reason = String::from("Fine");
        let (name, value) = (String::from("X-Worker"), String::from("one"));
        let field = FieldRef { name: name.as_bytes(), value: value.as_bytes() };
        let response = Response { reason: reason.as_bytes(), ..response("by another thread") };
        mailbox.respond(id, &response, [field].into_iter(), 1, true)
    });
    assert_eq!(worker.join().unwrap(), Ok(Posted::Queued));
    assert!(h.rest().is_empty(), "a response that arrives is no event");
    let (head, content) = read_response(&mut client);
    assert!(head.starts_with("HTTP/1.1 200 Fine\r\n") && head.contains("\r\nX-Worker: one\r\n"), "{head}");
    assert_eq!(content, "by another thread");
    assert_eq!(h.server.stats().responses, 1);
}

#[test]
fn what_does_not_arrive_is_reported_when_asked_for() {
    let mut h = Harness::new();
    let (client, id) = h.connect();
    drop(client);
    h.closed(id);
    let mailbox = h.server.mailbox();
    mailbox.post(id, b"late", 1, false).unwrap();
    mailbox.post(id, b"late", 2, true).unwrap();
    mailbox.respond(id, &response("late"), none(), 3, false).unwrap();
    mailbox.respond(id, &response("late"), none(), 4, true).unwrap();
    let reports: Vec<_> = h.rest().iter().map(|event| (event.id, event.kind)).collect();
    let undelivered = |token| (id, EventKind::Undelivered(token, Code::Gone));
    assert_eq!(reports, [undelivered(2), undelivered(4)]);
}

#[test]
fn a_response_that_the_connection_refuses_is_reported_with_the_reason() {
    let mut h = Harness::new();
    let (_client, id) = h.connect();
    let mailbox = h.server.mailbox();
    mailbox.respond(id, &response("unasked"), none(), 5, true).unwrap();
    assert_eq!(h.event().kind, EventKind::Undelivered(5, Code::State));
}

#[test]
fn a_response_is_refused_to_its_poster_when_it_cannot_be_sent() {
    let h = Harness::new();
    let mailbox = h.server.mailbox();
    let split = FieldRef { name: b"X", value: b"a\r\nSet-Cookie: b" };
    let code = |response: &Response<'_>, field: Option<FieldRef<'_>>| {
        mailbox.respond(Id::NONE, response, field.into_iter(), 0, true).unwrap_err().code()
    };
    assert_eq!(code(&response(""), Some(split)), Code::FieldValue);
    assert_eq!(code(&Response { lent: Some(1), ..response("x") }, None), Code::Argument);
}

#[test]
fn a_full_mailbox_takes_no_more_until_posts_are_done() {
    let size = 4096;
    let mut h = Harness::with(&Config { posts_max: 2, post_octets_max: size, ..Config::new() });
    let mailbox = h.server.mailbox();
    assert_eq!(mailbox.post(Id::NONE, &vec![0; size], 0, false), Ok(Posted::Full));
    for _ in 0..3 {
        assert_eq!(mailbox.post(Id::NONE, b"1", 1, false), Ok(Posted::Queued));
        assert_eq!(mailbox.post(Id::NONE, b"2", 2, false), Ok(Posted::Queued));
        assert_eq!(mailbox.post(Id::NONE, b"3", 3, false), Ok(Posted::Full));
        assert_eq!(h.event().kind, EventKind::Post(1));
        assert_eq!(mailbox.post(Id::NONE, b"3", 3, false), Ok(Posted::Full), "the event's octets still count");
        assert_eq!(h.event().kind, EventKind::Post(2));
        assert!(h.rest().is_empty());
    }
}

#[test]
fn a_mailbox_outlives_its_server() {
    let h = Harness::new();
    let mailbox = h.server.mailbox();
    let other = mailbox.clone();
    assert_eq!(mailbox.post(Id::NONE, b"too early to be read", 0, true), Ok(Posted::Queued));
    drop(h);
    assert_eq!(mailbox.post(Id::NONE, b"x", 0, true).unwrap_err().code(), Code::Gone);
    assert_eq!(other.respond(Id::NONE, &response(""), none(), 0, true).unwrap_err().code(), Code::Gone);
    assert_eq!(thread::spawn(move || other.drain(0)).join().unwrap().unwrap_err().code(), Code::Gone);
}

#[test]
fn many_threads_post_at_once() {
    const THREADS: u64 = 8;
    const POSTS: u64 = 2000;
    let mut h = Harness::new();
    let posters: Vec<_> = (0..THREADS)
        .map(|thread| {
            let mailbox = h.server.mailbox();
            thread::spawn(move || {
                for post in 0..POSTS {
                    while mailbox.post(Id::NONE, &thread.to_ne_bytes(), post, false).unwrap() == Posted::Full {
                        thread::yield_now();
                    }
                }
            })
        })
        .collect();
    let mut next = [0; THREADS as usize];
    for _ in 0..THREADS * POSTS {
        let EventKind::Post(token) = h.event().kind else { panic!("not a post") };
        let thread = u64::from_ne_bytes(h.server.posted().try_into().unwrap()) as usize;
        assert_eq!(token, next[thread], "posts of one thread keep their order");
        next[thread] += 1;
    }
    posters.into_iter().for_each(|poster| poster.join().unwrap());
    assert!(h.rest().is_empty());
}
