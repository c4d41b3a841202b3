//! Lines without a server.

use super::*;
use crate::conn::Prepared;
use crate::error::Code;
use crate::websocket::machine::Part;
use std::sync::Arc;

type Waiting = super::Waiting<&'static str>;

const ALL: usize = 1 << 20;

fn message(text: &str) -> Rc<Message> {
    Message::new(Arc::new(Prepared::new(Part::whole(true), text.as_bytes()).unwrap()))
}

fn put(waiting: &mut Waiting, slot: u32, text: &str, key: Option<u64>, token: Option<u64>) -> Put {
    waiting.put(slot, &message(text), key, token).unwrap()
}

/// The lengths of the messages in a line, which is empty then.
fn take(waiting: &mut Waiting, slot: u32) -> Vec<usize> {
    let mut lens = Vec::new();
    while let Some(message) = waiting.first(slot) {
        // Without the header of its frame.
        lens.push(message.prepared.frame_len() - 2);
        waiting.remove_first(slot);
    }
    lens
}

#[test]
fn lines_are_first_in_first_out_each_for_itself() {
    let mut waiting = Waiting::new(ALL, ALL);
    assert!(!waiting.is_any() && !waiting.has(7));
    for (slot, text) in [(7, "a"), (8, "aaa"), (7, "aa")] {
        assert_eq!(put(&mut waiting, slot, text, None, None), Put::Waits(None));
    }
    assert!(waiting.is_any() && waiting.has(7) && !waiting.has(9));
    assert_eq!(take(&mut waiting, 7), [1, 2]);
    assert!(!waiting.has(7) && waiting.has(8));
    assert_eq!(take(&mut waiting, 8), [3]);
    assert!(!waiting.is_any() && waiting.octets() == 0);
}

#[test]
fn a_newer_message_takes_the_place_of_the_one_with_its_key() {
    let mut waiting = Waiting::new(ALL, ALL);
    put(&mut waiting, 1, "first", None, None);
    put(&mut waiting, 1, "a", Some(5), Some(50));
    put(&mut waiting, 1, "last", None, None);
    put(&mut waiting, 2, "other line", Some(5), None);
    assert_eq!(put(&mut waiting, 1, "aa", Some(5), Some(51)), Put::Waits(Some(50)));
    assert_eq!(put(&mut waiting, 1, "b", Some(u64::MAX), None), Put::Waits(None));
    assert_eq!(put(&mut waiting, 1, "aaa", Some(5), None), Put::Waits(Some(51)));
    waiting.remove_first(1);
    assert_eq!(put(&mut waiting, 1, "bb", Some(u64::MAX), None), Put::Waits(None), "places keep their number");
    assert_eq!(take(&mut waiting, 1), [3, 4, 2]);
    assert_eq!(put(&mut waiting, 1, "a", Some(5), None), Put::Waits(None), "what was sent is not replaced");
    assert_eq!((take(&mut waiting, 1), take(&mut waiting, 2)), (vec![1], vec![10]));
    assert_eq!(waiting.octets(), 0);
}

#[test]
fn a_line_has_an_end_and_an_empty_one_takes_one() {
    let mut waiting = Waiting::new(ALL, 2 * PLACE + 20);
    assert_eq!(put(&mut waiting, 1, &"x".repeat(1000), Some(1), None), Put::Waits(None));
    assert_eq!(put(&mut waiting, 1, "", None, None), Put::Full);
    assert_eq!(put(&mut waiting, 1, "eight oc", Some(1), None), Put::Waits(None), "in the place of the long one");
    assert_eq!(put(&mut waiting, 1, "nine octe", None, None), Put::Full);
    assert_eq!(put(&mut waiting, 1, "eight oc", Some(2), None), Put::Waits(None));
    assert_eq!(put(&mut waiting, 1, "nine octe", Some(2), None), Put::Full);
    assert_eq!(put(&mut waiting, 2, "another", None, None), Put::Waits(None), "each has its own");
    assert_eq!(take(&mut waiting, 1), [8, 8]);
}

