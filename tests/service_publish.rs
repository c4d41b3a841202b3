//! Topics, and messages that are made once for all who hear them.
#![cfg(feature = "service")]

mod service_support;

use service_support::websocket::*;
use service_support::*;
use wireway::conn::{Prepared, Write};
use wireway::error::Code;
use wireway::service::{Config, Id, Slow};
use wireway::websocket::machine::Part;

const TEXT: Part = Part::whole(true);

#[test]
fn only_subscribers_get_a_published_message() {
    let mut h = Harness::new();
    let (mut first, one) = h.open();
    let (mut second, two) = h.open();
    let (mut third, three) = h.open();
    for (id, topic) in [(one, "a"), (two, "a"), (two, "b"), (three, "b")] {
        h.server.calls().subscribe(id, topic.as_bytes()).unwrap();
    }
    assert_eq!(h.server.messages().publish(b"a", TEXT, b"to a", Slow::Waits), Ok(2));
    assert_eq!(h.server.messages().publish(b"b", TEXT, b"to b", Slow::Waits), Ok(2));
    assert_eq!(h.server.messages().publish(b"c", TEXT, b"to nobody", Slow::Waits), Ok(0));
    assert_eq!(h.server.calls().unsubscribe(two, b"a"), Ok(true));
    assert_eq!(h.server.messages().publish(b"a", TEXT, b"again", Slow::Waits), Ok(1));
    h.flush();
    expect_text(&mut first, "to a");
    expect_text(&mut first, "again");
    expect_text(&mut second, "to a");
    expect_text(&mut second, "to b");
    expect_text(&mut third, "to b");
    drop((first, second, third));
    for _ in 0..3 {
        h.event();
        h.event();
    }
    assert_eq!(h.server.messages().publish(b"a", TEXT, b"to nobody", Slow::Waits), Ok(0), "they are gone");
}

#[test]
fn what_is_no_whole_message_is_published_to_nobody() {
    let mut h = Harness::new();
    let (_client, id) = h.open();
    h.server.calls().subscribe(id, b"a").unwrap();
    let mut refused = |part, octets| h.server.messages().publish(b"a", part, octets, Slow::Waits).unwrap_err().code();
    assert_eq!(refused(TEXT, b"\xff"), Code::Utf8);
    assert_eq!(refused(Part { last: false, ..TEXT }, b"x"), Code::Argument);
    h.rest();
    assert_eq!(
        h.server.messages().send_prepared(Id::NONE, &Prepared::new(TEXT, b"x").unwrap()).unwrap_err().code(),
        Code::Gone
    );
}

/// Those who agreed on it hear the very octets that were compressed once; the others hear it plain.
#[cfg(feature = "deflate")]
#[test]
fn each_subscriber_gets_a_message_in_its_agreed_encoding() {
    let mut config = Config::new();
    config.conn.deflate.enabled = true;
    let mut h = Harness::with(&config);
    let (mut plain, one) = h.open();
    let (mut packed, two) = h.open_with(DEFLATE);
    let (mut other, three) = h.open_with(DEFLATE);
    for id in [one, two, three] {
        h.server.calls().subscribe(id, b"a").unwrap();
    }
    let text = "wireway ".repeat(100);
    let part = Part { compressed: true, ..TEXT };
    assert_eq!(h.server.messages().send_message(three, part, text.as_bytes()), Ok(Write::Queued));
    assert_eq!(h.server.messages().publish(b"a", part, text.as_bytes(), Slow::Waits), Ok(3));
    assert_eq!(h.server.messages().publish(b"a", TEXT, text.as_bytes(), Slow::Waits), Ok(3));
    h.flush();
    frame(&mut other);
    let (first, payload) = frame(&mut packed);
    assert!(first == 0xc1 && payload.len() < 100);
    assert_eq!(frame(&mut other), (0xc1, payload), "of what was said before nothing is referred to");
    for client in [&mut plain, &mut packed, &mut other] {
        expect_text(client, &text);
    }
    expect_text(&mut plain, &text);
}

/// Lets the application do what a client asks for: to be subscribed to the topic that a message names. Whether it was.
fn subscribe_as_asked(h: &mut Harness, id: Id) -> Result<(), Code> {
    let asked = h.conn_event(id);
    let topic = h.octets(asked);
    h.server.calls().subscribe(id, &topic).map_err(|error| error.code())
}

/// A client that subscribes to everything is refused beyond its share; the memory is there for the one beside it, and for a third.
#[test]
fn one_that_subscribes_to_everything_leaves_room_for_others() {
    let config = Config { memory_max: 1 << 20, topics_conn_max: 500, ..Config::new() };
    let mut h = Harness::with(&config);
    let (mut innocent, one) = h.open();
    let (mut guilty, two) = h.open();
    h.server.calls().subscribe(one, b"news").unwrap();
    for number in 0..5000 {
        say(&mut guilty, 0x81, format!("{number:0125}").as_bytes());
        assert_eq!(subscribe_as_asked(&mut h, two).err(), (number >= 500).then_some(Code::Limit), "{number}");
    }
    say(&mut innocent, 0x81, b"more");
    assert_eq!(subscribe_as_asked(&mut h, one), Ok(()));
    let (mut third, three) = h.open();
    h.server.calls().subscribe(three, b"more").unwrap();
    assert_eq!(h.server.messages().publish(b"news", TEXT, b"to one", Slow::Waits), Ok(1));
    assert_eq!(h.server.messages().publish(b"more", TEXT, b"to both", Slow::Waits), Ok(2));
    h.flush();
    expect_text(&mut innocent, "to one");
    expect_text(&mut innocent, "to both");
    expect_text(&mut third, "to both");
}

/// Without a share the memory of the server ends: what was subscribed before stays, and with the guilty one its memory comes back.
#[test]
fn without_memory_a_subscription_fails_and_the_others_stay() {
    let config = Config { memory_max: 1 << 20, topics_conn_max: usize::MAX, ..Config::new() };
    let mut h = Harness::with(&config);
    let (mut innocent, one) = h.open();
    let (guilty, two) = h.open();
    h.server.calls().subscribe(one, b"news").unwrap();
    let mut topics = (0..10_000).map(|number| format!("{number:0255}"));
    let refused = topics.find_map(|topic| h.server.calls().subscribe(two, topic.as_bytes()).err());
    assert_eq!(refused.unwrap().code(), Code::Nomem);
    let last = topics.next().unwrap();
    assert_eq!(h.server.calls().subscribe(one, last.as_bytes()).unwrap_err().code(), Code::Nomem);
    assert_eq!(h.server.messages().publish(b"news", TEXT, b"still there", Slow::Waits), Ok(1));
    h.server.flush();
    expect_text(&mut innocent, "still there");
    reset_on_close(&guilty);
    drop(guilty);
    while h.server.stats().open > 1 {
        h.event();
    }
    assert_eq!(h.server.calls().subscribe(one, last.as_bytes()), Ok(()));
}
