//! UTF-8 as it arrives: `ww_utf8_feed`.

use crate::error::Code;
use crate::ffi::check::slice;
use crate::ffi::guard::guarded;
use crate::ffi::status::{WW_OK, ww_status};
use crate::websocket::utf8::Utf8;
use core::ffi::c_void;

/// How far a text has come. Zeroed (WW_UTF8_INIT) is before its first octet. It holds no pointer, owns nothing, and may be copied.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_utf8 {
    /// Not to be looked at.
    pub opaque: u64,
}

const _: () = assert!(size_of::<Utf8>() <= size_of::<ww_utf8>() && align_of::<Utf8>() <= align_of::<ww_utf8>());

/// Looks at the next `len` octets of a text, at `in` (RFC 3629 §4). A text may be cut anywhere, within a character too: frames,
/// fragments and reads make no difference.
///
/// - `state` is zeroed by the caller before the first octet of a text.
/// - `last` is true with the last octets of the text, which may be none: it must not end within a character.
/// - `bad`, unless it is NULL, is always written: the index of the first octet at `in` that the text cannot go on with, or `len`.
///
/// Returns `WW_OK`. Returns `WW_E_WS_TEXT` at the first octet that makes the text impossible, even when the character it belongs to
/// is not complete, or with `*bad` at `len` for a text that ends within a character. A WebSocket is then to be failed with close code
/// 1007. Every later call with octets fails at the first of them.
///
/// Errors: `WW_E_WS_TEXT`; `WW_E_ARGUMENT` for NULL but `bad`, and nothing has happened then.
///
/// Any thread; a state belongs to one at a time. Does not allocate or copy; linear, in blocks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_utf8_feed(
    state: *mut ww_utf8,
    r#in: *const c_void,
    len: usize,
    last: bool,
    bad: *mut usize,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised; any octets are a `Utf8`.
        let (state, input, bad) = unsafe { (state.cast::<Utf8>().as_mut(), slice(r#in, len), bad.as_mut()) };
        let mut unwanted = 0;
        let bad = bad.unwrap_or(&mut unwanted);
        *bad = len;
        let (Some(state), Ok(input)) = (state, input) else { return Code::Argument as ww_status };
        if let Err(at) = state.feed(input) {
            *bad = at;
            return Code::WsText as ww_status;
        }
        if last && !state.finish() { Code::WsText as ww_status } else { WW_OK }
    })
}