#[test]
fn a_message_in_many_lines_is_there_once() {
    let mut waiting = Waiting::new(ALL, ALL);
    let long = message(&"x".repeat(10_000));
    for slot in 0..10 {
        waiting.put(slot, &long, None, None).unwrap();
    }
    assert_eq!(waiting.octets(), long.prepared.size() + 10 * PLACE);
    for slot in 0..10 {
        waiting.remove_first(slot);
    }
    assert_eq!(waiting.octets(), long.prepared.size(), "we have it still");
    drop(long);
    assert_eq!(waiting.octets(), 0);
}

#[test]
fn the_budget_of_all_lines_is_kept() {
    let mut waiting = Waiting::new(100 * PLACE, ALL);
    let mut count = 0;
    while waiting.put(count, &message("x"), None, None).is_ok() {
        count += 1;
    }
    assert!((20..100).contains(&count), "{count}");
    let refused = waiting.put(count, &message("x"), None, None).unwrap_err();
    assert_eq!(refused.code(), Code::Nomem);
    assert!(!waiting.has(count), "nothing was done");
    for slot in 0..count {
        assert_eq!(waiting.forget(slot).count(), 0);
    }
    assert_eq!((waiting.is_any(), waiting.octets()), (false, 0));
}

#[test]
fn posters_are_named_when_a_line_is_forgotten() {
    let mut waiting = Waiting::new(ALL, ALL);
    for token in [Some(1), None, Some(3)] {
        put(&mut waiting, 4, "x", None, token);
    }
    assert_eq!(waiting.forget(4).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(waiting.forget(4).collect::<Vec<_>>(), [0; 0]);
    assert_eq!(waiting.octets(), 0);
}

#[test]
fn the_longest_line_is_named_where_it_is_longer_than_the_one_that_asks_would_be() {
    let mut waiting = Waiting::new(ALL, ALL);
    assert_eq!(waiting.longer(1, 0), None);
    put(&mut waiting, 1, &"x".repeat(1000), None, None);
    put(&mut waiting, 2, &"x".repeat(4000), None, None);
    put(&mut waiting, 3, &"x".repeat(9000), None, None);
    assert_eq!(waiting.longer(1, 1000), Some(3));
    assert_eq!(waiting.longer(3, 0), None, "the longest itself");
    assert_eq!(waiting.longer(4, 8000), Some(3), "one that is not there yet");
    assert_eq!(waiting.longer(4, 100_000), None, "nobody pays for who wants more");
    put(&mut waiting, 2, &"x".repeat(9000), None, None);
    assert_eq!(waiting.longer(1, 0), Some(2), "it has grown");
    waiting.forget(2).for_each(drop);
    waiting.remove_first(3);
    assert_eq!(waiting.longer(4, 0), Some(1));
}

#[test]
fn answers_wait_within_the_same_room() {
    let mut waiting = Waiting::new(20_000, 10_000);
    assert_eq!(waiting.push_response(1, "a", 9000, Some(7), false), Parked::Waits);
    assert!(waiting.is_any() && !waiting.has(1), "no message waits");
    assert_eq!(waiting.push_response(1, "b", 9000, None, false), Parked::Full("b"));
    assert_eq!(waiting.push_response(2, "c", 9000, None, false), Parked::Waits);
    assert_eq!(waiting.push_response(3, "d", 9000, None, false), Parked::Short("d"));
    let before = waiting.octets();
    assert_eq!(waiting.take_response(1), Some("a"));
    assert!(waiting.is_any() && waiting.octets() == before, "its place stays");
    waiting.return_response(1, "a");
    assert_eq!(waiting.take_response(1), Some("a"));
    assert_eq!(waiting.forget(1).collect::<Vec<_>>(), [7], "told of though it is lent");
    waiting.return_response(1, "a");
    waiting.remove_response(1);
    assert_eq!(waiting.take_response(2), Some("c"));
    waiting.remove_response(2);
    assert_eq!(waiting.take_response(2), None);
    assert_eq!((waiting.is_any(), waiting.octets()), (false, 0));
}
