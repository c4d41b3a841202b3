//! The addresses of a host in the order in which they are tried.

use super::attempt::Attempt;
use super::candidate::Candidate;
use super::config::Config;
use super::family::Family;
use crate::error::Error;
use crate::memory::NO_MEMORY;
use core::net::SocketAddr;

/// The addresses, each with its attempt, in the order in which they came: an index never changes.
#[derive(Debug)]
pub(super) struct Candidates {
    all: Vec<Candidate>,
    /// The most of each family.
    max: usize,
    preferred: Family,
    /// How many attempts the preferred family still has before the families take turns.
    first: u32,
    /// The family of the last attempt.
    last: Option<Family>,
}

impl Candidates {
    /// Allocates for all that there may be.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let max = config.addresses_max as usize;
        let mut all = Vec::new();
        all.try_reserve_exact(2 * max).map_err(|_| NO_MEMORY)?;
        Ok(Self { all, max, preferred: config.preferred, first: config.first_family_count, last: None })
    }

    /// Adds an address behind those of its family; `false`: it is there already, or its family has as many as it may.
    pub fn add(&mut self, address: SocketAddr) -> bool {
        let candidate = Candidate { address, attempt: Attempt::Waiting };
        let of_family = self.all.iter().filter(|other| other.family() == candidate.family()).count();
        let is_new = of_family < self.max && !self.all.iter().any(|other| other.is_same(&address));
        if is_new {
            self.all.push(candidate);
        }
        is_new
    }

    pub fn get(&self, index: usize) -> Option<&Candidate> {
        self.all.get(index)
    }

    /// The one to try next: of the family whose turn it is, or of the other one if that family has none left.
    pub fn next(&self) -> Option<usize> {
        let turn = match self.last {
            Some(last) if self.first == 0 => last.other(),
            _ => self.preferred,
        };
        self.first_waiting(turn).or_else(|| self.first_waiting(turn.other()))
    }

    fn first_waiting(&self, family: Family) -> Option<usize> {
        self.all.iter().position(|one| one.attempt == Attempt::Waiting && one.family() == family)
    }

    /// An attempt starts.
    pub fn start(&mut self, index: usize) {
        let candidate = &mut self.all[index];
        candidate.attempt = Attempt::InFlight;
        let family = candidate.family();
        if family == self.preferred {
            self.first = self.first.saturating_sub(1);
        }
        self.last = Some(family);
    }

    /// An attempt ends; `false`: it was not in flight.
    pub fn end(&mut self, index: usize) -> bool {
        let in_flight = self.all.get_mut(index).filter(|one| one.attempt == Attempt::InFlight);
        in_flight.map(|one| one.attempt = Attempt::Ended).is_some()
    }

    /// Any attempt in flight.
    pub fn in_flight(&self) -> Option<usize> {
        self.all.iter().position(|one| one.attempt == Attempt::InFlight)
    }

    pub fn count(&self, attempt: Attempt) -> usize {
        self.all.iter().filter(|one| one.attempt == attempt).count()
    }
}
