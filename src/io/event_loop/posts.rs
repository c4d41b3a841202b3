//! The loop's end of its [`Poster`]: takes what was posted, and hands it out one by one.

use super::poster::Poster;

/// The posts of one turn.
pub(super) struct Posts {
    poster: Poster,
    /// Taken, the next one at `at`.
    taken: Vec<u64>,
    at: usize,
    is_rung: bool,
}

impl Posts {
    pub fn new(poster: Poster) -> Self {
        Self { poster, taken: Vec::new(), at: 0, is_rung: false }
    }

    pub fn poster(&self) -> Poster {
        self.poster.clone()
    }

    /// The driver was woken: takes what there is. What is posted later comes with the next wake-up.
    pub fn take(&mut self) {
        self.is_rung |= self.poster.take_ring();
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
}

impl Drop for Posts {
    fn drop(&mut self) {
        self.poster.end();
    }
}
