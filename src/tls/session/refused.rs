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
    shown: Range<usize>,
    /// There: where the record begins.
    record: usize,
}

impl Refused {
    /// A record that rustls was not shown, behind what it keeps.
    pub fn unseen(error: Error, is_lent: bool, kept: Range<usize>) -> Self {
        Self { error, is_lent, record: kept.end, shown: kept }
    }

    /// A record from `record` to `end` that rustls refused.
    pub fn seen(failed: Failed, is_lent: bool, record: usize, end: usize) -> Self {
        let shown = end - failed.kept..end;
        Self { error: failed.error, is_lent, record: record.max(shown.start), shown }
    }

    /// Why it was refused.
    pub fn error(&self) -> Error {
        self.error
    }

    /// What rustls has to be shown again, of the lend or of what was kept.
    pub fn shown<'a>(&self, lend: &'a [u8], kept: &'a [u8]) -> &'a [u8] {
        &(if self.is_lent { lend } else { kept })[self.shown.clone()]
    }

    /// Where the record begins in [`Refused::shown`].
    pub fn start(&self) -> usize {
        self.record - self.shown.start
    }
}
