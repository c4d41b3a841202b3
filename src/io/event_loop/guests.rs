//! The guests of a loop: when they are due.

use super::id::SocketId;
use super::timers::NEVER;
use crate::error::Error;
use crate::memory::NO_MEMORY;

/// All guests, few of them.
#[derive(Debug, Default)]
pub(super) struct Guests(Vec<SocketId>);

impl Guests {
    /// Fails with `Nomem`.
    pub fn add(&mut self, guest: SocketId) -> Result<(), Error> {
        self.0.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.0.push(guest);
        Ok(())
    }

    pub fn remove(&mut self, guest: SocketId) {
        self.0.retain(|&other| other != guest);
    }

    /// The first guest from place `from` on that is due at `now`, and its place.
    pub fn due(&self, from: usize, now: u64, deadline_of: &impl Fn(SocketId) -> u64) -> Option<(usize, SocketId)> {
        let mut rest = self.0.iter().copied().enumerate().skip(from);
        rest.find(|&(_, guest)| deadline_of(guest) <= now)
    }

    /// When the next one is due; [`NEVER`]: none.
    pub fn next(&self, deadline_of: &impl Fn(SocketId) -> u64) -> u64 {
        self.0.iter().map(|&guest| deadline_of(guest)).min().unwrap_or(NEVER)
    }
}
