//! What topics take, and whom it is counted to.

use super::*;

/// What the documents say: 36 octets for a subscription, 52 and the name for a topic, 12 for a slot; the lists of chunks take the rest.
#[test]
fn a_subscription_is_small() {
    let (mut topics, heap) = topics();
    let slots = 64 * CHUNK;
    for slot in 0..slots {
        topics.subscribe(slot, b"news").unwrap();
    }
    let each = heap.used() as f64 / f64::from(slots);
    assert!(each < (36 + 12) as f64 * 1.1, "{each}");
    let before = heap.used();
    for number in 0..slots {
        topics.subscribe(1, &name(number)).unwrap();
    }
    let each = (heap.used() - before) as f64 / f64::from(slots);
    assert!(each < (36 + 52 + 10) as f64 * 1.1, "{each}");
}

#[test]
fn h1_lim_07_a_topic_is_charged_to_its_oldest_subscriber() {
    let (mut topics, _) = topics();
    let (long, mine) = ("x".repeat(255).into_bytes(), "y".repeat(100).into_bytes());
    for slot in [1, 2, 3] {
        topics.subscribe(slot, &long).unwrap();
        topics.subscribe(slot, &long).unwrap();
    }
    topics.subscribe(3, &mine).unwrap();
    let counted = |topics: &Topics| [1, 2, 3, 4].map(|slot| topics.memory(slot));
    assert_eq!(counted(&topics), [36 + 52 + 255, 36, 36 + 36 + 52 + 100, 0]);
    assert!(topics.unsubscribe(2, &long));
    assert_eq!(counted(&topics), [36 + 52 + 255, 0, 36 + 36 + 52 + 100, 0]);
    topics.forget(1);
    assert_eq!(counted(&topics), [0, 0, 36 + 52 + 255 + 36 + 52 + 100, 0]);
    topics.subscribe(1, &long).unwrap();
    topics.forget(3);
    assert_eq!(counted(&topics), [36 + 52 + 255, 0, 0, 0]);
    topics.forget(1);
    assert_eq!(counted(&topics), [0; 4]);
}
