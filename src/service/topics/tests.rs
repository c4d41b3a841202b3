//! Topics without a server: subscribers, cost, and memory that is left.

use super::chunks::CHUNK;
use super::*;
use crate::random::Random;

mod memory;

const MANY: usize = usize::MAX;

fn topics() -> (Topics, Heap) {
    let heap = Heap::new(usize::MAX);
    (Topics::new(&heap, MANY), heap)
}

/// The slots that hear a topic, in order.
fn heard(topics: &Topics, name: &[u8]) -> std::vec::Vec<u32> {
    let mut cursor = topics.first(name);
    std::iter::from_fn(|| topics.next(&mut cursor)).collect()
}

fn name(number: u32) -> std::vec::Vec<u8> {
    format!("topic {number}").into_bytes()
}

#[test]
fn each_hears_what_it_subscribed_to() {
    let (mut topics, _) = topics();
    for (slot, name) in [(1, "a"), (2, "a"), (2, "b"), (1, "a")] {
        topics.subscribe(slot, name.as_bytes()).unwrap();
    }
    assert_eq!((heard(&topics, b"a"), heard(&topics, b"b")), (vec![1, 2], vec![2]));
    assert_eq!(heard(&topics, b"c"), []);
    assert!(topics.unsubscribe(1, b"a"));
    assert!(!topics.unsubscribe(1, b"a"), "again");
    assert!(!topics.unsubscribe(1, b"c"), "no such topic");
    assert_eq!(heard(&topics, b"a"), [2]);
}

#[test]
fn an_end_leaves_nothing_behind() {
    let (mut topics, heap) = topics();
    for slot in [1, 2000] {
        for name in ["a", "b"] {
            topics.subscribe(slot, name.as_bytes()).unwrap();
        }
    }
    topics.forget(1);
    assert_eq!((heard(&topics, b"a"), heard(&topics, b"b")), (vec![2000], vec![2000]));
    topics.forget(2000);
    topics.forget(3);
    assert_eq!(heap.used(), 0);
    topics.subscribe(1, b"a").unwrap();
    assert!(topics.unsubscribe(1, b"a"));
    assert_eq!(heap.used(), 0);
}

#[test]
fn names_have_a_length() {
    let (mut topics, heap) = topics();
    assert_eq!(topics.subscribe(1, b"").unwrap_err().code(), Code::Argument);
    assert_eq!(topics.subscribe(1, &[b'x'; 256]).unwrap_err().code(), Code::Argument);
    assert_eq!(heap.used(), 0);
    assert!(topics.subscribe(1, &[0; 255]).is_ok(), "any octets");
}

#[test]
fn a_slot_has_so_many_and_no_more() {
    let heap = Heap::new(usize::MAX);
    let mut topics = Topics::new(&heap, 2);
    for number in [1, 2] {
        topics.subscribe(7, &name(number)).unwrap();
    }
    let used = heap.used();
    assert_eq!(topics.subscribe(7, &name(3)).unwrap_err().code(), Code::Limit);
    assert_eq!(heap.used(), used);
    assert_eq!(topics.subscribe(7, &name(2)), Ok(()), "it has that one");
    topics.subscribe(8, &name(3)).unwrap();
    assert!(topics.unsubscribe(7, &name(1)));
    topics.subscribe(7, &name(3)).unwrap();
    assert_eq!(heard(&topics, &name(3)), [8, 7]);
}

/// Random calls beside a plain list of what there should be.
#[test]
fn is_what_a_list_would_be() {
    let (mut topics, heap) = topics();
    let mut list: std::vec::Vec<(u32, u32)> = std::vec::Vec::new();
    let mut random = Random::new(1);
    for round in 0..40_000 {
        let (slot, topic) = (random.below(150) as u32, random.below(40) as u32);
        let is_known = list.contains(&(slot, topic));
        // It fills for a while, then it empties.
        match (random.below(64), round / 10_000 % 2) {
            (0, _) => {
                topics.forget(slot);
                list.retain(|&(of, _)| of != slot);
            }
            (1..40, 0) | (1..10, _) => {
                topics.subscribe(slot, &name(topic)).unwrap();
                if !is_known {
                    list.push((slot, topic));
                }
            }
            _ => {
                assert_eq!(topics.unsubscribe(slot, &name(topic)), is_known);
                list.retain(|&of| of != (slot, topic));
            }
        }
        let expected: std::vec::Vec<u32> = list.iter().filter(|(_, of)| *of == topic).map(|(slot, _)| *slot).collect();
        assert_eq!(heard(&topics, &name(topic)), expected);
    }
    for slot in 0..150 {
        topics.forget(slot);
    }
    assert_eq!(heap.used(), 0);
}

