//! The full walk over a field section, a block of 64 octets at a time.
//!
//! The walk itself only accepts. A line that looks wrong goes to [`line_error`], which defines the
//! order of errors.

use core::marker::PhantomData;

use super::field_id::LAST_FRAMING;
use super::leaf::{self, Leaf, Masks};
use super::start::StartLine;
use super::walk::{Rules, Walk};
use super::{Field, FieldSink, Scan, Summary, faults, line, line_error};
use crate::error::Error;
use crate::guard::HeadLimits;
use crate::narrow::{place, two_octets};

/// The walk over one input.
pub(super) struct Section<'a, L, T, S> {
    leaf: L,
    input: &'a [u8],
    rules: Rules,
    /// A line or the section may be too long; false for most inputs.
    near_limit: bool,
    walk: Walk,
    sink: &'a mut S,
    summary: &'a mut Summary,
    start_line: PhantomData<T>,
}

/// The result of a walk: the end of the section, or `None` if it is incomplete.
type Outcome = Result<Option<usize>, Error>;

impl<'a, L: Leaf, T: StartLine, S: FieldSink> Section<'a, L, T, S> {
    #[inline(always)]
    pub fn new(leaf: L, input: &'a [u8], rules: Rules, walk: Walk, sink: &'a mut S, summary: &'a mut Summary) -> Self {
        let near_limit = rules.may_exceed(input.len());
        Self { leaf, input, rules, near_limit, walk, sink, summary, start_line: PhantomData }
    }

    /// Reads field lines up to the empty line and returns its end. `walk` has the progress.
    #[inline(always)]
    pub fn run(&mut self) -> Outcome {
        while let Some(rest) = self.input.get(self.walk.pos..).filter(|rest| !rest.is_empty()) {
            if let Some(outcome) = self.block(rest) {
                return outcome;
            }
        }
        self.walk.pos = self.input.len();
        self.unfinished()
    }

    #[inline(always)]
    pub fn walk(&self) -> &Walk {
        &self.walk
    }

    /// Reads the lines that end in the next 64 octets of `rest`.
    #[inline(always)]
    fn block(&mut self, rest: &[u8]) -> Option<Outcome> {
        let base = self.walk.pos;
        // If a line's CR ended the last block, its LF is in this one. The mask depends on that, not the position: a
        // load that waited for earlier lines would serialise all blocks.
        let has_lf = self.walk.line > base || (T::FOLD && self.is_within_fold(base));
        let mut masks = leaf::masks(self.leaf, self.input, base).without_first(has_lf);
        while masks.control != 0 {
            let bit = masks.control.trailing_zeros();
            let at = base + bit as usize;
            if rest.get(bit as usize..bit as usize + 2) != Some(b"\r\n") {
                return Some(self.stopped(at, masks));
            }
            if at == self.walk.line {
                return Some(Ok(Some(at + 2)));
            }
            let colon = self.colon(base, masks);
            if let Some(outcome) = self.line(at, colon, rest.get(bit as usize + 2).copied(), masks) {
                return Some(outcome);
            }
            masks = masks.after_line(bit);
        }
        if self.walk.colon == 0 && masks.delimiter != 0 {
            self.walk.colon = self.colon(base, masks);
            if line::split(self.input, self.walk.line, self.walk.colon, self.input.len()).is_none() {
                return Some(Err(refuse(self.input, self.walk, self.rules)));
            }
        }
        self.walk.pos = base + 64;
        None
    }

    /// Whether the octet at `base` is the LF of a fold whose CR ended the last block. Only a CR before LF is skipped.
    #[inline(always)]
    fn is_within_fold(&self, base: usize) -> bool {
        self.walk.folded && base.checked_sub(1).and_then(|before| self.input.get(before)) == Some(&b'\r')
    }

    /// The end of the name of the current line, from an earlier block or this one.
    #[inline(always)]
    fn colon(&self, base: usize, masks: Masks) -> usize {
        if self.walk.colon != 0 { self.walk.colon } else { base + masks.delimiter.trailing_zeros() as usize }
    }

