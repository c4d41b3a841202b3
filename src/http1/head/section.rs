//! The field section: lines to fields, a block of 64 octets at a time.
//!
//! This walk only accepts. Whatever looks wrong goes to [`judge`](super::judge), which alone knows the order of errors.

use super::field_id::LAST_FRAMING;
use super::leaf::{self, Leaf};
use super::start::StartLine;
use super::{Field, FieldId, FieldSink, Scan, Summary, faults, judge, lookup};
use crate::error::Error;
use crate::guard::HeadLimits;

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
            end: start.saturating_add(limits.section_max as usize),
            // The length of a name has 16 bits.
            line_max: limits.line_max.min(u32::from(u16::MAX)) as usize,
            fields_max: limits.fields_max,
        }
    }
}

impl Walk {
    /// At the first field line.
    #[inline(always)]
    pub fn at(start: usize) -> Self {
        Self { pos: start, line: start, colon: 0, count: 0, folded: false }
    }

    /// Where `scan` left it.
    #[inline(always)]
    pub fn of(scan: &Scan) -> Self {
        let [pos, line, colon] = [scan.pos, scan.line, scan.colon].map(|offset| offset as usize);
        Self { pos, line, colon, count: scan.count, folded: scan.folded != 0 }
    }

    /// Leaves it to `scan`.
    #[inline(always)]
    pub fn keep(self, scan: &mut Scan) {
        [scan.pos, scan.line, scan.colon] = [self.pos, self.line, self.colon].map(|offset| offset as u32);
        scan.count = self.count;
        scan.folded = u8::from(self.folded);
    }
}

/// The end of a line within a block.
enum End {
    /// A field line ended.
    Line,
    /// The line goes on after an obs-fold.
    Fold,
    /// The empty line that ends the section.
    Section,
    /// Whether it is an end depends on octets that are not here.
    Unknown,
}

/// Takes field lines from `input` until the empty line, and says where that ends; `None` when it is not there yet.
///
/// `T::FOLD`: obs-fold is taken (responses) and not refused.
#[inline(always)]
pub(super) fn fields<L: Leaf, T: StartLine, S: FieldSink>(
    leaf: L,
    input: &[u8],
    walk: &mut Walk,
    rules: &Rules,
    sink: &mut S,
    summary: &mut Summary,
) -> Result<Option<usize>, Error> {
    while walk.pos < input.len() {
        let base = walk.pos;
        // A line that ended with the last block may have its LF in this one.
        let mut masks = leaf::masks(leaf, input, base).after(u32::from(walk.line > base));
        while masks.control != 0 {
            let bit = masks.control.trailing_zeros();
            let at = base + bit as usize;
            let colon = if walk.colon != 0 { walk.colon } else { base + masks.delimiter.trailing_zeros() as usize };
            match line_end::<T>(input, walk, rules, at, colon)? {
                End::Line => take_line(leaf, input, walk, at, colon, sink, summary)?,
                End::Fold => (walk.colon, walk.folded) = (colon, true),
                End::Section => return Ok(Some(at + 2)),
                End::Unknown => {
                    walk.pos = at;
                    if at != walk.line {
                        walk.colon = colon;
                    }
                    return partial(input, *walk, rules);
                }
            }
            masks = masks.after(bit + 2);
        }
        if walk.colon == 0 && masks.delimiter != 0 {
            walk.colon = base + masks.delimiter.trailing_zeros() as usize;
            check_colon(input, walk, rules, walk.colon)?;
        }
        walk.pos = base + 64;
    }
    walk.pos = input.len();
    partial(input, *walk, rules)
}

/// What the control octet at `at` is the end of, if the line it ends is well.
#[inline(always)]
fn line_end<T: StartLine>(input: &[u8], walk: &Walk, rules: &Rules, at: usize, colon: usize) -> Result<End, Error> {
    let Some(ending) = input.get(at..).and_then(|rest| rest.first_chunk::<2>()) else {
        // The last octet: a CR may come right here, and only after a colon or at the start of a line.
        if input.get(at) != Some(&b'\r') {
            return Err(refuse(input, walk, rules));
        }
        if at != walk.line {
            check_colon(input, walk, rules, colon)?;
        }
        return Ok(End::Unknown);
    };
    if ending != b"\r\n" {
        return Err(refuse(input, walk, rules));
    }
    if at == walk.line {
        return Ok(End::Section);
    }
    check_colon(input, walk, rules, colon)?;
    if T::FOLD {
        match input.get(at + 2) {
            None => return Ok(End::Unknown),
            Some(b' ' | b'\t') => return Ok(End::Fold),
            _ => {}
        }
    }
    if at - walk.line > rules.line_max || at + 2 > rules.end || walk.count >= rules.fields_max {
        return Err(refuse(input, walk, rules));
    }
    Ok(End::Line)
}

