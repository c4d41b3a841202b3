//! The request line (RFC 9112 §3).
//!
//! `line_fast` parses a complete, valid line at the speed of the leaf. Everything else (a line in pieces, empty lines
//! before it, errors) goes octet by octet through `resume`, which defines the order of errors.

use super::leaf::Leaf;
use super::octet::{self, TOKEN};
use super::scan::stage;
use super::start::{self, StartLine, crossed};
use super::target::{self, AFTER_TARGET};
use super::{Octets, RequestHead, Scan, Summary, faults, method};
use crate::error::{Error, Fault};
use crate::guard::HeadLimits;
use crate::http1::target_octets::{Place, walk};
use crate::narrow::place;

/// A request line.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    start: u32,
    method_len: u32,
    target_len: u32,
    method_id: u8,
    minor: u8,
}

impl StartLine for Line {
    const FOLD: bool = false;
    const HAS_TARGET: bool = true;
    type Head = RequestHead;

    #[inline(always)]
    fn line_fast<L: Leaf>(leaf: L, input: &[u8], limits: &HeadLimits) -> Option<Self> {
        const GET: u32 = u32::from_le_bytes(*b"GET ");
        const POST: u32 = u32::from_le_bytes(*b"POST");
        let (method_len, method_id) = match u32::from_le_bytes(*input.first_chunk()?) {
            GET => (3, method::GET),
            POST if input.get(4) == Some(&b' ') => (4, method::POST),
            _ => other_method(input)?,
        };
        let target = method_len + 1;
        let (end, minor) = target::end(leaf, input, target)?;
        let target_len = end - target;
        // Minus one, so that an empty part fails like an oversized one.
        if method_len > limits.method_max as usize || target_len.wrapping_sub(1) >= limits.target_max as usize {
            return None;
        }
        Some(Self { start: 0, method_len: place(method_len), target_len: place(target_len), method_id, minor })
    }

