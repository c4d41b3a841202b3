//! `ww_parse_media_type`, `ww_unquote`.

use super::span;
use crate::error::{Code, Error, Fault};
use crate::ffi::check::fill;
use crate::ffi::guard::{answer, guarded};
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::ffi::write::room;
use crate::semantics::media_type::MediaType;
use crate::semantics::parameters::{is_value, unquoted};
use core::ffi::c_void;

static MEDIA_TYPE: Fault = Fault::new(Code::FieldValue, 400, c"H1-SEM-11", c"what should be a media type is none");
static VALUE: Fault =
    Fault::new(Code::FieldValue, 400, c"H1-SEM-11", c"a value is neither a token nor a quoted string");

/// A media type in its parts. Start from WW_MEDIA_TYPE_INIT. The spans point into the text, whose octets are the caller's.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_media_type {
    /// `sizeof(ww_media_type)`
    pub size: usize,
    /// What is before the slash; compare it with ww_span_equal_nocase().
    pub r#type: ww_span,
    /// What is behind the slash; likewise.
    pub subtype: ww_span,
    /// The parameters from the first semicolon on, for ww_parameter_next(); or empty.
    pub parameters: ww_span,
}

/// Takes a media type apart, in `out`: the value of Content-Type, or an element of Accept (RFC 9110 §8.3.1).
///
/// ```c
/// ww_media_type type = WW_MEDIA_TYPE_INIT;
/// if (ww_parse_media_type(field->value, &type) == WW_OK) walk(type.parameters);
/// ```
///
/// Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_FIELD_VALUE` for what is not `type/subtype` with parameters behind it or nothing;
/// `WW_E_ARGUMENT` for NULL or a wrong `out->size`. Their walk tells whether the parameters are well-formed.
///
/// Any thread. Does not allocate; looks at each octet a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parse_media_type(text: ww_span, out: *mut ww_media_type) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let parsed = unsafe { octets(text) }.and_then(|text| MediaType::parse(text).ok_or(MEDIA_TYPE.at(0)));
        // SAFETY: what the caller promised.
        answer(parsed.and_then(|it| unsafe { fill(out, &ww_media_type::from(&it)) }))
    })
}

/// Writes a value without its quotes to `out`, and without the backslashes that quote an octet (RFC 9110 §5.6.4). A token is copied
/// as it is.
///
/// Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more
/// than `out_cap`; `value.len` is always enough. Errors, with 0 in `*written`: `WW_E_FIELD_VALUE` for what is neither a token nor a quoted
/// string, `WW_E_ARGUMENT`. Nothing of `out` is touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate; looks at each octet a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_unquote(
    value: ww_span,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe {
            room::write(out, out_cap, written, |room| {
                let value = Some(octets(value)?).filter(|text| is_value(text)).ok_or::<Error>(VALUE.at(0))?;
                room.fill(unquoted(value).count(), unquoted(value))
            })
        }
    })
}

impl From<&MediaType<'_>> for ww_media_type {
    fn from(from: &MediaType<'_>) -> Self {
        let (r#type, subtype) = (span(from.kind()), span(from.subtype()));
        Self { size: 0, r#type, subtype, parameters: span(from.parameters_text()) }
    }
}
