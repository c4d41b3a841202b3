//! The caller's fields: validated, measured, and what they say about framing.

use super::out::Out;
use super::{faults, is_forbidden_trailer, names};
use crate::error::{Error, Fault};
use crate::http1::target::is_host;
use crate::http1::{list, octet};

/// One field line to send, borrowed for the call.
#[derive(Clone, Copy, Debug)]
pub struct FieldRef<'a> {
    /// A token.
    pub name: &'a [u8],
    /// HTAB, SP, VCHAR and obs-text.
    pub value: &'a [u8],
}

/// What the fields of a head to be sent are, together. Facts only: the verdict on them is the machine's, but for what no
/// message may ever say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// Octets of all field lines, each with its CRLF.
    pub octets: usize,
    /// The Content-Length among them.
    pub length: Option<u64>,
    /// `FieldFacts::*` bits.
    pub flags: u32,
}

impl FieldFacts {
    /// Content-Length is present; [`FieldFacts::length`] holds it.
    pub const LENGTH: u32 = 1 << 0;
    /// Transfer-Encoding is present, and is `chunked`.
    pub const CHUNKED: u32 = 1 << 1;
    /// Connection is present.
    pub const CONNECTION: u32 = 1 << 2;
    /// Connection names `close`.
    pub const CLOSE: u32 = 1 << 3;
    /// Connection names `keep-alive`.
    pub const KEEP_ALIVE: u32 = 1 << 4;
    /// Connection names `upgrade`.
    pub const CONNECTION_UPGRADE: u32 = 1 << 5;
    /// Connection names `TE`.
    pub const CONNECTION_TE: u32 = 1 << 6;
    /// Upgrade is present.
    pub const UPGRADE: u32 = 1 << 7;
    /// TE is present.
    pub const TE: u32 = 1 << 8;
    /// Trailer is present.
    pub const TRAILER: u32 = 1 << 9;
    /// Date is present.
    pub const DATE: u32 = 1 << 10;
    /// Host is present.
    pub const HOST: u32 = 1 << 11;
    /// Host is there more than once, or is malformed.
    pub const HOST_INVALID: u32 = 1 << 12;
    /// Expect is present.
    pub const EXPECT: u32 = 1 << 13;
    /// Allow is present.
    pub const ALLOW: u32 = 1 << 14;
    /// WWW-Authenticate is present.
    pub const WWW_AUTHENTICATE: u32 = 1 << 15;
    /// Proxy-Authenticate is present.
    pub const PROXY_AUTHENTICATE: u32 = 1 << 16;

    /// Whether any of `flags` is set.
    pub const fn has(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    #[inline(always)]
    fn add(&mut self, field: FieldRef<'_>) -> Result<(), &'static Fault> {
        if !octet::is_token(field.name) {
            return Err(&faults::NAME);
        }
        if !octet::is_text(field.value) {
            return Err(&faults::VALUE);
        }
        self.octets = self.octets.saturating_add(line_octets(field));
        match names::known(field.name) {
            0 => Ok(()),
            fact => self.note(fact, field.value),
        }
    }

    fn note(&mut self, fact: u32, value: &[u8]) -> Result<(), &'static Fault> {
        match fact {
            Self::LENGTH | Self::CHUNKED => self.note_framing(fact, value)?,
            Self::CONNECTION => self.note_connection(value)?,
            Self::TE => check_te(value)?,
            Self::HOST if self.has(Self::HOST) || !is_host(value) => {
                self.flags |= Self::HOST_INVALID;
            }
            _ => {}
        }
        self.flags |= fact;
        Ok(())
    }

    /// H1-GEN-03: one Content-Length of digits, or one `chunked`, or neither.
    fn note_framing(&mut self, fact: u32, value: &[u8]) -> Result<(), &'static Fault> {
        if self.has(Self::LENGTH | Self::CHUNKED) {
            return Err(&faults::FRAMING);
        }
        if fact == Self::LENGTH {
            self.length = Some(length_of(value).ok_or(&faults::FRAMING)?);
        } else if !value.eq_ignore_ascii_case(b"chunked") {
            return Err(&faults::FRAMING);
        }
        Ok(())
    }

