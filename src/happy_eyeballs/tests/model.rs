//! What every planner must keep to, without a planner.

use crate::happy_eyeballs::{Action, Config};
use core::net::SocketAddr;
use std::collections::BTreeSet;

/// What has been seen, and what may be seen next.
pub struct Model {
    pub config: Config,
    pub in_flight: BTreeSet<usize>,
    tried: BTreeSet<SocketAddr>,
    started_at: Option<u64>,
    /// Failures that no early start has used.
    pub failures: usize,
    pub winner: Option<usize>,
    pub aborted: bool,
    pub answered: [bool; 2],
    /// When the first address came, of any family.
    pub first_at: Option<u64>,
    pub ended: Option<Action>,
}

impl Model {
    pub fn new(config: Config) -> Self {
        Self {
            config,
            in_flight: BTreeSet::new(),
            tried: BTreeSet::new(),
            started_at: None,
            failures: 0,
            winner: None,
            aborted: false,
            answered: [false; 2],
            first_at: None,
            ended: None,
        }
    }

    pub fn see(&mut self, action: Action, address: Option<SocketAddr>, now: u64) {
        assert!(self.ended.is_none_or(|ended| ended == action), "{action:?} after {:?}", self.ended);
        match action {
            Action::Connect(index) => self.see_start(index, address.expect("its address"), now),
            Action::Cancel(index) => self.see_cancel(index),
            Action::Wait(until) => self.see_wait(until, now),
            Action::Won(index) => assert!(self.winner == Some(index) && self.in_flight.is_empty()),
            Action::Failed(_) => assert!(self.winner.is_none() && self.in_flight.is_empty()),
        }
        if matches!(action, Action::Won(_) | Action::Failed(_)) {
            self.ended = Some(action);
        }
    }

    fn see_cancel(&mut self, index: usize) {
        assert!(self.winner.is_some() || self.aborted, "cancelled without a reason");
        assert!(self.in_flight.remove(&index), "{index} is not in flight");
    }

    fn see_wait(&self, until: u64, now: u64) {
        assert!(until > now && self.winner.is_none() && !self.aborted);
        let something_is_to_come = !self.in_flight.is_empty() || self.answered != [true; 2];
        assert!(until != u64::MAX || something_is_to_come, "it waits for nothing");
    }

    fn see_start(&mut self, index: usize, address: SocketAddr, now: u64) {
        assert!(self.winner.is_none() && !self.aborted, "started after the end");
        assert!(self.in_flight.insert(index) && self.tried.insert(address), "tried twice");
        assert!(self.in_flight.len() <= self.config.attempts_max as usize);
        match self.started_at {
            Some(before) if now - before < u64::from(self.config.attempt_delay_ms) => {
                assert!(self.failures > 0, "{} ms after the one before, and nothing failed", now - before);
                self.failures -= 1;
            }
            Some(_) => self.failures = self.failures.saturating_sub(1),
            None => {
                let has_waited = self.first_at.is_some_and(|at| now >= at + u64::from(self.config.resolution_delay_ms));
                assert!(self.answered[self.config.preferred as usize] || has_waited, "it did not wait");
            }
        }
        self.started_at = Some(now);
    }
}
