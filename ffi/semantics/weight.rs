//! `ww_accept_weight`.

use super::{request, value};
use crate::error::{Code, Error};
use crate::ffi::check::ARGUMENT;
use crate::ffi::guard::{answer, guarded};
use crate::ffi::head::ids::{WW_FIELD_ACCEPT, WW_FIELD_ACCEPT_ENCODING, WW_FIELD_ACCEPT_LANGUAGE};
use crate::ffi::head::types::{ww_head, ww_span};
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::semantics::negotiation::{Negotiation, weight};

/// How welcome `offer` is to the sender of `request`, in thousandths, in `out`: 1000 is the most, 0 is not acceptable (RFC 9110 §12.4.2).
/// `field` is what decides:
///
/// - `WW_FIELD_ACCEPT`: `offer` is a media type, with parameters where they matter, as `text/html;level=1`.
/// - `WW_FIELD_ACCEPT_ENCODING`: `offer` is a content coding, or `identity` for none.
/// - `WW_FIELD_ACCEPT_LANGUAGE`: `offer` is a language tag. `de-CH` is in `de`, but `de` is not in `de-CH` (RFC 4647 §3.3.1).
///
/// Weigh each of your offers, send the one that weighs most, and name the field in Vary.
///
/// The most specific element decides, wherever it stands, and all lines of the field are one list. What is no such element is skipped.
/// Without the field, or with nothing in it, media types and languages weigh 1000. Of codings `identity` alone does then, though
/// RFC 9110 §12.5.3 would allow any: a client that does not ask for a coding may not know it. Where codings are asked for and no element
/// is about `identity`, it weighs 1: acceptable when nothing better is to be had.
///
/// Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_ARGUMENT` for NULL, another field, or an `offer` that is not one.
///
/// Any thread. Does not allocate; looks at each octet of the field a few times, and at the parameters of `offer` for each parameter there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_accept_weight(
    request: *const ww_head,
    field: u16,
    offer: ww_span,
    out: *mut u16,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let Some(out) = (unsafe { out.as_mut() }) else { return Code::Argument as ww_status };
        // SAFETY: what the caller promised.
        answer(unsafe { weighed(request, field, offer) }.map(|found| *out = found))
    })
}

/// # Safety
/// As [`ww_accept_weight`] requires.
unsafe fn weighed(head: *const ww_head, field: u16, offer: ww_span) -> Result<u16, Error> {
    let about = match field {
        WW_FIELD_ACCEPT => Negotiation::MediaType,
        WW_FIELD_ACCEPT_ENCODING => Negotiation::Coding,
        WW_FIELD_ACCEPT_LANGUAGE => Negotiation::Language,
        _ => return Err(ARGUMENT),
    };
    // SAFETY: as the caller promises.
    let ((_, fields), offer) = unsafe { (request(head)?, octets(offer)?) };
    // SAFETY: of the request.
    let lines = fields.iter().filter(|line| line.id == field).map(|line| unsafe { value(line) });
    weight(about, lines, offer).ok_or(ARGUMENT)
}
