//! A trailer section is a field section without a start line.

use super::leaf::Leaf;
use super::start::{self, StartLine};
use super::{Scan, Summary, faults};
use crate::error::{Code, Error};
use crate::guard::HeadLimits;

/// The absent start line of a trailer section.
#[derive(Clone, Copy)]
pub(crate) struct NoLine;

impl StartLine for NoLine {
    const FOLD: bool = false;
    const HAS_TARGET: bool = false;
    /// Its length and number of fields.
    type Head = (usize, u32);

    #[inline(always)]
    fn line_fast<L: Leaf>(_leaf: L, _input: &[u8], _limits: &HeadLimits) -> Option<Self> {
        Some(Self)
    }

    fn resume(_input: &[u8], scan: &mut Scan, _limits: &HeadLimits) -> Result<bool, Error> {
        start::begin_fields(scan, 0);
        Ok(true)
    }

    fn of(_scan: &Scan) -> Self {
        Self
    }

    fn save(self, scan: &mut Scan) {
        start::begin_fields(scan, 0);
    }

    #[inline(always)]
    fn len(self) -> usize {
        0
    }

    #[inline(always)]
    fn head(self, len: usize, fields: u32, _summary: Summary) -> (usize, u32) {
        (len, fields)
    }

    #[inline(always)]
    fn error(error: Error) -> Error {
        if error.code() == Code::TooLarge { error } else { faults::TRAILER.at(error.offset) }
    }
}
