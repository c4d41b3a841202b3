//! TLS configs across the C ABI. Without the feature `tls` the functions are there and answer that it is not built in.

use core::ffi::c_char;
use core::ptr::null_mut;

use super::check::{ARGUMENT, fill};
use super::guard::guarded;
use super::head::types::{ww_error_info, ww_span};
use super::status::{WW_OK, ww_status};

#[cfg(not(feature = "tls"))]
mod absent;
#[cfg(feature = "tls")]
mod file;
#[cfg(feature = "tls")]
mod key_log;
#[cfg(feature = "tls")]
mod options;

#[cfg(not(feature = "tls"))]
use absent::{Refusal, TlsConfig, make, swap};
#[cfg(feature = "tls")]
use options::{make, swap};

#[cfg(feature = "tls")]
use crate::tls::{Refusal, TlsConfig};

/// TLS 1.2 (RFC 5246), for `version_min` and `version_max`.
pub const WW_TLS_1_2: u32 = 771;
/// TLS 1.3 (RFC 8446), for `version_min` and `version_max`.
pub const WW_TLS_1_3: u32 = 772;

/// TLS flag, server: a client that names a host none of the certificates serves is refused, with alert 49. One that names none gets
/// the first certificate all the same.
pub const WW_TLS_REFUSE_UNKNOWN_NAMES: u32 = 1;
/// TLS flag, server: with `client_ca`, a client may have no certificate. One that it has must be good.
pub const WW_TLS_CLIENT_CERT_OPTIONAL: u32 = 2;
/// TLS flag: every handshake is a full one. A server gives no tickets, a client keeps no sessions.
pub const WW_TLS_NO_RESUMPTION: u32 = 4;
/// TLS flag: no application protocol is offered or chosen (RFC 7301).
pub const WW_TLS_NO_ALPN: u32 = 8;
/// TLS flag: no post-quantum key exchange. It is X25519MLKEM768 otherwise, if the peer can; X25519 alone saves CPU time and 1.2 KiB
/// in each direction of a handshake, and what is recorded today may be read when there are quantum computers for it.
pub const WW_TLS_NO_POST_QUANTUM: u32 = 16;
/// TLS flag: the secrets of all sessions are appended to the file that the environment variable SSLKEYLOGFILE names, if it does.
pub const WW_TLS_KEY_LOG_ENV: u32 = 32;
/// TLS flag, server: ww_server gives the keys of its connections to the system when their handshakes are done, where the system does TLS
/// (Linux, module `tls`; docs/platforms.md), and nothing is encrypted or decrypted in the program from then on. Elsewhere, and where the
/// system does not take them, nothing changes. WW_TLS_INFO_KERNEL tells. Without this flag keys never leave the cryptography they were made
/// by; with it this library can take them out. A peer that changes keys (KeyUpdate) needs Linux 6.14; before it the connection ends.
pub const WW_TLS_KERNEL: u32 = 64;

/// A certificate of one's own; zero what is not used, or start from WW_TLS_CERTIFICATE_INIT or WW_TLS_CERTIFICATE_FILES(chain, key).
/// Of each pair of span and path at most one is given. Files are read by the call, up to 16 MiB each.
///
/// It may be expired, so that a server can start; its peers will tell.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_tls_certificate {
    /// The certificate, then those that lead to a root, each signed by the next; PEM.
    pub chain_pem: ww_span,
    /// Its private key, not encrypted: PKCS #8, SEC 1 or PKCS #1; PEM. RSA of 2048 to 4096 bits, ECDSA on P-256 or P-384, Ed25519.
    pub key_pem: ww_span,
    /// An OCSP response to staple (RFC 6066 section 8), or nothing; DER. Its signature and its age are not checked.
    pub ocsp: ww_span,
    /// The file of `chain_pem`, or NULL. Paths are NUL-terminated.
    pub chain_path: *const c_char,
    /// The file of `key_pem`, or NULL.
    pub key_path: *const c_char,
    /// The file of `ocsp`, or NULL.
    pub ocsp_path: *const c_char,
    /// The host names it serves, `*.` for any one label; NULL: those in the certificate.
    pub names: *const ww_span,
    /// How many.
    pub name_count: usize,
    /// 0.
    pub reserved: [usize; 2],
}

/// What a TLS config is made from; start from WW_TLS_OPTIONS_INIT, every zero is the default given here. Nothing of it is kept.
///
/// A server needs a certificate. Of several it shows the one whose name the client asks for, else one with a wildcard for its first
/// label, else the first; of several for one name the first whose key the client can verify, so that ECDSA and RSA stand side by
/// side.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_tls_options {
    /// sizeof(ww_tls_options); set by WW_TLS_OPTIONS_INIT.
    pub size: usize,
    /// WW_ROLE_SERVER or WW_ROLE_CLIENT.
    pub role: u32,
    /// WW_TLS_* bits.
    pub flags: u32,
    /// Server: at least one. Client: none, or the one to show to servers that ask.
    pub certificates: *const ww_tls_certificate,
    /// How many.
    pub certificate_count: usize,
    /// Server: clients must show a certificate that one of these has signed, or one of these themselves, as with `roots_pem`; PEM. NULL:
    /// clients are not asked.
    pub client_ca_pem: ww_span,
    /// The file of `client_ca_pem`, or NULL.
    pub client_ca_path: *const c_char,
    /// Client: servers must show a certificate that leads to one of these, or one of these themselves, octet for octet, as
    /// `openssl req -x509` makes it; its name, times and purpose are checked in either case. One that is no authority's vouches for
    /// itself alone. PEM. NULL: what the platform trusts, which on Linux and
    /// the like are the distribution's files, or those named by the environment variables SSL_CERT_FILE and SSL_CERT_DIR.
    pub roots_pem: ww_span,
    /// The file of `roots_pem`, or NULL.
    pub roots_path: *const c_char,
    /// The application protocols, most wanted first (RFC 7301); NULL: `http/1.1`. A peer with others only is refused, alert 120.
    pub alpn: *const ww_span,
    /// How many.
    pub alpn_count: usize,
    /// The oldest version, default WW_TLS_1_2.
    pub version_min: u32,
    /// The newest version, default WW_TLS_1_3.
    pub version_max: u32,
    /// Client: the most servers whose sessions are kept, default 256, at most 65536.
    pub sessions_max: u32,
    /// 0.
    pub reserved: u32,
    /// For debugging: a file to which the secrets of all sessions are appended, in NSS' format. Whoever has it reads the sessions.
    pub key_log_path: *const c_char,
}

