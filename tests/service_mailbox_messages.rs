//! Messages by mailbox: of other threads to one connection, to a topic, and what is told of those that do not arrive.
#![cfg(feature = "service")]

mod service_support;

use service_support::websocket::*;
use service_support::*;
use std::thread;
use wireway::error::Code;
use wireway::service::{Config, EventKind, Group, Id, Mailbox, Posted, Slow};
use wireway::websocket::machine::Part;

const TEXT: Part = Part::whole(true);

fn config() -> Config {
    let mut config = Config::new();
    (config.conn.limits.high_water, config.conn.limits.low_water) = (100, 50);
    config
}

#[track_caller]
fn post(mailbox: &Mailbox, id: Id, text: &str, slow: Slow, token: u64) {
    assert_eq!(mailbox.send_message(id, TEXT, text.as_bytes(), slow, token, token != 0), Ok(Posted::Queued));
}

#[test]
fn messages_of_another_thread_come_in_order_and_without_an_event() {
    let mut h = Harness::new();
    let (mut client, id) = h.open();
    let (mut other, second) = h.open();
    h.server.calls().subscribe(second, b"a").unwrap();
    let mailbox = h.server.mailbox();
    let poster = thread::spawn(move || {
        for number in 0..1000 {
            post(&mailbox, id, &number.to_string(), Slow::Waits, 1);
            assert_eq!(mailbox.publish(b"a", TEXT, number.to_string().as_bytes(), Slow::Waits), Ok(Posted::Queued));
        }
    });
    let expected: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    assert_eq!(unclog(&mut h, &mut client, "999").0, expected);
    assert_eq!(unclog(&mut h, &mut other, "999").0, expected);
    poster.join().unwrap();
    assert!(h.rest().is_empty());
}

#[test]
fn what_is_no_message_is_refused_to_its_poster() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let part = Part { last: false, ..TEXT };
    let message = |part, octets| mailbox.send_message(Id::NONE, part, octets, Slow::Waits, 1, true).unwrap_err().code();
    assert_eq!((message(TEXT, b"\xff"), message(part, b"x")), (Code::Utf8, Code::Argument));
    let publish = |part, octets| mailbox.publish(b"a", part, octets, Slow::Waits).unwrap_err().code();
    assert_eq!((publish(TEXT, b"\xff"), publish(part, b"x")), (Code::Utf8, Code::Argument));
    assert!(h.rest().is_empty());
    drop(h);
    assert_eq!(message(TEXT, b"x"), Code::Gone);
    assert_eq!(publish(TEXT, b"x"), Code::Gone);
}

#[test]
fn what_does_not_arrive_is_told_where_that_is_asked_for() {
    let mut h = Harness::with(&config());
    let (gone, dead) = h.connect();
    drop(gone);
    h.closed(dead);
    let (_plain, http) = h.connect();
    let mailbox = h.server.mailbox();
    post(&mailbox, dead, "x", Slow::Waits, 0);
    post(&mailbox, dead, "x", Slow::Waits, 1);
    post(&mailbox, http, "x", Slow::Waits, 2);
    for (id, token, code) in [(dead, 1, Code::Gone), (http, 2, Code::State)] {
        let event = h.event();
        assert_eq!((event.id, event.kind), (id, EventKind::Undelivered(token, code)));
    }
}

/// Nobody reads: each post is looked at while the connection is slow.
#[test]
fn each_policy_tells_of_what_is_lost() {
    let mut h = Harness::with(&config());
    let (client, id) = h.open();
    clog_for_good(&mut h, id);
    let mailbox = h.server.mailbox();
    post(&mailbox, id, "missed", Slow::Misses, 1);
    assert_eq!(h.event().kind, EventKind::Undelivered(1, Code::Slow));
    post(&mailbox, id, "replaced", Slow::Newest(9), 2);
    post(&mailbox, id, "newest", Slow::Newest(9), 3);
    assert_eq!(h.event().kind, EventKind::Undelivered(2, Code::Slow));
    post(&mailbox, id, "waits, untold", Slow::Waits, 0);
    post(&mailbox, id, "waits", Slow::Waits, 4);
    assert!(h.rest().is_empty(), "they wait");
    post(&mailbox, id, "closes", Slow::Closes, 5);
    let mut told: Vec<EventKind> = (0..3).map(|_| h.event().kind).collect();
    told.sort_by_key(|what| if let EventKind::Undelivered(token, _) = what { *token } else { u64::MAX });
    assert_eq!(told, [3, 4, 5].map(|token| EventKind::Undelivered(token, Code::Slow)));
    drop(client);
}

