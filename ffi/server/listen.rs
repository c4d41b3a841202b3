//! Where a server listens.

use core::ffi::{CStr, c_char};

use super::{explain, with, ww_server};
use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::ffi::head::types::ww_error_info;
use crate::ffi::status::{WW_OK, ww_status};
use crate::ffi::tls_config::ww_tls_config;
use crate::service::Server;

/// As [`with`], telling why the call failed.
///
/// # Safety
/// `server` is null or a server that no other thread uses; `error` is null or points to a struct of the size its first member says.
unsafe fn with_reason(
    server: *mut ww_server,
    error: *mut ww_error_info,
    body: impl FnOnce(&mut Server) -> Result<(), Error>,
) -> ww_status {
    if server.is_null() {
        // SAFETY: as the caller promises.
        let _ = unsafe { explain::<()>(Err(ARGUMENT), error) };
    }
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| explain(body(&mut s.core), error).map(|()| WW_OK)) }
}

/// The octets of a text of the caller's.
///
/// # Safety
/// `text` is null or NUL-terminated, and stays during `'a`.
unsafe fn octets<'a>(text: *const c_char) -> Result<&'a [u8], Error> {
    // SAFETY: not null, and as the caller promises.
    if text.is_null() { Err(ARGUMENT) } else { Ok(unsafe { CStr::from_ptr(text) }.to_bytes()) }
}

/// Listens on `address` too: `"127.0.0.1:8080"`, `"[::1]:8080"`, `"*:8080"` or `":8080"` (all interfaces of this host: whoever reaches the
/// host reaches the server), `"unix:/run/app.sock"`, `"unix:@name"` (abstract). Port 0 lets the system choose; ww_server_address() tells.
/// Host names are not resolved. The file of a Unix domain socket is taken over when nobody listens on it, and removed in the end.
///
/// Errors: WW_E_ARGUMENT (NULL, or not an address), WW_E_STATE (the server drains), WW_E_SYSTEM, WW_E_NOMEM. `*error` (start from
/// WW_ERROR_INFO_INIT) says then what is wrong. Of WW_E_SYSTEM `offset` is the system's number for the error (errno), and `reason` says what
/// to do: the address is in use, is not one of this host, or is not permitted, descriptors are used up, the folder of a Unix domain socket
/// does not exist. Of WW_E_ARGUMENT for a text that is no address, `offset` is the octet of the text that does not fit. A call that
/// succeeds leaves `*error` as it is. Allocates.
///
/// Requires: `server` is NULL or a server; `address` is NULL or a NUL-terminated text; `error` is NULL or a struct of the size its first
/// member says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen(
    server: *mut ww_server,
    address: *const c_char,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with_reason(server, error, |s| s.listen(octets(address)?)) }
}

/// Listens on `address` too, for connections over TLS: else as ww_server_listen(), whose calls ww_server_address() counts together with
/// these. Each connection is made with the material that `config` has when it is accepted, so that ww_tls_config_swap() renews
/// certificates while the server runs; many servers may share one config. The server keeps what it needs: the handle may be freed.
///
/// WW_EVENT_OPENED comes when a connection is accepted, before its handshake; that this fails is a WW_EVENT_ERROR (WW_E_TLS_*).
///
/// Errors: WW_E_ARGUMENT (NULL, not an address, a client's config); else as ww_server_listen(). Allocates.
///
/// Requires: `server` is NULL or a server; `address` is NULL or a NUL-terminated text; `config` is NULL or a config; `error` is NULL or a
/// struct of the size its first member says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen_tls(
    server: *mut ww_server,
    address: *const c_char,
    config: *const ww_tls_config,
    error: *mut ww_error_info,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with_reason(server, error, |s| listen_tls(s, octets(address)?, config.as_ref().ok_or(ARGUMENT)?)) }
}

#[cfg(feature = "tls")]
fn listen_tls(server: &mut Server, address: &[u8], config: &ww_tls_config) -> Result<(), Error> {
    server.listen_tls(address, &config.core)
}

/// There is no config without TLS.
#[cfg(not(feature = "tls"))]
fn listen_tls(_: &mut Server, _: &[u8], config: &ww_tls_config) -> Result<(), Error> {
    match config.core {}
}
