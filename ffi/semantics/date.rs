//! `ww_parse_date`.

use crate::error::Code;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_OK, ww_status};
use crate::semantics::date;

/// The seconds since 1970 in UTC of an HTTP date in any of its three forms (RFC 9110 §5.6.7), in `seconds`: negative before 1970.
/// `now`, in seconds since 1970, is for the form with a two-digit year: a date that would be more than 50 years later is of a century
/// before. ww_write_date() is the other way.
///
/// The day of the week need not be that of the date. A leap second (`:60`) is the second after it.
///
/// Returns `WW_OK`. Errors, with `*seconds` untouched: `WW_E_FIELD_VALUE` for what is no date, whitespace at its ends included;
/// `WW_E_ARGUMENT` for NULL.
///
/// Any thread. Does not allocate; asks no clock and no locale.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parse_date(text: ww_span, now: i64, seconds: *mut i64) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let (Ok(text), Some(seconds)) = (unsafe { (octets(text), seconds.as_mut()) }) else {
            return Code::Argument as ww_status;
        };
        match date::parse(text, now) {
            Some(found) => {
                *seconds = found;
                WW_OK
            }
            None => Code::FieldValue as ww_status,
        }
    })
}
