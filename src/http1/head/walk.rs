//! State and limits of the walk over a field section.

use super::Scan;
use super::start;
use crate::guard::HeadLimits;
use crate::narrow::place;

/// The limits of a section.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// Offset of the section.
    pub start: usize,
    /// Offset by which it must end, except for the empty line.
    pub end: usize,
    /// Maximum line length.
    pub line_max: usize,
    /// Maximum number of fields.
    pub fields_max: u32,
}

/// The state of the walk.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    /// Octets classified.
    pub pos: usize,
    /// Offset of the current line.
    pub line: usize,
    /// Offset of its colon; 0 if not found yet (no line begins with one).
    pub colon: usize,
    /// Fields so far.
    pub count: u32,
    /// The line contains an obs-fold.
    pub folded: bool,
}

impl Rules {
    #[inline(always)]
    pub fn of(limits: &HeadLimits, start: usize) -> Self {
        Self {
            start,
            end: start + start::capped(limits.section_max),
            // Name lengths have 16 bits.
            line_max: limits.line_max.min(u32::from(u16::MAX)) as usize,
            fields_max: limits.fields_max,
        }
    }

    /// An input of this length has no line or section that is too long.
    #[inline(always)]
    pub fn window(&self) -> usize {
        self.end.min(self.line_max)
    }

    /// Whether a line or the section of an input of `len` octets may be too long. Usually false.
    #[inline(always)]
    pub fn may_exceed(&self, len: usize) -> bool {
        len > self.end.min(self.start + self.line_max)
    }
}

impl Walk {
    /// The state stored in `scan`.
    #[inline(always)]
    pub fn of(scan: &Scan) -> Self {
        let [pos, line, colon] = [scan.pos, scan.line, scan.colon].map(|offset| offset as usize);
        Self { pos, line, colon, count: scan.count, folded: scan.folded != 0 }
    }

    /// Stores the state in `scan`.
    #[inline(always)]
    pub fn save(self, scan: &mut Scan) {
        [scan.pos, scan.line, scan.colon] = [self.pos, self.line, self.colon].map(place);
        scan.count = self.count;
        scan.folded = u8::from(self.folded);
    }
}
