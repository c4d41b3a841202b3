//! Compressed messages in: what came of them.

use super::Machine;
use super::faults::{CUT_TEXT, LONG_INFLATED, NOT_UTF8};
use super::message::{INFLATING, TEXT, UNSHOWN};
use crate::error::Error;
use crate::guard::MessageLimits;

impl Machine {
    /// A compressed part was heard, the first of its message or not: it is to be inflated before anything else is heard.
    pub fn begin_inflating(&mut self, first: bool) {
        self.hearing |= INFLATING | if first { UNSHOWN } else { 0 };
    }

    /// Whether a part waits to be inflated.
    #[inline(always)]
    pub fn is_inflating(&self) -> bool {
        self.hearing & INFLATING != 0
    }

    /// Whether none of the message's inflated octets was shown.
    pub fn is_unshown(&self) -> bool {
        self.hearing & UNSHOWN != 0
    }

    /// All of the part was inflated.
    pub fn end_inflating(&mut self) {
        self.hearing &= !INFLATING;
    }

    /// Inflated octets are shown.
    pub fn show_inflated(&mut self) {
        self.hearing &= !UNSHOWN;
    }

    /// How many octets of the present message may still come of inflating; one more is one too many (WS-PMD-07).
    pub fn inflated_room(&self, limits: &MessageLimits) -> u64 {
        limits.message_max.saturating_sub(self.total)
    }

    /// Looks at the next octets of the present message, inflated; `last`: it ends with them.
    ///
    /// # Errors
    ///
    /// The message is longer than allowed, or its text not UTF-8 (WS-PMD-09). The offset counts into `octets`.
    pub fn hear_inflated(&mut self, octets: &[u8], last: bool, limits: &MessageLimits) -> Result<(), Error> {
        let room = self.inflated_room(limits);
        if octets.len() as u64 > room {
            return Err(LONG_INFLATED.at(room));
        }
        self.total += octets.len() as u64;
        if self.hearing & TEXT == 0 {
            return Ok(());
        }
        self.heard.feed(octets).map_err(|wrong| NOT_UTF8.at(wrong as u64))?;
        if last && !self.heard.finish() { Err(CUT_TEXT.at(octets.len() as u64)) } else { Ok(()) }
    }
}
