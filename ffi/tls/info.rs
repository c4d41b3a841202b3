//! What TLS says of itself.

use super::{look, ww_tls};
use crate::conn::bits;
use crate::error::Error;
use crate::ffi::check::{ARGUMENT, fill};
use crate::ffi::conn::info::WW_STATE_CLOSE;
use crate::ffi::error_info;
use crate::ffi::head::types::{ww_error_info, ww_span};
use crate::ffi::status::{WW_DONE, WW_OK, ww_status};
#[cfg(feature = "tls")]
pub(in crate::ffi) use crate::tls::Session;

#[cfg(not(feature = "tls"))]
pub(in crate::ffi) use super::absent::Session;

/// State: the TLS handshake is not done. A ww_conn ends one that takes longer than handshake_ms; of a ww_tls the caller bounds the time.
pub const WW_STATE_TLS_HANDSHAKE: u32 = 1 << 7;
/// State: the peer's close_notify came; the end of the transport is a clean one.
pub const WW_STATE_TLS_PEER_CLOSED: u32 = 1 << 8;

const _: () =
    assert!(WW_STATE_TLS_HANDSHAKE == bits::TLS_HANDSHAKE && WW_STATE_TLS_PEER_CLOSED == bits::TLS_PEER_CLOSED);

/// Info flag: the handshake went on from an earlier session.
pub const WW_TLS_INFO_RESUMED: u32 = 1 << 0;
/// Info flag: the system encrypts and decrypts (WW_TLS_KERNEL).
pub const WW_TLS_INFO_KERNEL: u32 = 1 << 1;

/// What was agreed on in a TLS handshake; start from WW_TLS_INFO_INIT. Everything is 0 or empty while it is not known. Spans live as
/// long as the handle.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_tls_info {
    /// sizeof(ww_tls_info); set by WW_TLS_INFO_INIT.
    pub size: usize,
    /// WW_TLS_1_2 or WW_TLS_1_3.
    pub version: u32,
    /// The cipher suite's number at IANA.
    pub cipher_suite: u32,
    /// Its name there.
    pub cipher_name: ww_span,
    /// The application protocol (RFC 7301).
    pub alpn: ww_span,
    /// Server: the host the client asked for (RFC 6066 section 3), in lower case.
    pub server_name: ww_span,
    /// How many certificates the peer sent; see ww_tls_peer_certificate().
    pub peer_certificates: usize,
    /// WW_TLS_INFO_* bits.
    pub flags: u32,
    /// 0.
    pub reserved: u32,
}

fn span(octets: &[u8]) -> ww_span {
    ww_span { data: octets.as_ptr(), len: octets.len() }
}

/// Nothing is known.
const NOTHING: ww_tls_info = {
    let empty = ww_span { data: core::ptr::null(), len: 0 };
    ww_tls_info {
        size: 0,
        version: 0,
        cipher_suite: 0,
        cipher_name: empty,
        alpn: empty,
        server_name: empty,
        peer_certificates: 0,
        flags: 0,
        reserved: 0,
    }
};

/// What a session tells, if there is one.
///
/// # Safety
/// `out` is null or a struct of the size its first member says.
pub(in crate::ffi) unsafe fn describe(session: Option<&Session>, out: *mut ww_tls_info) -> Result<ww_status, Error> {
    // SAFETY: as the caller promises.
    unsafe { fill(out, &session.map_or(NOTHING, info)) }?;
    Ok(WW_OK)
}

/// One certificate of a session's peer, if there is one.
///
/// # Safety
/// `der` is null or writable.
pub(in crate::ffi) unsafe fn certificate(
    session: Option<&Session>,
    index: usize,
    der: *mut ww_span,
) -> Result<ww_status, Error> {
    // SAFETY: as the caller promises.
    let out = unsafe { der.as_mut() }.ok_or(ARGUMENT)?;
    let certificate = session.and_then(|session| session.peer_certificate(index));
    *out = span(certificate.unwrap_or_default());
    Ok(if certificate.is_some() { WW_OK } else { WW_DONE })
}

fn info(session: &Session) -> ww_tls_info {
    let (cipher_suite, cipher_name) = session.cipher_suite().unwrap_or_default();
    ww_tls_info {
        size: 0,
        version: session.version().unwrap_or_default().into(),
        cipher_suite: cipher_suite.into(),
        cipher_name: span(cipher_name.as_bytes()),
        alpn: span(session.alpn().unwrap_or_default()),
        server_name: span(session.server_name().unwrap_or_default().as_bytes()),
        peer_certificates: (0..).take_while(|&index| session.peer_certificate(index).is_some()).count(),
        flags: bit(session.is_resumed(), WW_TLS_INFO_RESUMED) | bit(session.is_in_kernel(), WW_TLS_INFO_KERNEL),
        reserved: 0,
    }
}

fn bit(on: bool, bit: u32) -> u32 {
    if on { bit } else { 0 }
}

/// What the owner should do now: the WW_STATE_* bits WANT_READ, WANT_WRITE, EVENTS (ww_tls_next() has plaintext), SHUTDOWN_WRITE, CLOSE,
/// TLS_HANDSHAKE and TLS_PEER_CLOSED. A handle that is NULL or broken answers WW_STATE_CLOSE. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_state(tls: *const ww_tls) -> u32 {
    let mut state = WW_STATE_CLOSE;
    // SAFETY: as the caller promises.
    unsafe {
        look(tls, |t| {
            state = t.core.state();
            Ok(WW_OK)
        })
    };
    state
}

/// The error that ended TLS, in `out` (start from WW_ERROR_INFO_INIT): code, offset of the record in its lend, a reason for a log. Everything
/// is 0 or empty while there is none. `http_status` is 400 for WW_E_TLS_PLAINTEXT_HTTP: nothing was answered, and the program may send a
/// response of its own in the clear. The strings are static. Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_error(tls: *const ww_tls, out: *mut ww_error_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(tls, |t| error_info::describe(t.core.session().error(), out)) }
}

/// What was agreed on, in `out` (start from WW_TLS_INFO_INIT). Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_session_info(tls: *const ww_tls, out: *mut ww_tls_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(tls, |t| describe(Some(t.core.session()), out)) }
}

/// Certificate `index` of the chain the peer sent, 0 its own, in DER, in `der`; it lives as long as the handle. A server has them when its
/// config asks for them. Certificate 0 was verified, unless the config has WW_TLS_TRUST_ANYONE. The others are as the peer sent them: do not
/// rely on what they say.
///
/// Returns WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_peer_certificate(tls: *const ww_tls, index: usize, der: *mut ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(tls, |t| certificate(Some(t.core.session()), index, der)) }
}
