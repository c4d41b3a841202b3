//! Where the walk over a field section is, and what bounds it.

use super::Scan;
use super::start;
use crate::guard::HeadLimits;
use crate::narrow::place;

/// What a section may be: the limits, and whether values may go on in the next line.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// Where the section begins.
    pub start: usize,
    /// Where it must have ended but for the empty line.
    pub end: usize,
    /// The longest line.
    pub line_max: usize,
    /// The most fields.
    pub fields_max: u32,
}

/// Where the walk is.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    /// Octets classified.
    pub pos: usize,
    /// Where the current line begins.
    pub line: usize,
    /// Its colon; 0 is none yet (no line begins with one).
    pub colon: usize,
    /// Fields so far.
    pub count: u32,
    /// The line holds an obs-fold.
    pub folded: bool,
}

impl Rules {
    #[inline(always)]
    pub fn of(limits: &HeadLimits, start: usize) -> Self {
        Self {
            start,
            end: start + start::capped(limits.section_max),
            // The length of a name has 16 bits.
            line_max: limits.line_max.min(u32::from(u16::MAX)) as usize,
            fields_max: limits.fields_max,
        }
    }

    /// No input of so many octets has a line or a section that is too long.
    #[inline(always)]
    pub fn window(&self) -> usize {
        self.end.min(self.line_max)
    }

    /// Whether a line or the section of an input of `len` octets may be too long. In most inputs none can.
    #[inline(always)]
    pub fn may_cross(&self, len: usize) -> bool {
        len > self.end.min(self.start + self.line_max)
    }
}

impl Walk {
    /// Where `scan` left it.
    #[inline(always)]
    pub fn of(scan: &Scan) -> Self {
        let [pos, line, colon] = [scan.pos, scan.line, scan.colon].map(|offset| offset as usize);
        Self { pos, line, colon, count: scan.count, folded: scan.folded != 0 }
    }

    /// Leaves it to `scan`.
    #[inline(always)]
    pub fn keep(self, scan: &mut Scan) {
        [scan.pos, scan.line, scan.colon] = [self.pos, self.line, self.colon].map(place);
        scan.count = self.count;
        scan.folded = u8::from(self.folded);
    }
}
