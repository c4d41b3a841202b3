//! Parsing progress of one head.

use super::{Summary, faults};
use crate::error::{Error, Fault};
use crate::narrow::{in_memory, octet, place};

/// The progress of a head that arrives in pieces, so that octets are classified only once.
///
/// All-zero is fresh, and success resets it. An error persists: every later call returns it. A scan has only offsets,
/// so the octets may move between calls. Any bit pattern is memory-safe, though a wrong one yields wrong results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Scan {
    /// Octets classified; in stage [`stage::POISONED`] the offset of the error.
    pub(super) pos: u32,
    /// Offset of the current line.
    pub(super) line: u32,
    /// Offset of the colon of the current line; 0 if not found yet.
    pub(super) colon: u32,
    /// Offset of the field section.
    pub(super) section: u32,
    /// Offset of the start line, after skipped empty lines.
    pub(super) start: u32,
    /// Length of the method.
    pub(super) method_len: u32,
    /// Length of the target or the reason.
    pub(super) part_len: u32,
    /// Fields so far.
    pub(super) count: u32,
    /// The status of a response.
    pub(super) status: u16,
    /// One of [`stage`].
    pub(super) stage: u8,
    /// Empty lines skipped before the start line.
    pub(super) skipped: u8,
    /// The minor version.
    pub(super) minor: u8,
    /// One of [`super::method`].
    pub(super) method_id: u8,
    /// The current line contains an obs-fold: 0 or 1.
    pub(super) folded: u8,
    /// When poisoned: index in [`faults::ALL`].
    pub(super) fault: u8,
    /// Framing facts of the fields so far.
    pub(super) summary: Summary,
}

/// The stages of a scan.
pub(super) mod stage {
    /// Before the start line; empty lines are skipped.
    pub const START: u8 = 0;
    /// In the method.
    pub const METHOD: u8 = 1;
    /// In the request target, before its path.
    pub const TARGET: u8 = 2;
    /// In the path of the target.
    pub const PATH: u8 = 3;
    /// In the query of the target.
    pub const QUERY: u8 = 4;
    /// In the version, up to the end of the request line.
    pub const VERSION: u8 = 5;
    /// In the version and status of a response.
    pub const STATUS: u8 = 6;
    /// In the reason phrase.
    pub const REASON: u8 = 7;
    /// In the field section.
    pub const FIELDS: u8 = 8;
    /// An error was found.
    pub const POISONED: u8 = 9;
}

impl Scan {
    /// A scan before its first octet.
    pub const FRESH: Self = Self {
        pos: 0,
        line: 0,
        colon: 0,
        section: 0,
        start: 0,
        method_len: 0,
        part_len: 0,
        count: 0,
        status: 0,
        stage: stage::START,
        skipped: 0,
        minor: 0,
        method_id: 0,
        folded: 0,
        fault: 0,
        summary: Summary { content_length: 0, flags: 0, host: 0, host_len: 0, fault: 0 },
    };

    /// The error of this scan, if any.
    pub fn error(&self) -> Option<Error> {
        let fault = faults::ALL.get(usize::from(self.fault))?;
        (self.stage == stage::POISONED).then(|| fault.at(u64::from(self.pos)))
    }

    /// Fields found so far.
    pub fn fields(&self) -> u32 {
        self.count
    }

    /// Octets classified: the next input must have at least these.
    pub fn seen(&self) -> u32 {
        self.pos
    }

    /// Stores `error` for all later calls.
    #[cold]
    pub(super) fn poison(&mut self, error: Error) -> Error {
        let same = |fault: &&Fault| core::ptr::eq(*fault, error.fault);
        self.fault = octet(faults::ALL.iter().position(same).unwrap_or(usize::from(u8::MAX)));
        self.pos = place(in_memory(error.offset));
        self.stage = stage::POISONED;
        error
    }

    /// Whether the start line is complete.
    #[inline(always)]
    pub(super) fn in_fields(&self) -> bool {
        self.stage == stage::FIELDS
    }

    /// Whether nothing has been parsed yet.
    #[inline(always)]
    pub(crate) fn is_fresh(&self) -> bool {
        self.pos == 0 && self.stage == stage::START
    }
}
