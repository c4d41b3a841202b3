//! `ww_select_content`.

use core::ffi::c_char;

use super::preconditions::{condition, representation, ww_representation};
use super::{request, value};
use crate::error::Error;
use crate::ffi::check::{ARGUMENT, fill, prefix};
use crate::ffi::guard::{answer, guarded};
use crate::ffi::head::ids::WW_FIELD_RANGE;
use crate::ffi::head::types::{ww_field, ww_head};
use crate::ffi::status::ww_status;
use crate::semantics::selection::{ContentRange, Selection, Selector, select};

/// What to answer a request for a content with. Start from WW_SELECTION_INIT.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_selection {
    /// `sizeof(ww_selection)`
    pub size: usize,
    /// Octets of the content before those to send.
    pub first: u64,
    /// Octets to send: all of the content with 200, the range with 206, else 0.
    pub len: u64,
    /// The status to answer with: 200, 206, 304, 412 or 416.
    pub status: u16,
    /// The value of Content-Range, NUL-terminated, as `bytes 0-99/1234`; with 206 and 416 only, else empty.
    pub content_range: [c_char; 70],
}

const _: () = assert!(ContentRange::MAX < 70);

/// Tells what a GET or HEAD is answered with, in `out`: all of a content of `length` octets, one range of it, or none of it. It looks at
/// the preconditions, If-Range and Range of the request, in the order of RFC 9110 §13.2.2.
///
/// ```c
/// ww_representation there = WW_REPRESENTATION_INIT;
/// ww_selection selection = WW_SELECTION_INIT;
/// there.etag = etag;
/// ww_select_content(head, &there, length, unix_seconds, &selection);
/// ```
///
/// The answer with 206 or 416 has `selection.content_range` as its Content-Range. Every answer has the validators (ETag, Last-Modified). A
/// Range is ignored when it asks for several ranges, is malformed, or occurs twice, and always in a HEAD. Other methods select nothing: the
/// status is 200 and the content whole. Their preconditions are due before the method is performed: ww_check_preconditions().
///
/// `now` is for dates with a two-digit year, see ww_parse_date().
///
/// Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_ARGUMENT` for NULL, an `etag` that is not an entity tag, WW_REPRESENTATION_ABSENT,
/// an unknown flag or a wrong `size`.
///
/// Any thread. Does not allocate; looks at each field a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_select_content(
    request: *const ww_head,
    there: *const ww_representation,
    length: u64,
    now: i64,
    out: *mut ww_selection,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let selection = unsafe { selected(request, there, length, now) };
        // SAFETY: what the caller promised.
        answer(selection.and_then(|found| unsafe { fill(out, &ww_selection::from(&found)) }))
    })
}

/// # Safety
/// As [`ww_select_content`] requires.
unsafe fn selected(
    head: *const ww_head,
    there: *const ww_representation,
    length: u64,
    now: i64,
) -> Result<Selection, Error> {
    // SAFETY: as the caller promises; all-zero octets are a valid representation.
    let (there, (method, fields)) = unsafe { (prefix(there)?, request(head)?) };
    // SAFETY: as the caller promises.
    let current = unsafe { representation(&there) }?;
    if current.is_absent {
        return Err(ARGUMENT);
    }
    // SAFETY: of the request.
    Ok(select(method, unsafe { selectors(fields) }, &current, length, now))
}

/// Those of a request's fields that select, with their values.
///
/// # Safety
/// The fields are those of [`request`], during its `'a`.
pub(in crate::ffi) unsafe fn selectors(fields: &[ww_field]) -> impl Iterator<Item = (Selector, &[u8])> + Clone {
    // SAFETY: as the caller promises.
    fields.iter().filter_map(|field| Some((selector(field.id)?, unsafe { value(field) })))
}

fn selector(id: u16) -> Option<Selector> {
    if id == WW_FIELD_RANGE { Some(Selector::Range) } else { condition(id).map(Selector::Condition) }
}

impl From<&Selection> for ww_selection {
    fn from(from: &Selection) -> Self {
        let mut content_range = [0; 70];
        if let Some(range) = from.content_range() {
            content_range.iter_mut().zip(range.text()).for_each(|(to, octet)| *to = octet.cast_signed() as c_char);
        }
        let (first, len) = (from.part.first, from.part.len);
        Self { size: 0, first, len, status: from.status, content_range }
    }
}
