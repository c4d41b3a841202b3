//! The status line (RFC 9112 §4), by the two ways of [`request`](super::request).

use super::leaf::{self, Leaf};
use super::octet;
use super::scan::stage;
use super::start::{self, StartLine, crossed};
use super::{Octets, ResponseHead, Scan, Summary, faults};
use crate::error::{Error, Fault};
use crate::guard::HeadLimits;
use crate::narrow::place;

/// A status line.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    start: u32,
    reason_len: u32,
    status: u16,
    minor: u8,
}

/// Length of `HTTP/1.1 200 `.
const BEFORE_REASON: usize = 13;

impl StartLine for Line {
    const FOLD: bool = true;
    const HAS_TARGET: bool = false;
    type Head = ResponseHead;

    /// Lines without a space after the status, or with a reason longer than 63 octets, go to `resume`.
    #[inline(always)]
    fn line_fast<L: Leaf>(leaf: L, input: &[u8], limits: &HeadLimits) -> Option<Self> {
        let before = input.first_chunk::<BEFORE_REASON>()?;
        let minor = before[7].wrapping_sub(b'0');
        let [hundreds, tens, ones] = [9, 10, 11].map(|at| before[at].wrapping_sub(b'0'));
        let digits = minor <= 9 && hundreds <= 9 && tens <= 9 && ones <= 9;
        let reason_len = leaf::masks(leaf, input, BEFORE_REASON).control.trailing_zeros();
        let end = BEFORE_REASON + reason_len as usize;
        let ended = input.get(end..end + 2) == Some(b"\r\n") && end <= limits.line_max as usize;
        let well = before[..7] == *b"HTTP/1." && before[8] == b' ' && before[12] == b' ' && digits && ended;
        let status = u16::from(hundreds) * 100 + u16::from(tens) * 10 + u16::from(ones);
        well.then_some(Self { start: 0, reason_len, status, minor })
    }

    #[inline(never)]
    fn resume(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error> {
        while !scan.in_fields() {
            let on = match scan.stage {
                stage::START => start::skip_empty_lines(input, scan, &faults::STATUS_EMPTY_LINES, stage::STATUS)?,
                stage::STATUS => status(input, scan)?,
                _ => reason(input, scan, limits)?,
            };
            if !on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline(always)]
    fn of(scan: &Scan) -> Self {
        Self { start: scan.start, reason_len: scan.part_len, status: scan.status, minor: scan.minor }
    }

    #[inline(always)]
    fn save(self, scan: &mut Scan) {
        scan.part_len = self.reason_len;
        scan.status = self.status;
        scan.minor = self.minor;
        start::begin_fields(scan, self.len());
    }

    #[inline(always)]
    fn len(self) -> usize {
        BEFORE_REASON + self.reason_len as usize + 2
    }

    #[inline(always)]
    fn head(self, len: usize, fields: u32, summary: Summary) -> ResponseHead {
        let reason = Octets { offset: self.start + place(BEFORE_REASON), len: self.reason_len };
        ResponseHead {
            summary,
            reason: if self.reason_len == 0 { Octets::default() } else { reason },
            head_len: place(len),
            fields,
            status: self.status,
            version_minor: self.minor,
        }
    }
}

/// Version, space, status and the octet after them: each call starts over.
fn status(input: &[u8], scan: &mut Scan) -> Result<bool, Error> {
    let at = scan.start as usize;
    let Some(minor) = start::version(input, at, version_fault)? else { return Ok(false) };
    let rest = input.get(at + 8..).unwrap_or_default();
    for (number, &octet) in rest.iter().take(5).enumerate() {
        let right = match number {
            0 => octet == b' ',
            1..=3 => octet.is_ascii_digit(),
            _ => matches!(octet, b' ' | b'\r'),
        };
        if !right {
            return Err(status_fault(number, octet).at((at + 8 + number) as u64));
        }
    }
    let Some([_, digits @ .., last]) = rest.first_chunk::<5>() else { return Ok(false) };
    scan.status = digits.iter().fold(0, |status, digit| status * 10 + u16::from(digit - b'0'));
    scan.minor = minor;
    // Without a reason the last space may be missing (H1-RSP-01); CR follows then.
    scan.pos = place(at + BEFORE_REASON - usize::from(*last == b'\r'));
    scan.stage = stage::REASON;
    Ok(true)
}

fn version_fault(at: usize, octet: u8) -> &'static Fault {
    match (at, octet) {
        (_, b'\n') => &faults::BARE_LF,
        (0, b'!'..=b'~') => &faults::NOT_HTTP,
        (0, _) => &faults::STATUS_FIRST_OCTET,
        (1..5, _) => &faults::NOT_HTTP,
        (5, b'2'..=b'9') => &faults::MAJOR,
        _ => &faults::VERSION,
    }
}

fn status_fault(at: usize, octet: u8) -> &'static Fault {
    match (at, octet) {
        (_, b'\n') => &faults::BARE_LF,
        (0, b'0'..=b'9') => &faults::VERSION,
        _ => &faults::STATUS_LINE,
    }
}

fn reason(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error> {
    let start = scan.start as usize;
    let rest = input.get(scan.pos as usize..).unwrap_or_default();
    let len = rest.iter().position(|octet| octet::is(*octet, octet::CONTROL)).unwrap_or(rest.len());
    let end = scan.pos as usize + len;
    crossed(end - start, limits.line_max, start, &faults::STATUS_LINE_TOO_LONG)?;
    scan.pos = place(end);
    match input.get(end) {
        None => return Ok(false),
        Some(b'\r') => {}
        Some(b'\n') => return Err(faults::BARE_LF.at(end as u64)),
        Some(_) => return Err(faults::REASON.at(end as u64)),
    }
    match input.get(end + 1) {
        None => return Ok(false),
        Some(b'\n') => {}
        Some(_) => return Err(faults::BARE_CR.at(end as u64 + 1)),
    }
    scan.part_len = place(end.saturating_sub(start + BEFORE_REASON));
    start::begin_fields(scan, end + 2);
    Ok(true)
}
