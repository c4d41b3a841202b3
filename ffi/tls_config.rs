//! TLS configs across the C ABI. Without the feature `tls` the functions are there and answer that it is not built in.

use core::ptr::null_mut;

use super::check::{ARGUMENT, fill};
use super::guard::guarded;
use super::head::types::ww_error_info;
use super::status::{WW_OK, ww_status};

#[cfg(not(feature = "tls"))]
mod absent;
#[cfg(feature = "tls")]
mod faults;
#[cfg(feature = "tls")]
mod file;
#[cfg(feature = "tls")]
mod given;
#[cfg(feature = "tls")]
mod key_log;
#[cfg(feature = "tls")]
mod options;
mod types;

#[cfg(not(feature = "tls"))]
use absent::{Refusal, TlsConfig, make, swap};
#[cfg(feature = "tls")]
use options::{make, swap};

#[cfg(feature = "tls")]
use crate::tls::{Refusal, TlsConfig};

pub use types::{
    WW_TLS_1_2, WW_TLS_1_3, WW_TLS_CLIENT_CERT_OPTIONAL, WW_TLS_KERNEL, WW_TLS_KEY_LOG_ENV, WW_TLS_NO_ALPN,
    WW_TLS_NO_POST_QUANTUM, WW_TLS_NO_RESUMPTION, WW_TLS_PIN_LEN, WW_TLS_REFUSE_UNKNOWN_NAMES, WW_TLS_TRUST_ANYONE,
    ww_tls_certificate, ww_tls_options,
};

/// What TLS handshakes are made with: counted, for any thread. Calls on one config may overlap, but for the ww_tls_config_free() of a
/// handle with any other use of that handle.
pub struct ww_tls_config {
    /// What the handle is one of.
    pub(super) core: TlsConfig,
}

/// Makes a config, after everything in `options` was found good. Free it with ww_tls_config_free(); connections made with it keep what
/// they need. Reads files, parses, allocates: some milliseconds with the platform's trust, else much less.
///
/// Errors: WW_E_ARGUMENT; WW_E_TLS_CERTIFICATE, WW_E_TLS_KEY, WW_E_TLS_TRUST (bad material); WW_E_SYSTEM (a file cannot be read, or the key
/// log not be opened); WW_E_ENTROPY; WW_E_UNSUPPORTED (built without TLS). `*out` is NULL then, and `*error` says what is wrong: in which
/// certificate (`index`) and at which octet of its PEM (`offset`), where there is one; of WW_E_SYSTEM `reason` says which of the files, and
/// `offset` is errno.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_new(
    options: *const ww_tls_options,
    out: *mut *mut ww_tls_config,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let Some(out) = (unsafe { out.as_mut() }) else {
            // SAFETY: as the caller promises.
            return unsafe { finish(Err(Refusal { error: ARGUMENT, certificate: 0 }), error) };
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
/// The keys of session tickets stay, so that clients can resume, unless `client_ca_pem`, `client_ca_path` or WW_TLS_CLIENT_CERT_OPTIONAL has
/// changed: a client that resumes is not asked for its certificate again. A client's kept sessions are dropped.
///
/// Errors as ww_tls_config_new(); WW_E_ARGUMENT also for another role. Nothing has changed then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_config_swap(
    config: *mut ww_tls_config,
    options: *const ww_tls_options,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or a config of the caller's.
        let Some(config) = (unsafe { config.as_ref() }) else {
            // SAFETY: as the caller promises.
            return unsafe { finish(Err(Refusal { error: ARGUMENT, certificate: 0 }), error) };
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

/// Another handle to the same config, as for another thread; NULL for NULL. Free it with its own ww_tls_config_free(). Any thread.
/// Allocates.
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
