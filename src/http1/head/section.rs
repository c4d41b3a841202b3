//! The field section: lines to fields, a block of 64 octets at a time.
//!
//! This walk only accepts. Whatever looks wrong goes to [`judge`](super::judge), which alone knows the order of errors.

use super::field_id::{self, LAST_FRAMING};
use super::leaf::{self, Leaf, Masks};
use super::start::{self, StartLine};
use super::{Field, FieldId, FieldSink, Octets, Scan, Summary, faults, judge, lookup};
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
    /// The first Host value, and [`Summary::HOST`] once there is one: kept here because nearly every request has it, and
    /// nothing of it needs a call.
    pub host: Octets,
    pub host_flag: u32,
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
}

impl Walk {
    /// At the first field line.
    #[inline(always)]
    pub fn at(start: usize) -> Self {
        Self { pos: start, line: start, colon: 0, count: 0, folded: false, host: Octets::default(), host_flag: 0 }
    }

    /// Where `scan` left it.
    #[inline(always)]
    pub fn of(scan: &Scan) -> Self {
        let [pos, line, colon] = [scan.pos, scan.line, scan.colon].map(|offset| offset as usize);
        let host = Octets { offset: scan.summary.host, len: scan.summary.host_len };
        let host_flag = scan.summary.flags & Summary::HOST;
        Self { pos, line, colon, count: scan.count, folded: scan.folded != 0, host, host_flag }
    }

    /// `summary` with the Host.
    #[inline(always)]
    pub fn complete(&self, summary: Summary) -> Summary {
        let Octets { offset: host, len: host_len } = self.host;
        Summary { host, host_len, flags: summary.flags | self.host_flag, ..summary }
    }

    /// Leaves it to `scan`.
    #[inline(always)]
    pub fn keep(self, scan: &mut Scan) {
        [scan.pos, scan.line, scan.colon] = [self.pos, self.line, self.colon].map(|offset| offset as u32);
        scan.count = self.count;
        scan.folded = u8::from(self.folded);
    }
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
    // In most inputs no line and no section can be too long.
    let near_limit = input.len() > rules.end.min(rules.start + rules.line_max);
    while let Some(rest) = input.get(walk.pos..).filter(|rest| !rest.is_empty()) {
        let base = walk.pos;
        let mut masks = leaf::masks(leaf, input, base);
        while masks.control != 0 {
            let bit = masks.control.trailing_zeros();
            let at = base + bit as usize;
            if rest.get(bit as usize..bit as usize + 2) != Some(b"\r\n") {
                return stopped(input, walk, rules, at, masks);
            }
            if at == walk.line {
                return Ok(Some(at + 2));
            }
            let colon = if walk.colon != 0 { walk.colon } else { base + masks.delimiter.trailing_zeros() as usize };
            let Some((name, value)) = split(input, walk.line, colon, at) else {
                return Err(refuse(input, *walk, *rules));
            };
            if T::FOLD && !rest.get(bit as usize + 2).is_some_and(|next| !matches!(next, b' ' | b'\t')) {
                if at + 2 == input.len() {
                    return stopped(input, walk, rules, at, masks);
                }
                (walk.colon, walk.folded) = (colon, true);
            } else {
                let too_long = near_limit && (at - walk.line > rules.line_max || at + 2 > rules.end);
                if too_long || walk.count >= rules.fields_max {
                    return Err(refuse(input, *walk, *rules));
                }
                let folded = T::FOLD && walk.folded;
                if !take_line(leaf, input, walk, (name, value, folded), at, sink, summary) {
                    return Err(faults::TOO_MANY_FIELDS.at(walk.line as u64));
                }
            }
            masks = masks.after_line(bit);
        }
        if walk.colon == 0 && masks.delimiter != 0 {
            walk.colon = base + masks.delimiter.trailing_zeros() as usize;
            if split(input, walk.line, walk.colon, input.len()).is_none() {
                return Err(refuse(input, *walk, *rules));
            }
        }
        // The LF of a line that ended with this block is behind.
        walk.pos = walk.line.max(base + 64);
    }
    walk.pos = input.len();
    unfinished(input, *walk, rules)
}

/// The name and the rest of the line at `line..at`; `None` if there is no name, or what ended it is no colon: the first
/// octet that is no tchar must be one.
#[inline(always)]
fn split(input: &[u8], line: usize, colon: usize, at: usize) -> Option<(&[u8], &[u8])> {
    match input.get(line..at)?.split_at_checked(colon.wrapping_sub(line))? {
        (name, [b':', value @ ..]) if !name.is_empty() => Some((name, value)),
        _ => None,
    }
}

