//! Timers armed and cancelled: the wheel beside a map and a heap of the standard library.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::hint::black_box;

use wireway::io::timer::Wheel;

use crate::rounds::medians;
use crate::system::cpu_nanos;

const TIMERS: u32 = 1_000_000;
const ROUNDS: usize = 5;

pub fn table() {
    let deadlines: Vec<u64> = (0..TIMERS).map(deadline).collect();
    let costs = medians(3, ROUNDS, |contender| {
        let work = [wheel, map, heap][contender];
        cpu_nanos(|| work(&deadlines)) / f64::from(TIMERS)
    });
    println!("\n{TIMERS} timers armed and cancelled, all at a time: medians in ns each; others to the wheel");
    for (name, cost) in ["wheel", "BTreeSet", "BinaryHeap"].into_iter().zip(&costs) {
        println!("{name:>12} {cost:>8.1} {:>7.2}", cost / costs[0]);
    }
}

/// Within a minute, in no order.
fn deadline(timer: u32) -> u64 {
    u64::from(timer.wrapping_mul(2_654_435_761) % 60_000)
}

fn wheel(deadlines: &[u64]) {
    let mut wheel = Wheel::new(0);
    for (timer, deadline) in (0..).zip(deadlines) {
        wheel.arm(timer, *deadline).expect("memory");
    }
    black_box(wheel.next_deadline());
    (0..TIMERS).for_each(|timer| wheel.disarm(timer));
    assert_eq!(wheel.next_deadline(), None);
}

fn map(deadlines: &[u64]) {
    let mut all = BTreeSet::new();
    for (timer, deadline) in (0_u32..).zip(deadlines) {
        all.insert((*deadline, timer));
    }
    black_box(all.first());
    for (timer, deadline) in (0..).zip(deadlines) {
        all.remove(&(*deadline, timer));
    }
    assert!(all.is_empty());
}

/// A heap cannot remove from its middle: a cancelled timer is passed over when its time comes.
fn heap(deadlines: &[u64]) {
    let (mut all, mut is_cancelled) = (BinaryHeap::new(), vec![false; deadlines.len()]);
    for (timer, deadline) in (0_u32..).zip(deadlines) {
        all.push(Reverse((*deadline, timer)));
    }
    black_box(all.peek());
    is_cancelled.fill(true);
    while let Some(Reverse((_, timer))) = all.pop() {
        assert!(is_cancelled[timer as usize]);
    }
}
