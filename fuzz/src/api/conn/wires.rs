//! What is on its way to one end.

use std::collections::VecDeque;

/// A transport in one direction.
#[derive(Default)]
pub struct Wire {
    pub octets: VecDeque<u8>,
    /// The sender has ended; whether it did so cleanly.
    pub end: Option<bool>,
    /// The end was told.
    pub is_over: bool,
}

impl Wire {
    pub fn send(&mut self, octets: &[u8]) {
        if self.end.is_none() {
            self.octets.extend(octets);
        }
    }

    pub fn close(&mut self, clean: bool) {
        self.end.get_or_insert(clean);
    }

    pub fn take(&mut self, len: usize) -> Box<[u8]> {
        self.octets.drain(..len).collect()
    }
}
