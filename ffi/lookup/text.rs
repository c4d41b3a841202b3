//! Octets compared with texts, and folded values made whole.

use core::ffi::{CStr, c_char, c_void};

use crate::ffi::check::ARGUMENT;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::{ww_field, ww_span};
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::ffi::write::room;
use crate::http1::unfold::unfold;

/// Whether `span` and the NUL-terminated `text` are the same octets. `false` when `text` is NULL.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_span_equal(span: ww_span, text: *const c_char) -> bool {
    // SAFETY: what the caller promised.
    unsafe { compare(span, text, |a, b| a == b) }
}

/// As ww_span_equal(), with ASCII letters equal in either case: for field names, connection options, codings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_span_equal_nocase(span: ww_span, text: *const c_char) -> bool {
    // SAFETY: what the caller promised.
    unsafe { compare(span, text, <[u8]>::eq_ignore_ascii_case) }
}

/// # Safety
/// `span` is empty or readable, `text` is null or NUL-terminated.
unsafe fn compare(span: ww_span, text: *const c_char, are_equal: impl Fn(&[u8], &[u8]) -> bool) -> bool {
    let compared = guarded(|| {
        if text.is_null() {
            return 0;
        }
        // SAFETY: as the caller promises.
        let (span, text) = unsafe { (octets(span), CStr::from_ptr(text)) };
        i32::from(span.is_ok_and(|span| are_equal(span, text.to_bytes())))
    });
    compared == 1
}

/// Writes the value of `field` as one line: each obs-fold in it, from the whitespace before CR through the whitespace behind LF,
/// becomes one space (RFC 9112 §5.2). A value without WW_FIELD_FOLDED is copied as it is.
///
/// Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more
/// than `out_cap`; `field->value.len` is always enough. Errors, with 0 in `*written`: `WW_E_ARGUMENT`. Nothing of `out` is
/// touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_field_unfold(
    field: *const ww_field,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe {
            room::write(out, out_cap, written, |room| {
                let value = octets(field.as_ref().ok_or(ARGUMENT)?.value)?;
                unfold(value, room.octets)
            })
        }
    })
}
