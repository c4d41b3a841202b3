//! Times side by side: the contenders take turns, and the best round of each counts.

use std::time::{Duration, Instant};

/// About how long a contender runs at a time, and how often.
const ROUND: Duration = Duration::from_micros(400);
const ROUNDS: u32 = 60;

/// Something that does its work a number of times.
pub type Contender<'a> = Box<dyn FnMut(u32) + 'a>;

/// The nanoseconds of one go of each.
pub fn race(contenders: &mut [Contender<'_>]) -> Vec<f64> {
    let times: Vec<u32> = contenders.iter_mut().map(|run| times(run)).collect();
    let mut best = vec![f64::INFINITY; contenders.len()];
    for _ in 0..ROUNDS {
        for ((run, best), times) in contenders.iter_mut().zip(&mut best).zip(&times) {
            *best = best.min(time(run, *times).as_nanos() as f64 / f64::from(*times));
        }
    }
    best
}

/// How often fills a round.
fn times(run: &mut Contender<'_>) -> u32 {
    let mut times = 1;
    while time(run, times) < ROUND && times < 1 << 20 {
        times *= 2;
    }
    times
}

fn time(run: &mut Contender<'_>, times: u32) -> Duration {
    let start = Instant::now();
    run(times);
    start.elapsed()
}
