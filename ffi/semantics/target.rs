//! `ww_target_split`.

use super::{NONE, span};
use crate::ffi::check::fill;
use crate::ffi::guard::{answer, guarded};
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::ffi::url::WW_URL_SECURE;
use crate::http1::target::{MethodKind, TargetForm, TargetParts};

/// `form` of a ww_target: a path and perhaps a query, `/a?b`.
pub const WW_TARGET_FORM_ORIGIN: u32 = 1;
/// `form` of a ww_target: a URL, `http://host/a?b`, as a proxy is sent; servers have to take it too.
pub const WW_TARGET_FORM_ABSOLUTE: u32 = 2;
/// `form` of a ww_target: `host:port`, of CONNECT.
pub const WW_TARGET_FORM_AUTHORITY: u32 = 3;
/// `form` of a ww_target: `*`, of OPTIONS for the server as a whole.
pub const WW_TARGET_FORM_ASTERISK: u32 = 4;

/// A request target in its parts. Start from WW_TARGET_INIT. The spans point into the target, whose octets are the caller's, or are static.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ww_target {
    /// `sizeof(ww_target)`
    pub size: usize,
    /// The path, without the query. `/` where a URL has none. `*` for the server as a whole, in both forms that OPTIONS has for it. Empty for CONNECT.
    pub path: ww_span,
    /// What is behind the first `?`; empty with a NULL pointer when there is no `?`.
    pub query: ww_span,
    /// Host and port of a URL or of CONNECT, as they stand; else empty.
    pub authority: ww_span,
    /// `WW_TARGET_FORM_*`
    pub form: u32,
    /// `WW_URL_SECURE` when it is a URL of https; else 0.
    pub flags: u32,
}

/// Takes the target of a request apart, in `out`, whatever its form is (RFC 9112 §3.2).
///
/// ```c
/// ww_target target = WW_TARGET_INIT;
/// if (ww_target_split(head->method, head->target, &target) == WW_OK) route(target.path);
/// ```
///
/// Nothing is decoded or normalised: split the path at its slashes before each part is decoded by ww_percent_decode(), and walk the query
/// with ww_form_next(). Which octets a target may have was decided when it was received; here path and query may have those of
/// WW_TARGET_LENIENT. The method decides which forms there are.
///
/// Returns `WW_OK`. Errors, with `*out` untouched: `WW_E_TARGET` for what is no target of this method, `WW_E_ARGUMENT` for NULL or a wrong
/// `out->size`. A target that came in a head of the parser or of a connection never fails.
///
/// Any thread. Does not allocate; looks at each octet twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_target_split(method: ww_span, target: ww_span, out: *mut ww_target) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised.
        let parts = unsafe { octets(method).and_then(|method| Ok((MethodKind::of(method), octets(target)?))) };
        let parts = parts.and_then(|(method, target)| TargetParts::of(method, target));
        // SAFETY: what the caller promised.
        answer(parts.and_then(|parts| unsafe { fill(out, &ww_target::from(&parts)) }))
    })
}

impl From<&TargetParts<'_>> for ww_target {
    fn from(parts: &TargetParts<'_>) -> Self {
        let (form, is_secure) = match parts.form() {
            TargetForm::Origin => (WW_TARGET_FORM_ORIGIN, false),
            TargetForm::Absolute { scheme, .. } => (WW_TARGET_FORM_ABSOLUTE, scheme.is_secure()),
            TargetForm::Authority(_) => (WW_TARGET_FORM_AUTHORITY, false),
            TargetForm::Asterisk => (WW_TARGET_FORM_ASTERISK, false),
        };
        Self {
            size: 0,
            path: Some(parts.path()).filter(|path| !path.is_empty()).map_or(NONE, span),
            query: parts.query().map_or(NONE, span),
            authority: Some(parts.authority()).filter(|authority| !authority.is_empty()).map_or(NONE, span),
            form,
            flags: if is_secure { WW_URL_SECURE } else { 0 },
        }
    }
}