    fn note_connection(&mut self, value: &[u8]) -> Result<(), &'static Fault> {
        for option in list::elements(value) {
            let option = option.map_err(|_| &faults::VALUE)?;
            let known = CONNECTION_OPTIONS.iter().find(|(name, _)| option.eq_ignore_ascii_case(name));
            self.flags |= known.ok_or(&faults::CONNECTION)?.1;
        }
        Ok(())
    }
}

/// RFC 9110 §10.1.4: chunked is always understood and never named in TE (H1-GEN-12).
fn check_te(value: &[u8]) -> Result<(), &'static Fault> {
    let is_chunked = |coding: &[u8]| {
        let end = coding.iter().position(|octet| matches!(octet, b';' | b' ' | b'\t')).unwrap_or(coding.len());
        coding[..end].eq_ignore_ascii_case(b"chunked")
    };
    let names_chunked = list::elements(value).any(|coding| coding.is_ok_and(is_chunked));
    if names_chunked { Err(&faults::TE) } else { Ok(()) }
}

/// What may be said in Connection: the name of an end-to-end field would make a proxy drop that field (H1-GEN-12).
static CONNECTION_OPTIONS: [(&[u8], u32); 4] = [
    (b"close", FieldFacts::CLOSE),
    (b"keep-alive", FieldFacts::KEEP_ALIVE),
    (b"upgrade", FieldFacts::CONNECTION_UPGRADE),
    (b"te", FieldFacts::CONNECTION_TE),
];

/// Validates the fields of a head to be sent and says what they are (H1-GEN-01, -02, -03).
///
/// An error's offset is the index of the field it lies in. Never allocates; linear in the octets.
#[inline]
pub fn check_fields<'a>(fields: impl Iterator<Item = FieldRef<'a>>) -> Result<FieldFacts, Error> {
    let mut facts = FieldFacts::default();
    for (index, field) in fields.enumerate() {
        if let Err(fault) = facts.add(field) {
            return Err(fault.at(index as u64));
        }
    }
    Ok(facts)
}

/// Validates a trailer section to be sent and returns its exact octets with the empty line (H1-TRAIL-04, H1-GEN-01).
///
/// An error's offset is the index of the field it lies in. Never allocates; linear in the octets.
pub fn check_trailers<'a>(fields: impl Iterator<Item = FieldRef<'a>>) -> Result<usize, Error> {
    let mut facts = FieldFacts::default();
    for (index, field) in fields.enumerate() {
        let allowed = if is_forbidden_trailer(field.name) { Err(&faults::TRAILER) } else { facts.add(field) };
        allowed.map_err(|fault: &'static Fault| fault.at(index as u64))?;
    }
    Ok(facts.octets.saturating_add(2))
}

/// Writes a trailer section and the empty line that ends it; returns its octets.
///
/// # Errors
///
/// Those of [`check_trailers`], or [`Buffer`](crate::error::Code::Buffer) with the size needed as offset. Nothing is
/// written then.
pub fn write_trailers<'a>(fields: impl Iterator<Item = FieldRef<'a>> + Clone, out: &mut [u8]) -> Result<usize, Error> {
    let size = check_trailers(fields.clone())?;
    let mut out = Out::of(out, size)?;
    out.fields(fields);
    out.put(b"\r\n");
    out.end();
    Ok(size)
}

/// `name: value CRLF`
const fn line_octets(field: FieldRef<'_>) -> usize {
    field.name.len().saturating_add(field.value.len()).saturating_add(4)
}

/// 1*DIGIT of at most 2^63-1 (H1-CL-01, -03).
fn length_of(value: &[u8]) -> Option<u64> {
    let mut length = 0u64;
    for &octet in value {
        let digit = octet.wrapping_sub(b'0');
        length = length.checked_mul(10)?.checked_add(u64::from(digit))?;
        if digit > 9 || length > i64::MAX as u64 {
            return None;
        }
    }
    (!value.is_empty()).then_some(length)
}
