//! A refused record and its location, from which the alert is made.

use core::ops::Range;

use super::engine::Failed;
use crate::error::Error;

/// A refused record.
pub(super) struct Refused {
    error: Error,
    /// Whether it is in the lend, rather than in the stored octets.
    is_lent: bool,
    /// The range that rustls refers to there, and the record as far as rustls received it.
    replay: Range<usize>,
    /// The offset of the record there.
    record: usize,
}

impl Refused {
    /// A record refused before rustls received it, after what rustls refers to.
    pub fn before_rustls(error: Error, is_lent: bool, pending: Range<usize>) -> Self {
        Self { error, is_lent, record: pending.end, replay: pending }
    }

    /// A record from `record` to `end` that rustls refused.
    pub fn by_rustls(failed: Failed, is_lent: bool, record: usize, end: usize) -> Self {
        let replay = end - failed.pending..end;
        Self { error: failed.error, is_lent, record: record.max(replay.start), replay }
    }

    /// Why it was refused.
    pub fn error(&self) -> Error {
        self.error
    }

    /// What rustls must receive again, in the lend or in the stored octets.
    pub fn replay<'a>(&self, lend: &'a [u8], pending: &'a [u8]) -> &'a [u8] {
        &(if self.is_lent { lend } else { pending })[self.replay.clone()]
    }

    /// Where the record begins in what rustls must receive again.
    pub fn start(&self) -> usize {
        self.record - self.replay.start
    }
}