/// The first octet after the name must be a colon, and the name not empty.
#[inline(always)]
fn check_colon(input: &[u8], walk: &Walk, rules: &Rules, colon: usize) -> Result<(), Error> {
    if input.get(colon) == Some(&b':') && colon > walk.line { Ok(()) } else { Err(refuse(input, walk, rules)) }
}

/// Makes a field of the line that ends at `at`.
#[inline(always)]
fn take_line<L: Leaf, S: FieldSink>(
    leaf: L,
    input: &[u8],
    walk: &mut Walk,
    at: usize,
    colon: usize,
    sink: &mut S,
    summary: &mut Summary,
) -> Result<(), Error> {
    let name = input.get(walk.line..colon).unwrap_or_default();
    let id = known_name(leaf, input, walk.line, name);
    let (value, end) = if walk.folded { trim_folded(input, colon + 1, at) } else { trim(input, colon + 1, at) };
    let field = Field {
        name: walk.line as u32,
        value: value as u32,
        value_len: (end - value) as u32,
        name_len: name.len() as u16,
        id,
        flags: if walk.folded { Field::FOLDED } else { 0 },
    };
    if id.wrapping_sub(1) < LAST_FRAMING {
        summary.note(id, input.get(value..end).unwrap_or_default(), value as u32, walk.folded);
    }
    if !sink.push(field) {
        return Err(faults::TOO_MANY_FIELDS.at(walk.line as u64));
    }
    (walk.line, walk.colon, walk.folded) = (at + 2, 0, false);
    walk.count += 1;
    Ok(())
}

/// The number of a name, by the leaf's comparison where there is room for it.
#[inline(always)]
fn known_name<L: Leaf>(leaf: L, input: &[u8], line: usize, name: &[u8]) -> FieldId {
    let Some(block) = input.get(line..).and_then(|rest| rest.first_chunk()) else { return lookup::of_token(name) };
    let id = lookup::candidate(name);
    let (known, len) = lookup::known(id);
    if *len == name.len() && leaf.same_name(block, known, *len) { id } else { 0 }
}

/// `from..to` without SP and HTAB at either end.
#[inline(always)]
fn trim(input: &[u8], mut from: usize, mut to: usize) -> (usize, usize) {
    while from < to && matches!(input.get(from), Some(b' ' | b'\t')) {
        from += 1;
    }
    while from < to && matches!(input.get(to - 1), Some(b' ' | b'\t')) {
        to -= 1;
    }
    (from, to)
}

/// As [`trim`], for a value with an obs-fold, which is whitespace too.
#[cold]
fn trim_folded(input: &[u8], mut from: usize, mut to: usize) -> (usize, usize) {
    while from < to && matches!(input.get(from), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        from += 1;
    }
    while from < to && matches!(input.get(to - 1), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        to -= 1;
    }
    (from, to)
}

/// The input ended within a line: what is there of it must still be able to become a field.
#[inline(always)]
fn partial(input: &[u8], walk: Walk, rules: &Rules) -> Result<Option<usize>, Error> {
    let len = input.len().saturating_sub(walk.line);
    let near_limit = len > rules.line_max || input.len() > rules.end || walk.count >= rules.fields_max;
    match len != 0 && near_limit {
        false => Ok(None),
        true => judge::line(input, walk.line, walk.count, rules).map_or(Ok(None), Err),
    }
}

/// The error of a line that is wrong.
#[cold]
fn refuse(input: &[u8], walk: &Walk, rules: &Rules) -> Error {
    let error = judge::line(input, walk.line, walk.count, rules);
    debug_assert!(error.is_some(), "the walk refused a line that the judge finds well");
    error.unwrap_or(faults::VALUE.at(walk.pos as u64))
}
