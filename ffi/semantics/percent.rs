//! `ww_percent_decode`.

use crate::error::{Code, Error};
use crate::ffi::check::ARGUMENT;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::ffi::write::room;
use crate::semantics::percent::{Decoded, Rules};
use core::ffi::c_void;

/// For ww_percent_decode(): `+` is a space, as in the names and values of a form or a query. In a path `+` is a plus sign.
pub const WW_DECODE_FORM: u32 = 1 << 0;
/// For ww_percent_decode(): a `%` without two hexadecimal digits stands for itself, as browsers have it, which send such targets too (`/100%`).
pub const WW_DECODE_LENIENT: u32 = 1 << 1;

/// Writes the octets that `text` stands for to `out`: each `%` with two hexadecimal digits is one octet (RFC 3986 §2.1). Meant for one
/// segment of a path, or one name or value of a form, since what is decoded may have any octet: `/`, `&`, NUL, or octets that are not
/// UTF-8. It is decoded once: `%2541` gives `%41`.
///
/// Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more than
/// `out_cap`; `text.len` is always enough. Errors, with 0 in `*written`: `WW_E_ENCODING` for a `%` that begins no escape, whose place in
/// `text` is in `*bad` unless `bad` is NULL; `WW_E_ARGUMENT` for NULL or an unknown flag. Nothing of `out` is touched unless `WW_OK` is
/// returned, and nothing of `*bad` unless `WW_E_ENCODING` is.
///
/// Any thread. Does not allocate; looks at each octet twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_percent_decode(
    text: ww_span,
    flags: u32,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
    bad: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        let mut place = 0;
        // SAFETY: what the caller promised.
        let status = unsafe {
            room::write(out, out_cap, written, |room| {
                let decoded = Decoded::new(octets(text)?, rules(flags)?);
                let size = decoded.measure().inspect_err(|error| place = error.offset)?;
                room.fill(size, decoded.map_while(Result::ok))
            })
        };
        // SAFETY: what the caller promised.
        if let (Some(bad), true) = (unsafe { bad.as_mut() }, status == Code::Encoding as ww_status) {
            *bad = crate::narrow::in_memory(place);
        }
        status
    })
}

fn rules(flags: u32) -> Result<Rules, Error> {
    match flags & !(WW_DECODE_FORM | WW_DECODE_LENIENT) {
        0 => Ok(Rules { form: flags & WW_DECODE_FORM != 0, lenient: flags & WW_DECODE_LENIENT != 0 }),
        _ => Err(ARGUMENT),
    }
}
