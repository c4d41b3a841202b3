//! How far the parsing of one head has come.

use super::{Summary, faults};
use crate::error::{Error, Fault};
use crate::narrow::{in_memory, octet, place};

/// The memory of a head that arrives in pieces: octets that were classified are not looked at again.
///
/// All-zero is fresh, and success makes it fresh again. An error stays: every later call returns the same one. It holds
/// offsets only, so the octets may lie elsewhere in the next call. Any bit pattern is valid (a wrong one yields wrong
/// results, never wrong memory).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Scan {
    /// Octets classified; in the stage [`stage::POISONED`] the offset of the error.
    pub(super) pos: u32,
    /// Where the current line begins.
    pub(super) line: u32,
    /// The colon of the current line; 0 is none yet.
    pub(super) colon: u32,
    /// Where the field section begins.
    pub(super) section: u32,
    /// Where the start line begins: after skipped empty lines.
    pub(super) start: u32,
    /// Octets of the method.
    pub(super) method_len: u32,
    /// Octets of the target, or of the reason.
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
    /// The current line holds an obs-fold: 0 or 1.
    pub(super) folded: u8,
    /// When poisoned: which of [`faults::ALL`].
    pub(super) fault: u8,
    /// What the fields so far say about framing.
    pub(super) summary: Summary,
}

/// The stages of a scan.
pub(super) mod stage {
    /// Before the first octet of the start line: empty lines are skipped.
    pub const START: u8 = 0;
    /// In the method.
    pub const METHOD: u8 = 1;
    /// In the request target, before its path.
    pub const TARGET: u8 = 2;
    /// In the path of the target.
    pub const PATH: u8 = 3;
    /// In the query of the target.
    pub const QUERY: u8 = 4;
    /// In the version, to the end of the request line.
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

    /// The error that ended this scan, if one did.
    pub fn error(&self) -> Option<Error> {
        let fault = faults::ALL.get(usize::from(self.fault))?;
        (self.stage == stage::POISONED).then(|| fault.at(u64::from(self.pos)))
    }

    /// Fields found so far.
    pub fn fields(&self) -> u32 {
        self.count
    }

    /// Octets that were looked at: the next input must hold at least these.
    pub fn seen(&self) -> u32 {
        self.pos
    }

    /// Keeps `error` for every later call.
    #[cold]
    pub(super) fn poison(&mut self, error: Error) -> Error {
        let same = |fault: &&Fault| core::ptr::eq(*fault, error.fault);
        self.fault = octet(faults::ALL.iter().position(same).unwrap_or(usize::from(u8::MAX)));
        self.pos = place(in_memory(error.offset));
        self.stage = stage::POISONED;
        error
    }

    /// Whether the start line is behind.
    #[inline(always)]
    pub(super) fn in_fields(&self) -> bool {
        self.stage == stage::FIELDS
    }

    /// Whether nothing was parsed yet.
    #[inline(always)]
    pub(crate) fn is_fresh(&self) -> bool {
        self.pos == 0 && self.stage == stage::START
    }
}