    #[inline(never)]
    fn resume(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error> {
        while !scan.in_fields() {
            if !go_on(input, scan, limits)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline(always)]
    fn of(scan: &Scan) -> Self {
        Self {
            start: scan.start,
            method_len: scan.method_len,
            target_len: scan.part_len,
            method_id: scan.method_id,
            minor: scan.minor,
        }
    }

    #[inline(always)]
    fn save(self, scan: &mut Scan) {
        scan.method_len = self.method_len;
        scan.part_len = self.target_len;
        scan.method_id = self.method_id;
        scan.minor = self.minor;
        start::begin_fields(scan, self.len());
    }

    #[inline(always)]
    fn len(self) -> usize {
        self.method_len as usize + 1 + self.target_len as usize + AFTER_TARGET
    }

    #[inline(always)]
    fn head(self, len: usize, fields: u32, summary: Summary) -> RequestHead {
        RequestHead {
            summary,
            method: Octets { offset: self.start, len: self.method_len },
            target: Octets { offset: self.start + self.method_len + 1, len: self.target_len },
            head_len: place(len),
            fields,
            method_id: self.method_id,
            version_minor: self.minor,
        }
    }
}

/// Continues with the current part of the line; `false` if the line is incomplete.
fn go_on(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error> {
    match scan.stage {
        stage::START => start::skip_empty_lines(input, scan, &faults::REQUEST_EMPTY_LINES, stage::METHOD),
        stage::METHOD => method(input, scan, limits),
        stage::TARGET => target(input, scan, limits, Place::Start),
        stage::PATH => target(input, scan, limits, Place::Path),
        stage::QUERY => target(input, scan, limits, Place::Query),
        _ => version(input, scan),
    }
}

#[inline(never)]
fn other_method(input: &[u8]) -> Option<(usize, u8)> {
    let len = input.iter().take(64).position(|octet| !octet::is(*octet, TOKEN))?;
    let method = input.get(..len)?;
    (len > 0 && input[len] == b' ').then(|| (len, method::method_id(method)))
}

fn method(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error> {
    let start = scan.start as usize;
    let end = start::run(input, scan.pos as usize, TOKEN);
    crossed(end - start, limits.method_max, start, &faults::METHOD_TOO_LONG)?;
    scan.pos = place(end);
    let Some(&octet) = input.get(end) else { return Ok(false) };
    if octet != b' ' || end == start {
        return Err(method_fault(&input[start..end], octet).at(end as u64));
    }
    scan.method_id = method::method_id(&input[start..end]);
    scan.method_len = place(end - start);
    scan.pos += 1;
    scan.stage = stage::TARGET;
    Ok(true)
}

fn method_fault(method: &[u8], octet: u8) -> &'static Fault {
    match (method, octet) {
        (_, b'\n') => &faults::BARE_LF,
        (b"", _) => &faults::FIRST_OCTET,
        (b"HTTP", b'/') => &faults::RESPONSE_TO_SERVER,
        _ => &faults::METHOD,
    }
}

/// Continues with the target; the next octet is in `part`.
fn target(input: &[u8], scan: &mut Scan, limits: &HeadLimits, part: Place) -> Result<bool, Error> {
    let start = (scan.start + scan.method_len) as usize + 1;
    let octets = input.get(start..).unwrap_or_default();
    let walked = walk(limits.target, octets, scan.pos as usize - start, part);
    let (end, seen) = (start + walked.end, start + walked.seen);
    crossed(seen - start, limits.target_max, start, &faults::TARGET_TOO_LONG)?;
    scan.pos = place(end);
    scan.stage = match walked.place {
        Place::Start => stage::TARGET,
        Place::Path => stage::PATH,
        Place::Query => stage::QUERY,
    };
    let Some(&octet) = input.get(seen) else { return Ok(false) };
    if octet != b' ' || end == start || end != seen {
        return Err(target_fault(octet, end == start, end != seen).at(seen as u64));
    }
    scan.part_len = place(end - start);
    scan.pos += 1;
    scan.stage = stage::VERSION;
    Ok(true)
}

fn target_fault(octet: u8, empty: bool, escape: bool) -> &'static Fault {
    match octet {
        b'\n' => &faults::BARE_LF,
        _ if escape => &faults::TARGET_ESCAPE,
        b'\r' => &faults::NO_VERSION,
        b' ' | b'\t' if empty => &faults::REQUEST_SPACE,
        _ => &faults::TARGET,
    }
}

/// `HTTP/1.x` CRLF: at most ten octets, so each call starts over.
fn version(input: &[u8], scan: &mut Scan) -> Result<bool, Error> {
    let at = scan.pos as usize;
    let Some(minor) = start::version(input, at, version_fault)? else { return Ok(false) };
    let after = at + 8;
    match input.get(after) {
        None => return Ok(false),
        Some(b'\r') => {}
        Some(&octet) => return Err(after_version_fault(octet).at(after as u64)),
    }
    match input.get(after + 1) {
        None => return Ok(false),
        Some(b'\n') => {}
        Some(_) => return Err(faults::BARE_CR.at(after as u64 + 1)),
    }
    scan.minor = minor;
    start::begin_fields(scan, after + 2);
    Ok(true)
}

fn version_fault(at: usize, octet: u8) -> &'static Fault {
    match (at, octet) {
        (_, b'\n') => &faults::BARE_LF,
        (0, b'\r') => &faults::NO_VERSION,
        (0, b' ') => &faults::REQUEST_SPACE,
        (5, b'2'..=b'9') => &faults::MAJOR,
        _ => &faults::VERSION,
    }
}

fn after_version_fault(octet: u8) -> &'static Fault {
    match octet {
        b'\n' => &faults::BARE_LF,
        b'0'..=b'9' => &faults::VERSION,
        _ => &faults::REQUEST_SPACE,
    }
}