/// What TLS handshakes are made with: counted, for any thread. Calls on one config may overlap, but for the ww_tls_config_free() of a
/// handle with any other use of that handle.
pub struct ww_tls_config {
    /// What the handle is one of.
    pub(super) core: TlsConfig,
}

/// Makes a config, after everything in `options` was found good. Ends by ww_tls_config_free(); connections made with it keep what
/// they need. Reads files, parses, allocates: some milliseconds with the platform's trust, else much less.
///
/// Errors: WW_E_ARGUMENT; WW_E_TLS_CERTIFICATE, WW_E_TLS_KEY, WW_E_TLS_TRUST (bad material); WW_E_SYSTEM (a file cannot be read, or
/// the key log not be opened); WW_E_ENTROPY; WW_E_UNSUPPORTED (built without TLS). `*out` is NULL then, and `*error` says what is wrong,
/// in which certificate (`index`) and at which octet of its PEM (`offset`), where there is one.
///
/// Requires: `options` is NULL or valid, with all it points to; `out` is NULL or writable; `error` is NULL or a struct of the size its
/// first member says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_new(
    options: *const ww_tls_options,
    out: *mut *mut ww_tls_config,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let Some(out) = (unsafe { out.as_mut() }) else {
            return ARGUMENT.code() as ww_status;
        };
        *out = null_mut();
        // SAFETY: as the caller promises.
        let made = unsafe { make(options) };
        // SAFETY: as the caller promises.
        unsafe { finish(made.map(|core| *out = Box::into_raw(Box::new(ww_tls_config { core }))), error) }
    })
}

/// Puts new material in the place of the old: handshakes that begin from now on are made with it, those under way go on with what
/// they began with, none fails. Any thread, at any time; the material is read and parsed before anything is replaced.
///
/// The keys of session tickets stay, so that clients can resume, unless `client_ca` or WW_TLS_CLIENT_CERT_OPTIONAL has changed: a
/// client that resumes is not asked for its certificate again. A client's kept sessions are dropped.
///
/// Errors as ww_tls_config_new(); WW_E_ARGUMENT also for another role. Nothing has changed then.
///
/// Requires: `config` is NULL or a config; else as ww_tls_config_new().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_swap(
    config: *mut ww_tls_config,
    options: *const ww_tls_options,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or a config of the caller's.
        let Some(config) = (unsafe { config.as_ref() }) else {
            return ARGUMENT.code() as ww_status;
        };
        // SAFETY: as the caller promises.
        unsafe { finish(swap(&config.core, options), error) }
    })
}

/// Server: gives session tickets new keys now. Tickets of the present keys are taken until the next call, so that two calls end the
/// resumption of all earlier sessions. Without it keys are renewed every six hours and tickets taken for at least six and at most
/// twelve. Does nothing to a client. Any thread. Allocates.
///
/// Errors: WW_E_ARGUMENT, WW_E_ENTROPY.
///
/// Requires: `config` is NULL or a config.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_rotate_tickets(config: *mut ww_tls_config) -> ww_status {
    guarded(|| {
        // SAFETY: null or a config of the caller's.
        let Some(config) = (unsafe { config.as_ref() }) else {
            return ARGUMENT.code() as ww_status;
        };
        // SAFETY: nothing is to be told.
        unsafe { finish(config.core.rotate_tickets(), null_mut()) }
    })
}

/// Another handle to the same config, as for another thread; NULL for NULL. Ends by its own ww_tls_config_free(). Any thread.
/// Allocates.
///
/// Requires: `config` is NULL or a config.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_ref(config: *const ww_tls_config) -> *mut ww_tls_config {
    let mut other = null_mut();
    guarded(|| {
        // SAFETY: null or a config of the caller's.
        if let Some(config) = unsafe { config.as_ref() } {
            other = Box::into_raw(Box::new(ww_tls_config { core: config.core.clone() }));
        }
        WW_OK
    });
    other
}

/// Frees a handle; the config goes with the last one and the last connection made with it. NULL is fine. Any thread.
///
/// Requires: `config` came from ww_tls_config_new() or ww_tls_config_ref() and is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_free(config: *mut ww_tls_config) {
    guarded(|| {
        if !config.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(config) });
        }
        WW_OK
    });
}

/// The status of a result, told in full where the caller wants it.
///
/// # Safety
/// `error` is null or points to a struct of the size its first member says.
unsafe fn finish(result: Result<(), Refusal>, error: *mut ww_error_info) -> ww_status {
    let Err(refusal) = result else {
        return WW_OK;
    };
    if !error.is_null() {
        let index = u16::try_from(refusal.certificate).unwrap_or(u16::MAX);
        // SAFETY: not null, else as the caller promises.
        let _ = unsafe { fill(error, &ww_error_info { index, ..ww_error_info::of(Some(refusal.error)) }) };
    }
    refusal.error.code() as ww_status
}
