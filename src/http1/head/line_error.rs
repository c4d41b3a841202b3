//! Locates the error of a field line: the first octet after which the line cannot become valid.
//!
//! Runs octet by octet, and only for a line that the walk refused or that may exceed a limit. A head has at most one
//! error, so the cost does not matter. The error depends only on the octets before it, never on cuts.

use super::faults;
use super::octet::{self, CONTROL, TOKEN};
use super::walk::Rules;
use crate::error::{Error, Fault};

/// The first error of the line at `line`, which follows `count` fields; `None` if the octets so far are valid.
#[cold]
#[inline(never)]
pub(super) fn find(input: &[u8], line: usize, count: u32, rules: Rules) -> Option<Error> {
    let octets = input.get(line..)?;
    if octets.first() == Some(&b'\r') {
        return octets.get(1).filter(|next| **next != b'\n').map(|_| faults::BARE_CR.at(line as u64 + 1));
    }
    let mut part = Part::Name;
    for (at, &octet) in octets.iter().enumerate() {
        let fault = match crossed(at, octet, part, &rules, count, line) {
            None => match step(part, octet, at, line == rules.start) {
                Ok(Part::End) => return None,
                Ok(next) => {
                    part = next;
                    continue;
                }
                Err(fault) => fault,
            },
            Some(fault) => fault,
        };
        return Some(fault.at((line + at) as u64));
    }
    None
}

/// A part of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Value,
    /// After a CR in the value.
    LineFeed,
    /// After CRLF: whitespace continues the value.
    Next,
    End,
}

/// The limit exceeded by the octet at `at` in its line. CRLF does not count.
fn crossed(at: usize, octet: u8, part: Part, rules: &Rules, count: u32, line: usize) -> Option<&'static Fault> {
    if part == Part::Next && !matches!(octet, b' ' | b'\t') {
        return None;
    }
    let ends_line = part == Part::LineFeed || octet == b'\r';
    if count >= rules.fields_max {
        Some(&faults::TOO_MANY_FIELDS)
    } else if line + at >= rules.end {
        Some(&faults::SECTION_TOO_LONG)
    } else if at >= rules.line_max && !ends_line {
        Some(&faults::LINE_TOO_LONG)
    } else {
        None
    }
}

fn step(part: Part, octet: u8, at: usize, first_line: bool) -> Result<Part, &'static Fault> {
    match (part, octet) {
        (Part::Name, _) if octet::is(octet, TOKEN) => Ok(Part::Name),
        (Part::Name, b':') if at > 0 => Ok(Part::Value),
        (Part::Name, _) => Err(name_fault(octet, at, first_line)),
        (Part::Value, _) => value(octet),
        (Part::LineFeed, b'\n') => Ok(Part::Next),
        (Part::LineFeed, _) => Err(&faults::BARE_CR),
        (Part::Next, b' ' | b'\t') => Ok(Part::Value),
        (Part::Next | Part::End, _) => Ok(Part::End),
    }
}

fn value(octet: u8) -> Result<Part, &'static Fault> {
    match octet {
        b'\r' => Ok(Part::LineFeed),
        b'\n' => Err(&faults::BARE_LF),
        _ if octet::is(octet, CONTROL) => Err(&faults::VALUE),
        _ => Ok(Part::Value),
    }
}

/// The fault of an octet that is not allowed after `at` octets of a name.
fn name_fault(octet: u8, at: usize, first_line: bool) -> &'static Fault {
    match (octet, at) {
        (b'\n', _) => &faults::BARE_LF,
        (b'\r', _) => &faults::NO_COLON,
        (b' ' | b'\t', 1..) => &faults::NAME_SPACE,
        (b' ' | b'\t', 0) if first_line => &faults::FIRST_LINE_SPACE,
        (b' ' | b'\t', 0) => &faults::FOLD,
        _ => &faults::NAME,
    }
}
