//! What a server looks at before it accepts a WebSocket: `ww_ws_is_same_origin`, `ww_ws_choose_subprotocol`.

use core::ptr::null;

use crate::error::Error;
use crate::ffi::check::{ARGUMENT, slice};
use crate::ffi::guard::guarded;
use crate::ffi::head::types::{ww_head, ww_span};
use crate::ffi::message::{fields, octets};
use crate::ffi::status::{WW_OK, ww_status};
use crate::websocket::handshake::{choose, is_same_origin};

/// Whether `origin`, the value of Origin, is where the request was sent to: scheme, host and port (RFC 6454 §5). `authority` is the `host`
/// of the request's head; `secure` is true when browsers reached this connection by https: always behind a proxy that ends their TLS, and
/// where one server has http and https, when `version` of ww_server_tls_info() is not 0.
///
/// A browser lets any page open a WebSocket to any server, and sends the cookies of that server along: only Origin tells whose page
/// it is (RFC 6455 §10.2). A server that knows its users by cookies, or is not for everyone who is in the same network, answers 403
/// unless this is true or the origin is another one it trusts. A request without Origin comes from no browser.
///
/// Hosts are the same in any case, and a port that is the scheme's own is like none. `false` for anything that is no origin, as `null`,
/// for empty spans, and for a span of NULL with a length.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_is_same_origin(origin: ww_span, authority: ww_span, secure: bool) -> bool {
    let compared = guarded(|| {
        // SAFETY: what the caller promised.
        let (Ok(origin), Ok(authority)) = (unsafe { (octets(origin), octets(authority)) }) else { return 0 };
        i32::from(is_same_origin(origin, authority, secure))
    });
    compared == 1
}

/// Chooses the subprotocol to answer a request for a WebSocket with: of the `count` ones at `own`, the one that the client prefers
/// (RFC 6455 §4.2.2). For the order of the server, ask with one at a time.
///
/// ```c
/// static const ww_span own[] = { WW_LIT("chat.v2"), WW_LIT("chat.v1") };
/// ww_ws_handshake handshake = WW_WS_HANDSHAKE_INIT;
/// ww_ws_choose_subprotocol(event.head, own, 2, &handshake.protocol);
/// ```
///
/// Returns `WW_OK` with the element of `own` in `*chosen`, empty when the client offers none of them: it then gets no subprotocol,
/// unless the server answers with a status instead. Names are compared octet by octet.
///
/// Errors, with an empty `*chosen`: `WW_E_WS_SUBPROTOCOL` when the offer is not a list of distinct tokens, and `WW_E_TOO_LARGE` when it has more
/// than 64; ww_conn_accept_websocket() refuses such a request with 400 by itself. `WW_E_ARGUMENT` for NULL.
///
/// Any thread. Does not allocate; compares each name offered with those before it and with `own`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_choose_subprotocol(
    head: *const ww_head,
    own: *const ww_span,
    count: usize,
    chosen: *mut ww_span,
) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let Some(chosen) = (unsafe { chosen.as_mut() }) else { return ARGUMENT.code() as ww_status };
        *chosen = ww_span { data: null(), len: 0 };
        // SAFETY: what the caller promised.
        match unsafe { chosen_of(head, own, count) } {
            Ok(Some(name)) => *chosen = name,
            Ok(None) => {}
            Err(error) => return error.code() as ww_status,
        }
        WW_OK
    })
}

/// # Safety
/// `head` is null or a head whose pointers are alive; `own` points to `count` valid spans.
unsafe fn chosen_of(head: *const ww_head, own: *const ww_span, count: usize) -> Result<Option<ww_span>, Error> {
    // SAFETY: as the caller promises.
    let (head, own) = unsafe { (head.as_ref().ok_or(ARGUMENT)?, slice(own, count)?) };
    // SAFETY: as the caller promises.
    let name = |span: &ww_span| unsafe { octets(*span) };
    if own.iter().any(|span| name(span).is_err()) {
        return Err(ARGUMENT);
    }
    // SAFETY: as the caller promises.
    let fields = unsafe { fields(head.fields, head.field_count) }?.map(|field| (field.name, field.value));
    let index = choose(fields, own.iter().map(|span| name(span).unwrap_or_default()))?;
    Ok(index.and_then(|index| own.get(index).copied()))
}