/// Makes a field of the line of this name and value that ends at `at`; `false` when there is no room for it.
#[inline(always)]
fn take_line<L: Leaf, S: FieldSink>(
    leaf: L,
    input: &[u8],
    walk: &mut Walk,
    (name, value, folded): (&[u8], &[u8], bool),
    at: usize,
    sink: &mut S,
    summary: &mut Summary,
) -> bool {
    let id = known_name(leaf, input, walk.line, name);
    let value = if folded { trim_start_folded(value) } else { trim_start(value) };
    let start = (at - value.len()) as u32;
    let value = if folded { trim_end_folded(value) } else { trim_end(value) };
    let field = Field {
        name: walk.line as u32,
        value: start,
        value_len: value.len() as u32,
        name_len: name.len() as u16,
        id,
        flags: u8::from(folded) * Field::FOLDED,
    };
    if id == field_id::HOST && walk.host_flag == 0 {
        walk.host = Octets { offset: start, len: value.len() as u32 };
        walk.host_flag = Summary::HOST;
    } else if id.wrapping_sub(1) < LAST_FRAMING {
        summary.note(id, value, start, folded);
    }
    if !sink.push(field) {
        return false;
    }
    (walk.line, walk.colon, walk.folded) = (at + 2, 0, false);
    walk.count += 1;
    true
}

/// The number of a name, by the leaf's comparison where there is room for it.
#[inline(always)]
fn known_name<L: Leaf>(leaf: L, input: &[u8], line: usize, name: &[u8]) -> FieldId {
    let id = lookup::candidate(name);
    let known = lookup::known(id);
    let same = match input.get(line..).and_then(|rest| rest.first_chunk()) {
        _ if known.len() != name.len() => false,
        Some(block) => leaf.same_name(block, known.padded(), name.len()),
        None => known.is_lower_of(name),
    };
    if same { id } else { 0 }
}

/// Without SP and HTAB before it: a value without other controls has no other octet up to SP.
#[inline(always)]
fn trim_start(mut value: &[u8]) -> &[u8] {
    while let [..=b' ', rest @ ..] = value {
        value = rest;
    }
    value
}

/// Without SP and HTAB after it.
#[inline(always)]
fn trim_end(mut value: &[u8]) -> &[u8] {
    while let [rest @ .., ..=b' '] = value {
        value = rest;
    }
    value
}

/// As [`trim_start`]; an obs-fold is whitespace too.
#[cold]
fn trim_start_folded(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = value {
        value = rest;
    }
    value
}

/// As [`trim_end`]; an obs-fold is whitespace too.
#[cold]
fn trim_end_folded(mut value: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b'\r' | b'\n'] = value {
        value = rest;
    }
    value
}

/// The control octet at `at` is no end of a line: either the octets that decide are not here yet, or it is wrong.
#[inline(always)]
fn stopped(input: &[u8], walk: &mut Walk, rules: &Rules, at: usize, masks: Masks) -> Result<Option<usize>, Error> {
    let ends = input.get(at..).is_some_and(|rest| matches!(rest, b"\r" | b"\r\n"));
    if at != walk.line && walk.colon == 0 {
        walk.colon = walk.pos + masks.delimiter.trailing_zeros() as usize;
    }
    if !ends || (at != walk.line && split(input, walk.line, walk.colon, at).is_none()) {
        return Err(refuse(input, *walk, *rules));
    }
    walk.pos = at;
    unfinished(input, *walk, rules)
}

/// The input ended within a line: what is there of it must still be able to become a field.
#[inline(always)]
fn unfinished(input: &[u8], walk: Walk, rules: &Rules) -> Result<Option<usize>, Error> {
    let len = input.len().saturating_sub(walk.line);
    let near_limit = len > rules.line_max || input.len() > rules.end || walk.count >= rules.fields_max;
    if len == 0 || !near_limit {
        return Ok(None);
    }
    judge::line(input, walk.line, walk.count, *rules).map_or(Ok(None), Err)
}

/// The error of a line that is wrong. Takes copies, so that the walk can stay in registers.
#[cold]
#[inline(never)]
fn refuse(input: &[u8], walk: Walk, rules: Rules) -> Error {
    let error = judge::line(input, walk.line, walk.count, rules);
    debug_assert!(error.is_some(), "the walk refused a line that the judge finds well");
    error.unwrap_or(faults::VALUE.at(walk.pos as u64))
}
