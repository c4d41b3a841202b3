use super::{REACH_MS, Wheel};
use crate::error::Code;
use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet};

/// Mostly small, sometimes anything.
fn spread(random: &mut Random) -> u64 {
    let bits = random.below(64);
    random.number() >> bits
}

/// What the wheel must do, without a wheel.
#[derive(Default)]
struct Model {
    deadlines: BTreeMap<u32, u64>,
}

impl Model {
    fn due(&self, now: u64) -> BTreeSet<u32> {
        self.deadlines.iter().filter(|&(_, &at)| at <= now).map(|(&key, _)| key).collect()
    }
}

const KEYS: usize = 50;

fn step(wheel: &mut Wheel, model: &mut Model, random: &mut Random, now: &mut u64) {
    let key = random.below(KEYS) as u32;
    match random.below(8) {
        0..=3 => {
            let deadline = now.wrapping_add(spread(random)).max(now.saturating_sub(10));
            wheel.arm(key, deadline).unwrap();
            model.deadlines.insert(key, deadline.min(wheel.time.saturating_add(REACH_MS)));
        }
        4 => {
            wheel.disarm(key);
            model.deadlines.remove(&key);
        }
        _ => {
            // Now and then exactly to what the wheel asks for, otherwise anywhere.
            let asked = wheel.next_deadline().filter(|_| random.below(2) == 0);
            let ahead = if *now > u64::MAX / 2 { random.below(5000) as u64 } else { spread(random) >> 8 };
            *now = asked.unwrap_or(now.saturating_add(ahead)).max(*now);
            let due = model.due(*now);
            let mut expired = BTreeSet::new();
            while let Some(key) = wheel.expire(*now) {
                assert!(expired.insert(key), "{key} twice");
                model.deadlines.remove(&key);
            }
            assert_eq!(expired, due, "at {now}");
        }
    }
    let earliest = model.deadlines.values().min();
    assert_eq!(wheel.next_deadline().is_some(), earliest.is_some());
    if let (Some(asked), Some(&earliest)) = (wheel.next_deadline(), earliest) {
        assert!(asked <= earliest.max(*now), "asked for {asked}, earliest {earliest}");
    }
}

#[test]
fn agrees_with_a_sorted_map() {
    for (seed, start) in [(1, 0), (2, 63), (3, 4095), (4, 1 << 40), (5, u64::MAX - 100_000)] {
        let mut random = Random::new(seed);
        let mut now = start;
        let (mut wheel, mut model) = (Wheel::new(start), Model::default());
        for _ in 0..20_000 {
            step(&mut wheel, &mut model, &mut random, &mut now);
        }
    }
}

#[test]
fn expires_at_its_millisecond_and_not_before() {
    for ahead in [0, 1, 63, 64, 65, 4095, 4096, 4097, 1 << 18, (1 << 24) + 7, REACH_MS] {
        for start in [0, 1, 63, 64, 1000, (1 << 30) - 1] {
            let mut wheel = Wheel::new(start);
            let deadline = start + ahead;
            wheel.arm(3, deadline).unwrap();
            assert_eq!(wheel.deadline(3), Some(deadline));
            if ahead > 0 {
                assert_eq!(wheel.expire(deadline - 1), None, "{start}+{ahead}");
            }
            assert_eq!(wheel.expire(deadline), Some(3), "{start}+{ahead}");
            assert_eq!(wheel.expire(deadline), None);
            assert_eq!((wheel.deadline(3), wheel.next_deadline()), (None, None));
        }
    }
}

#[test]
fn following_next_deadline_finds_each_timer_in_few_steps() {
    for start in [5, u64::MAX >> 1] {
        let mut wheel = Wheel::new(start);
        wheel.arm(0, start + REACH_MS).unwrap();
        let mut steps = 0;
        while let Some(at) = wheel.next_deadline() {
            steps += 1;
            assert!(steps <= 11);
            if let Some(key) = wheel.expire(at) {
                assert_eq!((key, at), (0, start + REACH_MS));
            }
        }
        assert!(steps > 1);
    }
}

#[test]
fn a_timer_beyond_reach_expires_there() {
    let mut wheel = Wheel::new(1000);
    wheel.arm(0, u64::MAX).unwrap();
    assert_eq!(wheel.deadline(0), Some(1000 + REACH_MS));
    assert_eq!(wheel.expire(999 + REACH_MS), None);
    assert_eq!(wheel.expire(1000 + REACH_MS), Some(0));
}

#[test]
fn earliest_first_across_levels() {
    let mut wheel = Wheel::new(0);
    for (key, deadline) in [(0, 100_000), (1, 5), (2, 70), (3, 5000), (4, 1)] {
        wheel.arm(key, deadline).unwrap();
    }
    let order: Vec<_> = std::iter::from_fn(|| wheel.expire(1_000_000)).collect();
    assert_eq!(order, [4, 1, 2, 3, 0]);
}

#[test]
fn arming_again_replaces_and_a_past_deadline_is_due_at_once() {
    let mut wheel = Wheel::new(1000);
    wheel.arm(7, 2000).unwrap();
    wheel.arm(7, 500).unwrap();
    assert_eq!(wheel.next_deadline(), Some(1000));
    assert_eq!(wheel.expire(1000), Some(7));
    assert_eq!(wheel.expire(5000), None);
    assert_eq!(wheel.expire(10), None, "time does not step back");
    wheel.arm(7, 20).unwrap();
    assert_eq!(wheel.expire(10), None);
    assert_eq!(wheel.expire(5000), Some(7));
}

#[test]
fn keys_can_change_between_expiries() {
    let mut wheel = Wheel::new(0);
    for key in 0..4 {
        wheel.arm(key, 10).unwrap();
    }
    let first = wheel.expire(10).unwrap();
    for key in 0..4 {
        wheel.disarm(key);
    }
    wheel.arm(first, 11).unwrap();
    assert_eq!(wheel.expire(10), None);
    assert_eq!(wheel.expire(11), Some(first));
}

#[test]
fn keys_beyond_the_range_are_refused() {
    let mut wheel = Wheel::new(0);
    assert_eq!(wheel.arm(u32::MAX, 1).unwrap_err().code(), Code::Argument);
    assert_eq!(wheel.next_deadline(), None);
    wheel.disarm(u32::MAX);
}

#[test]
fn an_idle_wheel_keeps_up_with_the_time() {
    let mut wheel = Wheel::new(0);
    assert_eq!(wheel.expire(6400), None);
    wheel.arm(1, 6410).unwrap();
    assert_eq!(wheel.next_deadline(), Some(6410), "in the same block of 64 ms, so exact");
}
