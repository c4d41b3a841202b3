//! Targets and fields by what they mean: spans in, spans and verdicts out. No handle, no policy, no allocation.

pub mod base64;
pub mod date;
pub mod event_reader;
pub mod event_stream;
pub mod media_type;
pub mod multipart;
pub mod pairs;
pub mod percent;
pub mod preconditions;
pub mod range;
pub mod selection;
pub mod target;
pub mod weight;

use core::ptr::null;

use super::check::{ARGUMENT, slice};
use super::head::types::{ww_field, ww_head, ww_span};
use super::message::octets;
use crate::error::Error;

/// Some octets as C has them.
fn span(text: &[u8]) -> ww_span {
    ww_span { data: text.as_ptr(), len: text.len() }
}

/// Nothing, with a NULL pointer.
const NONE: ww_span = ww_span { data: null(), len: 0 };

/// The method and the fields of a request.
///
/// # Safety
/// `head` is null or a head whose pointers are alive during `'a`.
pub(super) unsafe fn request<'a>(head: *const ww_head) -> Result<(&'a [u8], &'a [ww_field]), Error> {
    // SAFETY: as the caller promises.
    let head = unsafe { head.as_ref() }.ok_or(ARGUMENT)?;
    // SAFETY: as the caller promises.
    let (method, fields) = unsafe { (octets(head.method)?, slice(head.fields, head.field_count)?) };
    for field in fields {
        // SAFETY: as the caller promises.
        unsafe { octets(field.value) }?;
    }
    Ok((method, fields))
}

/// The value of a field.
///
/// # Safety
/// The field is one of [`request`], during its `'a`.
unsafe fn value<'a>(field: &ww_field) -> &'a [u8] {
    // SAFETY: as the caller promises.
    unsafe { octets(field.value) }.unwrap_or_default()
}
