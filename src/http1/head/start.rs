//! What request lines and status lines share.

use super::leaf::Leaf;
use super::scan::stage;
use super::{Scan, Summary, octet};
use crate::error::{Error, Fault};
use crate::guard::{HeadLimits, TargetRule};
use crate::narrow::place;

/// The line before a field section.
pub(crate) trait StartLine: Copy {
    /// The fields after it may contain obs-folds.
    const FOLD: bool;

    /// It contains a request target.
    const HAS_TARGET: bool;

    /// The type of the whole head.
    type Head;

    /// Whether [`line_fast`](Self::line_fast) supports `rule`: leaves only classify by the browser rule. Checked
    /// outside of the code compiled per leaf, where the result would occupy a register of the walk.
    #[inline(always)]
    fn suits(rule: TargetRule) -> bool {
        !Self::HAS_TARGET || rule == TargetRule::Browser
    }

    /// The line at the start of `input`, if it is complete and valid. May return `None` for such a line;
    /// [`resume`](Self::resume) handles it then.
    fn line_fast<L: Leaf>(leaf: L, input: &[u8], limits: &HeadLimits) -> Option<Self>;

    /// Continues an incomplete line; `false` if it is still incomplete.
    fn resume(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error>;

    /// The line that `resume` completed.
    fn of(scan: &Scan) -> Self;

    /// Stores a line from `line_fast`.
    fn save(self, scan: &mut Scan);

    /// Length of a line from `line_fast`.
    fn len(self) -> usize;

    /// The head of `len` octets that starts with this line.
    fn head(self, len: usize, fields: u32, summary: Summary) -> Self::Head;

    /// Maps an error in the fields after it.
    #[inline(always)]
    fn error(error: Error) -> Error {
        error
    }
}

/// Skips up to four empty lines (H1-LINE-09) and enters stage `next`; `false` if more input is needed.
pub(super) fn skip_empty_lines(
    input: &[u8],
    scan: &mut Scan,
    too_many: &'static Fault,
    next: u8,
) -> Result<bool, Error> {
    loop {
        let at = scan.pos as usize;
        match input.get(at..at + 2) {
            _ if input.get(at).is_some_and(|octet| *octet != b'\r') => {
                scan.start = scan.pos;
                scan.stage = next;
                return Ok(true);
            }
            _ if scan.skipped == 4 && input.len() > at => return Err(too_many.at(at as u64)),
            Some(b"\r\n") => {
                scan.skipped += 1;
                scan.pos += 2;
            }
            Some(_) => return Err(super::faults::BARE_CR.at(at as u64 + 1)),
            None => return Ok(false),
        }
    }
}

/// The end of the run of `class` octets from `at`.
pub(super) fn run(input: &[u8], at: usize, class: u8) -> usize {
    let rest = input.get(at..).unwrap_or_default();
    at + rest.iter().position(|octet| !octet::is(*octet, class)).unwrap_or(rest.len())
}

/// Fails at the first octet over `max`, if there are more from `start`.
pub(super) fn crossed(len: usize, max: u32, start: usize, fault: &'static Fault) -> Result<(), Error> {
    let max = capped(max);
    if len > max { Err(fault.at((start + max) as u64)) } else { Ok(()) }
}

/// A limit as a length, capped so that the sum of three parts of a head fits 32-bit offsets.
#[inline(always)]
pub(super) fn capped(limit: u32) -> usize {
    limit.min(1 << 30) as usize
}

/// The minor version of the `HTTP/1.x` at `at`; `None` if it is incomplete. `fault` maps the index of an invalid octet
/// to its fault.
pub(super) fn version(
    input: &[u8],
    at: usize,
    fault: impl Fn(usize, u8) -> &'static Fault,
) -> Result<Option<u8>, Error> {
    let version = input.get(at..).unwrap_or_default();
    for (number, &octet) in version.iter().take(8).enumerate() {
        let right = if number == 7 { octet.is_ascii_digit() } else { octet == b"HTTP/1."[number] };
        if !right {
            // HTTP/0.9 has another major version, HTTP/01.1 is malformed: the octet after the zero decides (H1-LINE-03,
            // -04).
            let (fault, number) = match (number, octet, version.get(6)) {
                (5, b'0', None) => return Ok(None),
                (5, b'0', Some(b'.')) => (&super::faults::MAJOR, 6),
                (5, b'0', Some(&next)) => (fault(6, next), 6),
                _ => (fault(number, octet), number),
            };
            return Err(fault.at((at + number) as u64));
        }
    }
    Ok(version.get(7).map(|digit| digit - b'0'))
}

/// The field section begins at `at`.
pub(super) fn begin_fields(scan: &mut Scan, at: usize) {
    scan.pos = place(at);
    scan.line = place(at);
    scan.section = place(at);
    scan.stage = stage::FIELDS;
}
