//! The loop's end of its [`Poster`]: takes what was posted, and hands it out one by one.

use super::poster::Poster;
use crate::io::resolver::Resolved;

/// The posts of one turn.
pub(super) struct Posts {
    poster: Poster,
    /// Taken, the next one at `at`.
    taken: Vec<u64>,
    at: usize,
    is_rung: bool,
    /// How many look-ups were done.
    resolved: usize,
}

impl Posts {
    pub fn new(poster: Poster) -> Self {
        Self { poster, taken: Vec::new(), at: 0, is_rung: false, resolved: 0 }
    }

    pub fn poster(&self) -> Poster {
        self.poster.clone()
    }

    /// The driver was woken: takes what there is. What is posted later comes with the next wake-up.
    pub fn take(&mut self) {
        self.is_rung |= self.poster.take_ring();
        self.resolved = self.poster.resolved().len();
        if self.at == self.taken.len() {
            self.taken.clear();
            self.at = 0;
            self.poster.take(&mut self.taken);
        }
    }

    /// The next token; 0 is a ring.
    pub fn next(&mut self) -> Option<u64> {
        if core::mem::take(&mut self.is_rung) {
            return Some(0);
        }
        let token = self.taken.get(self.at).copied()?;
        self.at += 1;
        self.poster.reported();
        Some(token)
    }

    /// The next look-up.
    pub fn next_resolved(&mut self) -> Option<Resolved> {
        self.resolved = self.resolved.checked_sub(1)?;
        self.poster.resolved().pop_front()
    }

    /// Drops the look-ups with this token; `false`: there is none.
    pub fn cancel_resolved(&mut self, token: u64) -> bool {
        let mut resolved = self.poster.resolved();
        let before = resolved.len();
        resolved.retain(|done| done.token != token);
        resolved.len() < before
    }
}

impl Drop for Posts {
    fn drop(&mut self) {
        self.poster.end();
    }
}
