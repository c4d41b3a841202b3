//! TLS of a server's connections.

use core::ffi::{CStr, c_char};

use super::{id, with, ww_server};
use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::ffi::event::ww_id;
use crate::ffi::head::types::ww_span;
use crate::ffi::status::ww_status;
use crate::ffi::tls::info::{Session, certificate, describe, ww_tls_info};
use crate::ffi::tls_config::ww_tls_config;
use crate::service::{Id, Server};

/// Listens on `address` too, for connections over TLS: else as ww_server_listen(), whose calls ww_server_address() counts together with
/// these. Each connection is made with the material that `config` has when it is accepted, so that ww_tls_config_swap() renews
/// certificates while the server runs; many servers may share one config. The server keeps what it needs: the handle may be freed.
///
/// WW_EVENT_OPENED comes when a connection is accepted, before its handshake; that this fails is a WW_EVENT_ERROR (WW_E_TLS_*).
///
/// Errors: WW_E_ARGUMENT (NULL, not an address, a client's config); else as ww_server_listen(). Allocates.
///
/// Requires: `server` is NULL or a server; `address` is NULL or a NUL-terminated text; `config` is NULL or a config.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_listen_tls(
    server: *mut ww_server,
    address: *const c_char,
    config: *const ww_tls_config,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let config = config.as_ref().ok_or(ARGUMENT)?;
            if address.is_null() {
                return Err(ARGUMENT);
            }
            listen(&mut s.core, CStr::from_ptr(address).to_bytes(), config)
        })
    }
}

#[cfg(feature = "tls")]
fn listen(server: &mut Server, address: &[u8], config: &ww_tls_config) -> Result<ww_status, Error> {
    server.listen_tls(address, &config.core).map(|()| crate::ffi::status::WW_OK)
}

/// There is no config without TLS.
#[cfg(not(feature = "tls"))]
fn listen(_: &mut Server, _: &[u8], config: &ww_tls_config) -> Result<ww_status, Error> {
    match config.core {}
}

#[cfg(feature = "tls")]
fn session(server: &mut Server, id: Id) -> Result<Option<&Session>, Error> {
    server.calls().tls(id)
}

#[cfg(not(feature = "tls"))]
fn session(server: &mut Server, id: Id) -> Result<Option<&Session>, Error> {
    server.calls().seals(id).map(|_| None)
}

/// What was agreed on in the TLS handshake of a connection, in `out`: ww_conn_tls_info() by id. The spans live until the next
/// ww_server_next(). Does not allocate.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE.
///
/// Requires: `server` is NULL or a server; `out` is NULL or a struct of the size its first member says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_tls_info(server: *const ww_server, conn: ww_id, out: *mut ww_tls_info) -> ww_status {
    // SAFETY: as the caller promises; only read.
    unsafe { with(server.cast_mut(), |s| describe(session(&mut s.core, id(conn))?, out)) }
}

/// Certificate `index` of the chain the peer of a connection sent, 0 its own: ww_tls_peer_certificate() by id. It has been verified. The
/// span lives until the next ww_server_next(). Does not allocate.
///
/// Answers WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT, WW_E_GONE.
///
/// Requires: `server` is NULL or a server; `der` is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_tls_peer_certificate(
    server: *const ww_server,
    conn: ww_id,
    index: usize,
    der: *mut ww_span,
) -> ww_status {
    // SAFETY: as the caller promises; only read.
    unsafe { with(server.cast_mut(), |s| certificate(session(&mut s.core, id(conn))?, index, der)) }
}
