//! A record that a session refuses, and where its octets are. The alert for the peer is made from it.

use core::ops::Range;

use super::engine::Failed;
use crate::error::Error;

/// A refused record.
pub(super) struct Refused {
    error: Error,
    /// Whether it lies in the lend, or else in what was kept.
    is_lent: bool,
    /// There: what rustls has offsets into, and the record as far as rustls was shown it.
    replay: Range<usize>,
    /// There: where the record begins.
    record: usize,
}

impl Refused {
    /// A record that rustls was not shown, behind what it keeps.
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

    /// What rustls has to be shown again, of the lend or of what was kept.
    pub fn replay<'a>(&self, lend: &'a [u8], pending: &'a [u8]) -> &'a [u8] {
        &(if self.is_lent { lend } else { pending })[self.replay.clone()]
    }

    /// Where the record begins in [`Refused::shown`].
    pub fn start(&self) -> usize {
        self.record - self.replay.start
    }
}