#[test]
fn what_waits_is_told_of_when_its_connection_ends() {
    let mut h = Harness::with(&config());
    let (client, id) = h.open();
    clog_for_good(&mut h, id);
    let mailbox = h.server.mailbox();
    post(&mailbox, id, "waits", Slow::Waits, 4);
    assert!(h.rest().is_empty());
    h.server.calls().abort(id).unwrap();
    assert_eq!(h.closed(id), None);
    let event = h.event();
    assert_eq!((event.id, event.kind), (id, EventKind::Undelivered(4, Code::Gone)));
    drop(client);
}

/// The octets of a message count in the mailbox until it is sent or waits elsewhere.
#[test]
fn a_full_mailbox_takes_no_message() {
    let mut config = Config::new();
    config.post_octets_max = 5000;
    let mut h = Harness::with(&config);
    let (_client, id) = h.open();
    let mailbox = h.server.mailbox();
    let text = [0x61; 500];
    let send = || mailbox.send_message(id, TEXT, &text, Slow::Waits, 0, false);
    let publish = || mailbox.publish(b"a", TEXT, &text, Slow::Waits);
    for _ in 0..3 {
        let sent = (0..20).take_while(|_| send() == Ok(Posted::Queued)).count();
        assert!((2..10).contains(&sent) && publish() == Ok(Posted::Full), "{sent}");
        assert!(h.rest().is_empty());
        let published = (0..20).take_while(|_| publish() == Ok(Posted::Queued)).count();
        assert!((2..10).contains(&published) && send() == Ok(Posted::Full), "{published}");
        assert!(h.rest().is_empty());
    }
}

/// What one publishes those of the other hear too, once.
#[test]
fn a_group_publishes_on_all_its_servers() {
    let (mut here, mut there) = (Harness::new(), Harness::new());
    let (mut first, one) = here.open();
    let (mut second, two) = there.open();
    here.server.calls().subscribe(one, b"a").unwrap();
    there.server.calls().subscribe(two, b"a").unwrap();
    let group = Group::new();
    for _ in 0..2 {
        here.server.join(&group).unwrap();
        there.server.join(&group).unwrap();
    }
    assert_eq!(here.server.join(&Group::new()).unwrap_err().code(), Code::State);
    assert_eq!(here.server.messages().publish(b"a", TEXT, b"from here", Slow::Waits), Ok(1), "of this server's");
    assert_eq!(unclog(&mut there, &mut second, "from here").0, ["from here"]);
    assert_eq!(there.server.messages().publish(b"a", TEXT, b"from there", Slow::Waits), Ok(1));
    assert_eq!(unclog(&mut here, &mut first, "from there").0, ["from here", "from there"]);
    assert_eq!(here.server.messages().publish(b"a", TEXT, b"end", Slow::Waits), Ok(1));
    assert_eq!(unclog(&mut here, &mut first, "end").0, ["end"]);
    assert_eq!(unclog(&mut there, &mut second, "end").0, ["from there", "end"]);
    assert_eq!(here.server.mailbox().publish(b"a", TEXT, b"by mailbox", Slow::Waits), Ok(Posted::Queued));
    assert_eq!(unclog(&mut here, &mut first, "by mailbox").0, ["by mailbox"]);
    assert_eq!(unclog(&mut there, &mut second, "by mailbox").0, ["by mailbox"], "once, and not sent back");
    assert!(here.rest().is_empty() && there.rest().is_empty());
}

#[test]
fn a_member_that_takes_no_more_is_counted_and_one_that_ended_forgotten() {
    let mut config = Config::new();
    config.posts_max = 2;
    let (mut here, mut there) = (Harness::new(), Harness::with(&config));
    let group = Group::new();
    here.server.join(&group).unwrap();
    there.server.join(&group).unwrap();
    for _ in 0..5 {
        assert_eq!(here.server.messages().publish(b"a", TEXT, b"x", Slow::Waits), Ok(0));
    }
    assert_eq!(here.server.stats().unposted, 3);
    drop(there);
    assert_eq!(here.server.messages().publish(b"a", TEXT, b"x", Slow::Waits), Ok(0));
    assert_eq!(here.server.stats().unposted, 3);
}
