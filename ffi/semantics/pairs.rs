//! Names with values, one pair after the other: of queries and forms, of Cookie, of parameters.

use super::{NONE, span};
use crate::error::{Code, Fault};
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_DONE, WW_OK, ww_status};
use crate::semantics::cookie::CookiePairs;
use crate::semantics::form::FormPairs;
use crate::semantics::parameters::Parameters;

/// A walk through names and values. Start from WW_PAIRS_INIT with the text. It owns nothing; copying it is allowed.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_pairs {
    /// What is still to be walked.
    pub rest: ww_span,
    /// What the next call answers, unless 0.
    pub state: ww_status,
    /// 0
    pub reserved: u32,
}

/// The next pair of a query, or of content in `application/x-www-form-urlencoded` (URL Standard §5.1): what is before the first `=`, in
/// `name`, and what is behind it, in `value`, which is empty with a NULL pointer where there is no `=`. Pairs are separated by `&`;
/// empty ones are skipped. Nothing is decoded, see ww_percent_decode() with WW_DECODE_FORM.
///
/// ```c
/// ww_pairs pairs = WW_PAIRS_INIT(target.query);
/// while (ww_form_next(&pairs, &name, &value) == WW_OK) use(name, value);
/// ```
///
/// Returns `WW_OK` with a pair, `WW_DONE` after the last one, `WW_E_ARGUMENT` for NULL. No text is malformed. `name` and `value` point into
/// the text, and are empty with a NULL pointer when there is no pair. A form may have as many pairs as octets: bound what you keep.
///
/// Any thread; a walk belongs to one at a time. Does not allocate; looks at each octet twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_form_next(pairs: *mut ww_pairs, name: *mut ww_span, value: *mut ww_span) -> ww_status {
    // SAFETY: what the caller promised.
    unsafe {
        advance(pairs, name, value, |text| {
            let mut walk = FormPairs::new(text);
            let next = walk.next().map(|(name, value)| Ok((span(name), value.map_or(NONE, span))));
            (next, walk.rest())
        })
    }
}

/// The next cookie of one value of Cookie (RFC 6265 §4.2, as lenient as browsers need it: they send a cookie without a name by RFC 6265bis): what is before the first `=` and what is behind
/// it, whitespace around both removed. Pairs are separated by `;`; empty ones are skipped, and one without `=` is the value of a cookie
/// without a name. Quotes are part of the value. Otherwise as ww_form_next().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_cookie_next(pairs: *mut ww_pairs, name: *mut ww_span, value: *mut ww_span) -> ww_status {
    // SAFETY: what the caller promised.
    unsafe {
        advance(pairs, name, value, |text| {
            let mut walk = CookiePairs::new(text);
            (walk.next().map(|(name, value)| Ok((span(name), span(value)))), walk.rest())
        })
    }
}

/// The next parameter (RFC 9110 §5.6.6) of `parameters` in ww_media_type, or of a text of that form: `; name=value; name="value"`. Case
/// of the name does not matter. A value that is quoted keeps its quotes: ww_unquote() removes them.
///
/// Returns `WW_OK` with a parameter, `WW_DONE` after the last one, `WW_E_FIELD_VALUE` where what follows is no parameter, and then
/// always; `WW_E_ARGUMENT` for NULL. Otherwise as ww_form_next().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parameter_next(pairs: *mut ww_pairs, name: *mut ww_span, value: *mut ww_span) -> ww_status {
    // SAFETY: what the caller promised.
    unsafe {
        advance(pairs, name, value, |text| {
            let mut walk = Parameters::new(text);
            (walk.next().map(|pair| pair.map(|(name, value)| (span(name), span(value)))), walk.rest())
        })
    }
}

/// A pair, a fault or the end, and what is behind it.
type Step<'a> = (Option<Result<(ww_span, ww_span), &'static Fault>>, &'a [u8]);

/// # Safety
/// `pairs` is null or a walk whose text is readable; `name` and `value` are null or writable.
unsafe fn advance<'a>(
    pairs: *mut ww_pairs,
    name: *mut ww_span,
    value: *mut ww_span,
    step: impl FnOnce(&'a [u8]) -> Step<'a>,
) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises; the two may be one.
        let walk = unsafe { pairs.as_mut() }.filter(|pairs| pairs.reserved == 0);
        let (Some(pairs), false) = (walk, name.is_null() || value.is_null()) else {
            return Code::Argument as ww_status;
        };
        // SAFETY: as the caller promises.
        let Ok(text) = (unsafe { octets(pairs.rest) }) else { return Code::Argument as ww_status };
        let (next, rest) = if pairs.state == WW_OK { step(text) } else { (None, text) };
        let (pair, status) = match next {
            Some(Ok(pair)) => (pair, WW_OK),
            Some(Err(fault)) => ((NONE, NONE), fault.code as ww_status),
            None if pairs.state == WW_OK => ((NONE, NONE), WW_DONE),
            None => ((NONE, NONE), pairs.state),
        };
        (pairs.rest, pairs.state) = (span(rest), status);
        // SAFETY: as the caller promises.
        unsafe {
            name.write(pair.0);
            value.write(pair.1);
        }
        status
    })
}
