//! What the TLS under a connection says of itself.

use super::{look, ww_conn};
use crate::conn::Conn;
use crate::ffi::head::types::ww_span;
use crate::ffi::status::ww_status;
use crate::ffi::tls::info::{Session, certificate, describe, ww_tls_info};

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
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_tls_info(conn: *const ww_conn, out: *mut ww_tls_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(conn, |c| describe(session(&c.core), out)) }
}

/// Certificate `index` of the chain the peer sent, 0 its own: ww_tls_peer_certificate() of a connection, which may also have no TLS. The
/// span lives until ww_conn_reset() or ww_conn_free(). Does not allocate.
///
/// Returns WW_OK, or WW_DONE beyond the last. Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_tls_peer_certificate(
    conn: *const ww_conn,
    index: usize,
    der: *mut ww_span,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(conn, |c| certificate(session(&c.core), index, der)) }
}
