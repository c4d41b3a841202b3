//! The keys of the WebSocket handshake: `ww_ws_accept_key`.

use crate::error::Code;
use crate::ffi::check::slice;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_span;
use crate::ffi::status::{WW_OK, ww_status};
use crate::websocket::accept::{ACCEPT_LEN, accept_key, is_key};
use core::ffi::c_void;

/// Octets of a `Sec-WebSocket-Accept`.
pub const WW_WS_ACCEPT_LEN: usize = 28;

const _: () = assert!(WW_WS_ACCEPT_LEN == ACCEPT_LEN);

/// Writes the value of `Sec-WebSocket-Accept` that answers `key`, the value of `Sec-WebSocket-Key` as it was received, to `out`:
/// WW_WS_ACCEPT_LEN octets without a NUL (RFC 6455 §4.2.2). A client calls it to know what answer to expect.
///
/// Returns `WW_OK`. Errors, with `out` untouched: `WW_E_WS_HANDSHAKE` when `key` is not 16 octets in base64, whatever the spare bits of its
/// last character are (answer 400); `WW_E_ARGUMENT` for NULL.
///
/// Any thread. Does not allocate.
///
/// `out` has room for WW_WS_ACCEPT_LEN octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_accept_key(key: ww_span, out: *mut c_void) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        let (key, out) = unsafe { (slice(key.data, key.len), out.cast::<[u8; ACCEPT_LEN]>().as_mut()) };
        let (Ok(key), Some(out)) = (key, out) else { return Code::Argument as ww_status };
        if !is_key(key) {
            return Code::WsHandshake as ww_status;
        }
        *out = accept_key(key);
        WW_OK
    })
}
