//! `ww_base64_encode`, `ww_base64_decode`.

use crate::error::{Code, Error, Fault};
use crate::ffi::check::ARGUMENT;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets as text_of;
use crate::ffi::status::ww_status;
use crate::ffi::write::room;
use crate::semantics::base64::Alphabet;
use core::ffi::c_void;

static NO_BASE64: Fault = Fault::new(Code::Encoding, 400, c"H1-SEM-12", c"the text is not base64");

/// Flag of the base64 calls: base64url, with `-` and `_` in place of `+` and `/` (RFC 4648 §5).
pub const WW_BASE64_URL: u32 = 1 << 0;
/// Flag of the base64 calls: the text ends without `=`, as in JSON Web Tokens. Text with `=` is refused then.
pub const WW_BASE64_UNPADDED: u32 = 1 << 1;

/// Writes `octets` in base64 (RFC 4648 §4) to `out`, without line ends and without a NUL. `flags` are `WW_BASE64_*` bits.
/// WW_BASE64_LEN() is the length of the text as a constant.
///
/// Returns `WW_OK` with the length of the text in `*written`. Returns `WW_E_BUFFER` with the length needed in `*written` when it is more than
/// `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask. Errors, with 0 in `*written`: `WW_E_ARGUMENT` for NULL or an unknown
/// flag. Nothing of `out` is touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate; linear.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_base64_encode(
    octets: ww_span,
    flags: u32,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe {
            room::write(out, out_cap, written, |room| {
                let (alphabet, octets) = (alphabet(flags)?, text_of(octets)?);
                let place = room.place(alphabet.encoded_len(octets.len()).ok_or(ARGUMENT)?)?;
                alphabet.encode(octets, place);
                Ok(place.len())
            })
        }
    })
}

/// Writes the octets that `text` has in base64 to `out`. It is strict: whitespace, letters of the other alphabet, spare bits that are not 0,
/// and `=` that is missing or too much are refused, so that no two texts are the same octets (RFC 4648 §3). `flags` are as in
/// ww_base64_encode().
///
/// Returns `WW_OK` with the octets in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when they are more than
/// `out_cap`; `text.len / 4 * 3 + 2` are always enough. Errors, with 0 in `*written`: `WW_E_ENCODING` for what is not base64, and `out` may
/// have been written to then; `WW_E_ARGUMENT` for NULL or an unknown flag.
///
/// Any thread. Does not allocate; linear. The time it takes depends on the text: where text is secret, do not use it beside a peer who
/// can measure that.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_base64_decode(
    text: ww_span,
    flags: u32,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe {
            room::write(out, out_cap, written, |room| {
                let (alphabet, text) = (alphabet(flags)?, text_of(text)?);
                let place = room.place(alphabet.decoded_len(text).ok_or(NO_BASE64.at(0))?)?;
                if alphabet.decode(text, place) { Ok(place.len()) } else { Err(NO_BASE64.at(0)) }
            })
        }
    })
}

fn alphabet(flags: u32) -> Result<Alphabet, Error> {
    match flags & !(WW_BASE64_URL | WW_BASE64_UNPADDED) {
        0 => Ok(Alphabet { is_url_safe: flags & WW_BASE64_URL != 0, is_unpadded: flags & WW_BASE64_UNPADDED != 0 }),
        _ => Err(ARGUMENT),
    }
}
