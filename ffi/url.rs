//! URLs, taken apart for a request: `ww_parse_url`.

use core::ptr::null;

use super::check::{ARGUMENT, fill};
use super::error_info::describe;
use super::guard::guarded;
use super::head::types::{flagged_rule, ww_error_info, ww_span};
use super::message::octets;
use super::status::{WW_OK, ww_status};
use crate::error::Error;
use crate::http1::target::Url;

/// Of `flags` in ww_url: https or wss, spoken over TLS.
pub const WW_URL_SECURE: u32 = 1 << 0;
/// Of `flags` in ww_url: ws or wss, to be asked for by ww_conn_request_websocket().
pub const WW_URL_WEBSOCKET: u32 = 1 << 1;

/// For ww_parse_url(): http and https URLs may have userinfo. It is for URLs whose author is trusted: in
/// `http://trusted.example@evil.example/` the userinfo passes for the host (RFC 9110 §4.2.4).
pub const WW_URL_ALLOW_USERINFO: u32 = 1 << 0;

/// For ww_parse_url(): path and query are of RFC 3986 octets with whole escapes, see WW_TARGET_STRICT.
pub const WW_URL_STRICT_TARGET: u32 = 1 << 1;
/// For ww_parse_url(): path and query may have every octet above 0x20 but `#` and DEL, see WW_TARGET_LENIENT. Not with WW_URL_STRICT_TARGET.
pub const WW_URL_LENIENT_TARGET: u32 = 1 << 2;

const FLAGS: u32 = WW_URL_ALLOW_USERINFO | WW_URL_STRICT_TARGET | WW_URL_LENIENT_TARGET;

/// A URL in its parts. Start from WW_URL_INIT. The spans point into the URL, whose octets are the caller's.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_url {
    /// `sizeof(ww_url)`
    pub size: usize,
    /// Whom to connect to: a name or an address, an IPv6 address without its brackets. Never empty, never with a NUL in it.
    pub host: ww_span,
    /// What Host is to be: host and port as they stand.
    pub authority: ww_span,
    /// Path and query as they stand, as ww_request and ww_ws_handshake take them: empty, or beginning in `?`, where the URL has no path.
    pub target: ww_span,
    /// What is before `@`; empty unless WW_URL_ALLOW_USERINFO was given. It is never sent as it is.
    pub userinfo: ww_span,
    /// The port to connect to: the URL's, or that of its scheme.
    pub port: u16,
    /// 0
    pub reserved: u16,
    /// `WW_URL_SECURE` and `WW_URL_WEBSOCKET`; 0 is http.
    pub flags: u32,
}

/// Takes an http, https, ws or wss URL apart, in `out` (RFC 9110 §4.2, RFC 6455 §3).
///
/// ```c
/// ww_url parts = WW_URL_INIT;
/// if (ww_parse_url(url, 0, &parts) == WW_OK) connect_to(parts.host, parts.port);
/// ```
///
/// Every octet is checked, and nothing decoded or normalised: the parts can be sent as they are. Path and query may have what a browser
/// sends (WW_TARGET_BROWSER), unless `flags` says otherwise; whoever sends a target of WW_URL_LENIENT_TARGET needs a connection with
/// WW_CONN_LENIENT_TARGET. The scheme may be in any case. A
/// fragment is dropped from http and https URLs and is an error in ws and wss, where `#` is to be written `%23`. Userinfo is an error,
/// unless `flags` has WW_URL_ALLOW_USERINFO and the URL is not a WebSocket's.
///
/// Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_TARGET` for anything that is not such a URL, see ww_url_error();
/// `WW_E_ARGUMENT` for NULL, flags that are unknown or contradict each other, or a wrong `out->size`.
///
/// Any thread. Does not allocate; looks at each octet a few times.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parse_url(url: ww_span, flags: u32, out: *mut ww_url) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let done = unsafe { read(url, flags).and_then(|parsed| fill(out, &ww_url::from(&parsed?))) };
        done.map_or_else(|error| error.code() as ww_status, |()| WW_OK)
    })
}

/// Tells what ww_parse_url() finds wrong with this URL, in `out` (start from WW_ERROR_INFO_INIT): `offset` counts from the start of the
/// URL. Everything is 0 or empty when nothing is wrong. The texts are static.
///
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL, an unknown flag or a wrong `out->size`.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_url_error(url: ww_span, flags: u32, out: *mut ww_error_info) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let told = unsafe { read(url, flags).and_then(|parsed| describe(parsed.err(), out)) };
        told.unwrap_or_else(|error| error.code() as ww_status)
    })
}

/// The URL in its parts or what is wrong with it; the outer error is for bad arguments.
///
/// # Safety
/// The octets of `url` are readable and do not change during `'a`.
unsafe fn read<'a>(url: ww_span, flags: u32) -> Result<Result<Url<'a>, Error>, Error> {
    // SAFETY: as the caller promises.
    let url = unsafe { octets(url) }?;
    let rule = flagged_rule(flags, WW_URL_STRICT_TARGET, WW_URL_LENIENT_TARGET)?;
    match flags & WW_URL_ALLOW_USERINFO {
        _ if flags & !FLAGS != 0 => Err(ARGUMENT),
        0 => Ok(Url::parse(url, rule)),
        _ => Ok(Url::parse_with_userinfo(url, rule)),
    }
}

impl From<&Url<'_>> for ww_url {
    fn from(url: &Url<'_>) -> Self {
        let span = |part: &[u8]| ww_span { data: part.as_ptr(), len: part.len() };
        let secure = if url.scheme.is_secure() { WW_URL_SECURE } else { 0 };
        let websocket = if url.scheme.is_websocket() { WW_URL_WEBSOCKET } else { 0 };
        Self {
            size: 0,
            host: span(url.host_text()),
            authority: span(url.authority_text()),
            target: span(url.path_text()),
            userinfo: url.userinfo().map_or(ww_span { data: null(), len: 0 }, span),
            port: url.port(),
            reserved: 0,
            flags: secure | websocket,
        }
    }
}
