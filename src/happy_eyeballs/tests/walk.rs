//! Random walks beside a model that knows the rules and no planner.

use super::error;
use super::line::address;
use super::model::Model;
use crate::happy_eyeballs::{Action, Config, Family, Planner};
use crate::random::Random;

const SEEDS: u64 = 3_000;
const STEPS: usize = 120;

struct Walk {
    planner: Planner,
    model: Model,
    random: Random,
    now: u64,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let config = Config {
            preferred: [Family::V6, Family::V4][random.below(2)],
            first_family_count: 1 + random.below(3) as u32,
            resolution_delay_ms: random.below(100) as u32,
            attempt_delay_ms: 10 + random.below(300) as u32,
            addresses_max: 1 + random.below(6) as u32,
            attempts_max: 1 + random.below(4) as u32,
        };
        Self { planner: Planner::new(&config).expect("a planner"), model: Model::new(config), random, now: 5 }
    }

    /// Lets the planner act until it waits or has ended; returns until when it waits.
    fn act(&mut self) -> u64 {
        loop {
            let action = self.planner.next(self.now);
            let address = match action {
                Action::Connect(index) => self.planner.address(index),
                _ => None,
            };
            self.model.see(action, address, self.now);
            match action {
                Action::Wait(until) => return until,
                Action::Won(_) | Action::Failed(_) => return u64::MAX,
                _ => {}
            }
        }
    }

    fn answer(&mut self) {
        let family = [Family::V6, Family::V4][self.random.below(2)];
        let names: &[&str] = match family {
            Family::V6 => &["6a", "6b", "6c", "6d", "6e", "6f"],
            Family::V4 => &["4a", "4b", "4c", "4d", "4e", "4f"],
        };
        let count = self.random.below(4);
        let addresses: Vec<_> = (0..count).map(|_| address(names[self.random.below(names.len())])).collect();
        let new = self.planner.answer(family, &addresses, self.now);
        self.model.answered[family as usize] = true;
        if new > 0 {
            self.model.first_at.get_or_insert(self.now);
        }
    }

    /// An attempt ends: mostly one in flight, sometimes one that is not, or that does not exist.
    fn report(&mut self, succeeded: bool) {
        let any = self.random.below(16);
        let index = match self.model.in_flight.iter().nth(any % self.model.in_flight.len().max(1)) {
            Some(&index) if any < 14 => index,
            _ => any,
        };
        let counts = self.model.in_flight.contains(&index);
        let is_racing = self.model.winner.is_none() && !self.model.aborted;
        if !succeeded {
            self.planner.attempt_failed(index, error(1));
            self.model.in_flight.remove(&index);
            self.model.failures += usize::from(counts);
            return;
        }
        self.planner.connected(index);
        if counts && is_racing {
            self.model.in_flight.remove(&index);
            self.model.winner = Some(index);
        }
    }

    /// What ends the race, now and then.
    fn report_rarely(&mut self) {
        match self.random.below(24) {
            0 => {
                self.planner.abort();
                self.model.aborted |= self.model.winner.is_none();
            }
            1..=3 => self.report(true),
            _ => {}
        }
    }

    fn step(&mut self) {
        match self.random.below(24) {
            0..=3 => self.answer(),
            4..=8 => self.report(false),
            9..=10 => self.report_rarely(),
            11 => {
                self.planner.resolution_failed(Family::V6, error(2));
                self.model.answered[Family::V6 as usize] = true;
            }
            12..=14 => {
                let until = self.act();
                self.now = if until == u64::MAX { self.now } else { until };
            }
            15..=18 => self.now += self.random.below(40) as u64,
            _ => drop(self.act()),
        }
    }

    /// Everything is answered and fails, so that the planner comes to an end.
    fn finish(&mut self) -> Action {
        for family in [Family::V6, Family::V4] {
            self.planner.answer(family, &[], self.now);
            self.model.answered[family as usize] = true;
        }
        for _ in 0..1_000 {
            let until = self.act();
            if let Some(ended) = self.model.ended {
                return ended;
            }
            match self.model.in_flight.first() {
                Some(&index) if self.random.below(2) == 0 || until == u64::MAX => {
                    self.planner.attempt_failed(index, error(1));
                    self.model.in_flight.remove(&index);
                    self.model.failures += 1;
                }
                _ => self.now = until,
            }
        }
        panic!("it does not end");
    }
}

#[test]
fn he_01_to_03_walks_keep_the_rules() {
    let mut wins = 0;
    for seed in 0..SEEDS {
        let mut walk = Walk::new(seed);
        (0..STEPS).for_each(|_| walk.step());
        let ended = walk.finish();
        assert!(walk.model.in_flight.is_empty());
        wins += usize::from(matches!(ended, Action::Won(_)));
    }
    assert!(wins > 300 && wins < 2_700, "the walks are of one kind: {wins} wins");
}