/// Memory ends at every point of a call, each of which may grow something: nothing has changed then, and the next call works.
#[test]
fn without_memory_nothing_has_changed() {
    for max in (0..24_000).step_by(24) {
        let heap = Heap::new(max);
        let mut topics = Topics::new(&heap, MANY);
        let fits = |topics: &mut Topics| {
            let mut calls = (0..CHUNK + 6).map(|at| (at, name(at % (CHUNK + 1))));
            calls.find(|(slot, name)| topics.subscribe(*slot * 70, name).is_err())
        };
        let Some((slot, refused)) = fits(&mut topics) else {
            assert!(max > 20_000, "{max}");
            continue;
        };
        assert_eq!(topics.subscribe(slot * 70, &refused).unwrap_err(), crate::memory::NO_MEMORY);
        assert!(!topics.unsubscribe(slot * 70, &refused), "not subscribed");
        for at in 0..slot {
            assert!(heard(&topics, &name(at % (CHUNK + 1))).contains(&(at * 70)), "kept");
            assert!(topics.unsubscribe(at * 70, &name(at % (CHUNK + 1))));
        }
        assert_eq!(heap.used(), 0, "given back");
    }
}

fn visits(topics: &Topics) -> u64 {
    topics.topics.visits.get() + topics.subscriptions.visits.get()
}

/// How often nodes were looked at by some calls.
#[derive(Default)]
struct Cost(u64);

impl Cost {
    fn of(&mut self, topics: &mut Topics, call: impl FnOnce(&mut Topics)) {
        let before = visits(topics);
        call(topics);
        let cost = visits(topics) - before;
        // A bucket has a few nodes, 10 once in a million.
        assert!(cost <= 100, "{cost} in one call");
        self.0 += cost;
    }

    #[track_caller]
    fn is_constant(&self, calls: u64) {
        assert!(self.0 <= calls * 20, "{} for {calls} calls", self.0);
    }
}

#[test]
fn a_call_costs_the_same_with_10_members_and_with_100_000() {
    let (mut topics, _) = topics();
    let mut subscribed = Cost::default();
    for slot in 0..100_000 {
        subscribed.of(&mut topics, |topics| topics.subscribe(slot, b"news").unwrap());
    }
    subscribed.is_constant(100_000);
    let (mut again, mut ended, mut forgotten) = (Cost::default(), Cost::default(), Cost::default());
    for slot in 50_000..51_000 {
        again.of(&mut topics, |topics| topics.subscribe(slot, b"news").unwrap());
        ended.of(&mut topics, |topics| assert!(topics.unsubscribe(slot, b"news")));
        forgotten.of(&mut topics, |topics| topics.forget(slot + 1000));
    }
    for cost in [again, ended, forgotten] {
        cost.is_constant(1000);
    }
}

#[test]
fn a_call_costs_the_same_for_a_slot_that_hears_10_topics_and_100_000() {
    let (mut topics, _) = topics();
    let (mut subscribed, mut ended) = (Cost::default(), Cost::default());
    for number in 0..100_000 {
        subscribed.of(&mut topics, |topics| topics.subscribe(1, &name(number)).unwrap());
    }
    subscribed.is_constant(100_000);
    for number in 50_000..51_000 {
        ended.of(&mut topics, |topics| assert!(topics.unsubscribe(1, &name(number))));
    }
    ended.is_constant(1000);
    let before = visits(&topics);
    topics.forget(1);
    let each = (visits(&topics) - before) / 99_000;
    assert!(each <= 20, "{each}");
}
