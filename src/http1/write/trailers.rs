//! Writing trailer sections.

use super::faults;
use super::field_check::FieldCheck;
use super::field_ref::FieldRef;
use super::names::is_forbidden_trailer;
use super::out::Out;
use crate::error::{Error, Fault};

/// Validates a trailer section to send and returns its exact size, including the empty line (H1-TRAIL-04, H1-GEN-01).
///
/// The offset of an error is the index of its field. Never allocates; linear in the octets.
pub fn check_trailers<'a>(fields: impl Iterator<Item = FieldRef<'a>>) -> Result<usize, Error> {
    let mut check = FieldCheck::default();
    for (index, field) in fields.enumerate() {
        let allowed = if is_forbidden_trailer(field.name) { Err(&faults::TRAILER) } else { check.add(field) };
        allowed.map_err(|fault: &'static Fault| fault.at(index as u64))?;
    }
    Ok(check.octets().saturating_add(2))
}

/// Writes a trailer section, including the empty line, and returns its length.
///
/// # Errors
///
/// Those of [`check_trailers`], or [`Buffer`](crate::error::Code::Buffer) with the size needed as offset. Nothing is
/// written.
pub fn write_trailers<'a>(fields: impl Iterator<Item = FieldRef<'a>> + Clone, out: &mut [u8]) -> Result<usize, Error> {
    let size = check_trailers(fields.clone())?;
    let mut out = Out::of(out, size)?;
    out.fields(fields);
    out.put(b"\r\n");
    out.end();
    Ok(size)
}
