//! Validates the fields of a head or trailer section to send, and collects their facts.

use super::facts::FieldFacts;
use super::field_ref::FieldRef;
use super::{faults, names};
use crate::error::{Error, Fault};
use crate::http1::target::is_host;
use crate::http1::{list, octet};

/// The facts of the fields checked so far.
#[derive(Default)]
pub(super) struct FieldCheck {
    facts: FieldFacts,
}

impl FieldCheck {
    /// Length of the field lines added.
    pub(super) const fn octets(&self) -> usize {
        self.facts.octets
    }

    #[inline(always)]
    pub(super) fn add(&mut self, field: FieldRef<'_>) -> Result<(), &'static Fault> {
        if !octet::is_token(field.name) {
            return Err(&faults::NAME);
        }
        if !octet::is_text(field.value) {
            return Err(&faults::VALUE);
        }
        self.facts.octets = self.facts.octets.saturating_add(field.octets());
        match names::known(field.name) {
            0 => Ok(()),
            fact => self.note(fact, field.value),
        }
    }

    #[inline(never)]
    fn note(&mut self, fact: u32, value: &[u8]) -> Result<(), &'static Fault> {
        match fact {
            FieldFacts::LENGTH | FieldFacts::CHUNKED => self.note_framing(fact, value)?,
            FieldFacts::CONNECTION => self.note_connection(value)?,
            FieldFacts::TE => check_te(value)?,
            FieldFacts::HOST if self.facts.has(FieldFacts::HOST) || !is_host(value) => {
                self.facts.flags |= FieldFacts::HOST_INVALID;
            }
            _ => {}
        }
        self.facts.flags |= fact;
        Ok(())
    }

    /// H1-GEN-03: one Content-Length of digits, or one `chunked`, or neither.
    fn note_framing(&mut self, fact: u32, value: &[u8]) -> Result<(), &'static Fault> {
        if self.facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) {
            return Err(&faults::FRAMING);
        }
        if fact == FieldFacts::LENGTH {
            self.facts.length = Some(length_of(value).ok_or(&faults::FRAMING)?);
        } else if !value.eq_ignore_ascii_case(b"chunked") {
            return Err(&faults::FRAMING);
        }
        Ok(())
    }

    fn note_connection(&mut self, value: &[u8]) -> Result<(), &'static Fault> {
        for option in list::elements(value) {
            let option = option.map_err(|_| &faults::VALUE)?;
            let known = CONNECTION_OPTIONS.iter().find(|(name, _)| option.eq_ignore_ascii_case(name));
            self.facts.flags |= known.ok_or(&faults::CONNECTION)?.1;
        }
        Ok(())
    }
}

/// RFC 9110 §10.1.4: chunked is always accepted and never listed in TE (H1-GEN-12).
fn check_te(value: &[u8]) -> Result<(), &'static Fault> {
    let is_chunked = |coding: &[u8]| {
        let end = coding.iter().position(|octet| matches!(octet, b';' | b' ' | b'\t')).unwrap_or(coding.len());
        coding[..end].eq_ignore_ascii_case(b"chunked")
    };
    let names_chunked = list::elements(value).any(|coding| coding.is_ok_and(is_chunked));
    if names_chunked { Err(&faults::TE) } else { Ok(()) }
}

/// The options allowed in Connection: the name of an end-to-end field would make a proxy drop that field (H1-GEN-12).
static CONNECTION_OPTIONS: [(&[u8], u32); 4] = [
    (b"close", FieldFacts::CLOSE),
    (b"keep-alive", FieldFacts::KEEP_ALIVE),
    (b"upgrade", FieldFacts::CONNECTION_UPGRADE),
    (b"te", FieldFacts::CONNECTION_TE),
];

/// Validates the fields of a head to send and returns their facts (H1-GEN-01, -02, -03).
///
/// The offset of an error is the index of its field. Never allocates; linear in the octets.
#[inline]
pub fn check_fields<'a>(fields: impl Iterator<Item = FieldRef<'a>>) -> Result<FieldFacts, Error> {
    let mut check = FieldCheck::default();
    for (index, field) in fields.enumerate() {
        if let Err(fault) = check.add(field) {
            return Err(fault.at(index as u64));
        }
    }
    Ok(check.facts)
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
