//! The planner of one host's connection attempts.

use super::action::Action;
use super::attempt::Attempt;
use super::candidates::Candidates;
use super::config::Config;
use super::family::Family;
use super::phase::Phase;
use crate::error::Error;
use core::net::SocketAddr;

/// No time: only a report changes anything.
const NEVER: u64 = u64::MAX;

/// Plans the attempts to connect to one host. See the [module](super).
#[derive(Debug)]
pub struct Planner {
    config: Config,
    candidates: Candidates,
    phase: Phase,
    /// Whose query has not been answered.
    awaits_v6: bool,
    awaits_v4: bool,
    /// Until when the first attempt waits for the answer about the preferred family.
    held_until: Option<u64>,
    /// When the last attempt started.
    started_at: Option<u64>,
    /// Failures that may each start an attempt at once.
    failures: usize,
    attempt_error: Option<Error>,
    resolution_error: Option<Error>,
    /// The latest time that was given.
    now: u64,
}

impl Planner {
    /// A planner that awaits the answers to both queries. Fails with `Argument` for a config out of range, and with `Nomem`. Allocates for
    /// all the addresses that the config allows.
    pub fn new(config: &Config) -> Result<Self, Error> {
        config.check()?;
        Ok(Self {
            config: *config,
            candidates: Candidates::new(config)?,
            phase: Phase::Racing,
            awaits_v6: true,
            awaits_v4: true,
            held_until: None,
            started_at: None,
            failures: 0,
            attempt_error: None,
            resolution_error: None,
            now: 0,
        })
    }

    /// The query for this family was answered at `now_ms`, with addresses by preference (RFC 6724), or without any. How many of them are
    /// new: duplicates, and those beyond `addresses_max`, are left out. Addresses may be added later by the same call; they are tried
    /// after those of their family that wait. Say at once that a family which is not to be used has no addresses.
    pub fn answer(&mut self, family: Family, addresses: &[SocketAddr], now_ms: u64) -> usize {
        let now = self.advance(now_ms);
        self.end_query(family);
        let new = addresses.iter().filter(|address| self.candidates.add(**address)).count();
        if new > 0 && self.awaits(self.config.preferred) {
            self.held_until.get_or_insert(now.saturating_add(u64::from(self.config.resolution_delay_ms)));
        }
        new
    }

    /// The query for this family failed.
    pub fn resolution_failed(&mut self, family: Family, error: Error) {
        self.end_query(family);
        if self.phase == Phase::Racing {
            self.resolution_error = Some(error);
        }
    }

    /// The attempt of this index connected. Ignored if it is not in flight, or if another one connected first: that one is the winner, and
    /// this one is cancelled.
    pub fn connected(&mut self, index: usize) {
        if self.phase == Phase::Racing && self.candidates.end(index) {
            self.phase = Phase::Won(index);
        }
    }

    /// The attempt of this index failed, or the caller ended it by a limit of its own. Ignored if it is not in flight.
    pub fn attempt_failed(&mut self, index: usize, error: Error) {
        if self.candidates.end(index) && self.phase == Phase::Racing {
            self.attempt_error = Some(error);
            // Many failures while little is left to try do not start a burst of what may be added later.
            self.failures = (self.failures + 1).min(self.candidates.count(Attempt::Waiting).max(1));
        }
    }

    /// Gives up, unless an attempt has won: what is in flight is cancelled, then [`next`](Self::next) says [`Action::Failed`].
    pub fn abort(&mut self) {
        if self.phase == Phase::Racing {
            self.phase = Phase::Failed;
        }
    }

    /// What to do at `now_ms`. A time before that of an earlier call counts as that one.
    pub fn next(&mut self, now_ms: u64) -> Action {
        let now = self.advance(now_ms);
        if self.phase == Phase::Racing && self.is_exhausted() {
            self.phase = Phase::Failed;
        }
        match self.phase {
            Phase::Racing => self.next_attempt(now),
            Phase::Won(index) => self.cancel().unwrap_or(Action::Won(index)),
            Phase::Failed => self.cancel().unwrap_or(Action::Failed(self.attempt_error.or(self.resolution_error))),
        }
    }

    /// The address of an index.
    pub fn address(&self, index: usize) -> Option<SocketAddr> {
        Some(self.candidates.get(index)?.address)
    }

    fn advance(&mut self, now_ms: u64) -> u64 {
        self.now = self.now.max(now_ms);
        self.now
    }

    const fn awaits(&self, family: Family) -> bool {
        match family {
            Family::V6 => self.awaits_v6,
            Family::V4 => self.awaits_v4,
        }
    }

    /// Nothing waits for the preferred family any more once it has been answered.
    fn end_query(&mut self, family: Family) {
        match family {
            Family::V6 => self.awaits_v6 = false,
            Family::V4 => self.awaits_v4 = false,
        }
        if family == self.config.preferred {
            self.held_until = None;
        }
    }

    fn is_exhausted(&self) -> bool {
        let is_left = |attempt| self.candidates.count(attempt) > 0;
        !self.awaits_v6 && !self.awaits_v4 && !is_left(Attempt::Waiting) && !is_left(Attempt::InFlight)
    }

    fn next_attempt(&mut self, now: u64) -> Action {
        let has_room = self.candidates.count(Attempt::InFlight) < self.config.attempts_max as usize;
        let Some(index) = self.candidates.next().filter(|_| has_room) else { return Action::Wait(NEVER) };
        let due = self.due();
        if due > now {
            return Action::Wait(due);
        }
        self.candidates.start(index);
        self.started_at = Some(now);
        self.failures = self.failures.saturating_sub(1);
        Action::Connect(index)
    }

    /// When the next attempt may start.
    fn due(&self) -> u64 {
        match self.started_at {
            None => self.held_until.unwrap_or(0),
            Some(_) if self.failures > 0 => 0,
            Some(at) => at.saturating_add(u64::from(self.config.attempt_delay_ms)),
        }
    }

    fn cancel(&mut self) -> Option<Action> {
        let index = self.candidates.in_flight()?;
        self.candidates.end(index);
        Some(Action::Cancel(index))
    }
}