    /// Reads the line that ends at `at`; `next` is the octet after it.
    #[inline(always)]
    fn line(&mut self, at: usize, colon: usize, next: Option<u8>, masks: Masks) -> Option<Outcome> {
        let Some((name, value)) = line::split(self.input, self.walk.line, colon, at) else {
            return Some(Err(refuse(self.input, self.walk, self.rules)));
        };
        if T::FOLD && matches!(next, None | Some(b' ' | b'\t')) {
            if next.is_none() {
                return Some(self.stopped(at, masks));
            }
            (self.walk.colon, self.walk.folded) = (colon, true);
            return None;
        }
        let too_long = self.near_limit && (at - self.walk.line > self.rules.line_max || at + 2 > self.rules.end);
        if too_long || self.walk.count >= self.rules.fields_max {
            return Some(Err(refuse(self.input, self.walk, self.rules)));
        }
        self.take(at, name, value)
    }

    /// Adds the field with this name and value, whose line ends at `at`.
    #[inline(always)]
    fn take(&mut self, at: usize, name: &[u8], value: &[u8]) -> Option<Outcome> {
        let walk = &mut self.walk;
        let folded = T::FOLD && walk.folded;
        let rest = self.input.get(walk.line..).unwrap_or_default();
        let id = line::name_id(self.leaf, self.input, rest, name);
        let (start, value) = line::trim(value, at, folded);
        let field = Field {
            name: place(walk.line),
            value: start,
            value_len: place(value.len()),
            name_len: two_octets(name.len()),
            id,
            flags: u8::from(folded) * Field::FOLDED,
        };
        if id.wrapping_sub(1) < LAST_FRAMING {
            self.summary.take(id, value, start, folded);
        }
        if !self.sink.push(field) {
            return Some(Err(faults::TOO_MANY_FIELDS.at(walk.line as u64)));
        }
        (walk.line, walk.colon, walk.folded) = (at + 2, 0, false);
        walk.count += 1;
        None
    }

    /// The control octet at `at` does not end a line: either more input is needed, or it is an error.
    #[inline(always)]
    fn stopped(&mut self, at: usize, masks: Masks) -> Outcome {
        let ends = self.input.get(at..).is_some_and(|rest| matches!(rest, b"\r" | b"\r\n"));
        let empty = at == self.walk.line;
        if !empty {
            self.walk.colon = self.colon(self.walk.pos, masks);
        }
        if !ends || (!empty && line::split(self.input, self.walk.line, self.walk.colon, at).is_none()) {
            return Err(refuse(self.input, self.walk, self.rules));
        }
        self.walk.pos = at;
        self.unfinished()
    }

    /// The input ends within a line: check that it can still become a field.
    #[inline(always)]
    fn unfinished(&self) -> Outcome {
        let (walk, rules) = (&self.walk, &self.rules);
        let within_line = self.input.len() > walk.line;
        // Only near a limit: otherwise each small piece would cause a check of the whole line.
        let may_exceed = self.input.len() > rules.end.min(walk.line + rules.line_max);
        if !within_line || (!may_exceed && walk.count < rules.fields_max) {
            return Ok(None);
        }
        line_error::find(self.input, walk.line, walk.count, *rules).map_or(Ok(None), Err)
    }
}

/// Fast way for small pieces: whether the new octets only continue the current part of the line. If so, marks them as
/// read.
///
/// Most small pieces end neither a line nor a name.
#[inline(always)]
pub(super) fn resume_fast<L: Leaf>(leaf: L, input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> bool {
    let unseen = input.len().wrapping_sub(scan.pos as usize);
    let (Some(block), 1..=64) = (input.last_chunk(), unseen) else { return false };
    let masks = leaf.masks64(block).skip(64 - unseen);
    let ends = masks.control != 0 || (scan.colon == 0 && masks.delimiter != 0);
    let rules = Rules::of(limits, scan.section as usize);
    if ends || rules.may_exceed(input.len()) || scan.count >= rules.fields_max {
        return false;
    }
    scan.pos = place(input.len());
    true
}

/// The error of an invalid line. Takes copies so that the walk can stay in registers.
#[cold]
#[inline(never)]
fn refuse(input: &[u8], walk: Walk, rules: Rules) -> Error {
    let error = line_error::find(input, walk.line, walk.count, rules);
    debug_assert!(error.is_some(), "the walk refused a valid line");
    error.unwrap_or(faults::VALUE.at(walk.pos as u64))
}
