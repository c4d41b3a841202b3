//! TLS under a connection, and what it says of itself.

use super::{with, ww_conn};
use crate::conn::{Conn, Workspace};
use crate::error::Error;
use crate::ffi::head::types::ww_span;
use crate::ffi::status::ww_status;
use crate::ffi::tls::info::{Session, certificate, describe, ww_tls_info};
use crate::ffi::tls_config::ww_tls_config;

/// Puts TLS under a connection.
#[cfg(feature = "tls")]
pub(super) fn secure(conn: &mut Conn, ws: &mut Workspace, tls: &ww_tls_config, name: &[u8]) -> Result<(), Error> {
    conn.offload(ws).secure(&tls.core, name)
}

/// There is no config without TLS.
#[cfg(not(feature = "tls"))]
pub(super) fn secure(_: &mut Conn, _: &mut Workspace, tls: &ww_tls_config, _: &[u8]) -> Result<(), Error> {
    match tls.core {}
}

#[cfg(feature = "tls")]
fn session(conn: &Conn) -> Option<&Session> {
    conn.tls()
}

#[cfg(not(feature = "tls"))]
fn session(_: &Conn) -> Option<&Session> {
    None
}

/// What was agreed on in the TLS handshake of a connection, in `out` (start from WW_TLS_INFO_INIT); everything is 0 or empty without TLS
/// and while it is not known. The spans live until ww_conn_reset() or ww_conn_free(). Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
///
/// Requires: `conn` is NULL or a connection; `out` is NULL or a struct of the size its first member says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_get_tls_info(conn: *const ww_conn, out: *mut ww_tls_info) -> ww_status {
    // SAFETY: as the caller promises; only read.
    unsafe { with(conn.cast_mut(), |c| describe(session(&c.core), out)) }
}

/// Certificate `index` of the chain the peer sent, 0 its own: ww_tls_peer_certificate() of a connection, which may also have no TLS. The
/// span lives until ww_conn_reset() or ww_conn_free(). Does not allocate.
///
/// Answers WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT.
///
/// Requires: `conn` is NULL or a connection; `der` is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_tls_peer_certificate(
    conn: *const ww_conn,
    index: usize,
    der: *mut ww_span,
) -> ww_status {
    // SAFETY: as the caller promises; only read.
    unsafe { with(conn.cast_mut(), |c| certificate(session(&c.core), index, der)) }
}
